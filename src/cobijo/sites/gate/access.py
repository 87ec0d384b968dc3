"""Who may see the residents of a site at its gate, and who may record what happens there."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_FOUND
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.people import access as people_access
from cobijo.sites.gate.models import Passage, Visit
from cobijo.sites.models import Stay
from cobijo.sites.types import OPEN

_TELLS = (Permission.STAY, Permission.MANAGE_SITE, Permission.CASE_WORK)
"""Who may pass a message on: also case workers, since a protected resident is found by them alone."""


def at_gate(actor: UUID, site_id: UUID) -> QuerySet[Stay]:
    """The open stays of a site as its gate knows them: of everybody, by face and code; nobody is named by it.

    Raises NOT_FOUND or NOT_ALLOWED for who does not work at that gate.
    """
    authority.require(actor, Permission.GATE, site_id)
    return Stay.objects.filter(site=site_id, state__in=OPEN, voided_at=None, person__anonymous=False)


def may_pass_gate(act: Act, *, site_id: UUID, stay_id: UUID, **_: Any) -> UUID:
    """Whoever works at that gate; a stay of another site is as unknown there as one that does not exist."""
    unit = authority.require(act.actor, Permission.GATE, site_id)
    here = Stay.objects.filter(pk=stay_id, site=site_id, voided_at=None, person__anonymous=False)
    if not here.exists():
        raise NOT_FOUND()
    return unit


def may_undo_passage(act: Act, *, passage_id: UUID) -> UUID:
    passage = get_for(act.actor, Passage, passage_id)
    return authority.require(act.actor, Permission.GATE, passage.site_id)


def may_announce_visit(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.GATE, site_id)


def tells(actor: UUID, site_id: UUID) -> bool:
    """Whether somebody passes on messages of visitors at a site."""
    return any(authority.holds(actor, permission, site_id) for permission in _TELLS)


def may_tell_resident(act: Act, *, visit_id: UUID, person_id: UUID) -> UUID:
    """Only who holds the resident learns that they are there, and so only they can tell them."""
    unit = _of_visit(act.actor, visit_id)
    people_access.require_held(act.actor, [person_id])
    return unit


def may_settle_visit(act: Act, *, visit_id: UUID, **_: Any) -> UUID:
    return _of_visit(act.actor, visit_id)


def _of_visit(actor: UUID, visit_id: UUID) -> UUID:
    visit = get_for(actor, Visit, visit_id)
    if not tells(actor, visit.site_id):
        return authority.require(actor, Permission.STAY, visit.site_id)
    site: UUID = visit.site_id
    return site
