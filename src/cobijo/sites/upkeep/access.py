"""Who may set and settle tasks and tick lists off: whoever manages the site, and a task's owner."""

from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.sites.upkeep.models import Task


def may_set_task(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)


def may_settle_task(act: Act, *, task_id: UUID, **_: Any) -> UUID:
    """Whoever manages the site, and whose task it is."""
    task = get_for(act.actor, Task, task_id)
    site: UUID = task.site_id
    return site if task.owner_id == act.actor else authority.require(act.actor, Permission.MANAGE_SITE, site)


def may_tick_item(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, site_id)
