"""Local search: exchanges between two sites, chains over several, rings of three, and room made for those outside.

Every step is taken because it lowers the cost, or places somebody; steps are counted, never timed, so the same problem
gives the same plan on any machine.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from cobijo.algorithms.allocation.exchange import Choices, Exchanges
from cobijo.algorithms.allocation.instance import OUTSIDE, Bools, Floats, Ints
from cobijo.algorithms.allocation.items import Items

DEEP: Final = 4
"""Sites that a chain goes through after its first."""
AMOUNTS: Final = range(1, 11)
"""Persons that flow along a chain or round a ring."""
TRIED: Final = 30
"""Chains that are looked at, the cheapest first, before an amount is given up."""
RINGS: Final = 400
ROOMS: Final = 600
"""Times that room is tried to be made at a site, in a whole search."""
ENDLESS: Final = 1 << 40
WORST: Final = 20
"""Items worst off that are looked at in a round."""
WORTH: Final = 2e-5
"""Share of the whole cost below which nobody is badly enough off for that."""
SITES_TRIED: Final = 12
"""Sites at which room is tried to be made for somebody outside."""
_LESS: Final = 1e-7


class Link(NamedTuple):
    """One exchange of a chain: the pair of sites and the state of its table."""

    pair: int
    state: int


class Chain(NamedTuple):
    """Exchanges that together send some persons from one site to another."""

    cost: float
    start: int
    end: int
    links: tuple[Link, ...]


class Search:
    """One search over items that have been put somewhere."""

    def __init__(self, items: Items) -> None:
        self.items = items
        self.choices: Choices = items.choices()
        # Outside is one more site, with room for all, as long as somebody is there.
        self._out = items.made.s
        if (items.where < 0).any():
            self.choices = self.choices.with_outside(self._out, items.unplaced)
        self._rooms_to_make = ROOMS
        self._cost_of = {
            (item, site): cost
            for item, site, cost in zip(
                self.choices.item.tolist(), self.choices.site.tolist(), self.choices.cost.tolist(), strict=True
            )
        }
        self.exchanges = Exchanges(self._neighbours(), items.size, items.needs, items.made.s + 1)
        self._less = _LESS * items.made.span

    def improve(self, rounds: int) -> None:
        """Search until nothing more is found, or so many rounds are over."""
        for _ in range(rounds):
            self.place_those_outside()
            found = self._exchange_all() + self._chains() + self._rings() + self._mend_worst()
            if not found:
                return
        self.place_those_outside()

    def place_those_outside(self) -> None:
        """Make room for those without a place, by turn; if there is none, in the place of a later turn."""
        items = self.items
        waiting = [int(item) for item in np.flatnonzero(items.where < 0)]
        given_up: set[int] = set()
        while waiting:
            waiting.sort(key=lambda item: (-items.unplaced[item] / items.size[item], -items.size[item], item))
            item = waiting.pop(0)
            if self._place(item):
                continue
            put_out = self._put_out_for(item)
            if put_out is None:
                given_up.add(item)
            elif put_out not in given_up:
                waiting.append(put_out)

    # --- exchanges, chains, rings ------------------------------------------------------------------------------------

    def _exchange_all(self) -> int:
        total = 0
        while found := self._exchange():
            total += found
        return total

    def _exchange(self) -> int:
        """The best exchanges of pairs that have no site in common; returns how many were made."""
        self._refresh()
        costs, states = self.exchanges.best(*self._free())
        used = np.zeros(self._out + 1, bool)
        found = 0
        for pair in np.argsort(costs, kind="stable"):
            if costs[pair] > -self._less:
                break
            low, high = self.exchanges.pairs[pair]
            if not (used[low] or used[high]):
                self._cross(int(pair), self.exchanges.who(int(pair), int(states[pair])))
                used[[low, high]] = True
                found += 1
        self.exchanges.touch(used)
        return found

    def _chains(self) -> int:
        """Chains of exchanges that end at a site with room and lower the cost."""
        found = 0
        start = np.zeros(self._out + 1)
        for amount in AMOUNTS:
            while any(chain.cost < -self._less and self._follow([chain]) for chain in self._ways(amount, 0, start)):
                found += 1
        return found

    def _rings(self) -> int:
        """Exchanges round three sites that lower the cost: the same amount flows on at each."""
        found = 0
        for amount in AMOUNTS:
            self._refresh()
            used: set[int] = set()
            for ring in self._rings_of(amount):
                sites = {ring.start, ring.end, *(int(site) for site in self.exchanges.pairs[ring.links[0].pair])}
                if len(sites) == 3 and not sites & used and self._follow([ring]):
                    used |= sites
                    found += 1
        return found

    def _mend_worst(self) -> int:
        """Take those worst off to the site that would suit them, with room made there, where that lowers the cost."""
        items = self.items
        least = np.full(len(items.size), np.inf)
        inside = self.choices.site < self._out
        np.minimum.at(least, self.choices.item[inside], self.choices.paid[inside])
        worse = np.where(items.where >= 0, self._paid_now() - least, 0.0)
        found, least_worth = 0, max(self._less, WORTH * items.total())
        for item in np.argsort(-worse, kind="stable")[:WORST]:
            if worse[item] > least_worth and items.where[item] >= 0:
                found += self._is_mended(int(item))
        return found

    def _is_mended(self, item: int) -> bool:
        items, before = self.items, (self.items.where.copy(), self.items.cost.copy())
        total, row = items.total(), items.row(item)
        site = int((row + items.worth(item)).argmin())
        items.put(item, OUTSIDE, 0.0)
        self._touch({int(before[0][item])})
        if site != before[0][item] and self._make_room(item, site):
            self._put(item, site, row)
            if items.total() < total - self._less:
                return True
        self._restore(*before)
        return False

    def _rings_of(self, amount: int) -> list[Chain]:
        """The rings of an amount, the cheapest first."""
        count = self._out + 1
        source, target, costs, pair, state = self.exchanges.flows(amount, 0)
        order = np.argsort(source, kind="stable")
        source, target, costs, pair, state = source[order], target[order], costs[order], pair[order], state[order]
        first_of = np.searchsorted(source, np.arange(count + 1))
        back = np.full((count, count), np.inf)
        number = np.full((count, count), -1)
        back[source, target], number[source, target] = costs, np.arange(len(source))
        many = (first_of[1:] - first_of[:-1])[target]
        one = np.repeat(np.arange(len(source)), many)
        two = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many) + first_of[target[one]]
        total = costs[one] + costs[two] + back[target[two], source[one]]
        good = np.flatnonzero(total < -self._less)
        good = good[np.argsort(total[good], kind="stable")][:RINGS]
        rings = []
        for at in good:
            arcs = (one[at], two[at], number[target[two[at]], source[one[at]]])
            links = tuple(Link(int(pair[arc]), int(state[arc])) for arc in arcs)
            rings.append(Chain(float(total[at]), int(source[one[at]]), int(target[two[at]]), links))
        return rings

    def _ways(self, amount: int, needy: int, start: Floats) -> Iterator[Chain]:
        """The cheapest chains that send so many from a site, whose start costs something, to one with room for them."""
        self._refresh()
        source, target, costs, pair, state = self.exchanges.flows(amount, needy)
        if not np.isfinite(start[self._out]):  # room is made at a site, and not by putting somebody out
            inside = (source != self._out) & (target != self._out)
            source, target, costs = source[inside], target[inside], costs[inside]
            pair, state = pair[inside], state[inside]
        free, accessible = self._free()
        has_room = (free >= amount) & (accessible >= needy)
        reached, came_by = start, []
        ends: list[tuple[float, int, int]] = []
        for depth in range(1, DEEP + 1):
            so_far = reached[source] + costs
            order = np.lexsort((so_far, target))
            first = order[np.flatnonzero(np.diff(target[order], prepend=-1))]
            reached, by = np.full(len(start), np.inf), np.full(len(start), -1)
            reached[target[first]], by[target[first]] = so_far[first], first
            came_by.append(by)
            ends += [(float(reached[end]), depth, int(end)) for end in np.flatnonzero(has_room & np.isfinite(reached))]
        for cost, depth, end in sorted(ends)[:TRIED]:
            links, sites = [], [end]
            for by in reversed(came_by[:depth]):
                arc = by[sites[-1]]
                links.append(Link(int(pair[arc]), int(state[arc])))
                sites.append(int(source[arc]))
            if len(set(sites)) == len(sites):
                yield Chain(cost, sites[-1], end, tuple(links))

    def _follow(self, chains: list[Chain]) -> bool:
        """Make the exchanges of chains, if nobody would have to go two ways at once."""
        links = [link for chain in chains for link in chain.links]
        who = [self.exchanges.who(*link) for link in links]
        everybody = [item for some in who for item in some]
        if len(set(everybody)) < len(everybody):
            return False
        for link, some in zip(links, who, strict=True):
            self._cross(link.pair, some)
        self._touch({int(site) for link in links for site in self.exchanges.pairs[link.pair]})
        return True

    # --- those outside -----------------------------------------------------------------------------------------------

    def _place(self, item: int) -> bool:
        """Put an item where it costs least, making room by chains where there is none; False if that fails."""
        items = self.items
        row = items.row(item)
        here = np.where(items.fits(item), row, np.inf)
        if np.isfinite(here).any():
            self._put(item, int(here.argmin()), row)
            return True
        if items.free[np.isfinite(row)].sum() < items.size[item]:
            return False
        tried = np.argsort(row + items.worth(item), kind="stable")[:SITES_TRIED]
        for site in tried[np.isfinite(row[tried])]:
            if self._make_room(item, int(site)):
                self._put(item, int(site), row)
                return True
        return False

    def _make_room(self, item: int, site: int) -> bool:
        """Send persons away from a site until an item fits, the cheapest a head first; undone if it cannot be done."""
        items, before = self.items, (self.items.where.copy(), self.items.cost.copy())
        if not self._rooms_to_make:
            return False
        self._rooms_to_make -= 1
        start = np.full(self._out + 1, np.inf)
        start[site] = 0.0
        while not items.fits(item)[site]:
            short = int(max(0, items.size[item] - items.free[site]))
            needy = int(max(0, items.needs[item] - items.accessible[site]))
            if not self._send_away(start, short, needy):
                self._restore(*before)
                return False
        return True

    def _send_away(self, start: Floats, short: int, needy: int) -> bool:
        if needy:
            amounts = [(amount, some) for some in range(1, needy + 1) for amount in range(some, short + some + 1)]
        else:
            amounts = [(amount, 0) for amount in range(short, 0, -1)]
        best = [
            (chain.cost / (amount + some), amount, some, chain)
            for amount, some in amounts
            for chain in [next(self._ways(amount, some, start), None)]
            if chain is not None
        ]
        return any(self._follow([chain]) for _, _, _, chain in sorted(best))

    def _put_out_for(self, item: int) -> int | None:
        """Give an item the place of one whose turn counts less, if there is one; returns who is outside now."""
        items = self.items
        row = items.row(item)
        placed = np.flatnonzero(items.where >= 0)
        site = items.where[placed]
        room = (items.free[site] + items.size[placed] >= items.size[item]) & np.isfinite(row[site])
        room &= items.accessible[site] + items.needs[placed] >= items.needs[item]
        room &= items.unplaced[placed] < items.unplaced[item] * (1 - 1e-9)
        able = placed[room]
        if not len(able):
            return None
        worth = np.lexsort((able, row[items.where[able]] - items.cost[able], items.unplaced[able]))
        other = int(able[worth[0]])
        there = int(items.where[other])
        items.put(other, OUTSIDE, 0.0)
        self._cost_of[other, self._out] = float(items.unplaced[other])
        self._put(item, there, row)
        return other

    # --- books -------------------------------------------------------------------------------------------------------

    def _neighbours(self) -> Ints:
        """Pairs of sites between which an item may change, the lower number first."""
        source = np.where(self.items.where < 0, self._out, self.items.where)[self.choices.item]
        low, high = np.minimum(source, self.choices.site), np.maximum(source, self.choices.site)
        some, count = low != high, self._out + 1
        codes = np.unique(low[some] * count + high[some])
        return np.stack([codes // count, codes % count], axis=1)

    def _free(self) -> tuple[Ints, Ints]:
        """Places and accessible places that are free, at every site and outside."""
        return np.append(self.items.free, ENDLESS), np.append(self.items.accessible, ENDLESS)

    def _put(self, item: int, site: int, row: Floats) -> None:
        self._cost_of[item, site] = float(row[site])
        was = int(self.items.where[item])
        self.items.put(item, site, float(row[site]))
        self._touch({site, self._out if was < 0 else was})

    def _cross(self, pair: int, who: list[int]) -> None:
        """Each of some items goes to the other site of a pair."""
        low, high = (int(site) for site in self.exchanges.pairs[pair])
        for item in who:
            here = int(self.items.where[item])
            site = high if (self._out if here < 0 else here) == low else low
            self.items.put(item, OUTSIDE if site == self._out else site, self._cost_of[item, site])

    def _restore(self, where: Ints, cost: Floats) -> None:
        moved = np.flatnonzero(self.items.where != where)
        sites = {int(site) for site in self.items.where[moved]} | {int(site) for site in where[moved]}
        for item in moved:
            self.items.put(int(item), int(where[item]), float(cost[item]))
        self._touch({self._out if site < 0 else site for site in sites})

    def _touch(self, sites: set[int]) -> None:
        mask: Bools = np.zeros(self._out + 1, bool)
        mask[list(sites)] = True
        self.exchanges.touch(mask)

    def _refresh(self) -> None:
        items = self.items
        outside = items.where < 0
        where, cost = np.where(outside, self._out, items.where), np.where(outside, items.unplaced, items.cost)
        self.exchanges.refresh(where, self.choices, cost, np.where(outside, items.unplaced, self._paid_now()))

    def _paid_now(self) -> Floats:
        """What each item costs where it is, with the prices of its places."""
        items = self.items
        prices = np.append(items.prices, 0.0)[items.where]
        scarce = np.append(items.scarce, 0.0)[items.where]
        found: Floats = items.cost + items.size * prices + items.needs * scarce
        return found
