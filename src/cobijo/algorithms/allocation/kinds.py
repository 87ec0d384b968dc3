"""What the column ``kind`` of a list of sites may say, and which rule of use it means: ``data/kinds.tsv``.

Buildings have no rule of their own. A word nobody knows means anyone, and is said; but one that looks as if it
protected somebody is refused: to guess wrongly there would put men into a house for women.
"""

from functools import cache
from importlib.resources import files
from typing import Final

from cobijo.algorithms.allocation.types import Use
from cobijo.algorithms.text import fold

_PROTECTS: Final = "protects"


def use_of(words: str) -> Use | None:
    """Return the rule that words mean, anyone where nothing stands; None if nobody knows them."""
    said = fold(words)
    return _known().get(said) if said else Use.ANYONE


def looks_protective(words: str) -> bool:
    """Say whether unknown words may be meant to protect somebody."""
    return any(word.startswith(_beginnings()) for word in fold(words).split())


@cache
def _known() -> dict[str, Use]:
    return {word: Use(means) for means, word in _rows() if means != _PROTECTS}


@cache
def _beginnings() -> tuple[str, ...]:
    return tuple(word for means, word in _rows() if means == _PROTECTS)


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    """The lines of the table: what a word means, and the word."""
    text = files(__package__).joinpath("data", "kinds.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")][1:]
    return tuple((means, word) for means, _, word in (line.partition("\t") for line in lines))
