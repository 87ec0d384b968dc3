"""Who may call this app's verbs, and with ``sight`` the doors to its records: what other apps ask of access."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.verbs import Act
from cobijo.people.cards.access import (
    may_count_cards,
    may_end_card,
    may_link_card,
    may_print_cards,
    may_replace_card,
    may_void_cards,
)
from cobijo.people.models import BreakGlass, Document, Person, Phone, Protection
from cobijo.people.photos.access import may_remove_photo, may_set_photo
from cobijo.people.sight import (
    get_for,
    held,
    holds_for,
    households_seen,
    open_to,
    opened_now,
    people,
    permissions_for,
    require_held,
    require_held_household,
    require_signed_in,
    scopes_now,
    unit_holding,
    units_knowing,
    unprotected,
    visible_to,
    works_with,
)
from cobijo.people.types import ConsentIn, CorrectionIn, MemberIn, MovingIn

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
    return key, Q(**{f"{of}voided_at": None, f"{of}anonymous": False})


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


# --- who may call what -----------------------------------------------------------------------------------------------


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


def _signed_in(actor: UUID) -> None:
    """What is kept with the name of who did it cannot be done by the operator at the machine."""
    if authority.authority(actor).command_line:
        raise NOT_ALLOWED()


def require_held(actor: UUID, persons: Collection[UUID]) -> None:
    """Raise NOT_FOUND unless the actor's units know every one of these people."""
    if persons and Person.objects.filter(held(actor), pk__in=persons).count() != len(set(persons)):
        raise NOT_FOUND()


def _require_held_household(actor: UUID, household: UUID) -> None:
    """Raise NOT_FOUND unless the actor's units know somebody of the household: nobody is put among strangers."""
    get_for(actor, Household, household)
    if not Membership.objects.filter(held(actor, "person"), household=household, ends_at=None).exists():
        raise NOT_FOUND()


def may_register_household(
    act: Act, *, unit_id: UUID, members: Sequence[MemberIn], answers: Sequence[ConsentIn] | None, **_: Any
) -> UUID:
    unit = authority.require(act.actor, Permission.REGISTER, unit_id)
    if answers:
        _signed_in(act.actor)
        caregivers = {answer.caregiver_id for answer in answers if answer.caregiver_id is not None}
        require_held(act.actor, caregivers - {member.person_id for member in members})
    return unit


def may_add_member(act: Act, *, household_id: UUID, unit_id: UUID, **_: Any) -> UUID:
    require_held_household(act.actor, household_id)
    return authority.require(act.actor, Permission.REGISTER, unit_id)


def _may_correct(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    return unit_holding(act.actor, person_id, Permission.REGISTER)


may_add_document = may_add_phone = may_set_needs = may_change_membership = _may_correct


def may_correct_person(act: Act, *, correction: CorrectionIn) -> UUID | None:
    return unit_holding(act.actor, correction.person_id, Permission.REGISTER)


def may_void_document(act: Act, *, document_id: UUID) -> UUID | None:
    document = get_for(act.actor, Document, document_id)
    return unit_holding(act.actor, document.person_id, Permission.REGISTER)


def may_void_phone(act: Act, *, phone_id: UUID) -> UUID | None:
    phone = get_for(act.actor, Phone, phone_id)
    return unit_holding(act.actor, phone.person_id, Permission.REGISTER)


def may_move_member(act: Act, *, person_id: UUID, household_id: UUID, **_: Any) -> UUID | None:
    unit = unit_holding(act.actor, person_id, Permission.REGISTER)
    require_held_household(act.actor, household_id)
    return unit


def may_new_household_of(act: Act, *, unit_id: UUID, members: Sequence[MovingIn], **_: Any) -> UUID:
    for member in members:
        unit_holding(act.actor, member.person_id, Permission.REGISTER)
    return authority.require(act.actor, Permission.REGISTER, unit_id)


def may_record_consent(act: Act, *, answer: ConsentIn) -> UUID | None:
    unit = unit_holding(act.actor, answer.person_id, Permission.REGISTER, Permission.CASE_WORK)
    require_signed_in(act.actor)
    if answer.caregiver_id is not None:
        require_held(act.actor, [answer.caregiver_id])
    return unit


def may_set_basis(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, unit_id)


def may_write_note(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    unit = unit_holding(act.actor, person_id, Permission.CASE_WORK)
    require_signed_in(act.actor)
    return unit


def may_protect_person(act: Act, *, person_id: UUID, asked_by_person: bool, **_: Any) -> UUID | None:
    """A case worker decides it; a registrar does it where the person asks."""
    asked = (Permission.REGISTER,) if asked_by_person else ()
    return unit_holding(act.actor, person_id, Permission.CASE_WORK, *asked)


def _may_change_protection(act: Act, *, protection_id: UUID, **_: Any) -> UUID | None:
    protection = get_for(act.actor, Protection, protection_id)
    return unit_holding(act.actor, protection.person_id, Permission.CASE_WORK)


may_end_protection = may_name_worker = may_unname_worker = _may_change_protection


def may_break_glass(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    require_signed_in(act.actor)
    return authority.require(act.actor, Permission.BREAK_GLASS, unit_id)


def may_review_break_glass(act: Act, *, break_glass_id: UUID, **_: Any) -> UUID:
    require_signed_in(act.actor)
    opening = get_for(act.actor, BreakGlass, break_glass_id)
    return authority.require(act.actor, Permission.AUDIT, opening.unit_id)


def may_void_person(act: Act, *, person_id: UUID, **_: Any) -> UUID | None:
    return unit_holding(act.actor, person_id, Permission.MANAGE_SITE)


def may_erase_person(act: Act, *, person_id: UUID, **_: Any) -> None:
    """Only the operator at the machine, who sees to the database's files and copies too; a voided record as well."""
    if not authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()
    if not Person.objects.filter(pk=person_id, anonymous=False).exists():
        raise NOT_FOUND()
