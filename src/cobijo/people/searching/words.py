"""By which words a person is found: those of all their names, and marks for sex, year of birth and nationality.

A mark begins with a sign that folding leaves to no name. Everything here is worked out of the record, never kept apart.
"""

import zlib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from cobijo.algorithms import names, text
from cobijo.algorithms.names import nicknames, sounds, tables
from cobijo.people.models import Person

LONGEST: Final = 40
"""Letters of a word that are kept: what is longer is no name, and met by its beginning all the same."""
MOST: Final = 24
"""Words of one part of a name that are kept: a list pasted into the field of a name has more."""
MARK: Final = "#"
KEYS: Final = np.dtype("<u4")
KNOWN: Final = "k"
_TRADITION: Final = {"spanish": "s", "maya": "m", "haitian": "h"}
_TABLES: Final = ("given_names.tsv", "surnames.tsv", "nicknames.tsv", "spellings.tsv")


def of_person(person: Person) -> frozenset[str]:
    """Every word and mark a person is found by."""
    return frozenset(_of_names(person)) | frozenset(_marks(person))


def _of_names(person: Person) -> Iterator[str]:
    parts = (person.given_names, person.first_surname, person.second_surname, person.married_name)
    for part in (*parts, person.nicknames):
        for word in text.tokens(part)[:MOST]:
            yield word[:LONGEST]
    prepared = names.prepare_parts.__wrapped__(*parts)  # past its cache: no process keeps whole names of people
    yield from (word[:LONGEST] for word in prepared.words)


def _marks(person: Person) -> Iterator[str]:
    if person.sex in ("female", "male"):
        yield sex_mark(person.sex)
    if person.birth_date is not None:
        yield year_mark(person.birth_date.year)
    for country in person.nationalities or ():
        yield country_mark(country)


def sex_mark(sex: str) -> str:
    return f"{MARK}{sex[:1]}"


def year_mark(year: int) -> str:
    return f"{MARK}{year}"


def country_mark(country: str) -> str:
    return f"{MARK}{country.upper()}"


# --- what a word is looked up by -------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def keys_of(word: str) -> frozenset[str]:
    """What a word sounds like in each tradition, the families it is spelt in, the names it is short for.

    ``s:``, ``m:``, ``h:`` a sound; ``f:`` a family of spellings; ``n:`` a given name it may stand for; ``k`` that the
    tables know it.
    """
    if word.startswith(MARK):
        return frozenset()
    heard = (key.partition(":") for key in sounds.keys(word))
    found = {f"{_TRADITION[tradition]}:{sound}" for tradition, _, sound in heard}
    found |= {f"f:{family}" for family in tables.spellings().get(word, ())}
    found |= {f"n:{name}" for name in nicknames.names(word)}
    return frozenset(found | ({KNOWN} if any(names.words.known(word, part) for part in tables.PARTS) else set()))


def written(word: str) -> bytes:
    """A word's keys as they stand beside it: the edition they were made by, then a number for each, four bytes each."""
    return np.array([edition(), *sorted(map(number, keys_of(word)))], dtype=KEYS).tobytes()


def is_of_today(kept: bytes) -> bool:
    """Whether keys were made by the rules and tables in use."""
    return kept.startswith(_edition_packed())


@cache
def _edition_packed() -> bytes:
    return np.array([edition()], dtype=KEYS).tobytes()


@lru_cache(maxsize=1 << 14)
def number(key: str) -> int:
    """A key as a number. Two keys may have one: then a word is looked at in vain."""
    return zlib.crc32(key.encode())


@cache
def edition() -> int:
    """Which rules of sound and which tables are in use."""
    folder = files(tables.__package__ or "").joinpath("data")
    content = b"".join(folder.joinpath(name).read_bytes() for name in _TABLES)
    return zlib.crc32(content, sounds.VERSION)
