"""The second stage: small boosted trees over levels and bits, monotone, shipped as JSON and evaluated here.

They repair what Fellegi-Sunter cannot know: that surname, telephone and place agree together among relatives.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cobijo.algorithms.linkage.encoding import Floats

VERSION: Final = 1
_AT_ONCE: Final = 8_192


Tree = tuple[NDArray[np.intp], Floats, NDArray[np.intp], Floats, int]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays: feature, cut, the two nodes that follow, value; and the depth. A leaf follows itself.

    ``features`` says what the columns are.
    """

    features: tuple[str, ...]
    base: float
    trees: tuple[Tree, ...]


def loaded(found: Mapping[str, Any], features: Sequence[str]) -> Forest:
    """A forest from its JSON. Raises ValueError on another version or other columns."""
    if found.get("version") != VERSION or tuple(found["features"]) != tuple(features):
        raise ValueError("These trees are of another version of the program. Train them anew.")
    trees = tuple(_tree(tree) for tree in found["trees"])
    return Forest(tuple(features), float(found["base"]), trees)


def _tree(found: Mapping[str, Any]) -> Tree:
    feature = np.array(found["feature"], dtype=np.intp)
    following = np.array(found["next"], dtype=np.intp).reshape(-1, 2)
    leaf = feature < 0
    following[leaf] = np.flatnonzero(leaf)[:, None]
    depth, level = 0, {0}
    while level := {int(after) for at in level if not leaf[at] for after in following[at]}:
        depth += 1
    cut, value = (np.array(found[name], dtype=np.float32) for name in ("cut", "value"))
    return np.maximum(feature, 0), cut, following.ravel(), value, depth


@cache
def shipped(stage: str, features: tuple[str, ...]) -> Forest:
    """The trees that the project ships, ``first`` or ``second``."""
    text = files(__package__).joinpath("data", f"trees_{stage}.json").read_text(encoding="utf-8")
    return loaded(json.loads(text), features)


def odds(forest: Forest, values: Floats) -> Floats:
    """The logarithm of the odds that each row is one person."""
    parts = [_odds(forest, values[start : start + _AT_ONCE]) for start in range(0, len(values), _AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.float32)


def _odds(forest: Forest, values: Floats) -> Floats:
    """The same for so few rows that they stay near the processor; a leaf leads to itself."""
    found = np.full(len(values), forest.base, dtype=np.float32)
    flat = np.ascontiguousarray(values).ravel()
    rows = np.arange(len(values)) * values.shape[1]
    for feature, cut, following, value, depth in forest.trees:
        at = np.zeros(len(values), dtype=np.intp)
        for _step in range(depth):
            right = flat.take(rows + feature.take(at)) > cut.take(at)
            at = following.take(2 * at + right)
        found += value.take(at)
    return found


def probability(log_odds: Floats) -> Floats:
    """From odds to a probability, 0 to 1."""
    return (1.0 / (1.0 + np.exp(-np.clip(log_odds, -30, 30)))).astype(np.float32)
