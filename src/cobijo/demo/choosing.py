"""Choosing whole families that together are exactly so many people."""

import random
from collections.abc import Sequence


def whole(sizes: Sequence[int], people: int, count: int | None, draw: random.Random) -> list[int]:
    """Positions of families whose sizes sum to ``people`` (and are ``count`` in number, where given).

    Raises ValueError where no choice fits. A table of reachable sums, walked back by chance.
    """
    order = list(range(len(sizes)))
    draw.shuffle(order)
    reached = _reachable([sizes[at] for at in order], people, count)
    if (people, count or 0) not in reached[-1]:
        raise ValueError(f"no {count or 'whole'} families are {people} people")
    return [order[at] for at in _walk_back([sizes[at] for at in order], reached, people, count)]


def _reachable(sizes: Sequence[int], people: int, count: int | None) -> list[set[tuple[int, int]]]:
    """After each family, the (people, families) that can be reached; families are not counted where none are asked."""
    step = 1 if count is not None else 0
    layers = [{(0, 0)}]
    for size in sizes:
        more = {(total + size, taken + step) for total, taken in layers[-1] if total + size <= people}
        layers.append(layers[-1] | {one for one in more if count is None or one[1] <= count})
    return layers


def _walk_back(sizes: Sequence[int], layers: list[set[tuple[int, int]]], people: int, count: int | None) -> list[int]:
    step = 1 if count is not None else 0
    at, chosen = (people, count or 0), []
    for index in range(len(sizes) - 1, -1, -1):
        if at in layers[index]:
            continue
        chosen.append(index)
        at = (at[0] - sizes[index], at[1] - step)
    return chosen
