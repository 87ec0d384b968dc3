"""What arrivals and departures put on the page of a site."""

from uuid import UUID

from django.db import models

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.panels import Content, Panel, register
from cobijo.movements.rules.centres import KINDS


def _movements(actor: UUID, record: models.Model) -> Content | None:
    """The ways to arrivals and departures, of a reception centre."""
    if getattr(record, "kind", "") not in KINDS or not authority.holds(actor, Permission.SEE_FIGURES, record.pk):
        return None
    return {"site": record.pk}


register(Panel("site", "movements.centre", 15, "movements/panels/centre.html", _movements))
