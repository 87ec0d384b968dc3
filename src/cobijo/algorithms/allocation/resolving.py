"""Mending a plan: people gone or new, a site closed overnight, parts locked. Who can stays where the plan has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from cobijo.algorithms.allocation.rules import may_stay
from cobijo.algorithms.allocation.solving import solve
from cobijo.algorithms.allocation.types import Household, Plan, Problem, Site

STAYING: Final = 20.0
"""Spans that asking a person to move costs here: more than any wish, less than leaving somebody outside."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What has happened since a plan was made.

    ``gone``: ids of households; ``changed``: households that are new, or other than they were (the same id);
    ``closed``: ids of sites; ``sites``: new or changed sites; ``locked``: households that stay at a site come what may.
    """

    gone: frozenset[str] = frozenset()
    changed: tuple[Household, ...] = ()
    closed: frozenset[str] = frozenset()
    sites: tuple[Site, ...] = ()
    locked: Mapping[str, str] = field(default_factory=dict)


def resolve(
    problem: Problem, plan: Plan, changes: Changes, *, seed: int = 0, seconds: float = 5.0
) -> tuple[Problem, Plan]:
    """Return the problem as it is now and a plan for it that asks the fewest to go elsewhere.

    Its moves are those against the old plan. Who is locked where has to be open; a lock on a closed site is void.
    ValueError if a change names a household or a site that is not there.
    """
    sites = {site.id: site for site in problem.sites} | {site.id: site for site in changes.sites}
    _check(problem, changes, sites)
    sites = {name: site for name, site in sites.items() if name not in changes.closed}
    households = {one.id: one for one in problem.households} | {one.id: one for one in changes.changed}
    now = [
        _as_planned(one, plan.placements.get(one.id), changes.locked.get(one.id), sites)
        for one in households.values()
        if one.id not in changes.gone
    ]
    weights = replace(problem.weights, move=max(problem.weights.move, STAYING))
    mended = replace(
        problem,
        households=tuple(now),
        sites=tuple(sites.values()),
        may_move=True,
        weights=weights,
        homes={**plan.homes, **problem.homes},
    )
    return mended, solve(mended, seed=seed, seconds=seconds)


def _as_planned(one: Household, planned: str | None, lock: str | None, sites: Mapping[str, Site]) -> Household:
    """A household at the site where the plan has it; locked, if it is and the site is open."""
    if lock is not None:
        return replace(one, now=lock, locked=lock in sites)
    if one.locked and one.now in sites:
        return one
    place = planned or one.now
    if place is not None and place in sites and not may_stay(one, sites[place]):
        return replace(one, now=None, locked=False)
    return replace(one, now=place, locked=False)


def _check(problem: Problem, changes: Changes, sites: Mapping[str, Site]) -> None:
    households = {one.id for one in problem.households} | {one.id for one in changes.changed}
    for named, there in (
        (changes.gone | set(changes.locked), households),
        (changes.closed | set(changes.locked.values()), set(sites)),
    ):
        if missing := sorted(named - there):
            raise ValueError(f"{missing[0]} is not part of the plan")
