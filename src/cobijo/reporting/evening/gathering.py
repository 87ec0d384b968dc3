"""Everything a sheet of the evening speaks of, read once, so that page, print and message say the same."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.assistance.queries import Order, SlipLine, order_for, slips_between
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND
from cobijo.reporting import nights, scopes
from cobijo.reporting.census import census
from cobijo.reporting.types import Census, Part, Scope
from cobijo.sites.queries import (
    CommitteeLine,
    FacilityLine,
    SiteOverview,
    TurnLine,
    committees_at,
    facilities_of,
    newest_report,
    rota_at,
    site_overview,
)
from cobijo.sites.queries import scopes as places
from cobijo.sites.queries.since import Moved, moved

BACK: Final = timedelta(days=1)
"""A sheet tells of what happened since the same hour yesterday."""


@dataclass(frozen=True)
class Evening:
    """A site at a moment of its evening. ``report``: the newest head-count, tonight's or carried forward."""

    scope: Scope
    site: Any
    night: date
    at: datetime
    found: Census
    overview: SiteOverview
    moved: Moved
    order: Order
    facilities: tuple[FacilityLine, ...]
    committees: tuple[CommitteeLine, ...]
    rota: tuple[TurnLine, ...]
    slips: tuple[SlipLine, ...]
    report: Any

    @property
    def part(self) -> Part:
        return self.found.parts[0]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.scope.zone)

    @property
    def tomorrow(self) -> date:
        return self.night + timedelta(days=1)

    @property
    def nights_old(self) -> int:
        """How many nights ago the newest head-count stood for."""
        return (self.night - self.report.night).days if self.report else 0


def gather(site_id: UUID, *, outside: bool = False) -> Evening:
    """A site this evening; the caller has asked whether its figures may be seen. A fixed number of queries.

    ``outside``: the order rests on no fewer than five people of any group.
    """
    scope, site, at = scopes.of_site(site_id), places.site(site_id), clock.now()
    if site is None:
        raise NOT_FOUND()
    tonight = nights.tonight(scope)
    tomorrow = tonight + timedelta(days=1)
    return Evening(
        scope=scope,
        site=site,
        night=tonight,
        at=at,
        found=census(scope, tonight),
        overview=site_overview(site),
        moved=moved(site, at - BACK, at),
        order=order_for(site, tomorrow, outside=outside),
        facilities=tuple(facilities_of(site)),
        committees=tuple(committees_at(site_id)),
        rota=tuple(rota_at(site_id, tomorrow, tomorrow)),
        slips=tuple(slips_between(site_id, at - BACK, at)),
        report=newest_report(site),
    )
