"""Who may set up committees and turns: whoever manages the site."""

from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.sites.committees.models import Committee, Turn


def may_form_committee(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)


def may_change_committee(act: Act, *, committee_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, get_for(act.actor, Committee, committee_id).site_id)


def may_end_committee(act: Act, *, committee_id: UUID) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, get_for(act.actor, Committee, committee_id).site_id)


def may_set_turn(act: Act, *, committee_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, get_for(act.actor, Committee, committee_id).site_id)


def may_void_turn(act: Act, *, turn_id: UUID) -> UUID:
    turn = get_for(act.actor, Turn, turn_id)
    return authority.require(act.actor, Permission.MANAGE_SITE, turn.committee.site_id)
