"""Who may call the roll, mark in it, and explain what it found."""

from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.sites.rollcalls.models import Difference, RollCall


def runs(actor: UUID, site_id: UUID) -> bool:
    """Whether somebody begins, ends and explains roll-calls of a site."""
    return authority.holds(actor, Permission.MANAGE_SITE, site_id) or authority.holds(actor, Permission.STAY, site_id)


def _runs(actor: UUID, site_id: UUID) -> UUID:
    return site_id if runs(actor, site_id) else authority.require(actor, Permission.STAY, site_id)


def _marks(actor: UUID, roll_call_id: UUID) -> UUID:
    """The site of a roll-call in which the actor marks: also whoever only works at the gate."""
    site: UUID = get_for(actor, RollCall, roll_call_id).site_id
    return site if authority.holds(actor, Permission.GATE, site) else _runs(actor, site)


def may_begin_roll_call(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _runs(act.actor, site_id)


def may_mark_present(act: Act, *, roll_call_id: UUID, **_: Any) -> UUID:
    return _marks(act.actor, roll_call_id)


def may_count_unknown(act: Act, *, roll_call_id: UUID, **_: Any) -> UUID:
    return _marks(act.actor, roll_call_id)


def may_end_roll_call(act: Act, *, roll_call_id: UUID) -> UUID:
    return _runs(act.actor, get_for(act.actor, RollCall, roll_call_id).site_id)


def may_explain_difference(act: Act, *, difference_id: UUID, **_: Any) -> UUID:
    return _runs(act.actor, get_for(act.actor, Difference, difference_id).roll_call.site_id)
