"""Killed in the middle of the night, wherever: the next night ends with the queue of a night without a kill.

The real worker on databases of their own, filled with some hundred people of whom many were registered twice.
"""

import contextlib
import json
import os
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.slow, pytest.mark.database]
RECORDS = 300
COBIJO = str(Path(sys.executable).with_name("cobijo"))
WORK = [COBIJO, "db_worker", "--batch", "--no-reload", "--no-startup-delay", "--verbosity", "0"]
PATIENCE_SECONDS = 120

_BEGIN = """
import json, os, signal
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
import django; django.setup()
from django_tasks_db.models import DBTaskResult
from cobijo.people.identity import nightly
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.models import NewOrChanged, Person
"""
_FILL = """
import datetime as dt
from itertools import groupby
from django.conf import settings
from cobijo.core import keyfile
from cobijo.core.ids import uuid7
from cobijo.demo.bench import people as made
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import BirthIn, DocumentIn, PhoneIn, Sex
from tests.cast import assemble

def birth(one):
    if not one.birth_date:
        return BirthIn(age_years=int(one.age or 0))
    day = dt.date.fromisoformat(one.birth_date)
    return BirthIn(day=day.day, month=day.month, year=day.year)

def of(one):
    papers = [DocumentIn(document_id=uuid7(), country="GT", kind="other", number=one.document)] if one.document else []
    phones = [PhoneIn(phone_id=uuid7(), number=one.phone)] if one.phone else []
    sex = {"F": Sex.FEMALE, "M": Sex.MALE}.get(one.sex.upper(), Sex.UNKNOWN)
    return member(one.given_names, one.first_surname, second_surname=one.second_surname, sex=sex, birth=birth(one),
                  origin_place=one.municipality, documents=papers, phones=phones)

keyfile.make(settings.NODE_KEY_FILE)
cast = assemble()
for _, home in groupby(made.records(%d, 11), key=lambda one: one.household_id):
    register(cast.ana, cast.a.id, [of(one) for one in home])
"""
_ENQUEUE = "nightly.look_for_pairs.enqueue()"
_WAITING = "SELECT count(DISTINCT entry_id) FROM people_neworchanged"
_SEEN = """
pairs = {f"{one.first_id} {one.second_id}": [one.probability, one.evidence, one.state] for one in Pair.objects.all()}
made_one = Merge.objects.count() + Person.objects.exclude(merged_into=None).count()
tasks = sorted(str(one.status) for one in DBTaskResult.objects.all())
waiting = NewOrChanged.objects.count()
print(json.dumps({"pairs": pairs, "made_one": made_one, "tasks": tasks, "waiting": waiting}))
"""
_KILLED_AT = """
from django.core.management import call_command
from django.db.models.query import QuerySet
calls = 0

def killing(real):
    def call(*arguments, **given):
        global calls
        calls += 1
        if calls == %(call)d:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **given)
    return call

%(where)s
nightly.look()
"""
_POINTS = {
    "while somebody is looked for": ("nightly.nearest = killing(nightly.nearest)", 130),
    "before pairs are in": ("nightly.services.queue_pairs = killing(nightly.services.queue_pairs)", 3),
    "when pairs are in": ("nightly._looked_for = killing(nightly._looked_for)", 3),
    "while it is noted who was looked for": ("QuerySet.delete = killing(QuerySet.delete)", 3),
}


class World:
    """A database and a data folder of their own; a copy has the same people in it."""

    def __init__(self, folder: Path, like: "World | None" = None) -> None:
        self.folder = folder
        self.name = f"killed_{secrets.token_hex(4)}"
        if like is None:
            folder.mkdir()
        else:
            shutil.copytree(like.folder, folder)
        if connection.vendor == "postgresql":
            self._administer(f"CREATE DATABASE {self.name}" + (f" TEMPLATE {like.name}" if like else ""))
        self.environment = os.environ | {
            "COBIJO_DATA": str(folder),
            "DATABASE_URL": self._url(),
            "COBIJO_DEBUG": "1",
            "PYTHONPATH": str(settings.CHECKOUT),
        }

    def _url(self) -> str:
        if connection.vendor == "postgresql":
            there = connection.settings_dict
            return f"postgresql://{there['USER']}@/{self.name}?host={there['HOST'] or there['OPTIONS']['host']}"
        return f"sqlite:///{self._file}"

    @property
    def _file(self) -> Path:
        return self.folder / "killed.sqlite3"

    def _administer(self, sql: str) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
            server.execute(sql)

    def drop(self) -> None:
        if connection.vendor == "postgresql":
            self._administer(f"DROP DATABASE {self.name} WITH (FORCE)")

    def run(self, *command: str) -> str:
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def do(self, script: str) -> str:
        return self.run(sys.executable, "-c", _BEGIN + script)

    def waiting(self) -> int:
        """How many wait to be looked for; asked without the program, which would take seconds to start."""
        if connection.vendor == "postgresql":
            with psycopg.connect(self._url()) as there:
                row = there.execute(_WAITING).fetchone()
        else:
            with contextlib.closing(sqlite3.connect(self._file)) as there:
                row = there.execute(_WAITING).fetchone()
        return int(row[0]) if row else 0

    def seen(self) -> dict[str, Any]:
        """The queue and how the world stands."""
        found: dict[str, Any] = json.loads(self.do(_SEEN))
        return found


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], World]]:
    """Makes copies of one world, in which everybody waits to be looked for."""
    folder = tmp_path_factory.mktemp("night")
    first = World(folder / "first")
    made = [first]
    first.run(COBIJO, "migrate")
    first.do(_FILL % RECORDS)

    def another() -> World:
        made.append(World(folder / str(len(made)), first))
        return made[-1]

    yield another
    for one in made:
        one.drop()


@pytest.fixture(scope="module")
def wanted(worlds: Callable[[], World]) -> dict[str, Any]:
    """What a night leaves that nothing disturbs."""
    world = worlds()
    world.do(_ENQUEUE)
    world.run(*WORK)
    seen = world.seen()
    assert len(seen["pairs"]) > 20
    assert (seen["made_one"], seen["tasks"], seen["waiting"]) == (0, ["SUCCESSFUL"], 0)
    return seen


def test_a_worker_killed_again_and_again(worlds: Callable[[], World], wanted: dict[str, Any]) -> None:
    """Each night is killed when some more have been looked for; the last is left alone. What was killed keeps no night
    from running."""
    world = worlds()
    waits = world.waiting()
    for share in (0.9, 0.6, 0.3):
        world.do(_ENQUEUE)
        worker = subprocess.Popen(WORK, env=world.environment)
        until = time.monotonic() + PATIENCE_SECONDS
        while world.waiting() > waits * share:
            assert worker.poll() is None
            assert time.monotonic() < until
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    before = world.seen()
    assert before["pairs"]
    assert 0 < before["waiting"] < waits
    assert before["tasks"] == ["RUNNING"] * 3
    world.do(_ENQUEUE)
    world.run(*WORK)
    after = world.seen()
    assert after["pairs"] == wanted["pairs"]
    assert (after["made_one"], after["waiting"]) == (0, 0)


@pytest.mark.parametrize("point", _POINTS)
def test_a_night_killed_at_the_worst_moment(worlds: Callable[[], World], wanted: dict[str, Any], point: str) -> None:
    world = worlds()
    where, call = _POINTS[point]
    script = _BEGIN + _KILLED_AT % {"where": where, "call": call}
    killed = subprocess.run([sys.executable, "-c", script], env=world.environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert world.seen()["waiting"] > 0
    world.do("nightly.look()")
    assert world.seen()["pairs"] == wanted["pairs"]
