"""Whether two names are one person's: words matched one to one, each with its bits, and a probability.

`compare` takes texts or names made ready (`preparing`). It is symmetric, never raises, and a blank says nothing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from cobijo.algorithms.names import model, sounds, tables
from cobijo.algorithms.names.preparing import Name, prepare
from cobijo.algorithms.names.tables import PARTS, Part
from cobijo.algorithms.names.words import How, Likeness, known, likeness, worth

_GIVEN, _SURNAME = Part.GIVEN, Part.SURNAME
_SEEN: Final = 5.0
"""Bearers among 10,000 from which a word is taken to be met in a part."""
_LETTERS_A_SLIP: Final = 6
"""Letters of two names run together for each slip that is allowed in them."""
_MOST_SLIPS: Final = 2
_LEAST_PIECE: Final = 3
_FARTHEST_SPELLING: Final = 4
_FARTHEST_CREOLE: Final = 8
"""Edits between two names and the same written together, beyond which their sounds are not asked: in Creole, more."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One line of why: the words of either side ("" for none), what they are to each other, and the bits."""

    a: str
    b: str
    part: Part
    how: How
    bits: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names say about being one person's.

    ``bits``: log2 of the likelihood ratio, lids included, the prior not. ``probability``: with the prior that it was
    asked for. ``given``, ``surnames``: the bits of either part, for who weighs them apart. ``evidence``: line by line;
    the lines of a part under a lid come with a line that takes the rest away, so that they add up to ``bits``.
    """

    probability: float
    bits: float
    given: float
    surnames: float
    evidence: tuple[Evidence, ...]

    @property
    def same(self) -> bool:
        """Whether the probability reaches the shipped cut."""
        return self.probability >= model.CUT


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    part: Part
    place: int
    husband: bool = False


@dataclass(frozen=True, slots=True)
class _Link:
    weight: float
    one: _Word
    other: _Word
    found: Likeness


def compare(a: Name | str, b: Name | str, prior: float = model.PRIOR_BITS) -> Comparison:
    """Compare two names. ``prior``: bits, log2 of the odds before any name was looked at."""
    one = prepare(a) if isinstance(a, str) else a
    other = prepare(b) if isinstance(b, str) else b
    if _order(other) < _order(one):
        return _turned(_compare(other, one, prior))
    return _compare(one, other, prior)


def probability(bits: float, prior: float = model.PRIOR_BITS) -> float:
    """The probability that bits of evidence leave, from 0 to 1; each bit counts for `model.DISCOUNT`."""
    return 1.0 / (1.0 + math.exp2(-max(-200.0, min(200.0, model.DISCOUNT * bits + prior))))


def _compare(one: Name, other: Name, prior: float) -> Comparison:
    sure = one.sure and other.sure
    links, left, right = _matched(_listed(one), _listed(other), sure=sure, haitian=_haitian(one) or _haitian(other))
    evidence = [_line(link) for link in links]
    told = [part for part in PARTS if _is_told(one, part) and _is_told(other, part)]
    any_surname = any(link.one.part is _SURNAME for link in links)
    evidence += [
        line
        for line in _leftovers(left, right, sure=sure, any_surname=any_surname)
        if line.part in told or line.how is not How.EXTRA
    ]
    if one.younger != other.younger:
        evidence.append(Evidence("", "", _GIVEN, How.EXTRA, model.GENERATION_BITS))
    given, lid_given = _lidded(evidence, _GIVEN)
    surnames, lid_surnames = _lidded(evidence, _SURNAME)
    evidence += [
        Evidence("", "", part, How.LID, lid) for part, lid in ((_GIVEN, lid_given), (_SURNAME, lid_surnames)) if lid
    ]
    bits = given + surnames
    held = _held(bits, one, other, both_parts=_given_met(links, sure=sure) and len(told) == len(PARTS))
    if held != bits:
        evidence.append(Evidence("", "", _GIVEN, How.LID, held - bits))
    return Comparison(probability(held, prior), held, given, surnames, tuple(evidence))


def _held(bits: float, one: Name, other: Name, *, both_parts: bool) -> float:
    """The bits of two names, held to what may be said where either does not tell both parts."""
    if both_parts or bits <= 0:
        return bits
    if not one.sure and not other.sure and len(one.words) == len(other.words) == 1:
        return model.ONE_WORD_BITS
    return min(bits, model.ONE_PART_MOST)


def _given_met(links: list[_Link], *, sure: bool) -> bool:
    """Whether a given name of either side found a word to agree with; else only families were compared."""
    if not sure and len(links) > 1:
        return True
    return any(link.one.part is _GIVEN for link in links) and any(link.other.part is _GIVEN for link in links)


def _is_told(name: Name, part: Part) -> bool:
    """Whether a name has anything in a part; else the part is a blank and the other's words are no omission."""
    return bool(name.given if part is _GIVEN else name.surnames or name.married)


def _listed(name: Name) -> list[_Word]:
    words = [_Word(text, _GIVEN, place) for place, text in enumerate(name.given)]
    words += [_Word(text, _SURNAME, place) for place, text in enumerate(name.surnames)]
    return words + [_Word(text, _SURNAME, 9, husband=True) for text in name.married]


def _haitian(name: Name) -> bool:
    """Whether a name may be as in Haiti: a word is found there only, or spelt as Creole spells, or none is known."""
    words = name.words
    return any(map(_found_in_haiti, words)) or not any(known(word, part) for word in words for part in PARTS)


@lru_cache(maxsize=1 << 16)
def _found_in_haiti(word: str) -> bool:
    listed = any(word in tables.frequencies(part).haitian for part in PARTS)
    elsewhere = not listed and any(word in tables.frequencies(part).anywhere for part in PARTS)
    families = tables.spellings().get(word, ())
    return listed or (not elsewhere and any(family.startswith("haitian:") for family in families))


def _matched(
    left: list[_Word], right: list[_Word], *, sure: bool, haitian: bool
) -> tuple[list[_Link], list[_Word], list[_Word]]:
    """Words matched one to one, the best first, and what is left of either side."""
    found = [link for a in left for b in right if (link := _linked(a, b, sure=sure, haitian=haitian))]
    found.sort(key=lambda link: -link.weight)
    kept = _one_to_one(found)
    left, right = _without(left, [link.one for link in kept]), _without(right, [link.other for link in kept])
    if len(left) != len(right):
        joined, left, right = _joined(left, right, haitian=haitian)
        kept += joined
    return kept, left, right


def _one_to_one(found: list[_Link]) -> list[_Link]:
    kept: list[_Link] = []
    taken: set[int] = set()
    for link in found:
        if id(link.one) not in taken and id(link.other) not in taken:
            taken |= {id(link.one), id(link.other)}
            kept.append(link)
    return kept


def _without(words: list[_Word], taken: list[_Word]) -> list[_Word]:
    gone = {id(word) for word in taken}
    return [word for word in words if id(word) not in gone]


def _linked(a: _Word, b: _Word, *, sure: bool, haitian: bool) -> _Link | None:
    """The link of two words, less what their places cost; None if they do not agree."""
    found = likeness(a.text, b.text, a.part, haitian)
    if a.part is not b.part:
        elsewhere = likeness(a.text, b.text, b.part, haitian)
        found = min((found, elsewhere), key=lambda one: one.bits or math.inf)
    if found.bits <= 0.0:
        return None
    if a.husband != b.husband:
        return _Link(min(found.bits, model.HUSBAND_BITS), a, b, found)
    return _Link(max(0.1, found.bits - _place_costs(a, b, sure=sure)), a, b, found)


def _place_costs(a: _Word, b: _Word, *, sure: bool) -> float:
    if a.part is not b.part:
        return model.OTHER_PART_COSTS if sure else model.UNSURE_PART_COSTS
    if a.place == b.place:
        return 0.0
    return model.ORDER_COSTS if a.part is _GIVEN else model.SWAPPED_COSTS


def _joined(left: list[_Word], right: list[_Word], *, haitian: bool) -> tuple[list[_Link], list[_Word], list[_Word]]:
    """Two words of one side that are one of the other: Rosa Linda, Rosalinda; Jean Louis, Janlwi."""
    for many, few in ((left, right), (right, left)):
        for first, second in pairwise(many):
            for whole in few:
                if found := _run_together(first, second, whole.text, haitian=haitian):
                    pair = _Word(f"{first.text} {second.text}", first.part, first.place)
                    one, other = (pair, whole) if many is left else (whole, pair)
                    gone = [first, second, whole]
                    return [_Link(found.bits, one, other, found)], _without(left, gone), _without(right, gone)
    return [], left, right


def _run_together(first: _Word, second: _Word, whole: str, *, haitian: bool) -> Likeness | None:
    pair = first.text + second.text
    if min(len(first.text), len(second.text)) < _LEAST_PIECE or len(whole) < 2 * _LEAST_PIECE:
        return None
    farthest = _FARTHEST_CREOLE if haitian else _FARTHEST_SPELLING
    edits = OSA.distance(pair, whole, score_cutoff=farthest)
    if edits > farthest:
        return None
    bits = min(model.JOINED_BITS, worth(first.text, first.part) + worth(second.text, second.part))
    if pair == whole or not sounds.spanish(pair).isdisjoint(sounds.spanish(whole)):
        return Likeness(How.JOINED, bits)
    if haitian and not sounds.haitian(pair).isdisjoint(sounds.haitian(whole)):
        return Likeness(How.JOINED, bits - model.SOUND_COSTS)
    if edits <= min(_MOST_SLIPS, len(pair) // _LETTERS_A_SLIP):
        return Likeness(How.JOINED, max(model.LEAST_AGREEING, bits - model.SLIP_COSTS[edits]))
    return None


def _line(link: _Link) -> Evidence:
    return Evidence(link.one.text, link.other.text, link.one.part, link.found.how, link.weight)


def _leftovers(left: list[_Word], right: list[_Word], *, sure: bool, any_surname: bool) -> list[Evidence]:
    """What no word of the other side answered: against each other a contradiction, alone an omission."""
    evidence: list[Evidence] = []
    alone: list[tuple[list[_Word], list[_Word]]] = []
    for part in PARTS:
        ours = [word for word in left if word.part is part and not word.husband]
        theirs = [word for word in right if word.part is part and not word.husband]
        if part is _SURNAME:
            evidence += _husbands(left, right, ours, theirs)
        both = min(len(ours), len(theirs))
        evidence += [_against(a, b) for a, b in zip(ours[:both], theirs[:both], strict=True)]
        alone.append((ours[both:], theirs[both:]))
    if not sure:
        evidence += _across(alone)
    for ours, theirs in alone:
        evidence += [_alone(word, place, any_surname, mine=True) for place, word in enumerate(ours)]
        evidence += [_alone(word, place, any_surname, mine=False) for place, word in enumerate(theirs)]
    return evidence


def _across(alone: list[tuple[list[_Word], list[_Word]]]) -> list[Evidence]:
    """A given name of one side against a surname of the other, where the parts were guessed and may be wrong.

    Rose Laure Vilsaint and Rose Berthe Vilsaint; but not Marta Aguirre and Aguirre Pérez, whose parts are plain.
    """
    (our_given, their_given), (our_surnames, their_surnames) = alone
    evidence = []
    for given, surnames, mine in ((our_given, their_surnames, True), (their_given, our_surnames, False)):
        for a in list(given):
            b = next((word for word in surnames if _may_change_part(a, word)), None)
            if b is not None:
                given.remove(a)
                surnames.remove(b)
                evidence.append(_against(a, b) if mine else _against(b, a))
    return evidence


def _may_change_part(given: _Word, surname: _Word) -> bool:
    return _is_neither_or(given.text, _SURNAME) or _is_neither_or(surname.text, _GIVEN)


def _is_neither_or(word: str, part: Part) -> bool:
    """Whether a word may as well be of another part than it stands in: found there, or in no table at all."""
    return tables.frequencies(part).anywhere.get(word, 0.0) >= _SEEN or not any(known(word, each) for each in PARTS)


def _husbands(left: list[_Word], right: list[_Word], ours: list[_Word], theirs: list[_Word]) -> list[Evidence]:
    """A husband's name stands for the second surname that the other side has, which then contradicts nothing."""
    evidence = []
    for words, others, mine in ((left, theirs, True), (right, ours, False)):
        for word in [word for word in words if word.husband]:
            against = others.pop() if others and (len(others) > 1 or others[-1].place > 0) else None
            bits = model.HUSBAND_FOR_SECOND if against else model.EXTRA_HUSBAND
            pair = (word.text, against.text if against else "")
            evidence.append(Evidence(*(pair if mine else pair[::-1]), _SURNAME, How.HUSBAND, bits))
    return evidence


def _against(a: _Word, b: _Word) -> Evidence:
    found = likeness(a.text, b.text, a.part)
    bits = model.OTHER_GIVEN if a.part is _GIVEN else model.OTHER_SURNAME
    if len(a.text) == 1 or len(b.text) == 1:
        bits = model.INITIAL_AGAINST
    elif found.how is How.NEAR and not (known(a.text, a.part) and known(b.text, b.part)):
        bits *= model.NEAR_KEEPS
    return Evidence(a.text, b.text, a.part, How.OTHER, bits)


def _alone(word: _Word, before: int, any_surname: bool, *, mine: bool) -> Evidence:
    bits = model.EXTRA_GIVEN if word.part is _GIVEN else model.EXTRA_SECOND
    if word.part is _SURNAME and word.place == 0 and any_surname:
        bits = model.EXTRA_FIRST
    bits += model.EXTRA_OVER if before >= 2 else 0.0
    return Evidence(word.text if mine else "", "" if mine else word.text, word.part, How.EXTRA, bits)


def _lidded(evidence: Sequence[Evidence], part: Part) -> tuple[float, float]:
    """The bits of a part under its lid, and what the lid takes away (0 or less)."""
    lines = [line for line in evidence if line.part is part]
    agreeing = sum(line.bits for line in lines if line.bits > 0)
    against = sum(line.bits for line in lines if line.bits <= 0)
    most = _saturated(agreeing) if part is _SURNAME else min(agreeing, model.MOST_GIVEN)
    if any(line.how is How.OTHER for line in lines):
        most = min(most, model.CONTRADICTED_MOST)
    return most + against, most - agreeing


def _saturated(bits: float) -> float:
    """Bits of surnames when some of the others compared are relatives who share them."""
    if bits <= 0:
        return 0.0
    strangers = (1.0 - model.RELATIVES) * math.exp2(-bits)
    return -math.log2(strangers + model.RELATIVES)


def _order(name: Name) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], bool, bool]:
    return (name.given, name.surnames, name.married, name.sure, name.younger)


def _turned(found: Comparison) -> Comparison:
    lines = tuple(Evidence(line.b, line.a, line.part, line.how, line.bits) for line in found.evidence)
    return Comparison(found.probability, found.bits, found.given, found.surnames, lines)
