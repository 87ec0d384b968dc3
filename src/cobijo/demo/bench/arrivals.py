"""How long a night of arrivals at one centre takes: lists, receiving each household, two stations each, the board."""

import random
import time
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from cobijo.accounts.types import Role
from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.demo.bench import world as setting
from cobijo.demo.bench.asking import Browser
from cobijo.demo.bench.report import machine
from cobijo.demo.bench.world import Said
from cobijo.demo.families import Family, Makers
from cobijo.movements import services as movements
from cobijo.movements.types import MOST_LISTED, MovementIn, MovementKind, TravellerIn
from cobijo.people.types import BirthIn
from cobijo.sites import services as sites
from cobijo.sites.types import SiteIn, SiteKind, SiteStatus

SEATS: Final = 135
STATIONS: Final = ("food", "health")
NIGHT: Final = date(2018, 11, 18)
HOUSEHOLD: Final = 2.4
"""People a household among those who arrive."""


def run(persons: int, seed: int, say: Said) -> dict[str, Any]:
    """Process so many people of flights with lists; seconds by what was done, and how long the full board takes."""
    world = setting.open_response()
    centre = uuid7()
    given = SiteIn(name="Centro de recepción", kind=SiteKind.RECEPTION)
    sites.add_site(setting.command(), site_id=centre, response_id=world.response, site=given)
    sites.set_status(setting.command(), status_id=uuid7(), site_id=centre, status=SiteStatus.OPEN)
    clerk = setting.make_account("clerk", Role.SITE_MANAGER, centre)
    makers = Makers(random.Random(seed))  # noqa: S311 - people who never lived
    families = makers.families(persons, round(persons / HOUSEHOLD), persons // 4, NIGHT, ("Choloma",))
    seconds = {"listed": 0.0, "received": 0.0, "stations": 0.0}
    done = 0
    for number, some in enumerate(_flights(families), 1):
        _process(clerk, centre, number, some, seconds)
        done += sum(len(one) for one in some)
        say("processing", done, persons)
    browser = Browser(clerk)
    began = time.monotonic()
    browser.read(reverse("movements:board", args=[centre]))
    return {
        "benchmark": "arrivals",
        "persons": done,
        "seed": seed,
        "machine": machine(),
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "board_seconds": round(time.monotonic() - began, 2),
    }


def _flights(families: Sequence[Family]) -> Iterator[list[Family]]:
    """Families filled into flights of so many seats."""
    some: list[Family] = []
    for one in families:
        if some and sum(len(other) for other in some) + len(one) > SEATS:
            yield some
            some = []
        some.append(one)
    yield some


def _act(clerk: UUID) -> Act:
    return operations.act_of(clerk, Door.DESK)


def _process(clerk: UUID, centre: UUID, number: int, families: Sequence[Family], seconds: dict[str, float]) -> None:
    """A flight from its list to the stations, each household received by itself, as clerks do."""
    flight, began = uuid7(), time.monotonic()
    said = MovementIn(kind=MovementKind.FLIGHT, reference=f"B {number}", expected_at=clock.now(), seats=SEATS)
    movements.announce(_act(clerk), movement_id=flight, site_id=centre, movement=said)
    groups = [_travellers(family, at) for at, family in enumerate(families, 1)]
    everybody = [one for group in groups for one in group]
    for at in range(0, len(everybody), MOST_LISTED):
        movements.list_travellers(_act(clerk), movement_id=flight, travellers=everybody[at : at + MOST_LISTED])
    movements.arrive(_act(clerk), movement_id=flight)
    listed = time.monotonic()
    for group in groups:
        movements.receive_travellers(_act(clerk), movement_id=flight, household_id=uuid7(), members=group)
    received = time.monotonic()
    for one in everybody:
        for station in STATIONS:
            visit = uuid7()
            movements.begin_station(_act(clerk), visit_id=visit, traveller_id=one.traveller_id, station=station)
            movements.end_station(_act(clerk), visit_id=visit)
    seconds["listed"] += listed - began
    seconds["received"] += received - listed
    seconds["stations"] += time.monotonic() - received


def _travellers(family: Family, group: int) -> list[TravellerIn]:
    return [
        TravellerIn(
            traveller_id=uuid7(),
            person_id=uuid7(),
            group=group,
            given_names=one.given,
            first_surname=one.first,
            second_surname=one.second,
            sex=one.sex,
            birth=BirthIn(age_years=one.years),
            kinship=one.kinship,
            needs=one.needs,
            origin_place=family.place,
        )
        for one in family.members
    ]


def as_text(found: dict[str, Any]) -> str:
    """The figures for reading."""
    parts = "".join(f"{name:12}{value:>9.1f} s\n" for name, value in found["seconds"].items())
    return f"{found['persons']:,} people arrived\n{parts}{'full board':12}{found['board_seconds']:>9.2f} s"
