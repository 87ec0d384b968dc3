"""Whether two words of names may be one name: the same, another spelling, a nickname, a slip, or two names.

Two names that the tables know are two names however near they look (Martín, Martínez): a slip is more often no name at
all than another name.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

from cobijo.algorithms.names import model, nicknames, sounds, tables
from cobijo.algorithms.names.tables import PARTS, Part

SHORT: Final = 3
"""Words so short that a letter more or less makes another name: Cuc, Coc, Coy."""
_SHORTISH: Final = 6
"""Letters up to which a consonant is not mistaken for one of another sound."""
_VOWELS: Final = frozenset("aeiouy")
_ALIKE: Final = ("mnñ", "bpvfw", "dt", "lr", "szcxkq", "gjkqcxh", "ylj")
_FRENCH_WOMEN: Final = ("ine", "ele", "ise", "ane", "arde")
"""Ends of women's names that are men's without the last letter: Claudine, Louise."""
_LEAST_CUT: Final = 5
"""Letters of a surname of which the end is missing."""
_FARTHEST_SPELLING: Final = 4
"""Letters by which two spellings of one sound may differ in length."""


class How(StrEnum):
    """What two words, or a word and nothing, are to each other."""

    SAME = "same"
    SPELLING = "spelling"
    NICKNAME = "nickname"
    SLIP = "slip"
    INITIAL = "initial"
    JOINED = "joined"
    EXTRA = "extra"
    HUSBAND = "husband"
    OTHER = "other"
    NEAR = "near"
    LID = "lid"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two words agree, and the bits it is worth (above 0). OTHER and NEAR do not agree and carry none."""

    how: How
    bits: float


_OTHER: Final = Likeness(How.OTHER, 0.0)
_NEAR: Final = Likeness(How.NEAR, 0.0)
_ROWS: Final = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
_ABOVE: Final = ("qa", "ws", "ed", "rf", "tg", "yh", "uj", "ik", "ol", "az", "sx", "dc", "fv")
_NEIGHBOURS: Final = frozenset(
    frozenset(pair) for pair in (*_ABOVE, *("".join(two) for row in _ROWS for two in pairwise(row)))
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a word in a part, looked up once. Words without a tie in common agree in nothing but Creole."""

    worth: float
    families: frozenset[str]
    meant: frozenset[str]
    known: bool
    maya: bool
    sex: str
    ties: frozenset[str]


@lru_cache(maxsize=1 << 17)
def _facts(word: str, part: Part) -> _Facts:
    unfit = "surname:" if part is Part.GIVEN else "given:"
    families = tables.spellings().get(word, frozenset())
    fitting = frozenset(family for family in families if not family.startswith(unfit))
    heads = {family.partition(":")[2] for family in families}
    itself = {word, *(family.partition(":")[2] for family in fitting)}
    meant = nicknames.names(word) | itself if part is Part.GIVEN else frozenset()
    return _Facts(
        worth=min(tables.rarity(name, part) for name in (word, *heads)),
        families=fitting,
        meant=meant,
        ties=fitting | meant | {f"s:{key}" for key in sounds.spanish(word)} | {f"m:{key}" for key in sounds.maya(word)},
        known=bool(heads)
        or any(word in tables.frequencies(each).anywhere for each in PARTS)
        or word in tables.nicknames(),
        sex=_sex(itself) if part is Part.GIVEN else "",
        maya=any(name in tables.frequencies(Part.SURNAME).maya for name in (word, *heads)),
    )


def _sex(names: set[str]) -> str:
    """The sex of who bears a name, if only one does."""
    known = tables.frequencies(Part.GIVEN)
    female, male = not names.isdisjoint(known.female), not names.isdisjoint(known.male)
    return "" if female == male else "female" if female else "male"


def worth(word: str, part: Part) -> float:
    """Bits of agreeing on a word: its rarity, or that of the commonest name it is a spelling of."""
    return _facts(word, part).worth


def known(word: str, part: Part) -> bool:
    """Whether a table has the word, under some spelling, as a name of either part."""
    return _facts(word, part).known


@lru_cache(maxsize=1 << 18)
def likeness(one: str, other: str, part: Part, haitian: bool = False) -> Likeness:
    """How two folded words of one part agree. ``haitian``: the names around them are, so that Haitian sounds count."""
    if len(one) == 1 or len(other) == 1:
        return Likeness(How.INITIAL, model.INITIAL_BITS) if one[0] == other[0] else _OTHER
    ours, theirs = _facts(one, part), _facts(other, part)
    rare = min(ours.worth, theirs.worth)
    if one == other:
        return Likeness(How.SAME, rare)
    return _agreeing(one, other, ours, theirs, part, haitian=haitian) or _unlike(one, other, ours, theirs, part)


def _agreeing(one: str, other: str, ours: _Facts, theirs: _Facts, part: Part, *, haitian: bool) -> Likeness | None:
    """How two words agree by family, sound or nickname; None if not. A man's name is no spelling of a woman's."""
    if not haitian and ours.ties.isdisjoint(theirs.ties):
        return None
    family = not ours.families.isdisjoint(theirs.families)
    if not family and ours.sex and theirs.sex and ours.sex != theirs.sex:
        return None
    if family or _one_sound(one, other, both_known=ours.known and theirs.known, haitian=haitian):
        return Likeness(How.SPELLING, max(model.LEAST_AGREEING, min(ours.worth, theirs.worth) - model.SOUND_COSTS))
    if part is Part.GIVEN and (meant := ours.meant & theirs.meant):
        return _nickname(min(tables.rarity(name, part) for name in meant))
    return None


def _unlike(one: str, other: str, ours: _Facts, theirs: _Facts, part: Part) -> Likeness:
    """Two words that agree in nothing: two names, a piece of one, or a slip."""
    if ours.known and theirs.known:
        return _OTHER
    one_known = (ours.known or theirs.known) and not (ours.maya or theirs.maya)
    rare = min(ours.worth, theirs.worth)
    return _off_a_known(one, other, ours, theirs, part) or _slip(one, other, rare, one_known=one_known)


def _off_a_known(one: str, other: str, ours: _Facts, theirs: _Facts, part: Part) -> Likeness | None:
    """What a word, one of the two unknown, is to a known one where no slip need be looked for."""
    rare = min(ours.worth, theirs.worth)
    begins = _begins(one, other, ours, theirs)
    if part is Part.GIVEN:
        return _nickname(rare) if begins else _OTHER if _differ_in_sex(one, other) else None
    if begins and min(len(one), len(other)) >= _LEAST_CUT:
        return Likeness(How.SLIP, max(model.LEAST_AGREEING, rare - model.SLIP_COSTS[2]))
    return None


def _nickname(rare: float) -> Likeness:
    bits = min(model.NICKNAME_MOST, max(model.NICKNAME_LEAST, model.NICKNAME_KEEPS * rare))
    return Likeness(How.NICKNAME, bits)


def _begins(one: str, other: str, ours: _Facts, theirs: _Facts) -> bool:
    """Whether an unknown word is the beginning of a known name: Tere, Guille; Villalob, where the column ended."""
    short, long = sorted((one, other), key=len)
    whole = theirs if long == other else ours
    return whole.known and SHORT <= len(short) <= len(long) - 2 and long.startswith(short)


def _one_sound(one: str, other: str, *, both_known: bool, haitian: bool) -> bool:
    """Whether two words sound alike in a tradition: the short in Maya only, the known in Haitian only by family."""
    if abs(len(one) - len(other)) > _FARTHEST_SPELLING:
        return False
    if haitian and not both_known and not sounds.haitian(one).isdisjoint(sounds.haitian(other)):
        return not _differ_in_sex(one, other)
    if not sounds.maya(one).isdisjoint(sounds.maya(other)):
        return True
    if min(len(one), len(other)) <= SHORT or sounds.spanish(one).isdisjoint(sounds.spanish(other)):
        return False
    return not _differ_in_sex(one, other)


def _differ_in_sex(one: str, other: str) -> bool:
    """Juan and Juana, Mario and Maria, Andrés and Andrea, Michel and Michelle."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return short[:-1] == long[:-1] and (short[-1] == "a") != (long[-1] == "a")
    if len(long) == len(short) + 1 and long.endswith(_FRENCH_WOMEN):
        return long.startswith(short)
    rest = long.removeprefix(short)
    return rest != long and rest in ("a", "ne", "le", "te", "ette", "ine", "ita", "ito")


def _slip(one: str, other: str, rare: float, *, one_known: bool) -> Likeness:
    """A slip of the hand or the ear, weighed by what it took; too far for the length, two names."""
    shorter = min(len(one), len(other))
    if shorter <= SHORT or abs(len(one) - len(other)) > 3:
        return _OTHER
    distance = OSA.distance(one, other, score_cutoff=3)
    heard = min(OSA.distance(a, b) for a in sounds.spanish(one) for b in sounds.spanish(other))
    edits = min(distance, heard + 1 if heard < distance else distance)
    easy = distance == 1 and _easy(one, other)
    allowed = _allowed(shorter, trusted=easy or one_known)
    if shorter <= _SHORTISH and distance == 1 and not easy and _another_letter(one, other):
        return _NEAR
    if edits > allowed:
        return _NEAR if shorter > SHORT + 1 and edits == allowed + 1 else _OTHER
    if edits > 1 and heard > 1 and one[0] != other[0]:
        return _NEAR
    cost = model.SLIP_COSTS[edits] - (model.EASY_SLIP_SAVES if easy else 0.0)
    cost += model.FIRST_LETTER_COSTS if one[0] != other[0] and heard else 0.0
    return Likeness(How.SLIP, max(model.LEAST_AGREEING, min(model.SLIP_MOST, rare - cost)))


def _allowed(length: int, *, trusted: bool) -> int:
    """Edits that a word of so many letters may take. ``trusted``: it is a usual slip, or off a name that is known."""
    if length == SHORT + 1:
        return 1 if trusted else 0
    return 1 if length < 7 else 2 if length < 10 else 3


def _another_letter(one: str, other: str) -> bool:
    """Whether one consonant stands for another that sounds nothing like it: Elmer, Elder."""
    if len(one) != len(other):
        return False
    a, b = next((a, b) for a, b in zip(one, other, strict=True) if a != b)
    return not {a, b} & _VOWELS and not any(a in alike and b in alike for alike in _ALIKE)


def _easy(one: str, other: str) -> bool:
    """One edit that hands make: two letters exchanged, one doubled, the neighbouring key."""
    if len(one) != len(other):
        long, short = sorted((one, other), key=len, reverse=True)
        return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)) if long[at] == long[at - 1])
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 2 or frozenset(apart[0]) in _NEIGHBOURS
