"""Who may see the store's book and who may write in it; infants are health workers' alone."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.assistance.models import FormulaAssessment, StoreMove, StoreSlip
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.people import access as people_access

# --- who may see what ------------------------------------------------------------------------------------------------


def _slips(actor: UUID) -> Q:
    """Those of sites whose figures one sees: what a store holds is a figure."""
    return Q(site__in=authority.unit_ids(actor, Permission.SEE_FIGURES))


def _moves(actor: UUID) -> Q:
    return Q(slip__site__in=authority.unit_ids(actor, Permission.SEE_FIGURES))


def _assessments(actor: UUID) -> Q:
    """Those of people known to a unit where the actor sees health needs; nobody else sees who is fed with what."""
    return people_access.people(actor, "person", Permission.HEALTH)


visible_to, get_for = records.doors({StoreSlip: _slips, StoreMove: _moves, FormulaAssessment: _assessments})


def keeps_store(actor: UUID, site: UUID) -> bool:
    return authority.holds(actor, Permission.KEEP_STORE, site)


# --- who may call what -----------------------------------------------------------------------------------------------


def _in_the_store(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.KEEP_STORE, site_id)


may_receive_goods = may_give_goods = may_count_store = may_lose_goods = _in_the_store


def may_void_slip(act: Act, *, slip_id: UUID) -> UUID:
    return authority.require(act.actor, Permission.KEEP_STORE, get_for(act.actor, StoreSlip, slip_id).site_id)


def may_assess_infant(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    """A health worker, in their own name."""
    if authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()
    return people_access.unit_holding(act.actor, person_id, Permission.HEALTH)


def may_end_assessment(act: Act, *, assessment_id: UUID) -> UUID | None:
    found = get_for(act.actor, FormulaAssessment, assessment_id)
    return people_access.unit_holding(act.actor, found.person_id, Permission.HEALTH)
