"""The book and the order as files for inside: every row says that it is not to be passed on."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from cobijo.assistance.queries import Order, ShelfLine

Cell = str | int | None
Table = list[list[Cell]]

_OBEYED: Final = ("=", "+", "-", "@", "\t", "\r")
_PLAIN: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip


def of_store(site: Any, shelf: Sequence[ShelfLine]) -> Table:
    """Heads and rows of what is in store."""
    heads: list[Cell] = [_("Site"), _("Item"), _("Unit"), _("There is"), _("Given out in all"), _("Use")]
    rows: Table = [
        [site.code, one.name, one.unit, one.stock.there, one.stock.given, _("internal, not to be passed on")]
        for one in shelf
    ]
    return [heads, *rows]


def of_order(site: Any, order: Order) -> Table:
    """Heads and rows of an order; the plates of each meal stand first."""
    heads: list[Cell] = [
        _("Site"), _("Day"), _("Item"), _("Unit"), _("Needed"), _("In store"), _("To ask for"), _("Use"),
    ]  # fmt: skip
    use, day, totals = _("internal, not to be passed on"), order.day.isoformat(), order.totals
    plates = ((_("Breakfast"), totals.breakfast), (_("Lunch"), totals.lunch), (_("Dinner"), totals.dinner))
    rows: Table = [[site.code, day, meal, _("plates"), many, None, many, use] for meal, many in plates]
    rows += [
        [site.code, day, one.name, one.unit, one.line.need, one.line.have, one.line.ask, use] for one in order.lines
    ]
    return [heads, *rows]


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
