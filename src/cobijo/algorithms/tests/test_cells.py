"""Cells of lists as people write them."""

import contextlib
import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms.cells import (
    AgeSaid,
    Cell,
    DateOrder,
    DaySaid,
    Odd,
    Unread,
    age,
    count,
    day,
    orders_possible,
    says_nothing,
    sex,
    what_m_means,
    written,
    yes,
)

TODAY = date(2018, 10, 29)
ANY_CELL = st.one_of(st.text(max_size=20), st.integers(), st.floats(), st.booleans(), st.none(), st.datetimes())


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "-", "—", "N/S", "n.s.", "Sin dato", "no sabe", "DESCONOCIDO", math.nan, "?"]
)
def test_what_says_nothing_is_nothing(cell: Cell) -> None:
    assert says_nothing(cell)
    assert [age(cell), count(cell), day(cell, None, TODAY), sex(cell, None), yes(cell)] == [None] * 5


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (34, AgeSaid(34)), (34.0, AgeSaid(34)), ("34 años", AgeSaid(34)), ("34a", AgeSaid(34)), ("0", AgeSaid(0)),
        ("8 meses", AgeSaid(0, 8)), ("18 m", AgeSaid(1, 6)), ("1 año y 3 meses", AgeSaid(1, 3)), 
        ("1a 3m", AgeSaid(1, 3)),
        ("12 años, 3 meses", AgeSaid(12, 3)), ("2 y medio", AgeSaid(2, 6)), 
        ("2,5", AgeSaid(2, 6)), (2.5, AgeSaid(2, 6)),
        ("recién nacida", AgeSaid(0)), ("15 días", AgeSaid(0)), ("2 semanas", AgeSaid(0)),
        ("40-45", AgeSaid(40, about=True)), ("~30", AgeSaid(30, about=True)), ("30 aprox.", AgeSaid(30, about=True)),
    ],
)  # fmt: skip
def test_an_age_is_read_as_it_is_said(cell: Cell, said: AgeSaid) -> None:
    assert age(cell) == said


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (-4, Odd.NEGATIVE), ("-4", Odd.NEGATIVE), (3.9, Odd.FRACTION), ("3.9", Odd.FRACTION), (130, Odd.TOO_MUCH),
        (math.inf, Odd.TOO_MUCH), ("mayor", Odd.UNREAD), (True, Odd.UNREAD), (date(1900, 1, 3), Odd.UNREAD),
    ],
)  # fmt: skip
def test_an_age_that_cannot_be_is_not_guessed(cell: Cell, why: Odd) -> None:
    with pytest.raises(Unread) as refused:
        age(cell)
    assert refused.value.code is why


@pytest.mark.parametrize("cell", [1204, 1204.0, "1204", "1,204", "1.204", "1204 personas", "1204.0"])
def test_a_count_is_read(cell: Cell) -> None:
    assert count(cell) == 1204


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        (-1, Odd.NEGATIVE), ("-1", Odd.NEGATIVE), (3.9, Odd.FRACTION), ("1,20", Odd.FRACTION), (1e9, Odd.TOO_MUCH),
        (-math.inf, Odd.NEGATIVE), ("doce", Odd.UNREAD), (True, Odd.UNREAD),
    ],
)  # fmt: skip
def test_a_count_that_cannot_be_is_not_guessed(cell: Cell, why: Odd) -> None:
    with pytest.raises(Unread) as refused:
        count(cell)
    assert refused.value.code is why


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2018-06-10", DaySaid(2018, 6, 10)), ("3 de abril de 2018", DaySaid(2018, 4, 3)),
        ("3-abr-18", DaySaid(2018, 4, 3)), ("Abril 3, 2018", DaySaid(2018, 4, 3)),
        ("2nd May 2018", DaySaid(2018, 5, 2)), ("1985", DaySaid(1985)),
        (1985.0, DaySaid(1985)), ("04/1985", DaySaid(1985, 4)), ("mayo 2018", DaySaid(2018, 5)),
        ("25/04/2018", DaySaid(2018, 4, 25)), ("04/25/2018", DaySaid(2018, 4, 25)), ("12/12/99", DaySaid(1999, 12, 12)),
        (date(2018, 1, 2), DaySaid(2018, 1, 2)),
    ],
)  # fmt: skip
def test_a_day_that_can_be_read_in_one_way_is_read(cell: Cell, said: DaySaid) -> None:
    assert day(cell, None, TODAY) == said


def test_the_stated_order_decides_and_nothing_else() -> None:
    with pytest.raises(Unread) as refused:
        day("03/04/2018", None, TODAY)
    assert refused.value.code is Odd.AMBIGUOUS
    assert day("03/04/2018", DateOrder.DAY_FIRST, TODAY) == DaySaid(2018, 4, 3)
    assert day("03/04/2018", DateOrder.MONTH_FIRST, TODAY) == DaySaid(2018, 3, 4)
    with pytest.raises(Unread) as refused:
        day("25/04/2018", DateOrder.MONTH_FIRST, TODAY)
    assert refused.value.code is Odd.NO_SUCH_DAY


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("31/02/2018", Odd.NO_SUCH_DAY), ("2030-01-01", Odd.FUTURE), ("1850-01-01", Odd.TOO_MUCH), (43210, Odd.SERIAL),
        ("hoy", Odd.UNREAD), ("99", Odd.UNREAD), ("3/4/5", Odd.UNREAD), ("3 abril mayo 2018", Odd.UNREAD),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_not_guessed(cell: Cell, why: Odd) -> None:
    with pytest.raises(Unread) as refused:
        day(cell, DateOrder.DAY_FIRST, TODAY)
    assert refused.value.code is why


def test_a_column_shows_which_orders_it_leaves_open() -> None:
    assert orders_possible(["01/02/2018", "25/02/2018"]) == {DateOrder.DAY_FIRST}
    assert orders_possible(["01/02/2018", None]) == {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST}
    assert orders_possible(["25/02/2018", "02/25/2018"]) == set()


def test_m_is_a_woman_beside_h_and_a_man_beside_f() -> None:
    assert what_m_means(["H", "M", "m"]) == "female"
    assert what_m_means(["F", "M"]) == "male"
    assert what_m_means(["M", "M"]) is None
    assert what_m_means(["H", "F", "M"]) is None
    assert sex("M", "female") == "female"
    with pytest.raises(Unread) as refused:
        sex("M", None)
    assert refused.value.code is Odd.AMBIGUOUS


@given(ANY_CELL)
def test_no_cell_breaks_a_reader(cell: Cell) -> None:
    written(cell)
    for reader in (age, count, yes, lambda one: sex(one, None), lambda one: day(one, DateOrder.DAY_FIRST, TODAY)):
        with contextlib.suppress(Unread):
            reader(cell)


@given(st.dates(date(1930, 1, 1), TODAY), st.sampled_from(DateOrder))
def test_a_day_written_in_the_stated_order_comes_back(born: date, order: DateOrder) -> None:
    form = {DateOrder.DAY_FIRST: "%d/%m/%Y", DateOrder.MONTH_FIRST: "%m/%d/%Y", DateOrder.YEAR_FIRST: "%Y-%m-%d"}[order]
    said = day(born.strftime(form), order, TODAY)
    assert said
    assert said.whole == born
