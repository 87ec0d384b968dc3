"""Who may see whom: scopes in force, protection, and the two doors to this app's records.

Reads ``PersonScope`` and nothing of higher apps. Who may call which verb stands in ``access`` and in the rooms.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock, records
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.people.models import (
    BreakGlass,
    Consent,
    Document,
    Household,
    LegalBasis,
    Membership,
    NamedWorker,
    Need,
    Note,
    Person,
    PersonScope,
    Phone,
    Protection,
)

# --- who may see whom ------------------------------------------------------------------------------------------------


def scopes_now(actor: UUID, permission: Permission = Permission.SEE_PEOPLE) -> QuerySet[PersonScope]:
    """The scopes in force of units where the actor holds the permission."""
    return _in_force(PersonScope.objects.filter(unit__in=authority.unit_ids(actor, permission)))


def _in_force(scopes: QuerySet[PersonScope]) -> QuerySet[PersonScope]:
    return scopes.filter(Q(ends_at=None) | Q(ends_at__gt=clock.now()))


def opened_now(actor: UUID) -> QuerySet[BreakGlass]:
    """The records the actor has opened by break-glass and may still see."""
    now, found = clock.now(), authority.authority(actor)
    opened = BreakGlass.objects.filter(account=actor, starts_at__lte=now, ends_at__gt=now)
    return opened if found.allows(Permission.SEE_PEOPLE) and found.has(Permission.BREAK_GLASS) else opened.none()


def _known(actor: UUID, permission: Permission, key: str) -> Q:
    """The person of ``key`` is known to a unit where the actor holds the permission, and not protected from them."""
    known = Exists(scopes_now(actor, permission).filter(person=OuterRef(key)))
    return Q(known, open_to(actor, key))


def unprotected(key: str) -> Q:
    """No protection of the person of ``key`` is in force: for counts that stand beside a list of what one may see."""
    return ~Q(Exists(Protection.objects.filter(person=OuterRef(key), ends_at=None)))


def open_to(actor: UUID, key: str) -> Q:
    """The person of ``key`` is not protected, or the actor is named for the protection.

    Says nothing of whether the actor's units know the person.
    """
    named = NamedWorker.objects.filter(protection=OuterRef("pk"), account=actor)
    return ~Q(Exists(Protection.objects.filter(~Exists(named), person=OuterRef(key), ends_at=None)))


def _columns(path: str) -> tuple[str, Q]:
    """The column of a person's id, and the condition that there is a record of them: of ``Person``, or at ``path``."""
    key, of = (f"{path}_id", f"{path}__") if path else ("pk", "")
    return key, Q(**{f"{of}voided_at": None, f"{of}anonymous": False, f"{of}merged_into": None})


def held(actor: UUID, path: str = "", permission: Permission = Permission.SEE_PEOPLE) -> Q:
    """The condition under which the units of the actor know a person: a row of ``Person``, or the one at ``path``.

    Who holds a person by ``permission`` holds those known to a unit where they have it, protected ones only if they are
    named. Whoever acts on somebody holds them: a record opened by break-glass is read, and brought no nearer. The
    operator at the machine holds the keys anyway.
    """
    key, present = _columns(path)
    if authority.authority(actor).command_line:
        return present
    return present & _known(actor, permission, key)


def people(actor: UUID, path: str = "", permission: Permission = Permission.SEE_PEOPLE) -> Q:
    """The condition under which the actor may see a person: one they hold.

    Break-glass opens one record more for its time, a protected one too.
    """
    seen, found = held(actor, path, permission), authority.authority(actor)
    if permission is Permission.SEE_PEOPLE and found.has(Permission.BREAK_GLASS) and not found.command_line:
        key, present = _columns(path)
        seen |= present & Q(Exists(opened_now(actor).filter(person=OuterRef(key))))
    return seen


def beyond(actor: UUID, path: str = "") -> Q:
    """The condition under which somebody is registered whom the actor does not see and no protection hides.

    For what a person shows of themselves at the desk (``showing``), and for nothing else: it is no door to a record.
    """
    key, present = _columns(path)
    return present & unprotected(key) & ~people(actor, path)


def _of_people(permission: Permission = Permission.SEE_PEOPLE, **also: Any) -> records.Rule:
    """Rows that hang on a person the actor may see."""
    return lambda actor: people(actor, "person", permission) & Q(**also)


def _households(actor: UUID) -> Q:
    """Households with a member the actor may see."""
    members = Membership.objects.filter(people(actor, "person"), household=OuterRef("pk"), ends_at=None)
    return Q(Exists(members), voided_at=None)


def _break_glass(actor: UUID) -> Q:
    """One's own, and for auditors those of their units."""
    return Q(account=actor) | Q(unit__in=authority.unit_ids(actor, Permission.AUDIT))


def _bases(actor: UUID) -> Q:
    """Legal bases are for everybody who signs in."""
    return Q()


visible_to, get_for = records.doors(
    {
        Person: people,
        Household: _households,
        Membership: _of_people(),
        Document: _of_people(voided_at=None),
        Phone: _of_people(voided_at=None),
        Need: _of_people(),
        Consent: _of_people(),
        Note: _of_people(Permission.CASE_WORK),
        Protection: _of_people(Permission.CASE_WORK),
        BreakGlass: _break_glass,
        LegalBasis: _bases,
    }
)


def permissions_for(actor: UUID, person: UUID) -> frozenset[Permission]:
    """What the actor may do with a person they see, by the units that know the person; nothing with one protected.

    Who opened the record by break-glass reads it, and no more. One query.
    """
    found = authority.authority(actor)
    if found.command_line:
        return frozenset(Permission)
    scopes = _in_force(PersonScope.objects.filter(open_to(actor, "person"), person=person))
    held = {grant.unit for grant in found.grants if not grant.giving}
    tops = set(scopes.filter(unit__reached_by__above__in=held).values_list("unit__reached_by__above", flat=True))
    return frozenset(permission for permission in Permission if found.units_with(permission) & tops)


def holds_for(actor: UUID, permission: Permission, person: UUID) -> bool:
    """Whether the actor holds a permission in a unit that knows the person, who is not protected from them."""
    return permission in permissions_for(actor, person)


def works_with(account: UUID, person: UUID) -> bool:
    """Whether an account holds the sight of people in a unit that knows the person, protected or not."""
    return not authority.authority(account).command_line and scopes_now(account).filter(person=person).exists()


def units_knowing(person: UUID) -> list[UUID]:
    """The units that know a person now. Asked by this app's verbs; never shown."""
    found = _in_force(PersonScope.objects.filter(person=person))
    return list(found.order_by("unit_id").values_list("unit_id", flat=True).distinct())


# --- what those who act are asked ------------------------------------------------------------------------------------


def unit_holding(actor: UUID, person: UUID, *permissions: Permission) -> UUID | None:
    """A unit that knows the person and in which the actor holds one of the permissions; None for the operator.

    NOT_FOUND where the actor may not see the person at all, NOT_ALLOWED where they may but lack the permission.
    """
    if not Person.objects.filter(people(actor), pk=person).exists():
        raise NOT_FOUND()
    if authority.authority(actor).command_line:
        return None
    for permission in permissions:
        scopes = scopes_now(actor, permission).filter(open_to(actor, "person"), person=person)
        unit = scopes.values_list("unit_id", flat=True).first()
        if unit is not None:
            return unit
    raise NOT_ALLOWED()


def require_signed_in(actor: UUID) -> None:
    """What is kept with the name of who did it cannot be done by the operator at the machine."""
    if authority.authority(actor).command_line:
        raise NOT_ALLOWED()


def require_held(actor: UUID, persons: Collection[UUID]) -> None:
    """Raise NOT_FOUND unless the actor's units know every one of these people."""
    if persons and Person.objects.filter(held(actor), pk__in=persons).count() != len(set(persons)):
        raise NOT_FOUND()


def households_seen(actor: UUID) -> QuerySet[Household]:
    """Households with a member the actor may see, for a condition of another app."""
    return visible_to(actor, Household.objects.all())


def require_held_household(actor: UUID, household: UUID) -> None:
    """Raise NOT_FOUND unless the actor's units know somebody of the household: nobody is put among strangers."""
    get_for(actor, Household, household)
    if not Membership.objects.filter(held(actor, "person"), household=household, ends_at=None).exists():
        raise NOT_FOUND()
