"""One text taken as a name: "María José Xicay Tzoc", "XICAY TZOC, María José", "Ana Cuc de Morales".

The order of the region is given names, first surname (the father's), second surname (the mother's), and for some
married women "de" with the husband's. A comma turns it round: surnames, then given names. The text is never lost:
what nothing decides is parted in the usual way and marked, for a person to look at.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

from cobijo.algorithms.names import tables
from cobijo.algorithms.names.tables import Part
from cobijo.algorithms.text import clean, fold

PARTICLES: Final = frozenset(
    {"de", "del", "la", "las", "los", "el", "y", "san", "santa", "da", "do", "dos", "von", "van"}
)
_MARRIED: Final = ("viuda de ", "vda de ", "v de ", "de ")
_FOUR_TIMES: Final = 4
"""A name borne more than four times as often as a given name than as a surname is taken for one."""
_SUFFIXES: Final = frozenset({"jr", "junior", "hijo", "sr", "ii", "iii"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name in its parts, each as written. ``sure``: the text itself shows where one part ends."""

    given_names: str = ""
    first_surname: str = ""
    second_surname: str = ""
    married_name: str = ""
    sure: bool = True


def parse(text: str) -> Parsed:
    """Take one text as a whole name; an empty one gives empty parts."""
    cleaned = clean(text)
    before, comma, after = cleaned.partition(",")
    if comma and before.strip() and after.strip():
        return _surnames_first(before, after)
    return _in_order(units_of(cleaned.replace(",", " ")))


def parse_surnames(text: str) -> tuple[str, str, str]:
    """Take a text as surnames only: first, second and married name."""
    units = units_of(clean(text))
    married = _take_married(units) if len(units) > 2 else ""
    return (units[0] if units else "", " ".join(units[1:]), married)


def _surnames_first(surnames: str, given: str) -> Parsed:
    first, second, married = parse_surnames(surnames)
    return Parsed(clean(given.replace(",", " ")), first, second, married, sure="," not in given)


def _in_order(units: list[str]) -> Parsed:
    married = _take_married(units) if len(units) > 3 else ""
    count = len(units)
    if count < 2:
        return Parsed(" ".join(units), married_name=married)
    if count == 2:
        return Parsed(units[0], units[1], "", married)
    if count == 3:
        return _of_three(units, married)
    return Parsed(" ".join(units[:-2]), units[-2], units[-1], married, sure=count == 4)


def _of_three(units: list[str], married: str) -> Parsed:
    """Two given names and one surname, or one and two: the second word says, if it is only one of them."""
    given, both = _given_names()
    middle = fold(units[1])
    if middle in given:
        return Parsed(" ".join(units[:2]), units[2], "", married)
    return Parsed(units[0], units[1], units[2], married, sure=middle not in both)


def units_of(text: str) -> list[str]:
    """The words of a name, "de", "la" and their like joined to the word they lead to, "hijo" to the one it follows."""
    units: list[str] = []
    leading: list[str] = []
    for word in text.split():
        folded = fold(word)
        if folded in PARTICLES:
            leading.append(word)
        elif folded in _SUFFIXES and units:
            units[-1] += f" {word}"
        elif folded in ("viuda", "vda", "v") and units:
            leading.append(word)
        else:
            units.append(" ".join([*leading, word]))
            leading = []
    if leading and units:
        units[-1] = " ".join([units[-1], *leading])
    return units or ([" ".join(leading)] if leading else [])


def _take_married(units: list[str]) -> str:
    """Take the husband's name off the end, if the last part is one."""
    folded = fold(units[-1])
    return (
        units.pop() if any(folded.startswith(start) for start in _MARRIED) and not folded.startswith("de la ") else ""
    )


@cache
def _given_names() -> tuple[frozenset[str], frozenset[str]]:
    """The given names of the tables, and those that are surnames as well."""
    given, surnames = tables.frequencies(Part.GIVEN).anywhere, tables.frequencies(Part.SURNAME).anywhere
    both = {name for name in given if given[name] < _FOUR_TIMES * surnames.get(name, 0.0)}
    return frozenset(given.keys() - both), frozenset(both)
