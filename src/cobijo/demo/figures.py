"""The table of published figures, recorded as what they are: a number, its day, its source."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cobijo.core.ids import uuid7
from cobijo.demo.families import DATA
from cobijo.demo.places import Places, command
from cobijo.demo.story import Story
from cobijo.reporting import services as reporting
from cobijo.reporting.types import PublishedIn, Quantity

TABLE = DATA / "volcan-de-fuego-2018.csv"
_MOVED = {"Moved to ATU"}
_OF_KIND = {
    "transfer": {"persons": Quantity.MOVED, "households": Quantity.HOUSEHOLDS_MOVED},
    "transfer_plan": {"persons": Quantity.PLANNED, "households": Quantity.HOUSEHOLDS_PLANNED},
    "capacity": {"persons": Quantity.PERSONS, "households": Quantity.HOUSEHOLDS_PLANNED},
}
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


def record(story: Story, places: Places) -> int:
    """Record every number of the table as a published figure; gives how many."""
    keys = {name: one.key for one in story.sites for name in (one.name, *one.aliases)}
    table, count = rows(), 0
    met = replayed(table)
    for row in table:
        site = places.site[keys[row.about]] if row.about in keys else None
        group = places.groups.get(row.about)
        for figure in _figures(row, met):
            reporting.record_published(
                command(),
                figure_id=uuid7(),
                response_id=places.response,
                site_id=site,
                group_id=None if site else group,
                figure=figure,
            )
            count += 1
    return count


def replayed(table: list[Row]) -> dict[tuple[str, date], int]:
    """The head-count the replay meets at each site and exact day; where two contradict each other, the later row's."""
    return {
        (row.about, row.day): row.numbers["persons"]
        for row in table
        if row.kind == "site" and not row.month_only and "persons" in row.numbers
    }


def _figures(row: Row, met: dict[tuple[str, date], int]) -> Iterator[PublishedIn]:
    of_kind = _OF_KIND.get(row.kind, {})
    for name, value in row.numbers.items():
        quantity = of_kind.get(name, _COLUMNS[name])
        if row.about in _MOVED:
            quantity = _OF_KIND["transfer"].get(name, quantity)
        unit = name.removeprefix("capacity_")
        yield _published(row, value, quantity, unit, met=met.get((row.about, row.day)) == value)
    if row.value is not None:
        yield _published(row, row.value, Quantity.OTHER, row.unit, row.indicator)


def _published(
    row: Row, value: int, quantity: Quantity, unit: str, indicator: str = "", *, met: bool = False
) -> PublishedIn:
    return PublishedIn(
        about=f"{row.about}: {indicator}"[:160] if indicator else row.about,
        value=value,
        day=row.day,
        source=row.source,
        quantity=quantity,
        unit=unit[:24],
        month_only=row.month_only,
        address=row.address,
        note=row.note,
        inferred="inferred" in row.note or "approximate" in row.note,
        replayed=met and row.kind == "site" and quantity is Quantity.PERSONS,
    )
