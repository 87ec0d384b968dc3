"""The words of all names there are, held by each process to look typed words up in.

A million people have some tens of thousands of words. New ones are read as they come, by the highest id; that words are
gone is noticed within a minute, and until then such a word leads to nobody. Snapshots never change, so that threads
may share one.
"""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final

import numpy as np
from django.db import connection
from django.db.models import Max
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from cobijo.people.models import NameToken
from cobijo.people.searching import words

Row = tuple[int, str, bytes]
"""Id, word and kept keys of a token."""
_TAIL: Final = 2_000
"""New words up to so many stand in a part of their own, so that those there were need no sorting anew."""
_COUNTED_EVERY: Final = 60.0
"""Seconds between two looks for words that are gone."""
_WIDE: Final = words.KEYS.itemsize
_A: Final = ord("a")
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class Token:
    """A word there is. ``known``: the tables of names have it, under some spelling."""

    id: int
    word: str
    known: bool


class Part:
    """Some of the words, in arrays that answer by word, by key, by beginning and by nearness."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.ids = [row[0] for row in rows]
        self.words = [row[1] for row in rows]
        self._at = {word: at for at, word in enumerate(self.words)}
        self._sorted = sorted(self._at)
        numbers, places = _keys([_of_today(*row) for row in rows])
        order = np.argsort(numbers, kind="stable")
        self._keys, self._of_key = numbers[order], places[order]
        self._known = np.zeros(len(rows), dtype=np.bool_)
        self._known[places[numbers == words.number(words.KNOWN)]] = True
        self._lengths = np.array([len(word) for word in self.words], dtype=np.int16)
        self._letters = _letters(self.words)

    def exactly(self, word: str) -> Token | None:
        at = self._at.get(word)
        return None if at is None else self._token(at)

    def with_key(self, key: str) -> Iterator[Token]:
        wanted = np.uint32(words.number(key))
        begin, end = np.searchsorted(self._keys, wanted, "left"), np.searchsorted(self._keys, wanted, "right")
        return (self._token(int(at)) for at in self._of_key[begin:end])

    def beginning(self, start: str) -> Iterator[Token]:
        begin = bisect_left(self._sorted, start)
        end = bisect_right(self._sorted, start + "\U0010ffff")
        return (self._token(self._at[word]) for word in self._sorted[begin:end])

    def near(self, word: str, most: int, *, known: bool) -> Iterator[tuple[Token, int]]:
        """The words within so many edits, each with how many. ``known``: words the tables know are asked for too."""
        apart = np.bitwise_count(self._letters ^ _letters([word])[0])
        fits = (np.abs(self._lengths - len(word)) <= most) & (apart <= 2 * most)
        found = np.flatnonzero(fits if known else fits & ~self._known).tolist()
        if not found:
            return
        choices = [self.words[at] for at in found]
        edits = cdist([word], choices, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)[0]
        for place in np.flatnonzero((edits <= most) & (edits > 0)).tolist():
            yield self._token(found[place]), int(edits[place])

    def _token(self, at: int) -> Token:
        return Token(self.ids[at], self.words[at], bool(self._known[at]))


def _of_today(_id: int, word: str, kept: bytes) -> bytes:
    """A word's keys as kept; made anew where rules or tables have changed since."""
    return kept if words.is_of_today(kept) else words.written(word)


def _keys(kept: Sequence[bytes]) -> tuple[NDArray[np.uint32], NDArray[np.int32]]:
    """The numbers of all keys, and for each which word has it."""
    numbers = np.frombuffer(b"".join(kept), dtype=words.KEYS)
    counts = np.array([len(one) // _WIDE for one in kept], dtype=np.int64)
    places = np.repeat(np.arange(len(kept), dtype=np.int32), counts)
    first = np.zeros(len(numbers), dtype=np.bool_)
    first[np.cumsum(counts) - counts] = True  # the edition
    return numbers[~first], places[~first]


def _letters(some: Sequence[str]) -> NDArray[np.uint32]:
    """Which letters each word has, as bits; whatever is no letter of the Latin alphabet is one bit."""
    if not some:
        return np.zeros(0, dtype=np.uint32)
    signs = np.array(some, dtype=np.str_)
    codes = signs.view(np.uint32).reshape(len(some), -1).astype(np.int64)
    places = np.where((codes >= _A) & (codes < _A + _LETTERS), codes - _A, _LETTERS)
    bits = np.where(codes == 0, 0, 1 << places)
    found: NDArray[np.uint32] = np.bitwise_or.reduce(bits, axis=1).astype(np.uint32)
    return found


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All words there are: the many, and the newest apart."""

    parts: tuple[Part, ...]
    last: int
    count: int

    def exactly(self, word: str) -> Token | None:
        return next((found for part in self.parts if (found := part.exactly(word))), None)

    def with_key(self, key: str) -> Iterator[Token]:
        return (token for part in self.parts for token in part.with_key(key))

    def beginning(self, start: str) -> list[Token]:
        """The words that begin so, the shortest first."""
        found = [token for part in self.parts for token in part.beginning(start)]
        return sorted(found, key=lambda token: (len(token.word), token.word))

    def near(self, word: str, most: int, *, known: bool) -> Iterator[tuple[Token, int]]:
        return (found for part in self.parts for found in part.near(word, most, known=known))


_EMPTY: Final = Vocabulary((), 0, 0)
_held: dict[str, tuple[Vocabulary, float]] = {}
_lock = Lock()


def current() -> Vocabulary:
    """The words there are now. Within a transaction, which may yet be taken back, what is read is not held."""
    database = f"{connection.vendor}:{connection.settings_dict['NAME']}"
    held, counted = _held.get(database, (_EMPTY, 0.0))
    if connection.in_atomic_block:
        return _read(held if _stands(held) else _EMPTY)
    now = time.monotonic()
    if now - counted > _COUNTED_EVERY:
        held, counted = (held if _stands(held) else _EMPTY), now
    fresh = _read(held)
    if fresh is not held or _held.get(database, (None, 0.0))[1] != counted:
        with _lock:
            _held[database] = fresh, counted
    return fresh


def _stands(held: Vocabulary) -> bool:
    """Whether all words held are still there."""
    return not held.parts or NameToken.objects.filter(pk__lte=held.last).count() == held.count


def _read(held: Vocabulary) -> Vocabulary:
    """The same with the words that came since."""
    highest = NameToken.objects.aggregate(highest=Max("pk"))["highest"] or 0
    if highest <= held.last:
        return held
    first = held.parts[0] if held.parts else None
    after = first.ids[-1] if first else 0
    new = _rows(after)
    if first is None or len(new) > _TAIL:
        rows = _rows(0)
        return Vocabulary((Part(rows),), rows[-1][0], len(rows)) if rows else _EMPTY
    return Vocabulary((first, Part(new)), new[-1][0], len(first.ids) + len(new)) if new else held


def _rows(after: int) -> list[Row]:
    rows = NameToken.objects.filter(pk__gt=after).order_by("pk").values_list("pk", "word", "keys")
    return [(token, word, bytes(keys)) for token, word, keys in rows]


def tokens(words_of_them: Iterable[str], vocabulary: Vocabulary) -> list[int]:
    """The ids of those of these words that there are."""
    found = (vocabulary.exactly(word) for word in words_of_them)
    return [token.id for token in found if token is not None]
