"""The answer to "who may": authority of an actor, reach of a grant, and who may call this app's verbs."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cobijo.accounts.models import Account, Grant, Notice, Organisation, Reach, Reading, Token, Unit
from cobijo.accounts.types import Authority, Held, Permission, Role
from cobijo.core import clock, journal, records
from cobijo.core.context import running
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, Ground, Refusal
from cobijo.core.verbs import Act

COMMAND_LINE = UUID(int=0)
"""The actor of commands typed at the machine."""

BEYOND_RIGHT = Refusal(
    "accounts.beyond_right",
    _("You do not have the right to give this role here. Ask a colleague who has it."),
    Ground.PERMISSION,
)
TO_ONESELF = Refusal(
    "accounts.to_oneself",
    _("Nobody does this for their own account. Ask a colleague who manages accounts."),
    Ground.PERMISSION,
)

# --- authority -------------------------------------------------------------------------------------------------------

_Limit = tuple[UUID, frozenset[Permission]]
_memo: ContextVar[dict[tuple[UUID, _Limit | None], Authority] | None] = ContextVar("authorities", default=None)
_limit: ContextVar[_Limit | None] = ContextVar("limit", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Ask for each actor's grants once within this block (a request)."""
    token = _memo.set({})
    try:
        yield
    finally:
        _memo.reset(token)


@contextmanager
def limited_to(account: UUID, permissions: Collection[Permission]) -> Iterator[None]:
    """Within this block the account may do no more than these permissions: how a token is honoured."""
    token = _limit.set((account, frozenset(permissions)))
    try:
        yield
    finally:
        _limit.reset(token)


def authority(actor: UUID) -> Authority:
    """What the actor may do now. Asked afresh for each operation and each request, never kept longer."""
    operation = running.get()
    memo = operation.memo.setdefault("authority", {}) if operation is not None else _memo.get()
    if memo is None:
        return _read(actor)
    key = (actor, _limit.get())
    if key not in memo:
        memo[key] = _read(actor)
    found: Authority = memo[key]
    return found


def _read(actor: UUID) -> Authority:
    if actor == COMMAND_LINE:
        return Authority(actor, command_line=True)
    rows = grants_in_force().filter(account=actor).order_by("starts_at", "id")
    held = tuple(Held(Role(row.role), row.unit_id, row.giving) for row in rows)
    limit = _limit.get()
    return Authority(actor, held, limit=limit[1] if limit and limit[0] == actor else None)


def grants_in_force() -> QuerySet[Grant]:
    """The grants that count now: begun, not ended, of an account one can sign in to."""
    now = clock.now()
    return Grant.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now),
        Q(account__ends_at=None) | Q(account__ends_at__gt=now),
        account__is_active=True,
        starts_at__lte=now,
    )


# --- reach -----------------------------------------------------------------------------------------------------------


def _below(tops: Collection[UUID]) -> QuerySet[Reach, UUID]:
    return Reach.objects.filter(above__in=tops).values_list("below_id", flat=True)


def units(actor: UUID, permission: Permission) -> QuerySet[Unit]:
    """The units in which the actor holds a permission."""
    found = authority(actor)
    if found.command_line:
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=unit_ids(actor, permission))


def unit_ids(actor: UUID, permission: Permission) -> QuerySet[Reach, UUID]:
    """The same as a subquery of ids, for filters on other tables."""
    found = authority(actor)
    if found.command_line:
        return Reach.objects.values_list("below_id", flat=True)
    return _below(found.units_with(permission))


def units_serving(actor: UUID, permission: Permission) -> QuerySet[Reach, UUID]:
    """The ids of the units where the actor holds a permission and of all above, which keep things for those below."""
    return Reach.objects.filter(below__in=unit_ids(actor, permission)).values_list("above_id", flat=True)


def unit_served(actor: UUID, permission: Permission, unit: UUID) -> UUID | None:
    """A unit, this one or below it, where the actor holds a permission; None where there is none."""
    below = Reach.objects.filter(above=unit, below__in=unit_ids(actor, permission)).order_by("below_id")
    return below.values_list("below_id", flat=True).first()


def known_units(actor: UUID) -> QuerySet[Reach, UUID]:
    """The ids of all units any grant of the actor reaches."""
    return _below({grant.unit for grant in authority(actor).grants})


def managed_units(actor: UUID) -> QuerySet[Reach, UUID]:
    """The ids of the units whose accounts and grants the actor may see: to manage, give or audit them."""
    found = authority(actor)
    if found.command_line:
        return Reach.objects.values_list("below_id", flat=True)
    tops = found.units_with(Permission.ACCOUNTS) | found.units_with(Permission.AUDIT) | found.units_giving()
    return _below(tops)


def holds(actor: UUID, permission: Permission, unit: UUID) -> bool:
    """Whether the actor holds a permission in a unit."""
    found = authority(actor)
    return found.command_line or _reaches(found.units_with(permission), unit)


def gives(actor: UUID, role: Role, unit: UUID) -> bool:
    """Whether the actor may give a role in a unit."""
    found = authority(actor)
    return found.command_line or _reaches(found.units_giving(role), unit)


def _reaches(tops: Collection[UUID], unit: UUID) -> bool:
    return unit in tops or (bool(tops) and _below(tops).filter(below=unit).exists())


def require(actor: UUID, permission: Permission, unit: UUID) -> UUID:
    """Give the unit back where the permission is held there.

    Otherwise NOT_ALLOWED where the actor knows the unit by any grant, and NOT_FOUND where not: a stranger's unit is
    one that does not exist.
    """
    if holds(actor, permission, unit):
        return unit
    raise NOT_ALLOWED() if knows(actor, unit) else NOT_FOUND()


def require_giving(actor: UUID, role: Role, unit: UUID) -> UUID:
    """Give the unit back where the right to give the role is held there; otherwise as ``require`` does."""
    if gives(actor, role, unit):
        return unit
    raise BEYOND_RIGHT() if knows(actor, unit) else NOT_FOUND()


def knows(actor: UUID, unit: UUID) -> bool:
    """Whether any grant of the actor reaches the unit."""
    return known_units(actor).filter(below=unit).exists()


def require_anywhere(actor: UUID, permission: Permission) -> None:
    """Raise NOT_ALLOWED where the permission is held nowhere."""
    if not authority(actor).has(permission):
        raise NOT_ALLOWED()


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
    """One's own, and those that belong to a unit one manages or are granted something there."""
    if authority(actor).command_line:
        return Q()
    mine = managed_units(actor)
    granted = grants_in_force().filter(account=OuterRef("pk"), unit__in=mine)
    return Q(pk=actor) | Q(unit__in=mine) | Q(Exists(granted))


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
    return _manages_another(act.actor, account_id)


def may_reset_second_factor(act: Act, *, account_id: UUID, **_: Any) -> UUID | None:
    return _manages_another(act.actor, account_id)


def may_renew_password(act: Act, *, account_id: UUID, **_: Any) -> UUID | None:
    return _manages_another(act.actor, account_id)


def may_choose_language(act: Act, **_: Any) -> None:
    _in_person(act)


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
        _in_person(act)
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
    _in_person(act)


def may_revoke_token(act: Act, *, token_id: UUID) -> None:
    get_for(act.actor, Token, token_id)
    _in_person(act)


def _in_person(act: Act) -> None:
    """The actor is somebody's account, and not a program of theirs: no token is made for what is one's own."""
    if authority(act.actor).limit is not None or not Account.objects.filter(pk=act.actor, is_active=True).exists():
        raise NOT_ALLOWED()


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
