"""Who may stay where: the rules of use, as a table of predicates. They are hard; only a person may set one aside."""

from collections.abc import Callable, Mapping
from typing import Final

from cobijo.algorithms.allocation.types import Flag, Household, Site, Use
from cobijo.algorithms.allocation.weights import LARGE, TURNS


def is_unaccompanied(household: Household) -> bool:
    """Children without an adult: said so, or seen from the numbers."""
    return Flag.UNACCOMPANIED in household.flags or household.children == household.size


def _without_men(household: Household) -> bool:
    """Known to have no man. Where the numbers do not say it, nobody takes it for granted."""
    if household.men is not None:
        return household.men == 0
    return (household.women or 0) + (household.children or 0) == household.size


ADMITS: Final[Mapping[Use, Callable[[Household], bool]]] = {
    Use.ANYONE: lambda household: True,
    Use.WOMEN_CHILDREN: _without_men,
    Use.UNACCOMPANIED_MINORS: is_unaccompanied,
    Use.FAMILIES: lambda household: household.size > 1,
    Use.MEN: lambda household: household.men == household.size,
    Use.MEDICAL: lambda household: Flag.MEDICAL in household.flags,
}


def admitted(household: Household) -> frozenset[Use]:
    """Return the uses that fit a household. Children alone fit only where no unrelated adult is: with each other."""
    if is_unaccompanied(household):
        return frozenset({Use.UNACCOMPANIED_MINORS})
    return frozenset(use for use, fits in ADMITS.items() if fits(household))


def may_stay(household: Household, site: Site) -> bool:
    """Say whether the rule of use lets a household stay at a site."""
    return site.use in admitted(household)


def points(household: Household, *, is_placed: bool) -> float:
    """Return how much the turn of each person of a household counts where there is no room for all."""
    so = {
        "placed": is_placed,
        "unaccompanied": is_unaccompanied(household),
        "medical": Flag.MEDICAL in household.flags,
        "accessible": household.needs_accessible > 0,
        "infant": Flag.INFANT in household.flags,
        "women_headed": Flag.WOMEN_HEADED in household.flags,
        "large": household.size >= LARGE,
    }
    return 1.0 + sum(TURNS[name] for name, is_so in so.items() if is_so)
