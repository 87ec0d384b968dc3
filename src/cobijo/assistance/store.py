"""How much of each item a store holds: what was counted last, and what came and went since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from cobijo.assistance.models import StoreMove
from cobijo.assistance.types import SlipKind

Key = tuple[str, str]
"""An item's code and its size."""

_WAY: Final = {SlipKind.RECEIVED: 1, SlipKind.GIVEN: -1, SlipKind.LOST: -1}


@dataclass(frozen=True, slots=True)
class Stock:
    """What the book says of an item. ``there`` below nothing: more went out than ever came, so count it.

    ``given``: given out in all; ``counted_at``: None where nobody ever counted it.
    """

    there: int
    given: int
    counted_at: datetime | None
    moved_at: datetime


def stock(site: UUID, until: datetime | None = None) -> Mapping[Key, Stock]:
    """The book of a site now, or at a moment, in one query; an item nobody wrote anything of is not in it."""
    moves = StoreMove.objects.filter(slip__site=site, slip__voided_at=None)
    if until is not None:
        moves = moves.filter(slip__at__lte=until)
    rows = moves.order_by("slip__at", "slip_id").values_list("item", "variant", "quantity", "slip__kind", "slip__at")
    return reckon(rows)


def reckon(rows: Iterable[tuple[str, str, int, str, datetime]]) -> dict[Key, Stock]:
    """The book from its moves in the order in which they happened: a count sets what is there, all else adds to it."""
    there: dict[Key, int] = defaultdict(int)
    given: dict[Key, int] = defaultdict(int)
    counted: dict[Key, datetime] = {}
    moved: dict[Key, datetime] = {}
    for item, variant, quantity, kind, at in rows:
        key = (item, variant)
        moved[key] = at
        if kind == SlipKind.COUNTED:
            there[key], counted[key] = quantity, at
            continue
        there[key] += _WAY[SlipKind(kind)] * quantity
        given[key] += quantity if kind == SlipKind.GIVEN else 0
    return {key: Stock(there[key], given[key], counted.get(key), at) for key, at in moved.items()}
