"""Which pairs are compared at all: those with a key in common, of several kinds; no key may make too many pairs.

What no key brings together is never found: the recall of the keys is the lid on all recall. Every kind of key is one
order of the rows; the pairs of some thousands of rows at a time are drawn from all orders together, so that each pair
comes once and memory stays bounded however long the list is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cobijo.algorithms.linkage.encoding import Columns, Flags, Ints, Longs

MOST: Final = 60
"""Rows of one key of which every pair is compared; of more, those alike in something finer."""
FEWER: Final = 24
"""The same for keys that many strangers share, in a long list."""
NEIGHBOURS: Final = 4
"""Rows after it, by name and birth, with which a row is compared whose key even the finest leaves to too many."""
_LONG: Final = 200_000


@dataclass(frozen=True, slots=True)
class Key:
    """One kind of key: its value for every row, -1 for none; what makes it finer where too many rows share a value;
    and whether strangers share it, so that a long list takes fewer of it."""

    kind: str
    value: Longs
    finer: Sequence[Longs] = ()
    loose: bool = True


@dataclass(frozen=True, slots=True)
class _Order:
    """The rows that meet others by one kind of key, in its order; ``first``: those of them that have any after them,
    ascending, each with where it stands in ``rows`` and how many after it are met."""

    rows: Ints
    first: Ints
    place: Ints
    reach: NDArray[np.uint8]


@dataclass(slots=True)
class Blocks:
    """The orders of all kinds of key. ``capped``: kinds of which values stood in too many rows, with how many values
    and the rows of the largest."""

    size: int
    orders: list[_Order] = field(default_factory=list)
    side: NDArray[np.bool_] | None = None
    household: Longs | None = None
    capped: dict[str, tuple[int, int]] = field(default_factory=dict)

    def pairs(self, start: int, stop: int) -> Longs:
        """The pairs whose lower row is one of these, as ``lower row * rows + higher row``, sorted, each once."""
        made = [self._of(order, start, stop) for order in self.orders]
        found = np.sort(np.concatenate(made)) if made else np.zeros(0, dtype=np.int64)
        found = found[np.r_[True, found[1:] != found[:-1]]] if len(found) else found
        return self.wanted(found)

    def _of(self, order: _Order, start: int, stop: int) -> Longs:
        some = slice(*np.searchsorted(order.first, (start, stop)).tolist())
        reach = order.reach[some].astype(np.int64)
        total = int(reach.sum())
        before = np.cumsum(reach) - reach
        at = np.repeat(order.place[some].astype(np.int64) + 1 - before, reach) + np.arange(total)
        return np.repeat(order.first[some].astype(np.int64), reach) * self.size + order.rows[at]

    def wanted(self, codes: Longs) -> Longs:
        """Of these pairs those across the two lists, and not of one household entered together."""
        if self.side is None and self.household is None:
            return codes
        low, high = codes // self.size, codes % self.size
        wanted = np.ones(len(codes), dtype=np.bool_)
        if self.side is not None:
            wanted &= self.side[low] != self.side[high]
        if self.household is not None:
            wanted &= (self.household[low] != self.household[high]) | (self.household[low] < 0)
        return codes[wanted]

    def portions(self, most: int) -> list[tuple[int, int]]:
        """The rows cut so that each part has about so many pairs, before the same pair of two keys is counted once."""
        total = np.zeros(self.size, dtype=np.int64)
        for order in self.orders:
            total[order.first] += order.reach
        steps = np.cumsum(total) // most
        cuts = [0, *(np.flatnonzero(np.diff(steps)) + 1).tolist(), self.size]
        return [(start, stop) for start, stop in pairwise(cuts) if stop > start]


def block(columns: Columns, side: Flags | None = None, household: Longs | None = None) -> Blocks:
    """The blocks of a list. ``side``: two lists, which of them each row is of; only pairs across. ``household``: no
    pairs within one."""
    found = Blocks(len(columns), side=side, household=household)
    for key in keys(columns):
        _add(found, key)
    return found


def plain(columns: Columns) -> tuple[Longs, Longs]:
    """Pairs of rows that nobody would doubt: a birth and two names in common, or a document and a given name."""
    words = columns.vocabulary
    given, surname = words.given_roots[columns.given[:, 0]], words.surname_roots[columns.surnames[:, 0]]
    found = Blocks(len(columns))
    exact = columns.exact & ((columns.day != 1) | (columns.month != 1))
    day = np.where(exact, columns.year * 400 + columns.month * 32 + columns.day, -1).astype(np.int64)
    _add(found, Key("", mixed(day, given.astype(np.int64), surname.astype(np.int64)), loose=False))
    _add(found, Key("", mixed(columns.document, given.astype(np.int64)), loose=False))
    codes = found.pairs(0, len(columns))
    return codes // max(1, len(columns)), codes % max(1, len(columns))


def _add(found: Blocks, key: Key) -> None:
    """Bring one kind of key into its order; what is too large is made finer, then held to neighbours."""
    most = FEWER if key.loose and found.size > _LONG else MOST
    value = key.value.copy()
    order, counts = _sorted_by(value)
    over = counts > most
    if over.any():
        tops = np.flatnonzero(np.r_[True, value[order][1:] != value[order][:-1]]) if len(order) else order
        many = counts[tops][over[tops]]
        before = found.capped.get(key.kind, (0, 0))
        found.capped[key.kind] = (before[0] + len(many), max(before[1], int(many.max())))
        for finer in key.finer:
            large = order[over]
            value[large] = mixed(value[large], finer[large])
            order, counts = _sorted_by(value)
            over = counts > most
            if not over.any():
                break
    reach = np.where(over, NEIGHBOURS, most)
    value_there = value[order]
    last = np.searchsorted(value_there, value_there, side="right") - 1
    reach = np.minimum(reach, last - np.arange(len(order)))
    kept = counts > 1
    order, reach = order[kept], reach[kept]
    at = np.flatnonzero(reach)
    at = at[np.argsort(order[at])]
    found.orders.append(
        _Order(order.astype(np.int32), order[at].astype(np.int32), at.astype(np.int32), reach[at].astype(np.uint8))
    )


def _sorted_by(value: Longs) -> tuple[Longs, Longs]:
    """The rows that have a value, by it, and how many share it; rows that share stay in their own order."""
    there = np.flatnonzero(value >= 0)
    order = there[np.argsort(value[there], kind="stable")]
    new = np.r_[True, value[order][1:] != value[order][:-1]] if len(order) else np.zeros(0, dtype=np.bool_)
    group = np.cumsum(new) - 1
    return order, np.bincount(group)[group] if len(order) else order


def keys(columns: Columns) -> Iterator[Key]:
    """Each kind of key of a list."""
    words = columns.vocabulary
    given = [words.given_roots[columns.given[:, at]].astype(np.int64) for at in range(2)]
    surnames = [words.surname_roots[columns.surnames[:, at]].astype(np.int64) for at in range(2)]
    year = np.where(columns.year > 0, columns.year, -1).astype(np.int64)
    place = columns.place.astype(np.int64)
    yield from _numbers(columns, given, year)
    yield from _days(columns, given, surnames, year)
    yield from _names(given, surnames, year, place)
    yield from _exchanged(columns, year, place)
    yield from _places(given, surnames, year, place)
    yield from _addresses(columns, given, surnames, year)
    yield from _letters(columns, given, surnames, year, place)


def _numbers(columns: Columns, given: list[Longs], year: Longs) -> Iterator[Key]:
    yield Key("document", columns.document, (given[0], year), loose=False)
    if (columns.home >= 0).any():
        yield Key("household", columns.home, (given[0], year), loose=False)
    for other in (given[0], given[1], year):
        yield Key("telephone", mixed(columns.phone, other), (year,), loose=False)


def _days(columns: Columns, given: list[Longs], surnames: list[Longs], year: Longs) -> Iterator[Key]:
    """Births; the first of January, which is written where only the year is known, says no more than the year."""
    place = columns.place.astype(np.int64)
    exact = columns.exact & ((columns.day != 1) | (columns.month != 1))
    day = np.where(exact, year * 400 + columns.month * 32 + columns.day, -1)
    turned = np.where(exact & (columns.day <= 12), year * 400 + columns.day * 32 + columns.month, day)
    turned = np.where(exact & (columns.day <= 12), np.minimum(day, turned), -1)
    month_day = np.where(exact, columns.month * 32 + columns.day, -1).astype(np.int64)
    for word in (*given, *surnames):
        yield Key("birth and a name", mixed(day, word), (surnames[0],), loose=False)
    for number, name in ((columns.given[:, 0], given[0]), (columns.surnames[:, 0], surnames[0])):
        yield Key("birth and a letter", mixed(day, _initials(columns, number)), (place, name))
    for word, other in ((given[0], surnames[0]), (surnames[0], given[0])):
        yield Key("birth turned and a name", mixed(turned, word), (other,))
        month = np.where(exact, year * 16 + columns.month, -1)
        yield Key("month of birth and a name", mixed(month, word), (place, other))
    for first, last in _but_the_last(given, surnames):
        yield Key("day of the year and names", mixed(month_day, first, last), (year,))


def _names(given: list[Longs], surnames: list[Longs], year: Longs, place: Longs) -> Iterator[Key]:
    yield Key("given name and both surnames", mixed(given[0], *_sorted(surnames)), (year // 4, place))
    for surname in surnames:
        yield Key("given names and surname", mixed(*_sorted(given), surname), (year // 4, place))
    for years in _windows(year, 8):
        for first, last in _but_the_last(given, surnames):
            yield Key("given name, surname and years", mixed(first, last, years), (year, place))
        yield Key("surnames and years", mixed(*_sorted(surnames), years), (year, place))
        yield Key("given names and years", mixed(*_sorted(given), years), (year, place))
    yield Key("given name and surname", mixed(given[0], surnames[0]), (place, given[1]))


def _exchanged(columns: Columns, year: Longs, place: Longs) -> Iterator[Key]:
    """Names of which the given name stands as the surname: the sounds of both, whichever stands first."""
    sounds = columns.vocabulary.sounds.astype(np.int64)
    first, last = _sorted([sounds[columns.given[:, 0]], sounds[columns.surnames[:, 0]]])
    day = np.where(columns.exact, year * 400 + columns.month * 32 + columns.day, -1)
    for years in _windows(year, 8):
        yield Key("names exchanged and years", mixed(first, last, years), (year, place))
    yield Key("names exchanged and place", mixed(first, last, place), (year,))
    for word in (first, last):
        yield Key("birth and a name, exchanged", mixed(day, word), (place,))


def _places(given: list[Longs], surnames: list[Longs], year: Longs, place: Longs) -> Iterator[Key]:
    for surname in surnames:
        yield Key("surname, place and year", mixed(surname, place, year), (given[0],))
    for years in _windows(year, 4):
        yield Key("given name, place and years", mixed(given[0], place, years), (year, surnames[0]))


def _addresses(columns: Columns, given: list[Longs], surnames: list[Longs], year: Longs) -> Iterator[Key]:
    """Addresses as written: who lives there is few."""
    if (columns.address >= 0).any():
        for other in (given[0], surnames[0], year):
            yield Key("address", mixed(columns.address, other), (year,), loose=False)


def _letters(columns: Columns, given: list[Longs], surnames: list[Longs], year: Longs, place: Longs) -> Iterator[Key]:
    """Names of which a beginning or an end is right."""
    words = columns.vocabulary
    one, other = _windows(year, 8)
    for what, ends in (("beginning", words.heads), ("end", words.tails)):
        first = ends[columns.given[:, 0]].astype(np.int64)
        last = [ends[columns.surnames[:, at]].astype(np.int64) for at in range(2)]
        yield Key(f"{what} of a given name, surname and years", mixed(first, surnames[0], one), (year, place))
        if ends is words.heads:
            yield Key(f"{what} of a given name, surname and years", mixed(first, surnames[0], other), (year, place))
        yield Key(f"{what} of a surname, given name and years", mixed(given[0], last[0], one), (year, place))
        yield Key(f"{what} of a given name and of surnames", mixed(first, *_sorted(last)), (year // 4, place))
    letter = _initials(columns, columns.given[:, 0])
    yield Key("letter and both surnames", mixed(letter, *_sorted(surnames)), (year // 4, place))


def _but_the_last(given: list[Longs], surnames: list[Longs]) -> tuple[tuple[Longs, Longs], ...]:
    """Each given name with each surname, but not the second of both."""
    return (given[0], surnames[0]), (given[0], surnames[1]), (given[1], surnames[0])


def _windows(year: Longs, width: int) -> tuple[Longs, Longs]:
    """Years in two rows of windows: those at most half a width apart share one."""
    return year // width, np.where(year > 0, (year + width // 2) // width, -1)


def _sorted(codes: list[Longs]) -> list[Longs]:
    return [np.where(codes[1] >= 0, np.minimum(*codes), -1), np.maximum(*codes)]


def _initials(columns: Columns, number: Ints) -> Longs:
    first = np.array([*(ord(word[0]) if word else -1 for word in columns.vocabulary.words), -1], dtype=np.int64)
    return first[number]


def mixed(*parts: Longs) -> Longs:
    """One number for several; -1 where any is blank. Two keys that share a number by chance cost a comparison."""
    found = np.zeros(len(parts[0]), dtype=np.uint64)
    blank = np.zeros(len(parts[0]), dtype=np.bool_)
    for part in parts:
        blank |= part < 0
        found = (found ^ part.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        found ^= found >> np.uint64(29)
    return np.where(blank, -1, (found >> np.uint64(2)).astype(np.int64))
