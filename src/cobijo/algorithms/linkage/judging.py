"""A few people against a few others: how probable it is that two are one, with the evidence field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cobijo.algorithms.linkage import households, trees, weights
from cobijo.algorithms.linkage.comparing import FIELDS, MEANINGS, Levels
from cobijo.algorithms.linkage.encoding import Floats, encode
from cobijo.algorithms.linkage.engine import FIRST, SECOND, Comparer, Found
from cobijo.algorithms.linkage.reading import People


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one field says of a pair: its level, one of ``comparing.MEANINGS``, how high that is, and its bits."""

    field: str
    level: str
    height: int
    bits: float


@dataclass(frozen=True, slots=True)
class Judged:
    """How probable it is that two are one person; what is not known of either is no evidence."""

    probability: float
    evidence: tuple[Evidence, ...]


def judge(people: People, pairs: Sequence[tuple[int, int]], *, among: int) -> list[Judged]:
    """Judge pairs of rows. ``among``: how many people one of them could be; the more, the less a name says.

    Household numbers say who came together; two of one number are two people, and their others count as evidence.
    """
    if not pairs:
        return []
    columns = encode(people)
    place = np.argsort(columns.row)
    one, other = place[np.array(pairs, dtype=np.int64).T]
    values, levels = Comparer(columns, weights.shipped()).values(one, other, among=among)
    first = trees.odds(trees.shipped("first", FIRST), values)
    held = columns.household
    about = households.evidence(held, one, other, first)
    both = np.concatenate((values, about, first[:, None]), axis=1).astype(np.float32)
    second = trees.odds(trees.shipped("second", SECOND), both)
    apart = (held[one] != held[other]) | (held[one] < 0)
    probable = np.where(apart, trees.probability(second), 0.0)
    return [_judged(float(probable[at]), levels[at], values[at]) for at in range(len(pairs))]


def of_found(found: Found, at: int) -> Judged:
    """A pair that a whole list was looked through for, said in the same way."""
    return _judged(float(found.probability[at]), found.levels[at], found.bits[at])


def _judged(probability: float, levels: Levels, bits: Floats) -> Judged:
    said = zip(FIELDS, levels.tolist(), bits.tolist()[: len(FIELDS)], strict=True)
    evidence = (Evidence(field, MEANINGS[field][level], level, much) for field, level, much in said if level)
    return Judged(probability, tuple(evidence))
