"""The tables of names, read once from ``data/*.tsv``: how common a name is, what it is short for, how else written.

The files are made to be edited: a line a name, comments say source and meaning. Everything is folded.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

PEOPLE: Final = 10_000
"""The tables count bearers among this many."""
UNKNOWN_BITS: Final = 13.0
"""Rarity of a name that no table has: one in about 8,000, rarer than the rarest line."""


class Part(StrEnum):
    """Which part of a name a word stands in."""

    GIVEN = "given"
    SURNAME = "surname"

    __hash__ = str.__hash__  # it is a key of every cache here, and an Enum's own is slow


PARTS: Final = tuple(Part)
"""Both parts; going through the Enum itself is slow."""


class WordKind(StrEnum):
    """What a word of a name field is when it is no name."""

    ABBREVIATION = "abbreviation"
    MARRIED = "married"
    NAMELESS = "nameless"
    NEWBORN = "newborn"
    RELATION = "relation"
    TITLE = "title"
    GENERATION = "generation"


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Bearers among 10,000, by name: anywhere in the region, and by country where reckoned apart."""

    anywhere: dict[str, float]
    by_country: dict[str, dict[str, float]]
    haitian: frozenset[str]
    maya: frozenset[str]
    female: frozenset[str]
    male: frozenset[str]


@cache
def frequencies(part: Part) -> Frequencies:
    """How common each given name or surname is; in several traditions, the commonest counts."""
    anywhere: dict[str, float] = {}
    by_country: dict[str, dict[str, float]] = defaultdict(dict)
    traditions: dict[str, set[str]] = defaultdict(set)
    for row in _rows("given_names.tsv" if part is Part.GIVEN else "surnames.tsv"):
        name = row["name"]
        anywhere[name] = max(anywhere.get(name, 0.0), float(row["any"]))
        traditions[row["tradition"]].add(name)
        traditions[row.get("sex", "")].add(name)
        for country in ("gt", "hn", "sv", "mx"):
            if row.get(country):
                by_country[country][name] = float(row[country])
    either = traditions["both"]
    return Frequencies(
        anywhere=anywhere,
        by_country=dict(by_country),
        haitian=frozenset(traditions["haitian"] - traditions["es"]),
        maya=frozenset(traditions["maya"]),
        female=frozenset(traditions["female"] - traditions["male"] - either),
        male=frozenset(traditions["male"] - traditions["female"] - either),
    )


def rarity(name: str, part: Part, country: str = "") -> float:
    """Bits that agreeing on this folded name is worth: minus log2 of the share of people who bear it.

    ``country``: gt, hn, sv or mx takes that country's own figure where the table has one.
    """
    known = frequencies(part)
    share = known.by_country.get(country, {}).get(name) or known.anywhere.get(name)
    return rarity_of_share(share) if share else UNKNOWN_BITS


def rarity_of_share(bearers: float) -> float:
    """Bits of a name that so many of 10,000 bear, at most those of an unknown name."""
    return min(UNKNOWN_BITS, math.log2(PEOPLE / bearers))


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """The given names that a nickname may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("nicknames.tsv"):
        found[row["nickname"]].update(row["names"].split())
    return {nickname: frozenset(names) for nickname, names in found.items()}


@cache
def spellings() -> dict[str, frozenset[str]]:
    """The families a spelling belongs to, each called "part:first spelling"."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _rows("spellings.tsv"):
        family = row["spellings"].split()
        for spelling in family:
            found[spelling].add(f"{row['part']}:{family[0]}")
    return {spelling: frozenset(families) for spelling, families in found.items()}


@cache
def words(kind: WordKind) -> dict[str, str]:
    """The words of one kind, and what each stands for."""
    return {row["word"]: row["for"] for row in _rows("words.tsv") if row["kind"] == kind}


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The lines of a table by the names of its columns; comments and blank lines are none."""
    text = files(__package__).joinpath("data", name).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    columns = next(lines)
    for cells in lines:
        yield dict(zip(columns, cells, strict=True))
