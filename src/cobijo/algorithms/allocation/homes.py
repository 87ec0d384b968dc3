"""Homes: the sites that each community of origin is to go to, so that neighbours stay neighbours.

Keeping people together is a wish about pairs, and bounds for such problems are loose. So it is decided first, for whole
communities, as a transport of people from communities to sites at the mean distance of their households. A basic
solution of that uses at most as many pairs as there are communities and sites: hardly any is split needlessly. Then a
person away from all homes of their community costs something, which is linear, and the relaxation stays tight.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np

from cobijo.algorithms.allocation.instance import Floats, Instance, Ints
from cobijo.algorithms.allocation.relaxation import Demand, Relaxation

COMPANY: Final = 5
"""A site is a home of a community when so many of its people are to go there or are there, or a fifth of them."""
SHARE: Final = 0.2
FAR: Final = 5.0
"""Spans for each person left out of the transport: farther than anybody goes; more would blur the prices."""

Homes = dict[str, tuple[str, ...]]


def find_homes(made: Instance, seed: int) -> tuple[Homes, Floats, Floats]:
    """Return the homes of each community of two households or more, and prices to begin the relaxation with."""
    nothing = np.zeros(made.s), np.zeros(made.s)
    origins: dict[str, list[int]] = {}
    for number, one in enumerate(made.households):
        if one.origin:
            origins.setdefault(one.origin, []).append(number)
    there = _there(made)
    origins = {name: some for name, some in origins.items() if len(some) > 1 or there.get(name)}
    if not origins or not made.s or not made.problem.weights.apart:
        return {}, *nothing
    persons, prices = _transport(made, origins, seed)
    homes = {name: _homes_of(made, persons[at], there.get(name, {})) for at, name in enumerate(origins)}
    return homes | {name: tuple(sites) for name, sites in made.problem.homes.items() if name in homes}, *prices


def _there(made: Instance) -> Mapping[str, Mapping[int, int]]:
    """Persons of each community already at each site."""
    found: dict[str, dict[int, int]] = {}
    for number, site in enumerate(made.problem.sites):
        for name, persons in site.origins.items():
            found.setdefault(name, {})[number] = persons
    for one in made.problem.households:
        if one.id in made.fixed and one.origin:
            sites = found.setdefault(one.origin, {})
            sites[made.fixed[one.id]] = sites.get(made.fixed[one.id], 0) + one.size
    return found


def _transport(made: Instance, origins: Mapping[str, list[int]], seed: int) -> tuple[Floats, tuple[Floats, Floats]]:
    """Persons of each community sent to each site, and the prices of places that go with it."""
    groups, community = _alike(made, origins)
    size = np.array([made.size[group].sum() for group in groups])
    costs = np.array([_mean_row(made, group) for group in groups])
    share = size.sum() / max(1, made.size.sum())  # the others need room too
    demand = Demand(
        size=size,
        needs=np.array([made.needs[group].sum() for group in groups]),
        unplaced=size * made.span * FAR,
        rows=lambda at: np.asarray(costs[at]),
        room=np.ceil(made.room * share).astype(np.int64),
        accessible=made.accessible,
        unit=made.span,
    )
    relaxed = Relaxation(demand, seed).solve(np.zeros(made.s), np.zeros(made.s))
    persons = np.zeros((len(origins), made.s))
    np.add.at(persons, (community[relaxed.item], relaxed.site), relaxed.part * size[relaxed.item])
    return persons, (relaxed.prices, relaxed.accessible_prices)


def _alike(made: Instance, origins: Mapping[str, list[int]]) -> tuple[list[Ints], Ints]:
    """The households of each community, parted by where they may be and by need; and the community of each part."""
    groups, community = [], []
    for number, some in enumerate(origins.values()):
        parts: dict[tuple[int, bool], list[int]] = {}
        for one in some:
            # Were those who need accessible places not apart, their whole community would have to go where some are.
            parts.setdefault((made.use_number(one), bool(made.needs[one])), []).append(one)
        groups += [np.array(part, np.int64) for part in parts.values()]
        community += [number] * len(parts)
    return groups, np.array(community, np.int64)


def _mean_row(made: Instance, group: Ints) -> Floats:
    """The distance of a part of a community to each site, person by person; inf where the use forbids it."""
    total: Floats = made.size[group] @ made.distances(group)
    return np.where(made.by_use(int(group[0])) & (made.room > 0), total, np.inf)


def _homes_of(made: Instance, persons: Floats, there: Mapping[int, int]) -> tuple[str, ...]:
    """The sites with enough of a community, or the one with most."""
    together = persons.copy()
    for number, some in there.items():
        together[number] += some
    enough = min(COMPANY, SHARE * together.sum())
    chosen = np.flatnonzero(together >= max(enough, 1e-6))
    if not len(chosen):
        chosen = np.array([int(together.argmax())])
    return tuple(made.problem.sites[number].id for number in chosen)
