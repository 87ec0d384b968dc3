"""What is given out: small numbers are hidden, and no two releases, prints or published figures undo it."""

from datetime import date
from itertools import product
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms.suppression import TOTAL
from cobijo.core import operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.reporting import queries, services, suppressing
from cobijo.reporting.models import Release
from cobijo.reporting.tests.world import NIGHT, clock_at, group, head_count, household, person, published, stay
from cobijo.reporting.types import SEXES
from tests.cast import Cast, Place, act

pytestmark = pytest.mark.django_db

BIRTHS = {
    "0-4": date(2016, 1, 1),
    "5-11": date(2010, 1, 1),
    "12-17": date(2004, 1, 1),
    "18-24": date(1998, 1, 1),
    "25-59": date(1980, 1, 1),
    "60+": date(1950, 1, 1),
    "unknown": None,
}
BANDS = tuple(BIRTHS)


def people(place: Place, **numbers: int) -> None:
    """So many people at a place, by sex and band: ``female_25_59=8``."""
    for name, number in numbers.items():
        sex, _, band = name.partition("_")
        code = {"60": "60+"}.get(band, band.replace("_", "-"))
        for _ in range(number):
            stay(place, person(place, sex, BIRTHS[code]), household=household(place))


@pytest.fixture
def world(cast: Cast) -> Cast:
    """A has 31 people, two of them old women; B has 27, three of them small boys."""
    clock_at("2018-10-30 07:00")
    people(cast.a, female_25_59=8, male_25_59=7, female_5_11=9, male_5_11=5, female_60=2)
    people(cast.b, female_25_59=9, male_25_59=6, female_5_11=9, male_0_4=3)
    return cast


def release(cast: Cast, unit: UUID) -> Release:
    return services.release_figures(act(cast.diego), release_id=uuid7(), unit_id=unit, night=NIGHT)


# --- the attacker ----------------------------------------------------------------------------------------------------

Key = tuple[str, str, str]


def sums(sites: list[str], response: str) -> list[tuple[Key, list[Key]]]:
    """Every total with its parts, as anybody knows them who can read a table."""
    found: list[tuple[Key, list[Key]]] = []
    for whose in (*sites, response):
        for band in (*BANDS, TOTAL):
            found.append(((whose, TOTAL, band), [(whose, sex, band) for sex in SEXES]))
        for sex in (*SEXES, TOTAL):
            found.append(((whose, sex, TOTAL), [(whose, sex, band) for band in BANDS]))
    for sex, band in product((*SEXES, TOTAL), (*BANDS, TOTAL)):
        found.append(((response, sex, band), [(site, sex, band) for site in sites]))
    found.append(((response, "households", TOTAL), [(site, "households", TOTAL) for site in sites]))
    return found


def deduce(known: dict[Key, int], rules: list[tuple[Key, list[Key]]]) -> dict[Key, tuple[int, int]]:
    """The least and most each number can be, from what is known and what adds up to what."""
    cells = {key for total, parts in rules for key in (total, *parts)}
    bounds = {key: (known.get(key, 0), known.get(key, 10_000)) for key in cells}
    for _ in range(200):
        before = dict(bounds)
        for total, parts in rules:
            low, high = sum(bounds[part][0] for part in parts), sum(bounds[part][1] for part in parts)
            least, most = bounds[total]
            least, most = bounds[total] = (max(least, low), min(most, high))
            for part in parts:
                others_low, others_high = low - bounds[part][0], high - bounds[part][1]
                bounds[part] = (
                    max(bounds[part][0], least - others_high),
                    min(bounds[part][1], most - others_low),
                )
                low, high = others_low + bounds[part][0], others_high + bounds[part][1]
        if bounds == before:
            break
    return bounds


def truth(cast: Cast) -> dict[Key, int]:
    """Every number of the sites and of the response, as it is."""
    whole = queries.census(queries.of_unit(cast.response.pk), NIGHT)
    tables = {str(part.site.id): part.taken.table for part in whole.known if part.taken}
    tables[str(cast.response.pk)] = whole.table
    found: dict[Key, int] = {}
    for whose, table in tables.items():
        found |= {(whose, sex, band): table.at(sex, band) for sex, band in product(SEXES, BANDS)}
        found |= {(whose, sex, TOTAL): table.of_sex(sex) for sex in SEXES}
        found |= {(whose, TOTAL, band): table.of_band(band) for band in BANDS}
        found[whose, TOTAL, TOTAL] = table.total
    return found


def assert_nothing_small_is_known(cast: Cast, *releases: Release, **also: int) -> None:
    known: dict[Key, int] = {}
    for one in releases:
        known |= suppressing.known_numbers(one.shown)
    rules = sums([str(cast.a.id), str(cast.b.id)], str(cast.response.pk))
    bounds = deduce(known, rules)
    for key, number in truth(cast).items():
        if 1 <= number < 5:
            least, most = bounds[key]
            assert key not in known, f"{key} is shown"
            assert least < most, f"{key} can be worked out: {number}"
            assert most >= 5, f"{key} shows as one of few"


# --- what is hidden --------------------------------------------------------------------------------------------------


def test_small_numbers_are_hidden_and_large_ones_shown(world: Cast) -> None:
    shown = release(world, world.response.pk).shown
    whole, site_a, site_b = shown["rows"]

    assert (whole["persons"], site_a["persons"], site_b["persons"]) == (58, 31, 27)
    assert site_a["by_sex_age"]["female"]["60+"] is None
    assert site_b["by_sex_age"]["male"]["0-4"] is None
    assert shown["hides"]
    assert "female" in site_a["by_sex_age"]


def test_what_is_hidden_cannot_be_worked_out(world: Cast) -> None:
    assert_nothing_small_is_known(world, release(world, world.response.pk))


def test_releases_of_sites_and_response_do_not_undo_each_other(world: Cast) -> None:
    first = release(world, world.a.id)
    second = release(world, world.response.pk)
    third = release(world, world.b.id)
    fourth = release(world, world.area.pk)

    assert_nothing_small_is_known(world, first, second, third, fourth)
    assert [row["id"] for row in first.shown["rows"]] == [str(world.a.id)]
    assert fourth.shown["rows"][0]["persons"] == 58


def test_a_release_after_a_late_entry_does_not_show_who_came(world: Cast) -> None:
    first = release(world, world.response.pk)
    people(world.a, female_60=1, male_25_59=1)
    second = release(world, world.response.pk)
    shown_before, shown_now = (suppressing.known_numbers(one.shown) for one in (first, second))

    both = shown_before.keys() & shown_now.keys()
    assert all(abs(shown_before[key] - shown_now[key]) not in range(1, 5) for key in both)


def test_a_single_small_site_hides_the_total_it_would_give_away(cast: Cast) -> None:
    clock_at("2018-10-30 07:00")
    people(cast.a, female_25_59=30, male_25_59=20)
    people(cast.b, female_25_59=3)
    shown = release(cast, cast.response.pk).shown
    whole, site_a, site_b = shown["rows"]

    assert site_b["persons"] is None
    assert whole["persons"] is None or site_a["persons"] is None


def test_a_total_everybody_knows_stays_and_the_other_gives_way(cast: Cast) -> None:
    clock_at("2018-10-30 07:00")
    people(cast.a, female_25_59=30, male_25_59=20)
    people(cast.b, female_25_59=3)
    published(cast.response, 53, source="CONRED")
    whole, site_a, _ = release(cast, cast.response.pk).shown["rows"]

    assert whole["persons"] == 53
    assert site_a["persons"] is None


def test_reported_and_unknown_sites_are_said(cast: Cast) -> None:
    clock_at("2018-10-30 07:00")
    head_count(cast.a, 80)
    group(cast.response, "Los dos", cast.a.site, cast.b.site)
    shown = release(cast, cast.response.pk).shown

    assert shown["rows"][1]["takes"] == "reported"
    assert "households" not in shown["rows"][1], "the head-count did not say"
    assert shown["unknown"] == ["Instituto Experimental"]
    assert [(one["name"], one["persons"]) for one in shown["groups"]] == [("Los dos", 80)]


# --- who, and when ---------------------------------------------------------------------------------------------------


def test_a_forecast_and_an_unknown_night_are_not_released(cast: Cast) -> None:
    clock_at("2018-10-29 18:00")
    stay(cast.a)
    with pytest.raises(DomainError) as forecast:
        release(cast, cast.response.pk)
    assert forecast.value.code == "reporting.night_not_over"
    clock_at("2018-10-30 07:00")
    with pytest.raises(DomainError) as unknown:
        release(cast, cast.b.id)
    assert unknown.value.code == "reporting.nothing_known"


@pytest.mark.parametrize(("who", "code"), [("beto", "core.not_allowed"), ("carla", "core.not_found")])
def test_only_who_publishes_releases(world: Cast, who: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.release_figures(act(getattr(world, who)), release_id=uuid7(), unit_id=world.a.id, night=NIGHT)
    assert refused.value.code == code


def test_the_operator_at_the_machine_may_release(world: Cast) -> None:
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    made = services.release_figures(operator, release_id=uuid7(), unit_id=world.response.pk, night=NIGHT)
    assert made.shown["rows"][0]["persons"] == 58


# --- the page for the door -------------------------------------------------------------------------------------------


def door(cast: Cast, who: Any, place: Place) -> Release:
    return services.print_door(act(who), release_id=uuid7(), site_id=place.id, night=NIGHT)


def test_the_door_shows_the_total_and_no_small_one(world: Cast) -> None:
    assert door(world, world.ana, world.a).shown["rows"][0]["persons"] == 31


def test_a_small_total_is_not_hung_up(cast: Cast) -> None:
    people(cast.a, female_25_59=4)
    assert door(cast, cast.beto, cast.a).shown["rows"][0]["persons"] is None


def test_what_a_release_kept_back_is_not_hung_up(cast: Cast) -> None:
    clock_at("2018-10-30 07:00")
    people(cast.a, female_25_59=30, male_25_59=20)
    people(cast.b, female_25_59=3)
    published(cast.response, 53)
    assert release(cast, cast.response.pk).shown["rows"][1]["persons"] is None
    assert door(cast, cast.beto, cast.a).shown["rows"][0]["persons"] is None


def test_a_total_that_hangs_on_the_door_makes_the_release_hide_another(cast: Cast) -> None:
    clock_at("2018-10-30 07:00")
    people(cast.a, female_25_59=30, male_25_59=20)
    people(cast.b, female_25_59=3)
    door(cast, cast.beto, cast.a)
    whole, site_a, site_b = release(cast, cast.response.pk).shown["rows"]

    assert (whole["persons"], site_a["persons"], site_b["persons"]) == (None, 50, None)


def test_a_stranger_prints_no_door_page(world: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        door(world, world.carla, world.a)
    assert refused.value.code == "core.not_found"
    with pytest.raises(DomainError) as refused:
        door(world, world.case_worker, world.a)
    assert refused.value.code == "core.not_allowed"
