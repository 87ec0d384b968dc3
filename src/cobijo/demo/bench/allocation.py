"""``cobijo bench allocation``: households placed over sites, beside a greedy placing and the proven bound.

The instances are made here: communities of very different size, households of 1 to 14 around them, a few who need
accessible places, sites of very different size near and far, some of them for women and children, for families, for
children alone. Capacity is what leaves the sites as full as asked. One seed gives one instance.
"""

import time
from collections.abc import Sequence
from random import Random
from typing import Any, Final

import numpy as np

from cobijo.algorithms.allocation import Household, Plan, Problem, Site, Use, solve
from cobijo.algorithms.allocation.instance import Instance
from cobijo.demo.bench.report import machine

BARS: Final = (85.0, 94.0, 99.0)
SIZES: Final = (9, 14, 17, 20, 16, 10, 6, 3, 2, 1, 1, 0.5, 0.3, 0.2)
"""Households of 1, 2, 3 … 14, in hundredths."""
NEEDY: Final = 0.05
"""Households with somebody who needs an accessible place."""
WIDE: Final = 100.0
"""Kilometres that the country is wide and long."""
ALONE: Final = 0.004
"""Households that are children alone."""


def make(households: int, sites: int, full: float, seed: int) -> Problem:
    """Return an instance; ``full``: persons among a hundred places."""
    random = Random(seed)  # noqa: S311 - made people need no secret
    towns = [(random.uniform(0, WIDE), random.uniform(0, WIDE)) for _ in range(max(2, sites * 2 // 3))]
    weights = [random.paretovariate(1.2) for _ in towns]
    some = [_household(random, number, towns, weights) for number in range(households)]
    return Problem(tuple(some), tuple(_sites(random, some, sites, towns, full)))


def run(households: int, sites: int, fulls: Sequence[float], seed: int) -> dict[str, Any]:
    """Measure: the plan, the bound, a greedy placing, and the processor's time of the plan, for each fullness."""
    return {
        "benchmark": "allocation",
        "households": households,
        "sites": sites,
        "seed": seed,
        "machine": machine(),
        "rows": [_measured(make(households, sites, full, seed), full) for full in fulls],
    }


def as_text(found: dict[str, Any]) -> str:
    """The figures as a table."""
    lines = [
        f"{found['households']:,} households into {found['sites']:,} sites, seed {found['seed']}",
        f"{'full %':>7}{'CPU s':>8}{'gap %':>8}{'outside':>9}{'cost':>14}{'bound':>14}{'greedy %':>10}{'outside':>9}",
    ]
    for row in found["rows"]:
        plan = f"{row['full']:>7g}{row['cpu_seconds']:>8.2f}{100 * row['gap']:>8.3f}{row['unplaced']:>9}"
        greedy = f"{100 * row['greedy']['above_bound']:>10.1f}{row['greedy']['unplaced']:>9}"
        lines.append(f"{plan}{row['cost']:>14,.0f}{row['bound']:>14,.0f}{greedy}")
    return "\n".join(lines)


def _household(random: Random, number: int, towns: Sequence[tuple[float, float]], weights: list[float]) -> Household:
    town = random.choices(range(len(towns)), weights)[0]
    size = random.choices(range(1, 15), SIZES)[0]
    children = size if random.random() < ALONE else sum(random.random() < 0.45 for _ in range(size - 1))
    women = sum(random.random() < 0.55 for _ in range(size - children))
    return Household(
        id=f"H{number + 1:05}",
        size=size,
        women=women,
        men=size - children - women,
        children=children,
        needs_accessible=int(random.random() < NEEDY) and random.randint(1, min(2, size)),
        origin=f"community {town + 1}",
        x=random.gauss(towns[town][0], 3.0),
        y=random.gauss(towns[town][1], 3.0),
    )


def _sites(
    random: Random, households: Sequence[Household], count: int, towns: Sequence[tuple[float, float]], full: float
) -> list[Site]:
    persons = sum(one.size for one in households)
    alone = sum(one.size for one in households if one.children == one.size)
    uses = [Use.ANYONE] * count
    for number in range(1, count):  # the first one stays for children alone, the others by chance
        uses[number] = random.choices((Use.ANYONE, Use.WOMEN_CHILDREN, Use.FAMILIES), (88, 4, 8))[0]
    uses[0] = Use.UNACCOMPANIED_MINORS
    weights = [random.lognormvariate(0, 0.6) for _ in range(count)]
    places = round((persons - alone) * 100 / full)
    capacities = _shares(places, weights[1:])
    needy = sum(one.needs_accessible for one in households)
    accessible = _shares(round(needy * 1.2), capacities)
    rooms = [(alone + 14, alone + 14), *zip(capacities, accessible, strict=True)]
    return [
        Site(f"S{number + 1:03}", room, min(room, able), use, *_near(random, towns))
        for number, ((room, able), use) in enumerate(zip(rooms, uses, strict=True))
    ]


def _shares(total: int, weights: Sequence[float]) -> list[int]:
    """A total in whole shares by weight."""
    cuts = np.floor(np.cumsum(weights) / sum(weights) * total + 0.5).astype(int)
    return [int(share) for share in np.diff(cuts, prepend=0)]


def _near(random: Random, towns: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Most sites stand near a town, some anywhere."""
    if random.random() < 0.3:
        return random.uniform(0, WIDE), random.uniform(0, WIDE)
    x, y = random.choice(towns)
    return random.gauss(x, 6.0), random.gauss(y, 6.0)


def _measured(problem: Problem, full: float) -> dict[str, Any]:
    began, spent = time.monotonic(), time.process_time()
    plan = solve(problem)
    seconds, cpu = time.monotonic() - began, time.process_time() - spent
    return {
        "full": full,
        "cpu_seconds": round(cpu, 3),
        "seconds": round(seconds, 3),
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": plan.gap,
        "unplaced": len(plan.unplaced),
        "terms": dict(plan.terms),
        "greedy": _greedy(problem, plan),
    }


def _greedy(problem: Problem, plan: Plan) -> dict[str, Any]:
    """Each household in the order of the list to the site that costs least and has room, by the same costs."""
    made = Instance(problem)
    made.set_homes(plan.homes)
    free, accessible, cost, outside = made.room.copy(), made.accessible.copy(), 0.0, 0
    for one in range(made.n):
        row = made.rows(np.array([one]))[0]
        row[(free < made.size[one]) | (accessible < made.needs[one])] = np.inf
        site = int(row.argmin())
        if not np.isfinite(row[site]):
            outside += 1
            continue
        free[site] -= made.size[one]
        accessible[site] -= made.needs[one]
        cost += float(row[site])
    least = plan.bound - plan.terms["unplaced"]  # both without what it costs to leave somebody outside
    return {"cost": cost, "unplaced": outside, "above_bound": cost / least - 1 if least > 0 else 0.0}
