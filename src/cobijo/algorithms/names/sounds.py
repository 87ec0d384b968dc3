"""How a word of a name sounds, in each tradition that may have written it.

A clerk writes what they hear: Sicay for Xicay, Yenifer for Jennifer, Ogisten for Augustin. Words with a key in common
in one tradition may be one name. A key is an artefact of comparison, not a transcription, and is stored nowhere without
`VERSION` beside it: change a rule, raise it.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

VERSION: Final = 1

_Rules = list[tuple[re.Pattern[str], str]]


def _rules(*pairs: tuple[str, str]) -> _Rules:
    return [(re.compile(pattern), by) for pattern, by in pairs]


# Order matters. Capitals are sounds that have no letter of their own: C = ch, G = the hard g.
_SPANISH: Final = _rules(
    (r"(.)\1+", r"\1\1"),  # three of one letter are a stuck key
    (r"^ps", "s"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"kh|ck", "k"),
    (r"sch|sh", "s"),
    (r"ch", "C"),
    (r"ll", "y"),
    (r"nn|gn|ni(?=[aeou])|ny(?=[aeiou])", "n"),
    (r"^hu(?=[aeio])|w", "gu"),  # Huitz, Witz, Güitz; Wilmer, Guilmer
    (r"h", ""),
    (r"v", "b"),
    (r"gu(?=[ei])", "G"),
    (r"g(?=[ei])", "j"),
    (r"g", "G"),
    (r"qu(?=[ei])|q", "k"),
    (r"c(?=[eiy])|z", "s"),
    (r"c", "k"),
    (r"y$|y(?=[^aeiou])", "i"),
    (r"^i(?=[aeou])", "y"),
    (r"(?<=[aeou])i(?=[aeou])", "y"),
    (r"m(?=[bpf])", "n"),
    (r"m$", "n"),
    (r"(.)\1+", r"\1"),
)
_MAYA: Final = _rules(
    (r"ch", "C"),
    (r"sh|x", "S"),
    (r"tz|ts|dz", "z"),
    (r"(?<![ei])c(?=[ei])", "s"),
    (r"qu(?=[ei])|q|c", "k"),
    (r"^hu(?=[aeio])|^gu(?=[aeio])|w", "u"),
    (r"z(?![aeiou])", "s"),
    (r"z", "s"),
    (r"v", "b"),
    (r"h", "j"),
    (r"y", "i"),
    (r"(.)\1+", r"\1"),
)
# French letters first, 0 = an s that stays one, U = ou. What is silent at the end is decided in `haitian`.
_FRENCH: Final = _rules(
    (r"^(?:sainte?|sint|st)(?=[^e])", "0en"),
    (r"^jean|^juan", "jan"),
    (r"^des(?=[^aeiouyhs])", "de"),
    (r"(?<=[aeiou][slnrm])e(?=[lnrm][aeiouy])", ""),  # Roseline, Rozlin
    (r"ss|c(?=[eiy]|ois)", "0"),
    (r"pt", "t"),
    (r"ph", "f"),
    (r"th", "t"),
    (r"tz", "z"),
    (r"tch|ch|sh", "S"),
    (r"h", ""),
    (r"eau|au", "o"),
    (r"oi|oy", "wa"),
    (r"(?:ai|ei|y|i)[nm](?![aeiouynm])", "en"),
    (r"ie?en", "ien"),
    (r"ai|ei", "e"),
    (r"eo", "eio"),
    (r"gu(?=[eiy])|g(?=[^eiy]|$)", "G"),
    (r"g", "j"),
    (r"qu|q|ck|c", "k"),
    (r"x", "Gz"),
    (r"ou(?=[aeiy])", "w"),
    (r"(?<=[aeiou])s(?=[aeiouylmbdgv])", "z"),
    (r"eu", "e"),
    (r"ou", "U"),
    (r"u(?=[aioy])", "w"),
    (r"u", "i"),
    (r"U", "u"),
)
_CREOLE: Final = _rules(
    (r"tch|ch|sh", "S"),
    (r"h", ""),
    (r"ou", "u"),
    (r"oi", "wa"),
    (r"g", "G"),
    (r"q|c", "k"),
)
_SPOKEN: Final = _rules(
    (r"0", "s"),
    (r"st$", "s"),
    (r"y", "i"),
    (r"(?<![aeiou])[ie]en", "ien"),
    (r"r(?=[ouw])", "w"),
    (r"r(?=[^aeiou]|$)", ""),
    (r"(.)\1+", r"\1"),
)


@lru_cache(maxsize=1 << 17)
def spanish(word: str) -> frozenset[str]:
    """The Spanish keys of a folded word: several if it has an x or begins with the English j, else one.

    h silent; b = v; s = z = c before e, i; ll = y; j = g before e, i; qu = k = c; final y = i; x among j, s and ks;
    a first j as y besides (Jonathan, Yonatan).
    """
    spelt = [word.replace("x", by) for by in ("j", "s", "ks")] if "x" in word else [word]
    if word[0] == "j":
        spelt += ["y" + each[1:] for each in spelt]
    return frozenset(_applied(_SPANISH, each) for each in spelt)


@lru_cache(maxsize=1 << 17)
def maya(word: str) -> frozenset[str]:
    """The Maya key of a folded word (folding dropped the glottal marks): k = c = q; tz = ts; x = sh; j = h."""
    return frozenset((_applied(_MAYA, word),))


@lru_cache(maxsize=1 << 17)
def haitian(word: str) -> frozenset[str]:
    """The Haitian keys of a folded word: read as Creole, and read as French in each way its end may be silent.

    jan = jean = juan; ien = yen; eau = o; ai = e; r before a consonant or at the end falls; ro = wo; final d, t, s and
    e may be silent (folding took the accent that would say).
    """
    french = _applied(_FRENCH, word)
    readings = {
        _applied(_CREOLE, word),
        french,
        re.sub(r"[dtz]s?$|(?<=e)rs?$|s$", "", french),
        re.sub("es?$", "", french),
    }
    return frozenset(_applied(_SPOKEN, reading) for reading in readings)


TRADITIONS: Final[dict[str, Callable[[str], frozenset[str]]]] = {"spanish": spanish, "maya": maya, "haitian": haitian}


def keys(word: str) -> frozenset[str]:
    """Every key of a folded word, marked with its tradition ("maya:sok"): what an index of names is built of."""
    return frozenset(f"{name}:{key}" for name, of in TRADITIONS.items() for key in of(word) if key)


def _applied(rules: _Rules, word: str) -> str:
    for pattern, by in rules:
        word = pattern.sub(by, word)
    return word
