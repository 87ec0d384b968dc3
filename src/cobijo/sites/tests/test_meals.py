"""Who is expected at each meal: present, back in time, arriving, not travelling; and what is only said."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.people.types import NeedCode, Sex
from cobijo.sites import services
from cobijo.sites.queries.meals import Expected, Meal, expected_at_meals
from cobijo.sites.tests.door import count, night_shelter
from cobijo.sites.tests.shelter import FAMILY, Guest, ago, receive
from cobijo.sites.types import CellIn, CheckInOf, HeadcountIn, Method, TransferArrivalIn
from cobijo.sites.unnamed.types import UnnamedIn
from tests.cast import ZONE, Cast, act

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_ten() -> None:
    """It is ten in the morning in Guatemala, so that no test crosses a midnight."""
    now = datetime.now(ZoneInfo(ZONE))
    clock.move(datetime.combine(now.date(), time(10), ZoneInfo(ZONE)) - now)


def today() -> date:
    return clock.today(ZoneInfo(ZONE))


def plates(found: Expected) -> list[int]:
    return [found.at(meal) for meal in Meal]


def tomorrow(cast: Cast) -> Expected:
    return expected_at_meals(cast.a.site, today() + DAY)


def at(hour: int, days: int = 1) -> datetime:
    return datetime.combine(today() + days * DAY, time(hour), ZoneInfo(ZONE))


def test_who_is_here_eats_three_times(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    assert plates(tomorrow(cast)) == [4, 4, 4]


def test_who_is_out_eats_from_the_hour_they_are_back(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    stay = family.stays["Julio"]
    services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=stay, expected_back=at(11))
    found = tomorrow(cast)
    assert plates(found) == [3, 4, 4]
    assert (found.made_of.here, found.made_of.back) == (3, 1)


def test_who_should_be_back_or_said_no_hour_is_said_and_not_reckoned_with(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=family.stays["Julio"], expected_back=None)
    late = act(cast.ana, happened_at=ago(5))
    services.step_out(late, absence_id=uuid7(), stay_id=family.stays["Marta"], expected_back=ago(2))
    found = tomorrow(cast)
    assert plates(found) == [2, 2, 2]
    assert (found.made_of.no_hour, found.made_of.not_back) == (1, 1)


def plan(cast: Cast, day: date) -> None:
    family = receive(cast.ana, cast.a, [Guest("Rosa", comes=False)])
    arrivals = [CheckInOf(person_id=family.people["Rosa"], stay_id=uuid7())]
    services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=arrivals, planned_for=day)


def test_who_arrives_on_the_day_eats_from_lunch_and_who_comes_before_eats_all_day(cast: Cast) -> None:
    plan(cast, today() + DAY)
    plan(cast, today())
    plan(cast, today() + 2 * DAY)
    found = tomorrow(cast)
    assert plates(found) == [1, 2, 2]
    assert found.made_of.coming == 2


def test_who_was_expected_before_and_did_not_come_is_only_said(cast: Cast) -> None:
    plan(cast, today())
    clock.move(clock.offset() + 2 * DAY)
    found = tomorrow(cast)
    assert plates(found) == [0, 0, 0]
    assert found.made_of.not_come == 1


def transfer(cast: Cast, day: date, *, accepted: bool) -> Any:
    family, moving = receive(cast.ana, cast.a), uuid7()
    services.propose_transfer(
        act(cast.beto), transfer_id=moving, to_site_id=cast.b.id, stay_ids=family.all_stays(), travels_on=day
    )
    if accepted:
        arrivals = [TransferArrivalIn(from_stay_id=one, new_stay_id=uuid7()) for one in family.all_stays()]
        services.accept_transfer(act(cast.carla), transfer_id=moving, arrivals=arrivals)


def test_who_travels_has_breakfast_here_and_lunch_there(cast: Cast) -> None:
    transfer(cast, today() + DAY, accepted=True)
    here, there = tomorrow(cast), expected_at_meals(cast.b.site, today() + DAY)
    assert (plates(here), plates(there)) == ([4, 0, 0], [0, 4, 4])
    assert here.made_of.leaving == 4


def test_nobody_answered_so_they_eat_here_and_it_is_said(cast: Cast) -> None:
    transfer(cast, today() + DAY, accepted=False)
    here, there = tomorrow(cast), expected_at_meals(cast.b.site, today() + DAY)
    assert (plates(here), plates(there)) == ([4, 4, 4], [0, 0, 0])
    assert here.made_of.unanswered == 4


# --- people without a name -------------------------------------------------------------------------------------------


def report(cast: Cast, persons: int, nights: int = 0, method: Method = Method.HEAD_COUNT, **given: Any) -> None:
    said = HeadcountIn(
        night=today() - nights * DAY,
        observed_at=clock.now() - nights * DAY,
        persons=persons,
        method=method,
        cells=[CellIn(sex=sex, band=band, persons=n) for sex, band, n in given.get("cells", ())],
    )
    services.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=said)


def test_people_a_count_says_beyond_the_registered_eat_too_and_nobody_knows_their_age(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    report(cast, 60, cells=[("female", "0-4", 20)])
    found = tomorrow(cast)
    assert plates(found) == [60, 60, 60]
    assert found.beyond
    assert (found.beyond.persons, found.beyond.cells) == (56, ())
    assert [(one.band, one.persons) for one in found.without_name] == [("unknown", 56)]


def test_where_nobody_is_registered_a_real_count_says_who_they_are(cast: Cast) -> None:
    report(cast, 60, cells=[("female", "0-4", 20), ("male", "25-59", 30)])
    told = {(one.sex, one.band): one.persons for one in tomorrow(cast).without_name}
    assert told == {("female", "0-4"): 20, ("male", "25-59"): 30, (Sex.UNKNOWN, "unknown"): 10}


def test_the_parts_of_an_estimate_never_say_who_they_are(cast: Cast) -> None:
    report(cast, 60, method=Method.ESTIMATE, cells=[("female", "0-4", 20)])
    found = tomorrow(cast)
    assert plates(found) == [60, 60, 60]
    assert [(one.band, one.persons) for one in found.without_name] == [("unknown", 60)]


def test_hearsay_feeds_nobody(cast: Cast) -> None:
    report(cast, 60, method=Method.HEARSAY)
    found = tomorrow(cast)
    assert plates(found) == [0, 0, 0]
    assert found.beyond
    assert (found.beyond.persons, found.beyond.counts) == (60, False)


@pytest.mark.parametrize(("nights", "counts"), [(0, True), (2, True), (3, False)])
def test_a_count_is_carried_forward_two_nights_and_then_only_said(cast: Cast, nights: int, counts: bool) -> None:
    report(cast, 30, nights=nights)
    found = tomorrow(cast)
    assert found.beyond
    assert (found.beyond.nights, found.beyond.counts) == (nights, counts)
    assert plates(found) == ([30] * 3 if counts else [0] * 3)


def test_a_count_below_the_registered_changes_nothing(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    report(cast, 3)
    assert (plates(tomorrow(cast)), tomorrow(cast).beyond) == ([4, 4, 4], None)


def test_people_of_a_household_who_have_no_name_yet_eat_by_the_band_they_were_counted_in(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    services.count_unnamed(
        act(cast.ana),
        household_id=family.household,
        site_id=cast.a.id,
        unnamed=[UnnamedIn(unnamed_id=uuid7(), persons=3, sex=Sex.FEMALE, band="5-11")],
    )
    found = tomorrow(cast)
    assert plates(found) == [7, 7, 7]
    assert found.made_of.unnamed == 3
    assert [(one.band, one.persons) for one in found.without_name] == [("5-11", 3)]


def test_needs_at_the_door_are_read_as_marks(cast: Cast) -> None:
    receive(cast.ana, cast.a, [Guest("Ixchel", age=None, needs=(NeedCode.INFANT, NeedCode.MEDICINE)), *FAMILY])
    found = tomorrow(cast)
    assert [(eater.infant, eater.medicine) for eater in found.eaters].count((True, True)) == 1


def test_it_takes_the_same_queries_for_few_and_many(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for times in (1, 5):
        for _ in range(times):
            receive(cast.ana, cast.a)
        with django_assert_num_queries(7):
            expected_at_meals(cast.a.site, today() + DAY)
    guests(cast)
    with django_assert_num_queries(9):
        expected_at_meals(cast.a.site, today() + DAY)


# --- served here, sleeping elsewhere ---------------------------------------------------------------------------------


def served(cast: Cast, people: int, method: Method = Method.HEAD_COUNT, days: int = 0, persons: int = 4) -> None:
    said = HeadcountIn(
        night=today() + days * DAY,
        observed_at=clock.now() + days * DAY,
        persons=persons,
        method=method,
        served_elsewhere=people,
    )
    services.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=said)


def test_who_is_served_here_and_sleeps_elsewhere_has_a_plate_and_is_no_guest_of_the_night(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    served(cast, 18)
    found = tomorrow(cast)
    assert plates(found) == [22, 22, 22]
    assert found.without_name == ()
    assert (found.beyond, found.eating_only) == (None, 18)


@pytest.mark.parametrize(("method", "days"), [(Method.HEARSAY, 0), (Method.HEAD_COUNT, -3)])
def test_of_hearsay_or_old_it_is_only_said(cast: Cast, method: Method, days: int) -> None:
    receive(cast.ana, cast.a, happened_at=ago(100))
    served(cast, 18, method, days)
    found = tomorrow(cast)
    assert plates(found) == [4, 4, 4]
    assert found.served is not None
    assert not found.served.counts


def test_the_newest_report_says_who_is_served(cast: Cast) -> None:
    served(cast, 18, days=-1)
    served(cast, 0)
    assert tomorrow(cast).served is None


# --- guests of a night shelter ---------------------------------------------------------------------------------------


def guests(cast: Cast, nights: int = 0) -> None:
    night, at_door = today() - nights * DAY, clock.now() - nights * DAY
    count(night_shelter(cast), ("male", "18-59", 7), ("female", "5-11", 2), night=night, observed_at=at_door)


def test_guests_of_the_night_have_dinner_and_breakfast_and_no_lunch(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    guests(cast)
    found = tomorrow(cast)
    assert plates(found) == [13, 4, 13]
    assert {(one.band, one.persons) for one in found.without_name} == {("18-59", 7), ("5-11", 2)}


def test_a_head_count_that_holds_the_guests_does_not_hold_them_twice(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    guests(cast)
    report(cast, 13)
    assert plates(tomorrow(cast)) == [13, 4, 13]
    report(cast, 15)
    assert plates(tomorrow(cast)) == [15, 6, 15]


def test_guests_counted_long_ago_are_only_said(cast: Cast) -> None:
    guests(cast, nights=3)
    found = tomorrow(cast)
    assert plates(found) == [0, 0, 0]
    assert found.guests is not None
    assert (found.guests.persons, found.guests.nights, found.guests.counts) == (9, 3, False)


def test_guests_of_a_shelter_that_is_open_all_day_by_now_are_none(cast: Cast) -> None:
    guests(cast)
    cast.a.site.opens_at = cast.a.site.closes_at = None
    cast.a.site.save()
    assert tomorrow(cast).guests is None
