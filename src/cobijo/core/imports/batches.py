"""A list on its way in: handed over, its columns settled, its rows checked, and what is wrong corrected in place.

Nothing here enters anything (``accepting`` does), and nothing of it is domain data: a batch is a draft.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.cells import Cell
from cobijo.algorithms.tables import Head, RowKind, columns_of, fill_merged, find_head, kind_of
from cobijo.algorithms.text import clean
from cobijo.core import clock
from cobijo.core.errors import Refusal
from cobijo.core.imports import checking, kinds, kobo, reading, sealing
from cobijo.core.imports.kinds import Kind, Question
from cobijo.core.imports.models import ImportBatch, ImportMapping, ImportRow
from cobijo.core.imports.types import BatchState, RowState, Sheet, cell_of

KEPT: Final = timedelta(days=14)
"""How long what was handed in is kept, and how long what was entered from it can be undone."""
NAME: Final = 120

UNDER_WAY = Refusal(
    "core.import_under_way",
    _("This list is being entered or was entered already, so it is not changed any more. Reload the page."),
)


# --- handed over -----------------------------------------------------------------------------------------------------


def hand_in(actor: UUID, kind_name: str, unit: UUID, name: str, content: bytes) -> ImportBatch:
    """Take a file: opened, its headings found, its columns guessed or remembered. Raises what ``reading`` refuses."""
    of = kinds.kind(kind_name)
    of.may(actor, unit)
    sheets = kobo.straightened(reading.read(content))
    refused = _drop_refused(sheets, of)
    batch = ImportBatch(
        kind=of.name,
        unit=unit,
        actor=actor,
        file_digest=sealing.digest("file", str(unit), hashlib.sha256(content).hexdigest()),
        made_at=clock.now(),
        refused=refused,
    )
    batch.sealed_name = sealing.seal_name(batch, clean(name)[:NAME])
    batch.sealed_sheets = sealing.seal_sheets(batch, sheets)
    with transaction.atomic():
        batch.save()
        _settle(batch, of, sheets, *_likeliest(sheets, of))
    return batch


def _drop_refused(sheets: Sequence[Sheet], of: Kind) -> list[list[int]]:
    """Empty every column that such a list may not bring, heading and all; gives sheet and column of each."""
    found = []
    for at, sheet in enumerate(sheets):
        head = _head_of(sheet, of)
        headings = head.headings if head else ()
        for column in range(max((len(row) for row in sheet.rows), default=0)):
            heading = headings[column] if column < len(headings) else ""
            cells = [cell_of(row[column]) for row in sheet.rows if column < len(row)]
            if of.refuses(heading, cells):
                found.append([at, column])
                for row in sheet.rows:
                    row[column : column + 1] = [None] if column < len(row) else []
    return found


def drop(batch: ImportBatch) -> None:
    """Throw a list away of which nothing was entered."""
    _must_be_open(batch)
    batch.delete()


def earlier(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """The batches of the same file that were entered in the same unit before."""
    done = (BatchState.ACCEPTING, BatchState.DONE)
    same = ImportBatch.objects.filter(unit=batch.unit, file_digest=batch.file_digest, state__in=done)
    return same.exclude(pk=batch.pk).order_by("made_at")


def _likeliest(sheets: Sequence[Sheet], of: Kind) -> tuple[int, Head | None]:
    """The sheet whose headings say most, one that is shown before a hidden one; and where they stand."""
    heads = [_head_of(sheet, of) for sheet in sheets]
    worth = [
        (head is not None, not sheet.hidden, len(columns_of(head, of.synonyms, of.reads)) if head else 0, -at)
        for at, (sheet, head) in enumerate(zip(sheets, heads, strict=True))
    ]
    at = -max(worth)[-1]
    return at, heads[at]


def _head_of(sheet: Sheet, of: Kind) -> Head | None:
    spans = [(top, left, bottom, right) for top, left, bottom, right in sheet.merged]
    return find_head(_top(sheet), of.synonyms, of.reads, spans)


def _top(sheet: Sheet) -> list[list[Cell]]:
    return [[cell_of(value) for value in row] for row in sheet.rows[:50]]


# --- columns ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person settles of a list: the sheet, the row of its headings (as the sheet counts), columns, answers."""

    sheet: int
    head_row: int
    columns: Mapping[int, str]
    answers: Mapping[str, str]


def look_at(batch: ImportBatch, sheet: int, head_row: int | None = None) -> None:
    """Read another sheet of the file, or take another row of it as its headings."""
    _must_be_open(batch)
    of, sheets = kinds.kind(batch.kind), sealing.sheets_of(batch)
    at = min(max(sheet, 0), len(sheets) - 1)
    found = _head_of(sheets[at], of)
    if head_row is not None:
        found = head_in_row(sheets[at], head_row) or found
    with transaction.atomic():
        _settle(batch, of, sheets, at, found)


def head_in_row(sheet: Sheet, number: int) -> Head | None:
    """One row of a sheet, by its number as the sheet counts, as the headings."""
    at = number - sheet.first
    if not 0 <= at < len(sheet.rows):
        return None
    return Head(at, 1, tuple(clean(str(value)) if value is not None else "" for value in sheet.rows[at]))


def _settle(batch: ImportBatch, of: Kind, sheets: Sequence[Sheet], at: int, head: Head | None) -> None:
    """Take a sheet and its headings: columns remembered or guessed, and its rows written down anew."""
    found = head or Head(0, 1, ())
    batch.sheet, batch.head_at, batch.head_height = at, found.at, found.height
    width = max((len(row) for row in sheets[at].rows), default=0)
    headings = [*found.headings, *[""] * (width - len(found.headings))]
    batch.sealed_head = sealing.seal_head(batch, headings)
    known = _remembered(batch, of, headings)
    columns = known.columns if known else columns_of(found, of.synonyms, of.reads)
    batch.columns = {str(column): field for column, field in columns.items()}
    _write_rows(batch, sheets[at], found)
    batch.answers = suggestions(batch, of)
    if known:
        batch.answers = dict(known.answers) | _asked_anew(batch.answers, of)
    batch.state = BatchState.READ
    batch.save()


def _remembered(batch: ImportBatch, of: Kind, headings: Sequence[str]) -> ImportMapping | None:
    return ImportMapping.objects.filter(
        kind=of.name, owner=of.owner(batch.unit), headings=sealing.digest("headings", *headings)
    ).first()


def remember(batch: ImportBatch) -> None:
    """Keep the columns and answers for the next list with these headings."""
    of = kinds.kind(batch.kind)
    once = {one.name for one in of.questions if not one.kept}
    answers = {name: value for name, value in batch.answers.items() if name not in once}
    ImportMapping.objects.update_or_create(
        kind=of.name,
        owner=of.owner(batch.unit),
        headings=sealing.digest("headings", *sealing.head_of(batch)),
        defaults={"columns": batch.columns, "answers": answers, "used_at": clock.now()},
    )


def choose(batch: ImportBatch, columns: Mapping[int, str], answers: Mapping[str, str]) -> None:
    """Settle which column holds what, and what the cells do not say; then check every row."""
    _must_be_open(batch)
    batch.columns = {str(column): field for column, field in sorted(columns.items()) if field}
    batch.answers = {name: value for name, value in answers.items() if value}
    batch.save(update_fields=["columns", "answers"])
    checking.check(batch)


def _must_be_open(batch: ImportBatch) -> None:
    if batch.state not in (BatchState.READ, BatchState.CHECKED) or not batch.sealed_sheets:
        raise UNDER_WAY()


def _must_be_correctable(batch: ImportBatch) -> None:
    if not can_be_corrected(batch):
        raise UNDER_WAY()


def can_be_corrected(batch: ImportBatch) -> bool:
    """Whether there is anything left of the rows of a list, and nobody is at work on them."""
    return batch.state in (BatchState.CHECKED, BatchState.DONE) and batch.emptied_at is None


# --- questions -------------------------------------------------------------------------------------------------------


def questions(batch: ImportBatch, of: Kind) -> list[Question]:
    """What is to be asked of this list: the questions about fields that have a column, and those about none."""
    held = set(batch.columns.values())
    asked = [one for one in of.questions if not one.about or held & set(one.about)]
    return [one for one in asked if not held & set(one.unless)]


def suggestions(batch: ImportBatch, of: Kind) -> dict[str, str]:
    """What the cells of the list make likely, to be confirmed by a person."""
    by_field = _cells_by_field(batch)
    found = {
        one.name: one.suggest({name: by_field[name] for name in (one.about or by_field) if name in by_field})
        for one in questions(batch, of)
    }
    return {name: value for name, value in found.items() if value}


def _asked_anew(answers: Mapping[str, str], of: Kind) -> dict[str, str]:
    """Of what the cells make likely, the answers that no earlier list gives."""
    return {one.name: answers[one.name] for one in of.questions if not one.kept and one.name in answers}


def _cells_by_field(batch: ImportBatch) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {field: [] for field in batch.columns.values()}
    for row in batch.rows.exclude(state=RowState.PASSED).order_by("number").iterator():
        cells = sealing.cells_of(batch, row)
        for column, field in batch.columns.items():
            found[field].append(cell_of(cells[int(column)]) if int(column) < len(cells) else None)
    return found


# --- rows ------------------------------------------------------------------------------------------------------------


def _write_rows(batch: ImportBatch, sheet: Sheet, head: Head) -> None:
    """Write down every row below the headings that says anything, with what kind of row it is."""
    batch.rows.all().delete()
    ImportRow.objects.bulk_create(_rows(batch, sheet, head), batch_size=1_000)


def _rows(batch: ImportBatch, sheet: Sheet, head: Head) -> Iterator[ImportRow]:
    raw = [list(row) for row in sheet.rows]
    fill_merged(raw, _downward(sheet, head))
    apart = False
    for at in range(head.below, len(raw)):
        kind = kind_of([cell_of(value) for value in raw[at]], head)
        if kind is not RowKind.BLANK:
            number = sheet.first + at
            yield ImportRow(
                batch=batch,
                number=number,
                apart=apart,
                state=RowState.READY if kind is RowKind.RECORD else RowState.PASSED,
                sealed=sealing.seal_cells(batch, number, raw[at]),
            )
        apart = kind is not RowKind.RECORD


def _downward(sheet: Sheet, head: Head) -> Iterable[tuple[int, int, int, int]]:
    """Cells merged over several rows below the headings speak for all of them; over several columns, for the first."""
    for top, left, bottom, _right in sheet.merged:
        if top >= head.below and bottom > top:
            yield top, left, bottom, left


# --- correcting ------------------------------------------------------------------------------------------------------


def correct(batch: ImportBatch, cells: Mapping[tuple[int, int], str], leave: Iterable[int] = ()) -> None:
    """Write cells anew (by row number and column), leave rows out, and check again. An entered row is not touched."""
    _must_be_correctable(batch)
    fixable = batch.rows.filter(state__in=(*checking.OPEN, RowState.LEFT))
    wanted = {number for number, _column in cells} | set(leave)
    left = set(leave)
    changed = []
    for row in fixable.filter(number__in=wanted):
        row.sealed = sealing.seal_cells(batch, row.number, _written(sealing.cells_of(batch, row), row.number, cells))
        row.state = RowState.LEFT if row.number in left else RowState.READY
        row.problems = []
        changed.append(row)
    checking.write(changed, ["sealed", "state", "problems"])
    checking.check(batch)


def _written(cells: list[Any], number: int, given: Mapping[tuple[int, int], str]) -> list[Any]:
    mine = {column: text for (row, column), text in given.items() if row == number}
    longer = [*cells, *[None] * (max(mine, default=-1) + 1 - len(cells))]
    return [mine[at] or None if at in mine else value for at, value in enumerate(longer)]


def take_back(batch: ImportBatch, number: int) -> None:
    """Count a row again that was left out or taken for no record."""
    _must_be_correctable(batch)
    batch.rows.filter(number=number, state__in=(RowState.LEFT, RowState.PASSED)).update(state=RowState.READY)
    checking.check(batch)
