"""What a site's page and the first page say of volunteers: whose days end within a day."""

from uuid import UUID

from django.db import models

from cobijo.accounts.authority import holds
from cobijo.accounts.devices import queries
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register


def _at_site(actor: UUID, record: models.Model) -> Content | None:
    """For whoever manages the site."""
    if not holds(actor, Permission.MANAGE_SITE, record.pk):
        return None
    return _said(queries.ending_soon(actor).filter(unit=record.pk).count())


def _everywhere(actor: UUID, _record: models.Model) -> Content | None:
    """For whoever manages several."""
    return _said(queries.ending_soon(actor).count())


def _said(ending: int) -> Content | None:
    return {"ending": ending} if ending else None


register(Panel("site", "accounts.volunteers", 15, "accounts/panels/volunteers.html", _at_site))
register(Panel("home", "accounts.volunteers", 15, "accounts/panels/volunteers.html", _everywhere))
