"""What a site has and what was reported of it: facilities, head-counts, and the choices for setting one up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms.ages import BAND_SETS, UNKNOWN
from cobijo.people.types import Sex
from cobijo.sites.models import Facility, Response, Site, SiteReport
from cobijo.sites.types import FROM_18, UNDER_18, CellIn, FacilityFor, FacilityKind

LATEST = 10


def zone_of(site: Site) -> ZoneInfo:
    """The clock of a site."""
    return ZoneInfo(site.zone)


# --- facilities ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """The newest count of facilities of one kind for one group; ``working`` None: nobody looked."""

    id: UUID
    kind: FacilityKind
    for_whom: FacilityFor
    count: int
    working: int | None
    counted_on: date


def facilities_of(site: Site) -> list[FacilityLine]:
    """What a site has, each kind as it was counted last."""
    newest: dict[tuple[str, str], Facility] = {}
    for row in site.facilities.filter(voided_at=None).order_by("counted_on", "id"):
        newest[row.kind, row.for_whom] = row
    order = {kind: at for at, kind in enumerate(FacilityKind.values)}
    return [
        FacilityLine(row.id, FacilityKind(row.kind), FacilityFor(row.for_whom), row.count, row.working, row.counted_on)
        for row in sorted(newest.values(), key=lambda row: (order[row.kind], row.for_whom))
    ]


# --- head-counts -----------------------------------------------------------------------------------------------------


def reports_of(site: Site) -> list[SiteReport]:
    """The last head-counts of a site, the newest night first."""
    reports = SiteReport.objects.filter(site=site, voided_at=None)
    return list(reports.order_by("-night", "-observed_at", "-received_at")[:LATEST])


def bands_counted(site: Site) -> tuple[str, ...]:
    """The age bands of the form: those of the response, unknown last."""
    return BAND_SETS[site.response.band_set].codes()


def cells_in_words(cells: Iterable[CellIn]) -> list[tuple[str, int]]:
    """The parts of a head-count as one says them."""
    return [(_in_words(cell.sex, cell.band), cell.persons) for cell in cells]


def _in_words(sex: str, band: str) -> str:
    said = {
        (Sex.MALE, FROM_18): _("men of 18 and over"),
        (Sex.FEMALE, FROM_18): _("women of 18 and over"),
        (Sex.MALE, UNDER_18): _("boys under 18"),
        (Sex.FEMALE, UNDER_18): _("girls under 18"),
        (Sex.UNKNOWN, UNDER_18): _("children under 18, girls and boys"),
        (Sex.MALE, UNKNOWN): _("men and boys of any age"),
        (Sex.FEMALE, UNKNOWN): _("women and girls of any age"),
    }
    return said.get((Sex(sex), band), f"{Sex(sex).label}, {band}")


# --- setting up ------------------------------------------------------------------------------------------------------


def responses_run_by(actor: UUID) -> list[tuple[UUID, str]]:
    """The responses to which an actor may add sites, with their names."""
    mine = authority.unit_ids(actor, Permission.RUN_RESPONSE)
    rows = Response.objects.filter(unit__in=mine, closed_on=None).order_by("unit__name")
    return list(rows.values_list("pk", "unit__name"))
