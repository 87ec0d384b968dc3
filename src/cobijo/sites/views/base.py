"""What the pages of a site share: which site, and what the reader may do there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.pages import me
from cobijo.sites.access import get_for
from cobijo.sites.complaints.access import AT_THE_SITE
from cobijo.sites.models import Site


@dataclass(frozen=True, slots=True)
class Can:
    """What the reader may do at a site."""

    figures: bool
    people: bool
    stay: bool
    manage: bool
    report: bool
    set_up: bool
    gate: bool = False
    tell: bool = False
    files: bool = False


@dataclass(frozen=True, slots=True)
class Tab:
    """A face of the site's pages."""

    url: str
    label: str
    current: bool
    count: int | None = None


def site_for(request: HttpRequest, site_id: UUID, *needed: Permission) -> tuple[Site, Can]:
    """The site of a page and what its reader may do there; one of the permissions is needed, if any is named."""
    actor = me(request)
    get_for(actor, Site, site_id)
    held = {permission for permission in Permission if authority.holds(actor, permission, site_id)}
    if needed and not held & set(needed):
        raise NOT_ALLOWED()
    site = Site.objects.select_related("unit__parent", "response__unit", "area").get(pk=site_id)
    can = Can(
        figures=Permission.SEE_FIGURES in held,
        people=Permission.SEE_PEOPLE in held,
        stay=Permission.STAY in held,
        manage=Permission.MANAGE_SITE in held,
        report=Permission.REPORT_SITE in held,
        set_up=bool(held & {Permission.MANAGE_SITE, Permission.RUN_RESPONSE}),
        gate=Permission.GATE in held,
        tell=bool(held & {Permission.STAY, Permission.MANAGE_SITE, Permission.CASE_WORK}),
        files=bool(held & {*AT_THE_SITE, Permission.REPORT_SITE}),
    )
    return site, can


def site_page(request: HttpRequest, template: str, site: Site, can: Can, face: str, **more: Any) -> HttpResponse:
    """A page of a site in its frame of tabs."""
    tabs, faces = _tabs(site, can, face)
    context = {"site": site, "can": can, "zone": ZoneInfo(site.zone), "tabs": tabs, "faces": faces}
    return render(request, template, context | more)


def _tabs(site: Site, can: Can, face: str) -> tuple[list[Tab], list[Tab]]:
    """The groups of a site's pages that the reader has any of, and the pages of the group the reader is in.

    A group leads to its first page; one of a single page has no second row.
    """
    groups = [(label, [(name, word) for name, word, shown in pages if shown]) for label, pages in _grouped(site, can)]
    above = [Tab(_page(site, pages[0][0]), label, face in dict(pages)) for label, pages in groups if pages]
    within = next((pages for _label, pages in groups if face in dict(pages)), [])
    below = [Tab(_page(site, name), word, name == face) for name, word in within]
    return above, below if len(below) > 1 else []


def _page(site: Site, name: str) -> str:
    return reverse(f"sites:{name}", args=[site.pk])


def _grouped(site: Site, can: Can) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """Every page of a site by its group: its name among the addresses, its word, whether the reader is offered it."""
    by_night = site.opens_at is not None
    looks = can.figures or can.report or can.set_up
    return [
        (_("At a glance"), [("site", _("At a glance"), True)]),
        (
            _("Door"),
            [
                ("gate", _("Gate"), can.gate),
                ("visits", _("Visitors"), can.tell),
                ("overdue", _("Not back yet"), can.people),
            ],
        ),
        (_("People"), [("people", _("People"), can.people)]),
        (
            _("Counts"),
            [
                ("roll-calls", _("Roll-call"), can.stay or can.manage or can.gate),
                ("headcount", _("Head-count"), can.report),
                ("guests", _("Guests"), by_night and (can.stay or can.report)),
                ("nights", _("Person-nights"), by_night and can.figures),
            ],
        ),
        (
            _("The place"),
            [
                ("spaces", _("Spaces"), True),
                ("facilities", _("Facilities"), True),
                ("premises", _("Premises"), True),
                ("committees", _("Committees"), True),
                ("setup", _("Set-up"), can.set_up),
            ],
        ),
        (
            _("Conditions"),
            [
                ("standards", _("Standards"), looks),
                ("tasks", _("Tasks"), looks),
                ("incidents", _("Incidents"), can.people or can.manage),
                ("complaints", _("Complaints"), can.files),
            ],
        ),
    ]


def is_closing(request: HttpRequest) -> bool:
    """Whether a page was opened from that of closing the site, and leads back there."""
    return request.GET.get("from") == "close"


def back_from(request: HttpRequest, site_id: UUID, otherwise: str) -> HttpResponse:
    """To the page an act was opened from (that of closing the site, or of a roll-call), else to the one named."""
    if is_closing(request):
        return redirect("sites:close", site_id)
    try:
        return redirect("sites:roll-call", site_id, UUID(request.GET.get("roll", "")))
    except ValueError:
        return redirect(otherwise, site_id)


def log_list(request: HttpRequest, site: Site, people: int) -> None:
    """Write down that a list of people was shown."""
    if people:
        log_reading(me(request), ReadingKind.LIST, "sites.stay", people=people, unit=site.pk)
