"""The whole way: rows to columns, blocks, comparisons, weights, trees, households, pairs above the cut, clusters."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from cobijo.algorithms.linkage import addresses, blocking, households, overlap, trees, weights
from cobijo.algorithms.linkage.clusters import clusters
from cobijo.algorithms.linkage.comparing import FIELDS, MEANINGS, NUMBERS, Compared, Levels, compare
from cobijo.algorithms.linkage.encoding import Columns, Floats, Longs, encode
from cobijo.algorithms.linkage.glance import Glance
from cobijo.algorithms.linkage.likeness import Lexicon
from cobijo.algorithms.linkage.processes import Share, alone, uncollected
from cobijo.algorithms.linkage.reading import People
from cobijo.algorithms.linkage.weights import Weights

CUT: Final = 0.5
"""The shipped cut: a pair at least as probable is written."""
_AT_ONCE: Final = 100_000
_LEAST_BITS: Final = -2.0
"""Pairs with fewer bits than this are not looked at again: they are strangers, but for their key."""
_SHORTEST: Final = 2_000
"""Rows as which a shorter list counts: its people were not drawn from it alone."""
_STRANGERS: Final = 500_000
_SEED: Final = 1
"""Pairs taken at random to learn how strangers agree by chance; the same every time."""
_JOINS: Final = 1.0
"""Odds from which a pair joins two households, so that their other members are compared too."""
_LEAST_ODDS: Final = -6.0
"""Odds of the first stage below which no household makes one person of two: one in four hundred."""
_LEAST_ODDS_AT_HOME: Final = -12.0
FIRST: Final = (*(f"{name}_worth" for name in FIELDS), *NUMBERS, "total", "among", "birth", "document")
SECOND: Final = (*FIRST, *households.NAMES, "first")
BESIDE: Final = ("household", "address", "lists")
"""What else is evidence: the others of both households, the addresses, and how much of two lists is in both."""
_A_BIT: Final = np.float32(math.log(2))
Say = Callable[[str, int, int], None]


@dataclass(slots=True)
class Scored:
    """Pairs with what was found of them: `values` in the columns of `SECOND`, `levels` of the fields, `beside` the bits
    of `BESIDE`."""

    one: Longs
    other: Longs
    values: Floats
    odds: Floats
    levels: Levels
    beside: Floats


@dataclass(slots=True)
class Found:
    """What linkage answers: pairs at or above the cut, the surest first, and each row's cluster. ``blocks`` says what
    was looked at, its rows those of the list in the order of ``rows``."""

    one: Longs
    other: Longs
    probability: Floats
    levels: Levels
    bits: Floats
    cluster: list[int]
    compared: int
    blocks: blocking.Blocks
    rows: Longs
    warnings: list[str] = field(default_factory=list)

    @property
    def capped(self) -> dict[str, tuple[int, int]]:
        """Kinds of key of which values stand in too many rows: how many values, and the rows of the largest."""
        return self.blocks.capped

    def evidence(self, at: int) -> str:
        """One pair's bits field by field, the fields that say nothing left out."""
        said = [
            f"{name} {self.bits[at, place]:+.1f} {MEANINGS[name][self.levels[at, place]]}"
            for place, name in enumerate(FIELDS)
            if self.levels[at, place]
        ]
        beside = zip(BESIDE, self.bits[at, len(FIELDS) :].tolist(), strict=True)
        return "; ".join([*said, *(f"{name} {bits:+.1f}" for name, bits in beside if abs(bits) >= 0.5)])


def _silent(_what: str, _done: int, _total: int) -> None:
    """Say nothing."""


def link(
    people: People,
    *,
    apart: int = 0,
    cut: float = CUT,
    say: Say = _silent,
    share: Share = alone,
    learnt: Weights | None = None,
) -> Found:
    """Find the pairs of one person. ``apart``: two lists, the first so many rows; only pairs across count.

    ``share``: how the comparing is shared (`processes`, `spark`); the answer is the same. ``learnt``: weights other
    than the shipped. The list is used up: of ``people`` only the ids remain.
    """
    say("reading names", 0, 0)
    with uncollected():
        columns = encode(people)
        people.forget()
    scored, entered, blocks, compared = score(columns, apart=apart, say=say, share=share, learnt=learnt)
    least = math.log(cut / (1 - cut)) if 0 < cut < 1 else (-30.0 if cut <= 0 else 30.0)
    say("clusters", 0, 0)
    grouped = clusters(columns, entered, scored.one, scored.other, scored.odds, least)
    one, other = columns.row[scored.one], columns.row[scored.other]
    one, other = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((other, one, -scored.odds))
    good = order[scored.odds[order] >= least]
    return Found(
        one=one[good],
        other=other[good],
        probability=trees.probability(scored.odds[good]),
        levels=scored.levels[good],
        bits=np.concatenate((scored.values[good, : len(FIELDS)], scored.beside[good]), axis=1),
        cluster=_as_listed(columns.row, grouped),
        compared=compared,
        blocks=blocks,
        rows=columns.row,
        warnings=people.warnings,
    )


def _as_listed(row: Longs, grouped: list[int]) -> list[int]:
    """Each row's cluster in the order of the list, called after the first of its rows there."""
    group = np.array(grouped, dtype=np.int64)
    called = np.full(len(row), len(row), dtype=np.int64)
    np.minimum.at(called, group, row)
    found = np.empty(len(row), dtype=np.int64)
    found[row] = called[group]
    return [int(each) for each in found]


def score(
    columns: Columns, *, apart: int = 0, say: Say = _silent, share: Share = alone, learnt: Weights | None = None
) -> tuple[Scored, Longs, blocking.Blocks, int]:
    """Every pair with a key in common, scored in both stages; each row's household entered together; the blocks; and
    how many pairs were compared."""
    say("looking for pairs", 0, 0)
    held = households.households(columns)
    entered = held.of if held.entered else np.full(len(columns), -1, dtype=np.int64)
    columns.home = columns.home if held.entered else held.of
    side = columns.row < apart if apart else None
    blocks = blocking.block(columns, side, entered if held.entered else None)
    work = _Work(columns, blocks, learnt or weights.shipped())
    first, compared = _first(work, say, share)
    if held.entered:
        good = first.odds >= _JOINS
        more = households.crossed(entered, first.one[good], first.other[good])
        more = np.setdiff1d(more, first.one * len(columns) + first.other, assume_unique=True)
        more = blocks.wanted(more)
        first = _joined([first, *_compared_in(work, more, _LEAST_ODDS_AT_HOME, glance=False)])
        compared += len(more)
    say("looking at households", 0, 0)
    about = households.evidence(entered, first.one, first.other, first.odds)
    plain = first.odds - first.beside[:, BESIDE.index("address")] * _A_BIT
    values = np.concatenate((first.values, about, plain[:, None]), axis=1).astype(np.float32)
    odds = trees.odds(trees.shipped("second", SECOND), values)
    first.beside[:, BESIDE.index("household")] = (odds - plain) / _A_BIT
    odds += first.odds - plain
    if apart:
        before, odds = odds, overlap.raised(first.one, first.other, odds, min(apart, len(columns) - apart))
        first.beside[:, BESIDE.index("lists")] = (odds - before) / _A_BIT
    return Scored(first.one, first.other, values, odds, first.levels, first.beside), entered, blocks, compared


def relearn(people: People, *, say: Say = _silent, share: Share = alone) -> Weights:
    """Weights learnt from a list of one's own, on what the shipped model finds in it. The list is used up."""
    with uncollected():
        columns = encode(people)
        people.forget()
    before = weights.shipped()
    scored, _, _, _ = score(columns, say=say, share=share)
    chance = np.random.default_rng(_SEED)
    one, other = (chance.integers(0, max(1, len(columns)), _STRANGERS) for _ in range(2))
    one, other = one[one != other], other[one != other]
    strangers = Comparer(columns, before).compared(one, other).levels
    return weights.relearnt(scored.levels, trees.probability(scored.odds), strangers, before)


class Comparer:
    """Compares pairs of one list."""

    def __init__(self, columns: Columns, learnt: Weights) -> None:
        self._columns = columns
        self._lexicon = Lexicon(columns.vocabulary)
        self._weights = learnt

    def compared(self, one: Longs, other: Longs) -> Compared:
        """The levels and numbers of pairs."""
        return compare(self._columns, self._lexicon, one, other)

    def values(self, one: Longs, other: Longs, *, among: int | None = None) -> tuple[Floats, Levels]:
        """The columns of `FIRST` for pairs, and their levels. ``among``: how many people there are, else the rows."""
        found = self.compared(one, other)
        bits = weights.weigh(found, self._weights)
        total = bits.sum(axis=1, keepdims=True)
        prior = total - np.float32(math.log2(max(_SHORTEST, among or len(self._columns))))
        raw = found.levels[:, [FIELDS.index("birth"), FIELDS.index("document")]]
        return np.concatenate((bits, found.numbers, total, prior, raw), axis=1).astype(np.float32), found.levels

    def address(self, one: Longs, other: Longs, levels: Levels) -> Floats:
        """The bits of the addresses of pairs."""
        return addresses.bits(self._columns, one, other, levels)


class _Work:
    """What a process needs to compare: the list, its blocks and the trees."""

    def __init__(self, columns: Columns, blocks: blocking.Blocks, learnt: Weights) -> None:
        self.rows = len(columns)
        self.blocks = blocks
        self.glance = Glance(columns)
        self.comparer = Comparer(columns, learnt)
        self.forest = trees.shipped("first", FIRST)

    def portion(self, rows: tuple[int, int]) -> tuple[list[Scored], int]:
        """The pairs of some rows, scored, and how many there were."""
        codes = self.blocks.pairs(*rows)
        return _compared_in(self, codes, _LEAST_ODDS), len(codes)


def _compared_in(work: _Work, codes: Longs, least: float, *, glance: bool = True) -> list[Scored]:
    """Pairs glanced at, compared and scored, some at a time; what is plainly two strangers is left out."""
    found = []
    for start in range(0, len(codes), _AT_ONCE):
        one, other = codes[start : start + _AT_ONCE] // work.rows, codes[start : start + _AT_ONCE] % work.rows
        if glance:
            near = work.glance.near(one, other)
            one, other = one[near], other[near]
        values, levels = work.comparer.values(one, other)
        near = values[:, FIRST.index("total")] >= _LEAST_BITS
        odds = np.full(len(one), -np.inf, dtype=np.float32)
        odds[near] = trees.odds(work.forest, values[near])
        beside = np.zeros((len(one), len(BESIDE)), dtype=np.float32)
        address = work.comparer.address(one[near], other[near], levels[near])
        beside[near, BESIDE.index("address")] = address
        odds[near] += address * _A_BIT
        kept = odds >= least
        found.append(Scored(one[kept], other[kept], values[kept], odds[kept], levels[kept], beside[kept]))
    return found


def _first(work: _Work, say: Say, share: Share) -> tuple[Scored, int]:
    """All pairs of the blocks, by this process or by several that share the list."""
    parts, compared = [], 0
    portions = work.blocks.portions(_AT_ONCE)
    with share(work.portion, work.rows) as each:
        for done, (found, count) in enumerate(each(portions)):
            say("comparing", done, len(portions))
            parts += found
            compared += count
    return _joined(parts), compared


def _joined(parts: list[Scored]) -> Scored:
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        empty = np.zeros((0, len(FIRST)), dtype=np.float32)
        beside = np.zeros((0, len(BESIDE)), dtype=np.float32)
        return Scored(none, none, empty, np.zeros(0, np.float32), np.zeros((0, len(FIELDS)), np.int8), beside)
    return Scored(
        np.concatenate([part.one for part in parts]),
        np.concatenate([part.other for part in parts]),
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.odds for part in parts]),
        np.concatenate([part.levels for part in parts]),
        np.concatenate([part.beside for part in parts]),
    )
