"""A coarse picture first: households near each other taken as one, so that the relaxation begins with good prices.

What the coarse solution uses, in the same parts for every household of a bunch, is a solution of the fine one: with
those pairs nobody is outside from the first round on, and few others are ever needed.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cobijo.algorithms.allocation.instance import BLOCK, Floats, Instance, Ints
from cobijo.algorithms.allocation.relaxation import Demand, Relaxation

BUNCH: Final = 8
"""Households taken as one at most."""
FAR: Final = 5.0
"""Spans that leaving a person outside costs here: enough for a guess, and kinder to its prices than the real cost."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Prices to begin with, and pairs of household and site that are likely to be needed."""

    prices: Floats
    accessible_prices: Floats
    household: Ints
    site: Ints


def guess(made: Instance, prices: Floats, scarce: Floats, seed: int) -> Guess:
    """Solve the coarse problem; begins with prices of an even coarser one."""
    bunches = _bunches(made)
    if not made.s or len(bunches) == made.n:
        none = np.zeros(0, np.int64)
        return Guess(prices, scarce, none, none)
    order = np.concatenate(bunches)
    starts = np.cumsum([0, *(len(bunch) for bunch in bunches)])[:-1]
    rows = _sums(made, order, starts)
    demand = Demand(
        size=np.add.reduceat(made.size[order], starts),
        needs=np.add.reduceat(made.needs[order], starts),
        unplaced=np.add.reduceat(np.minimum(made.unplaced, made.size * made.span * FAR)[order], starts),
        rows=lambda at: np.asarray(rows[at]),
        room=made.room,
        accessible=made.accessible,
        unit=made.span,
    )
    relaxed = Relaxation(demand, seed).solve(prices, scarce)
    many = np.array([len(bunches[item]) for item in relaxed.item], np.int64)
    household = np.concatenate([np.zeros(0, np.int64), *(bunches[item] for item in relaxed.item)])
    return Guess(relaxed.prices, relaxed.accessible_prices, household, np.repeat(relaxed.site, many))


def _bunches(made: Instance) -> list[Ints]:
    """Households of one community, one use and one kind of need, halved at the middle until a bunch is small."""
    alike: dict[tuple[int, int, bool, int], list[int]] = {}
    for one in range(made.n):
        key = (int(made.origin_of[one]), made.use_number(one), bool(made.needs[one]), int(made.now[one]))
        alike.setdefault(key, []).append(one)
    waiting = [np.array(some, np.int64) for some in alike.values()]
    found = []
    while waiting:
        some = waiting.pop()
        if len(some) <= BUNCH:
            found.append(some)
            continue
        points = made.points(some)
        axis = int(np.ptp(points, axis=0).argmax())
        some = some[np.argsort(points[:, axis], kind="stable")]
        waiting += [some[: len(some) // 2], some[len(some) // 2 :]]
    return found


def _sums(made: Instance, order: Ints, starts: Ints) -> Floats:
    """The cost of each bunch at each site; inf where one of it may not be."""
    rows = np.zeros((len(starts), made.s))
    bunch_of = np.repeat(np.arange(len(starts)), np.diff(starts, append=len(order)))
    for at in range(0, len(order), BLOCK):
        part, bunch = made.tilted_rows(order[at : at + BLOCK]), bunch_of[at : at + BLOCK]
        first = np.flatnonzero(np.diff(bunch, prepend=-1))
        rows[bunch[first]] += np.add.reduceat(part, first, axis=0)
    return rows
