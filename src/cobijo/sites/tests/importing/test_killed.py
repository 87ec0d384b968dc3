"""Killed in the middle of entering: begun again, nobody is entered twice and nobody is lost."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from cobijo.sites.tests.importing import books

pytestmark = pytest.mark.slow
HOUSEHOLDS = 120

_BEGIN = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
import django; django.setup()
"""
_SET_UP = """
from cobijo.core import keyfile
from django.conf import settings
keyfile.make(settings.NODE_KEY_FILE)
from tests.cast import assemble
print(assemble().a.site.code)
"""
_FIGURES = """
from cobijo.people.models import Household, Person
from cobijo.core.models import Intent
from cobijo.core.imports.models import ImportBatch, ImportRow
states = sorted(set(ImportRow.objects.values_list("state", flat=True)))
print(Household.objects.count(), Person.objects.count(), Intent.objects.filter(door="import").count(),
      ImportBatch.objects.get().state, *states)
"""
_ENTERED = """
from cobijo.people.models import Household
print(Household.objects.count())
"""


def test_entering_goes_on_after_kill_minus_nine(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    environment = os.environ | {"COBIJO_DATA": str(tmp_path), "DATABASE_URL": database, "COBIJO_DEBUG": "1"}
    environment |= {"PYTHONPATH": str(settings.CHECKOUT)}

    def run(*command: str) -> str:
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return done.stdout

    cobijo = str(Path(sys.executable).with_name("cobijo"))
    run(cobijo, "migrate")
    run(sys.executable, "-c", _BEGIN + _SET_UP)
    rows = [(f"F-{at}", f"Ana {at}", f"Tun {at}", "jefa") for at in range(HOUSEHOLDS)]
    file = tmp_path / "lista.xlsx"
    file.write_bytes(books.xlsx([("Familia", "Nombres", "Apellidos", "Parentesco"), *rows]))
    begun = subprocess.Popen([cobijo, "import", str(file), "--site", "S014"], env=environment)
    _wait_until_some_are_entered(run)
    begun.send_signal(signal.SIGKILL)
    begun.wait()
    entered = int(run(sys.executable, "-c", _BEGIN + _FIGURES).split()[0])
    assert 0 < entered < HOUSEHOLDS
    for _ in range(60):
        run(cobijo, "ticker", "--once")
        if " done " in run(sys.executable, "-c", _BEGIN + _FIGURES):
            break
    households, persons, operations, state, *rows_in = run(sys.executable, "-c", _BEGIN + _FIGURES).split()
    assert (int(households), int(persons), int(operations)) == (HOUSEHOLDS, HOUSEHOLDS, HOUSEHOLDS)
    assert (state, rows_in) == ("done", ["accepted"])


def _wait_until_some_are_entered(run: object) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if (
            callable(run)
            and int(run(sys.executable, "-c", _BEGIN + _FIGURES.replace(".get().state", ".count()")).split()[0]) > 3
        ):
            return
    raise AssertionError("nothing was entered in a minute")
