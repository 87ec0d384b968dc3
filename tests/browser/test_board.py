"""A flight of 135 with twelve families and nine children alone, worked on the board by three clerks at once."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.movements import services as movements
from cobijo.movements.models import StationVisit, Traveller
from cobijo.movements.types import MovementIn, MovementKind, TravellerIn
from cobijo.people.types import BirthIn, Kinship
from tests.browser.conftest import Served, open_page
from tests.cast import act

pytestmark = pytest.mark.browser

FAMILIES, CHILDREN, SEATS = 12, 9, 135
STATIONS = {"ana": "food", "beto": "call", "elena": "health"}
ROUNDS = 2


def somebody(name: str, surname: str, years: int, kinship: Kinship = Kinship.HEAD) -> TravellerIn:
    return TravellerIn(
        traveller_id=uuid7(), person_id=uuid7(), given_names=name, first_surname=surname, kinship=kinship,
        birth=BirthIn(age_years=years),
    )  # fmt: skip


def flight(served: Served) -> list[list[TravellerIn]]:
    """The flight, arrived and received; nobody else is at the centre's board."""
    cast = served.world.cast
    groups = [
        [somebody("Rosa", f"Mejía{at}", 31), somebody("Lito", f"Mejía{at}", 8, Kinship.CHILD)] for at in range(FAMILIES)
    ]
    groups += [[somebody(f"Nino{at}", "Cruz", 13)] for at in range(CHILDREN)]
    groups += [[somebody(f"Omar{at}", "Paz", 30)] for at in range(SEATS - 2 * FAMILIES - CHILDREN)]
    number = uuid7()
    said = MovementIn(kind=MovementKind.FLIGHT, reference="GXA 3541", expected_at=clock.now(), seats=SEATS)
    movements.announce(act(cast.ana), movement_id=number, site_id=cast.a.id, movement=said)
    movements.arrive(act(cast.ana), movement_id=number)
    for group in groups:
        movements.receive_travellers(act(cast.ana), movement_id=number, household_id=uuid7(), members=group)
    return groups


def board_of(served: Served, who: str) -> str:
    return f"{served.url}/movements/{served.world.cast.a.id}/board/?station={STATIONS[who]}"


def take_first(tab: Page) -> None:
    tab.locator(".waiting button").first.click()
    tab.wait_for_load_state()


def test_three_clerks_work_through_a_flight_at_once_and_nobody_is_with_two(
    served: Served, chromium: Browser, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        groups = flight(served)
    nine = {one[0].traveller_id for one in groups[FAMILIES : FAMILIES + CHILDREN]}
    with (
        served.profile(chromium, "ana", locale="es-GT") as first,
        served.profile(chromium, "beto", locale="es-GT") as second,
        served.profile(chromium, "elena", locale="es-GT") as third,
    ):
        tabs = [one.new_page() for one in (first, second, third)]
        taken = []
        for _round in range(ROUNDS):
            for tab, who in zip(tabs, STATIONS, strict=True):  # all three see the same list before anybody takes
                open_page(tab, board_of(served, who))
            for tab in tabs:  # whom a colleague was quicker to take is said, and the next one is taken
                take_first(tab)
                if not tab.get_by_role("button", name="Listo").count():
                    assert tab.get_by_text("colega").count()
                    take_first(tab)
            with django_db_blocker.unblock():
                busy = list(StationVisit.objects.filter(ended_at=None, by__isnull=False))
                taken += [one.traveller_id for one in busy]
                assert len({one.traveller_id for one in busy}) == len(busy)
                assert len(busy) == len(tabs)
            for tab in tabs:
                done = tab.get_by_role("button", name="Listo")
                if done.count():
                    done.first.click()
                    tab.wait_for_load_state()
        with django_db_blocker.unblock():
            assert set(taken) <= nine | {served.world.ids["traveller_nelson"]}
            assert Traveller.objects.filter(movement__reference="GXA 3541").count() == SEATS


def test_a_clerk_sees_whom_a_colleague_took_within_seconds_and_without_reloading(
    served: Served, chromium: Browser, django_db_blocker: Any
) -> None:
    with (
        served.profile(chromium, "ana", locale="es-GT") as first,
        served.profile(chromium, "beto", locale="es-GT") as second,
    ):
        watching, taking = first.new_page(), second.new_page()
        for tab in (watching, taking):
            open_page(tab, board_of(served, "ana").replace("food", "cash"))
        before = watching.locator(".waiting > li").first.inner_text()
        take_first(taking)
        watching.wait_for_function(
            "before => document.querySelector('.waiting > li').innerText !== before", arg=before, timeout=15_000
        )
        taking.get_by_role("button", name="Listo").first.click()
