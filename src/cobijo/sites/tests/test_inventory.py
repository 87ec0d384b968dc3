"""Premises measured before they are needed, and how many people they could take."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, strategies

from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.sites import queries
from cobijo.sites.models import Facility, Space, StatusChange
from cobijo.sites.premises.closing import still_in
from cobijo.sites.premises.models import Ground
from cobijo.sites.premises.queries import grounds_of, people_of
from cobijo.sites.premises.types import (
    GroundKind,
    InventoryIn,
)
from cobijo.sites.tests.buildings import listed, measure, refused, room, today, toilets
from cobijo.sites.tests.shelter import BOY, MOTHER, ago, receive, submit
from cobijo.sites.tests.test_pages import browser_of, day, page, post
from cobijo.sites.types import FacilityFor, SiteStatus
from tests.cast import Cast, grant

pytestmark = pytest.mark.django_db


def test_a_room_is_reckoned_in_whole_people_and_the_smaller_number_holds(cast: Cast) -> None:
    """Two classrooms of 18 m2 take five each; a yard nobody; two toilets forty."""
    measure(
        cast.beto,
        cast.a.id,
        room("Aula 1", 600, 300),
        room("Aula 2", 450, 400),
        room("Cancha", 2_500, 1_500, GroundKind.PAVED),
        facilities=[toilets(1, whom=FacilityFor.WOMEN), toilets(2, working=1, whom=FacilityFor.MEN)],
    )
    found = queries.capacity(cast.a.id)
    assert (found.by_area, found.by_toilets, found.persons, found.bound_by) == (10, 40, 10, "area")
    assert found.roofed_m2 == 36.0


@given(length=strategies.integers(1, 100_000), width=strategies.integers(1, 100_000))
def test_nobody_gets_less_than_their_space_and_nobody_more_would_fit(length: int, width: int) -> None:
    ground = Ground(kind=GroundKind.ROOFED, length_cm=length, width_cm=width)
    people, square_cm = people_of(ground) or 0, length * width
    assert people * 35_000 <= square_cm < (people + 1) * 35_000


def questions(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_many_premises_and_many_households_take_no_more_questions_than_few(cast: Cast) -> None:
    counts: list[tuple[int, int]] = []
    for upto in (2, 6):
        for at in range(len(counts) * 2, upto):
            listed(cast, f"Escuela {at}", room("Aula", 600, 300), facilities=[toilets(1)])
            receive(cast.ana, cast.a, (MOTHER, BOY))
        of_premises = questions(lambda: queries.premises_for(cast.diego.id))
        counts.append((of_premises, questions(lambda: still_in(cast.beto.id, cast.a.site))))
    assert counts[0] == counts[1]
    assert len(queries.premises_for(cast.diego.id)) == 6


def test_what_is_not_known_stays_unknown(cast: Cast) -> None:
    nothing = queries.capacity(cast.a.id)
    assert (nothing.by_area, nothing.by_toilets, nothing.persons, nothing.at_most) == (None, None, None, None)
    measure(cast.beto, cast.a.id, room("Salón", 1_000, 700))
    some = queries.capacity(cast.a.id)
    assert (some.by_area, some.persons, some.at_most, some.bound_by) == (20, None, 20, "")
    measure(cast.beto, cast.a.id, facilities=[toilets(0)])
    none = queries.capacity(cast.a.id)
    assert (none.by_area, none.persons, none.bound_by) == (20, 0, "toilets"), "no toilet, nobody"


def test_a_new_inventory_takes_the_place_of_the_former_and_a_late_one_does_not(cast: Cast) -> None:
    measure(cast.beto, cast.a.id, room("Aula 1", 600, 300), room("Aula 2", 600, 300))
    measure(cast.beto, cast.a.id, room("Aula 1", 650, 300))
    measure(cast.beto, cast.a.id, room("Aula 9", 900, 900), on=today() - timedelta(days=3))
    assert [(ground.name, ground.length_cm) for ground in grounds_of(cast.a.id)] == [("Aula 1", 650)]
    assert Ground.objects.count() == 4, "nothing is thrown away"


def test_an_inventory_that_cannot_be_so_is_refused_with_what_to_do(cast: Cast) -> None:
    refused("sites.nothing_measured", measure, cast.beto, cast.a.id)
    refused("sites.measured_later", measure, cast.beto, cast.a.id, room("A", 1, 1), on=today() + timedelta(days=2))
    twice = refused("sites.ground_named_twice", measure, cast.beto, cast.a.id, room("Aula", 1, 1), room(" aula ", 2, 2))
    assert list(twice.fields) == ["inventory.grounds.1.name"]
    refused("sites.facility_twice", measure, cast.beto, cast.a.id, facilities=[toilets(1), toilets(2)])
    more = refused("sites.more_working", measure, cast.beto, cast.a.id, facilities=[toilets(1, working=2)])
    assert list(more.fields) == ["inventory.facilities.0.working"]
    assert (Ground.objects.count(), Facility.objects.count()) == (0, 0), "nothing is half taken"


def test_who_reports_a_site_measures_it_and_others_do_not(cast: Cast) -> None:
    measure(cast.diego, cast.a.id, room("Aula", 600, 300))
    refused("core.not_allowed", measure, cast.ana, cast.a.id, room("Aula", 600, 300))
    refused("core.not_found", measure, cast.carla, cast.a.id, room("Aula", 600, 300))


def test_listed_premises_are_found_by_how_many_they_could_take(cast: Cast) -> None:
    small = listed(cast, "Escuela Chica", room("Aula", 600, 300), facilities=[toilets(2)])
    large = listed(cast, "Escuela Grande", room("Salón", 3_000, 1_400), facilities=[toilets(4)])
    unmeasured = listed(cast, "Iglesia")
    lines = queries.premises_for(cast.diego.id)
    assert [(line.id, line.capacity.persons) for line in lines] == [
        (large.pk, 80), (small.pk, 5), (unmeasured.pk, None),
    ]  # fmt: skip
    assert {line.status for line in lines} == {SiteStatus.LISTED}
    assert [line.id for line in queries.premises_for(cast.diego.id, least=50)] == [large.pk]
    assert queries.premises_for(cast.carla.id) == [], "a stranger's premises are in no list"


def test_a_listed_site_takes_people_with_a_flag_and_counts_as_not_open(cast: Cast) -> None:
    StatusChange.objects.create(site=cast.a.site, status=SiteStatus.LISTED, at=ago(2))
    assert receive(cast.ana, cast.a).flags == ["sites.site_not_open"]


def test_roofed_rooms_become_spaces_with_assumed_places_once(cast: Cast) -> None:
    site = listed(cast, "Escuela", room("Aula 1", 600, 300), room("Patio", 900, 900, GroundKind.EARTH))
    for _ in range(2):
        post(cast.administrator, "premises-spaces", site.pk)
    space = Space.objects.get(site=site)
    assert (space.name, space.capacity, space.capacity_assumed, space.area_dm2) == ("Aula 1", 5, True, 1_800)


# --- pages -----------------------------------------------------------------------------------------------------------


def inventory_answers(**given: Any) -> dict[str, Any]:
    return day(clock.now() - timedelta(hours=6), "inventoried_on") | given


def test_an_inventory_is_typed_in_metres(cast: Cast) -> None:
    rows = {"name_0": "Salón", "kind_0": "roofed", "length_0": "12.5", "width_0": "8", "count_toilet_all": "3"}
    post(cast.beto, "inventory", cast.a.id, **inventory_answers(**rows))
    ground = Ground.objects.get()
    assert (ground.length_cm, ground.width_cm, Facility.objects.get().count) == (1_250, 800, 3)
    shown = page(cast.beto, "premises", cast.a.id)
    assert "12.5 × 8" in shown
    assert "Computed, never agreed with the owner" in shown
    assert "12.5" in page(cast.beto, "inventory", cast.a.id), "the next inventory begins with this one"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name_0": "Salón", "length_0": "12"}, "leave all empty"),
        ({"name_1": "Aula", "length_1": "-3", "width_1": "4"}, "greater than or equal to 0"),
        ({"name_0": "Aula", "length_0": "NaN", "width_0": "4"}, "Enter a number"),
        ({"name_0": "Aula", "length_0": "0", "width_0": "4"}, "leave all empty"),
        ({"name_0": "Aula", "length_0": "0.001", "width_0": "4"}, "2 decimal places"),
        ({"working_toilet_all": "3"}, "how many there are, too"),
        ({"count_toilet_all": "2", "working_toilet_all": "3"}, "More are said to work"),
        ({}, "Nothing was measured"),
        (
            {"name_1": "Aula", "length_1": "3", "width_1": "4", "name_3": "aula", "length_3": "3", "width_3": "4"},
            "Name of place 4",
        ),
    ],
)
def test_a_wrong_inventory_comes_back_with_what_to_do(cast: Cast, typed: dict[str, str], said: str) -> None:
    assert said in post(cast.beto, "inventory", cast.a.id, status=200, **inventory_answers(**typed))
    assert not Ground.objects.exists()


def test_the_premises_are_exported_and_nothing_is_obeyed(cast: Cast) -> None:
    grant(cast.diego, Role.SITE_MANAGER, cast.response.unit)
    listed(cast, "=cmd()", room("Aula", 600, 300))
    answer = browser_of(cast.diego).get("/sites/premises/csv/").content.decode("utf-8-sig")
    assert "'=cmd()" in answer
    assert browser_of(cast.diego).get("/sites/premises/pdf/").status_code == 404
    assert browser_of(cast.diego).get("/sites/premises/?least=999999999999").status_code == 200


def test_an_inventory_from_a_device_late_is_taken(cast: Cast) -> None:
    inventory = InventoryIn(inventoried_on=ago(50).date(), grounds=[room("Aula", 600, 300)])
    receipt = submit("take_inventory", cast.beto, {"happened_at": ago(30)}, site_id=cast.a.id, inventory=inventory)
    assert receipt.status.value == "applied"
    assert Ground.objects.get().voided_at is None
