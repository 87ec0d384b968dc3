"""A site's own head-counts: numbers without names, with who said them and how they were come by."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import BAND_SETS
from cobijo.core import clock, rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.operations import AHEAD
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, Act, verb
from cobijo.sites.models import Site, SiteReport, SiteReportCell
from cobijo.sites.refusals import (
    ALREADY_VOID,
    CELL_TWICE,
    CELLS_EXCEED,
    NIGHT_TO_COME,
    REPORTED_FINALLY,
    UNKNOWN_BAND,
)
from cobijo.sites.rules.coming import lock_site
from cobijo.sites.types import FROM_18, UNDER_18, Flag, HeadcountIn, ReportKind


@verb(
    "sites.report_headcount",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Head-count reported"),
)
def report_headcount(act: Act, *, report_id: UUID, site_id: UUID, headcount: HeadcountIn) -> SiteReport:
    """Record a head-count of a site for a night. It stands beside what is registered and changes nothing of it."""
    site = lock_site(site_id)
    zone = ZoneInfo(site.zone)
    if headcount.night > clock.today(zone) or headcount.observed_at > current().recorded_at + AHEAD:
        raise NIGHT_TO_COME.about("headcount.night")
    _check_cells(site, headcount)
    before = SiteReport.objects.filter(site=site)
    _check_final(before, headcount)
    _flag_oddities(report_id, headcount)
    report = rows.add(
        SiteReport(
            id=report_id,
            site=site,
            night=headcount.night,
            observed_at=headcount.observed_at,
            received_at=current().recorded_at,
            informant_post=headcount.informant_post,
            method=headcount.method,
            persons=headcount.persons,
            households=headcount.households,
            as_said=headcount.as_said,
            number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
            **{name: getattr(headcount, name) for name in _AS_GIVEN},
        )
    )
    cells = [cell for cell in headcount.cells if cell.persons]
    if cells:
        rows.add(*(SiteReportCell(report=report, sex=c.sex, band=c.band, persons=c.persons) for c in cells))
    return report


_AS_GIVEN = ("kind", "split", "persons_ever", "households_ever", "served_elsewhere", "origin", "urgent")


def _check_final(before: QuerySet[SiteReport], headcount: HeadcountIn) -> None:
    """After its final report a site reports no more; what comes late is taken, for people may still be there."""
    final = before.filter(kind=ReportKind.FINAL, voided_at=None, observed_at__lt=headcount.observed_at).first()
    if final is None:
        return
    if not is_late():
        raise REPORTED_FINALLY(number=final.number)
    flag(Flag.AFTER_FINAL, report=final.pk)


def _flag_oddities(report_id: UUID, headcount: HeadcountIn) -> None:
    if headcount.households is not None and headcount.households > headcount.persons:
        flag(Flag.FEWER_THAN_HOUSEHOLDS, report=report_id)
    ever = ((headcount.persons, headcount.persons_ever), (headcount.households, headcount.households_ever))
    if any(now is not None and total is not None and now > total for now, total in ever):
        flag(Flag.MORE_THAN_EVER, report=report_id)


def bands_of(band_set: str) -> tuple[str, ...]:
    """The age bands a report may use: those of the response, and the two halves a manager counts by eye."""
    return (*BAND_SETS[band_set].codes(), UNDER_18, FROM_18)


def _check_cells(site: Site, headcount: HeadcountIn) -> None:
    known = bands_of(site.response.band_set)
    for cell in headcount.cells:
        if cell.band not in known:
            raise UNKNOWN_BAND.about("headcount.cells", band=cell.band, bands=", ".join(known))
    if len({(cell.sex, cell.band) for cell in headcount.cells}) < len(headcount.cells):
        raise CELL_TWICE.about("headcount.cells")
    parts = sum(cell.persons for cell in headcount.cells)
    if parts > headcount.persons:
        raise CELLS_EXCEED.about("headcount.persons", parts=parts, persons=headcount.persons)


@verb(
    "sites.void_report",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Head-count taken out"),
)
def void_report(act: Act, *, report_id: UUID) -> SiteReport:
    """Take a head-count out that was entered by mistake; the one before it counts again."""
    report = SiteReport.objects.select_for_update(no_key=True).get(pk=report_id)
    if report.voided_at is not None:
        raise ALREADY_VOID()
    return rows.change(report, voided_at=current().recorded_at)
