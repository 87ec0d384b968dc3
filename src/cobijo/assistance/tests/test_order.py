"""Tomorrow's order: what those expected need, less what is in store."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from cobijo.assistance import queries, saying, services
from cobijo.assistance.queries import Order, OrderLine
from cobijo.assistance.tests.bodega import health_worker, mother_with, slip, write
from cobijo.assistance.types import FormulaKind
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.people.types import BirthIn, NeedCode
from cobijo.sites import services as sites
from cobijo.sites.queries.scopes import site
from cobijo.sites.tests.door import count, night_shelter
from cobijo.sites.types import CellIn, HeadcountIn, Method
from tests.cast import ZONE, Cast, act

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def at_ten() -> None:
    """It is ten in the morning in Guatemala, so that no test crosses a midnight."""
    now = datetime.now(ZoneInfo(ZONE))
    clock.move(datetime.combine(now.date(), time(10), ZoneInfo(ZONE)) - now)


def order(cast: Cast, **given: Any) -> Order:
    return queries.order_for(site(cast.a.id), clock.today(ZoneInfo(ZONE)) + DAY, **given)


def line(found: Order, item: str, variant: str = "") -> OrderLine:
    return next(one for one in found.lines if (one.line.item, one.line.variant) == (item, variant))


def items(found: Order) -> set[str]:
    return {one.line.item for one in found.lines}


def report(cast: Cast, persons: int, method: Method, *cells: tuple[str, str, int]) -> None:
    said = HeadcountIn(
        night=clock.today(ZoneInfo(ZONE)),
        observed_at=clock.now(),
        persons=persons,
        method=method,
        cells=[CellIn(sex=sex, band=band, persons=n) for sex, band, n in cells],
    )
    sites.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=said)


def test_need_less_store_is_what_to_ask_for_and_days_say_how_long_it_lasts(cast: Cast) -> None:
    for _ in range(5):
        mother_with(cast, BirthIn(age_years=7))
    write("receive_goods", cast.beto, cast.a, slip(("water", 400), ("blanket", 12)))
    write("give_goods", cast.beto, cast.a, slip(("blanket", 4)))
    found = order(cast)
    water, blanket = line(found, "water").line, line(found, "blanket").line
    assert (water.need, water.have, water.ask, water.lasts) == (150, 400, 0, 2)
    assert (blanket.need, blanket.have, blanket.ask) == (6, 8, 0)
    assert line(order(cast, days=3), "water").line.ask == 50


def test_formula_is_asked_for_infants_assessed_and_never_for_infants_counted(cast: Cast) -> None:
    irene = health_worker(cast)
    fed, breastfed = mother_with(cast, BirthIn(age_months=4)), mother_with(cast, BirthIn(age_months=4))
    assert breastfed
    assert not items(order(cast)) & {"formula_powder", "formula_ready", "gas", "feeding_cup"}
    services.assess_infant(act(irene), assessment_id=uuid7(), person_id=fed, kind=FormulaKind.POWDER)
    found = order(cast, days=7)
    assert line(found, "formula_powder").line.need == 2
    assert line(found, "gas").line.need == 14
    assert line(found, "water").line.need == 4 * 15 * 7 + 170
    assert not items(found) & {"formula_ready", "bottle", "teat"}


def test_ready_to_use_formula_comes_with_cups(cast: Cast) -> None:
    child = mother_with(cast, BirthIn(age_months=4))
    services.assess_infant(act(health_worker(cast)), assessment_id=uuid7(), person_id=child, kind=FormulaKind.READY)
    found = order(cast, days=7)
    assert (line(found, "formula_ready").line.need, line(found, "feeding_cup").line.need) == (56, 56)


def test_after_the_first_birthday_no_formula_is_asked_for(cast: Cast) -> None:
    child = mother_with(cast, BirthIn(age_months=11))
    services.assess_infant(act(health_worker(cast)), assessment_id=uuid7(), person_id=child, kind=FormulaKind.POWDER)
    assert "formula_powder" in items(order(cast))
    clock.move(clock.offset() + 40 * DAY)
    assert "formula_powder" not in items(order(cast))


def test_nappies_come_by_size_and_an_infant_by_need_alone_counts_as_newborn(cast: Cast) -> None:
    for months in (1, 4, 4, 8, 14):
        mother_with(cast, BirthIn(age_months=months))
    mother_with(cast, BirthIn(), None, None, NeedCode.INFANT)
    mother_with(cast, BirthIn())
    found = order(cast, days=7)
    needed = {one.line.variant: one.line.need for one in found.lines if one.line.item == "nappy"}
    assert needed == {"newborn": 200, "small": 200, "medium": 100, "large": 42}


def test_pads_are_for_women_and_girls_from_twelve_and_marked_as_assumed(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_years=11))
    mother_with(cast, BirthIn(age_years=12))
    pads = line(order(cast, days=30), "pad")
    assert (pads.line.need, pads.assumed) == (45, True)


def test_plates_are_by_age_band_and_meal(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_years=7))
    rows = {row.band: (row.breakfast, row.lunch, row.dinner) for row in order(cast).meals}
    assert rows == {"5-11": (1, 1, 1), "25-59": (1, 1, 1)}


def test_people_nobody_named_eat_and_drink_and_nothing_for_infants_is_reckoned_for_them(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_years=7))
    report(cast, 102, Method.HEAD_COUNT, ("female", "0-4", 40))
    found = order(cast)
    assert line(found, "water").line.need == 102 * 15
    assert "nappy" not in items(found)
    assert [(row.band, row.lunch) for row in found.meals if row.band == "unknown"] == [("unknown", 100)]
    assert any("100" in said for said in saying.doubts(found))


def test_cells_of_an_estimate_never_become_plates_of_an_age(cast: Cast) -> None:
    report(cast, 100, Method.ESTIMATE, ("female", "0-4", 40))
    found = order(cast)
    assert [row.band for row in found.meals] == ["unknown"]
    assert len(saying.doubts(found)) == 2


def test_hearsay_is_said_and_not_ordered_for(cast: Cast) -> None:
    report(cast, 100, Method.HEARSAY)
    found = order(cast)
    assert found.lines == ()
    assert len(saying.left_out(found.expected)) == 1


def test_outside_nothing_rests_on_fewer_than_five(cast: Cast) -> None:
    for _ in range(5):
        child = mother_with(cast, BirthIn(age_months=4))
    services.assess_infant(act(health_worker(cast)), assessment_id=uuid7(), person_id=child, kind=FormulaKind.POWDER)
    inside, outside = order(cast), order(cast, outside=True)
    assert items(inside) - items(outside) == {"formula_powder", "gas"}
    assert line(outside, "water").line.need == 150
    assert line(inside, "water").line.need == 175


def test_a_country_orders_by_its_own_norms(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_years=7))
    found = order(cast, norms="nicaragua", days=30)
    assert line(found, "soap_bar").line.need == 1
    assert line(found, "beans").line.need == 11
    assert "soap_bath" not in items(found)


def test_it_takes_the_same_queries_whatever_the_site_holds(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a = site(cast.a.id)
    for times in (1, 4):
        for _ in range(times):
            mother_with(cast, BirthIn(age_months=4))
        with django_assert_num_queries(9):
            queries.order_for(a, clock.today(ZoneInfo(ZONE)) + DAY)


def test_who_is_served_here_and_sleeps_elsewhere_gets_meals_and_no_mat(cast: Cast) -> None:
    for _ in range(5):
        mother_with(cast, BirthIn(age_years=7))
    before = order(cast)
    said = HeadcountIn(
        night=clock.today(ZoneInfo(ZONE)),
        observed_at=clock.now(),
        persons=10,
        method=Method.HEAD_COUNT,
        served_elsewhere=18,
    )
    sites.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=said)
    found = order(cast)
    assert found.totals.lunch == before.totals.lunch + 18
    assert next(row for row in found.meals if row.band == "unknown").lunch == 18
    assert line(found, "mat").line.need == line(before, "mat").line.need
    with override("en"):
        assert any("18" in one and "meals only" in one for one in saying.made_of(found.expected))


def test_guests_of_a_night_shelter_get_mats_and_two_meals_and_it_is_said(cast: Cast) -> None:
    count(night_shelter(cast), ("male", "5-11", 30))
    found = order(cast)
    assert (found.totals.breakfast, found.totals.lunch, found.totals.dinner) == (30, 0, 30)
    assert [(row.band, row.dinner) for row in found.meals] == [("5-11", 30)]
    assert line(found, "mat").line.need == 30
    with override("en"):
        assert any("30 guests of the night" in one and "breakfast" in one for one in saying.made_of(found.expected))


def test_guests_of_last_night_stand_for_tonights_and_it_is_said(cast: Cast) -> None:
    night = clock.today(ZoneInfo(ZONE)) - DAY
    count(night_shelter(cast), ("male", "18-59", 30), night=night, observed_at=clock.now() - DAY)
    with override("en"):
        assert "The guests are carried forward from the night before." in saying.doubts(order(cast))
    clock.move(clock.offset() + 2 * DAY)
    found = order(cast)
    assert found.totals.dinner == 0
    with override("en"):
        assert any("30 guests were last counted" in one for one in saying.left_out(found.expected))
