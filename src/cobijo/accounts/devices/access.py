"""Who may know of which device and badge, and who may let in, print, link, end and renew."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.accounts.authority import (
    TO_ONESELF,
    authority,
    grants_in_force,
    holds,
    require,
    require_giving,
    require_in_person,
    require_oneself,
    unit_ids,
    units_serving,
)
from cobijo.accounts.devices.models import Badge, Device, Enrolment, Pledge
from cobijo.accounts.devices.types import VolunteerIn
from cobijo.accounts.models import Account, Grant
from cobijo.accounts.types import Permission, Role
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act

# --- who may know of which -------------------------------------------------------------------------------------------


def run_by(actor: UUID) -> Q:
    """The condition on what belongs to a unit that it is one where the actor manages the site or the accounts."""
    return Q(unit__in=unit_ids(actor, Permission.MANAGE_SITE)) | Q(unit__in=unit_ids(actor, Permission.ACCOUNTS))


def _devices(actor: UUID) -> Q:
    return Q() if authority(actor).command_line else run_by(actor)


def _enrolments(actor: UUID) -> Q:
    """An invitation is its maker's: the device that redeems it is let in under that name."""
    return Q() if authority(actor).command_line else Q(made_by=actor)


def _badges(actor: UUID) -> Q:
    """Those of one's own units and of one's colleagues; of nobody, those that may be given out there."""
    if authority(actor).command_line:
        return Q()
    free = Q(linked_at=None, unit__in=units_serving(actor, Permission.MANAGE_SITE))
    return run_by(actor) | free | Q(account__in=Account.objects.filter(colleagues(actor)))


def colleagues(actor: UUID) -> Q:
    """The condition on accounts of those who work where the actor manages the site or the accounts, and volunteers
    of there, also when their days are over. Of them the actor gives badges and ends PINs; it shows no other record.
    """
    if authority(actor).command_line:
        return Q()
    granted = grants_in_force().filter(run_by(actor), account=OuterRef("pk"), giving=False)
    return Q(Exists(granted), is_active=True) | Q(run_by(actor), is_active=True, is_volunteer=True)


def _pledges(actor: UUID) -> Q:
    return Q(account=actor) | Q(account__in=Account.objects.filter(colleagues(actor)))


visible_to, get_for = records.doors(
    {Device: _devices, Enrolment: _enrolments, Badge: _badges, Pledge: _pledges},
)


def ending_with(account: Account) -> QuerySet[Grant]:
    """The roles of a volunteer that end when the account does: what is renewed with it."""
    return Grant.objects.filter(account=account, giving=False, ends_at=account.ends_at)


# --- who may call what -----------------------------------------------------------------------------------------------


def _runs(actor: UUID, unit: UUID) -> UUID:
    return unit if holds(actor, Permission.MANAGE_SITE, unit) else require(actor, Permission.ACCOUNTS, unit)


def may_invite_device(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return require(act.actor, Permission.ACCOUNTS, unit_id)


def may_enrol_device(act: Act, *, enrolment_id: UUID, **_: Any) -> UUID:
    """It is done in the name of whoever invited, who must still hold the right."""
    enrolment = get_for(act.actor, Enrolment, enrolment_id)
    return require(act.actor, Permission.ACCOUNTS, enrolment.unit_id)


def _may_change_device(act: Act, *, device_id: UUID, **_: Any) -> UUID:
    return _runs(act.actor, get_for(act.actor, Device, device_id).unit_id)


may_rename_device = may_revoke_device = _may_change_device


def may_print_badges(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return _runs(act.actor, unit_id)


def may_link_badge(act: Act, *, badge_id: UUID, account_id: UUID) -> UUID | None:
    get_for(act.actor, Badge, badge_id)
    return _manages_colleague(act.actor, account_id)


def may_end_badge(act: Act, *, badge_id: UUID, **_: Any) -> UUID | None:
    badge = get_for(act.actor, Badge, badge_id)
    bearer = badge.account_id
    if bearer is not None and Account.objects.filter(colleagues(act.actor), pk=bearer).exists():
        return _manages_colleague(act.actor, bearer)
    return _runs(act.actor, badge.unit_id)


def may_set_pin(act: Act, *, account_id: UUID, **_: Any) -> None:
    """Nobody sets another's PIN, and nobody their own at a shared device, where a PIN is all that stands before it."""
    require_in_person(act)
    if account_id != act.actor:
        records.get_for(act.actor, Account, account_id)
        raise NOT_ALLOWED()


def may_end_pin(act: Act, *, account_id: UUID) -> UUID | None:
    return _manages_colleague(act.actor, account_id)


def may_sign_conduct(act: Act, **_: Any) -> None:
    require_oneself(act)


def may_add_volunteer(act: Act, *, volunteer: VolunteerIn, unit_id: UUID, badge_id: UUID | None = None) -> UUID:
    unit = require(act.actor, Permission.MANAGE_SITE, unit_id)
    require_giving(act.actor, volunteer.role, unit)
    if badge_id is not None:
        get_for(act.actor, Badge, badge_id)
    return unit


def may_renew_volunteer(act: Act, *, account_id: UUID) -> UUID | None:
    """Whoever could make such a volunteer there keeps them on; nobody themselves."""
    if account_id == act.actor:
        raise TO_ONESELF()
    account = records.get_for(act.actor, Account, account_id)
    if account.unit_id is None or not account.is_volunteer:
        raise NOT_ALLOWED()
    unit = require(act.actor, Permission.MANAGE_SITE, account.unit_id)
    for grant in ending_with(account):
        require_giving(act.actor, Role(grant.role), grant.unit_id)
    return unit


def _manages_colleague(actor: UUID, account_id: UUID) -> UUID | None:
    """The unit under which the actor manages a colleague. Another's account one sees is not theirs to manage; one
    that one does not see is none.
    """
    account = Account.objects.filter(colleagues(actor), pk=account_id).first()
    if account is None:
        records.get_for(actor, Account, account_id)
        raise NOT_ALLOWED()
    mine = grants_in_force().filter(run_by(actor), account=account, giving=False).order_by("starts_at", "pk")
    under = mine.values_list("unit_id", flat=True).first() or account.unit_id
    return _runs(actor, under) if under is not None else None
