"""Fellegi-Sunter: the bits each level of a field is worth, learnt, and kept as an artefact with a version.

m is the share of a level among pairs of one person, u among pairs of two taken at random; a level is worth
log2(m / u). A blank is worth nothing. Names are weighed besides by their rarity (term frequency): the bits of the
words that agree stand for the u of the list itself. Fellegi and Sunter, JASA 64 (1969); Winkler (1988) for EM.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

import numpy as np

from cobijo.algorithms.linkage.comparing import FIELDS, MEANINGS, NUMBERS, Compared, Levels
from cobijo.algorithms.linkage.encoding import Flags, Floats

VERSION: Final = 2
"""Raised with any change of the levels; an artefact of another version is refused."""
_ANCHOR: Final = 200.0
"""Pairs of one person for which the weights before count when others are learnt."""
_LEAST: Final = 1e-5
_LEAST_BITS: Final = -6.0
"""However seldom one person's records differ in something, they do: no field alone refuses a pair."""
_NAME_BITS: Final = {"given": "given_bits", "surname": "surname_bits"}
_AGREES_FROM: Final = {
    "birth": MEANINGS["birth"].index("1 January of the year"),
    "phone": MEANINGS["phone"].index("the same, shared by many"),
    "document": MEANINGS["document"].index("the same, shared"),
    "place": MEANINGS["place"].index("the same"),
}
"""From this level on a day, a number or a place agrees, and is worth no more than it is rare."""
_MOST: Final = {"given": 14.0, "surname": 14.0}


@dataclass(frozen=True, slots=True)
class Weights:
    """Bits by field and level, and how many pairs they were learnt on."""

    bits: Mapping[str, tuple[float, ...]]
    learnt_on: int

    def as_json(self) -> dict[str, Any]:
        return {
            "version": VERSION,
            "learnt_on": self.learnt_on,
            "bits": {name: list(row) for name, row in self.bits.items()},
        }


def shipped() -> Weights:
    """The weights that the project ships. Raises ValueError where they are of another version."""
    return loaded(json.loads(files(__package__).joinpath("data", "weights.json").read_text(encoding="utf-8")))


def loaded(found: Mapping[str, Any]) -> Weights:
    """Weights from their JSON. Raises ValueError on another version or levels that do not fit."""
    if found.get("version") != VERSION:
        raise ValueError(
            f"These weights are of version {found.get('version')}; this program knows {VERSION}. Relearn them."
        )
    bits = {name: tuple(float(value) for value in found["bits"][name]) for name in FIELDS}
    if any(len(bits[name]) != len(MEANINGS[name]) for name in FIELDS):
        raise ValueError("These weights have other levels than this program. Relearn them.")
    return Weights(bits, int(found["learnt_on"]))


def weigh(compared: Compared, weights: Weights) -> Floats:
    """Bits by pair and field, in the order of `FIELDS`: at most the rarity of what agrees."""
    found = np.zeros(compared.levels.shape, dtype=np.float32)
    for at, name in enumerate(FIELDS):
        found[:, at] = np.array(weights.bits[name], dtype=np.float32)[compared.levels[:, at]]
        if name in _NAME_BITS:
            rare = compared.numbers[:, NUMBERS.index(_NAME_BITS[name])]
            agreeing = compared.levels[:, at] > 1
            found[agreeing, at] = np.minimum(found[agreeing, at] + rare[agreeing] - TYPICAL, _MOST[name])
        if name in _AGREES_FROM:
            rare = compared.numbers[:, NUMBERS.index(f"{name}_bits")]
            agreeing = compared.levels[:, at] >= _AGREES_FROM[name]
            found[agreeing, at] = np.minimum(found[agreeing, at], rare[agreeing])
    return found


TYPICAL: Final = 7.0
"""Bits of a usual name: what rarity adds beyond it or takes below it."""


def relearnt(levels: Levels, probability: Floats, strangers: Levels, before: Weights) -> Weights:
    """Weights anew from a list without labels: u on pairs of ``strangers`` taken at random, m on its candidate pairs
    weighed by their ``probability`` as the whole model finds it with ``before``.

    One round of expectation and maximisation. More rounds with the weights alone drift: they take relatives, who agree
    in surname, telephone and place, for one person. What a list shows seldom keeps what ``before`` said of it.
    """
    bits = {}
    for at, name in enumerate(FIELDS):
        count = len(MEANINGS[name])
        u = _shares(strangers[:, at], None, count)
        anchor = u * np.exp2(np.array(before.bits[name]))
        anchor[0] = 0.0
        held = np.bincount(levels[:, at], weights=probability, minlength=count).astype(np.float64)
        held[0] = 0.0
        m = (held + _ANCHOR * anchor / anchor.sum()) / (held.sum() + _ANCHOR)
        bits[name] = _bits(np.maximum(m, _LEAST), u)
        bits[name] = (0.0, *bits[name][1:])
    return Weights(bits, len(levels))


def labelled(levels: Levels, same: Flags, strangers: Levels) -> Weights:
    """Weights from pairs of which it is known whether they are one person: how those shipped are made."""
    bits = {}
    for at, name in enumerate(FIELDS):
        count = len(MEANINGS[name])
        m, u = _shares(levels[same, at], None, count), _shares(strangers[:, at], None, count)
        bits[name] = _bits(m, u)
    return Weights(bits, len(levels))


def _shares(levels: np.ndarray[Any, Any], weight: np.ndarray[Any, Any] | None, count: int) -> np.ndarray[Any, Any]:
    """The share of each level among the pairs that are not blank; a blank says nothing."""
    held: np.ndarray[Any, Any] = np.bincount(levels, weights=weight, minlength=count).astype(np.float64)
    held[0] = 0.0
    found: np.ndarray[Any, Any] = np.maximum(held / max(held.sum(), 1.0), _LEAST)
    found[0] = 1.0
    return found


def _bits(m: np.ndarray[Any, Any], u: np.ndarray[Any, Any]) -> tuple[float, ...]:
    return tuple(round(float(value), 3) for value in np.clip(np.log2(m / u), _LEAST_BITS, 16))
