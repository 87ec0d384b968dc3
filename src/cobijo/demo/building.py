"""Building the demonstration: only where nothing else is, always the same, ending at six in the evening."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from cobijo.accounts.services import open_for_demonstration
from cobijo.core import clock, keyfile, keys, nodes, seals
from cobijo.core.models import CodeBlock, Intent, Node
from cobijo.demo import clockfile, figures, finishing, story
from cobijo.demo.places import CAST, Places
from cobijo.demo.replay import Replay, local

SEED = 20180603
EVENING = time(18)
PASSWORD = "volcan-de-fuego-2018"  # noqa: S105 - a known sign-in of the demonstration, refused outside debug
CODE = "000000"
BEGAN = datetime(2018, 6, 3, 12, tzinfo=UTC)
SITES_FROM, PEOPLE_FROM, HOUSEHOLDS_FROM = 11, 31_000, 7_000


class NotADemonstrationError(Exception):
    """The database holds something that is no demonstration."""


def build(night: date, said: Callable[[int, int], None]) -> Replay:
    """Build the world as of the evening of a night; raises NotADemonstrationError rather than touch anything else."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    _make_room()
    call_command("migrate", verbosity=0)
    if not settings.NODE_KEY_FILE.exists():
        keyfile.make(settings.NODE_KEY_FILE)
    _mark_fictitious()
    evening = local(night, EVENING)
    with transaction.atomic():
        replay = _tell(night, evening, said)
    clock.move(evening - datetime.now(UTC))
    seals.seal_waiting()
    clock.move(timedelta())
    clockfile.set_to(night, evening)
    return replay


def _make_room() -> None:
    """Empty what an earlier demonstration left, which the database says itself; refuse where anything else is."""
    tables = connection.introspection.table_names()
    if Node._meta.db_table not in tables:
        return
    if Node.objects.filter(here=True, fictitious=True).exists():
        clockfile.forget()
        call_command("flush", interactive=False, verbosity=0)
        nodes.forget()
        keys.forget()
    elif Intent.objects.exists():
        raise NotADemonstrationError


def _mark_fictitious() -> None:
    """Nobody here is real. Sites, people and households count from different numbers: a mix-up of two kinds shows."""
    Node.objects.filter(pk=nodes.here_id()).update(fictitious=True)
    nodes.forget()
    for kind, first in (("site", SITES_FROM), ("person", PEOPLE_FROM), ("household", HOUSEHOLDS_FROM)):
        CodeBlock.objects.create(kind=kind, first=first, size=100_000, holder=nodes.here_id(), leased_at=BEGAN)


def _tell(night: date, evening: datetime, said: Callable[[int, int], None]) -> Replay:
    told, places = story.read(), Places()
    clock.move(BEGAN - datetime.now(UTC))
    places.set_up(told)
    for username, *_ in CAST:
        open_for_demonstration(places.workers[username], PASSWORD)
    replay = Replay(told, places, SEED)
    replay.tell(evening, said)
    finishing.finish(replay, places, evening)
    clock.move(evening - datetime.now(UTC))
    figures.record(told, places)
    return replay
