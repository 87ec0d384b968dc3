"""What two words of names are to each other, for millions of pairs: each distinct pair of words is looked at once."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cobijo.algorithms.linkage.encoding import Flags, Ints, Longs, Vocabulary, ties
from cobijo.algorithms.names import How, Part
from cobijo.algorithms.names.words import likeness

Levels = NDArray[np.int8]
BLANK, OTHER, NEAR, INITIAL, SLIP, NICKNAME, SPELLING, SAME = range(-1, 7)
_LEVELS: Final = {How.OTHER: OTHER, How.NEAR: NEAR, How.INITIAL: INITIAL, How.SLIP: SLIP, How.NICKNAME: NICKNAME,
                  How.SPELLING: SPELLING, How.SAME: SAME}  # fmt: skip
_FARTHEST: Final = (0, 0, 0, 0, 2, 2, 2, 3)
"""Letters by which two words may differ and one be a slip of the other, by the letters of the shorter; then 3."""
_SMALLEST: Final = 1 << 12
_UNKNOWN: Final = -2
_NONE: Final = -1


class Lexicon:
    """The likeness of the words of one vocabulary, remembered."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._words = np.array([*vocabulary.words, ""], dtype=object)
        self._letters = _letters(vocabulary.words)
        self._lengths = np.array([*map(len, vocabulary.words), 0], dtype=np.int64)
        self._firsts = np.array([*(ord(word[0]) for word in vocabulary.words), 0], dtype=np.int64)
        self._known = {part: _Remembered() for part in Part}

    def levels(self, one: Ints, other: Ints, part: Part, haitian: Flags) -> Levels:
        """The level of each pair of word numbers; BLANK where either is -1. A letter is a letter, however alike."""
        found = np.full(len(one), BLANK, dtype=np.int8)
        alike = (one == other) & (one >= 0)
        found[alike] = np.where(self._lengths[one[alike]] > 1, SAME, INITIAL)
        at = np.flatnonzero((one >= 0) & (other >= 0) & (one != other))
        ours, theirs = one[at], other[at]
        low = np.minimum(ours, theirs).astype(np.int64)
        codes = (low * len(self._words) + np.maximum(ours, theirs)) * 2 + haitian[at]
        known = self._known[part]
        levels = known.get(codes)
        new = levels == _UNKNOWN
        if new.any():
            unknown = np.unique(codes[new])
            known.put(unknown, self._compared(unknown, part))
            levels[new] = known.get(codes[new])
        found[at] = levels
        return found

    def _compared(self, codes: Longs, part: Part) -> Levels:
        """Only words a few letters apart, or tied by sound or nickname, are looked at closely."""
        pairs = codes // 2
        one, other = pairs // len(self._words), pairs % len(self._words)
        found = np.full(len(codes), OTHER, dtype=np.int8)
        for at in np.flatnonzero(self._near(one, other) | self._tied(one, other, part)):
            ours, theirs = self._words[one[at]], self._words[other[at]]
            found[at] = _LEVELS.get(likeness(ours, theirs, part, bool(codes[at] % 2)).how, OTHER)
        return found

    def _near(self, one: Longs, other: Longs) -> Flags:
        """Which words are at most so many letters apart as makes a slip; words of quite other letters are not
        measured."""
        shorter = np.minimum(self._lengths[one], self._lengths[other])
        reach = np.array(_FARTHEST)[np.minimum(shorter, len(_FARTHEST) - 1)]
        found = np.bitwise_count(self._letters[one] ^ self._letters[other]) <= 2 * reach
        found &= np.abs(self._lengths[one] - self._lengths[other]) <= reach
        at = np.flatnonzero(found & (reach > 0))
        ours, theirs = self._words[one[at]].tolist(), self._words[other[at]].tolist()
        apart = process.cpdist(ours, theirs, scorer=OSA.distance, score_cutoff=max(_FARTHEST), dtype=np.uint8)
        found[at] = apart <= reach[at]
        initial = (shorter == 1) & (self._firsts[one] == self._firsts[other])
        return np.asarray(found & (reach > 0) | initial)

    def _tied(self, one: Longs, other: Longs, part: Part) -> Flags:
        """Which words have a sound or a root in common, or a name that one of them may be short for."""
        words = self._vocabulary
        roots = words.given_roots if part is Part.GIVEN else words.surname_roots
        found = ((words.sounds[one] == words.sounds[other]) & (words.sounds[one] >= 0)) | (roots[one] == roots[other])
        for at in np.flatnonzero(~found & (words.several[one] | words.several[other])):
            found[at] = not ties(self._words[one[at]]).isdisjoint(ties(self._words[other[at]]))
        return np.asarray(found)


def _letters(words: list[str]) -> NDArray[np.uint64]:
    """Which letters each word has, a bit each."""
    width = max(map(len, words), default=1)
    text = np.array([*words, ""], dtype=f"U{width}").view(np.uint32).reshape(-1, width)
    bits = np.where(text > 0, np.uint64(1) << (text % np.uint32(64)).astype(np.uint64), np.uint64(0))
    return np.asarray(np.bitwise_or.reduce(bits, axis=1))


class _Remembered:
    """Levels by the code of a pair of words: a table with open places, looked up for many codes at once."""

    def __init__(self) -> None:
        self._held = 0
        self._grow(_SMALLEST)

    def get(self, codes: Longs) -> Levels:
        """The level of each code; `_UNKNOWN` where it was never put."""
        found = np.full(len(codes), _UNKNOWN, dtype=np.int8)
        waiting, places = np.arange(len(codes)), self._place(codes)
        while len(waiting):
            there = self._codes[places]
            hit = there == codes[waiting]
            found[waiting[hit]] = self._levels[places[hit]]
            on = ~hit & (there != _NONE)
            waiting, places = waiting[on], (places[on] + 1) & self._mask
        return found

    def put(self, codes: Longs, levels: Levels) -> None:
        """Remember codes that are not known yet, each once."""
        if 2 * (self._held + len(codes)) > len(self._codes):
            codes_before, levels_before = self._codes, self._levels
            size = len(codes_before)
            while 2 * (self._held + len(codes)) > size:
                size *= 2
            self._grow(2 * size)
            kept = codes_before != _NONE
            self._insert(codes_before[kept], levels_before[kept])
        self._insert(codes, levels)
        self._held += len(codes)

    def _grow(self, size: int) -> None:
        self._codes = np.full(size, _NONE, dtype=np.int64)
        self._levels = np.zeros(size, dtype=np.int8)
        self._mask = size - 1
        self._shift = np.uint64(64 - size.bit_length() + 1)

    def _insert(self, codes: Longs, levels: Levels) -> None:
        waiting, places = np.arange(len(codes)), self._place(codes)
        while len(waiting):
            free = self._codes[places] == _NONE
            self._codes[places[free]] = codes[waiting[free]]
            mine = self._codes[places] == codes[waiting]
            self._levels[places[mine]] = levels[waiting[mine]]
            waiting, places = waiting[~mine], (places[~mine] + 1) & self._mask

    def _place(self, codes: Longs) -> Longs:
        return ((codes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> self._shift).astype(np.int64)
