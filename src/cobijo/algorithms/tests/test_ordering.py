import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms.ordering import Every, Group, Held, Ratio, coarse, order

ALL, INFANTS = "everyone", "infants"
WATER = Ratio("water", ALL, 15_000, Every.DAY)
BLANKET = Ratio("blanket", ALL, 1_000, Every.ONCE)
DAYS = {Every.DAY: 1, Every.WEEK: 7, Every.MONTH: 30}


def everybody(persons: int, plates: int | None = None) -> dict[str, Group]:
    return {ALL: Group(persons, 3 * persons if plates is None else plates)}


def test_the_order_is_the_need_less_what_is_there() -> None:
    [line] = order([WATER], everybody(140), {("water", ""): Held(600)})
    assert (line.need, line.have, line.ask) == (2_100, 600, 1_500)
    assert line.lasts == 0


def test_a_store_that_covers_days_says_how_many() -> None:
    [line] = order([WATER], everybody(140), {("water", ""): Held(4_300)})
    assert (line.ask, line.lasts) == (0, 2)


def test_a_store_nobody_knows_is_not_zero_and_everything_is_asked_for() -> None:
    [line] = order([WATER], everybody(10), {})
    assert (line.have, line.ask, line.lasts) == (None, 150, None)


def test_a_store_below_nothing_asks_for_no_more_than_is_needed() -> None:
    [line] = order([WATER], everybody(10), {("water", ""): Held(-40)})
    assert (line.have, line.ask, line.lasts) == (-40, 150, 0)


def test_nobody_buys_part_of_a_tin() -> None:
    tins = Ratio("formula_powder", INFANTS, 2_000, Every.WEEK)
    [line] = order([tins], {INFANTS: Group(3, 9)}, {})
    assert line.need == 1


def test_formula_adds_its_water_to_that_of_everybody() -> None:
    more = Ratio("water", INFANTS, 170_000, Every.WEEK)
    [line] = order([WATER, more], everybody(100) | {INFANTS: Group(7, 21)}, {})
    assert line.need == 1_500 + 170
    assert [rest.persons for rest in line.rests_on] == [100, 7]


def test_food_follows_the_plates_and_not_the_heads() -> None:
    rice = Ratio("rice", ALL, 300, Every.DAY, by_meal=True)
    [line] = order([rice], everybody(100, plates=200), {})
    assert line.need == 20


def test_what_is_given_once_is_not_given_twice() -> None:
    [line] = order([BLANKET], everybody(100), {("blanket", ""): Held(15, given=70)})
    assert (line.need, line.ask, line.lasts) == (30, 15, None)


def test_more_given_than_there_are_people_asks_for_nothing() -> None:
    [line] = order([BLANKET], everybody(5), {("blanket", ""): Held(0, given=9)})
    assert (line.need, line.ask) == (0, 0)


def test_what_nobody_uses_is_not_in_the_order() -> None:
    assert order([Ratio("nappy", INFANTS, 14_000, Every.DAY)], everybody(10), {}) == []


@pytest.mark.parametrize(("persons", "plates"), [(-1, 0), (2, 1), (2, 7), (0, 1)])
def test_people_and_plates_must_agree(persons: int, plates: int) -> None:
    with pytest.raises(ValueError, match="do not take"):
        Group(persons, plates)


def test_what_cannot_be_a_ratio_or_an_order_is_refused() -> None:
    with pytest.raises(ValueError, match="is of something"):
        Ratio("water", ALL, 0, Every.DAY)
    with pytest.raises(ValueError, match="follows no meal"):
        Ratio("blanket", ALL, 1_000, Every.ONCE, by_meal=True)
    with pytest.raises(ValueError, match="a day at least"):
        order([WATER], everybody(1), {}, days=0)


# --- laws ------------------------------------------------------------------------------------------------------------

amounts = st.integers(1, 10**6)
every = st.sampled_from([Every.DAY, Every.WEEK, Every.MONTH])
stores = st.none() | st.integers(-1_000, 10**7)


@st.composite
def crowds(draw: st.DrawFn) -> Group:
    persons = draw(st.integers(1, 5_000))
    return Group(persons, draw(st.integers(persons, 3 * persons)))


@given(amounts, every, st.booleans(), crowds(), stores, st.integers(1, 60))
def test_the_need_is_the_exact_quantity_rounded_up_once(
    amount: int, time: Every, by_meal: bool, crowd: Group, there: int | None, days: int
) -> None:
    [line] = order([Ratio("x", ALL, amount, time, by_meal)], {ALL: crowd}, {("x", ""): Held(there)}, days)
    people = Fraction(crowd.plates, 3) if by_meal else Fraction(crowd.persons)
    exact = Fraction(amount, 1_000) / DAYS[time] * people * days
    assert line.need == math.ceil(exact)
    assert line.ask == max(line.need - max(there or 0, 0), 0)
    assert line.ask + max(there or 0, 0) >= exact


@given(amounts, every, crowds(), st.integers(0, 10**7), st.integers(1, 59))
def test_a_longer_cover_never_asks_for_less(amount: int, time: Every, crowd: Group, there: int, days: int) -> None:
    ratio, held = Ratio("x", ALL, amount, time), {("x", ""): Held(there)}
    [shorter], [longer] = (order([ratio], {ALL: crowd}, held, n) for n in (days, days + 1))
    assert longer.ask >= shorter.ask
    assert shorter.lasts == longer.lasts


@given(amounts, every, crowds(), st.integers(0, 10**7))
def test_a_store_lasts_the_days_it_says_and_not_one_more(amount: int, time: Every, crowd: Group, there: int) -> None:
    ratio, held = Ratio("x", ALL, amount, time), {("x", ""): Held(there)}
    [line] = order([ratio], {ALL: crowd}, held)
    assert line.lasts is not None
    for days, covered in ((line.lasts, True), (line.lasts + 1, False)):
        if days:
            [again] = order([ratio], {ALL: crowd}, held, days)
            assert (again.ask == 0) is covered


@given(st.integers(0, 10**9))
def test_a_coarse_quantity_is_enough_and_at_most_two_figures(quantity: int) -> None:
    given_out = coarse(quantity)
    assert quantity <= given_out
    assert given_out % 10 == 0
    assert len(str(given_out).rstrip("0")) <= 2
    assert given_out - quantity < max(10, quantity // 10 + 1)
