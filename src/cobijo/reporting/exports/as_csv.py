"""A sheet as CSV, with its row of HXL tags under the heads."""

from cobijo.core.spreadsheets import as_csv
from cobijo.reporting.exports.sheets import Sheet


def sheet_csv(sheet: Sheet) -> bytes:
    """Heads, tags, rows."""
    return as_csv([sheet.heads, sheet.tags, *sheet.rows])
