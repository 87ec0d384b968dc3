"""All exchanges between two sites at once: the cheapest set of households to change places, for each flow of persons.

Between two sites some dozens of households would not mind the other one much. A knapsack over them (Bellman 1957)
gives, for each net flow of persons and of accessible places from the one to the other, the cheapest subset to change
sides. The tables of all pairs of neighbouring sites are reckoned together, and again for those that something has
changed at.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cobijo.algorithms.allocation.instance import Bools, Floats, Ints

MOST: Final = 20
"""Persons that may be on their way in one direction more than in the other."""
MOST_NEEDY: Final = 2
"""The same of accessible places."""
LOOKED_AT: Final = 24
"""Households of a pair of sites that are looked at: those who mind least."""
_Y: Final = 2 * MOST_NEEDY + 1
STATES: Final = (2 * MOST + 1) * _Y
_FLOW: Final = np.arange(STATES) // _Y - MOST
_NEEDY: Final = np.arange(STATES) % _Y - MOST_NEEDY
_STILL: Final = MOST * _Y + MOST_NEEDY
_LESS: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Choices:
    """Where each item would go: parallel arrays of item, site, cost, and cost with the prices of its places."""

    item: Ints
    site: Ints
    cost: Floats
    paid: Floats

    def with_outside(self, outside: int, unplaced: Floats) -> "Choices":
        """The same with leaving each item outside, which has its number as if it were a site."""
        items = np.arange(len(unplaced))
        return Choices(
            np.concatenate([self.item, items]),
            np.concatenate([self.site, np.full(len(items), outside)]),
            np.concatenate([self.cost, unplaced]),
            np.concatenate([self.paid, unplaced]),
        )


class Exchanges:
    """The tables of all pairs of sites between which somebody may change."""

    def __init__(self, pairs: Ints, size: Ints, needs: Ints, sites: int) -> None:
        self.pairs, self.size, self.needs = pairs, size, needs
        count = len(pairs)
        self._number = np.full((sites, sites), count)
        self._number[pairs[:, 0], pairs[:, 1]] = np.arange(count)
        self._cost = np.full((count, STATES), np.inf)
        self._took = np.zeros((count, LOOKED_AT, STATES), bool)
        self._items = np.full((count, LOOKED_AT), -1)
        self._steps = np.zeros((count, LOOKED_AT), np.int64)
        self._stale = np.ones(count, bool)

    def touch(self, sites: Bools) -> None:
        """Something has changed at these sites."""
        self._stale |= sites[self.pairs[:, 0]] | sites[self.pairs[:, 1]]

    def best(self, free: Ints, accessible: Ints) -> tuple[Floats, Ints]:
        """Return, for each pair, the cost of the best exchange that both sites have room for, and its state."""
        low, high = self.pairs[:, 0], self.pairs[:, 1]
        fits = (free[high][:, None] >= _FLOW) & (-free[low][:, None] <= _FLOW)
        fits &= (accessible[high][:, None] >= _NEEDY) & (-accessible[low][:, None] <= _NEEDY)
        costs = np.where(fits, self._cost, np.inf)
        states = costs.argmin(axis=1) if len(costs) else np.zeros(0, np.int64)
        return costs[np.arange(len(costs)), states], states

    def flows(self, persons: int, needy: int) -> tuple[Ints, Ints, Floats, Ints, Ints]:
        """Return all ways to send so many from a site to a neighbour: from, to, cost, pair, state."""
        if persons > MOST or needy > MOST_NEEDY:
            return (*np.zeros((2, 0), np.int64), np.zeros(0), *np.zeros((2, 0), np.int64))
        up, down = _STILL + persons * _Y + needy, _STILL - persons * _Y - needy
        count = len(self.pairs)
        costs = np.concatenate([self._cost[:, up], self._cost[:, down]])
        some = np.flatnonzero(np.isfinite(costs))
        pair = some % max(1, count)
        is_up = some < count
        low, high = self.pairs[pair, 0], self.pairs[pair, 1]
        state = np.where(is_up, up, down)
        return np.where(is_up, low, high), np.where(is_up, high, low), costs[some], pair, state

    def who(self, pair: int, state: int) -> list[int]:
        """Return who changes sides in an exchange."""
        found = []
        for step in range(LOOKED_AT - 1, -1, -1):
            if self._took[pair, step, state]:
                found.append(int(self._items[pair, step]))
                state -= int(self._steps[pair, step])
        return found

    def refresh(self, where: Ints, choices: Choices, cost_now: Floats, paid_now: Floats) -> None:
        """Reckon the tables of the stale pairs anew."""
        stale = np.flatnonzero(self._stale)
        if not len(stale):
            return
        self._stale[:] = False
        flows, needy, costs, items = self._candidates(stale, where, choices, cost_now, paid_now)
        best, took = _knapsack(flows, needy, costs)
        self._cost[stale], self._took[stale], self._items[stale] = best, took, items
        self._steps[stale] = flows * _Y + needy

    def _candidates(
        self, stale: Ints, where: Ints, choices: Choices, cost_now: Floats, paid_now: Floats
    ) -> tuple[Ints, Ints, Floats, Ints]:
        """Of each stale pair those who mind a change least: what they bring over, at what cost, who they are."""
        place = np.full(len(self.pairs) + 1, -1)
        place[stale] = np.arange(len(stale))
        source = where[choices.item]
        some = np.flatnonzero((source >= 0) & (source != choices.site))
        low, high = np.minimum(source[some], choices.site[some]), np.maximum(source[some], choices.site[some])
        pair = place[self._number[low, high]]
        kept = np.flatnonzero(pair >= 0)
        some, pair = some[kept], pair[kept]
        item = choices.item[some]
        order = np.lexsort((item, choices.paid[some] - paid_now[item], pair))
        some, pair, item = some[order], pair[order], item[order]
        rank = np.arange(len(pair)) - np.searchsorted(pair, np.arange(len(stale)))[pair]
        kept = np.flatnonzero(rank < LOOKED_AT)
        some, pair, item, rank = some[kept], pair[kept], item[kept], rank[kept]
        sign = np.where(where[item] < choices.site[some], 1, -1)
        shape = (len(stale), LOOKED_AT)
        flows, needy, items = np.zeros(shape, np.int64), np.zeros(shape, np.int64), np.full(shape, -1)
        costs = np.full(shape, np.inf)
        flows[pair, rank], needy[pair, rank] = sign * self.size[item], sign * self.needs[item]
        costs[pair, rank], items[pair, rank] = choices.cost[some] - cost_now[item], item
        return flows, needy, costs, items


def _knapsack(flows: Ints, needy: Ints, costs: Floats) -> tuple[Floats, Bools]:
    """The cheapest subset for each state, and whether its last member so far is each of those looked at."""
    count = len(flows)
    best = np.full((count, STATES), np.inf)
    best[:, _STILL] = 0.0
    took = np.zeros((count, LOOKED_AT, STATES), bool)
    for step in range(LOOKED_AT):
        some = np.flatnonzero(np.isfinite(costs[:, step]))
        if not len(some):
            break
        from_flow, from_needy = _FLOW - flows[some, step, None], _NEEDY - needy[some, step, None]
        fits = (np.abs(from_flow) <= MOST) & (np.abs(from_needy) <= MOST_NEEDY)
        state = np.where(fits, (from_flow + MOST) * _Y + from_needy + MOST_NEEDY, 0)
        known = best[some]
        with_it = np.where(fits, np.take_along_axis(known, state, axis=1), np.inf) + costs[some, step, None]
        better = with_it < known - _LESS
        best[some] = np.where(better, with_it, known)
        took[some, step] = better
    return best, took
