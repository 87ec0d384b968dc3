"""What an actor amounts to at this moment: the grants in force, bounded by the token or the shared device in use, and
how far they reach. ``access`` re-exports all of it.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.models import Account, Grant, Reach, Unit
from cobijo.accounts.types import Authority, Held, Permission, Role
from cobijo.core import clock
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


@dataclass(frozen=True, slots=True)
class _Limit:
    """What bounds an account for a while: a token's permissions, or a shared device's and the unit where it stands."""

    account: UUID
    permissions: frozenset[Permission]
    within: UUID | None


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
def limited_to(account: UUID, permissions: Collection[Permission], within: UUID | None = None) -> Iterator[None]:
    """Within this block the account may do no more than these permissions, and with ``within`` only there and below.

    How a token is honoured, and a session at a shared device.
    """
    token = _limit.set(_Limit(account, frozenset(permissions), within))
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
    if limit is None or limit.account != actor:
        return Authority(actor, held)
    if limit.within is None:
        return Authority(actor, held, limit=limit.permissions)
    return Authority(actor, tuple(_cut(held, limit.within)), limit=limit.permissions, shared=True)


def _cut(held: Collection[Held], within: UUID) -> Iterator[Held]:
    """The grants as far as they reach into a unit: those below it as they are, those above it in it alone."""
    above = set(Reach.objects.filter(below=within).values_list("above_id", flat=True))
    below = set(_below([within]))
    for grant in held:
        if grant.unit in below:
            yield grant
        elif grant.unit in above:
            yield replace(grant, unit=within)


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


def require_in_person(act: Act) -> None:
    """The actor is somebody's account, signed in at a place of their own: neither a program of theirs nor a shared
    device. No token is made for what is one's own.
    """
    if authority(act.actor).limit is not None or not _is_somebody(act.actor):
        raise NOT_ALLOWED()


def require_oneself(act: Act) -> None:
    """The same, where a shared device will do as well."""
    found = authority(act.actor)
    if (found.limit is not None and not found.shared) or not _is_somebody(act.actor):
        raise NOT_ALLOWED()


def _is_somebody(actor: UUID) -> bool:
    return Account.objects.filter(pk=actor, is_active=True).exists()
