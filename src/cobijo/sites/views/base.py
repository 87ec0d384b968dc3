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
    context = {"site": site, "can": can, "zone": ZoneInfo(site.zone), "tabs": _tabs(site, can, face)}
    return render(request, template, context | more)


def _tabs(site: Site, can: Can, face: str) -> list[Tab]:
    offered = [
        ("site", _("At a glance"), True),
        ("gate", _("Gate"), can.gate),
        ("visits", _("Visitors"), can.tell),
        ("roll-calls", _("Roll-call"), can.stay or can.manage or can.gate),
        ("people", _("People"), can.people),
        ("overdue", _("Not back yet"), can.people),
        ("spaces", _("Spaces"), True),
        ("facilities", _("Facilities"), True),
        ("headcount", _("Head-count"), can.report),
        ("guests", _("Guests"), site.opens_at is not None and (can.stay or can.report)),
        ("nights", _("Person-nights"), site.opens_at is not None and can.figures),
        ("committees", _("Committees"), True),
        ("premises", _("Premises"), True),
        ("standards", _("Standards"), can.figures or can.report or can.set_up),
        ("tasks", _("Tasks"), can.figures or can.report or can.set_up),
        ("incidents", _("Incidents"), can.people or can.manage),
        ("complaints", _("Complaints"), can.files),
        ("setup", _("Set-up"), can.set_up),
    ]
    return [
        Tab(reverse(f"sites:{name}", args=[site.pk]), label, name == face) for name, label, shown in offered if shown
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
