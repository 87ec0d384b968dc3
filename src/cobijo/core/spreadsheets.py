"""Tables as files: CSV or XLSX, with nothing in them that a spreadsheet would obey."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | None
Table = Sequence[Sequence[Cell]]

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OBEYED: Final = ("=", "+", "-", "@", "\t", "\r")
PLAIN: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
"""How every workbook is opened for writing: numbers as numbers, texts as texts, no formula and no link."""
_WIDEST: Final = 48


def as_csv(table: Table) -> bytes:
    """The table as CSV (RFC 4180), in UTF-8 with its mark, so that spreadsheets read the accents."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([plain(cell) for cell in row] for row in table)
    return written.getvalue().encode("utf-8-sig")


def plain(cell: Cell) -> str | int:
    """A cell as CSV holds it: what a spreadsheet would obey gets an apostrophe, a missing number stays empty."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_OBEYED) else cell


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook; its first row is its heads."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        fill(page, table)
    return written.getvalue()


def fill(page: Worksheet, table: Table, first: int = 0, looks: Sequence[Format] = ()) -> None:
    """Write a table from a row on (from 0), its first rows in the ``looks`` given, columns as wide as their texts."""
    widths: dict[int, int] = {}
    for at, row in enumerate(table):
        look = looks[at] if at < len(looks) else None
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(first + at, column, cell, look)
            elif cell is not None:
                page.write_string(first + at, column, cell, look)
                widths[column] = max(widths.get(column, 0), len(cell))
    for column, width in widths.items():
        page.set_column(column, column, min(width + 2, _WIDEST))
