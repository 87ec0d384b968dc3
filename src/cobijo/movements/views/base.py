"""What the pages of a centre share: which site, its tabs, what the reader may do there."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading, name_kind
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import NOT_FOUND
from cobijo.core.pages import me
from cobijo.movements import access
from cobijo.sites.queries import scopes

LISTED: Final = "movements.traveller"
name_kind(LISTED, gettext_lazy("people who arrive or travel on"))


@dataclass(frozen=True, slots=True)
class Tab:
    """A face of the centre's pages."""

    url: str
    label: str
    current: bool
    count: int | None = None


def site_for(request: HttpRequest, site_id: UUID, needed: Permission = Permission.SEE_FIGURES) -> Any:
    """The centre of a page, for whoever sees its figures (or holds another permission that is named)."""
    authority.require(me(request), needed, site_id)
    site = scopes.site(site_id)
    if site is None:
        raise NOT_FOUND()
    return site


def note(request: HttpRequest, people: int, site_id: UUID, record: UUID | None = None) -> None:
    """Write down that somebody looked at so many travellers, or at one."""
    if people:
        what = ReadingKind.OPEN if record else ReadingKind.LIST
        log_reading(me(request), what, LISTED, record, people, site_id)


def centre_page(
    request: HttpRequest, template: str, site: Any, face: str, status: int = 200, **more: Any
) -> HttpResponse:
    """A page of a centre in its frame of tabs."""
    actor = me(request)
    faces = [("centre", _("Arrivals and departures"))]
    if authority.holds(actor, Permission.SEE_PEOPLE, site.pk):
        faces += [("board", _("Board")), ("calls", _("Calls"))]
    if authority.holds(actor, Permission.MANAGE_SITE, site.pk):
        faces.append(("settings", _("Settings")))
    tabs = [Tab(reverse(f"movements:{name}", args=[site.pk]), label, name == face) for name, label in faces]
    context = {
        "site": site,
        "zone": ZoneInfo(site.zone),
        "tabs": tabs,
        "may_stay": authority.holds(actor, Permission.STAY, site.pk),
        "may_register": authority.holds(actor, Permission.STAY, site.pk)
        and authority.holds(actor, Permission.REGISTER, site.pk),
        "may_manage": authority.holds(actor, Permission.MANAGE_SITE, site.pk),
        "sees_people": authority.holds(actor, Permission.SEE_PEOPLE, site.pk),
        "works_cases": authority.holds(actor, Permission.CASE_WORK, site.pk),
        "works_here": access.works_at(actor, site.pk),
    }
    return render(request, template, context | more, status=status)
