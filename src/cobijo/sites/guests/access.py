"""Who may count the guests of a night: whoever checks people in there, and whoever reports its head-counts."""

from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.sites.guests.models import GuestTally


def _counts(actor: UUID, site_id: UUID) -> UUID:
    if authority.holds(actor, Permission.REPORT_SITE, site_id):
        return site_id
    return authority.require(actor, Permission.STAY, site_id)


def may_count_guests(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _counts(act.actor, site_id)


def may_void_tally(act: Act, *, tally_id: UUID) -> UUID:
    return _counts(act.actor, get_for(act.actor, GuestTally, tally_id).site_id)
