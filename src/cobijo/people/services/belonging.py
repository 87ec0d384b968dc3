"""Who belongs to which household: as what, and whether they are here."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import codes, nodes, rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, SUBJECT, About, Act, verb
from cobijo.people import access, drafting
from cobijo.people.drafting import Problem
from cobijo.people.models import Household, Membership
from cobijo.people.refusals import HEAD_EXISTS, NO_HOUSEHOLD, SAME_HOUSEHOLD, TWICE, TWO_HEADS
from cobijo.people.types import Flag, Kinship, MovingIn, Presence

Moving = Annotated[list[MovingIn], Field(min_length=1, max_length=40)]


@verb(
    "people.change_membership",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={
        "person_id": SUBJECT,
        "kinship": About("person_id", Category.IDENTITY),
        "presence": About("person_id", Category.LOCATION),
    },
    says=_("Place in the household changed"),
)
def change_membership(
    act: Act,
    *,
    person_id: UUID,
    membership_id: UUID,
    kinship: Kinship | None = None,
    presence: Presence | None = None,
) -> Membership:
    """Say what a person is to the head of their household, or where they are; None leaves that as it was.

    The membership so far is closed and a new one opened, so that what was so on a past night stays known.
    """
    before = _open_membership(person_id)
    if before is None:
        raise NO_HOUSEHOLD()
    if kinship is not None:
        kinship = kinship_with_one_head(before.household, kinship, person_id, "kinship")
    return _reopen(act, before, membership_id, kinship, presence)


@verb(
    "people.move_member",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT, "kinship": About("person_id", Category.IDENTITY)},
    says=_("Moved to another household"),
)
def move_member(act: Act, *, person_id: UUID, household_id: UUID, membership_id: UUID, kinship: Kinship) -> Membership:
    """Move a person into another household."""
    household = Household.objects.select_for_update().get(pk=household_id)
    before = _open_membership(person_id)
    if before is not None and before.household_id == household_id:
        raise SAME_HOUSEHOLD.about("household_id")
    kinship = kinship_with_one_head(household, kinship, person_id, "kinship")
    return _move(act, before, MovingIn(person_id=person_id, membership_id=membership_id, kinship=kinship), household_id)


@verb(
    "people.new_household_of",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Household formed"),
)
def new_household_of(act: Act, *, household_id: UUID, unit_id: UUID, members: Moving) -> Household:
    """Form a household of people already registered; they leave the households they were in."""
    drafting.refuse(_problems(members))
    before = {
        membership.person_id: membership
        for membership in _open_memberships().filter(person__in=[member.person_id for member in members])
    }
    household = rows.add(
        Household(
            id=household_id,
            number=codes.take("household", nodes.here_id())[0],
            registered_at=act.happened_at,
            registered_unit_id=unit_id,
        )
    )
    for member in members:
        _move(act, before.get(member.person_id), member, household_id)
    if all(member.kinship is not Kinship.HEAD for member in members):
        flag(Flag.NO_HEAD, household=household_id)
    return household


def _problems(members: list[MovingIn]) -> Iterator[Problem]:
    heads = [at for at, member in enumerate(members) if member.kinship is Kinship.HEAD]
    yield from ((f"members.{at}.kinship", TWO_HEADS) for at in heads[1:])
    ids = [member.person_id for member in members]
    yield from ((f"members.{at}", TWICE) for at, one in enumerate(ids) if one in ids[:at])


def kinship_with_one_head(household: Household, kinship: Kinship, person_id: UUID, field: str) -> Kinship:
    """The kinship, unless it makes a second head: that is refused now; late, the person enters as a relative.

    Of a head the actor may not see nothing is said: they become a relative, for what was said last counts.
    """
    heads = Membership.objects.filter(household=household, ends_at=None, kinship=Kinship.HEAD).exclude(person=person_id)
    head = heads.select_for_update().first() if kinship is Kinship.HEAD else None
    if head is None:
        return kinship
    if not access.visible_to(current().act.actor, heads).exists():
        _step_down(head, current().act.happened_at)
        return kinship
    if not is_late():
        raise HEAD_EXISTS.about(field)
    flag(Flag.HEAD_KEPT, household=household.id, person=person_id)
    return Kinship.RELATIVE


def _step_down(head: Membership, at: datetime) -> None:
    """Make a head a relative, without a flag: those go back to the actor."""
    at = max(at, head.starts_at)
    rows.change(head, ends_at=at)
    rows.add(
        Membership(
            id=uuid7(),
            household_id=head.household_id,
            person_id=head.person_id,
            kinship=Kinship.RELATIVE,
            presence=head.presence,
            starts_at=at,
        )
    )


def _open_memberships() -> QuerySet[Membership]:
    return Membership.objects.select_for_update(of=("self",)).select_related("household").filter(ends_at=None)


def _open_membership(person_id: UUID) -> Membership | None:
    return _open_memberships().filter(person=person_id).first()


def _reopen(
    act: Act, before: Membership, membership_id: UUID, kinship: Kinship | None, presence: Presence | None
) -> Membership:
    at = _close(act, before)
    return rows.add(
        Membership(
            id=membership_id,
            household_id=before.household_id,
            person_id=before.person_id,
            kinship=kinship or before.kinship,
            presence=presence or before.presence,
            starts_at=at,
        )
    )


def _move(act: Act, before: Membership | None, member: MovingIn, household_id: UUID) -> Membership:
    """Close what a person belonged to, if anything, and open what they belong to now, with the presence as it was."""
    at = _close(act, before) if before is not None else act.happened_at
    return rows.add(
        Membership(
            id=member.membership_id,
            household_id=household_id,
            person_id=member.person_id,
            kinship=member.kinship,
            presence=before.presence if before is not None else Presence.HERE,
            starts_at=at,
        )
    )


def _close(act: Act, before: Membership) -> datetime:
    """End a membership at the act's moment; one that began later ends as it begins, and that is flagged."""
    at = max(act.happened_at, before.starts_at)
    if at > act.happened_at:
        flag(Flag.MOVED_SINCE, person=before.person_id)
    rows.change(before, ends_at=at)
    return at
