"""Who is on a movement by its list."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Annotated, Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field, TypeAdapter

from cobijo.core import erasure, rows
from cobijo.core.context import current, flag
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, Act, verb
from cobijo.movements import sealing
from cobijo.movements.models import Movement, Traveller
from cobijo.movements.refusals import COME_ALREADY, LISTED_ALREADY, NO_ARRIVAL
from cobijo.movements.rules import centres
from cobijo.movements.services.announcing import refuse_over
from cobijo.movements.types import (
    MOST_LISTED,
    Direction,
    Flag,
    Private,
    TravellerIn,
    TravellerState,
)
from cobijo.people.types import MemberIn

Travellers = Annotated[list[TravellerIn], Field(min_length=1, max_length=MOST_LISTED)]
OF_A_MEMBER: Final = [part.name for part in fields(MemberIn)]
_AS_JSON: Final = TypeAdapter(MemberIn)


@verb(
    "movements.list_travellers",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Travellers listed"),
)
def list_travellers(act: Act, *, movement_id: UUID, travellers: Travellers) -> Movement:
    """Expect people on an arrival, as its manifest lists them. Nobody is registered by it.

    More than there are seats, and somebody who may stand there twice, are taken and flagged: nothing of a list is lost.
    """
    movement = centres.lock_movement(movement_id)
    refuse_over(movement)
    if movement.direction != Direction.ARRIVAL:
        raise NO_ARRIVAL()
    there = list(movement.travellers.filter(voided_at=None).values_list("line", "mark"))
    _check_lines(travellers, {line for line, _mark in there if line is not None})
    new = [listed(movement, one) for one in travellers]
    _flag_twice(new, {mark for _line, mark in there if mark})
    if movement.seats is not None and len(there) + len(new) > movement.seats:
        flag(Flag.OVER_SEATS, movement=movement.id, seats=movement.seats, listed=len(there) + len(new))
    rows.add(*new)
    return movement


def _check_lines(travellers: Sequence[TravellerIn], known: set[int]) -> None:
    seen = set(known)
    for at, one in enumerate(travellers):
        if one.line is not None and one.line in seen:
            raise LISTED_ALREADY.about(f"travellers.{at}.line", line=one.line)
        if one.line is not None:
            seen.add(one.line)


def _flag_twice(new: Sequence[Traveller], known: set[str]) -> None:
    seen = set(known)
    for one in new:
        if one.mark and one.mark in seen:
            flag(Flag.LISTED_TWICE, traveller=one.id)
        seen.add(one.mark)


def member_of(given: TravellerIn) -> MemberIn:
    """A traveller as people know them."""
    return MemberIn(**{name: getattr(given, name) for name in OF_A_MEMBER})


def listed(movement: Movement, given: TravellerIn) -> Traveller:
    """A line of a list, what it says of somebody sealed."""
    said: dict[str, Any] = _AS_JSON.dump_python(member_of(given), mode="json", exclude_defaults=True)
    return Traveller(
        id=given.traveller_id,
        movement=movement,
        subject=given.person_id,
        line=given.line,
        seat=given.seat,
        group=given.group,
        sealed=sealing.close_listed(given.traveller_id, given.person_id, said),
        mark=mark_of(movement.id, given),
        travels_with=given.travels_with,
        private=Private.ASKED if given.wants_private else Private.NO,
    )


def mark_of(movement: UUID, given: MemberIn) -> str:
    """By what the same person is known again on this list."""
    name = f"{given.given_names} {given.first_surname} {given.second_surname}"
    born = given.birth
    birth = (
        "" if born.year is None and born.age_years is None else f"{born.year} {born.month} {born.day} {born.age_years}"
    )
    document = next((one.number for one in given.documents), "")
    return sealing.mark_of(movement, name, birth, document)


@verb(
    "movements.drop_traveller",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Line of a list taken out"),
)
def drop_traveller(act: Act, *, traveller_id: UUID) -> None:
    """Take a line out of a list that stands there by mistake; what it said is gone."""
    traveller = centres.lock_traveller(traveller_id)
    if traveller.state in (TravellerState.HERE, TravellerState.GONE):
        raise COME_ALREADY()
    forget_listed(act, [traveller], voided_at=current().recorded_at)


def forget_listed(act: Act, travellers: Sequence[Traveller], **also: Any) -> None:
    """Let what a list said of people who have no record go, with the key it was sealed under."""
    subjects = [one.subject for one in travellers if one.subject is not None and one.person_id is None]
    for one in travellers:
        rows.change(one, sealed=b"", mark="", **also)
    erasure.take_out(subjects, act.actor)


@verb(
    "movements.empty_list",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("List of a movement emptied"),
)
def empty_list(act: Act, *, movement_id: UUID) -> Movement:
    """Let go what the list of a movement said of those who never came. How many there were stays."""
    movement = centres.lock_movement(movement_id)
    waiting = movement.travellers.filter(person=None).exclude(sealed=b"")
    forget_listed(act, list(waiting.select_for_update(no_key=True)))
    return rows.change(movement, emptied_at=current().recorded_at)
