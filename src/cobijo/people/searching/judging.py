"""The best entries compared with what was typed and said: whole name with whole name, then age, sex and origin.

A blank says nothing either way. What it is that fits is said in codes (`types.FoundBy`), which have their words.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final
from uuid import UUID

from cobijo.algorithms import names, text
from cobijo.algorithms.ages import Birth, Precision, age_on
from cobijo.algorithms.names import Comparison, Name
from cobijo.algorithms.names.preparing import PARTICLES
from cobijo.people.searching.meaning import Meant
from cobijo.people.types import FoundBy, Sex, Traits

NAMES: Final = ("given_names", "first_surname", "second_surname", "married_name", "nicknames")
COLUMNS: Final = (
    "pk",
    *NAMES,
    "sex",
    "birth_date",
    "birth_precision",
    "nationalities",
    "origin_area_id",
    "origin_place",
)
"""What is read of each person."""

NAME_KEEPS: Final = 0.3
"""Of the bits of two whole names: the words have been weighed one by one already, what counts is what goes between."""

# Bits, as the evidence in docs/develop/search.md has them.
SEX_FITS, SEX_DIFFERS = 1.0, -6.0
COUNTRY_FITS, COUNTRY_DIFFERS = 2.0, -5.0
PLACE_FITS, PLACE_DIFFERS = 5.0, -2.0
AGE_FITS: Final = 3.0
AGE_BEYOND: Final = ((2, 0.0), (8, -3.0))
"""Years beyond what was said, and the bits up to there."""
AGE_NEARLY: Final = -1.0
AGE_FAR: Final = -7.0
"""``AGE_NEARLY``: from how many bits on a year is looked for when the best are chosen."""

# Past their caches: no process keeps whole names of people who may be erased.
_prepared, _prepared_parts = names.prepare.__wrapped__, names.prepare_parts.__wrapped__

_OF_WORDS: Final = {
    names.How.SPELLING: FoundBy.SPELLING,
    names.How.NICKNAME: FoundBy.NICKNAME,
    names.How.SLIP: FoundBy.SLIP,
    names.How.JOINED: FoundBy.JOINED,
    names.How.HUSBAND: FoundBy.MARRIED,
    names.How.OTHER: FoundBy.PARTLY,
    names.How.NEAR: FoundBy.PARTLY,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A person, the bits, and why in codes. ``fits``: nothing said of them is contradicted."""

    person: UUID
    bits: float
    why: tuple[str, ...]
    fits: bool


def age_bits(years_off: float) -> float:
    """What an age says that is so many years outside what was said; 0 or less is within."""
    if years_off <= 0:
        return AGE_FITS
    return next((bits for most, bits in AGE_BEYOND if years_off <= most), AGE_FAR)


def birth_years(age: int, years: int, today: date) -> dict[int, float]:
    """The bits of years of birth that fit an age, give or take some years, or nearly; of all others none are given.

    For choosing whom to judge: who has no birth cannot be told there from who is far off.
    """
    middle, around = today.year - age - 0.5, years + 0.5
    bits = {year: age_bits(abs(year - middle) - around) for year in range(today.year - 120, today.year + 1)}
    return {year: one - AGE_NEARLY for year, one in bits.items() if one > AGE_NEARLY}


class Judge:
    """Compares what was typed and said with one person after the other."""

    def __init__(self, meant: Sequence[Meant], traits: Traits, areas: Collection[UUID], today: date) -> None:
        self._meant, self._traits, self._areas, self._today = meant, traits, areas, today
        self._words = [one.word for one in meant]
        self._typed_names: dict[str, Name] = {}
        self._community = set(text.tokens(traits.community)) - PARTICLES

    def judge(self, row: Mapping[str, Any], bits: float) -> Judged:
        """One person's row with the columns of `COLUMNS`; ``bits``: what the words alone weighed."""
        record = _prepared_parts(row["given_names"], row["first_surname"], row["second_surname"], row["married_name"])
        typed = self._typed(record, row)
        found = names.compare(typed, record)
        traits, said = self._of_traits(row)
        why = {FoundBy.NAME, *_of_words(found), *_swapped(found, typed, record), *said}
        fits = not {FoundBy.OTHER_SEX, FoundBy.OTHER_AGE} & set(said)
        total = bits + NAME_KEEPS * found.bits + traits
        return Judged(row["pk"], total, tuple(one.value for one in FoundBy if one in why), fits)

    def best(self, row: Mapping[str, Any], others: Sequence[Mapping[str, Any]], bits: float) -> Judged:
        """The same by the name that fits best: the record's own, or one that it has from a record merged into it."""
        names_had = [row, *({**row, **{name: other[name] for name in NAMES}} for other in others)]
        return max((self.judge(one, bits) for one in names_had), key=lambda one: one.bits)

    def _typed(self, record: Name, row: Mapping[str, Any]) -> Name:
        """The typed name, its last word as this person's name goes on where it is begun."""
        last = self._words[-1]
        begun = [word for word in (*record.words, *text.tokens(row["nicknames"])) if word.startswith(last)]
        words_of_it = " ".join([*self._words[:-1], min(begun, key=len)] if begun else self._words)
        if words_of_it not in self._typed_names:
            self._typed_names[words_of_it] = _prepared(words_of_it)
        return self._typed_names[words_of_it]

    def _of_traits(self, row: Mapping[str, Any]) -> tuple[float, list[FoundBy]]:
        parts = (self._of_sex(row["sex"]), self._of_age(row), self._of_country(row), self._of_place(row))
        return sum(bits for bits, _ in parts), [why for _, why in parts if why]

    def _of_sex(self, sex: str) -> tuple[float, FoundBy | None]:
        if Sex.UNKNOWN in (self._traits.sex, sex):
            return 0.0, None
        return (SEX_FITS, None) if sex == self._traits.sex else (SEX_DIFFERS, FoundBy.OTHER_SEX)

    def _of_age(self, row: Mapping[str, Any]) -> tuple[float, FoundBy | None]:
        if self._traits.age is None or row["birth_date"] is None:
            return 0.0, None
        age = age_on(Birth(row["birth_date"], Precision(row["birth_precision"])), self._today) or 0
        off = abs(age - self._traits.age) - self._traits.years
        return age_bits(off), FoundBy.OTHER_AGE if off > AGE_BEYOND[0][0] else None

    def _of_country(self, row: Mapping[str, Any]) -> tuple[float, FoundBy | None]:
        if not self._traits.country or not row["nationalities"]:
            return 0.0, None
        return (COUNTRY_FITS if self._traits.country in row["nationalities"] else COUNTRY_DIFFERS), None

    def _of_place(self, row: Mapping[str, Any]) -> tuple[float, FoundBy | None]:
        """Whether the person comes from the area said, or from a place whose words were."""
        known = row["origin_area_id"] is not None or row["origin_place"]
        if not known or not (self._areas or self._community):
            return 0.0, None
        there = row["origin_area_id"] in self._areas or bool(self._community & set(text.tokens(row["origin_place"])))
        return (PLACE_FITS, FoundBy.PLACE) if there else (PLACE_DIFFERS, None)


def _of_words(found: Comparison) -> Iterator[FoundBy]:
    """What the words of two names are to each other, where they are not simply the same."""
    for line in found.evidence:
        why = _OF_WORDS.get(line.how)
        if why:
            yield why
        elif line.how is names.How.EXTRA and line.a:
            yield FoundBy.PARTLY


def _swapped(found: Comparison, typed: Name, record: Name) -> Iterator[FoundBy]:
    """Whether two surnames were typed in the other order."""
    lines = [line for line in found.evidence if line.a in typed.surnames and line.b in record.surnames]
    places = sorted((typed.surnames.index(line.a), record.surnames.index(line.b)) for line in lines)
    if any(one[1] > other[1] for one, other in pairwise(places)):
        yield FoundBy.SWAPPED
