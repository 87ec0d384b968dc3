"""What a typed word may be: words of the vocabulary, each with how it comes to be one and what that costs in bits.

A cost is how much less likely it is that somebody types this for that word, than that they type the word itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from cobijo.algorithms import names, text
from cobijo.algorithms.names import tables
from cobijo.algorithms.names.preparing import PARTICLES
from cobijo.people.searching import words
from cobijo.people.searching.vocabulary import Token, Vocabulary

MOST_WORDS: Final = 8
"""Typed words that are looked up; a whole sentence is no name."""
MOST_WAYS: Final = 160
"""Words that one typed word may be: the likeliest."""
MOST_BEGUN: Final = 400
"""Words that begin as the last word is typed: the shortest."""
_LEAST_PIECE: Final = 3


class How(StrEnum):
    """How a typed word comes to be a word of a name; in this order the kinder comes first."""

    SAME = "name"
    BEGINS = "begins"
    SPELLING = "spelling"
    NICKNAME = "nickname"
    JOINED = "joined"
    SLIP = "slip"


COSTS: Final = {
    How.SAME: 0.0,
    How.BEGINS: 0.5,
    How.SPELLING: 1.0,
    How.NICKNAME: 3.0,
    How.JOINED: 1.0,
}
_HAITIAN: Final = 2.5
_SLIPS: Final = {1: 3.0, 2: 6.0, 3: 9.0}
_FIRST_LETTER: Final = 1.0
_TWO_NAMES: Final = 3.0
"""Where both are names of their own, Mario and Maria: a slip seldom makes one."""


@dataclass(frozen=True, slots=True)
class Way:
    """A word of the vocabulary that a typed word may be."""

    token: int
    word: str
    how: How
    cost: float


@dataclass(slots=True)
class Meant:
    """A typed word and all it may be, by token. ``optional``: a single letter, which nobody need have."""

    word: str
    optional: bool = False
    ways: dict[int, Way] = field(default_factory=dict)

    def add(self, token: Token, how: How, cost: float) -> None:
        """One more way, if it is not known already or comes cheaper."""
        if token.word.startswith(words.MARK):
            return
        before = self.ways.get(token.id)
        if before is None or cost < before.cost:
            self.ways[token.id] = Way(token.id, token.word, how, cost)

    def best(self) -> list[Way]:
        """The ways, the likeliest first, at most so many of each kind."""
        found = sorted(self.ways.values(), key=lambda way: (way.cost, len(way.word), way.word))
        begun = [way for way in found if way.how is How.BEGINS][:MOST_BEGUN]
        return [way for way in found if way.how is not How.BEGINS][:MOST_WAYS] + begun


def read(typed: str, vocabulary: Vocabulary) -> list[Meant]:
    """The typed words that say something, with what each may be. The last is taken as far as it is typed."""
    said = _said(typed, vocabulary)
    meant = [Meant(word, optional=len(word) == 1) for word in said]
    for at, one in enumerate(meant):
        _find(one, vocabulary, begins=at == len(meant) - 1 or one.optional)
    for before, after in pairwise(meant):
        _join(before, after, vocabulary)
    return meant


def _said(typed: str, vocabulary: Vocabulary) -> list[str]:
    """Folded words without particles, each once; what was run together apart: Anamaría, Deleón."""
    folded = [word[: words.LONGEST] for word in text.tokens(typed)]
    if not folded:
        return []
    told = [word for word in folded[:-1] if word not in PARTICLES] + folded[-1:]
    if len(told) > 1 and told[-1] in PARTICLES and len(told[-1]) > 1:
        told.pop()
    apart = [piece for word in told for piece in _pieces(word, vocabulary)]
    return list(dict.fromkeys(apart))[:MOST_WORDS]


def _pieces(word: str, vocabulary: Vocabulary) -> Sequence[str]:
    if len(word) < 2 * _LEAST_PIECE or vocabulary.exactly(word):
        return (word,)
    given, surnames = names.prepare_parts(word).given, names.prepare_parts("", word).surnames
    return given if len(given) > 1 else surnames or (word,)


def _find(one: Meant, vocabulary: Vocabulary, *, begins: bool) -> None:
    for word, cost in _forms(one.word):
        if token := vocabulary.exactly(word):
            one.add(token, How.SAME if word == one.word else How.SPELLING, cost)
        _by_key(one, word, cost, vocabulary)
    if begins:
        for token in vocabulary.beginning(one.word)[: 2 * MOST_BEGUN]:
            one.add(token, How.BEGINS, COSTS[How.BEGINS])
    _by_slip(one, vocabulary)


def _forms(word: str) -> Iterator[tuple[str, float]]:
    """A word and what it is written short for: Hdez., Ma."""
    yield word, 0.0
    long = tables.words(tables.WordKind.ABBREVIATION).get(word)
    if long:
        yield long, COSTS[How.SPELLING]


def _by_key(one: Meant, word: str, cost: float, vocabulary: Vocabulary) -> None:
    """Words that sound alike, are spelt as one family, or are short for one name."""
    if len(word) == 1:
        return
    may_sound = _alike(word)
    for key in words.keys_of(word):
        if key == words.KNOWN:
            continue
        if key.startswith("n:"):
            _by_nickname(one, key, cost, vocabulary)
            continue
        for token in vocabulary.with_key(key):
            if key.startswith("f:"):
                one.add(token, How.SPELLING, cost + COSTS[How.SPELLING])
            elif may_sound(key, token):
                extra = _HAITIAN if key.startswith("h:") else COSTS[How.SPELLING]
                one.add(token, How.SPELLING, cost + extra)
    for token in vocabulary.with_key(f"n:{word}"):
        one.add(token, How.NICKNAME, cost + COSTS[How.NICKNAME])


def _by_nickname(one: Meant, key: str, cost: float, vocabulary: Vocabulary) -> None:
    """A nickname was typed: the names it may stand for, and their other nicknames."""
    if token := vocabulary.exactly(key[2:]):
        one.add(token, How.NICKNAME, cost + COSTS[How.NICKNAME])
    for token in vocabulary.with_key(key):
        one.add(token, How.NICKNAME, cost + 2 * COSTS[How.NICKNAME])


def _alike(word: str) -> Callable[[str, Token], bool]:
    """Whether a sound in common makes two words one: in short words and between two known names, hardly."""
    known = words.KNOWN in words.keys_of(word)

    def fits(key: str, token: Token) -> bool:
        if min(len(word), len(token.word)) <= names.words.SHORT and not key.startswith("m:"):
            return False
        return not (key.startswith("h:") and known and token.known)

    return fits


def _by_slip(one: Meant, vocabulary: Vocabulary) -> None:
    """Words within a slip or two, by length; between two names of their own dearer."""
    most = _allowed(len(one.word))
    if not most:
        return
    known = words.KNOWN in words.keys_of(one.word)
    for token, edits in vocabulary.near(one.word, most, known=True):
        if edits > _allowed(min(len(one.word), len(token.word))):
            continue
        cost = _SLIPS[edits] + (_FIRST_LETTER if token.word[0] != one.word[0] else 0.0)
        if known and token.known:
            if edits > 1:
                continue
            cost += _TWO_NAMES
        one.add(token, How.SLIP, cost)


def _allowed(length: int) -> int:
    return 0 if length <= names.words.SHORT else 1 if length < 7 else 2 if length < 10 else 3


def _join(before: Meant, after: Meant, vocabulary: Vocabulary) -> None:
    """Two typed words that are one word of a name: Rosa Linda, Rosalinda. It answers both."""
    if min(len(before.word), len(after.word)) < _LEAST_PIECE:
        return
    together = Meant(before.word + after.word)
    if token := vocabulary.exactly(together.word):
        together.add(token, How.JOINED, COSTS[How.JOINED])
    for key in words.keys_of(together.word):
        if key.startswith(("s:", "f:")):
            for token in vocabulary.with_key(key):
                together.add(token, How.JOINED, COSTS[How.JOINED] + COSTS[How.SPELLING])
    for way in together.ways.values():
        for one in (before, after):
            if way.token not in one.ways or one.ways[way.token].cost > way.cost:
                one.ways[way.token] = way
