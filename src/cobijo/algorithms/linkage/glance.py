"""A first glance at a pair: is it worth comparing word by word? Few columns, whole numbers, for millions of pairs."""

import math
from typing import Final

import numpy as np

from cobijo.algorithms.linkage.comparing import exchanged
from cobijo.algorithms.linkage.encoding import Columns, Flags, Floats, Ints, Longs, Vocabulary

BELOW: Final = 8.0
"""Bits below those that single one out of a list at which a pair is two strangers: one of 1,000 found so is lost."""


class Glance:
    """What is looked at of each row."""

    def __init__(self, columns: Columns) -> None:
        words = columns.vocabulary
        self._columns = columns
        self._least = math.log2(max(2, len(columns))) - BELOW
        self._given = _Words(columns.given, words.given_roots, words, columns.rare_given)
        self._surname = _Words(columns.surnames, words.surname_roots, words, columns.rare_surname)
        year = columns.year.astype(np.int32)
        self._day = np.where(columns.exact, year * 400 + columns.month * 32 + columns.day, -1).astype(np.int32)
        self._turned = np.where(columns.exact, year * 400 + columns.day * 32 + columns.month, -2).astype(np.int32)
        self._month_day = np.where(columns.exact, columns.month * 32 + columns.day, -1).astype(np.int32)
        self._month = np.where(columns.exact, year * 16 + columns.month, -1).astype(np.int32)
        self._small = np.stack((columns.sex, columns.place), axis=1)
        self._phone, self._document = columns.phone.astype(np.int32), columns.document.astype(np.int32)

    def near(self, one: Longs, other: Longs) -> Flags:
        """Which pairs may be of one person."""
        return self.score(one, other) >= self._least

    def score(self, one: Longs, other: Longs) -> Floats:
        """Bits, roughly: what agrees, what differs."""
        found = self._given.score(one, other) + self._surname.score(one, other) + self._birth(one, other)
        found += exchanged(self._columns, one, other) * np.float32(16)
        sex, place = (self._small[one] - self._small[other]).T
        blank = (self._small[one, 0] == 0) | (self._small[other, 0] == 0)
        found -= ((sex != 0) & ~blank) * np.float32(3)
        found += ((place == 0) & (self._small[one, 1] >= 0)) * np.float32(3)
        found += _same(self._phone[one], self._phone[other]) * np.float32(7)
        found += _same(self._document[one], self._document[other]) * np.float32(12)
        found += _same(self._columns.home[one], self._columns.home[other]) * np.float32(5)
        return found

    def _birth(self, one: Longs, other: Longs) -> Floats:
        columns = self._columns
        years = columns.year[one], columns.year[other]
        gap = np.abs(years[0] - years[1])
        known = (years[0] > 0) & (years[1] > 0)
        found = np.array([3, 3, 1, 1, 1, -1, -1, -1, -1, -4], dtype=np.float32)[np.minimum(gap, 9)] * known
        found = np.where(_same(self._month_day[one], self._month_day[other]), np.maximum(found, 0) + 5, found)
        near = _same(self._month[one], self._month[other]) | (self._day[one] == self._turned[other])
        return np.asarray((found + near * np.float32(3)).astype(np.float32))


class _Words:
    """The names of one part: the roots of the first two words, their beginnings and ends, their rarity."""

    def __init__(self, held: Ints, roots: Ints, words: Vocabulary, rare: Floats) -> None:
        self.first, self.second = roots[held[:, 0]], roots[held[:, 1]]
        self._ends = words.heads[held[:, 0]], words.tails[held[:, 0]]
        self._rare = [np.ascontiguousarray(np.minimum(rare[:, at], 11.0)) for at in range(2)]

    def score(self, one: Longs, other: Longs) -> Floats:
        """Bits of the roots that agree; if none does, what it costs, less where a beginning or an end agrees."""
        a, b, c, d = self.first[one], self.second[one], self.first[other], self.second[other]
        first = _same(a, c) | _same(a, d)
        second = _same(b, c) | _same(b, d)
        bits = first * self._rare[0][one] + second * self._rare[1][one]
        ends = _same(self._ends[0][one], self._ends[0][other]) | _same(self._ends[1][one], self._ends[1][other])
        none = ~first & ~second & (a >= 0) & (c >= 0)
        return np.asarray(np.where(none, np.where(ends, 2, -3), bits).astype(np.float32))


def _same(one: Ints | Longs, other: Ints | Longs) -> Flags:
    """Where both have the same value, none a blank."""
    return np.asarray((one == other) & (one >= 0))
