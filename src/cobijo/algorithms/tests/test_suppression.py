"""The guarantee is verified by methods that share nothing with the one tested: search, elimination, attack."""

import random
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.algorithms import suppression
from cobijo.algorithms.suppression import TOTAL, Sum, suppress, table

Cell = tuple[str, ...]
Figures = dict[Cell, int]
Sums = Sequence[Sum[Cell]]


def with_margins(inner: Mapping[Cell, int], dimensions: int) -> Figures:
    cells = dict(inner)
    for place in range(dimensions):
        margins: Figures = {}
        for key, value in cells.items():
            margin = (*key[:place], TOTAL, *key[place + 1 :])
            margins[margin] = margins.get(margin, 0) + value
        cells |= margins
    return cells


def labels(prefix: str, size: int) -> list[str]:
    return [f"{prefix}{number}" for number in range(size)]


def shown_of(given_out: Mapping[Cell, int | None]) -> Figures:
    return {key: value for key, value in given_out.items() if value is not None}


# --- exhaustive search: is there a table of whole numbers that agrees with what outsiders know?


def tightened(sums: Sums, low: Figures, high: Figures) -> bool:
    """Draw the bounds in until nothing moves; False if they leave nothing."""
    moved = True
    while moved:
        moved = False
        for each in sums:
            least, most = sum(low[part] for part in each.parts), sum(high[part] for part in each.parts)
            news = [(each.total, least, most)]
            news += [
                (part, low[each.total] - most + high[part], high[each.total] - least + low[part]) for part in each.parts
            ]
            for key, new_low, new_high in news:
                if new_low > low[key] or new_high < high[key]:
                    low[key], high[key] = max(low[key], new_low), min(high[key], new_high)
                    moved = True
                if low[key] > high[key]:
                    return False
    return True


def exists(sums: Sums, low: Figures, high: Figures) -> bool:
    if not tightened(sums, low, high):
        return False
    loose = [key for key in low if low[key] < high[key]]
    if not loose:
        return True
    chosen = min(loose, key=lambda key: high[key] - low[key])
    return any(
        exists(sums, low | {chosen: value}, high | {chosen: value}) for value in range(low[chosen], high[chosen] + 1)
    )


def can_be(cells: Figures, sums: Sums, known: Figures, key: Cell, span: tuple[int, int | None]) -> bool:
    """Say whether a cell can be within a span although outsiders know some cells."""
    ceiling = sum(cells.values()) + 50
    low = {each: known.get(each, 0) for each in cells}
    high = {each: known.get(each, ceiling) for each in cells}
    low[key] = max(low[key], span[0])
    high[key] = min(high[key], ceiling if span[1] is None else span[1])
    return low[key] <= high[key] and exists(sums, low, high)


def can_differ(cells: Figures, sums: Sums, known: Figures, key: Cell) -> bool:
    value = cells[key]
    spans: Iterable[tuple[int, int | None]] = [(value + 1, None), (0, value - 1)]
    return any(can_be(cells, sums, known, key, span) for span in spans)


def assert_guarantee(cells: Figures, sums: Sums, given_out: Mapping[Cell, int | None]) -> None:
    shown = shown_of(given_out)
    for key, value in cells.items():
        if given_out[key] is None:
            assert can_differ(cells, sums, shown, key)
            assert not 1 <= value < 5 or can_be(cells, sums, shown, key, (5, None))


# --- figures to try


counts = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 14])


@st.composite
def tables(draw: st.DrawFn) -> tuple[Figures, Sums]:
    """Draw two-way tables and small three-way ones, with their margins."""
    shape = draw(st.sampled_from([(1, 1), (1, 4), (2, 2), (2, 3), (3, 3), (3, 4), (2, 2, 2), (2, 3, 2)]))
    axes = [labels("abc"[place], size) for place, size in enumerate(shape)]
    inner = {key: draw(counts) for key in product(*axes)}
    return with_margins(inner, len(axes)), table(*axes)


@st.composite
def overlapping(draw: st.DrawFn) -> tuple[Figures, Sums]:
    """Draw sums that share parts in any way, and sums of sums: areas, band sets, groups of sites."""
    leaves = [(name,) for name in labels("leaf", draw(st.integers(2, 6)))]
    cells: Figures = {leaf: draw(counts) for leaf in leaves}
    sums = []
    for number in range(draw(st.integers(1, 4))):
        parts = tuple(draw(st.lists(st.sampled_from(sorted(cells)), min_size=1, max_size=4, unique=True)))
        total = (f"sum{number}",)
        cells[total] = sum(cells[part] for part in parts)
        sums.append(Sum(total, parts))
    return cells, sums


figures = tables() | overlapping()


# --- the guarantee


@settings(max_examples=60, deadline=None)
@given(figures)
def test_no_hidden_figure_can_be_worked_out_nor_shown_to_be_small(case: tuple[Figures, Sums]) -> None:
    cells, sums = case
    assert_guarantee(cells, sums, suppress(cells, sums))


@settings(max_examples=60, deadline=None)
@given(figures)
def test_nothing_small_is_shown_and_what_is_shown_is_true(case: tuple[Figures, Sums]) -> None:
    cells, sums = case
    given_out = suppress(cells, sums)
    assert given_out.keys() == cells.keys()
    assert all(value is None or value == cells[key] for key, value in given_out.items())
    assert not any(value in {1, 2, 3, 4} for value in given_out.values())
    if not any(1 <= value < 5 for value in cells.values()):
        assert given_out == cells


@settings(max_examples=40, deadline=None)
@given(figures)
def test_the_answer_is_always_the_same_and_stays_so_once_given_out(case: tuple[Figures, Sums]) -> None:
    cells, sums = case
    given_out = suppress(cells, sums)
    assert suppress(dict(cells), list(sums)) == given_out
    assert suppress(cells, sums, released=shown_of(given_out)) == given_out


@settings(max_examples=50, deadline=None, derandomize=True)
@given(figures, st.data())
def test_what_was_released_is_reckoned_with(case: tuple[Figures, Sums], data: st.DataObject) -> None:
    """What released figures do not give away themselves is not given away by adding to them."""
    cells, sums = case
    earlier = data.draw(st.sets(st.sampled_from(sorted(cells)), max_size=6))
    released = {key: cells[key] for key in earlier}
    given_out = suppress(cells, sums, released=released)
    known = shown_of(given_out) | released
    assert not any(value in {1, 2, 3, 4} for value in given_out.values())
    small = {key for key, value in cells.items() if 1 <= value < 5}
    for key in small - earlier:
        if can_differ(cells, sums, released, key):
            assert can_differ(cells, sums, known, key)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(tables(), st.data())
def test_a_few_who_come_or_go_between_two_releases_are_not_the_difference(
    case: tuple[Figures, Sums], data: st.DataObject
) -> None:
    before, sums = case
    released = shown_of(suppress(before, sums))
    inner = {key: value for key, value in before.items() if TOTAL not in key}
    for key in data.draw(st.lists(st.sampled_from(sorted(inner)), min_size=1, max_size=3)):
        inner[key] = max(0, inner[key] + data.draw(st.sampled_from([-2, -1, 1, 2, 7])))
    cells = with_margins(inner, len(next(iter(inner))))
    given_out = suppress(cells, sums, released=released)
    same = {key: value for key, value in released.items() if cells[key] == value}
    for key, value in cells.items():
        if 1 <= abs(value - released.get(key, value)) < 5:
            assert given_out[key] is None
            wide = (released[key] + 5, None)
            if can_be(cells, sums, same, key, wide):
                assert can_be(cells, sums, shown_of(given_out) | same, key, wide)


@settings(max_examples=30, deadline=None)
@given(case=figures)
def test_the_guarantee_holds_even_where_the_search_finds_nothing(case: tuple[Figures, Sums]) -> None:
    cells, sums = case
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(suppression, "_EFFORTS", ())
        given_out = suppress(cells, sums)
    assert_guarantee(cells, sums, given_out)


def rank(rows: list[list[Fraction]]) -> int:
    found = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in range(found, len(rows)) if rows[row][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for row in range(found + 1, len(rows)):
            factor = rows[row][column] / rows[found][column]
            if factor:
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[found], strict=True)]
        found += 1
    return found


@settings(max_examples=40, deadline=None)
@given(figures)
def test_no_hidden_figure_is_a_combination_of_shown_ones(case: tuple[Figures, Sums]) -> None:
    """Linear algebra: adding "this cell" as an equation always adds to the rank of what is known."""
    cells, sums = case
    given_out = suppress(cells, sums)
    hidden = [key for key, value in given_out.items() if value is None]
    rows = [[Fraction((key in each.parts) - (key == each.total)) for key in hidden] for each in sums]
    known = rank([list(row) for row in rows])
    for place in range(len(hidden)):
        unit = [Fraction(other == place) for other in range(len(hidden))]
        assert rank([*(list(row) for row in rows), unit]) == known + 1


# --- the shape of real responses


def response(sites: int, people: int, seed: int) -> tuple[Figures, Sums]:
    """Make a response of sites of very different sizes, by seven bands and four sexes."""
    draw = random.Random(seed)
    axes = labels("site", sites), labels("band", 7), ["female", "male", "other", "unknown"]
    inner: Figures = dict.fromkeys(product(*axes), 0)
    for site in axes[0]:
        for _ in range(int(draw.expovariate(1 / people))):
            band = draw.choices(axes[1], [13, 18, 15, 14, 32, 6, 2])[0]
            inner[site, band, draw.choices(axes[2], [51, 47, 0.5, 1.5])[0]] += 1
    return with_margins(inner, 3), table(*axes)


@pytest.mark.parametrize(("sites", "people", "seed"), [(12, 30, 1), (12, 200, 2)])
def test_an_attack_on_a_response_finds_nothing(sites: int, people: int, seed: int) -> None:
    """The attacker draws the bounds in as far as they go, by every sum of the response."""
    cells, sums = response(sites, people, seed)
    given_out = suppress(cells, sums)
    low = {key: value or 0 for key, value in given_out.items()}
    high = {key: 10**6 if value is None else value for key, value in given_out.items()}
    assert tightened(sums, low, high)
    hidden = [key for key, value in given_out.items() if value is None]
    assert hidden
    assert all(low[key] < high[key] for key in hidden)
    assert all(high[key] >= 5 for key in hidden)


def test_a_response_keeps_its_totals() -> None:
    cells, sums = response(20, 150, 3)
    given_out = suppress(cells, sums)
    assert given_out[TOTAL, TOTAL, TOTAL] == cells[TOTAL, TOTAL, TOTAL]
    hidden_small = sum(1 <= value < 5 for value in cells.values())
    hidden = sum(value is None for value in given_out.values())
    assert hidden < 2 * hidden_small


# --- stories


def test_one_small_cell_takes_three_more_with_it_and_no_margin() -> None:
    rows, columns = ["a", "b", "c"], ["x", "y", "z"]
    inner: Figures = dict(zip(product(rows, columns), [2, 20, 30, 40, 50, 60, 9, 80, 90], strict=True))
    cells = with_margins(inner, 2)
    given_out = suppress(cells, table(rows, columns))
    hidden = {key for key, value in given_out.items() if value is None}
    assert hidden == {("a", "x"), ("a", "y"), ("c", "x"), ("c", "y")}


def test_two_hidden_neighbours_are_not_enough_if_together_they_are_small() -> None:
    """Of 1, 1, 9 with the total 11 the two ones would be known to be 2 together."""
    cells = {("a",): 1, ("b",): 1, ("c",): 9, ("all",): 11}
    given_out = suppress(cells, [Sum(("all",), (("a",), ("b",), ("c",)))])
    assert given_out == {("a",): None, ("b",): None, ("c",): None, ("all",): 11}


def test_nought_is_shown() -> None:
    cells = {("a",): 0, ("b",): 3, ("c",): 9, ("all",): 12}
    given_out = suppress(cells, [Sum(("all",), (("a",), ("b",), ("c",)))])
    assert given_out == {("a",): 0, ("b",): None, ("c",): None, ("all",): 12}


def test_a_site_that_opens_between_two_releases_is_not_the_difference() -> None:
    """The response was released with 40; now it has 43 and one more site, with 3 people in it."""
    cells = {("now",): 43, ("new site",): 3}
    sums = [Sum(("now",), (("then",), ("new site",)))]
    given_out = suppress(cells, sums, released={("then",): 40})
    assert given_out == {("now",): None, ("new site",): None}


def test_a_correction_by_two_is_hidden_and_cannot_be_shown_to_be_so_small() -> None:
    cells = {("a",): 22, ("b",): 30, ("all",): 52}
    sums = [Sum(("all",), (("a",), ("b",)))]
    given_out = suppress(cells, sums, released={("a",): 20, ("b",): 30})
    assert given_out == {("a",): None, ("b",): 30, ("all",): None}


def test_a_correction_by_many_is_shown() -> None:
    cells = {("a",): 29, ("b",): 30, ("all",): 59}
    sums = [Sum(("all",), (("a",), ("b",)))]
    assert suppress(cells, sums, released={("a",): 20, ("b",): 30, ("all",): 50}) == cells


def test_what_released_figures_give_away_is_lost_and_the_rest_still_protected() -> None:
    rows, columns = ["a", "b", "c"], ["x", "y", "z"]
    inner: Figures = dict(zip(product(rows, columns), [2, 20, 30, 3, 50, 60, 9, 80, 90], strict=True))
    cells = with_margins(inner, 2)
    released: Figures = {("a", TOTAL): 52, ("a", "y"): 20, ("a", "z"): 30}
    given_out = suppress(cells, table(rows, columns), released=released)
    known = shown_of(given_out) | released
    assert given_out["a", "x"] is None
    assert not can_differ(cells, table(rows, columns), released, ("a", "x"))
    assert can_be(cells, table(rows, columns), known, ("b", "x"), (5, None))


def test_a_small_figure_released_before_is_not_repeated() -> None:
    assert suppress({("a",): 3, ("b",): 8}, [], released={("a",): 3}) == {("a",): None, ("b",): 8}


def test_figures_without_sums_only_lose_the_small_ones() -> None:
    assert suppress({"a": 0, "b": 4, "c": 5}, []) == {"a": 0, "b": None, "c": 5}
    assert suppress({"a": 0, "b": 4, "c": 9}, [], threshold=10) == {"a": 0, "b": None, "c": None}
    assert suppress({}, []) == {}


def test_the_sums_of_a_table() -> None:
    assert set(table(["a", "b"], ["x"])) == {
        Sum((TOTAL, "x"), (("a", "x"), ("b", "x"))),
        Sum((TOTAL, TOTAL), (("a", TOTAL), ("b", TOTAL))),
        Sum(("a", TOTAL), (("a", "x"),)),
        Sum(("b", TOTAL), (("b", "x"),)),
        Sum((TOTAL, TOTAL), ((TOTAL, "x"),)),
    }


@pytest.mark.parametrize(
    ("cells", "sums", "said"),
    [
        ({"a": -1}, [], "not negative"),
        ({"a": 1, "b": 2}, [Sum("b", ("a",))], "does not hold"),
        ({"a": 1, "b": 2}, [Sum("b", ("a", "a"))], "twice"),
        ({"a": 1, "b": 1}, [Sum("b", ("c",))], "has no value"),
    ],
)
def test_figures_that_contradict_themselves_are_refused(cells: dict[str, int], sums: list[Sum[str]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        suppress(cells, sums)


@pytest.mark.parametrize("axes", [(["a", TOTAL],), (["a", "a"], ["x"])])
def test_labels_that_cannot_be_told_apart_are_refused(axes: tuple[list[str], ...]) -> None:
    with pytest.raises(ValueError, match="labels"):
        table(*axes)
