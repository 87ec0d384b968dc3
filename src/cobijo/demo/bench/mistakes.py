"""What clerks, telephones and hurry make of a name: mishearing, slips of the hand, parts left out or turned.

Written apart from the matcher and without its tables: rules of its own, a keyboard of its own. Each function takes the
random source first, so that one seed gives one world.
"""

import re
import unicodedata
from random import Random
from typing import Final

_Heard = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> _Heard:
    return tuple((re.compile(pattern, re.IGNORECASE), by) for pattern, by in pairs)


_SPANISH: Final = _rules(
    ("z", "s"), ("s(?=[aeiou])", "z"), ("c(?=[ei])", "s"), ("s(?=[ei])", "c"), ("v", "b"), ("b", "v"),
    ("ll", "y"), ("y(?=[aeiou])", "ll"), ("(?<!^)h", ""), ("^h", ""), ("^(?=[aeiou])", "h"), ("x", "j"), ("x", "s"),
    ("j(?=[ei])", "g"), ("g(?=[ei])", "j"), ("qu(?=[ei])", "k"), ("c(?=[aou])", "k"), ("rr", "r"), ("ñ", "n"),
    ("ñ", "ni"), ("mb", "nb"), ("nn", "n"), ("y$", "i"), ("ía$", "illa"), ("sc", "s"), ("cc", "c"), ("th", "t"),
    ("e(?=[lnrs])", "i"), ("i(?=[lnrs])", "e"), ("o(?=[lnrs])", "u"), ("n$", "m"), ("d$", ""), ("s$", ""),
    ("^y(?=[aeo])", "j"), ("^j(?=[aeo])", "y"), ("w", "gu"), ("ph", "f"), ("ei", "ey"), ("ai", "ay"), ("gue", "ge"),
)  # fmt: skip
_MAYA: Final = _rules(
    ("tz", "ts"), ("tz", "s"), ("tz", "z"), ("x", "sh"), ("x", "s"), ("c(?=[aou]|$)", "k"), ("qu(?=[ei])", "k"),
    ("k", "c"), ("j", "h"), ("aa", "a"), ("oo", "o"), ("y$", "i"), ("^y", "i"), ("ch$", "x"), ("^hu", "w"),
    ("gu(?=a)", "hu"), ("u(?=[aeio])", "w"), ("z$", "s"), ("m$", "n"), ("^ix", "is"), ("j$", ""),
)  # fmt: skip
_HAITI: Final = _rules(
    ("eau", "o"), ("au", "o"), ("ai(?!n)", "e"), ("ain", "en"), ("ien", "yen"), ("ou", "u"), ("c(?=[aou])", "k"),
    ("qu", "k"), ("ph", "f"), ("th", "t"), ("r(?=[bcdfglmnpst])", ""), ("r$", ""), ("e$", ""), ("[dts]$", ""),
    ("ss", "s"), ("ch", "sh"), ("j", "y"), ("jean", "jan"), ("oi", "wa"), ("x", "s"), ("y", "i"), ("ll", "l"),
    ("tte$", "t"), ("lle$", "l"), ("ge", "j"), ("s(?=[aeiou])", "z"), ("-", " "), ("-", ""), ("é", "e"),
)  # fmt: skip
_EARS: Final = {"es": _SPANISH, "maya": _MAYA + _SPANISH, "haiti": _HAITI + _SPANISH[:14]}
_ROWS: Final = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
_SHORT: Final = {
    "María": "Ma.", "Francisco": "Fco.", "Guadalupe": "Gpe.", "José": "J.", "Antonio": "Ant.", "Hernández": "Hdez.",
    "González": "Glez.", "Martínez": "Mtz.", "Rodríguez": "Rdz.", "Fernández": "Fdz.", "Saint": "St", "Jean": "Jn",
    "Juan": "Jn.", "Domingo": "Dgo.", "Manuel": "Ml.", "Santiago": "Stgo.", "Miguel": "Mgl.",
}  # fmt: skip


def _neighbours() -> dict[str, str]:
    near: dict[str, str] = {}
    for above, row in zip((None, *_ROWS), _ROWS, strict=False):
        for place, key in enumerate(row):
            beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            near[key] = beside + (above[place : place + 1] if above else "")
    return near


_NEAR: Final = _neighbours()


def misheard(chance: Random, name: str, ear: str) -> str:
    """One thing in a name heard otherwise, as the ear of its tradition (es, maya, haiti) does."""
    for pattern, by in chance.sample(_EARS[ear], 8):
        if pattern.search(name):
            heard = pattern.sub(by, name, count=1)
            return heard[:1].upper() + heard[1:] if heard else name
    return name


def slipped(chance: Random, name: str) -> str:
    """One slip of the hand: a letter left out, doubled, exchanged with the next, or a neighbouring key."""
    if len(name) < 3:
        return name
    at = chance.randrange(1, len(name) - 1) if chance.random() < 0.93 else 0
    kind = chance.random()
    if kind < 0.28:
        return name[:at] + name[at + 1 :]
    if kind < 0.42:
        return name[:at] + name[at] + name[at:]
    if kind < 0.66:
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    near = _NEAR.get(name[at].lower(), "e")
    if kind < 0.9:
        return name[:at] + chance.choice(near) + name[at + 1 :]
    return name[:at] + chance.choice(near) + name[at:]


def written_short(name: str) -> str:
    """A name as hurried hands shorten it; itself if nobody does."""
    return _SHORT.get(name, name)


def plain(text: str) -> str:
    """Without accents, ñ as n, as most keyboards of a shelter are used."""
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))


def digit_wrong(chance: Random, number: str) -> str:
    """One digit of a number wrong, or two exchanged."""
    digits = [place for place, one in enumerate(number) if one.isdigit()]
    if len(digits) < 2:
        return number
    place = chance.randrange(len(digits) - 1)
    at, after = digits[place], digits[place + 1]
    signs = list(number)
    if chance.random() < 0.4:
        signs[at], signs[after] = signs[after], signs[at]
    else:
        signs[at] = str((int(signs[at]) + chance.randint(1, 9)) % 10)
    return "".join(signs)
