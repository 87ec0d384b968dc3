"""A plain table as a file: CSV or XLSX, with nothing in it that a spreadsheet would obey."""

import csv
import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter

Cell = str | int | None
Table = Sequence[Sequence[Cell]]

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OBEYED: Final = ("=", "+", "-", "@", "\t", "\r")
_PLAIN: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def as_csv(table: Table) -> bytes:
    """The table as CSV; a text that a spreadsheet would obey gets an apostrophe, a missing number stays empty."""
    written = io.StringIO(newline="")
    csv.writer(written).writerows([_plain(cell) for cell in row] for row in table)
    return written.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int:
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_OBEYED) else cell


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook: numbers as numbers, texts as texts, no formula and no link."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _PLAIN) as book:
        page = book.add_worksheet()
        page.freeze_panes(1, 0)
        for at, row in enumerate(table):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(at, column, cell)
                elif cell is not None:
                    page.write_string(at, column, cell)
        for column in range(len(table[0])):
            page.set_column(column, column, min(max(len(str(row[column] or "")) for row in table) + 2, 48))
    return written.getvalue()
