"""The census of a night: who counts, at which midnight, in which row of the table, and what a total is made of."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cobijo.accounts.models import Reach, Unit
from cobijo.core import clock
from cobijo.reporting import queries, saying
from cobijo.reporting.tests.world import (
    NIGHT,
    at,
    away,
    clock_at,
    family,
    group,
    head_count,
    household,
    person,
    published,
    stay,
)
from cobijo.reporting.types import Census, Kind, Quantity
from cobijo.sites.models import Response, Site, StatusChange
from cobijo.sites.unnamed.models import Unnamed
from tests.cast import Cast, Place

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def of_site(place: Place, night: date = NIGHT) -> Census:
    return queries.census(queries.of_site(place.id), night)


def said(found: Census) -> list[str]:
    with translation.override("en"):
        return saying.made_of_lines(found)


def of_response(cast: Cast, night: date = NIGHT) -> Census:
    return queries.census(queries.of_unit(cast.response.pk), night)


# --- who counts ------------------------------------------------------------------------------------------------------


def test_a_family_is_counted_by_sex_and_age_and_as_one_household(site_a: Place) -> None:
    family(
        site_a,
        ("female", date(1988, 3, 2)),
        ("male", date(2010, 7, 1)),
        ("female", date(2018, 1, 5)),
        ("unknown", None),
        ("other", date(1950, 1, 1)),
    )
    found = of_site(site_a)

    assert (found.persons, found.households) == (5, 1)
    assert found.table.at("female", "25-59") == 1
    assert found.table.at("male", "5-11") == 1
    assert found.table.at("female", "0-4") == 1
    assert found.table.at("unknown", "unknown") == 1
    assert found.table.at("other", "60+") == 1
    assert found.table.total == 5


def test_the_midnight_is_the_sites_own(site_a: Place) -> None:
    stay(site_a, begins="2018-10-29 23:59")
    stay(site_a, begins="2018-10-30 00:00")
    stay(site_a, begins="2018-10-30 00:01")
    stay(site_a, begins="2018-10-20 09:00", ends="2018-10-29 23:59")
    stay(site_a, begins="2018-10-20 09:00", ends="2018-10-30 00:00")
    stay(site_a, begins="2018-10-20 09:00", ends="2018-10-30 00:01")

    assert of_site(site_a).persons == 3, "in by midnight, and not out by midnight"
    assert of_site(site_a, date(2018, 10, 28)).persons == 3
    assert of_site(site_a, date(2018, 10, 30)).persons == 3


def test_a_site_in_another_zone_has_another_midnight(cast: Cast) -> None:
    Site.objects.filter(pk=cast.b.id).update(zone="America/Mexico_City")
    stay(cast.a, begins="2018-10-27 23:30")
    stay(cast.b, begins="2018-10-27 23:30")  # 00:30 of the next day there: Mexico kept summer time until the 28th
    found = of_response(cast, date(2018, 10, 27))

    assert {part.site.name: part.persons for part in found.parts} == {
        "Salón Municipal": 1,
        "Instituto Experimental": None,
    }
    assert of_response(cast, date(2018, 10, 28)).persons == 2


def test_who_is_temporarily_out_is_counted_and_said_apart(site_a: Place) -> None:
    away(stay(site_a), "2018-10-29 15:00")
    away(stay(site_a), "2018-10-29 15:00", "2018-10-29 22:00")
    away(stay(site_a), "2018-10-28 15:00", "2018-10-30 08:00")
    stay(site_a)
    found = of_site(site_a)

    assert (found.persons, found.away) == (4, 2)


def test_disputed_and_void_stays_and_void_persons_do_not_count(site_a: Place, site_b: Place) -> None:
    twice = person(site_a)
    stay(site_a, twice)
    stay(site_b, twice, disputed=True)
    stay(site_a, voided_at=clock.now())
    stay(site_a, person(site_a, voided_at=clock.now()), ends="2018-11-20 10:00")

    assert of_site(site_a).persons == 1
    assert of_site(site_b).persons is None


def test_who_is_transferred_on_the_night_counts_once_where_they_arrived(cast: Cast) -> None:
    moving = person(cast.a)
    stay(cast.a, moving, ends="2018-10-29 17:00", out_reason="transferred")
    stay(cast.b, moving, begins="2018-10-29 17:00")
    found = of_response(cast)

    assert found.persons == 1
    assert [part.persons for part in found.parts] == [0, 1]


def test_an_erased_person_stays_in_the_figures(site_a: Place) -> None:
    nobody = person(site_a, "male", date(2001, 5, 5), number=None, given_names="", first_surname="", anonymous=True)
    stay(site_a, nobody)

    assert of_site(site_a).table.at("male", "12-17") == 1


def test_ages_are_those_of_the_night(site_a: Place) -> None:
    stay(site_a, person(site_a, "male", date(2000, 10, 30)))

    assert of_site(site_a, date(2018, 10, 29)).table.at("male", "12-17") == 1
    assert of_site(site_a, date(2018, 10, 30)).table.at("male", "18-24") == 1


def test_who_was_born_on_a_leap_day_grows_older_in_march(site_a: Place) -> None:
    stay(site_a, person(site_a, "female", date(2000, 2, 29)), begins="2018-01-10 08:00")

    assert of_site(site_a, date(2018, 2, 28)).table.at("female", "12-17") == 1
    assert of_site(site_a, date(2018, 3, 1)).table.at("female", "18-24") == 1


def test_the_response_chooses_the_age_bands(site_a: Place, response: Response) -> None:
    Response.objects.filter(pk=response.pk).update(band_set="senaf")
    stay(site_a, person(site_a, "female", date(2012, 1, 1)))

    assert of_site(site_a).table.as_json()["female"] == {"0-6": 1, "7-12": 0, "13-17": 0, "18+": 0, "unknown": 0}


def test_a_household_at_two_sites_is_one_household_of_the_response(cast: Cast) -> None:
    together = household(cast.a)
    stay(cast.a, household=together)
    stay(cast.b, household=together)
    family(cast.b, ("male", None), ("female", None))
    found = of_response(cast)

    assert [part.taken.households for part in found.parts if part.taken] == [1, 2]
    assert (found.persons, found.households) == (4, 2)


def test_an_area_is_the_sum_of_the_sites_below_it(cast: Cast) -> None:
    stay(cast.a)
    stay(cast.b)
    elsewhere = Unit.objects.create(kind=Unit.Kind.AREA, name="Sacatepéquez", parent=cast.response.unit)
    Reach.objects.create(above=cast.response.unit, below=elsewhere)
    Reach.objects.create(above=elsewhere, below=elsewhere)

    assert queries.census(queries.of_unit(cast.area.pk), NIGHT).persons == 2
    assert queries.census(queries.of_unit(elsewhere.pk), NIGHT).persons is None


# --- before midnight -------------------------------------------------------------------------------------------------


def test_before_midnight_it_is_a_forecast_and_who_is_expected_stands_apart(site_a: Place) -> None:
    clock_at("2018-10-29 18:00")
    stay(site_a)
    stay(site_a, state="planned", in_at=None, planned_for=NIGHT)
    stay(site_a, state="planned", in_at=None, planned_for=NIGHT + timedelta(days=1))
    found = of_site(site_a)

    assert found.forecast
    assert (found.persons, found.expected) == (1, 1)
    assert not of_site(site_a, NIGHT - timedelta(days=1)).forecast


# --- what a total is made of -----------------------------------------------------------------------------------------


def test_a_site_without_registration_counts_as_reported_only(cast: Cast) -> None:
    stay(cast.a)
    head_count(cast.b, 40, households=9, cells={("female", "0-4"): 6, ("unknown", "unknown"): 30})
    found = of_response(cast)

    assert found.persons == 41
    assert queries.made_of(found, Kind.REGISTERED) == (1, 1)
    assert queries.made_of(found, Kind.REPORTED) == (1, 40)
    assert found.table_of(Kind.REGISTERED).total == 1
    assert found.table_of(Kind.REPORTED).at("female", "0-4") == 6
    assert found.table_of(Kind.REPORTED).at("unknown", "unknown") == 34, "those nobody told apart are unknown"
    assert found.table.total == 41


def test_a_site_with_both_shows_both_and_the_total_takes_the_names(site_a: Place) -> None:
    stay(site_a)
    head_count(site_a, 25)
    found = of_site(site_a)
    part = found.parts[0]

    assert (found.persons, part.takes) == (1, Kind.REGISTERED)
    assert part.reported is not None
    assert (part.reported.persons, part.beyond) == (25, 24)
    assert queries.beyond_registered(found) == (1, 24)


def test_the_newest_head_count_of_the_night_counts(site_a: Place) -> None:
    head_count(site_a, 30, observed_at=at("2018-10-29 20:00"))
    head_count(site_a, 99, observed_at=at("2018-10-29 07:00"), received_at=at("2018-10-30 07:00"))
    head_count(site_a, 70, observed_at=at("2018-10-29 21:00"), voided_at=clock.now())
    head_count(site_a, 80, night=NIGHT - timedelta(days=1))

    assert of_site(site_a).persons == 30


def test_a_silent_site_is_carried_forward_with_its_age_said(cast: Cast) -> None:
    head_count(cast.a, 80, night=NIGHT - timedelta(days=9))
    head_count(cast.b, 40, night=NIGHT - timedelta(days=2), cells={("female", "0-4"): 6})
    found = of_response(cast)

    assert (found.persons, found.complete) == (40, False), "nine days are more than a report is carried"
    [part] = found.known
    assert part.reported is not None
    assert (part.reported.carried_days, part.reported.table.at("female", "0-4")) == (2, 6)
    assert any("carried forward" in line and "2 days" in line for line in said(found))
    assert of_response(cast, NIGHT - timedelta(days=2)).known[-1].reported.carried_days == 0  # type: ignore[union-attr]  # the part of that very night


def test_a_head_count_of_the_night_ends_what_is_carried_and_a_final_one_is_not_carried(cast: Cast) -> None:
    head_count(cast.a, 80, night=NIGHT - timedelta(days=1))
    head_count(cast.a, 0, kind="final")
    head_count(cast.b, 40, night=NIGHT - timedelta(days=1), kind="final")
    found = of_response(cast)
    assert [(part.site.id, part.persons) for part in found.known] == [(cast.a.id, 0)]
    assert not of_response(cast, NIGHT + timedelta(days=1)).known


def test_parts_reckoned_from_a_percentage_are_no_count(site_a: Place) -> None:
    head_count(site_a, 100, split=True, cells={("female", "0-4"): 9, ("male", "0-17"): 30})
    found = of_site(site_a)
    assert (found.persons, found.table.at("unknown", "unknown")) == (100, 100)
    [part] = found.parts
    assert part.reported is not None
    assert (part.reported.under_18, part.reported.split) == (0, True)
    assert any("percentage" in line for line in said(found))


def test_who_is_served_and_sleeps_elsewhere_is_in_no_total(site_a: Place) -> None:
    head_count(site_a, 100, served_elsewhere=18)
    found = of_site(site_a)
    assert found.persons == 100
    assert any("18" in line and "elsewhere" in line for line in said(found))


def test_people_without_a_name_count_as_registered_and_are_said_apart(cast: Cast) -> None:
    home = household(cast.a)
    stay(cast.a, household=home)
    for sex, band, persons in (("male", "5-11", 3), ("female", "unknown", 2)):
        Unnamed.objects.create(
            household=home, site=cast.a.site, sex=sex, band=band, persons=persons, in_at=at("2018-10-29 12:00")
        )
    Unnamed.objects.create(
        household=home, site=cast.a.site, persons=9, in_at=at("2018-10-28 12:00"), out_at=at("2018-10-29 12:00")
    )
    found = of_site(cast.a)
    assert (found.persons, found.unnamed, found.households) == (6, 5, 1)
    assert (found.table.at("male", "5-11"), found.table.at("female", "unknown")) == (3, 2)
    lines = said(found)
    assert any("One person is registered here by name" in line for line in lines)
    assert any("5 of those" in line and "no name yet" in line for line in lines)
    assert of_response(cast).persons == 6
    assert of_site(cast.a, NIGHT - timedelta(days=1)).persons == 10


def test_a_head_count_that_contradicts_itself_keeps_its_total_and_loses_its_cells(site_a: Place) -> None:
    head_count(site_a, 10, cells={("female", "0-4"): 12})
    found = of_site(site_a)

    assert (found.persons, found.table.at("female", "0-4"), found.table.at("unknown", "unknown")) == (10, 0, 10)
    assert found.parts[0].reported is not None
    assert found.parts[0].reported.contradicts


def test_a_site_nobody_told_of_is_unknown_and_an_emptied_one_is_zero(cast: Cast) -> None:
    stay(cast.a, ends="2018-10-10 09:00")
    found = of_response(cast)

    assert found.persons == 0
    assert [part.site.name for part in found.unknown] == ["Instituto Experimental"]
    StatusChange.objects.create(site=cast.b.site, status="closed", at=at("2018-10-15 12:00"))
    assert of_response(cast).unknown == ()
    assert len(of_response(cast, date(2018, 10, 14)).unknown) == 1, "it was open that night"


def test_nothing_known_is_no_zero(cast: Cast) -> None:
    assert of_response(cast).persons is None
    assert of_response(cast).households is None


# --- beside what others published ------------------------------------------------------------------------------------


def test_published_figures_of_the_scope_and_day_stand_beside_ours(cast: Cast) -> None:
    stay(cast.a)
    stay(cast.b)
    published(cast.response, 1, site=cast.a.site)
    published(cast.response, 5, source="prensa")
    published(cast.response, 9, day=NIGHT - timedelta(days=1))

    assert [(one.value, one.difference) for one in of_site(cast.a).published] == [(1, 0)]
    whole = of_response(cast)
    assert [(one.value, one.difference, one.source) for one in whole.published] == [(5, -3, "prensa")]
    assert [one.value for one in whole.of_parts[cast.a.id]] == [1]


def test_figures_that_contradict_each_other_are_all_shown(cast: Cast) -> None:
    stay(cast.a)
    published(cast.response, 4471, source="prensa")
    published(cast.response, 3509, source="CONRED")

    assert {one.value: one.difference for one in of_response(cast).published} == {4471: -4470, 3509: -3508}


def test_a_figure_for_a_month_is_shown_apart_and_never_compared(cast: Cast) -> None:
    stay(cast.a)
    published(cast.response, 200, day=date(2018, 10, 1), month_only=True, site=cast.a.site)
    found = of_site(cast.a)

    assert found.on_the_day == ()
    assert [(one.value, one.difference) for one in found.in_the_month] == [(200, None)]
    assert of_site(cast.a, date(2018, 11, 1)).published == ()


def test_a_void_figure_is_gone(cast: Cast) -> None:
    published(cast.response, 7, voided_at=clock.now())
    assert of_response(cast).published == ()


def test_households_and_children_are_compared_where_ours_are_known(cast: Cast) -> None:
    family(cast.a, ("female", date(1980, 1, 1)), ("male", date(2015, 1, 1)))
    for quantity, value in (("households", 1), ("minors", 2), ("adults", 1), ("toilets", 6)):
        published(cast.response, value, site=cast.a.site, quantity=quantity)
    beside = {one.quantity: one.difference for one in of_site(cast.a).published}
    assert beside == {"households": 0, "minors": -1, "adults": 0, "toilets": None}

    stay(cast.a, person(cast.a, "male", None))
    beside = {one.quantity: one.difference for one in of_site(cast.a).published}
    assert beside[Quantity.MINORS] is None, "somebody's age is not known, so nothing compares"


def test_a_group_of_sites_is_the_sum_of_its_known_parts(cast: Cast) -> None:
    stay(cast.a)
    stay(cast.a)
    both = group(cast.response, "Albergues colectivos", cast.a.site, cast.b.site)
    published(cast.response, 1, group=both)
    shown = of_response(cast).groups[0]

    assert (shown.name, shown.persons, len(shown.known), len(shown.parts)) == ("Albergues colectivos", 2, 1, 2)
    assert [(one.value, one.difference) for one in shown.published] == [(1, 1)]
    own = queries.census(queries.of_group(both.pk), NIGHT)
    assert (own.persons, [one.difference for one in own.published]) == (2, [1])
    assert [part.site.name for part in own.unknown] == ["Instituto Experimental"]


# --- how many queries ------------------------------------------------------------------------------------------------


def queries_of(cast: Cast) -> int:
    scope = queries.of_unit(cast.response.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        queries.census(scope, NIGHT)
    return len(asked)


def test_the_number_of_queries_does_not_grow_with_the_sites(cast: Cast) -> None:
    stay(cast.a)
    head_count(cast.b, 12, cells={("female", "0-4"): 2})
    group(cast.response, "Todos", cast.a.site, cast.b.site)
    few = queries_of(cast)
    for number in range(100, 112):
        unit = Unit.objects.create(kind=Unit.Kind.SITE, name=f"Escuela {number}", parent=cast.area)
        site = Site.objects.create(
            unit=unit, response=cast.response, number=number, kind="school", zone="America/Guatemala"
        )
        Reach.objects.create(above=cast.response.unit, below=unit)
        place = Place(unit, site, {})
        stay(place)
        head_count(place, 3, cells={("male", "60+"): 1})
        group(cast.response, f"Grupo {number}", site)
        published(cast.response, 4, site=site)

    assert queries_of(cast) == few <= 18


def test_a_zone_ahead_of_utc(cast: Cast) -> None:
    Site.objects.filter(pk=cast.b.id).update(zone="Asia/Tokyo")
    tokyo = ZoneInfo("Asia/Tokyo")
    stay(cast.b, in_at=at("2018-10-29 23:59", tokyo))
    stay(cast.b, in_at=at("2018-10-30 00:01", tokyo))
    assert of_site(cast.b).persons == 1
