"""The story between the published figures, as written in ``data/story.toml``.

``inferred`` stands with whatever no source says. ``first`` and ``last`` are the days between which it happens.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobijo.demo.families import DATA, PLACES

NIGHT = date(2018, 10, 29)
"""The night it is told up to, unless another is asked for."""
FIRST_NIGHT, LAST_NIGHT = date(2018, 6, 3), date(2019, 6, 30)


@dataclass(frozen=True, slots=True)
class SiteOf:
    """A site of the story. ``rooms`` and ``modules``: how many, and the places assumed in each.

    Without ``opens`` it is open from the first day on.
    """

    key: str
    name: str
    kind: str
    official: bool
    municipality: str = ""
    aliases: tuple[str, ...] = ()
    rooms: tuple[int, int] = (0, 0)
    modules: tuple[int, int] = (0, 0)
    location_inferred: bool = False
    opens: date | None = None
    closes: date | None = None


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A set of sites somebody publishes a figure of."""

    name: str
    sites: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class FigureOf:
    """What figures of a name in the table are of: a group, everybody, or (``apart``) nothing of ours, and why."""

    about: str
    group: str = ""
    apart: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """So many people come to a site. ``late``: noted down the morning after."""

    site: str
    people: int
    first: date
    last: date
    households: int | None = None
    minors: int | None = None
    places: tuple[str, ...] = PLACES
    late: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """So many people in whole families move from one site to another on a day."""

    origin: str
    to: str
    people: int
    day: date
    households: int | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """So many people in whole families leave a site for good. ``late``: noted down the morning after."""

    site: str
    people: int
    reason: str
    first: date
    last: date
    late: bool = False
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Birth:
    """A child is born at a site."""

    site: str
    day: date


@dataclass(frozen=True, slots=True)
class Outing:
    """So many times an adult goes out from a site and comes back."""

    site: str
    times: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Story:
    """All of it."""

    sites: tuple[SiteOf, ...]
    groups: tuple[GroupOf, ...]
    figures: tuple[FigureOf, ...]
    arrivals: tuple[Arrival, ...]
    moves: tuple[Move, ...]
    leavings: tuple[Leaving, ...]
    births: tuple[Birth, ...]
    outings: tuple[Outing, ...]


def read() -> Story:
    """The story as its file tells it."""
    told = tomllib.loads((DATA / "story.toml").read_text(encoding="utf-8"))
    return Story(
        sites=tuple(SiteOf(**_tuples(one)) for one in told["site"]),
        groups=tuple(GroupOf(**_tuples(one)) for one in told["group"]),
        figures=tuple(FigureOf(**one) for one in told["figure"]),
        arrivals=tuple(Arrival(**_tuples(one)) for one in told["arrive"]),
        moves=tuple(Move(**one) for one in told["transfer"]),
        leavings=tuple(Leaving(**one) for one in told["leave"]),
        births=tuple(Birth(**one) for one in told["birth"]),
        outings=tuple(Outing(**one) for one in told["outing"]),
    )


def _tuples(one: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}
