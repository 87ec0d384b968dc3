"""What the pages of a store share: which site, its tabs, what the reader may do there."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.assistance import access
from cobijo.core.errors import NOT_FOUND
from cobijo.core.pages import me
from cobijo.sites.queries import scopes


@dataclass(frozen=True, slots=True)
class Tab:
    """A face of the store's pages."""

    url: str
    label: str
    current: bool
    count: int | None = None


def site_for(request: HttpRequest, site_id: UUID, needed: Permission = Permission.SEE_FIGURES) -> Any:
    """The site of a page, for whoever sees its figures (or holds another permission that is named)."""
    authority.require(me(request), needed, site_id)
    site = scopes.site(site_id)
    if site is None:
        raise NOT_FOUND()
    return site


def store_page(request: HttpRequest, template: str, site: Any, face: str, **more: Any) -> HttpResponse:
    """A page of a site's store in its frame of tabs."""
    tabs = [
        Tab(reverse(f"assistance:{name}", args=[site.pk]), label, name == face)
        for name, label in (("store", _("In store")), ("slips", _("Slips")), ("order", _("Tomorrow's order")))
    ]
    context = {
        "site": site,
        "zone": ZoneInfo(site.zone),
        "tabs": tabs,
        "may_keep": access.keeps_store(me(request), site.pk),
    }
    return render(request, template, context | more)
