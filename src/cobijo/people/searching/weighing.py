"""Which entries the typed words fit best: every word's bits added up, among all who are indexed or among a few.

A word that fits is worth how rare it is, less what the way it fits costs; what fits no word costs `MISSING`. How rare
is reckoned from the bearers of all it may be, in whole bits and never below a floor: no single record moves it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cobijo.people.models import NameFresh, NamePosting
from cobijo.people.searching import postings
from cobijo.people.searching.meaning import Meant, Way

MISSING: Final = -4.0
LEAST: Final = 0.5
"""Bits at least of a word that fits."""
_RAREST: Final = 13.0
_FLOOR: Final = 32.0
"""Bearers below which a word is not counted rarer."""

Bits = NDArray[np.float32]
Mark = tuple[int, float]
"""A token of a mark, and the bits it gives or takes."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Entries that enough of the words fit: what the words weigh, and what goes with marks for choosing the best.

    ``others``: some that fewer words fit.
    """

    entries: NDArray[np.int64]
    bits: Bits
    beside: Bits
    others: NDArray[np.int64]

    def best(self, first: int, last: int) -> list[tuple[int, float]]:
        """Those of rank ``first`` up to ``last``, the best first: entry and bits of the words."""
        rank = self.bits + self.beside
        among = np.argpartition(-rank, last)[:last] if len(rank) > last else np.arange(len(rank))
        order = among[np.lexsort((self.entries[among], -rank[among]))][first:last]
        return list(zip(self.entries[order].tolist(), self.bits[order].tolist(), strict=True))


_NONE: Final = np.zeros(0, dtype=np.int64)
NOBODY: Final = Candidates(_NONE, np.zeros(0, np.float32), np.zeros(0, np.float32), _NONE)
_OTHERS: Final = 100
"""So many whom fewer words fit."""


def among_all(meant: Sequence[Meant], marks: Sequence[Mark], people: int) -> Candidates:
    """The entries of all that enough of the words fit. ``people``: how many entries there are, about."""
    ways = [one.best() for one in meant]
    posted = _Posted({way.token for some in ways for way in some} | {token for token, _ in marks})
    adding = _Adding(meant, [_bits(some, posted.bearers, people, _FLOOR) for some in ways], marks, posted)
    parts = [adding.add_up(block) for block in posted.blocks_of({way.token for some in ways for way in some})]
    if not parts:
        return NOBODY
    entries, bits, beside = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return Candidates(entries, bits, beside, np.array(adding.others, dtype=np.int64))


class _Posted:
    """The entries of some tokens: of many people's by token and block, as kept; of the others one after the other.

    Fresh ones are read first: what is folded meanwhile is met twice, never not.
    """

    def __init__(self, tokens: Iterable[int]) -> None:
        wanted = sorted(tokens)
        self.in_blocks: dict[int, dict[int, NDArray[Any]]] = defaultdict(dict)
        self.scattered: dict[int, list[int]] = defaultdict(list)
        self.bearers: dict[int, int] = defaultdict(int)
        for token, entry in NameFresh.objects.filter(token__in=wanted).values_list("token", "entry"):
            self.scattered[token].append(entry)
            self.bearers[token] += 1
        rows = NamePosting.objects.filter(token__in=wanted).values_list("token", "block", "entries")
        for token, block, packed in rows:
            self._take(token, block, bytes(packed))

    def _take(self, token: int, block: int, packed: bytes) -> None:
        if block == postings.WHOLE:
            entries = postings.entries_in(block, packed).tolist()
            self.scattered[token] += entries
            self.bearers[token] += len(entries)
        else:
            self.in_blocks[token][block] = postings.places(packed)
            self.bearers[token] += postings.size(packed)

    def at(self, token: int, block: int) -> NDArray[Any] | None:
        """Where a token of many stands in a block, as `postings.places` has it."""
        return self.in_blocks[token].get(block) if token in self.in_blocks else None

    def blocks_of(self, tokens: Iterable[int]) -> list[int]:
        """The blocks in which any of the tokens stands."""
        found: set[int] = set()
        for token in tokens:
            found.update(self.in_blocks.get(token, ()))
            found.update(map(postings.block_of, self.scattered.get(token, ())))
        return sorted(found)

    def scattered_of(self, worth: Sequence[Mark]) -> dict[int, tuple[NDArray[np.int64], Bits]]:
        """By block, the places of the scattered entries of these tokens, and what each is worth, as ordered there."""
        pairs = [(entry, bits) for token, bits in worth if token in self.scattered for entry in self.scattered[token]]
        if not pairs:
            return {}
        entries = np.array([entry for entry, _ in pairs], dtype=np.int64)
        bits = np.array([one for _, one in pairs], dtype=np.float32)
        order = np.argsort(entries >> postings.BITS, kind="stable")
        entries, bits = entries[order], bits[order]
        blocks, first = np.unique(entries >> postings.BITS, return_index=True)
        places, worths = np.split(entries & (postings.BLOCK - 1), first[1:]), np.split(bits, first[1:])
        return dict(zip(blocks.tolist(), zip(places, worths, strict=True), strict=True))


def _bits(ways: Sequence[Way], bearers: Mapping[int, int], people: int, floor: float) -> list[tuple[int, float]]:
    """What each way is worth where it fits, the least first."""
    expected = sum(bearers.get(way.token, 0) * math.exp2(-way.cost) for way in ways)
    rare = min(_RAREST, math.floor(math.log2(max(2.0, people) / max(expected, floor))))
    worth = [(way.token, max(LEAST, rare - way.cost)) for way in ways if bearers.get(way.token)]
    return sorted(worth, key=lambda one: one[1])


class _Adding:
    """Adds up one block after the other, always in the same room.

    ``fits`` says by a bit for each word which of them fit an entry; only there a row of the table means anything.
    """

    def __init__(
        self, meant: Sequence[Meant], worth: Sequence[Sequence[Mark]], marks: Sequence[Mark], posted: _Posted
    ) -> None:
        self._worth, self._marks, self._posted = worth, marks, posted
        self._scattered = [posted.scattered_of(some) for some in worth]
        self._scattered_marks = posted.scattered_of(marks)
        self._enough = _enough(meant)
        self._table = np.empty((len(meant), postings.BLOCK), dtype=np.float32)
        self._fits = np.empty(postings.BLOCK, dtype=np.uint8)
        self._beside = np.empty(postings.BLOCK, dtype=np.float32)
        self.others: list[int] = []

    def add_up(self, block: int) -> tuple[NDArray[np.int64], Bits, Bits]:
        """The entries of a block that enough words fit, their bits, and those of their marks."""
        self._fits.fill(0)
        for number in range(len(self._worth)):
            self._add_word(number, block)
        met, first = self._enough[self._fits], block << postings.BITS
        if len(self.others) < _OTHERS:
            left = np.flatnonzero((self._fits > 0) & ~met)[: _OTHERS - len(self.others)]
            self.others += (left + first).tolist()
        there = np.flatnonzero(met)
        bits = _added(self._table[:, there], self._fits[there])
        return there + first, bits, self._of_marks(block, there)

    def _add_word(self, number: int, block: int) -> None:
        row, bit = self._table[number], np.uint8(1 << number)
        for token, bits in self._worth[number]:  # the least first, so that the most stays
            at = self._posted.at(token, block)
            if at is None:
                continue
            if at.dtype == np.bool_:
                np.copyto(row, bits, where=at)
                self._fits |= at.view(np.uint8) << np.uint8(number)
            else:
                row[at] = bits
                self._fits[at] |= bit
        if block in self._scattered[number]:
            places, worth = self._scattered[number][block]
            before = np.where(self._fits[places] & bit, row[places], np.float32(0.0))
            row[places] = np.maximum(before, worth)
            self._fits[places] |= bit

    def _of_marks(self, block: int, there: NDArray[np.int64]) -> Bits:
        """What marks give the entries of these places."""
        if not len(there):
            return np.zeros(0, dtype=np.float32)
        self._beside.fill(0.0)
        of_many = np.zeros(len(there), dtype=np.float32)
        for token, bits in self._marks:
            at = self._posted.at(token, block)
            if at is None:
                continue
            if at.dtype == np.bool_:
                of_many += at[there] * np.float32(bits)
            else:
                self._beside[at] += np.float32(bits)
        if block in self._scattered_marks:
            np.add.at(self._beside, *self._scattered_marks[block])
        return self._beside[there] + of_many


def _enough(meant: Sequence[Meant]) -> NDArray[np.bool_]:
    """For each set of words, as bits, whether they are enough of those typed.

    All words must fit, of three or more all but one in three; single letters need not.
    """
    needed = sum(1 << number for number, one in enumerate(meant) if not one.optional)
    count = needed.bit_count()
    least = count - (count // 3 if count > 2 else 0)
    return np.array([fits > 0 and (fits & needed).bit_count() >= least for fits in range(1 << len(meant))])


def _added(worth: Bits, fits: NDArray[np.uint8]) -> Bits:
    """What the words weigh that fit, and what is taken for those that fit nothing. A row each word."""
    total = np.zeros(len(fits), dtype=np.float32)
    for number, row in enumerate(worth):
        total += np.where(fits & np.uint8(1 << number), row, np.float32(MISSING))
    return total


# --- among a few -----------------------------------------------------------------------------------------------------


def among(entries: Mapping[int, bytes], meant: Sequence[Meant], marks: Sequence[Mark]) -> Candidates:
    """The same among a few entries, by the tokens that each of them has."""
    kept = [(entry, packed) for entry, packed in sorted(entries.items()) if packed]
    if not kept:
        return NOBODY
    tokens, starts = postings.tokens_of([packed for _, packed in kept])
    distinct, counts = np.unique(tokens, return_counts=True)
    bearers = dict(zip(distinct.tolist(), counts.tolist(), strict=True))
    bits = [_bits(one.best(), bearers, len(kept), 1.0) for one in meant]
    worth = np.array([np.maximum.reduceat(_worth_of(tokens, some), starts) for some in bits], dtype=np.float32)
    fits = ((worth > 0).T << np.arange(len(meant))).sum(axis=1).astype(np.uint8)
    there = np.flatnonzero(_enough(meant)[fits])
    beside = np.add.reduceat(_worth_of(tokens, marks), starts)[there].astype(np.float32)
    numbers = np.array([entry for entry, _ in kept], dtype=np.int64)
    return Candidates(numbers[there], _added(worth[:, there], fits[there]), beside, _NONE)


def _worth_of(tokens: NDArray[np.int64], worth: Iterable[tuple[int, float]]) -> NDArray[np.float64]:
    """The bits of each token, 0 where it has none."""
    pairs = sorted(worth)
    if not pairs:
        return np.zeros(len(tokens))
    known = np.array([token for token, _ in pairs], dtype=np.int64)
    bits = np.array([one for _, one in pairs])
    at = np.minimum(np.searchsorted(known, tokens), len(known) - 1)
    return np.where(known[at] == tokens, bits[at], 0.0)
