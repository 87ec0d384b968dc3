"""The answer to "who may": what ``authority`` says of an actor, what they see, who may call this app's verbs."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cobijo.accounts.authority import (
    BEYOND_RIGHT,
    COMMAND_LINE,
    TO_ONESELF,
    authority,
    gives,
    grants_in_force,
    holds,
    known_units,
    knows,
    limited_to,
    managed_units,
    one_reading,
    require,
    require_anywhere,
    require_giving,
    require_in_person,
    require_oneself,
    unit_ids,
    unit_served,
    units,
    units_serving,
)
from cobijo.accounts.devices.access import (
    may_add_volunteer,
    may_end_badge,
    may_end_pin,
    may_enrol_device,
    may_invite_device,
    may_link_badge,
    may_print_badges,
    may_rename_device,
    may_renew_volunteer,
    may_revoke_device,
    may_set_pin,
    may_sign_conduct,
)
from cobijo.accounts.models import Account, Grant, Notice, Organisation, Reading, Token, Unit
from cobijo.accounts.types import Permission, Role
from cobijo.core import journal, records
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.verbs import Act

__all__ = [
    "BEYOND_RIGHT",
    "COMMAND_LINE",
    "TO_ONESELF",
    "authority",
    "get_for",
    "gives",
    "grants_in_force",
    "holds",
    "known_units",
    "knows",
    "limited_to",
    "managed_units",
    "may_add_volunteer",
    "may_change_account",
    "may_choose_language",
    "may_close_account",
    "may_create_account",
    "may_create_organisation",
    "may_create_unit",
    "may_discard_held",
    "may_end_badge",
    "may_end_grant",
    "may_end_pin",
    "may_enrol_device",
    "may_grant_role",
    "may_invite_device",
    "may_link_badge",
    "may_make_token",
    "may_print_badges",
    "may_rename_device",
    "may_renew_password",
    "may_renew_volunteer",
    "may_reset_second_factor",
    "may_revoke_device",
    "may_revoke_token",
    "may_set_pin",
    "may_sign_conduct",
    "one_reading",
    "require",
    "require_anywhere",
    "require_giving",
    "require_in_person",
    "require_oneself",
    "settled_by",
    "unit_ids",
    "unit_served",
    "units",
    "units_serving",
    "visible_to",
]

_READING = frozenset({Permission.SEE_FIGURES, Permission.SEE_PEOPLE, Permission.AUDIT})


def settled_by(actor: UUID) -> Q:
    """The condition on holds the actor may settle: their own where they still work, and those of units they manage.

    A token that was made for reading settles nothing.
    """
    limit = authority(actor).limit
    managed = Q(intent__unit__in=unit_ids(actor, Permission.MANAGE_SITE))
    if limit is not None and not limit - _READING:
        return managed
    here = Q(intent__unit=None) | Q(intent__unit__in=known_units(actor))
    return managed | Q(here, intent__actor=actor)


# --- who may see what ------------------------------------------------------------------------------------------------


def _organisations(actor: UUID) -> Q:
    """Those of the units one knows; all of them for whoever makes units."""
    found = authority(actor)
    if found.has(Permission.ACCOUNTS) or found.has(Permission.RUN_RESPONSE):
        return Q()
    return Q(pk__in=Unit.objects.filter(pk__in=known_units(actor)).values("organisation"))


def _units(actor: UUID) -> Q:
    return Q() if authority(actor).command_line else Q(pk__in=known_units(actor))


def _accounts(actor: UUID) -> Q:
    """One's own, those that belong to a unit one manages or are granted something there, a site's volunteers."""
    if authority(actor).command_line:
        return Q()
    mine = managed_units(actor)
    granted = grants_in_force().filter(account=OuterRef("pk"), unit__in=mine)
    volunteers = Q(is_volunteer=True, unit__in=unit_ids(actor, Permission.MANAGE_SITE))
    return Q(pk=actor) | Q(unit__in=mine) | Q(Exists(granted)) | volunteers


def _grants(actor: UUID) -> Q:
    if authority(actor).command_line:
        return Q()
    return Q(account=actor) | Q(unit__in=managed_units(actor))


def _readings(actor: UUID) -> Q:
    return Q(unit__in=unit_ids(actor, Permission.AUDIT))


def _own(actor: UUID) -> Q:
    return Q(account=actor)


visible_to, get_for = records.doors(
    {
        Organisation: _organisations,
        Unit: _units,
        Account: _accounts,
        Grant: _grants,
        Reading: _readings,
        Notice: _own,
        Token: _own,
    }
)


# --- who may call what -----------------------------------------------------------------------------------------------


def may_create_organisation(act: Act, **_: Any) -> None:
    if not authority(act.actor).has(Permission.RUN_RESPONSE):
        require_anywhere(act.actor, Permission.ACCOUNTS)


def may_create_unit(act: Act, *, parent_id: UUID | None, **_: Any) -> UUID | None:
    """At the top only the command line makes a unit: nobody's grants reach there."""
    if parent_id is None:
        if not authority(act.actor).command_line:
            raise NOT_ALLOWED()
        return None
    if holds(act.actor, Permission.RUN_RESPONSE, parent_id):
        return parent_id
    return require(act.actor, Permission.ACCOUNTS, parent_id)


def may_create_account(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return require(act.actor, Permission.ACCOUNTS, unit_id)


def may_change_account(act: Act, *, account_id: UUID, **_: Any) -> UUID | None:
    return _manages(act.actor, get_for(act.actor, Account, account_id))


def may_close_account(act: Act, *, account_id: UUID, **_: Any) -> UUID | None:
    """A volunteer's also by whoever manages the site, at once and from anywhere."""
    account = get_for(act.actor, Account, account_id)
    theirs = account.unit_id if account.is_volunteer and account.id != act.actor else None
    if theirs is not None and holds(act.actor, Permission.MANAGE_SITE, theirs):
        return theirs
    return _manages_another(act.actor, account_id)


def may_reset_second_factor(act: Act, *, account_id: UUID, **_: Any) -> UUID | None:
    return _manages_another(act.actor, account_id)


def may_renew_password(act: Act, *, account_id: UUID, **_: Any) -> UUID | None:
    return _manages_another(act.actor, account_id)


def may_choose_language(act: Act, **_: Any) -> None:
    require_oneself(act)


def may_grant_role(act: Act, *, account_id: UUID, role: Role, unit_id: UUID, **_: Any) -> UUID:
    get_for(act.actor, Account, account_id)
    unit = require_giving(act.actor, role, unit_id)
    if account_id == act.actor:
        raise TO_ONESELF()
    return unit


def may_end_grant(act: Act, *, grant_id: UUID) -> UUID:
    """Whoever may give the role takes it back; anybody gives up their own."""
    grant = get_for(act.actor, Grant, grant_id)
    if grant.account_id == act.actor:
        require_in_person(act)
        return grant.unit_id
    return require_giving(act.actor, Role(grant.role), grant.unit_id)


def may_discard_held(act: Act, *, op_id: UUID, **_: Any) -> UUID | None:
    """One's own entries, and those of the unit for whoever manages the site."""
    held = journal.held().filter(intent__op_id=op_id).first()
    if held is None:
        raise NOT_FOUND()
    unit: UUID | None = held.intent.unit
    if authority(act.actor).command_line or journal.held().filter(settled_by(act.actor), pk=held.pk).exists():
        return unit
    if unit is None:
        raise NOT_FOUND()
    return require(act.actor, Permission.MANAGE_SITE, unit)


def may_make_token(act: Act, **_: Any) -> None:
    require_in_person(act)


def may_revoke_token(act: Act, *, token_id: UUID) -> None:
    get_for(act.actor, Token, token_id)
    require_in_person(act)


def _manages(actor: UUID, account: Account) -> UUID | None:
    """The unit that answers for an account the actor sees, where they manage accounts."""
    unit: UUID | None = account.unit_id
    if not authority(actor).command_line and (unit is None or not holds(actor, Permission.ACCOUNTS, unit)):
        raise NOT_ALLOWED()
    return unit


def _manages_another(actor: UUID, account_id: UUID) -> UUID | None:
    account = get_for(actor, Account, account_id)
    if account.id == actor:
        raise TO_ONESELF()
    return _manages(actor, account)
