"""What figures put on the page of a site: the way to its census, and the two prints."""

from typing import Any
from uuid import UUID

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts.services import name_kind, name_reason
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.reporting import access, nights, scopes
from cobijo.reporting.people.files import LISTED
from cobijo.reporting.people.types import ExportPurpose
from cobijo.reporting.prints import PRINTED

name_kind(PRINTED, _("census on paper"))
name_kind(LISTED, _("list of people"))
for _purpose in ExportPurpose:
    name_reason(_purpose.value, _purpose.label)


def _census(actor: UUID, record: models.Model) -> Content | None:
    """Tonight's census and prints, for whoever sees figures there."""
    site: Any = record.pk
    if not authority.holds(actor, Permission.SEE_FIGURES, site):
        return None
    scope = scopes.of_site(site)
    night = nights.tonight(scope)
    return {
        "scope": scope,
        "night": night,
        "may_hang_up": access.may_hang_up(actor, scope),
        "desk_url": reverse("reporting:export", args=["sites", scope.id, night, "pdf"]),
    }


def _lists(actor: UUID, record: models.Model) -> Content | None:
    """The way to lists of people by name, for whoever takes them there."""
    if not authority.holds(actor, Permission.EXPORT_PEOPLE, record.pk):
        return None
    return {"site": record.pk}


register(Panel("site", "reporting.lists", 55, "reporting/panels/lists.html", _lists))
register(Panel("site", "reporting.census", 50, "reporting/panels/census.html", _census))
