"""What is carried from site to site: a household, or a group of kin that goes as one; where each is, what is free."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from cobijo.algorithms.allocation.exchange import Choices
from cobijo.algorithms.allocation.instance import BLOCK, OUTSIDE, Bools, Floats, Instance, Ints

NEAR: Final = 8
"""Sites that an item may change to: those that cost least with the prices of its places."""


class Items:
    """The items of a search and their places. ``where``: the site of each item, or OUTSIDE."""

    def __init__(self, made: Instance, glued: Sequence[int], prices: Floats, scarce: Floats) -> None:
        self.made, self.glued = made, list(glued)
        self.prices, self.scarce = prices, scarce
        in_group = np.isin(made.group_of, self.glued) & (made.group_of >= 0)
        self._alone = np.flatnonzero(~in_group)
        self._group_rows = made.group_rows()[self.glued] if self.glued else np.zeros((0, made.s))
        self.members: list[Ints] = [np.array([one]) for one in self._alone] + [made.groups[g] for g in self.glued]
        self.size = np.array([made.size[some].sum() for some in self.members], np.int64)
        self.needs = np.array([made.needs[some].sum() for some in self.members], np.int64)
        self.unplaced = np.array([made.unplaced[some].sum() for some in self.members], float)
        self.where = np.full(len(self.members), OUTSIDE, np.int64)
        self.cost = np.zeros(len(self.members))
        self.free, self.accessible = made.room.copy(), made.accessible.copy()

    def row(self, item: int) -> Floats:
        """The cost of an item at each site."""
        if item >= len(self._alone):
            found: Floats = self._group_rows[item - len(self._alone)]
            return found
        return np.asarray(self.made.rows(self._alone[item : item + 1])[0])

    def worth(self, item: int) -> Floats:
        """What the places of an item are worth at each site."""
        found: Floats = self.size[item] * self.prices + self.needs[item] * self.scarce
        return found

    def fits(self, item: int) -> Bools:
        """The sites with enough free for an item."""
        found: Bools = (self.size[item] <= self.free) & (self.needs[item] <= self.accessible)
        return found

    def put(self, item: int, site: int, cost: float) -> None:
        """Take an item to a site, or out, from wherever it is."""
        for at, sign in ((int(self.where[item]), 1), (site, -1)):
            if at >= 0:
                self.free[at] += sign * self.size[item]
                self.accessible[at] += sign * self.needs[item]
        self.where[item], self.cost[item] = site, cost

    def start(self, household_sites: Ints) -> None:
        """Put every item where its members are; an item whose members are apart, or do not fit, stays outside."""
        for item, some in enumerate(self.members):
            sites = household_sites[some]
            site = int(sites[0])
            if site >= 0 and (sites == site).all() and self.fits(item)[site]:
                self.put(item, site, 0.0)
        self.cost = self._costs_now()

    def household_sites(self) -> Ints:
        """The site of each household, or OUTSIDE."""
        found = np.full(self.made.n, OUTSIDE, np.int64)
        for item, some in enumerate(self.members):
            found[some] = self.where[item]
        return found

    def total(self) -> float:
        """The cost of it all, those outside included."""
        return float(np.where(self.where >= 0, self.cost, self.unplaced).sum())

    def choices(self) -> Choices:
        """The sites each item may change to, with the one where it is."""
        near = min(NEAR, self.made.s)
        parts = [self._near(start, near) for start in range(0, len(self._alone), BLOCK)]
        parts += [
            self._nearest(np.array([item]), self.row(item)[None], near)
            for item in range(len(self._alone), len(self.members))
        ]
        item, site, cost = (np.concatenate(each) for each in zip(*parts, strict=True))
        worth = self.size[item] * self.prices[site] + self.needs[item] * self.scarce[site]
        return Choices(item, site, cost, cost + worth)

    def _near(self, start: int, near: int) -> tuple[Ints, Ints, Floats]:
        items = np.arange(start, min(start + BLOCK, len(self._alone)))
        return self._nearest(items, self.made.rows(self._alone[items]), near, self.made.tilt(self._alone[items]))

    def _nearest(self, items: Ints, rows: Floats, near: int, tilt: Floats | float = 0.0) -> tuple[Ints, Ints, Floats]:
        paid = rows + self.size[items][:, None] * self.prices + self.needs[items][:, None] * self.scarce
        chosen = np.zeros(rows.shape, bool)
        few = np.argpartition(paid + tilt, near - 1, axis=1)[:, :near] if near else np.zeros((len(items), 0), np.int64)
        chosen[np.arange(len(items))[:, None], few] = True
        placed = np.flatnonzero(self.where[items] >= 0)
        chosen[placed, self.where[items[placed]]] = True
        at, site = np.nonzero(chosen & np.isfinite(rows))
        return items[at], site, rows[at, site]

    def _costs_now(self) -> Floats:
        found = np.zeros(len(self.members))
        for start in range(0, len(self._alone), BLOCK):
            items = np.arange(start, min(start + BLOCK, len(self._alone)))
            rows = self.made.rows(self._alone[items])
            found[items] = np.where(self.where[items] >= 0, rows[np.arange(len(items)), self.where[items]], 0.0)
        for item in range(len(self._alone), len(self.members)):
            if self.where[item] >= 0:
                found[item] = self.row(item)[self.where[item]]
        return found
