"""A server killed in the middle of its work: what was confirmed is there whole, the rest is there whole or not at all.

The real program on a database of its own; four clients register households over HTTP with tokens of their own, twice
the power fails, and each time the clients send again what nobody confirmed.
"""

import contextlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts import services as accounts
from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import AccountIn, Permission, Role
from cobijo.core import clock, keyfile, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.sites import services as sites
from cobijo.sites.types import ResponseIn, SiteIn, SiteKind, SiteStatus

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's list of processes"),
]

ROOT = Path(__file__).resolve().parent.parent
COBIJO = Path(sys.executable).with_name("cobijo")
PATIENCE_SECONDS = 60
CLIENTS, HOUSEHOLDS, MEMBERS = 4, 100, 5
KILLED_AFTER = (30, 70)  # confirmed households


# --- the place it happens at: run inside the program, by “cobijo shell” ----------------------------------------------


def make_place() -> None:
    """A response, a site and four registrars, through the verbs; says their tokens."""

    def operator() -> Any:
        return operations.act_of(COMMAND_LINE, Door.COMMAND)

    controller, response, site = uuid7(), uuid7(), uuid7()
    today = clock.now().date()
    accounts.create_organisation(operator(), organisation_id=controller, name="Prueba", country="GT", contact="")
    given = ResponseIn(
        name="Prueba", country="GT", zone="America/Guatemala", started_on=today, controller_id=controller
    )
    sites.open_response(operator(), response_id=response, response=given)
    sites.add_site(
        operator(), site_id=site, response_id=response, site=SiteIn(name="Salón Municipal", kind=SiteKind.HALL)
    )
    sites.set_status(operator(), status_id=uuid7(), site_id=site, status=SiteStatus.OPEN)
    tokens = []
    for at in range(CLIENTS):
        account = AccountIn(account_id=uuid7(), username=f"ana{at}", name="Ana Xicay")
        accounts.create_account(operator(), account=account, unit_id=site)
        accounts.grant_role(
            operator(), grant_id=uuid7(), account_id=account.account_id, role=Role.REGISTRAR, unit_id=site
        )
        token = accounts.make_token(
            operations.act_of(account.account_id, Door.COMMAND),
            token_id=uuid7(),
            label="prueba",
            permissions=[Permission.SEE_PEOPLE, Permission.REGISTER, Permission.STAY],
            ends_at=clock.now() + timedelta(days=1),
        )
        tokens.append(token.secret)
    sys.stdout.write(json.dumps({"site": str(site), "tokens": tokens}))


# --- the server ------------------------------------------------------------------------------------------------------


@dataclass
class Server:
    """The real program on a folder of its own: started, killed without a word, started again."""

    folder: Path
    port: int
    environment: dict[str, str]
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is ready."""
        self.running = subprocess.Popen([COBIJO, "serve"], env=self.environment, stdout=subprocess.DEVNULL)
        wait_until(self.is_ready)

    def is_ready(self) -> bool:
        assert self.running is not None
        assert self.running.poll() is None, "it ended before it was ready"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """SIGKILL to the supervisor and every process below it at once, as when the power fails."""
        if self.running is None:
            return
        processes = [self.running.pid, *below(self.running.pid)]
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.running.wait()
        wait_until(lambda: all(is_gone(process) for process in processes))
        self.running = None

    def command(self, *arguments: str) -> str:
        """What a command of the program says; it must succeed."""
        done = subprocess.run(
            [COBIJO, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def post(self, path: str, token: str, body: bytes) -> dict[str, Any]:
        """What the API answers to a program with a token; raises OSError where nothing came back."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Accept-Language": "en"}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert answer.status == 200, answer.status
            found: dict[str, Any] = json.loads(answer.read())
        return found

    @property
    def database(self) -> Path:
        return self.folder / "cobijo.sqlite3"


def below(process: int) -> list[int]:
    """All processes a process has started, and those they have."""
    children: list[int] = []
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            children += [int(child) for child in (thread / "children").read_text().split()]
    return [*children, *(deeper for child in children for deeper in below(child))]


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def wait_until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not reached():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Not started yet, with a migrated database and a node key."""
    keyfile.make(tmp_path / "node.key")
    port = free_port()
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    own = {"COBIJO_DATA": str(tmp_path), "COBIJO_NODE_KEY": str(tmp_path / "node.key"), "COBIJO_PORT": str(port)}
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    found = Server(tmp_path, port, inherited | own | {"PYTHONPATH": path})
    found.command("migrate", "--verbosity=0")
    yield found
    found.kill()


# --- the clients -----------------------------------------------------------------------------------------------------


@dataclass
class Entry:
    """A household as a client keeps it until it is confirmed: the same bytes, however often they are sent."""

    op_id: UUID
    household: UUID
    people: list[UUID]
    body: bytes
    answers: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_confirmed(self) -> bool:
        return bool(self.answers)


def entry(site: str, at: int) -> Entry:
    """A household of five who come in."""
    op_id, household, people = uuid7(), uuid7(), [uuid7() for _ in range(MEMBERS)]
    members = [
        {
            "person_id": str(person),
            "stay_id": str(uuid7()),
            "given_names": f"Persona{place}",
            "first_surname": f"Xicay{at}",
            "birth": {"age_years": 40 - place},
            "sex": "female",
            "kinship": "head" if place == 0 else "relative",
            "phones": [{"phone_id": str(uuid7()), "number": f"5550 {at:04d}"}] if place == 0 else [],
        }
        for place, person in enumerate(people)
    ]
    arguments = {"household_id": str(household), "site_id": site, "members": members}
    return Entry(op_id, household, people, json.dumps({"op_id": str(op_id), "arguments": arguments}).encode())


class Clients:
    """Four desks that register side by side, each with its own token and its own entries."""

    def __init__(self, server: Server, site: str, tokens: list[str]) -> None:
        self.server = server
        self.tokens = tokens
        self.entries = [entry(site, at) for at in range(HOUSEHOLDS)]
        self._failed = threading.Event()

    @property
    def confirmed(self) -> list[Entry]:
        return [one for one in self.entries if one.is_confirmed]

    def work(self, until: int) -> None:
        """Send all that is not confirmed; once ``until`` are, kill the server under the clients' hands."""
        self._failed.clear()
        with ThreadPoolExecutor(CLIENTS) as desks:
            done = [desks.submit(self._desk, at) for at in range(CLIENTS)]
            if until < HOUSEHOLDS:
                wait_until(lambda: len(self.confirmed) >= until)
                self.server.kill()
            for desk in done:
                desk.result()

    def _desk(self, at: int) -> None:
        for one in self.entries[at::CLIENTS]:
            if one.is_confirmed:
                continue
            try:
                self.send(one, self.tokens[at])
            except urllib.error.HTTPError:
                raise
            except OSError:
                return

    def send(self, one: Entry, token: str) -> None:
        one.answers.append(self.server.post("/api/v1/verbs/sites.receive_household", token, one.body))


# --- what is on the disk ---------------------------------------------------------------------------------------------


class Disk:
    """The database as it lies there, read past the program."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file)

    def __enter__(self) -> "Disk":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def column(self, statement: str) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(statement)]

    def count(self, statement: str) -> Counter[str]:
        """How often each value stands in the first column."""
        return Counter(self.column(statement))

    def of_persons(self, table: str, column: str = "person_id") -> Counter[str]:
        return self.count(f'SELECT "{column}" FROM "{table}"')


def expect_whole(server: Server, clients: Clients) -> set[UUID]:
    """Nothing on the disk is half; gives the households that are there."""
    with Disk(server.database) as disk:
        assert disk.column("PRAGMA integrity_check") == ["ok"]
        assert disk.column("PRAGMA foreign_key_check") == []
        there = {one.op_id: one for one in clients.entries if one.op_id.hex in set(_op_ids(disk))}
        assert {one.household.hex for one in there.values()} == set(disk.column("SELECT id FROM people_household"))
        for table in ("people_membership", "sites_stay"):
            homes = disk.count(f"SELECT household_id FROM {table}")
            assert homes == {one.household.hex: MEMBERS for one in there.values()}, table
        people = {person.hex: 1 for one in there.values() for person in one.people}
        for table, column in _ONCE_A_PERSON:
            assert disk.of_persons(table, column) == people, table
        expect_journal(disk, len(there))
    return {one.household for one in there.values()}


_ONCE_A_PERSON = (
    ("people_person", "id"),
    ("people_membership", "person_id"),
    ("sites_stay", "person_id"),
    ("people_searchentry", "person_id"),
)


def _op_ids(disk: Disk) -> list[str]:
    return disk.column("SELECT op_id FROM core_intent WHERE verb = 'sites.receive_household'")


def expect_journal(disk: Disk, households: int) -> None:
    """Each intent has its outcome, a segment and a mention for each of its people, and a key that opens them."""
    of_ours = "FROM core_intent i JOIN {} x ON x.intent_id = i.id WHERE i.verb = 'sites.receive_household'"
    assert list(disk.count(f"SELECT i.id {of_ours.format('core_outcome')}").values()) == [1] * households
    for table in ("core_segment", "core_mention"):
        assert list(disk.count(f"SELECT i.id {of_ours.format(table)}").values()) == [MEMBERS] * households, table
    sealed = set(disk.column(f"SELECT x.subject {of_ours.format('core_segment')}"))
    assert sealed <= set(disk.column("SELECT subject FROM core_subjectkey"))


# --- what must hold --------------------------------------------------------------------------------------------------


def test_nothing_confirmed_is_lost_and_nothing_is_half_written(server: Server) -> None:
    place = json.loads(
        server.command("shell", "--no-imports", "-c", "from tests.test_crash import make_place; make_place()")
    )
    clients = Clients(server, place["site"], place["tokens"])

    there: set[UUID] = set()
    for limit in (*KILLED_AFTER, HOUSEHOLDS):
        waiting, before = [one for one in clients.entries if not one.is_confirmed], there
        server.start()
        clients.work(until=limit)
        for one in (one for one in waiting if one.is_confirmed):
            assert one.answers[0]["repeated"] is (one.household in before), "an entry sent again was not recognised"
        if limit < HOUSEHOLDS:
            assert limit <= len(clients.confirmed) < HOUSEHOLDS, "it was not killed in the middle"
            there = expect_whole(server, clients)
            assert {one.household for one in clients.confirmed} <= there

    assert len(clients.confirmed) == HOUSEHOLDS
    for at, one in enumerate(clients.entries):
        clients.send(one, clients.tokens[at % CLIENTS])
        assert one.answers[-1] == one.answers[0] | {"repeated": True}

    server.kill()
    assert len(expect_whole(server, clients)) == HOUSEHOLDS
    assert json.loads(server.command("verify-journal", "--json"))["whole"] is True
