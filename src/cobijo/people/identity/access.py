"""Who may judge pairs and make one of two records: whoever works cases or manages a site, and holds both people.

Who registers says of somebody at the desk that they are another, or that it is not sure; the queue is not theirs.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.people import sight
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.types import JudgedIn

JUDGING = (Permission.CASE_WORK, Permission.MANAGE_SITE)


def _held(actor: UUID, path: str) -> Q:
    """The person at ``path`` is held by the actor, with a right by which pairs are judged."""
    found = Q()
    for permission in JUDGING:
        found |= sight.held(actor, path, permission)
    return found


def _pairs(actor: UUID) -> Q:
    """A pair is for whoever may judge it and for nobody else."""
    return _held(actor, "first") & _held(actor, "second")


def _merges(actor: UUID) -> Q:
    """A merge is for whoever holds both; once it is done, both are the kept one."""
    return _held(actor, "kept") & (Q(state="done", gone__merged_into=F("kept")) | _held(actor, "gone"))


visible_to, get_for = records.doors({Pair: _pairs, Merge: _merges})


def may_queue_pairs(act: Act, **_: Any) -> None:
    if not authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()


def may_judge_pairs(act: Act, *, judged: Sequence[JudgedIn]) -> UUID | None:
    sight.require_signed_in(act.actor)
    people = [one for each in judged for one in (each.first_id, each.second_id)]
    return _in_name_of(act.actor, people, (*JUDGING, Permission.REGISTER))


def may_merge_people(act: Act, *, kept_id: UUID, gone_id: UUID, **_: Any) -> UUID | None:
    sight.require_signed_in(act.actor)
    return _unit_of(act.actor, kept_id, gone_id)


def _may_settle(act: Act, *, merge_id: UUID) -> UUID | None:
    sight.require_signed_in(act.actor)
    return _unit_of(act.actor, get_for(act.actor, Merge, merge_id).kept_id)


may_approve_merge = may_refuse_merge = may_unmerge_people = _may_settle


def _unit_of(actor: UUID, *people: UUID) -> UUID | None:
    return _in_name_of(actor, people, JUDGING)


def _in_name_of(actor: UUID, people: Sequence[UUID], by: Sequence[Permission]) -> UUID | None:
    """The unit in whose name somebody judges; every person is one they hold."""
    sight.require_held(actor, set(people))
    units = [sight.unit_holding(actor, person, *by) for person in dict.fromkeys(people)]
    return units[0] if units else None
