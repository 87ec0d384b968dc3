"""Sheets as XLSX: numbers as numbers, texts as texts, no formula and no link whatever a text begins with."""

import io
from collections.abc import Sequence

import xlsxwriter

from cobijo.core.spreadsheets import PLAIN, fill
from cobijo.reporting.exports.sheets import Sheet


def sheets_xlsx(sheets: Sequence[Sheet], title: str, remark: str) -> bytes:
    """A workbook; ``title`` and ``remark`` stand in its properties, and the remark above every sheet's head."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        book.set_properties({"title": title, "comments": remark})
        strong, soft = book.add_format({"bold": True}), book.add_format({"italic": True, "font_color": "#51605C"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:31])
            page.write_string(0, 0, f"{title} · {remark}", strong)
            fill(page, [sheet.heads, sheet.tags, *sheet.rows], 1, [strong, soft])
            page.freeze_panes(3, 0)
    return written.getvalue()
