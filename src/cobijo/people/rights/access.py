"""Who may know of which request, and who may receive, answer and carry one out."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.people import sight
from cobijo.people.rights.models import GivenCopy, RightsRequest
from cobijo.people.rights.refusals import ELSEWHERE
from cobijo.people.rights.types import RequestIn

ANSWERING = (Permission.CASE_WORK, Permission.MANAGE_SITE)
RECEIVING = (Permission.REGISTER, *ANSWERING)


def _requests(actor: UUID) -> Q:
    """Those received at units where the actor may answer one; of a protected person for who is named alone.

    By unit and not by who is known there now: an answer is due thirty days on, when the person may have left.
    """
    units = Q()
    for permission in ANSWERING:
        units |= Q(unit__in=authority.unit_ids(actor, permission))
    return units & sight.open_to(actor, "person_id")


def _copies(actor: UUID) -> Q:
    return sight.people(actor, "person", Permission.CASE_WORK)


visible_to, get_for = records.doors({RightsRequest: _requests, GivenCopy: _copies})


def may_give_copy(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    """Where the person stays now: the copy says where they were before.

    Who is known there only for a while after leaving is refused alike, wherever they are.
    """
    unit = sight.unit_holding(act.actor, person_id, Permission.CASE_WORK)
    if unit is None:
        return None
    staying = sight.scopes_now(act.actor, Permission.CASE_WORK).filter(person=person_id, ends_at=None)
    found = staying.values_list("unit_id", flat=True).first()
    if found is None:
        raise ELSEWHERE()
    return found


def may_ask_right(act: Act, *, asked: RequestIn, **_: Any) -> UUID | None:
    unit = sight.unit_holding(act.actor, asked.person_id, *RECEIVING)
    sight.require_signed_in(act.actor)
    return unit


def _may_answer(act: Act, *, request_id: UUID, **_: Any) -> UUID:
    request = get_for(act.actor, RightsRequest, request_id)
    sight.require_signed_in(act.actor)
    if not any(authority.holds(act.actor, one, request.unit_id) for one in ANSWERING):
        raise NOT_ALLOWED()
    return request.unit_id


may_answer_right = may_erase_on_request = _may_answer
