"""People as arrays of integers: every word of a name a number, looked up once however many bear it."""

from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from cobijo.algorithms.linkage.reading import People
from cobijo.algorithms.names import Part, nicknames, prepare, prepare_parts, sounds, tables
from cobijo.algorithms.names.preparing import Name, plain

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Bytes = NDArray[np.bytes_]
GIVEN: Final = 3
SURNAMES: Final = 2
"""Words of a name that are compared; a name of forty has its first."""
_END: Final = 3
"""Letters of a sound by which words with a slip elsewhere still meet."""
PHONE: Final = 8
DOCUMENT: Final = 20
ADDRESS: Final = 40
"""Signs of a telephone, a document and an address that are compared."""
_COMMON: Final = 10
"""Bearers from which a sound can be what another was meant to be."""
_MANY_MORE: Final = 6
"""Times by which a sound must be commoner than one a letter off for that to be a slip of it."""
_TIED: Final = 2
"""Ties of a word beyond which its root does not tell them all: itself and one name more."""
_SHORT: Final = 3
"""Letters of a sound that is never a slip of another."""
_TABLES_WEIGH: Final = 2_000
"""People that the shipped tables count for beside the list's own frequencies."""


@dataclass(slots=True)
class Vocabulary:
    """The words of all names, each with its number, and with the numbers of its sound, its beginning and its end, and
    of its root as a given name and as a surname. ``several``: it is tied to more names than its root."""

    words: list[str]
    sounds: Ints
    heads: Ints
    tails: Ints
    given_roots: Ints
    surname_roots: Ints
    several: Flags


@dataclass(slots=True)
class Columns:
    """A list as arrays, one row a person; -1 is blank, in `month`, `day`, `year` and `sex` 0.

    Rows stand beside those of like name and birth, not as in the list: `row` says where there. ``household`` is the
    number as listed; ``home`` that of lists in which a family keeps it through all registrations.
    """

    vocabulary: Vocabulary
    row: Longs
    given: Ints
    joined: Ints
    surnames: Ints
    married: Ints
    rare_given: Floats
    rare_surname: Floats
    haitian: Flags
    younger: Flags
    sex: Ints
    year: Ints
    month: Ints
    day: Ints
    exact: Flags
    place: Ints
    address: Longs
    phone: Longs
    document: Longs
    phone_text: Bytes
    document_text: Bytes
    address_text: Bytes
    household: Longs
    home: Longs
    phone_shared: Ints
    document_shared: Ints
    birth_bits: Floats
    phone_bits: Floats
    document_bits: Floats
    address_bits: Floats
    place_bits: Floats

    def __len__(self) -> int:
        return len(self.sex)


def encode(people: People) -> Columns:
    """Take a list into columns. Nothing raises; a name that is none is blank."""
    numbers: dict[str, int] = {}
    given, joined, surnames, married, younger = _names(people, numbers)
    vocabulary = _vocabulary(list(numbers), given, surnames)
    birth = np.array(people.birth, dtype=np.int32).reshape(-1, 3)
    exact = birth[:, 1] > 0
    phone, document, address = _coded(people.phone), _coded(people.document), _coded(people.address)
    place = _coded(people.place).astype(np.int32)
    haitian_words = np.array([*map(_haitian().__contains__, vocabulary.words), False], dtype=np.bool_)
    days = np.where(exact, birth[:, 0] * 400 + birth[:, 1] * 32 + birth[:, 2], -1).astype(np.int64)
    found = Columns(
        vocabulary=vocabulary,
        row=np.arange(len(people)),
        given=given,
        joined=joined,
        surnames=surnames,
        married=married,
        rare_given=_rarity(given, vocabulary, Part.GIVEN),
        rare_surname=_rarity(surnames, vocabulary, Part.SURNAME),
        haitian=np.asarray(haitian_words[given].any(axis=1) | haitian_words[surnames].any(axis=1)),
        younger=younger,
        sex=np.array(people.sex, dtype=np.int32),
        year=_years(birth, np.array(people.age, dtype=np.int32)),
        month=birth[:, 1].copy(),
        day=birth[:, 2].copy(),
        exact=exact,
        place=place,
        address=address,
        phone=phone,
        document=document,
        phone_text=_bytes(people.phone, PHONE),
        document_text=_bytes(people.document, DOCUMENT),
        address_text=_bytes(people.address, ADDRESS if any(people.address) else 1),
        household=_coded(people.household),
        home=np.full(len(people), -1, dtype=np.int64),
        phone_shared=_shared(phone),
        document_shared=_shared(document),
        birth_bits=_bits(_shared(days)),
        phone_bits=_bits(_shared(phone)),
        document_bits=_bits(_shared(document)),
        address_bits=_bits(_shared(address)),
        place_bits=_bits(_shared(place)),
    )
    return _arranged(found)


def _arranged(columns: Columns) -> Columns:
    """The same rows, the alike beside each other: by name, then birth, then document."""
    root = columns.vocabulary
    keys = (columns.document, columns.day, columns.month, columns.year, root.given_roots[columns.given[:, 0]],
            root.surname_roots[columns.surnames[:, 0]])  # fmt: skip
    order = np.lexsort(keys)
    for each in fields(columns):
        if each.name != "vocabulary":
            setattr(columns, each.name, getattr(columns, each.name)[order])
    return columns


def _vocabulary(words: list[str], given: Ints, surnames: Ints) -> Vocabulary:
    parts = ((Part.GIVEN, given), (Part.SURNAME, surnames))
    used = [np.bincount(held[held >= 0], minlength=len(words)) for _, held in parts]
    heard = [coarse(word) if first or last else "" for word, first, last in zip(words, *used, strict=True)]
    roots = []
    for (part, _), counts in zip(parts, used, strict=True):
        bases = [base(word, part) if count else word for word, count in zip(words, counts, strict=True)]
        meant = [sound if name is word else coarse(name) for word, name, sound in zip(words, bases, heard, strict=True)]
        roots.append(_roots(meant, counts))
    several = [bool(used) and len(ties(word)) > _TIED for word, used in zip(words, used[0] + used[1], strict=True)]
    return Vocabulary(
        words=words,
        sounds=_numbered(heard),
        heads=_numbered([one[:_END] for one in heard]),
        tails=_numbered([one[-_END:] for one in heard]),
        given_roots=roots[0],
        surname_roots=roots[1],
        several=np.array([*several, False], dtype=np.bool_),
    )


@lru_cache(maxsize=1 << 18)
def ties(word: str) -> frozenset[str]:
    """The names that a word may be, beside itself: its spellings' families, whom it is short for."""
    return frozenset({word, *tables.spellings().get(word, ()), *nicknames.names(word)})


def base(word: str, part: Part) -> str:
    """The name that a word is a spelling of or a nickname for; the commonest of several, itself if none."""
    families = tables.spellings().get(word, frozenset())
    heads = {head for kind, _, head in (family.partition(":") for family in families) if kind in (part, "haitian")}
    meant = heads or (nicknames.names(word) if part is Part.GIVEN else frozenset[str]())
    return min(meant, key=lambda name: (tables.rarity(name, part), name)) if meant else word


def _roots(heard: list[str], bearers: NDArray[np.intp]) -> Ints:
    """The number of each word's root: its sound, or where few sound so, a sound a letter off that many more have."""
    number = _numbered(heard)
    sounds_of = list(dict.fromkeys(heard))
    counts = np.bincount(number[:-1], weights=bearers, minlength=len(sounds_of)).tolist()
    common: dict[str, tuple[float, int]] = {}
    for at, sound in enumerate(sounds_of):
        if counts[at] >= _COMMON:
            for piece in _pieces(sound):
                common[piece] = max(common.get(piece, (0, 0)), (counts[at], at))
    root = np.arange(len(sounds_of) + 1, dtype=np.int32)
    for at, sound in enumerate(sounds_of):
        if len(sound) > _SHORT and counts[at]:
            many, other = max((common.get(piece, (0, 0)) for piece in _pieces(sound)), default=(0, 0))
            if many > _MANY_MORE * counts[at] and OSA.distance(sound, sounds_of[other], score_cutoff=1) <= 1:
                root[at] = other
    root = root[root]
    root[-1] = -1
    return root[number]


def _pieces(sound: str) -> set[str]:
    """A sound and what is left of it without each letter: sounds a letter apart share one."""
    return {sound, *(sound[:at] + sound[at + 1 :] for at in range(len(sound)))}


def _names(people: People, numbers: dict[str, int]) -> tuple[Ints, Ints, Ints, Ints, Flags]:
    count = len(people)
    given = np.full((count, GIVEN), -1, dtype=np.int32)
    surnames = np.full((count, SURNAMES), -1, dtype=np.int32)
    joined, married = (np.full(count, -1, dtype=np.int32) for _ in range(2))
    younger = np.zeros(count, dtype=np.bool_)
    in_given, in_surname = _Plain(Part.GIVEN), _Plain(Part.SURNAME)
    number = numbers.setdefault
    for row, parts in enumerate(people.names):
        words = [in_given[word] for word in parts[0].split()]
        last = [in_surname[word] for word in parts[1].split()]
        last += [in_surname[word] for word in parts[2].split()]
        if parts[3] or parts[4] or "" in words or "" in last:
            name = _prepared(parts)
            words, last, younger[row] = list(name.given), list(name.surnames), name.younger
            married[row] = number(name.married[-1], len(numbers)) if name.married else -1
        words = list(dict.fromkeys(words))[:GIVEN]  # said twice, a name says no more
        for at, word in enumerate(words):
            given[row, at] = number(word, len(numbers))
        for at, word in enumerate(last[:SURNAMES]):
            surnames[row, at] = number(word, len(numbers))
        if words:
            whole = words[0] if len(words) == 1 else "".join(words)
            joined[row] = number(whole, len(numbers))
    return given, joined, surnames, married, younger


class _Plain(dict[str, str]):
    """What a word of a name is when folded, if it is one name wherever it stands; else nothing: the name is then
    prepared as a whole."""

    def __init__(self, part: Part) -> None:
        self._part = part

    def __missing__(self, word: str) -> str:
        found = self[word] = plain(word, self._part)
        return found


def _prepared(parts: tuple[str, str, str, str, str]) -> Name:
    given, first, second, married, whole = parts
    if whole and not given and not first:
        return prepare(whole)
    return prepare_parts(given, first, second, married)


def _numbered(texts: list[str]) -> Ints:
    numbers: dict[str, int] = {}
    found = [numbers.setdefault(text, len(numbers)) for text in texts]
    return np.array([*found, -1], dtype=np.int32)


def coarse(word: str) -> str:
    """A word's sound without what ears and hands confuse most: x, s, z; k, c, q; j, h; y, i; a last s or e."""
    key = min(sounds.maya(word)) if word else ""
    key = min(sounds.spanish(word)) if word and len(word) > 3 else key
    key = key.translate(_COARSE).replace("au", "o").replace("iya", "ia")
    plain = "".join(char for at, char in enumerate(key) if at == 0 or char != key[at - 1])
    return plain.rstrip("se") if len(plain) > 4 else plain


_COARSE: Final = str.maketrans("SzCxqGywmjveo", "sssskgiunhbiu")


@cache
def _haitian() -> frozenset[str]:
    return tables.frequencies(Part.SURNAME).haitian | tables.frequencies(Part.GIVEN).haitian


def _rarity(words_of: Ints, vocabulary: Vocabulary, part: Part) -> Floats:
    """Bits of agreeing on each word: its sound's share of this list, the shipped tables mixed in."""
    words, sound_of = vocabulary.words, vocabulary.sounds
    held = words_of[words_of >= 0]
    by_sound = np.bincount(sound_of[held], minlength=int(sound_of.max(initial=0)) + 1)
    shares = np.array([2.0 ** -tables.rarity(word, part) for word in words] + [1.0])
    counts = np.append(by_sound[sound_of[:-1]], 0)
    bearers = len(words_of)
    share = (counts + 1.0 + _TABLES_WEIGH * shares) / (bearers + _TABLES_WEIGH)
    bits: Floats = np.minimum(-np.log2(share), 15.0).astype(np.float32)
    return bits[words_of]


def _coded(texts: list[str]) -> Longs:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(text, len(numbers)) if text else -1 for text in texts], dtype=np.int64)


def _bytes(texts: list[str], width: int) -> Bytes:
    """The last signs of each text, for comparing sign by sign."""
    return np.array([text[-width:].encode("ascii", "replace") for text in texts], dtype=f"S{width}")


def _shared(codes: NDArray[np.int64] | Ints) -> Ints:
    """How many rows have each row's value; 0 for a blank."""
    counts = np.bincount(codes[codes >= 0], minlength=1)
    return np.where(codes >= 0, counts[codes], 0).astype(np.int32)


def _bits(shared: Ints) -> Floats:
    """How much having each row's value in common says: its rarity in bits, in a short list as in one of some thousand;
    0 for a blank."""
    known = int((shared > 0).sum()) + _TABLES_WEIGH
    return np.where(shared > 0, np.log2(known) - np.log2(np.maximum(shared, 1)), 0).astype(np.float32)


def _years(birth: Ints, age: Ints) -> Ints:
    """Year of birth; from the age where no date stands, by the day the list itself was drawn up."""
    both = (birth[:, 0] > 0) & (age >= 0)
    drawn = int(np.median(birth[both, 0] + age[both])) if both.any() else int(birth[:, 0].max(initial=2018))
    return np.where(birth[:, 0] > 0, birth[:, 0], np.where(age >= 0, drawn - age, 0)).astype(np.int32)
