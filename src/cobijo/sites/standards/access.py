"""Who may look at a site's standards, make rounds, and choose norms."""

from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.records import get_for
from cobijo.core.verbs import Act
from cobijo.sites.standards.models import Round


def _looks(actor: UUID, site: UUID) -> UUID:
    """Whoever manages the site, and who reports of it."""
    if authority.holds(actor, Permission.MANAGE_SITE, site):
        return site
    return authority.require(actor, Permission.REPORT_SITE, site)


def may_begin_round(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    return _looks(act.actor, site_id)


def may_answer_round(act: Act, *, round_id: UUID, **_: Any) -> UUID:
    return _looks(act.actor, get_for(act.actor, Round, round_id).site_id)


def may_end_round(act: Act, *, round_id: UUID) -> UUID:
    return _looks(act.actor, get_for(act.actor, Round, round_id).site_id)


def may_void_round(act: Act, *, round_id: UUID) -> UUID:
    return _looks(act.actor, get_for(act.actor, Round, round_id).site_id)


def may_choose_norms(act: Act, *, response_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, response_id)
