"""Two lists: where most of the one stand in the other too, whoever is left likely does as well.

A pair's probability supposes that about a third of all rows have a counterpart, as in the lists that the trees were
learnt on. The share of those plainly found says where it is more (Saerens et al., Neural Computation 14, 2002: a
classifier's outputs under new priors). A pair is then raised, less the more others fit one of its rows as well.
Nothing is lowered.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cobijo.algorithms.linkage.encoding import Floats, Longs

Doubles = NDArray[np.float64]
_LEARNT_ON: Final = 0.36
"""The share of rows that have a counterpart, of the lists that the trees were learnt on."""
_MOST: Final = 0.97


def raised(one: Longs, other: Longs, odds: Floats, shorter: int) -> Floats:
    """The logarithms of the odds of pairs, each pair once, by what share of the ``shorter`` list's rows is found."""
    found = odds >= 0
    rows = min(len(np.unique(one[found])), len(np.unique(other[found])))
    share = min(rows / max(1, shorter), _MOST)
    if share <= _LEARNT_ON:
        return odds
    much = np.exp(np.clip(odds, -30, 30).astype(np.float64)) * _of(share) / _of(_LEARNT_ON)
    rivals = _in_row(one, much) + _in_row(other, much) - 2 * much
    more: Floats = np.maximum(odds, np.log(much) - np.log1p(np.maximum(rivals, 0))).astype(np.float32)
    return more


def _of(share: float) -> float:
    return share / (1 - share)


def _in_row(row: Longs, much: Doubles) -> Doubles:
    """The sum over all pairs of each pair's row."""
    total: Doubles = np.bincount(row, weights=much).astype(np.float64)
    return total[row]
