"""`solve`: from a problem to a plan with its proof, and what each wish and each rule cost."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from cobijo.algorithms.allocation.coarse import guess
from cobijo.algorithms.allocation.exact import solve_small
from cobijo.algorithms.allocation.homes import find_homes
from cobijo.algorithms.allocation.instance import BLOCK, Floats, Instance, Ints
from cobijo.algorithms.allocation.reasons import unplaced
from cobijo.algorithms.allocation.relaxation import Demand, Relaxation, Relaxed
from cobijo.algorithms.allocation.rounding import place
from cobijo.algorithms.allocation.types import Move, Plan, Problem, Use

_FUZZ: Final = 1e-9
"""Sums of some ten thousand floats differ by so much of themselves."""
WISHES: Final = ("distance", "apart", "kin", "move", "emptying")


def solve(problem: Problem, *, seed: int = 0, seconds: float = 5.0) -> Plan:
    """Place households over sites. The same problem and seed give the same plan on any machine.

    ``seconds`` is how much effort is worth while, not a limit on the clock: a round of search for each.
    """
    made, relaxed = prepare(problem, seed)
    best = solve_small(made, seed)
    where = best.where if best else place(made, relaxed, max(1, int(seconds)))
    terms = _terms(made, where)
    cost = sum(terms.values())
    bound = max(relaxed.bound - made.most_tilt, best.bound if best else 0.0, 0.0)
    if bound > cost + _FUZZ * max(1.0, made.n * made.span):
        raise ArithmeticError(f"a plan costs {cost}, less than the proven {bound}")
    bound = min(bound, cost)
    gap = (cost - bound) / cost if cost > 0 else 0.0
    return Plan(
        placements=_placements(made, where),
        unplaced=unplaced(made, where),
        strained=made.strained,
        moves=_moves(made, where),
        cost=cost,
        bound=bound,
        gap=gap,
        terms=terms,
        homes=made.homes,
        prices={
            site.id: (float(relaxed.prices[number]), float(relaxed.accessible_prices[number]))
            for number, site in enumerate(problem.sites)
        },
        proven_best=gap <= _FUZZ,
    )


def prepare(problem: Problem, seed: int) -> tuple[Instance, Relaxed]:
    """Return a problem as arrays with its homes, and its relaxation."""
    made = Instance(problem)
    homes, prices, scarce = find_homes(made, seed)
    made.set_homes(homes)
    begin = guess(made, prices, scarce, seed)
    likely = begin.household, begin.site
    return made, Relaxation(Demand.of(made), seed).solve(begin.prices, begin.accessible_prices, likely)


def what_rules_cost(problem: Problem, plan: Plan, *, seed: int = 0) -> Mapping[str, float]:
    """Return what dropping each wish or rule could save at most: the plan's cost less the bound without it.

    Wishes with the plan's homes; ``use`` lets everybody but children alone stay anywhere, ``accessible`` leaves needs
    aside, ``locked`` lets everybody be moved who has a place.
    """
    settled = replace(problem, homes=plan.homes)
    found = {}
    for wish in WISHES:
        if plan.terms.get(wish, 0.0) > 0:
            found[wish] = _bound(replace(settled, weights=replace(problem.weights, **{wish: 0.0})), seed)
    anywhere = [
        site if site.use is Use.UNACCOMPANIED_MINORS else replace(site, use=Use.ANYONE) for site in problem.sites
    ]
    found["use"] = _bound(replace(settled, sites=tuple(anywhere)), seed)
    able = [replace(one, needs_accessible=0) for one in problem.households]
    found["accessible"] = _bound(replace(settled, households=tuple(able)), seed)
    return {name: max(0.0, plan.cost - bound) for name, bound in found.items()}


def _bound(problem: Problem, seed: int) -> float:
    made, relaxed = prepare(problem, seed)
    return relaxed.bound - made.most_tilt


def _placements(made: Instance, where: Ints) -> dict[str, str]:
    """The site of each household, in the problem's order; those that stay as they are too."""
    sites = {one.id: int(where[number]) for number, one in enumerate(made.households)} | made.fixed
    return {
        one.id: made.problem.sites[sites[one.id]].id for one in made.problem.households if sites.get(one.id, -1) >= 0
    }


def _moves(made: Instance, where: Ints) -> tuple[Move, ...]:
    """Those who leave the site where they are."""
    return tuple(
        Move(one.id, one.now, made.problem.sites[where[number]].id)
        for number, one in enumerate(made.households)
        if one.now and where[number] >= 0 and made.problem.sites[where[number]].id != one.now
    )


def _terms(made: Instance, where: Ints) -> dict[str, float]:
    """The cost of a plan, term by term."""
    weights, placed = made.problem.weights, np.flatnonzero(where >= 0)
    site, persons = where[placed], made.size[placed].astype(float)
    is_away = np.zeros(len(placed), bool)
    some = made.origin_of[placed] >= 0
    is_away[some] = made.away[made.origin_of[placed[some]], site[some]]
    emptying = np.array([each.emptying for each in made.problem.sites], bool)
    is_moved = (made.now[placed] >= 0) & (made.now[placed] != site)
    return {
        "distance": float(_distances(made, placed, site) @ persons) * weights.distance,
        "apart": float(persons[is_away].sum()) * weights.apart * made.span,
        "kin": sum(made.kin_cost(group, where) for group in range(len(made.groups))),
        "move": float(persons[is_moved].sum()) * weights.move * made.span,
        "emptying": float(persons[emptying[site]].sum() if len(site) else 0.0) * weights.emptying * made.span,
        "unplaced": float(made.unplaced[where < 0].sum()),
    }


def _distances(made: Instance, placed: Ints, site: Ints) -> Floats:
    """The distance of each placed household to its site."""
    blocks = [
        made.distances(placed[at : at + BLOCK])[np.arange(len(placed[at : at + BLOCK])), site[at : at + BLOCK]]
        for at in range(0, len(placed), BLOCK)
    ]
    return np.concatenate([np.zeros(0), *blocks])
