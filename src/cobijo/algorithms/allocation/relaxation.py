"""The linear relaxation: households may be spread over sites in parts. HiGHS solves it; its prices prove a bound.

Columns are household-site pairs, and group-site pairs for kin that go as one. Only pairs that look cheap are given to
HiGHS; after each solution every pair there is gets priced, and those that would lower the cost are added, until there
is none. The bound does not lean on that: for any prices p, q >= 0 of a place and of an accessible place, a plan's cost
is at least what it is when everybody pays for their places, capacity is no limit, and the owner of all places pays
them back (weak duality):

    sum over households of min over sites of (cost + p size + q needs)  -  p room  -  q accessible room

with the cost of staying outside among the choices, and for kin the cheaper of going as one and of each alone. It is
reckoned here over all pairs, in double precision, whatever HiGHS said.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import highspy
import numpy as np

from cobijo.algorithms.allocation.instance import BLOCK, Bools, Floats, Instance, Ints
from cobijo.algorithms.allocation.solver import Solver

FIRST: Final = 6
"""Pairs of each household in the first round."""
FIRST_NEEDY: Final = 24
"""The same of those who need accessible places, which are few and far."""
MORE: Final = 5
"""Pairs of each household added in a later round."""
ROUNDS: Final = 40
LARGE: Final = 8_000
"""Households from which the first solution is found by the interior point, with crossover to a basis."""
_TOLERANCE: Final = 1e-7


@dataclass(frozen=True, slots=True)
class Demand:
    """What is to be placed: sizes, needs, the cost outside, and the cost at each site by rows; kin as further rows."""

    size: Ints
    needs: Ints
    unplaced: Floats
    rows: Callable[[Ints], Floats]
    room: Ints
    accessible: Ints
    unit: float
    groups: list[Ints] = field(default_factory=list)
    group_rows: Floats = field(default_factory=lambda: np.zeros((0, 0)))

    @classmethod
    def of(cls, made: Instance) -> "Demand":
        """The demand of a problem."""
        rows, groups = made.group_rows(), made.groups
        return cls(
            made.size,
            made.needs,
            made.left_out(),
            made.tilted_rows,
            made.room,
            made.accessible,
            made.span,
            groups,
            rows,
        )


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Where the relaxation puts whom, in parts, and the prices of a place and of an accessible place.

    ``item``: a household, or with the households' number added a group of kin.
    """

    item: Ints
    site: Ints
    part: Floats
    prices: Floats
    accessible_prices: Floats
    bound: float


class Relaxation:
    """One linear programme that grows columns."""

    def __init__(self, demand: Demand, seed: int) -> None:
        self.demand = demand
        self.n, self.s, self.g = len(demand.size), len(demand.room), len(demand.groups)
        self._members = [np.array([one]) for one in range(self.n)] + demand.groups if demand.groups else []
        self._items, self._sites = np.zeros(0, np.int64), np.zeros(0, np.int64)
        self._has = np.zeros((self.n + self.g, self.s), bool)
        self._solver = Solver(seed)
        self._is_warm = False
        self._start()

    def solve(self, prices: Floats, accessible_prices: Floats, likely: tuple[Ints, Ints] | None = None) -> Relaxed:
        """Solve to the end, the first pairs chosen by a guess of the prices, with those that are likely needed."""
        best, parts = -np.inf, np.zeros(0)
        duals = np.full(self.n + self.g, np.inf)
        for round_ in range(ROUNDS):
            bound, new = self._price(prices, accessible_prices, duals, is_first=round_ == 0)
            best = max(best, bound)
            if round_ == 0 and likely is not None:
                new[likely] = np.isfinite(self._costs(*likely))
            if not new.any():
                break
            self._add(new)
            parts, duals, prices, accessible_prices = self._run()
        some = np.flatnonzero(parts > _TOLERANCE)
        return Relaxed(self._items[some], self._sites[some], parts[some], prices, accessible_prices, best)

    def _start(self) -> None:
        """An empty programme: a row for each household, each site's places and accessible places; a column outside."""
        demand, lp = self.demand, highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.n, self.n + 2 * self.s
        lp.col_cost_ = demand.unplaced / demand.unit
        lp.col_lower_, lp.col_upper_ = np.zeros(self.n), np.full(self.n, np.inf)
        lp.row_lower_ = np.concatenate([np.ones(self.n), np.full(2 * self.s, -np.inf)])
        lp.row_upper_ = np.concatenate([np.ones(self.n), demand.room, demand.accessible]).astype(float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.arange(self.n + 1, dtype=np.int32)
        lp.a_matrix_.index_, lp.a_matrix_.value_ = np.arange(self.n, dtype=np.int32), np.ones(self.n)
        self._solver.passModel(lp)

    def _add(self, new: Bools) -> None:
        """Give HiGHS further columns."""
        items, sites = np.nonzero(new)
        self._has |= new
        alone = items < self.n
        for those in (alone, ~alone):
            if those.any():
                self._add_columns(items[those], sites[those])

    def _add_columns(self, items: Ints, sites: Ints) -> None:
        demand = self.demand
        members = [self._members[item] for item in items] if items[0] >= self.n else None
        size, needs, costs = self._of(items, sites)
        many = np.array([len(each) for each in members]) if members else np.ones(len(items), np.int64)
        starts = np.concatenate([[0], np.cumsum(many + 1 + (needs > 0))])
        index, value = np.zeros(starts[-1], np.int32), np.ones(starts[-1])
        if members:
            for start, each in zip(starts, members, strict=False):
                index[start : start + len(each)] = each
        else:
            index[starts[:-1]] = items
        at = starts[:-1] + many
        index[at], value[at] = self.n + sites, size
        at, needy = at[needs > 0] + 1, needs > 0
        index[at], value[at] = self.n + self.s + sites[needy], needs[needy]
        count = len(items)
        self._solver.addCols(
            count, costs / demand.unit, np.zeros(count), np.full(count, np.inf), len(index),
            starts[:-1].astype(np.int32), index, value,
        )  # fmt: skip
        self._items, self._sites = np.concatenate([self._items, items]), np.concatenate([self._sites, sites])

    def _of(self, items: Ints, sites: Ints) -> tuple[Ints, Ints, Floats]:
        """Sizes, needs and costs of pairs, of households or of groups; a household's pairs stand together."""
        demand = self.demand
        if items[0] >= self.n:
            groups = items - self.n
            size = np.array([demand.size[demand.groups[group]].sum() for group in groups])
            needs = np.array([demand.needs[demand.groups[group]].sum() for group in groups])
            return size, needs, demand.group_rows[groups, sites]
        return demand.size[items], demand.needs[items], self._costs(items, sites)

    def _costs(self, items: Ints, sites: Ints) -> Floats:
        """The costs of pairs of households and sites."""
        costs = np.empty(len(items))
        order = np.argsort(items, kind="stable")
        for start in range(0, self.n, BLOCK):
            some = order[slice(*np.searchsorted(items[order], (start, start + BLOCK)))]
            if len(some):
                block = np.arange(start, min(start + BLOCK, self.n))
                costs[some] = self.demand.rows(block)[items[some] - start, sites[some]]
        return costs

    def _run(self) -> tuple[Floats, Floats, Floats, Floats]:
        """Parts of the pairs, duals of the items, prices; all in the unit of the costs."""
        # From nothing the interior point is faster where there is much; from the last basis the simplex always is.
        cold = self.n > LARGE and not self._is_warm
        self._solver.setOptionValue("solver", "ipm" if cold else "simplex")
        self._solver.run()
        self._is_warm = True
        status = self._solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS ended with {self._solver.modelStatusToString(status)}")
        found = self._solver.getSolution()
        rows = np.array(found.row_dual) * self.demand.unit
        alone = rows[: self.n]
        duals = np.concatenate([alone, [alone[members].sum() for members in self.demand.groups]])
        # What HiGHS left a hair on the wrong side is no price.
        prices = np.maximum(0.0, -rows[self.n :])
        return np.array(found.col_value)[self.n :], duals, prices[: self.s], prices[self.s :]

    def _price(self, prices: Floats, scarce: Floats, duals: Floats, *, is_first: bool) -> tuple[float, Bools]:
        """The bound that prices prove, and the pairs that would lower the cost, the best few of each item."""
        demand, new = self.demand, np.zeros((self.n + self.g, self.s), bool)
        least = np.empty(self.n)
        for start in range(0, self.n, BLOCK):
            at = np.arange(start, min(start + BLOCK, self.n))
            paid = demand.rows(at) + demand.size[at][:, None] * prices + demand.needs[at][:, None] * scarce
            least[at] = np.minimum(demand.unplaced[at], paid.min(axis=1)) if self.s else demand.unplaced[at]
            self._choose(new, at, paid, duals, is_first=is_first)
        total = least.sum() - prices @ demand.room - scarce @ demand.accessible
        for number, members in enumerate(demand.groups):
            paid = (
                demand.group_rows[number] + demand.size[members].sum() * prices + demand.needs[members].sum() * scarce
            )
            alone = least[members].sum()
            total += min(alone, paid.min(initial=np.inf)) - alone
            self._choose(new, np.array([self.n + number]), paid[None], duals, is_first=is_first)
        return float(total), new

    def _choose(self, new: Bools, items: Ints, paid: Floats, duals: Floats, *, is_first: bool) -> None:
        """Mark the pairs of some items to be added."""
        good = np.isfinite(paid) & ~self._has[items]
        if not is_first:
            good &= paid < duals[items][:, None] - _TOLERANCE * self.demand.unit
        worth = np.where(good, paid, np.inf)
        most = MORE
        if is_first:
            needy = items[0] >= self.n or (self.demand.needs[items] > 0).any()
            most = FIRST_NEEDY if needy else FIRST
        if most < self.s:
            few = np.argpartition(worth, most, axis=1)[:, :most]
            kept = np.zeros(worth.shape, bool)
            kept[np.arange(len(items))[:, None], few] = True
            if is_first and items[0] < self.n:
                plain = self.demand.needs[items] == 0
                kept[plain] &= worth[plain] <= np.partition(worth[plain], FIRST - 1, axis=1)[:, FIRST - 1 : FIRST]
            good &= kept
        new[items] = good
