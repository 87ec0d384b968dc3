"""The given names that a nickname or a diminutive may stand for: Chepe, Lupita, Ti Jean."""

from functools import lru_cache
from typing import Final

from cobijo.algorithms.names import tables
from cobijo.algorithms.names.tables import Part

_SMALL: Final = (
    ("cita", ("", "a")),
    ("cito", ("", "o")),
    ("quita", ("ca",)),
    ("quito", ("co",)),
    ("guita", ("ga",)),
    ("guito", ("go",)),
    ("itos", ("os",)),
    ("itas", ("as",)),
    ("ita", ("a", "", "e")),
    ("ito", ("o", "", "e")),
    ("illo", ("o", "")),
    ("illa", ("a", "")),
    ("cha", ("a",)),
    ("cho", ("o", "")),
    ("in", ("o", "")),
)
"""Endings that make a name small, and what the name ended in."""
_LEAST_STEM: Final = 3


@lru_cache(maxsize=1 << 16)
def names(word: str) -> frozenset[str]:
    """The given names a folded word may be short, sweet or small for; none if it is no such word that we know."""
    listed = tables.nicknames().get(word, frozenset())
    return listed | _made_small(word) | _haitian_small(word)


def _made_small(word: str) -> frozenset[str]:
    """Juanito -> juan, Rosita -> rosa, Carmencita -> carmen; a name that the tables have stays itself."""
    known = tables.frequencies(Part.GIVEN).anywhere
    for ending, before in _SMALL:
        stem = word.removesuffix(ending)
        if stem == word or (len(stem) < _LEAST_STEM and ending not in ("ita", "ito")) or len(stem) < 2:
            continue
        if ending in ("cha", "cho", "in", "illo", "illa") and word in known:
            continue
        found = {stem + last for last in before if stem + last in known and known[stem + last] >= 12}
        if found:
            return frozenset(found - {word})
    return frozenset()


def _haitian_small(word: str) -> frozenset[str]:
    """Ti Jean, timarie -> jean, marie."""
    rest = word.removeprefix("ti")
    known = tables.frequencies(Part.GIVEN)
    return frozenset({rest}) if rest != word and len(rest) >= 2 and rest in known.anywhere else frozenset()
