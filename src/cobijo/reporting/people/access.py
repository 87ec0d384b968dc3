"""Who may know of which list of people, and who may ask for one, agree to it and take a copy."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.verbs import Act
from cobijo.people.access import require_signed_in
from cobijo.reporting.people.models import ExportCopy, PeopleExport


def exports(actor: UUID, path: str = "") -> Q:
    """Those of sites where the actor takes lists, or audits."""
    mine = authority.unit_ids(actor, Permission.EXPORT_PEOPLE)
    audited = authority.unit_ids(actor, Permission.AUDIT)
    return Q(**{f"{path}site__in": mine}) | Q(**{f"{path}site__in": audited})


def copies(actor: UUID) -> Q:
    return exports(actor, "export__")


visible_to, get_for = records.doors({PeopleExport: exports, ExportCopy: copies})


def may_ask_export(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    unit = authority.require(act.actor, Permission.EXPORT_PEOPLE, site_id)
    require_signed_in(act.actor)
    return unit


def _may_handle(act: Act, *, export_id: UUID, **_: Any) -> UUID:
    found = get_for(act.actor, PeopleExport, export_id)
    unit = authority.require(act.actor, Permission.EXPORT_PEOPLE, found.site_id)
    require_signed_in(act.actor)
    return unit


may_approve_export = may_refuse_export = may_take_copy = _may_handle
