"""A problem as arrays: what each household would cost at each site, and where it may not be.

Households that stay where they are (locked, or placed where nobody may be moved) are taken out and their places with
them. Costs are reckoned by rows when they are asked for, so that 30,000 households times 600 sites need no memory.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cobijo.algorithms.allocation import rules
from cobijo.algorithms.allocation.types import Household, Problem, Site, Strain, Strained, Use

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
BLOCK: Final = 2_048
"""Households whose costs are reckoned at a time."""
TILT: Final = 1e-6
"""Spans a person by which costs are tilted where nothing lies farther than anything else."""
OUTSIDE: Final = -1
"""Instead of a site: none."""


class Instance:
    """The households to be placed and the room that is left, as arrays; sites by their number in the problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.numbers = {site.id: number for number, site in enumerate(problem.sites)}
        self.fixed = {one.id: self.numbers[one.now or ""] for one in problem.households if self._stays(one)}
        self.households = [one for one in problem.households if one.id not in self.fixed]
        self.n, self.s = len(self.households), len(problem.sites)
        self.size = np.array([one.size for one in self.households], np.int64)
        self.needs = np.array([one.needs_accessible for one in self.households], np.int64)
        self.room = np.array([site.room for site in problem.sites], np.int64)
        self.accessible = np.array([site.accessible_room for site in problem.sites], np.int64)
        self.strained = tuple(self._take_fixed())
        self.now = np.array([self.numbers.get(one.now or "", OUTSIDE) for one in self.households], np.int64)
        self.uses, self._use_of = _uses(self.households, problem.sites)
        self._xy, self._sites_xy = _points(self.households), _points(problem.sites)
        mean = self._mean_distance()
        self.span = mean or 1.0
        self._tilt = 0.0 if mean else TILT
        self.unplaced = self._unplaced()
        self.groups, self.kin_there = self._kin()
        self.group_of = np.full(self.n, OUTSIDE, np.int64)
        for number, members in enumerate(self.groups):
            self.group_of[members] = number
        self.origin_of = np.full(self.n, OUTSIDE, np.int64)
        self.homes: dict[str, tuple[str, ...]] = {}
        self.away = np.zeros((0, self.s), bool)

    def set_homes(self, homes: Mapping[str, Sequence[str]]) -> None:
        """Say which sites are homes of which community; a community that is not named has none to be away from."""
        names = {name: number for number, name in enumerate(homes)}
        self.homes = {name: tuple(sites) for name, sites in homes.items()}
        self.origin_of = np.array([names.get(one.origin, OUTSIDE) for one in self.households], np.int64)
        self.away = np.ones((len(names), self.s), bool)
        for name, number in names.items():
            self.away[number, [self.numbers[site] for site in homes[name] if site in self.numbers]] = False

    def rows(self, at: Ints) -> Floats:
        """Return the cost of some households at each site, as if each had left its kin; inf where it may not be."""
        costs = self.bare_rows(at)
        for row in np.flatnonzero(self.group_of[at] >= 0):
            costs[row] += self.kin_alone(int(self.group_of[at[row]]))
        return costs

    def tilted_rows(self, at: Ints) -> Floats:
        """Return the same costs with ties broken where nothing has a distance: first come to the first sites.

        Without it every household would look to the same few sites, and the relaxation wander among equals.
        """
        return self.rows(at) + self.tilt(at)

    def tilt(self, at: Ints) -> Floats:
        """Return what is added for that; at most `most_tilt` for a whole plan."""
        if not self._tilt:
            return np.zeros((len(at), 1))
        turn = np.cumsum(self.size) / max(1, self.size.sum())
        filled = np.cumsum(self.room) / max(1, self.room.sum())
        away: Floats = np.abs(turn[at][:, None] - filled)
        return away * self.size[at][:, None] * self._tilt

    @property
    def most_tilt(self) -> float:
        """What the tilt can add to a plan's cost at most."""
        return float(self.size.sum()) * self._tilt

    def bare_rows(self, at: Ints) -> Floats:
        """Return the same without what kin cost."""
        weights, size = self.problem.weights, self.size[at].astype(float)[:, None]
        costs = self.distances(at) * (weights.distance * size)
        some = self.origin_of[at] >= 0
        costs[some] += self.away[self.origin_of[at[some]]] * (weights.apart * self.span * size[some])
        costs += np.array([site.emptying for site in self.problem.sites], bool) * (weights.emptying * self.span * size)
        moved = np.flatnonzero(self.now[at] >= 0)
        costs[moved] += weights.move * self.span * size[moved]
        costs[moved, self.now[at[moved]]] -= weights.move * self.span * size[moved, 0]
        costs[~self.allowed(at)] = np.inf
        return costs

    def allowed(self, at: Ints) -> Bools:
        """Return where each of some households may be: by use, and with all places as free as they can be."""
        fits: Bools = self.uses[self._use_of[at]]
        fits = fits & (self.size[at][:, None] <= self.room)
        return fits & (self.needs[at][:, None] <= self.accessible)

    def by_use(self, at: int) -> Bools:
        """Return at which sites the rule of use lets a household be."""
        fits: Bools = self.uses[self._use_of[at]]
        return fits

    def use_number(self, at: int) -> int:
        """Households with the same number may use the same sites."""
        return int(self._use_of[at])

    def points(self, at: Ints) -> Floats:
        """Return where some households are; the origin of the coordinates where nobody knows."""
        return np.nan_to_num(self._xy[at])

    def distances(self, at: Ints) -> Floats:
        """Return the distance to each site; nothing from a household nobody knows where, a span to such a site."""
        away = self._xy[at][:, None, :] - self._sites_xy[None]
        found: Floats = np.sqrt(np.einsum("hsd,hsd->hs", away, away))
        unknown = np.isnan(found)
        if unknown.any():
            found[unknown] = self.span if hasattr(self, "span") else np.nan
            found[np.isnan(self._xy[at, 0])] = 0.0
        return found

    def kin_alone(self, group: int) -> Floats:
        """Return what a member of a group of kin is charged at each site when the group does not go as one.

        Never more, over the members, than `kin_cost` says of where they are: the bound leans on that.
        """
        there, cost = self.kin_there[group], self.problem.weights.kin * self.span / len(self.groups[group])
        charged = np.full(self.s, cost if there or len(self.groups[group]) > 1 else 0.0)
        charged[there] = 0.0
        return charged

    def left_out(self) -> Floats:
        """Return what it costs to leave each household outside, with what is charged for leaving its kin."""
        found = self.unplaced.copy()
        for group, members in enumerate(self.groups):
            if not self.kin_there[group]:
                found[members] += self.problem.weights.kin * self.span / len(members)
        return found

    def kin_together(self, group: int) -> Floats:
        """Return what kin cost at each site when a group goes as one."""
        there = self.kin_there[group]
        charged = np.full(self.s, self.problem.weights.kin * self.span if there else 0.0)
        charged[there] = 0.0
        return charged

    def kin_cost(self, group: int, where: Ints) -> float:
        """Return what kin really cost: each further site that a group is spread over; outside is one more."""
        sites = {int(site) for site in where[self.groups[group]]}
        there = set(self.kin_there[group])
        further = len(sites - there - {OUTSIDE}) if there else max(len(sites) - 1, int(OUTSIDE in sites))
        return self.problem.weights.kin * self.span * further

    def group_rows(self) -> Floats:
        """Return what each group of kin would cost as one at each site; inf where one may not be or all do not fit."""
        found = np.full((len(self.groups), self.s), np.inf)
        for number, members in enumerate(self.groups):
            fits = (self.size[members].sum() <= self.room) & (self.needs[members].sum() <= self.accessible)
            costs = self.bare_rows(members).sum(axis=0) + self.kin_together(number)
            found[number] = np.where(fits, costs, np.inf)
        return found

    def _stays(self, household: Household) -> bool:
        return household.now in self.numbers and (household.locked or not self.problem.may_move)

    def _take_fixed(self) -> list[Strain]:
        """Take the places of those who stay as they are; returns what their staying breaks."""
        found = []
        for one in self.problem.households:
            if one.id in self.fixed:
                number = self.fixed[one.id]
                self.room[number] -= one.size
                self.accessible[number] -= one.needs_accessible
                if not rules.may_stay(one, self.problem.sites[number]):
                    found.append(Strain(Strained.USE, self.problem.sites[number].id, one.size, one.id))
        for rule, left in ((Strained.CAPACITY, self.room), (Strained.ACCESSIBLE, self.accessible)):
            over = np.flatnonzero(left < 0)
            found += [Strain(rule, self.problem.sites[number].id, int(-left[number])) for number in over]
            left[over] = 0
        return found

    def _mean_distance(self) -> float:
        """The mean distance from a household to a site, of those that have a place."""
        known = np.flatnonzero(~np.isnan(self._xy[:, 0]))
        if not len(known) or np.isnan(self._sites_xy[:, 0]).all():
            return 0.0
        blocks = [self.distances(known[at : at + BLOCK]) for at in range(0, len(known), BLOCK)]
        return float(sum(np.nansum(block) for block in blocks) / sum((~np.isnan(block)).sum() for block in blocks))

    def _unplaced(self) -> Floats:
        """What it costs to leave each household without a place."""
        points = [
            rules.points(one, is_placed=placed) for one, placed in zip(self.households, self.now >= 0, strict=True)
        ]
        return np.asarray(self.size * np.array(points) * (self.problem.weights.unplaced * self.span))

    def _kin(self) -> tuple[list[Ints], list[list[int]]]:
        """The groups that named kin make, and at which sites kin of each group are already."""
        if not self.problem.weights.kin:
            return [], []
        at = {one.id: number for number, one in enumerate(self.households)}
        root = list(range(self.n))
        for number, one in enumerate(self.households):
            for kin in one.kin:
                if kin in at:
                    root[_top(root, number)] = _top(root, at[kin])
        members: dict[int, list[int]] = {}
        for number in range(self.n):
            members.setdefault(_top(root, number), []).append(number)
        there = self._kin_already()
        found = [(some, sorted({site for one in some for site in there(one)})) for some in members.values()]
        found = [(some, sites) for some, sites in found if len(some) > 1 or sites]
        return [np.array(some, np.int64) for some, _ in found], [sites for _, sites in found]

    def _kin_already(self) -> Callable[[int], set[int]]:
        """Gives the sites where somebody is already whom a household names, or who names it."""
        there = dict(self.fixed)
        there.update((kin, number) for number, site in enumerate(self.problem.sites) for kin in site.kin)
        named_at: dict[str, set[int]] = {}
        for one in self.problem.households:
            if one.id in self.fixed:
                for kin in one.kin:
                    named_at.setdefault(kin, set()).add(self.fixed[one.id])

        def sites(number: int) -> set[int]:
            one = self.households[number]
            return {there[kin] for kin in one.kin if kin in there} | named_at.get(one.id, set())

        return sites


def _top(root: list[int], at: int) -> int:
    while root[at] != at:
        root[at] = root[root[at]]
        at = root[at]
    return at


def _points(things: Sequence[Household] | Sequence[Site]) -> Floats:
    rows = [(np.nan, np.nan) if thing.x is None or thing.y is None else (thing.x, thing.y) for thing in things]
    return np.array(rows, float).reshape(len(rows), 2)


def _uses(households: Sequence[Household], sites: Sequence[Site]) -> tuple[Bools, Ints]:
    """Households alike in what they may use share a row: the sites they may be at, and the row of each household."""
    kinds: dict[frozenset[Use], int] = {}
    row_of = np.array([kinds.setdefault(rules.admitted(one), len(kinds)) for one in households], np.int64)
    rows = [[site.use in admitted for site in sites] for admitted in kinds]
    return np.array(rows, bool).reshape(len(kinds), len(sites)), row_of
