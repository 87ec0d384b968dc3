"""Households placed over sites and spaces: whole, by the rules, near, together; with a proof of how good that is.

`solve(problem, seed=…, seconds=…)` takes a `Problem` of `Household` and `Site` and gives a `Plan`: who goes where, who
has no place and why, what is strained, who is asked to move, the cost term by term and a proven bound. `resolve`
mends a plan after changes. `types` says what is asked and answered, `weights` what counts how much, `rules` who may
stay where. Within: `instance` makes arrays, `homes` chooses the sites of each community, `relaxation` solves the linear
programme and proves the bound, `rounding`, `exchange`, `items` and `search` make a plan of it, `exact` solves
small problems outright, `reasons` says why somebody is left. No Django, no clock, no chance.
"""

from cobijo.algorithms.allocation.resolving import Changes, resolve
from cobijo.algorithms.allocation.solving import solve, what_rules_cost
from cobijo.algorithms.allocation.types import (
    Flag,
    Help,
    Helps,
    Household,
    Move,
    Plan,
    Problem,
    Site,
    Strain,
    Strained,
    Unplaced,
    Use,
    Why,
)
from cobijo.algorithms.allocation.weights import Weights

__all__ = [
    "Changes",
    "Flag",
    "Help",
    "Helps",
    "Household",
    "Move",
    "Plan",
    "Problem",
    "Site",
    "Strain",
    "Strained",
    "Unplaced",
    "Use",
    "Weights",
    "Why",
    "resolve",
    "solve",
    "what_rules_cost",
]
