"""What to order for the days ahead: what people will use, less what is in store, in whole units.

A ratio says how much of an item one person uses in a time. How many people it is for is counted elsewhere, in groups;
what is eaten follows the plates of each meal, everything else the persons. Reckoned in whole numbers throughout: a
quantity is kept in parts so small that a day, a week and a month of thirty days all divide it, and is rounded up once,
at the end, for nobody buys three quarters of a tin.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Every(StrEnum):
    """For what time an amount is meant. ``once``: for as long as a person stays."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    ONCE = "once"


MEALS_A_DAY: Final = 3
_WHOLE: Final = 1_000 * 210 * MEALS_A_DAY
"""Parts of one unit: thousandths, of a week or of a month of thirty days, of a meal."""
_PARTS_A_DAY: Final = {Every.DAY: 210, Every.WEEK: 30, Every.MONTH: 7}


@dataclass(frozen=True, slots=True)
class Ratio:
    """``amount`` thousandths of an item's unit for each of a group; ``by_meal``: what is eaten or drunk at meals.

    ValueError for an amount that is not positive, and for one given once by meals.
    """

    item: str
    group: str
    amount: int
    every: Every
    by_meal: bool = False
    variant: str = ""

    def __post_init__(self) -> None:
        if self.amount < 1:
            raise ValueError(f"{self.item}: a ratio is of something")
        if self.by_meal and self.every is Every.ONCE:
            raise ValueError(f"{self.item}: what is given once follows no meal")


@dataclass(frozen=True, slots=True)
class Group:
    """How many are expected: ``persons`` at the fullest meal of the day, ``plates`` at all its meals together.

    ``guests`` eat, and are given nothing else: their plates are among the plates, and they are no persons.

    ValueError for numbers that cannot be: fewer than none, more plates than meals allow.
    """

    persons: int
    plates: int
    guests: int = 0

    def __post_init__(self) -> None:
        most = MEALS_A_DAY * (self.persons + self.guests)
        if self.persons < 0 or self.guests < 0 or not self.persons <= self.plates <= most:
            raise ValueError(f"{self.persons} persons do not take {self.plates} plates")


@dataclass(frozen=True, slots=True)
class Held:
    """What the store says of an item: how much is there (None: nobody knows), and how much was given out in all."""

    there: int | None = None
    given: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """A ratio with the number of people it was taken for."""

    ratio: Ratio
    persons: int


@dataclass(frozen=True, slots=True)
class Line:
    """Of an item: what is needed, what is there, what to ask for.

    ``lasts``: whole days the store covers; None where nothing is used by the day or nobody knows what is there.
    """

    item: str
    variant: str
    need: int
    have: int | None
    ask: int
    lasts: int | None
    rests_on: tuple[Rest, ...]


def order(
    ratios: Iterable[Ratio],
    groups: Mapping[str, Group],
    store: Mapping[tuple[str, str], Held],
    days: int = 1,
) -> list[Line]:
    """What to ask for, so that the store covers ``days`` days; items in the order of their first ratio.

    An item nobody expected uses is left out. Several ratios of one item (water for all, more for infants) add up. A
    store that is not known counts as empty. ValueError for fewer days than one.
    """
    if days < 1:
        raise ValueError("an order covers a day at least")
    found: dict[tuple[str, str], list[Rest]] = {}
    for ratio in ratios:
        group = groups.get(ratio.group)
        if group is not None and group.persons:
            found.setdefault((ratio.item, ratio.variant), []).append(Rest(ratio, group.persons))
    return [_line(key, rests, groups, store.get(key, Held()), days) for key, rests in found.items()]


def _line(key: tuple[str, str], rests: Sequence[Rest], groups: Mapping[str, Group], held: Held, days: int) -> Line:
    daily = sum(_daily(rest.ratio, groups[rest.ratio.group]) for rest in rests)
    once = sum(rest.ratio.amount * rest.persons for rest in rests if rest.ratio.every is Every.ONCE)
    # What was given once is in somebody's hands and need not be given again.
    still = max(once * (_WHOLE // 1_000) - held.given * _WHOLE, 0)
    need = _up(daily * days + still)
    have = held.there
    lasts = None if have is None or not daily or once else max(have, 0) * _WHOLE // daily
    return Line(*key, need, have, max(need - max(have or 0, 0), 0), lasts, tuple(rests))


def _daily(ratio: Ratio, group: Group) -> int:
    """The parts used in a day."""
    if ratio.every is Every.ONCE:
        return 0
    meals = group.plates if ratio.by_meal else group.persons * MEALS_A_DAY
    return ratio.amount * _PARTS_A_DAY[ratio.every] * meals


def _up(parts: int) -> int:
    return -(-parts // _WHOLE)


def coarse(quantity: int) -> int:
    """A quantity for whoever is outside: up to the next ten, and to two figures where it is larger.

    An exact one, divided by its ratio, would say how many people there are.
    """
    step = int(10 ** max(len(str(abs(quantity))) - 2, 1))
    return -(-quantity // step) * step
