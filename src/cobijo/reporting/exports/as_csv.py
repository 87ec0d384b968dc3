"""A sheet as CSV (RFC 4180, UTF-8 with its mark so that spreadsheets read the accents), with its row of HXL tags."""

import csv
import io
from typing import Final

from cobijo.reporting.exports.sheets import Cell, Sheet

_OBEYED: Final = ("=", "+", "-", "@", "\t", "\r")


def sheet_csv(sheet: Sheet) -> bytes:
    """Heads, tags, rows; a text that a spreadsheet would obey gets an apostrophe, a missing number stays empty."""
    written = io.StringIO(newline="")
    lines = csv.writer(written)
    lines.writerow(sheet.heads)
    lines.writerow(sheet.tags)
    lines.writerows([plain(cell) for cell in row] for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def plain(cell: Cell) -> str | int:
    """A cell as CSV holds it: no text that a spreadsheet would take for an order."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_OBEYED):
        return f"'{cell}"
    return cell
