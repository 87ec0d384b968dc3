"""What the pages of a census show, put together for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.algorithms.suppression import THRESHOLD
from cobijo.core.drawing import BandCount
from cobijo.reporting import access, nights, saying, sources
from cobijo.reporting.labels import kinds_label
from cobijo.reporting.models import Release
from cobijo.reporting.scopes import path_of
from cobijo.reporting.types import Census, Kind, Part, Published, Quantity, Scope, ScopeKind, SexAge
from cobijo.sites.queries.nights import all_head_counts

ON_A_PAGE: Final = 50
HEAD_COUNTS: Final = 20

Context = dict[str, Any]


@dataclass(frozen=True)
class Beside:
    """A published figure and how ours stands to it, in words."""

    figure: Published
    words: str


@dataclass(frozen=True)
class Line:
    """A site in the table of a census, with what was published of it that day."""

    part: Part
    kind: str
    published: tuple[Beside, ...]


def site_page(actor: UUID, found: Census) -> Context:
    """The census of one site."""
    part = found.parts[0]
    return _any_page(actor, found) | {
        "part": part,
        "kind": kinds_label(part),
        "counted": part.on_the_spot,
        "reported": saying.reported_line(found, part.reported) if part.reported else "",
        "head_counts": list(all_head_counts(sources.sites_of(found.scope))[:HEAD_COUNTS]),
        "may_close": access.may_close(actor, found.scope) and not found.forecast and part.takes and not part.mark,
        "may_hang_up": access.may_hang_up(actor, found.scope),
        "may_report": access.may_report(actor, found.scope),
    }


def sites_page(actor: UUID, found: Census, page: str | None) -> Context:
    """The census of several sites, the largest first; a page of them at a time."""
    ordered = sorted(found.known, key=lambda part: (-(part.persons or 0), part.site.name))
    lines = Paginator([_line(found, part) for part in ordered], ON_A_PAGE).get_page(page)
    return _any_page(actor, found) | {
        "page": lines,
        "groups": [(group, _beside(group.published)) for group in found.groups],
        "registered": found.taking(Kind.REGISTERED),
        "reported_rows": _told_apart(found.table_of(Kind.REPORTED)),
    }


def _any_page(actor: UUID, found: Census) -> Context:
    scope, night = found.scope, found.night
    table = found.table_of(Kind.REGISTERED) if found.taking(Kind.REGISTERED) else found.table
    return {
        "census": found,
        "scope": scope,
        "zone": ZoneInfo(scope.zone),
        "night": night,
        "before": night - timedelta(days=1),
        "after": night + timedelta(days=1) if night < nights.tonight(scope) else None,
        "tonight": nights.tonight(scope),
        "moment": saying.when(found),
        "made_of": saying.made_of_lines(found),
        "rows": saying.said_rows(table),
        "finding": saying.pyramid_finding(table, scope.bands),
        "published": _beside(found.on_the_day),
        "of_month": _beside(found.in_the_month),
        "contradiction": saying.contradiction(found.published),
        "exports": _exports(scope, night),
        "desk_url": reverse("reporting:export", args=[path_of(scope), scope.id, night, "pdf"]),
        "days_url": reverse("reporting:days", args=[path_of(scope), scope.id]) + f"?night={night}",
        **_given_out(actor, found),
    }


def _given_out(actor: UUID, found: Census) -> Context:
    """What was released of this scope and night, and whether the reader may release it now."""
    scope = found.scope
    releases: Sequence[Release] = ()
    if scope.kind is not ScopeKind.GROUP:
        rows = Release.objects.filter(unit=scope.unit, night=found.night, door=False)
        releases = list(access.visible_to(actor, rows).order_by("-released_at"))
    may = access.may_publish(actor, scope) and scope.kind is not ScopeKind.GROUP
    return {
        "releases": [(one, _release_files(one)) for one in releases],
        "may_publish": access.may_publish(actor, scope),
        "may_release": may and not found.forecast and found.persons is not None,
        "threshold": THRESHOLD - 1,
        "published_url": reverse("reporting:published", args=[scope.response]),
    }


def _told_apart(table: SexAge) -> list[BandCount]:
    """The rows of what is reported; none where nobody was told apart by sex or age."""
    known = table.total - table.at(UNKNOWN, UNKNOWN)
    return saying.said_rows(table) if known else []


def _line(found: Census, part: Part) -> Line:
    figures = [one for one in found.of_parts.get(part.site.id, ()) if not one.month_only]
    persons = [one for one in figures if one.quantity is Quantity.PERSONS]
    return Line(part, kinds_label(part), tuple(_beside(persons)))


def _beside(figures: Sequence[Published]) -> list[Beside]:
    return [Beside(one, saying.difference(one)) for one in figures]


def _exports(scope: Scope, night: date) -> list[Context]:
    """The files for inside, each marked so in itself."""
    files = [
        {"url": reverse("reporting:export", args=[path_of(scope), scope.id, night, form]), "label": label, "kind": form}
        for form, label in (("csv", _("CSV (HXL)")), ("xlsx", _("XLSX")), ("json", _("JSON")))
    ]
    beside = reverse("reporting:beside", args=[path_of(scope), scope.id, night])
    return [*files, {"url": beside, "label": _("Published (CSV)"), "kind": "csv"}]


def _release_files(release: Release) -> list[Context]:
    forms = (("csv", _("CSV (HXL)")), ("xlsx", _("XLSX")), ("json", _("JSON")), ("pdf", _("Print")))
    return [
        {"url": reverse("reporting:released", args=[release.pk, form]), "label": label, "kind": form}
        for form, label in forms
    ]
