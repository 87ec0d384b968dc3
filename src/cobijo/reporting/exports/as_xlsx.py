"""Sheets as XLSX: numbers as numbers, texts as texts, no formula and no link whatever a text begins with."""

import io
from collections.abc import Sequence
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from cobijo.reporting.exports.sheets import Sheet

PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST: Final = 48


def sheets_xlsx(sheets: Sequence[Sheet], title: str, remark: str) -> bytes:
    """A workbook; ``title`` and ``remark`` stand in its properties, and the remark above every sheet's head."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        book.set_properties({"title": title, "comments": remark})
        strong, soft = book.add_format({"bold": True}), book.add_format({"italic": True, "font_color": "#51605C"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.write_string(0, 0, f"{title} · {remark}", strong)
            page.write_row(1, 0, sheet.heads, strong)
            page.write_row(2, 0, sheet.tags, soft)
            page.freeze_panes(3, 0)
            fill(page, sheet, 3)
    return written.getvalue()


def fill(page: Worksheet, sheet: Sheet, first: int) -> None:
    """Write the rows of a sheet from a row on (from 0), and make the columns as wide as what stands in them."""
    for at, row in enumerate(sheet.rows, start=first):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(at, column, cell)
            elif cell is not None:
                page.write_string(at, column, cell)
    for column, head in enumerate(sheet.heads):
        texts = [head, *(str(row[column]) for row in sheet.rows if isinstance(row[column], str))]
        page.set_column(column, column, min(max(map(len, texts)) + 2, _WIDEST))
