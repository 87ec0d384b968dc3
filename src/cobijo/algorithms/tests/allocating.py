"""Small problems made by hypothesis, and an oracle that reckons what plans cost and tries every one of them."""

from dataclasses import replace
from itertools import product
from math import dist, inf

from hypothesis import strategies as st

from cobijo.algorithms.allocation import Flag, Household, Plan, Problem, Site, Use
from cobijo.algorithms.allocation.weights import TURNS

Places = dict[str, str | None]


@st.composite
def household(draw: st.DrawFn, number: int, sites: list[str]) -> Household:
    size = draw(st.integers(1, 7))
    children = draw(st.integers(0, size))
    men = draw(st.integers(0, size - children))
    known = draw(st.booleans())
    at = draw(st.one_of(st.none(), st.tuples(st.integers(0, 9), st.integers(0, 9))))
    now = draw(st.one_of(st.none(), st.sampled_from(sites)))
    return Household(
        id=f"h{number}",
        size=size,
        women=size - children - men if known else None,
        men=men if known else None,
        children=children if known else None,
        needs_accessible=draw(st.integers(0, min(2, size))) if draw(st.booleans()) else 0,
        flags=frozenset(draw(st.sets(st.sampled_from(Flag), max_size=1))),
        origin=draw(st.sampled_from(["", "north", "south"])),
        x=float(at[0]) if at else None,
        y=float(at[1]) if at else None,
        now=now,
        locked=draw(st.booleans()) if now else False,
    )


@st.composite
def problems(draw: st.DrawFn, households: int = 5, sites: int = 3) -> Problem:
    """Whatever may be asked: rules, needs, no coordinates, full sites, people there already, named kin in pairs."""
    names = [f"s{number}" for number in range(draw(st.integers(1, sites)))]
    some = [draw(household(number, names)) for number in range(draw(st.integers(1, households)))]
    if len(some) > 1 and draw(st.booleans()):
        some[0] = replace(some[0], kin=(some[1].id, "nobody"))
    capacity = draw(st.sampled_from([2, 6, 12]))
    return Problem(
        tuple(some),
        tuple(
            Site(
                name,
                draw(st.integers(0, capacity)),
                draw(st.integers(0, 3)),
                draw(st.sampled_from([Use.ANYONE, Use.ANYONE, *Use])),
                float(draw(st.integers(0, 9))),
                float(draw(st.integers(0, 9))),
                area=draw(st.sampled_from([None, 14.0])),
                least_area=draw(st.sampled_from([None, 3.5])),
                emptying=draw(st.booleans()),
            )
            for name in names
        ),
        may_move=draw(st.booleans()),
    )


def fits(one: Household, site: Site) -> bool:
    """The rules of use in other words than the program's."""
    alone = Flag.UNACCOMPANIED in one.flags or one.children == one.size
    if alone or site.use is Use.UNACCOMPANIED_MINORS:
        return alone and site.use is Use.UNACCOMPANIED_MINORS
    if site.use is Use.WOMEN_CHILDREN:
        return one.men == 0
    if site.use is Use.FAMILIES:
        return one.size >= 2
    if site.use is Use.MEN:
        return one.men == one.size
    return site.use is Use.ANYONE or Flag.MEDICAL in one.flags


def stays(problem: Problem, one: Household) -> bool:
    return one.now in {site.id for site in problem.sites} and (one.locked or not problem.may_move)


def is_allowed(problem: Problem, places: Places) -> bool:
    """Nothing over capacity or against a rule, beside what those who stay have broken already."""
    for site in problem.sites:
        here = [one for one in problem.households if places[one.id] == site.id]
        new = [one for one in here if not stays(problem, one)]
        if not new:
            continue
        most = site.capacity if site.area is None or site.least_area is None else min(site.capacity, 4)
        if sum(one.size for one in here) > most or not all(fits(one, site) for one in new):
            return False
        if (
            any(one.needs_accessible for one in new)
            and sum(one.needs_accessible for one in here) > site.accessible_places
        ):
            return False
    return True


def least_cost(problem: Problem, plan: Plan) -> float:
    """The cost of the best of all plans there are, with the homes of this one."""
    free = [one for one in problem.households if not stays(problem, one)]
    fixed: Places = {one.id: one.now for one in problem.households if stays(problem, one)}
    names = [None, *(site.id for site in problem.sites)]
    best = inf
    for choice in product(names, repeat=len(free)):
        places: Places = fixed | dict(zip((one.id for one in free), choice, strict=True))
        if is_allowed(problem, places):
            best = min(best, cost_of(problem, plan, places))
    return best


def cost_of(problem: Problem, plan: Plan, places: Places) -> float:
    """What a plan costs, reckoned plainly."""
    sites, weights = {site.id: site for site in problem.sites}, problem.weights
    free = [one for one in problem.households if not stays(problem, one)]
    span = span_of(free, problem.sites)
    total = 0.0
    for one in free:
        name = places[one.id]
        if name is None:
            total += one.size * weights.unplaced * span * turn(one, one.now in sites)
            continue
        site = sites[name]
        total += one.size * weights.distance * distance(one, site)
        if one.origin in plan.homes and name not in plan.homes[one.origin]:
            total += one.size * weights.apart * span
        total += one.size * weights.emptying * span * site.emptying
        total += one.size * weights.move * span * (one.now in sites and one.now != name)
    return total + weights.kin * span * is_kin_apart(problem, places)


def is_kin_apart(problem: Problem, places: Places) -> bool:
    """Of the one pair of kin there may be: whether they are not together, as far as that is decided here."""
    pairs = [(one, other) for one in problem.households for other in problem.households if other.id in one.kin]
    free = [one for pair in pairs for one in pair if not stays(problem, one)]
    if not free:
        return False
    one, other = (places[each.id] for each in pairs[0])
    if len(free) == 2:
        return one is None or one != other
    return places[free[0].id] is not None and one != other


def span_of(free: list[Household], sites: tuple[Site, ...]) -> float:
    found = [distance(one, site) for one in free if one.x is not None for site in sites]
    return (sum(found) / len(found) if found else 0.0) or 1.0


def distance(one: Household, site: Site) -> float:
    if one.x is None or one.y is None or site.x is None or site.y is None:
        return 0.0
    return dist((one.x, one.y), (site.x, site.y))


def turn(one: Household, placed: bool) -> float:
    points = 1.0
    points += TURNS["placed"] * placed
    points += TURNS["unaccompanied"] * (Flag.UNACCOMPANIED in one.flags or one.children == one.size)
    points += TURNS["medical"] * (Flag.MEDICAL in one.flags) + TURNS["accessible"] * (one.needs_accessible > 0)
    points += TURNS["infant"] * (Flag.INFANT in one.flags) + TURNS["women_headed"] * (Flag.WOMEN_HEADED in one.flags)
    return points + TURNS["large"] * (one.size >= 7)
