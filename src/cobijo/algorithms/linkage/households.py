"""What the others of a household say of a pair: if their people are the same too, it is likelier; if one of them
fits better, it is not. Father and son of one name fall apart so."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from cobijo.algorithms.linkage import blocking
from cobijo.algorithms.linkage.encoding import Columns, Flags, Floats, Longs

NAMES: Final = ("fellows", "fits_better", "could_be")
LARGEST: Final = 15
"""People of a household; a larger one is a heading for something else and says nothing."""
_ALIKE_SHARE: Final = 0.05
_FEW: Final = 4
"""Pairs too few to tell how a list numbers households; twins of one name are such."""


@dataclass(frozen=True, slots=True)
class Households:
    """Each row's household, -1 where none that says anything; ``entered``: two of one number are two people, else a
    family keeps its number."""

    of: Longs
    entered: bool


def households(columns: Columns) -> Households:
    """Read the column: is a number given at each registration (its people are then many), or kept by a family for ever?

    Told by rows that are plainly one person (a birth and names, or a document and a given name, in common): where many
    of them share a number, it was kept.
    """
    counts = np.bincount(columns.household[columns.household >= 0], minlength=1)
    large = np.where(columns.household >= 0, counts[columns.household], 0) > LARGEST
    of = np.where(large, -1, columns.household)
    one, other = blocking.plain(columns)
    same = (of[one] == of[other]) & (of[one] >= 0)
    both = (of[one] >= 0) & (of[other] >= 0)
    kept = same.sum() > max(_FEW, _ALIKE_SHARE * both.sum())
    return Households(of, not kept)


def crossed(of: Longs, one: Longs, other: Longs) -> Longs:
    """Every pair across two households that these pairs join, as ``lower * rows + higher``."""
    rows = len(of)
    wanted = (of[one] >= 0) & (of[other] >= 0) & (of[one] != of[other])
    ours, theirs = of[one[wanted]], of[other[wanted]]
    joined = np.unique(np.minimum(ours, theirs) * (of.max(initial=0) + 1) + np.maximum(ours, theirs))
    left, right = joined // (of.max(initial=0) + 1), joined % (of.max(initial=0) + 1)
    order = np.argsort(of, kind="stable")
    start = np.searchsorted(of[order], np.arange(of.max(initial=0) + 2))
    size = np.diff(start)
    each = size[left] * size[right]
    pair = np.repeat(np.arange(len(left)), each)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(each) - each, each)
    a = order[start[left[pair]] + step // np.maximum(size[right[pair]], 1)]
    b = order[start[right[pair]] + step % np.maximum(size[right[pair]], 1)]
    found = np.sort(np.minimum(a, b).astype(np.int64) * rows + np.maximum(a, b))
    return found[np.r_[True, found[1:] != found[:-1]]] if len(found) else found


def evidence(of: Longs, one: Longs, other: Longs, score: Floats) -> Floats:
    """For each pair: the others of its two households that seem the same; by how much a rival across them fits better
    (its odds less this pair's); and how many others there are who could."""
    found = np.zeros((len(one), len(NAMES)), dtype=np.float32)
    base = int(of.max(initial=0)) + 1
    ours, theirs = of[one], of[other]
    inside = (ours >= 0) & (theirs >= 0)
    code = np.where(inside, np.minimum(ours, theirs) * base + np.maximum(ours, theirs), -1)
    sizes = np.bincount(of[of >= 0], minlength=base)
    rival = np.maximum(_best_else(one, code, score, inside), _best_else(other, code, score, inside))
    found[:, 0] = np.where(inside, _fellows(code, one, other, score), 0)
    found[:, 1] = np.where(inside & (rival > -20), np.clip(rival - score, -12, 12), -12)
    found[:, 2] = np.where(inside, np.minimum(sizes[ours], sizes[theirs]) - 1, -1)
    return found


def _fellows(code: Longs, one: Longs, other: Longs, score: Floats) -> Longs:
    """How many other members the two households have in common: the fewer of both sides' rows that fit someone."""
    good = score > 1.0
    values, back = np.unique(code, return_inverse=True)
    held = [_distinct(back[good], row[good], len(values)) for row in (one, other)]
    return np.asarray(np.maximum(np.minimum(*held)[back] - good, 0))


def _distinct(group: Longs, row: Longs, groups: int) -> Longs:
    """How many different rows each group has."""
    size = int(row.max(initial=0)) + 1
    found: Longs = np.bincount(np.unique(group * np.int64(size) + row) // size, minlength=groups)
    return found


def _best_else(row: Longs, code: Longs, score: Floats, inside: Flags) -> Floats:
    """For each pair the best score of its row with another member of the other household; -99 where none."""
    order = np.lexsort((-score, code, row))
    keys = np.stack((row, code))[:, order]
    sorted_score = score[order]
    new = np.r_[True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)]
    first = np.flatnonzero(new) if len(order) else np.zeros(0, np.int64)
    sorted_keys = np.cumsum(new)
    group = np.repeat(first, np.diff(np.r_[first, len(order)]))
    second = np.where(
        (group + 1 < len(order)) & (sorted_keys[np.minimum(group + 1, len(order) - 1)] == sorted_keys),
        sorted_score[np.minimum(group + 1, len(order) - 1)], -99.0,
    )  # fmt: skip
    best = sorted_score[group] if len(order) else sorted_score
    found = np.empty(len(row), dtype=np.float32)
    found[order] = np.where(np.arange(len(order)) == group, second, best)
    return np.where(inside, found, -99.0).astype(np.float32)
