"""The same figures when everything was done through the verbs: receiving, going out, moving, mistakes, forgetting."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import clock, erasure
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.types import VoidReason
from cobijo.reporting import queries
from cobijo.reporting.types import Census, Kind
from cobijo.sites import services as sites
from cobijo.sites.tests.shelter import BOY, FAMILY, FATHER, GIRL, MOTHER, Guest, ago, check_out, receive
from cobijo.sites.types import HeadcountIn, Method, OutReason
from tests.cast import Cast, Place, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def last_night() -> date:
    return clock.today(ZoneInfo("America/Guatemala")) - timedelta(days=1)


def of_site(place: Place) -> Census:
    return queries.census(queries.of_site(place.id), last_night())


def of_response(cast: Cast) -> Census:
    return queries.census(queries.of_unit(cast.response.pk), last_night())


def numbers(found: Census) -> tuple[object, ...]:
    return found.persons, found.households, found.away, found.table.as_json()


def test_a_received_family_is_counted_by_sex_and_age(cast: Cast) -> None:
    receive(cast.ana, cast.a, happened_at=ago(50))
    found = of_site(cast.a)

    assert (found.persons, found.households) == (4, 1)
    assert found.table.at("female", "25-59") == found.table.at("male", "25-59") == 1
    assert found.table.at("female", "5-11") == found.table.at("male", "0-4") == 1


def test_who_left_yesterday_at_noon_is_not_in_last_night(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(80))
    yesterday = clock.midnight_ending(last_night(), ZoneInfo("America/Guatemala")) - timedelta(hours=12)
    sites.check_out(act(cast.ana, happened_at=yesterday), stay_ids=family.all_stays(), reason=OutReason.HOME)
    assert of_site(cast.a).persons == 0


def test_who_leaves_today_slept_here_last_night(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(90))
    check_out(cast.ana, family)
    receive(cast.carla, cast.b, (Guest("Otra"),), happened_at=ago(50))

    found = of_response(cast)
    assert [part.persons for part in found.parts] == [4, 1]
    assert found.persons == 5


def test_an_erased_person_leaves_every_figure_as_it_was(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL, BOY), happened_at=ago(50))
    before = numbers(of_site(cast.a))
    for name in ("Julio", "Óscar"):
        erasure.erase(family.people[name], COMMAND_LINE)
    assert numbers(of_site(cast.a)) == before


def test_a_record_made_by_mistake_counts_in_no_past_night(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, Guest("Doble", 30)), happened_at=ago(50))
    check_out(cast.ana, family, "Doble")
    assert of_site(cast.a).persons == 2
    people.void_person(act(cast.beto), person_id=family.people["Doble"], reason=VoidReason.TWICE)
    assert of_site(cast.a).persons == 1


def test_a_late_second_stay_is_disputed_and_counts_once(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, FAMILY, happened_at=ago(60))
    before = of_response(cast).persons
    with pytest.raises(DomainError):
        sites.check_in(act(cast.ana), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])
    sites.check_in(
        act(cast.ana, happened_at=ago(55)), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"]
    )
    assert of_response(cast).persons == before == 4


def test_a_head_count_by_verb_stands_where_nobody_is_registered(cast: Cast) -> None:
    midnight = clock.midnight_ending(last_night(), ZoneInfo("America/Guatemala"))
    sites.report_headcount(
        act(cast.carla),
        report_id=uuid7(),
        site_id=cast.b.id,
        headcount=HeadcountIn(
            night=last_night(), observed_at=midnight - timedelta(hours=6), persons=61, method=Method.HEAD_COUNT
        ),
    )
    found = of_response(cast)
    assert (found.persons, queries.made_of(found, Kind.REPORTED)) == (61, (1, 61))
