"""A list as people draw it in a spreadsheet: where its headings stand, what each row is, which column holds what.

Headings may stand below a title, in two rows, or under merged cells; below them come blank rows, totals, headings
printed again and notes across the page, none of which is a record. Nothing is thrown away: every row gets its kind.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from cobijo.algorithms.cells import Cell, written
from cobijo.algorithms.text import fold

Row = Sequence[Cell]
Synonyms = Mapping[str, Sequence[str]]
"""What a field is called in headings, by the field's name; folded or not."""

Span = tuple[int, int, int, int]
"""Merged cells: first row, first column, last row, last column, counted from 0 and included."""

LOOKED_AT: Final = 40
"""Rows searched for the headings: a logo, a title and a paragraph may stand above them."""
SURE: Final = 0.75
"""The likeness from which a heading is taken for a field; below it the column waits for a person's choice."""


class RowKind(StrEnum):
    """What a row below the headings is."""

    RECORD = "record"
    BLANK = "blank"
    TOTAL = "total"
    HEADINGS = "headings"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of a list: the first row they stand in, how many rows they take, and one text for each column.

    ``lower``: of two rows the lower one alone, where the upper only says what several columns are about.
    """

    at: int
    height: int
    headings: tuple[str, ...]
    lower: tuple[str, ...] = ()

    @property
    def below(self) -> int:
        """The first row under the headings."""
        return self.at + self.height


# --- what a column holds ---------------------------------------------------------------------------------------------


def likeness(heading: str, name: str) -> float:
    """Return how much a heading says a name, from 0 to 1: the share of the heading's words that the name explains.

    Every word of the name must stand in the heading, whole or as a beginning of three letters or more ("nac." for
    "nacimiento", "1er" not for "primer").
    """
    return _likeness(fold(heading).split(), _words(name))


@lru_cache(maxsize=4_096)
def _words(name: str) -> tuple[str, ...]:
    """The folded words of a field's name: there are few, and each is compared with every heading."""
    return tuple(fold(name).split())


def _likeness(said: Sequence[str], wanted: Sequence[str]) -> float:
    if not said or not wanted:
        return 0.0
    if list(said) == list(wanted):
        return 1.0
    left = list(said)
    for word in wanted:
        met = next((one for one in left if one == word or (len(one) >= 3 and word.startswith(one))), None)
        if met is None:
            return 0.0
        left.remove(met)
    return 0.95 * len(wanted) / len(said)


def guess(headings: Sequence[str], synonyms: Synonyms) -> dict[int, str]:
    """Return the field each column seems to hold, the surest first; a field is given to one column only."""
    words = [fold(heading).split() for heading in headings]
    found = sorted(
        (
            (max((_likeness(said, _words(name)) for name in names), default=0.0), -column, field)
            for column, said in enumerate(words)
            for field, names in synonyms.items()
        ),
        reverse=True,
    )
    columns: dict[int, str] = {}
    for score, minus_column, field in found:
        if score >= SURE and -minus_column not in columns and field not in columns.values():
            columns[-minus_column] = field
    return dict(sorted(columns.items()))


# --- where the headings stand ----------------------------------------------------------------------------------------


def as_written(headings: Sequence[str]) -> Sequence[str]:
    """Headings as they stand."""
    return headings


def find_head(
    rows: Sequence[Row],
    synonyms: Synonyms,
    reads: Callable[[Sequence[str]], Sequence[str]] = as_written,
    spans: Iterable[Span] = (),
) -> Head | None:
    """Return the headings: among the first rows, those that say most fields; None where no row says two.

    Where the row below goes on with headings (a title over two columns, "F" and "M" under it), both are one, if both
    say more than the lower alone. What is compared with the synonyms is what ``reads`` makes of the headings.
    """
    wide: dict[int, dict[int, int]] = {}
    for top, left, _bottom, right in spans:
        if right > left:
            wide.setdefault(top, {})[left] = right
    best, most = None, 1
    for at, row in enumerate(rows[:LOOKED_AT]):
        if not _may_be_headings(row):
            continue
        for height in (1, 2):
            head = _head(rows, at, height, wide.get(at, {}))
            known = len(columns_of(head, synonyms, reads))
            if known > most and (
                height == 1 or (_goes_on(rows, at) and known > len(guess(reads(head.lower), synonyms)))
            ):
                best, most = head, known
    return best


def _head(rows: Sequence[Row], at: int, height: int, wide: Mapping[int, int]) -> Head:
    lower = tuple(written(cell) for cell in rows[at + 1]) if height == 2 and at + 1 < len(rows) else ()
    return Head(at, height, _headings(rows[at : at + height], wide), lower)


def columns_of(
    head: Head, synonyms: Synonyms, reads: Callable[[Sequence[str]], Sequence[str]] = as_written
) -> dict[int, str]:
    """Return the field each column seems to hold: by its whole heading, else by the lower part of it."""
    found = guess(reads(head.headings), synonyms)
    left = ["" if column in found else text for column, text in enumerate(head.lower)]
    for column, field in guess(reads(left), synonyms).items():
        if field not in found.values():
            found[column] = field
    return dict(sorted(found.items()))


def _may_be_headings(row: Row) -> bool:
    """Headings are words: a row with a number or a day in it holds values."""
    texts = [cell for cell in row if cell is not None and written(cell)]
    return len(texts) > 1 and all(isinstance(cell, str) for cell in texts)


def _goes_on(rows: Sequence[Row], at: int) -> bool:
    return at + 1 < len(rows) and _may_be_headings(rows[at + 1])


def _headings(rows: Sequence[Row], wide: Mapping[int, int]) -> tuple[str, ...]:
    """One text a column: a title in the upper row holds as far as its cell is merged (``wide``: to which column).

    Where no cell of the row is merged, it holds until the next one where something stands under it.
    """
    if len(rows) == 1:
        return tuple(written(cell) for cell in rows[0])
    upper, lower = ([written(cell) for cell in row] for row in rows)
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    title, until, joined = "", width, []
    for column, (above, below) in enumerate(zip(upper, lower, strict=True)):
        if above and wide:
            until = wide.get(column, column)
        title = above or (title if below and column <= until else "")
        joined.append(" ".join(part for part in (title, below) if part))
    return tuple(joined)


# --- what a row is ---------------------------------------------------------------------------------------------------

_TOTALS: Final = ("total", "totales", "subtotal", "suma", "sumas", "gran total", "sub total")


def kind_of(row: Row, head: Head) -> RowKind:
    """Return what a row below the headings is."""
    texts = [written(cell) for cell in row]
    filled = [text for text in texts if text]
    if not filled:
        return RowKind.BLANK
    if _says_headings(texts, head):
        return RowKind.HEADINGS
    if _is_total(filled):
        return RowKind.TOTAL
    if len(filled) == 1 and len(head.headings) > 3 and len(filled[0].split()) > 2:
        return RowKind.NOTE
    return RowKind.RECORD


def _says_headings(texts: Sequence[str], head: Head) -> bool:
    """Whether a row says the headings again, or one of their two rows: at least two, and nothing that is none."""
    said = [(fold(text), column) for column, text in enumerate(texts) if text]
    known = [fold(heading) for heading in head.headings]
    return len(said) > 1 and all(text in known or _is_part(text, known[column : column + 1]) for text, column in said)


def _is_part(text: str, headings: Sequence[str]) -> bool:
    """Whether a text is the upper or the lower part of the heading of its column."""
    return any(heading.startswith(f"{text} ") or heading.endswith(f" {text}") for heading in headings)


def _is_total(filled: Sequence[str]) -> bool:
    """Whether a row sums others: it begins with the word, and the rest are numbers or words about numbers."""
    first = fold(filled[0])
    if not any(first == word or first.startswith(word + " ") for word in _TOTALS):
        return False
    return all(any(char.isdigit() for char in text) or len(text) <= 3 for text in filled[1:])


def fill_merged(rows: list[list[Cell]], spans: Iterable[Span]) -> None:
    """Write the value of each merged block into all its cells, in place; what lies outside the table is passed over."""
    for top, left, bottom, right in spans:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = value
