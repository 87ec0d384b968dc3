"""Clusters of records: greedy, the surest pair first; a join is refused where two members cannot be one person."""

from collections.abc import Sequence
from typing import Final

from cobijo.algorithms.linkage.encoding import Columns, Floats, Longs

LARGEST: Final = 40
"""Records of one cluster: nobody registers oftener, a row copied a thousand times is no person's trace."""


def clusters(columns: Columns, entered: Longs, one: Longs, other: Longs, odds: Floats, cut: float) -> list[int]:
    """The cluster of each row, by the row of its first member.

    Two join where the mean odds of the pairs across them, an unseen pair counting as ``cut`` less four, exceed the cut
    and no two members are of one household entered together, or of different sex and age. Complete link but for doubt.
    """
    group = list(range(len(columns)))
    members: dict[int, list[int]] = {}
    known: dict[tuple[int, int], float] = {}
    order = (-odds).argsort(kind="stable")
    order = order[odds[order] >= cut - 4.0]
    ordered = list(zip(one[order].tolist(), other[order].tolist(), odds[order].tolist(), strict=True))
    for a, b, value in ordered:
        known[(a, b) if a < b else (b, a)] = value
    facts = _Facts(columns, entered)
    for a, b, value in ordered:
        if value < cut:
            break
        left, right = group[a], group[b]
        if left == right:
            continue
        ours, theirs = members.get(left, [left]), members.get(right, [right])
        if _may_join(ours, theirs, known, facts, cut):
            keep, gone = min(left, right), max(left, right)
            members[keep] = ours + theirs
            members.pop(gone, None)
            for row in members[keep]:
                group[row] = keep
    return group


class _Facts:
    """What forbids that two rows are one person."""

    def __init__(self, columns: Columns, entered: Longs) -> None:
        self.entered: list[int] = entered.tolist()
        self.sex: list[int] = columns.sex.tolist()
        self.year: list[int] = columns.year.tolist()

    def forbid(self, a: int, b: int) -> bool:
        if self.entered[a] >= 0 and self.entered[a] == self.entered[b]:
            return True
        unlike = self.sex[a] > 0 and self.sex[b] > 0 and self.sex[a] != self.sex[b]
        return unlike and abs(self.year[a] - self.year[b]) > 3 and self.year[a] > 0 and self.year[b] > 0


def _may_join(
    ours: Sequence[int], theirs: Sequence[int], known: dict[tuple[int, int], float], facts: _Facts, cut: float
) -> bool:
    if len(ours) + len(theirs) > LARGEST:
        return False
    total = 0.0
    for a in ours:
        for b in theirs:
            if facts.forbid(a, b):
                return False
            total += min(known.get((a, b) if a < b else (b, a), cut - 4.0), cut + 6.0)
    return total / (len(ours) * len(theirs)) >= cut
