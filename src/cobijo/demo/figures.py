"""The table of published figures, recorded as what they are: a number, its day, its source."""

import csv
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from cobijo.core.ids import uuid7
from cobijo.demo.families import DATA
from cobijo.demo.places import Places, command
from cobijo.demo.story import Story
from cobijo.reporting import services as reporting
from cobijo.reporting.types import NotCompared, PublishedIn, Quantity

TABLE = DATA / "volcan-de-fuego-2018.csv"
_OF_KIND = {
    "transfer": {"persons": Quantity.MOVED, "households": Quantity.HOUSEHOLDS_MOVED},
    "transfer_plan": {"persons": Quantity.PLANNED, "households": Quantity.HOUSEHOLDS_PLANNED},
    "capacity": {"households": Quantity.HOUSEHOLDS_PLANNED},
    "indicator": {"households": Quantity.OTHER},
}
_POINTERS = {"site_roster"}
"""Rows that say where figures stand, and give none."""
_SITES = {"shelters", "sites"}
_COLUMNS = {
    "persons": Quantity.PERSONS,
    "households": Quantity.HOUSEHOLDS,
    "adults": Quantity.ADULTS,
    "minors": Quantity.MINORS,
    "women": Quantity.WOMEN,
    "men": Quantity.MEN,
    "capacity_persons": Quantity.CAPACITY,
    "capacity_units": Quantity.UNITS,
    "toilets": Quantity.TOILETS,
    "showers": Quantity.SHOWERS,
}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what it is of, its day (or only its month), and the numbers it gives."""

    kind: str
    about: str
    day: date
    month_only: bool
    numbers: dict[str, int]
    indicator: str
    value: int | None
    unit: str
    note: str
    source: str
    address: str


def rows() -> list[Row]:
    """The table as it is."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [_row(one) for one in csv.DictReader(file)]


@lru_cache(maxsize=1)
def notes_in_spanish() -> Mapping[str, str]:
    """The notes of the table as those who read them in Guatemala would write them."""
    return tomllib.loads((DATA / "notes.toml").read_text(encoding="utf-8"))


def _row(one: dict[str, str]) -> Row:
    day, month_only = one["date"], len(one["date"]) == len("2018-06")
    return Row(
        kind=one["record_type"],
        about=one["site_name"],
        day=date.fromisoformat(f"{day}-01" if month_only else day),
        month_only=month_only,
        numbers={name: int(one[name]) for name in _COLUMNS if one[name]},
        indicator=one["indicator"],
        value=int(one["value"]) if one["value"] else None,
        unit=one["unit"],
        note=one["notes"],
        source=one["source_org"],
        address=one["source_url"] if one["source_url"].startswith("http") else "",
    )


@dataclass(frozen=True, slots=True)
class _Of:
    """What figures of a name are of: a site, a group, or neither (everybody); ``apart`` where nothing compares."""

    site_id: UUID | None = None
    group_id: UUID | None = None
    apart: NotCompared | None = None


def record(story: Story, places: Places) -> int:
    """Record every number of the table as a published figure; gives how many."""
    table, named, recorded = rows(), _named(story, places), 0
    met = replayed(table)
    for row in table:
        of = named[row.about]
        for figure in _figures(row, met):
            reporting.record_published(
                command(),
                figure_id=uuid7(),
                response_id=places.response,
                site_id=of.site_id,
                group_id=of.group_id,
                figure=replace(figure, apart=of.apart),
            )
            recorded += 1
    return recorded


def _named(story: Story, places: Places) -> dict[str, _Of]:
    """What each name of the table is of, as the story says."""
    named = {name: _Of(places.site[one.key]) for one in story.sites for name in (one.name, *one.aliases)}
    named |= {name: _Of(group_id=group) for name, group in places.groups.items()}
    return named | {
        one.about: _Of(
            group_id=places.groups[one.group] if one.group else None,
            apart=NotCompared(one.apart) if one.apart else None,
        )
        for one in story.figures
    }


def replayed(table: list[Row]) -> dict[tuple[str, date], int]:
    """The head-count the replay meets at each site and exact day; where two contradict each other, the later row's."""
    return {
        (row.about, row.day): row.numbers["persons"]
        for row in table
        if row.kind == "site" and not row.month_only and "persons" in row.numbers
    }


def _figures(row: Row, met: Mapping[tuple[str, date], int]) -> Iterator[PublishedIn]:
    if row.kind in _POINTERS:
        return
    for name, value in row.numbers.items():
        replayed = row.kind == "site" and name == "persons" and met.get((row.about, row.day)) == value
        figure = _published(row, row.about, value, _quantity(row, name))
        yield replace(figure, unit=name.removeprefix("capacity_"), replayed=replayed)
    if row.value is not None and row.unit == "count":
        quantity = Quantity.SITES if row.indicator in _SITES else Quantity.OTHER
        yield replace(_published(row, row.about, row.value, quantity), unit=row.indicator)
    elif row.value is not None:
        figure = _published(row, f"{row.about}: {row.indicator}"[:160], row.value, Quantity.OTHER)
        yield replace(figure, unit="%" if row.unit == "percent" else row.unit)


def _quantity(row: Row, name: str) -> Quantity:
    """What a column counts; of who moved to a place, the movement."""
    moved = row.about.startswith("Moved") or (row.kind == "capacity" and "moved" in row.note)
    of_kind = _OF_KIND.get("transfer" if moved else row.kind, {})
    return of_kind.get(name, _COLUMNS[name])


def _published(row: Row, about: str, value: int, quantity: Quantity) -> PublishedIn:
    return PublishedIn(
        about=about,
        value=value,
        day=row.day,
        source=row.source,
        quantity=quantity,
        month_only=row.month_only,
        address=row.address,
        note=notes_in_spanish()[row.note] if row.note else "",
        inferred="inferred" in row.note or "approximate" in row.note,
    )
