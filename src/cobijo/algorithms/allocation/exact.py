"""Small problems are solved outright: HiGHS branches until nothing better can exist."""

from dataclasses import dataclass
from typing import Final

import highspy
import numpy as np

from cobijo.algorithms.allocation.instance import OUTSIDE, Floats, Instance, Ints
from cobijo.algorithms.allocation.solver import Solver

PAIRS: Final = 600
"""A problem with at most so many pairs of household (or group of kin) and site is small."""
NODES: Final = 5_000


@dataclass(frozen=True, slots=True)
class Solved:
    """The site of each household, and the least cost there is as far as the model of kin says it."""

    where: Ints
    bound: float


def solve_small(made: Instance, seed: int) -> Solved | None:
    """Return the best plan there is; None if the problem is not small, or the search did not come to its end."""
    rows = np.concatenate([made.rows(np.arange(made.n)), made.group_rows()]) if made.s else np.zeros((made.n, 0))
    items, sites = np.nonzero(np.isfinite(rows))
    where = np.full(made.n, OUTSIDE, np.int64)
    if not len(items):
        return Solved(where, float(made.left_out().sum()))
    if len(items) > PAIRS:
        return None
    solver = _built(made, seed, items, sites, rows[items, sites])
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    chosen = np.flatnonzero(np.array(solver.getSolution().col_value)[made.n :] > 0.5)
    for at in chosen:
        where[made.groups[items[at] - made.n] if items[at] >= made.n else items[at]] = sites[at]
    return Solved(where, solver.getInfo().mip_dual_bound * made.span)


def _built(made: Instance, seed: int, items: Ints, sites: Ints, costs: Floats) -> Solver:
    """The whole programme: each household outside, alone at a site, or with its kin."""
    solver = Solver(seed)
    for name, value in (
        ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9), ("mip_max_nodes", NODES), ("mip_feasibility_tolerance", 1e-9),
    ):  # fmt: skip
        solver.setOptionValue(name, value)
    members = [made.groups[item - made.n] if item >= made.n else np.array([item]) for item in items]
    count = made.n + len(items)
    starts, index, amount = [0], [], []
    for one in range(made.n):
        index.append(one)
        amount.append(1.0)
        starts.append(len(index))
    for some, site in zip(members, sites, strict=True):
        index += [*some.tolist(), made.n + int(site), made.n + made.s + int(site)]
        amount += [*np.ones(len(some)), float(made.size[some].sum()), float(made.needs[some].sum())]
        starts.append(len(index))
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count, made.n + 2 * made.s
    lp.col_cost_ = np.concatenate([made.left_out(), costs]) / made.span
    lp.col_lower_, lp.col_upper_ = np.zeros(count), np.ones(count)
    lp.row_lower_ = np.concatenate([np.ones(made.n), np.full(2 * made.s, -np.inf)])
    lp.row_upper_ = np.concatenate([np.ones(made.n), made.room, made.accessible]).astype(float)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.array(starts, np.int32)
    lp.a_matrix_.index_, lp.a_matrix_.value_ = np.array(index, np.int32), np.array(amount)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * count
    solver.passModel(lp)
    return solver
