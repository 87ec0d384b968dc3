"""From parts to wholes: whom the relaxation sends to one site goes there; the others where they cost least and fit."""

from typing import Final

import numpy as np

from cobijo.algorithms.allocation.instance import OUTSIDE, Instance, Ints
from cobijo.algorithms.allocation.items import Items
from cobijo.algorithms.allocation.relaxation import Relaxed
from cobijo.algorithms.allocation.search import Search

_WHOLE: Final = 1 - 1e-6
_MOSTLY: Final = 0.5


def glued(made: Instance, relaxed: Relaxed) -> list[int]:
    """Return the groups of kin that the relaxation mostly sends as one."""
    groups = relaxed.item >= made.n
    parts = np.bincount(relaxed.item[groups] - made.n, relaxed.part[groups], len(made.groups))
    return [int(group) for group in np.flatnonzero(parts >= _MOSTLY)]


def household_sites(made: Instance, relaxed: Relaxed) -> Ints:
    """Return the site of each household that goes to one site whole, OUTSIDE for the others."""
    found = np.full(made.n, OUTSIDE, np.int64)
    for item, site in zip(relaxed.item[relaxed.part > _WHOLE], relaxed.site[relaxed.part > _WHOLE], strict=True):
        found[made.groups[item - made.n] if item >= made.n else item] = site
    return found


def place(made: Instance, relaxed: Relaxed, rounds: int) -> Ints:
    """Return the site of each household: rounded, then improved; a group of kin that finds no room is parted."""
    where, groups = household_sites(made, relaxed), glued(made, relaxed)
    while True:
        items = Items(made, groups, relaxed.prices, relaxed.accessible_prices)
        items.start(where)
        fill(items)
        Search(items).improve(rounds)
        where = items.household_sites()
        parted = [group for group in groups if (where[made.groups[group]] < 0).any()]
        if not parted:
            return where
        groups = [group for group in groups if group not in parted]


def fill(items: Items) -> None:
    """Put those outside where there is room, whoever finds it hardest first."""
    outside = np.flatnonzero(items.where < 0)
    order = np.lexsort((outside, -items.size[outside], -items.needs[outside]))
    for item in outside[order]:
        row = items.row(int(item))
        paid = np.where(items.fits(int(item)), row + items.worth(int(item)), np.inf)
        if np.isfinite(paid).any():
            site = int(paid.argmin())
            items.put(int(item), site, float(row[site]))
