"""What the store is asked by pages and by figures."""

from cobijo.assistance.catalogue import norm_sets
from cobijo.assistance.queries.ordering import MealRow, Order, OrderLine, order_for
from cobijo.assistance.queries.shelves import (
    InfantLine,
    MoveLine,
    ShelfLine,
    SlipLine,
    assessment_of,
    infants_for,
    shelves,
    slip_for,
    slip_line,
    slips_between,
    slips_of,
)
from cobijo.assistance.saying import doubts, left_out, made_of

__all__ = [
    "InfantLine",
    "MealRow",
    "MoveLine",
    "Order",
    "OrderLine",
    "ShelfLine",
    "SlipLine",
    "assessment_of",
    "doubts",
    "infants_for",
    "left_out",
    "made_of",
    "norm_sets",
    "order_for",
    "shelves",
    "slip_for",
    "slip_line",
    "slips_between",
    "slips_of",
]
