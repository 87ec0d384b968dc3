"""What a census is read from, in this app's words: sites, named stays, head-counts, published figures."""

from collections import defaultdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from cobijo.algorithms import ages
from cobijo.algorithms.ages import BandSet
from cobijo.core.models import Area
from cobijo.reporting.models import ClosedCensus, PublishedFigure
from cobijo.reporting.types import CalledRoll, Counted, Registered, Reported, Scope, ScopeKind, SexAge, SiteRow
from cobijo.sites.queries import called_rolls, nights, tallies
from cobijo.sites.queries import scopes as places
from cobijo.sites.queries.nights import Night
from cobijo.sites.types import FROM_18, GROWN, OLD, UNDER_18

AREA_LEVELS: Final = 6
GROWN_UP: Final = (FROM_18, GROWN, OLD)


def sites_of(scope: Scope) -> QuerySet[Any]:
    """The sites of a scope."""
    chosen = {
        ScopeKind.SITE: places.only,
        ScopeKind.GROUP: places.in_group,
        ScopeKind.AREA: places.below,
        ScopeKind.RESPONSE: places.in_response,
    }
    return chosen[scope.kind](scope.id)


def site_rows(scope: Scope) -> list[SiteRow]:
    """The sites of a scope by number, with their areas."""
    chain = "area" + "__parent" * (AREA_LEVELS - 1)
    return [
        SiteRow(
            id=site.pk,
            code=site.code,
            name=site.unit.name,
            zone=site.zone,
            areas=_areas(site.area),
        )
        for site in sites_of(scope).select_related("unit", chain).order_by("number")
    ]


def _areas(area: Area | None) -> tuple[str, ...]:
    """The names of an area and those it lies in, the largest first, without the country."""
    names: list[str] = []
    for _ in range(AREA_LEVELS):
        if area is None or area.kind == "country":
            break
        names.insert(0, area.name)
        area = area.parent
    return tuple(names)


def registered(scope: Scope, night: Night) -> dict[UUID, Registered]:
    """What is registered at each site where anybody was ever registered up to that night; other sites are not in it."""
    sites, codes = sites_of(scope), scope.bands.codes()
    slept, numbers = nights.slept(sites, night), nights.unnamed(sites, night)
    cells: dict[UUID, dict[tuple[str, str], int]] = defaultdict(dict)
    for site, sex, place, persons in nights.by_sex_and_band(slept, scope.bands, night.day):
        cells[site][sex, codes[place]] = persons
    unnamed: dict[UUID, int] = defaultdict(int)
    for site, sex, band, persons in nights.unnamed_by_sex_and_band(numbers):
        at = (sex, band if band in codes else ages.UNKNOWN)
        cells[site][at] = cells[site].get(at, 0) + persons
        unnamed[site] += persons
    households = nights.households_by_site(slept, numbers)
    away = nights.away(sites, night, few=scope.kind is ScopeKind.SITE)
    return {
        site: Registered(
            SexAge(codes, cells.get(site, {})), households.get(site, 0), away.get(site, 0), unnamed.get(site, 0)
        )
        for site in nights.ever_registering(sites, night)
    }


def households(scope: Scope, night: Night) -> int:
    """Households registered with anybody in the scope, each once."""
    sites = sites_of(scope)
    return nights.households(nights.slept(sites, night), nights.unnamed(sites, night))


def reported(scope: Scope, night: date) -> dict[UUID, Reported]:
    """The newest head-count of the night for each site that sent one, or the one carried forward to it."""
    found = nights.head_counts(sites_of(scope), night)
    return {report.site_id: _reported(report, scope.bands, night) for report in found}


def counted(scope: Scope, night: date) -> dict[UUID, Counted]:
    """The guests of the night that were counted at the doors of night shelters, by the newest count of each."""
    found = tallies(sites_of(scope), night, night)
    return {tally.site_id: _counted(tally, scope.bands) for tally in found}


def roll_calls(scope: Scope, night: date) -> dict[UUID, CalledRoll]:
    """What the newest roll-call of the night that ended counted at each site that called the roll."""
    return {
        row.site_id: CalledRoll(row.counted, row.registered, row.unmarked, row.ended_at)
        for row in called_rolls(sites_of(scope), night, night)
        if row.ended_at is not None
    }


def _counted(tally: Any, bands: BandSet) -> Counted:
    """A count at a door; what its bands do not share with the scope's is of unknown age in the table."""
    cells = {(cell.sex, cell.band): cell.persons for cell in tally.cells.all()}
    return Counted(
        table=SexAge.of(bands.codes(), cells),
        counted_at=tally.counted_at,
        under_18=sum(persons for (_, band), persons in cells.items() if band == UNDER_18),
        from_18=sum(persons for (_, band), persons in cells.items() if band in GROWN_UP),
    )


def _reported(report: Any, bands: BandSet, night: date) -> Reported:
    """A head-count; those it does not tell apart by sex and age are of unknown sex and age.

    Parts that were reckoned from a percentage are no count: all of them are of unknown sex and age.
    """
    cells = {} if report.split else {(cell.sex, cell.band): cell.persons for cell in report.cells.all()}
    contradicts = sum(cells.values()) > report.persons
    if contradicts:
        cells = {}
    rest, nobody_knows = report.persons - sum(cells.values()), (ages.UNKNOWN, ages.UNKNOWN)
    if rest:
        cells[nobody_knows] = cells.get(nobody_knows, 0) + rest
    return Reported(
        persons=report.persons,
        households=report.households,
        table=SexAge.of(bands.codes(), cells),
        method=report.method,
        informant_post=report.informant_post,
        as_said=report.as_said,
        observed_at=report.observed_at,
        received_at=report.received_at,
        contradicts=contradicts,
        under_18=sum(persons for (_, band), persons in cells.items() if band == UNDER_18),
        from_18=sum(persons for (_, band), persons in cells.items() if band == FROM_18),
        split=report.split,
        carried_days=(night - report.night).days,
        served_elsewhere=report.served_elsewhere,
    )


def published(scope: Scope, night: date) -> list[PublishedFigure]:
    """What was published of the scope's response, its sites and groups, for that day or for its month as a whole."""
    same_day = Q(month_only=False, day=night)
    same_month = Q(month_only=True, day__year=night.year, day__month=night.month)
    found = PublishedFigure.objects.filter(same_day | same_month, response=scope.response, voided_at=None)
    return list(found.order_by("recorded_at", "source", "id"))


def closed(scope: Scope, night: date) -> dict[UUID, ClosedCensus]:
    """The kept figures of the sites whose night is closed."""
    found = ClosedCensus.objects.filter(site__in=sites_of(scope), night=night)
    return {row.site_id: row for row in found}
