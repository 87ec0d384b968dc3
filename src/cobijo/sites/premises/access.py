"""Who may take an inventory, and open and close a site with an act."""

from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.verbs import Act

_MEASURE = (Permission.MANAGE_SITE, Permission.RUN_RESPONSE)


def may_take_inventory(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    """Whoever manages the site or makes sites in the response; also who reports head-counts of it."""
    for permission in _MEASURE:
        if authority.holds(act.actor, permission, site_id):
            return site_id
    return authority.require(act.actor, Permission.REPORT_SITE, site_id)


def may_open_site(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)


def may_close_site(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)
