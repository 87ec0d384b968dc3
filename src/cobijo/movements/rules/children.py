"""With whom a child goes on from a centre (TRUST.md). Nobody can override it, so there is no argument here that would.

A child who came alone, or with an adult who is not their caregiver, leaves only by the act of the competent authority
(``release_child``). Any other leaves with an adult of their own household, as families do.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts import services as accounts
from cobijo.accounts.queries import accounts_holding
from cobijo.accounts.types import Permission
from cobijo.core.context import flag
from cobijo.core.models import Outcome
from cobijo.movements.models import Traveller
from cobijo.movements.refusals import CHILD_NEEDS_ACT, CHILDREN_ALONE
from cobijo.movements.types import IN_NOBODYS_CARE, TO_PROTECTION, Flag, TravellerState, TravelsWith, Way
from cobijo.people.queries.who import Who, people_by_id

LATELY: Final = timedelta(hours=24)
"""An adult who left so long ago has gone ahead of the child."""

ROUTED: Final = accounts.declare_notice(
    "movements.child_routed", _("A child at {unit} travels without their caregiver. See the child first.")
)
GONE: Final = accounts.declare_notice(
    "movements.child_gone", _("A child left {unit} without an adult of their household. Find out where the child is.")
)
LEAVING: Final = accounts.declare_notice(
    "movements.child_leaving",
    _("An entry from {unit} says that a child left without an adult of their household. It is held for review."),
)


def with_whom(said: TravelsWith, child: bool | None, adults: int) -> TravelsWith:
    """With whom a traveller comes: of a grown-up nothing; a child in a household without any adult is alone."""
    if child is False or (child is None and said is TravelsWith.UNSAID):
        return TravelsWith.UNSAID
    return TravelsWith.ALONE if said is TravelsWith.UNSAID and adults == 0 else said


def tell_routed(site: UUID, traveller: Traveller) -> None:
    """Child protection hears of a child in nobody's care, or without the other parent's permission, at once."""
    flag(Flag.CHILD_ROUTED, traveller=traveller.id)
    accounts.tell(_protectors(site), ROUTED, unit=site, traveller=traveller.id)


def tell_gone(site: UUID, children: Sequence[Traveller]) -> None:
    """A child who has gone is recorded, and those who protect children hear of it at once."""
    for one in children:
        flag(Flag.CHILD_GONE, traveller=one.id)
        accounts.tell(_protectors(site), GONE, unit=site, traveller=one.id)


def tell_held(outcome: Outcome) -> None:
    """A late entry by which a child left alone is held, and nobody may wait for the inbox to hear of it."""
    unit = outcome.intent.unit
    if outcome.code in (CHILD_NEEDS_ACT.code, CHILDREN_ALONE.code) and unit is not None:
        accounts.tell(_protectors(unit), LEAVING, unit=unit, entry=outcome.intent.op_id)


def _protectors(unit: UUID) -> set[UUID]:
    return {*accounts_holding(Permission.MANAGE_SITE, unit), *accounts_holding(Permission.CHILD_CASES, unit)}


def in_nobodys_care(traveller: Traveller) -> bool:
    """Whether a child leaves only by the act of the authority."""
    return traveller.travels_with in IN_NOBODYS_CARE


def goes_to_protection(traveller: Traveller) -> bool:
    """Whether child protection sees this child first."""
    return traveller.travels_with in TO_PROTECTION


def alone(leaving: Sequence[Traveller], day: date, at: datetime) -> list[Traveller]:
    """Those of the leaving who are children and go without an adult of their household; doubtful age is flagged.

    An adult of the household who left the centre within the day has gone ahead.
    """
    who = people_by_id([one.person_id for one in leaving if one.person_id])
    led = _led(leaving, who, day) | _gone_ahead(who, day, at)
    found = []
    for one in leaving:
        person = who.get(one.person_id) if one.person_id else None
        if person is None:
            continue
        child = person.is_child(day)
        if child is None:
            flag(Flag.AGE_UNKNOWN, traveller=one.id)
        elif child and (in_nobodys_care(one) or person.household is None or person.household not in led):
            found.append(one)
    return found


def refuse_alone(children: Sequence[Traveller]) -> None:
    """A child who would leave so stays; there is no override."""
    if len(children) == 1 and in_nobodys_care(children[0]):
        raise CHILD_NEEDS_ACT()
    if children:
        raise CHILDREN_ALONE(children=len(children))


def _led(leaving: Sequence[Traveller], who: Mapping[UUID, Who], day: date) -> set[UUID]:
    adults = [who[one.person_id] for one in leaving if one.person_id and one.person_id in who]
    return {one.household for one in adults if one.household and one.is_child(day) is False}


def _gone_ahead(who: Mapping[UUID, Who], day: date, at: datetime) -> set[UUID]:
    homes: Collection[UUID] = {one.household for one in who.values() if one.household}
    if not homes:
        return set()
    gone = Traveller.objects.filter(
        state=TravellerState.GONE, gone_at__gt=at - LATELY, gone_at__lte=at, person__memberships__household__in=homes,
        voided_at=None,
    ).exclude(way=Way.NO_WORD)  # fmt: skip
    ahead = people_by_id(list(gone.values_list("person_id", flat=True)))
    return {one.household for one in ahead.values() if one.household and one.is_child(day) is False}
