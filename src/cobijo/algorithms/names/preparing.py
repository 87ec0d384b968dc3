"""A name made ready to be compared: its words folded, written out, in their parts; what is no name taken away.

`prepare` takes one text and guesses the parts, whatever the order; `prepare_parts` takes a record that has them apart.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from cobijo.algorithms.names import nicknames, tables
from cobijo.algorithms.names.parsing import units_of
from cobijo.algorithms.names.tables import Part, WordKind
from cobijo.algorithms.text import clean, fold

MOST_WORDS: Final = 12
"""Words of a name that are looked at; a list pasted into the field of a name has more."""
MOST_LETTERS: Final = 40
_LONGEST: Final = 400
PARTICLES: Final = frozenset(
    (
        "de",
        "del",
        "la",
        "las",
        "los",
        "el",
        "y",
        "e",
        "da",
        "do",
        "dos",
        "das",
        "van",
        "von",
        "der",
        "du",
        "des",
        "d",
        "l",
    )
)
"""Words of names and places that say nothing by themselves."""
_GLUED: Final = ("delos", "delas", "dela", "del", "de")
_NEITHER: Final = 0.8
"""Bearers among 10,000 taken for a name that a table lacks, when parts are weighed against each other."""
_OF_MARY: Final = 2.0
"""Bits by which del Carmen, del Rosario, de los Ángeles are rather given names: María's."""
_COMMON: Final = 10.0
_SPELT: Final = 1.0
"""Bits by which the usual order is preferred to surnames first."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to be compared. Empty parts are blanks: they say neither yes nor no.

    ``surnames`` are one word each, first and second alike; ``married`` the husband's. ``sure``: the parts are known,
    not guessed. ``nameless``: the text was a way of saying that there is no name. ``younger``: hijo, Jr.
    """

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    married: tuple[str, ...] = ()
    sure: bool = True
    nameless: bool = False
    younger: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Every word, given names first."""
        return self.given + self.surnames + self.married


@lru_cache(maxsize=1 << 16)
def prepare(text: str) -> Name:
    """Make one text ready: "LOPEZ PEREZ Ma. Elena", "Ana Cuc de Morales", "hijo de Juana Tzoc". Never raises."""
    kept = clean(text[:_LONGEST])
    nameless, kept = _without_the_unnamed(kept)
    before, comma, after = kept.partition(",")
    if comma and fold(before) and fold(after):
        return _in_parts(after, [before], "", sure=True, nameless=nameless)
    kept, married = _before_the_husband(kept.replace(",", " "))
    units = units_of(kept)
    if nameless:
        return _in_parts("", units, married, sure=True, nameless=True)
    if not married and len(units) > 2 and _is_a_husband(units[-1], units[0]):
        married = units.pop()
    at, turned = _parted(units)
    given, surnames = (units[at:], units[:at]) if turned else (units[:at], units[at:])
    return _in_parts(" ".join(given), surnames, married, sure=False, nameless=False)


@lru_cache(maxsize=1 << 16)
def prepare_parts(given_names: str, first_surname: str = "", second_surname: str = "", married_name: str = "") -> Name:
    """Make a record's parts ready; any of them may be empty, or say that nobody knew it."""
    nameless, given = _without_the_unnamed(clean(given_names[:_LONGEST]))
    if not married_name and _is_a_husband(second_surname, given):
        second_surname, married_name = "", second_surname
    surnames = [_without_the_unnamed(clean(text[:_LONGEST]))[1] for text in (first_surname, second_surname)]
    return _in_parts("" if nameless else given, surnames, married_name, sure=True, nameless=nameless)


def _in_parts(given: str, surnames: Sequence[str], married: str, *, sure: bool, nameless: bool) -> Name:
    generation = tables.words(WordKind.GENERATION)
    folded = [fold(text).split() for text in (given, *surnames)]
    younger = any(word in generation for words in folded for word in words[1:])
    in_surnames = _words_of(" ".join(surnames), Part.SURNAME)
    return Name(
        given=tuple(_words_of(given, Part.GIVEN)[:MOST_WORDS]),
        surnames=tuple(in_surnames[:MOST_WORDS]),
        married=tuple(_words_of(married, Part.SURNAME)[:MOST_WORDS]),
        sure=sure,
        nameless=nameless,
        younger=younger,
    )


def plain(word: str, part: Part) -> str:
    """A word of a name folded, if it stands for itself wherever in this part it is; else nothing.

    A particle, a title, an initial, a word written short, two names in one, one that says there is no name: these a
    name is prepared as a whole for.
    """
    folded = fold(word)
    if not 1 < len(folded) <= MOST_LETTERS or " " in folded or folded.isdigit() or folded in _with_others():
        return ""
    return folded if _pieces(folded, part) == (folded,) else ""


@cache
def _with_others() -> frozenset[str]:
    """The words whose neighbours decide what they are."""
    kinds = (WordKind.NAMELESS, WordKind.NEWBORN, WordKind.RELATION, WordKind.ABBREVIATION)
    starts = {word for kind in kinds for phrase in tables.words(kind) for word in phrase.split()[:1]}
    return _dropped() | starts | {"saint", "sainte", "ti"}


def _words_of(text: str, part: Part) -> list[str]:
    """The words of one part, folded and written out, without particles, titles and signs of generation."""
    dropped = _dropped()
    words = [word[:MOST_LETTERS] for word in fold(text).split()]
    kept = [word for place, word in enumerate(words) if word not in dropped or (place == 0 and len(words) == 1)]
    kept = [word for word in kept if not word.isdigit()]
    long = tables.words(WordKind.ABBREVIATION)
    return _split(_saints([long.get(word, word) for word in _initials_with_a(kept)], part), part)


@cache
def _dropped() -> frozenset[str]:
    kinds = (WordKind.TITLE, WordKind.GENERATION)
    return PARTICLES.union(*(tables.words(kind) for kind in kinds))


def _initials_with_a(words: list[str]) -> list[str]:
    """ "M. a" is how a raised a survives some keyboards: Maria."""
    return ["ma", *words[2:]] if words[:2] == ["m", "a"] and len(words) > 2 else words


def _saints(words: list[str], part: Part) -> list[str]:
    """Saint and what follows are one word: Saint-Fleur, St Fort; so is Haitian Ti with the given name made small."""
    joined: list[str] = []
    for word in words:
        if joined and (joined[-1] in ("saint", "sainte") or (joined[-1] == "ti" and part is Part.GIVEN)):
            joined[-1] = f"{joined[-1]}{word}"
        else:
            joined.append(word)
    return joined


def _split(words: Iterable[str], part: Part) -> list[str]:
    return [piece for word in words for piece in _pieces(word, part)]


@lru_cache(maxsize=1 << 16)
def _pieces(word: str, part: Part) -> tuple[str, ...]:
    """The names run together in one word: deleon -> leon, anamaria -> ana, maria, jeanlouis -> jean, louis."""
    surnames, given = tables.frequencies(Part.SURNAME), tables.frequencies(Part.GIVEN)
    if part is Part.SURNAME:
        for glued in _GLUED:
            rest = word.removeprefix(glued)
            if rest != word and len(rest) >= 3 and surnames.anywhere.get(rest, 0) >= 1:
                return (rest,)
    if len(word) < 6 or word.startswith("saint") or _is_a_name(word) or nicknames.names(word):
        return (word,)
    for at in range(3, len(word) - 2):
        one, two = word[:at], word[at:]
        if _common(one, given.anywhere) and (_common(two, given.anywhere) or two in surnames.haitian):
            return (one, two)
    return (word,)


def _is_a_name(word: str) -> bool:
    """Whether a table has the word for one name; the Haitian surnames made of two given names are two."""
    surnames = tables.frequencies(Part.SURNAME)
    whole = surnames.anywhere.keys() - surnames.haitian if word.startswith(("jean", "pierre")) else surnames.anywhere
    return word in whole or word in tables.frequencies(Part.GIVEN).anywhere or word in tables.spellings()


def _common(word: str, known: dict[str, float]) -> bool:
    return known.get(word, 0) >= 20


def _without_the_unnamed(text: str) -> tuple[bool, str]:
    """Whether a text says that there is no name, and what of a name it says all the same.

    "NN" leaves nothing, "NN Xicay" and "recién nacido Pérez Soto" the surnames, "hijo de María López" nothing: the
    name in it is another person's.
    """
    folded = fold(text)
    words = folded.split()
    unnamed, others = tables.words(WordKind.NAMELESS), _others()
    for length in (3, 2, 1):
        start = " ".join(words[:length])
        if start in unnamed and (len(words) <= length or len(start) > 1):
            return True, " ".join(words[length:])
        if start in others and len(words) >= length:
            return _after_another(words[length:], text, start)
    return False, text


def _after_another(rest: list[str], text: str, start: str) -> tuple[bool, str]:
    """What follows a word such as hijo, RN, hermana: with "de" another's name, else surnames."""
    if start in tables.words(WordKind.RELATION) and rest[:1] not in (["de"], ["del"]):
        return False, text
    if rest[:1] in (["de"], ["del"]) or start in ("tibebe", "ti bebe", "pitit"):
        return True, ""
    return True, " ".join(rest)


@cache
def _others() -> frozenset[str]:
    return frozenset(tables.words(WordKind.NEWBORN)) | frozenset(tables.words(WordKind.RELATION))


def _before_the_husband(text: str) -> tuple[str, str]:
    """Part a name at the word that announces a husband's: "épouse Charles", "vda. de Morales"."""
    words = text.split()
    married = tables.words(WordKind.MARRIED)
    for at in range(2, len(words) - 1):
        if fold(words[at]) in married:
            return " ".join(words[:at]), " ".join(words[at + 1 :])
    return text, ""


def _is_a_husband(unit: str, given: str) -> bool:
    """Whether a last part such as "de Morales" may be a husband's.

    Not if it is de la, del, de los, nor behind a man's name; de León and de Paz, which are surnames of their own, only
    behind a woman's.
    """
    words = fold(unit).split()
    if len(words) != 2 or words[0] != "de":
        return False
    sexes, first = tables.frequencies(Part.GIVEN), (fold(given).split() or [""])[0]
    own = f"de{words[1]}" in tables.frequencies(Part.SURNAME).anywhere
    return first in sexes.female if own else first not in sexes.male


def _parted(units: Sequence[str]) -> tuple[int, bool]:
    """Where a name of unknown order parts, and whether its surnames stand first: as the tables find likeliest."""
    count = len(units)
    if count < 2:
        return count, False
    leanings = [_leaning(unit) for unit in units]
    best, found = float("-inf"), (1, False)
    usual = {2: 1, 3: 1}.get(count, count - 2)
    for at in range(max(1, count - 3), count):
        weight = sum(leanings[:at]) - sum(leanings[at:]) + (_SPELT if at == usual else 0.0)
        if weight > best:
            best, found = weight, (at, False)
    for at in range(1, min(3, count)):
        weight = sum(leanings[at:]) - sum(leanings[:at]) - _SPELT
        if weight > best:
            best, found = weight, (at, True)
    return found


@lru_cache(maxsize=1 << 15)
def _leaning(unit: str) -> float:
    """Bits by which a part of a name is rather a given name (above 0) or a surname (below)."""
    words = [word for word in fold(unit).split() if word not in PARTICLES] or [""]
    if len(words[0]) == 1:
        return 0.5
    of_mary = _OF_MARY if fold(unit).startswith(("del ", "de los ", "de jesus")) and len(words) == 1 else 0.0
    of_mary = of_mary if _bearers(words[0], Part.GIVEN) >= _COMMON else 0.0
    leanings = [_leaning_of(tables.words(WordKind.ABBREVIATION).get(word, word)) for word in words]
    return of_mary + sum(leanings) / len(words)


def _leaning_of(word: str) -> float:
    given = max((_bearers(name, Part.GIVEN) for name in (word, *nicknames.names(word))), default=0.0)
    surname = _bearers(word, Part.SURNAME)
    if given == surname == 0.0:
        return -1.0
    bits = tables.rarity_of_share(max(surname, _NEITHER)) - tables.rarity_of_share(max(given, _NEITHER))
    return max(-5.0, min(5.0, bits))


def _bearers(word: str, part: Part) -> float:
    """How many of 10,000 bear a word in a part, or the name it is a spelling of; a known name is not Creole."""
    known = tables.frequencies(part).anywhere
    itself = any(word in tables.frequencies(each).anywhere for each in tables.PARTS)
    families = (family.partition(":") for family in tables.spellings().get(word, ()))
    fitting = [
        head
        for kind, _, head in families
        if (kind == "given") == (part is Part.GIVEN) and not (itself and kind == "haitian")
    ]
    return max((known.get(name, 0.0) for name in (word, *fitting)), default=0.0)
