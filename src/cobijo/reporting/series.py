"""Persons registered night by night, and what was published of the same nights."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from cobijo.reporting import sources
from cobijo.reporting.models import PublishedFigure
from cobijo.reporting.types import NightCount, Quantity, Scope, ScopeKind
from cobijo.sites.queries import nights
from cobijo.sites.queries.nights import Night

MOST_NIGHTS: Final = 60
"""A longer time is shown by fewer nights: every second, third, … one, the last always."""


@dataclass(frozen=True)
class PublishedPoint:
    """What one source published of the scope for a night."""

    night: date
    value: int
    source: str


@dataclass(frozen=True)
class Series:
    """Registered persons by night, oldest first, and the published figures of that time."""

    nights: tuple[NightCount, ...]
    published: tuple[PublishedPoint, ...]


def series(scope: Scope, last: date) -> Series:
    """The nights from the first arrival to ``last``, at most ``MOST_NIGHTS`` of them, in three queries."""
    sites = sources.sites_of(scope)
    began = nights.first_arrival(sites)
    if began is None:
        return Series((), ())
    first = min(began.astimezone(ZoneInfo(scope.zone)).date(), last)
    days = _spread(first, last)
    zones = set(sites.order_by().values_list("zone", flat=True).distinct())
    counts = nights.night_by_night(sites, [Night.of(day, zones) for day in days])
    counted = tuple(NightCount(day, persons) for day, persons in zip(days, counts, strict=True))
    return Series(counted, _published(scope, first, last))


def _spread(first: date, last: date) -> list[date]:
    """Days from the first to the last, evenly apart, the last included."""
    span = (last - first).days
    step = span // MOST_NIGHTS + 1
    return [last - timedelta(days=back) for back in range(span - span % step, -1, -step)]


def _published(scope: Scope, first: date, last: date) -> tuple[PublishedPoint, ...]:
    if scope.kind is ScopeKind.AREA:
        return ()
    of_scope = {
        "site": scope.id if scope.kind is ScopeKind.SITE else None,
        "group": scope.id if scope.kind is ScopeKind.GROUP else None,
    }
    found = PublishedFigure.objects.filter(
        **of_scope,
        response=scope.response,
        quantity=Quantity.PERSONS,
        month_only=False,
        apart="",
        voided_at=None,
        day__gte=first,
        day__lte=last,
    )
    return tuple(PublishedPoint(*row) for row in found.order_by("day", "source").values_list("day", "value", "source"))
