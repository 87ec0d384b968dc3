"""The book and the order as files for inside: every row says that it is not to be passed on."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from cobijo.assistance.queries import Order, ShelfLine
from cobijo.core.spreadsheets import Cell, as_csv, as_xlsx

__all__ = ["Table", "as_csv", "as_xlsx", "of_order", "of_store"]

Table = list[list[Cell]]


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
