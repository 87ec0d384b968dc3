"""A list as its pages show it: what became of it, its rows with what is wrong, its columns with examples."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from cobijo.accounts import queries as accounts
from cobijo.core import records
from cobijo.core.imports import checking, kinds, problems, sealing
from cobijo.core.imports.marking import sentence
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.types import BatchState, RowState

ROWS_A_PAGE: Final = 20
LISTED: Final = 50
_EXAMPLES: Final = 3


@dataclass(frozen=True, slots=True)
class Line:
    """A batch in the list of batches."""

    batch: ImportBatch
    name: str
    unit: str
    by: str
    state: str

    @property
    def under_way(self) -> bool:
        return self.batch.state in (BatchState.ACCEPTING, BatchState.UNDOING)


def lines(actor: UUID) -> list[Line]:
    """The newest batches the actor may see."""
    seen = records.visible_to(actor, ImportBatch.objects.order_by("-made_at"))
    found = list(seen.defer("sealed_sheets")[:LISTED])
    units = accounts.unit_names(batch.unit for batch in found)
    names = accounts.names_of(batch.actor for batch in found)
    return [
        Line(
            batch,
            sealing.name_of(batch) or _("(file removed)"),
            units.get(batch.unit, ""),
            names.get(batch.actor, ""),
            str(BatchState(batch.state).label),
        )
        for batch in found
    ]


def batch_for(actor: UUID, batch_id: UUID) -> ImportBatch:
    """A batch the actor may see and work on. Raises NOT_FOUND."""
    batch = records.get_for(actor, ImportBatch, batch_id)
    kinds.kind(batch.kind).may(actor, batch.unit)
    return batch


# --- rows ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Cell:
    """A cell of a row that is shown: its heading, what it says, what is wrong with it."""

    column: int
    heading: str
    value: str
    wrong: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.column)


@dataclass(slots=True)
class Row:
    """A row with what is wrong: of the row as a whole, and of its cells, those first that are to be corrected."""

    number: int
    says: str
    wrong: list[str]
    told: list[str]
    cells: list[Cell]
    others: list[Cell]

    @property
    def key(self) -> str:
        """What the names of its inputs begin with; the column follows."""
        return f"{self.number}-"


def rows_to_correct(batch: ImportBatch, number: str | None) -> Page[Row]:
    """A page of the rows that wait for a person."""
    waiting = batch.rows.filter(state__in=(RowState.WRONG, RowState.REFUSED)).order_by("number")
    return _page(batch, waiting, number)


def rows_told(batch: ImportBatch) -> list[Row]:
    """The first rows of which something is told, and that are taken all the same."""
    told = batch.rows.filter(state=RowState.READY).exclude(problems=[]).order_by("number")[:ROWS_A_PAGE]
    return list(_rows(batch, told))


def rows_kept(batch: ImportBatch) -> list[ImportRow]:
    """The rows that could not be undone."""
    return list(batch.rows.filter(state=RowState.KEPT).order_by("number")[:ROWS_A_PAGE])


def rows_passed(batch: ImportBatch) -> list[Row]:
    """The rows taken for no record, or left out by a person: each can be counted again."""
    passed = batch.rows.filter(state__in=(RowState.PASSED, RowState.LEFT)).order_by("number")[: 2 * ROWS_A_PAGE]
    return list(_rows(batch, passed))


def _page(batch: ImportBatch, rows: Any, number: str | None) -> Page[Row]:
    page = Paginator(rows, ROWS_A_PAGE).get_page(number)
    page.object_list = list(_rows(batch, page.object_list))
    return page


def _rows(batch: ImportBatch, rows: Any) -> Iterator[Row]:
    headings = sealing.head_of(batch)
    used = {int(column) for column in batch.columns}
    for row in rows:
        yield _row(batch, row, headings, used)


def _row(batch: ImportBatch, row: ImportRow, headings: Sequence[str], used: set[int]) -> Row:
    raw = sealing.cells_of(batch, row)
    cells = {
        at: Cell(at, headings[at] if at < len(headings) and headings[at] else letter(at), checking.shown(value))
        for at, value in enumerate(raw)
    }
    found = Row(row.number, _says(cells, used), [], [], [], [])
    for one in row.problems:
        cell = _cell_of(one, cells, headings)
        into: Row | Cell = cell if cell is not None else found
        (into.wrong if problems.blocks(one[0]) else into.told).append(sentence(raw, one))
    found.cells = [cell for cell in cells.values() if cell.wrong or cell.told]
    found.others = [cell for cell in cells.values() if cell.column in used and cell not in found.cells]
    return found


def _cell_of(problem: Sequence[Any], cells: dict[int, Cell], headings: Sequence[str]) -> Cell | None:
    """The cell a problem is about; an empty one that the row does not reach is made."""
    at = problem[1]
    if at is None:
        return None
    if at not in cells:
        cells[at] = Cell(at, headings[at] if at < len(headings) else letter(at), "")
    return cells[at]


def _says(cells: dict[int, Cell], used: set[int]) -> str:
    """The row in short: what its first columns say."""
    said = [cell.value for at, cell in cells.items() if cell.value and (at in used or not used)]
    return " · ".join(said[:4]) or " · ".join(cell.value for cell in cells.values() if cell.value)[:120]


def letter(at: int) -> str:
    """A column as a spreadsheet names it, counted from 0: A, B … Z, AA."""
    above, rest = divmod(at, 26)
    return (letter(above - 1) if above else "") + chr(ord("A") + rest)


# --- columns ---------------------------------------------------------------------------------------------------------


def headings(batch: ImportBatch) -> list[tuple[int, str]]:
    """The columns that hold anything, by number, with what they are headed."""
    found = sealing.head_of(batch)
    said = examples(batch)
    return [(at, heading or letter(at)) for at, heading in enumerate(found) if heading or at in said]


def bare_columns(batch: ImportBatch) -> set[int]:
    """The columns without a heading that nothing is taken from: somebody's own reckoning, mostly."""
    return {at for at, heading in enumerate(sealing.head_of(batch)) if not heading and str(at) not in batch.columns}


def examples(batch: ImportBatch) -> dict[int, list[str]]:
    """The first things each column says."""
    found: dict[int, list[str]] = {}
    for row in batch.rows.exclude(state=RowState.PASSED).order_by("number")[:30]:
        for at, value in enumerate(sealing.cells_of(batch, row)):
            text = checking.shown(value)[:40]
            if text and len(found.setdefault(at, [])) < _EXAMPLES and text not in found[at]:
                found[at].append(text)
    return {at: values for at, values in found.items() if values}


# --- how far ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a list's entries are done, of how many, and that in a sentence."""

    done: int
    all: int
    says: str


def progress(batch: ImportBatch) -> Progress:
    """How far entering or undoing has come, in entries."""
    entries = batch.rows.exclude(entry=None)
    waiting = RowState.READY if batch.state == BatchState.ACCEPTING else RowState.ACCEPTED
    taking_part = (RowState.READY, *checking.ENTERED, RowState.REFUSED, RowState.UNDONE)
    left = entries.filter(state=waiting).values("entry").distinct().count()
    every = entries.filter(state__in=taking_part).values("entry").distinct().count()
    words = kinds.kind(batch.kind).words
    says = words.undone if batch.state == BatchState.UNDOING else words.entered
    return Progress(every - left, every, says(every - left, every))


def words_of(batch: ImportBatch, counts: Mapping[str, int]) -> dict[str, str]:
    """What a list's page says of its entries, in the words of its kind."""
    words = kinds.kind(batch.kind).words
    return {
        "enter": words.enter(counts["ready"]),
        "entries": words.entries(counts["entries"]),
        "undoing": words.undoing(counts["accepted"]),
        "kept": str(words.kept),
        "others_kept": str(words.others_kept),
        "change": str(words.change),
    }


def refused_columns(batch: ImportBatch) -> str:
    """The letters of the columns of this sheet that such a list may not bring, as a spreadsheet names them."""
    mine = [column for sheet, column in batch.refused if sheet == batch.sheet]
    return ", ".join(_letters(column) for column in mine)


def _letters(column: int) -> str:
    """A column counted from 0 as A, B, … Z, AA."""
    before, at = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + at)
