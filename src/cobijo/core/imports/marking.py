"""The same workbook with what is wrong marked and said: to be corrected where the list is kept, and sent again.

Written as values only: nothing a stranger typed becomes a formula or a link in it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from io import BytesIO
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from cobijo.core.imports import problems, sealing
from cobijo.core.imports.checking import shown
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.types import RowState, Sheet, cell_of

WRONG, TOLD, THERE = "#F4B8A8", "#FBE6B5", "#DDDDDD"
"""Fills that stay apart in grey print: to be corrected, only told, entered already."""
_SHAPES: Final = {"date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm", "whole": "0", "": "General"}
NARROWEST, WIDEST = 6, 36
"""How wide a column becomes, in characters: what it says is to be read without pulling it open."""
NAME_OF_SHEET: Final = 31
A4: Final = 9
"""Of the sizes of paper that Excel numbers."""
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
Said = tuple[str, bool]


def sentence(batch_cells: list[Any], found: list[Any]) -> str:
    """What a problem of a row says, in the reader's language: ``found`` is a problem as JSON has it."""
    code, column, other, *more = found
    cell = batch_cells[column] if column is not None and column < len(batch_cells) else None
    value = shown(cell)
    given = {"value": value[:60], "size": len(value), "other": other} | (more[0] if more else {})
    return str(problems.kind_of(code).sentence).format(**given)


def marked(batch: ImportBatch) -> bytes:
    """The workbook as handed in, its rows as they stand now; once entering has begun, the rows that are left."""
    sheets = sealing.sheets_of(batch)
    rows = {row.number: row for row in batch.rows.order_by("number")}
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, options)
    pens = _Pens(book)
    if sheets:
        for at, sheet in enumerate(sheets):
            name = _name(sheet.name, at)
            _write_sheet(book.add_worksheet(name), pens, sheet, batch, rows if at == batch.sheet else {})
    else:
        _write_left(book.add_worksheet(_name("", 0)), pens, batch, rows)
    book.close()
    return file.getvalue()


class _Pens:
    """The formats of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.plain: dict[str, Format] = {
            kind: book.add_format({"num_format": shape}) for kind, shape in _SHAPES.items()
        }
        self.filled: dict[tuple[str, str], Format] = {
            (kind, fill): book.add_format({"num_format": pen.num_format, "bg_color": fill, "border": 1})
            for kind, pen in self.plain.items()
            for fill in (WRONG, TOLD, THERE)
        }

    def of(self, value: object, fill: str) -> Format:
        kind = {datetime: "moment", date: "date", time: "time"}.get(type(value), "whole" if _is_whole(value) else "")
        return self.filled[kind, fill] if fill else self.plain[kind]


def _is_whole(value: object) -> bool:
    """A document's number is shown with all its figures, not as 2.41E+12."""
    return not isinstance(value, bool) and isinstance(value, int | float) and float(value).is_integer()


def _widen(into: Worksheet, rows: Iterable[list[Any]]) -> None:
    """Give each column room for what it says."""
    widths: dict[int, int] = {}
    for cells in rows:
        for column, cell in enumerate(cells):
            widths[column] = max(widths.get(column, NARROWEST), len(shown(cell)) + 1)
    for column, width in widths.items():
        into.set_column(column, column, min(width, WIDEST))


def _name(name: str, at: int) -> str:
    """A name Excel takes: short, without the signs it forbids, and no other sheet's."""
    plain = name.translate(_FORBIDDEN).strip()[: NAME_OF_SHEET - 4]
    return f"{plain} {at + 1}".strip() if plain else _("List {number}").format(number=at + 1)


def _write_sheet(into: Worksheet, pens: _Pens, sheet: Sheet, batch: ImportBatch, rows: Mapping[int, ImportRow]) -> None:
    if sheet.hidden:
        into.hide()
    below = batch.head_at if rows else 0  # a title above the headings runs over many columns
    _widen(into, sheet.rows[below:])
    if rows:
        headed = [at for at, cell in enumerate(sealing.head_of(batch)) if shown(cell)]
        _lay_out(into, len(sheet.rows), max(headed, default=0))
    for at, original in enumerate(sheet.rows):
        row = rows.get(sheet.first + at)
        cells = sealing.cells_of(batch, row) if row and row.sealed else original
        _write_row(into, pens, at, cells, row)


def _lay_out(into: Worksheet, rows: int, last_column: int) -> None:
    """On paper the columns with a heading stand side by side on one page; what lies beside them stays off it."""
    into.set_landscape()
    into.set_paper(A4)
    into.print_area(0, 0, max(0, rows - 1), last_column)
    into.fit_to_pages(1, 0)


def _write_left(into: Worksheet, pens: _Pens, batch: ImportBatch, rows: Mapping[int, ImportRow]) -> None:
    """The headings, and below them the rows that were not entered."""
    _write_row(into, pens, 0, sealing.head_of(batch), None)
    left = [row for row in rows.values() if row.state in (RowState.WRONG, RowState.REFUSED) and row.sealed]
    _widen(into, [sealing.head_of(batch), *(sealing.cells_of(batch, row) for row in left)])
    for at, row in enumerate(left, 1):
        _write_row(into, pens, at, sealing.cells_of(batch, row), row)


def _write_row(into: Worksheet, pens: _Pens, at: int, cells: list[Any], row: ImportRow | None) -> None:
    said = _said(cells, row) if row is not None else {}
    there = row is not None and row.state in (RowState.KNOWN, RowState.LEFT)
    for column in range(max(len(cells), max(said, default=-1) + 1)):
        value = cell_of(cells[column]) if column < len(cells) else None
        sentences = said.get(column, [])
        fill = THERE if there else _fill(sentences)
        _write(into, at, column, value, pens.of(value, fill))
        if sentences:
            note = "\n".join(words for words, _blocks in sentences)
            into.write_comment(at, column, note, {"x_scale": 2, "y_scale": 1 + len(note) / 120})


def _said(cells: list[Any], row: ImportRow) -> dict[int, list[Said]]:
    """What is wrong with a row by column; what concerns the whole row stands at its first cell."""
    found: dict[int, list[Said]] = {}
    for one in row.problems:
        found.setdefault(one[1] or 0, []).append((sentence(cells, one), problems.blocks(one[0])))
    return found


def _fill(sentences: Iterable[Said]) -> str:
    blocks = [blocked for _words, blocked in sentences]
    return "" if not blocks else WRONG if any(blocks) else TOLD


def _write(into: Worksheet, row: int, column: int, value: object, pen: Format) -> None:
    if value is None:
        into.write_blank(row, column, None, pen)
    elif isinstance(value, bool):
        into.write_boolean(row, column, value, pen)
    elif isinstance(value, int | float):
        into.write_number(row, column, value, pen)
    elif isinstance(value, datetime | date | time) and not _before_all_counts(value):
        into.write(row, column, value, pen)
    else:
        into.write_string(row, column, str(value), pen)


def _before_all_counts(value: date | time) -> bool:
    """Whether no spreadsheet counts this day (before 1900): it is written as a text."""
    return isinstance(value, date) and value.year < 1900
