"""Who sees complaints. Those about staff: their focal point, and nobody who works at the site."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.records import get_by_label, get_for
from cobijo.core.verbs import Act
from cobijo.sites.complaints.models import Complaint, FocalPoint

_P = Permission
AT_THE_SITE: Final = (
    _P.MANAGE_SITE, _P.STAY, _P.GATE, _P.REGISTER, _P.CASE_WORK, _P.KEEP_STORE, _P.HEALTH, _P.CHILD_CASES,
)  # fmt: skip
"""Whoever holds any of these at a site works there: no focal point of it, whatever they were named."""
_FILE: Final = (*AT_THE_SITE, _P.REPORT_SITE)
_SEE: Final = (_P.MANAGE_SITE, _P.CASE_WORK)


def in_force() -> QuerySet[FocalPoint]:
    """The focal points that count now."""
    now = clock.now()
    open_now = Q(ends_at=None) | Q(ends_at__gt=now)
    return FocalPoint.objects.filter(open_now, starts_at__lte=now, account__is_active=True)


def works_at(actor: UUID, path: str) -> Q:
    """The condition on rows of sites where an actor works."""
    condition = Q(pk__in=[])
    for permission in AT_THE_SITE:
        condition |= Q(**{f"{path}__in": authority.unit_ids(actor, permission)})
    return condition


def complaints_seen(actor: UUID) -> Q:
    """Ordinary ones where one manages the site, works on its cases or has it in hand; those about staff as their focal
    point. The operator at the machine sees none of the latter.
    """
    ordinary = Q(owner=actor)
    for permission in _SEE:
        ordinary |= Q(site__in=authority.unit_ids(actor, permission))
    focal = in_force().filter(account=actor, unit__reaches__below=OuterRef("site"))
    return Q(ordinary, aside=False) | (Q(Exists(focal), aside=True) & ~works_at(actor, "site"))


def focal_points_seen(actor: UUID) -> Q:
    """One's own, and those of units one runs."""
    return Q(account=actor) | Q(unit__in=authority.unit_ids(actor, Permission.RUN_RESPONSE))


def is_focal_point(actor: UUID) -> bool:
    """Whether an account is a focal point anywhere now."""
    return in_force().filter(account=actor).exists()


def focal_unit(actor: UUID, site: UUID) -> UUID:
    """The unit above a site for which somebody is focal point; the caller has seen that there is one."""
    mine = in_force().filter(account=actor, unit__reaches__below=site).order_by("starts_at")
    unit: UUID = mine.values_list("unit_id", flat=True)[0]
    return unit


def may_file_complaint(act: Act, *, site_id: UUID, **_: Any) -> UUID:
    """Whoever works at the site writes one down, whatever it is about."""
    for permission in _FILE:
        if authority.holds(act.actor, permission, site_id):
            return site_id
    return authority.require(act.actor, Permission.REPORT_SITE, site_id)


def _sees_to(actor: UUID, complaint_id: UUID) -> UUID:
    """The unit under which somebody sees to a complaint: never the site, where it is about its staff."""
    complaint = get_for(actor, Complaint, complaint_id)
    site: UUID = complaint.site_id
    if complaint.aside:
        return focal_unit(actor, site)
    if complaint.owner_id == actor or authority.holds(actor, Permission.CASE_WORK, site):
        return site
    return authority.require(actor, Permission.MANAGE_SITE, site)


def may_hand_complaint(act: Act, *, complaint_id: UUID, **_: Any) -> UUID:
    return _sees_to(act.actor, complaint_id)


def may_answer_complaint(act: Act, *, complaint_id: UUID, **_: Any) -> UUID:
    return _sees_to(act.actor, complaint_id)


def may_reopen_complaint(act: Act, *, complaint_id: UUID, **_: Any) -> UUID:
    return _sees_to(act.actor, complaint_id)


def may_name_focal_point(act: Act, *, unit_id: UUID, account_id: UUID, **_: Any) -> UUID:
    """Whoever runs the response; nobody names themselves."""
    unit = authority.require(act.actor, Permission.RUN_RESPONSE, unit_id)
    get_by_label(act.actor, "accounts.account", account_id)
    if account_id == act.actor:
        raise authority.TO_ONESELF()
    return unit


def may_end_focal_point(act: Act, *, focal_point_id: UUID) -> UUID:
    found = get_for(act.actor, FocalPoint, focal_point_id)
    unit: UUID = found.unit_id
    if not authority.holds(act.actor, Permission.RUN_RESPONSE, unit):
        raise NOT_ALLOWED()
    return unit
