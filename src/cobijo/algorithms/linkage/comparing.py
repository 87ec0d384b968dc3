"""Two rows compared, for many pairs at once: every field a small level, every agreeing name its rarity in bits."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cobijo.algorithms.linkage.encoding import SURNAMES, Bytes, Columns, Flags, Floats, Ints, Longs
from cobijo.algorithms.linkage.likeness import BLANK, INITIAL, NEAR, NICKNAME, SAME, SLIP, SPELLING, Lexicon
from cobijo.algorithms.names import Part

Levels = NDArray[np.int8]
FIELDS: Final = ("given", "surname", "birth", "sex", "phone", "document", "place", "home")
"""The fields that carry evidence, in the order of `Compared.levels`."""
MEANINGS: Final = {
    "given": ("blank", "two names", "one of two", "a letter", "a slip", "a nickname", "one sound", "the same",
              "all the same"),
    "surname": ("blank", "two names", "one of two", "a husband's", "a slip", "one sound", "the same", "turned", "both"),
    "birth": ("blank", "beyond 8 years", "beyond 3 years", "within 3 years", "within one year", "age within one year",
              "one part differs", "day and month turned", "1 January of the year", "exact"),
    "sex": ("blank", "differs", "the same"),
    "phone": ("blank", "differs", "one digit off", "the same, shared by many", "the same"),
    "document": ("blank", "differs", "one digit off", "the same, shared", "the same"),
    "place": ("blank", "differs", "the same"),
    "home": ("blank", "another household", "one household"),
}  # fmt: skip
"""What each level of a field says; level 0 is a blank and says nothing."""
NUMBERS: Final = ("given_bits", "given_against", "given_alone", "surname_bits", "surname_against", "surname_alone",
                  "exchanged", "place_bits", "younger", "birth_bits", "document_shared", "phone_shared",
                  "document_bits", "phone_bits")  # fmt: skip
_KEEPS: Final = np.array([0.0, 0.0, 0.25, 0.55, 0.75, 0.9, 1.0, 0.0], dtype=np.float32)
"""Of a word's rarity, what each likeness keeps: other, near, initial, slip, nickname, spelling, same, blank."""


@dataclass(slots=True)
class Compared:
    """Pairs compared: ``levels`` a column a field of `FIELDS`, ``numbers`` a column each of `NUMBERS`."""

    levels: Levels
    numbers: Floats


def compare(columns: Columns, lexicon: Lexicon, one: Longs, other: Longs) -> Compared:
    """Compare rows ``one`` with rows ``other``, as many."""
    haitian = columns.haitian[one] | columns.haitian[other]
    turned = exchanged(columns, one, other)
    given, given_numbers = _given(columns, lexicon, one, other, haitian, turned)
    surname, surname_numbers = _surnames(columns, lexicon, one, other, haitian, turned)
    same_place = (columns.place[one] == columns.place[other]) & (columns.place[one] >= 0)
    numbers = (
        *given_numbers,
        *surname_numbers,
        turned,
        np.where(same_place, columns.place_bits[one], 0),
        columns.younger[one] != columns.younger[other],
        np.minimum(columns.birth_bits[one], columns.birth_bits[other]),
        np.minimum(columns.document_shared[one], columns.document_shared[other]),
        np.minimum(columns.phone_shared[one], columns.phone_shared[other]),
        np.minimum(columns.document_bits[one], columns.document_bits[other]),
        np.minimum(columns.phone_bits[one], columns.phone_bits[other]),
    )
    levels = (
        given,
        surname,
        _birth(columns, one, other),
        _equal(columns.sex[one], columns.sex[other], 0),
        _number(columns.phone, columns.phone_shared, columns.phone_text, one, other, 12),
        _number(columns.document, columns.document_shared, columns.document_text, one, other, 5),
        _equal(columns.place[one], columns.place[other], -1),
        _equal(columns.home[one], columns.home[other], -1),
    )
    return Compared(
        np.stack(levels, axis=1).astype(np.int8), np.stack([each.astype(np.float32) for each in numbers], axis=1)
    )


def _matched(table: Levels, worth: Floats) -> tuple[Ints, Levels, Floats]:
    """Match words one to one, the best first: how many agree, the worst and best likeness, and the bits.

    ``table`` is pairs x words x words of levels, ``worth`` the rarity of each; both are used up.
    """
    pairs, width, _ = table.shape
    agreed = np.zeros(pairs, dtype=np.int32)
    worst = np.full(pairs, SAME, dtype=np.int8)
    bits = np.zeros(pairs, dtype=np.float32)
    rows = np.arange(pairs)
    for _step in range(width):
        value = np.where(table >= INITIAL, table * 100.0 + worth, -1).reshape(pairs, -1)
        at = value.argmax(axis=1)
        good = value[rows, at] >= 0
        a, b = at // width, at % width
        level = table[rows, a, b]
        agreed += good
        worst = np.where(good, np.minimum(worst, level), worst)
        bits += np.where(good, worth[rows, a, b] * _KEEPS[level], 0)
        table[rows[good], a[good], :] = BLANK
        table[rows[good], :, b[good]] = BLANK
    return agreed, worst, bits


def _table(
    lexicon: Lexicon, ours: Ints, theirs: Ints, rare: tuple[Floats, Floats], part: Part, haitian: Flags
) -> tuple[Levels, Floats]:
    width = ours.shape[1]
    table = np.full((len(ours), width, width), BLANK, dtype=np.int8)
    worth = np.zeros(table.shape, dtype=np.float32)
    for a in range(width):
        for b in range(width):
            table[:, a, b] = lexicon.levels(ours[:, a], theirs[:, b], part, haitian)
            worth[:, a, b] = np.minimum(rare[0][:, a], rare[1][:, b])
    return table, worth


def _given(
    columns: Columns, lexicon: Lexicon, one: Longs, other: Longs, haitian: Flags, exchanged: Flags
) -> tuple[Levels, tuple[NDArray[np.generic], ...]]:
    ours, theirs = columns.given[one], columns.given[other]
    rare = columns.rare_given[one], columns.rare_given[other]
    at = np.flatnonzero(exchanged)
    theirs[at, :SURNAMES], theirs[at, SURNAMES:] = columns.surnames[other[at]], -1
    rare[1][at, :SURNAMES] = columns.rare_surname[other[at]]
    table, worth = _table(lexicon, ours, theirs, rare, Part.GIVEN, haitian)
    near = (table == NEAR).any(axis=(1, 2))
    agreed, worst, bits = _matched(table, worth)
    had = np.stack(((ours >= 0).sum(axis=1), (theirs >= 0).sum(axis=1)))
    against = had.min(axis=0) - agreed
    alone = had.max(axis=0) - had.min(axis=0)
    whole = np.full(len(one), BLANK, dtype=np.int8)
    at = np.flatnonzero((had[0] != had[1]) & (against > 0))
    whole[at] = lexicon.levels(columns.joined[one[at]], columns.joined[other[at]], Part.GIVEN, haitian[at])
    together = whole >= SLIP
    against, alone = np.where(together, 0, against), np.where(together, 0, alone)
    worst = np.where(together, whole, worst)
    bits = np.where(together, np.maximum(bits, _total(rare[0], ours) * 0.7), bits)
    steps = np.select([worst == SAME, worst == SPELLING, worst == NICKNAME, worst == SLIP], [7, 6, 5, 4], 3)
    steps = np.where((steps == 7) & (agreed > 1) & (alone == 0), 8, steps)
    level = np.select([had.min(axis=0) == 0, (against == 0), agreed > 0], [0, steps, 2], 1)
    return level.astype(np.int8), (bits, against - 0.4 * (near & (against > 0)), alone)


def _total(rare: Floats, words: Ints) -> Floats:
    found: Floats = np.where(words >= 0, rare, 0).sum(axis=1).astype(np.float32)
    return found


def _surnames(
    columns: Columns, lexicon: Lexicon, one: Longs, other: Longs, haitian: Flags, exchanged: Flags
) -> tuple[Levels, tuple[NDArray[np.generic], ...]]:
    ours, theirs = columns.surnames[one], columns.surnames[other]
    rare = columns.rare_surname[one], columns.rare_surname[other]
    at = np.flatnonzero(exchanged)
    theirs[at], rare[1][at] = columns.given[other[at], :SURNAMES], columns.rare_given[other[at], :SURNAMES]
    table, worth = _table(lexicon, ours, theirs, rare, Part.SURNAME, haitian)
    near = (table == NEAR).any(axis=(1, 2))
    straight = np.maximum(table[:, 0, 0], table[:, 1, 1])
    turned = (np.maximum(table[:, 0, 1], table[:, 1, 0]) > straight) & (straight < INITIAL)
    agreed, worst, bits = _matched(table, worth)
    had = np.stack(((ours >= 0).sum(axis=1), (theirs >= 0).sum(axis=1)))
    against = had.min(axis=0) - agreed
    husband = _husband(columns, one, other)
    against = np.where(husband & (agreed == 0), 0, against)
    steps = np.select([worst == SAME, worst == SPELLING], [6, 5], 4)
    steps = np.where(turned, 7, np.where((agreed > 1) & (worst >= SPELLING), 8, steps))
    level = np.select([had.min(axis=0) == 0, (against == 0) & (agreed > 0), agreed > 0, husband], [0, steps, 2, 3], 1)
    return level.astype(np.int8), (bits, against - 0.4 * (near & (against > 0)), had.max(axis=0) - had.min(axis=0))


def _husband(columns: Columns, one: Longs, other: Longs) -> Flags:
    """Whether a husband's name on one side is a surname on the other."""
    found = np.zeros(len(one), dtype=np.bool_)
    for a, b in ((one, other), (other, one)):
        word = columns.married[a]
        found |= (word >= 0) & (columns.surnames[b] == word[:, None]).any(axis=1)
    return found


def exchanged(columns: Columns, one: Longs, other: Longs) -> Flags:
    """Whether a given name of each side sounds as a surname of the other, and not as its given name."""
    sound = columns.vocabulary.sounds
    found = sound[columns.given[one, 0]] != sound[columns.given[other, 0]]
    at = np.flatnonzero(found)
    for a, b in ((one[at], other[at]), (other[at], one[at])):
        given, surnames = sound[columns.given[a, 0]], sound[columns.surnames[b]]
        found[at] &= (given >= 0) & (surnames == given[:, None]).any(axis=1)
    return np.asarray(found)


def _birth(columns: Columns, one: Longs, other: Longs) -> Levels:
    years = columns.year[one], columns.year[other]
    known = (years[0] > 0) & (years[1] > 0)
    gap = np.abs(years[0] - years[1])
    exact = columns.exact[one] & columns.exact[other]
    months, days = (columns.month[one], columns.month[other]), (columns.day[one], columns.day[other])
    same_month, same_day = months[0] == months[1], days[0] == days[1]
    turned = (months[0] == days[1]) & (days[0] == months[1])
    new_year = ((months[0] == 1) & (days[0] == 1)) | ((months[1] == 1) & (days[1] == 1))
    parts = (gap == 0).astype(np.int8) + same_month + same_day
    slipped = (parts == 2) & ((gap == 0) | (gap == 1) | (gap % 10 == 0))
    conditions = [
        ~known,
        exact & (parts == 3) & ~new_year,
        exact & (gap == 0) & new_year,
        exact & turned & (gap <= 1),
        exact & slipped,
        ~exact & (gap <= 1),
        gap <= 1,
        gap <= 3,
        gap <= 8,
    ]
    return np.select(conditions, [0, 9, 8, 7, 6, 5, 4, 3, 2], 1).astype(np.int8)


def _equal(ours: Ints | Longs, theirs: Ints | Longs, blank: int) -> Levels:
    return np.select([(ours == blank) | (theirs == blank), ours == theirs], [0, 2], 1).astype(np.int8)


def _number(codes: Longs, shared: Ints, texts: Bytes, one: Longs, other: Longs, many: int) -> Levels:
    """A telephone or a document: blank, differs, one digit off, the same of many, the same."""
    ours, theirs = codes[one], codes[other]
    crowd = np.maximum(shared[one], shared[other]) > many
    level = np.select([(ours < 0) | (theirs < 0), (ours == theirs) & crowd, ours == theirs], [0, 3, 4], 1)
    at = np.flatnonzero(level == 1)
    level[at[_one_off(texts[one[at]], texts[other[at]])]] = 2
    return level.astype(np.int8)


def _one_off(ours: Bytes, theirs: Bytes) -> Flags:
    """Whether two texts differ by one sign wrong, too many or left out, or by two exchanged."""
    width = ours.dtype.itemsize
    a, b = (each.view(np.uint8).reshape(len(each), width) for each in (ours, theirs))
    differ = a != b
    count = differ.sum(axis=1)
    at = differ.argmax(axis=1)
    after = np.minimum(at + 1, width - 1)
    rows = np.arange(len(a))
    turned = (count == 2) & (a[rows, at] == b[rows, after]) & (a[rows, after] == b[rows, at])
    found = (count == 1) | turned
    uneven = np.flatnonzero(~found & (np.abs((a > 0).sum(axis=1) - (b > 0).sum(axis=1)) == 1))
    apart = process.cpdist(
        ours[uneven].tolist(), theirs[uneven].tolist(), scorer=OSA.distance, score_cutoff=1, dtype=np.uint8
    )
    found[uneven] = apart <= 1
    return np.asarray(found)
