"""Why somebody has no place, and what would help: codes and numbers that a page words."""

from collections.abc import Sequence

import numpy as np

from cobijo.algorithms.allocation import rules
from cobijo.algorithms.allocation.instance import Bools, Instance, Ints
from cobijo.algorithms.allocation.types import Help, Helps, Unplaced, Use, Why


def unplaced(made: Instance, where: Ints) -> tuple[Unplaced, ...]:
    """Return those without a place, whoever's turn came first on top."""
    outside = np.flatnonzero(where < 0)
    free, accessible = left(made, where)
    order = sorted(outside.tolist(), key=lambda one: (-made.unplaced[one] / made.size[one], one))
    short = int(made.size[outside].sum())
    return tuple(_explained(made, one, free, accessible, short) for one in order)


def left(made: Instance, where: Ints) -> tuple[Ints, Ints]:
    """Return the places, and the accessible places, that a plan leaves free."""
    free, accessible = made.room.copy(), made.accessible.copy()
    placed = np.flatnonzero(where >= 0)
    np.subtract.at(free, where[placed], made.size[placed])
    np.subtract.at(accessible, where[placed], made.needs[placed])
    return free, accessible


def _explained(made: Instance, one: int, free: Ints, accessible: Ints, short: int) -> Unplaced:
    household = made.households[one]
    by_use = made.by_use(one) & (made.room > 0)
    why, number = _why(made, one, by_use, free, accessible, short)
    helps = _helps(made, one, by_use, free, accessible)
    if why in (Why.NO_PLACES_LEFT, Why.LARGER_THAN_ANY_ROOM):
        helps = [*helps, Help(Helps.MORE_PLACES, numbers=(_places_short(household.size, by_use, free),))]
    return Unplaced(household.id, household.size, why, number, tuple(helps))


def _why(made: Instance, one: int, by_use: Bools, free: Ints, accessible: Ints, short: int) -> tuple[Why, int]:
    size, needs = int(made.size[one]), int(made.needs[one])
    if not by_use.any():
        return Why.NO_SITE_OF_USE, 0
    if needs and not (by_use & (made.accessible >= needs)).any():
        return Why.NO_ACCESSIBLE_PLACE, needs - int(made.accessible[by_use].max())
    reachable = by_use & (made.accessible >= needs)
    if not (reachable & (made.room >= size)).any():
        return Why.LARGER_THAN_ANY_ROOM, int(made.room[reachable].max())
    if needs and not (reachable & (accessible >= needs)).any():
        return Why.NO_ACCESSIBLE_PLACE, needs - int(accessible[reachable].max())
    able = reachable & (accessible >= needs)
    if int(free[able].sum()) >= size:
        return Why.LARGER_THAN_ANY_ROOM, int(free[able].max())
    return Why.NO_PLACES_LEFT, max(1, short - int(free[by_use].sum()))


def _helps(made: Instance, one: int, by_use: Bools, free: Ints, accessible: Ints) -> list[Help]:
    """What would give a household a place with what is free now; the mildest first."""
    size, needs = int(made.size[one]), int(made.needs[one])
    near = made.bare_rows(np.array([one]))[0]
    near = np.where(np.isfinite(near), near, made.distances(np.array([one]))[0] * size)
    able, roomy = accessible >= needs, free >= size
    helps = []
    parts = _split(size, free[by_use & able]) if needs == 0 else ()
    if parts:
        helps.append(Help(Helps.SPLIT, numbers=parts))
    minors = rules.is_unaccompanied(made.households[one])
    for rule, sites in (
        (Helps.OVERRIDE_ACCESSIBLE, by_use & roomy & ~able),
        # Children alone are never offered a place among unrelated adults.
        (Helps.OVERRIDE_USE, ~by_use & roomy & able & (not minors)),
        (Helps.OVERRIDE_CAPACITY, by_use & able & ~roomy),
    ):
        if sites.any():
            at = int(np.where(sites, near, np.inf).argmin())
            if rule is Helps.OVERRIDE_CAPACITY:
                over = np.where(sites, free, -size - 1)
                at = int(over.argmax())
            number = {Helps.OVERRIDE_CAPACITY: size - int(free[at]), Helps.OVERRIDE_ACCESSIBLE: needs}.get(rule)
            site = made.problem.sites[at]
            helps.append(Help(rule, site.id, () if number is None else (number,), site.use))
    if not by_use.any():
        helps.append(Help(Helps.SITE_OF_USE, numbers=(size,), use=Use.UNACCOMPANIED_MINORS if minors else Use.ANYONE))
    if needs and not (by_use & able).any():
        missing = needs - int(accessible[by_use].max(initial=0))
        helps.append(Help(Helps.MORE_ACCESSIBLE_PLACES, numbers=(missing,)))
    return helps


def _split(size: int, free: Sequence[int] | Ints) -> tuple[int, ...]:
    """The two parts, as even as the rooms allow, in which a household would find room; () where two are not enough."""
    rooms = sorted((int(each) for each in free if each > 0), reverse=True)[:2]
    if len(rooms) < 2 or sum(rooms) < size or size < 2:
        return ()
    smaller = min(size // 2, rooms[1])
    return (size - smaller, smaller) if size - smaller <= rooms[0] else ()


def _places_short(size: int, by_use: Bools, free: Ints) -> int:
    """Places that one of its sites lacks for it."""
    return max(1, size - int(free[by_use].max(initial=0)))
