"""Small worlds whose figures can be counted by hand: people and stays as plain rows, in Guatemala's time."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from cobijo.core import clock
from cobijo.people.models import Household, Person
from cobijo.people.types import Precision
from cobijo.reporting.models import PublishedFigure
from cobijo.sites.models import Absence, Response, Site, SiteGroup, SiteReport, SiteReportCell, Stay
from cobijo.sites.types import StayState
from tests.cast import Place

GUATEMALA = ZoneInfo("America/Guatemala")
NIGHT = date(2018, 10, 29)


class Counter:
    """Numbers that no two rows share."""

    last = 500


def at(text: str, zone: ZoneInfo = GUATEMALA) -> datetime:
    """A moment on the local clock: "2018-10-29 23:59"."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def clock_at(text: str) -> None:
    """Put the domain's clock to a local moment."""
    clock.move(at(text) - datetime.now(UTC))


def _number() -> int:
    Counter.last += 1
    return Counter.last


def household(place: Place) -> Household:
    return Household.objects.create(number=_number(), registered_at=at("2018-06-04 10:00"), registered_unit=place.unit)


def person(place: Place, sex: str = "female", born: date | None = date(1990, 1, 1), **given: Any) -> Person:
    precision = Precision.DAY if born else Precision.UNKNOWN
    values = {
        "number": _number(),
        "given_names": "Rosalinda",
        "first_surname": "Tzunún",
        "sex": sex,
        "birth_date": born,
        "birth_precision": precision,
        "registered_at": at("2018-06-04 10:00"),
        "registered_unit": place.unit,
    }
    return Person.objects.create(**(values | given))


def stay(
    place: Place, who: Person | None = None, begins: str = "2018-10-01 12:00", ends: str | None = None, **given: Any
) -> Stay:
    """A stay of a person (one is made if none is given) from a local moment to another."""
    resident = who or person(place)
    values = {
        "person": resident,
        "site": place.site,
        "state": StayState.OUT if ends else StayState.IN,
        "in_at": at(begins),
        "out_at": at(ends) if ends else None,
    }
    return Stay.objects.create(**(values | given))


def family(place: Place, *people: tuple[str, date | None], **given: Any) -> Household:
    """A household staying together: each of them by sex and birth."""
    together = household(place)
    for sex, born in people:
        stay(place, person(place, sex, born), household=together, **given)
    return together


def away(resident: Stay, left: str, back: str | None = None) -> Absence:
    return Absence.objects.create(stay=resident, left_at=at(left), back_at=at(back) if back else None)


def head_count(place: Place, persons: int, night: date = NIGHT, **given: Any) -> SiteReport:
    cells = given.pop("cells", {})
    values = {
        "observed_at": at(f"{night} 18:00"),
        "received_at": at(f"{night} 18:10"),
        "informant_post": "Comité de vecinos",
        "method": "head_count",
    }
    report = SiteReport.objects.create(site=place.site, night=night, persons=persons, **(values | given))
    for (sex, band), number in cells.items():
        SiteReportCell.objects.create(report=report, sex=sex, band=band, persons=number)
    return report


def published(response: Response, value: int, **given: Any) -> PublishedFigure:
    values = {
        "about": "Albergues",
        "day": NIGHT,
        "source": "CONRED, boletín 362-2018",
        "address": "https://example.org/362",
        "recorded_at": clock.now(),
    }
    return PublishedFigure.objects.create(response=response, value=value, **(values | given))


def group(response: Response, name: str, *sites: Site, complete: bool = True) -> SiteGroup:
    made = SiteGroup.objects.create(response=response, name=name, complete=complete)
    made.sites.add(*sites)
    return made
