"""The story between the published figures, as written in ``data/story.toml``."""

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobijo.demo.families import DATA, PLACES


@dataclass(frozen=True, slots=True)
class SiteOf:
    """A site of the story. ``rooms`` and ``modules``: how many, and the places assumed in each."""

    key: str
    name: str
    kind: str
    official: bool
    municipality: str
    aliases: tuple[str, ...]
    rooms: tuple[int, int] = (0, 0)
    modules: tuple[int, int] = (0, 0)
    location_inferred: bool = False


@dataclass(frozen=True, slots=True)
class GroupOf:
    """A set of sites somebody publishes a figure of."""

    name: str
    sites: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """So many people come to a site between two days; ``inferred`` where no source says so."""

    site: str
    people: int
    first: date
    last: date
    households: int | None
    minors: int | None
    places: tuple[str, ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Move:
    """So many people in whole families move from one site to another on a day."""

    origin: str
    to: str
    people: int
    households: int | None
    day: date
    inferred: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """So many people in whole families leave a site for good between two days."""

    site: str
    people: int
    reason: str
    first: date
    last: date
    inferred: bool


@dataclass(frozen=True, slots=True)
class Story:
    """All of it."""

    sites: tuple[SiteOf, ...]
    groups: tuple[GroupOf, ...]
    arrivals: tuple[Arrival, ...]
    moves: tuple[Move, ...]
    leavings: tuple[Leaving, ...]


def read() -> Story:
    """The story as its file tells it."""
    told = tomllib.loads((DATA / "story.toml").read_text(encoding="utf-8"))
    return Story(
        sites=tuple(SiteOf(**_tuples(one)) for one in told["site"]),
        groups=tuple(GroupOf(**_tuples(one)) for one in told["group"]),
        arrivals=tuple(_arrival(one) for one in told["arrive"]),
        moves=tuple(_move(one) for one in told["transfer"]),
        leavings=tuple(_leaving(one) for one in told["leave"]),
    )


def _tuples(one: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}


def _arrival(one: dict[str, Any]) -> Arrival:
    return Arrival(
        site=one["site"],
        people=one["people"],
        first=one["from"],
        last=one["to"],
        households=one.get("households"),
        minors=one.get("minors"),
        places=tuple(one.get("places", PLACES)),
        inferred=one.get("inferred", False),
    )


def _move(one: dict[str, Any]) -> Move:
    return Move(
        origin=one["from"],
        to=one["to"],
        people=one["people"],
        households=one.get("households"),
        day=one["day"],
        inferred=one.get("inferred", False),
    )


def _leaving(one: dict[str, Any]) -> Leaving:
    return Leaving(one["site"], one["people"], one["reason"], one["from"], one["to"], one.get("inferred", False))
