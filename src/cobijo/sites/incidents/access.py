"""Who may see and record incidents: the site's team; a confidential one those who manage it or work on cases."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.people import access as people_access
from cobijo.sites.incidents.models import Incident

_TEAM = (Permission.SEE_PEOPLE, Permission.MANAGE_SITE)
_FEW = (Permission.MANAGE_SITE, Permission.CASE_WORK)
_RECORDS = (Permission.MANAGE_SITE, Permission.STAY, Permission.CASE_WORK)


def seen(actor: UUID, path: str = "") -> Q:
    """The condition on incidents an actor may see; ``path`` leads to the incident (``incident__``)."""
    there, few = Q(), Q(**{f"{path}owner": actor}) | Q(**{f"{path}recorded_by": actor})
    for permission in _TEAM:
        there |= Q(**{f"{path}site__in": authority.unit_ids(actor, permission)})
    for permission in _FEW:
        few |= Q(**{f"{path}site__in": authority.unit_ids(actor, permission)})
    return there & (Q(**{f"{path}confidential": False}) | few)


def may_record_incident(act: Act, *, site_id: UUID, people: Collection[UUID] | None = None, **_: Any) -> UUID:
    if people:
        people_access.require_held(act.actor, list(people))
    for permission in _RECORDS:
        if authority.holds(act.actor, permission, site_id):
            return site_id
    return authority.require(act.actor, Permission.STAY, site_id)


def may_follow_incident(act: Act, *, incident_id: UUID, **_: Any) -> UUID:
    """Those who manage the site or work on its cases, and who has it in hand."""
    incident = get_for(act.actor, Incident, incident_id)
    site: UUID = incident.site_id
    if incident.owner_id == act.actor or authority.holds(act.actor, Permission.CASE_WORK, site):
        return site
    return authority.require(act.actor, Permission.MANAGE_SITE, site)
