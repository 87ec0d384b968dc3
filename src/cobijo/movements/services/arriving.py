"""A movement arrives, and each person is received: registered, or found among those already known."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import erasure, rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, PLAIN, SUBJECT, About, Act, verb
from cobijo.movements import stations
from cobijo.movements.models import Movement, StationVisit, Traveller
from cobijo.movements.refusals import (
    ARRIVED_ALREADY,
    CANCELLED,
    CLOSED,
    NO_ARRIVAL,
    PERSON_HERE_TWICE,
    RECEIVED_ALREADY,
    STILL_WAITING,
)
from cobijo.movements.rules import centres, children
from cobijo.movements.services.announcing import refuse_over
from cobijo.movements.services.listing import listed, member_of
from cobijo.movements.types import (
    Direction,
    Flag,
    MovementState,
    Private,
    TravellerIn,
    TravellerState,
    TravelsWith,
    VisitOutcome,
)
from cobijo.people import services as people
from cobijo.people.queries.who import Who, people_by_id
from cobijo.people.types import ConsentIn, HouseholdFactsIn, ScopeReason
from cobijo.sites import services as sites
from cobijo.sites.queries import open_stay_ids

Received = Annotated[list[TravellerIn], Field(min_length=1, max_length=40)]
Answers = Annotated[list[ConsentIn], Field(max_length=200)]
Counted = Annotated[int, Field(ge=0, le=10_000)]
KNOWN_FOR: Final = timedelta(days=7)
"""How long a centre knows somebody who came through it, unless a stay or an agreed call keeps them nearer."""


@verb(
    "movements.arrive",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"persons": PLAIN},
    says=_("Movement arrived"),
)
def arrive(act: Act, *, movement_id: UUID, persons: Counted | None = None) -> Movement:
    """Record that a movement has arrived. ``persons``: how many were counted at the door; it needs no list."""
    movement = centres.lock_movement(movement_id)
    if movement.direction != Direction.ARRIVAL:
        raise NO_ARRIVAL()
    if movement.state == MovementState.CANCELLED and not is_late():
        raise CANCELLED()
    if movement.state == MovementState.CANCELLED:
        flag(Flag.CANCELLED_YET, movement=movement.id)
    elif movement.at is not None:
        if not is_late():
            raise ARRIVED_ALREADY()
        flag(Flag.ENDED_BEFORE, movement=movement.id)
        return movement
    counted = movement.persons if persons is None else persons
    return rows.change(movement, state=MovementState.ARRIVED, at=act.happened_at, persons=counted)


def lock_arrival(act: Act, movement_id: UUID) -> Movement:
    """A movement of which people come now. One nobody had recorded as arrived has arrived with the first of them."""
    movement = centres.lock_movement(movement_id)
    if movement.direction != Direction.ARRIVAL:
        raise NO_ARRIVAL()
    if movement.state in (MovementState.CANCELLED, MovementState.CLOSED) and not is_late():
        raise CANCELLED() if movement.state == MovementState.CANCELLED else CLOSED()
    if movement.state == MovementState.CANCELLED:
        flag(Flag.CANCELLED_YET, movement=movement.id)
        rows.change(movement, state=MovementState.ARRIVED)
    if movement.at is None:
        flag(Flag.NOT_ARRIVED, movement=movement.id)
        rows.change(movement, state=MovementState.ARRIVED, at=act.happened_at)
    return movement


# --- receiving -------------------------------------------------------------------------------------------------------


@verb(
    "movements.receive_travellers",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Travellers received"),
)
def receive_travellers(
    act: Act,
    *,
    movement_id: UUID,
    household_id: UUID,
    members: Received,
    answers: Answers | None = None,
    facts: HouseholdFactsIn | None = None,
) -> Traveller:
    """Register people of an arrival as one household, from its list or beside it. Gives the first.

    A child in nobody's care gets a place at the centre, and child protection hears of it. ``stay_id`` gives anybody a
    place for the night.
    """
    movement = lock_arrival(act, movement_id)
    there = _lines(movement, [one.traveller_id for one in members])
    people.register_household(
        act,
        household_id=household_id,
        unit_id=movement.site_id,
        members=[member_of(one) for one in members],
        answers=answers,
        facts=facts,
    )
    who = people_by_id([one.person_id for one in members])
    found = [_received(act, movement, there.get(one.traveller_id), one) for one in members]
    _know(act, movement, [one.person_id for one in members])
    _look_after_children(act, movement, found, members, who)
    return found[0]


def _lines(movement: Movement, ids: Sequence[UUID]) -> dict[UUID, Traveller]:
    """The lines of the list these are, locked; one that has come already is refused."""
    found = {one.id: one for one in centres.lock_travellers(ids) if one.movement_id == movement.id}
    for one in found.values():
        if one.state in (TravellerState.HERE, TravellerState.GONE):
            raise RECEIVED_ALREADY()
        if one.state == TravellerState.ABSENT:
            flag(Flag.CAME_LATE, traveller=one.id)
    return found


def _received(act: Act, movement: Movement, there: Traveller | None, given: TravellerIn) -> Traveller:
    """The traveller as come. What the list said is gone: it stands in the record now, as it was found to be."""
    known = {
        "person_id": given.person_id,
        "subject": given.person_id,
        "state": TravellerState.HERE,
        "received_at": act.happened_at,
        "sealed": b"",
        "mark": "",
    }
    if given.wants_private:
        known["private"] = Private.ASKED
    if there is None:
        flag(Flag.NOT_LISTED, movement=movement.id)
        traveller = listed(movement, given)
        for name, value in known.items():
            setattr(traveller, name, value)
        rows.add(traveller)
    else:
        traveller = _take_over(act, there, given.person_id, known)
    _registered(act, traveller)
    return traveller


def _take_over(act: Act, line: Traveller, person: UUID, known: dict[str, object]) -> Traveller:
    """A line becomes a person's; whoever has another record than the list foresaw leaves nothing under the other id."""
    before = line.subject
    changed = rows.change(line, **known)
    if before is not None and before != person:
        erasure.take_out([before], act.actor)
    return changed


def _registered(act: Act, traveller: Traveller) -> None:
    """Whoever was received has been at registration; a clerk who had taken them there is done with it."""
    open_one = traveller.visits.filter(ended_at=None, station=stations.REGISTRATION).first()
    if open_one is not None:
        rows.change(open_one, ended_at=act.happened_at, outcome=VisitOutcome.DONE)
        return
    rows.add(
        StationVisit(
            id=uuid7(),
            traveller=traveller,
            station=stations.REGISTRATION,
            began_at=act.happened_at,
            ended_at=act.happened_at,
            outcome=VisitOutcome.DONE,
        )
    )


def _know(act: Act, movement: Movement, ids: Sequence[UUID]) -> None:
    people.know(ids, movement.site_id, ScopeReason.ARRIVAL, act.happened_at, current().recorded_at + KNOWN_FOR)


def _look_after_children(
    act: Act, movement: Movement, found: Sequence[Traveller], members: Sequence[TravellerIn], who: Mapping[UUID, Who]
) -> None:
    day = centres.day_at(movement.site, act.happened_at)
    adults = sum(one.is_child(day) is False for one in who.values())
    for traveller, given in zip(found, members, strict=True):
        child = who[given.person_id].is_child(day)
        if child is None:
            flag(Flag.AGE_UNKNOWN, traveller=traveller.id)
        comes = children.with_whom(given.travels_with, child, adults)
        if comes != traveller.travels_with:
            rows.change(traveller, travels_with=comes)
        if children.goes_to_protection(traveller):
            children.tell_routed(movement.site_id, traveller)
        if given.stay_id is not None or children.in_nobodys_care(traveller):
            lodge(act, traveller, given.stay_id)


def lodge(act: Act, traveller: Traveller, stay_id: UUID | None = None) -> None:
    """Give somebody a place at the centre, unless they have one."""
    site, person = traveller.movement.site_id, traveller.person_id
    if person is not None and person not in open_stay_ids(site, [person]):
        sites.check_in(act, stay_id=stay_id or uuid7(), site_id=site, person_id=person)


@verb(
    "movements.receive_known",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={
        "person_id": SUBJECT,
        "travels_with": About("person_id", Category.PROTECTION),
        "wants_private": About("person_id", Category.PROTECTION),
    },
    says=_("Traveller received who was known"),
)
def receive_known(
    act: Act,
    *,
    movement_id: UUID,
    traveller_id: UUID,
    person_id: UUID,
    travels_with: TravelsWith = TravelsWith.UNSAID,
    wants_private: bool = False,
) -> Traveller:
    """Receive somebody who is registered already, and whom the actor sees: they are not registered again.

    ``traveller_id``: the line of the list, or a new id for somebody beside it.
    """
    movement = lock_arrival(act, movement_id)
    there = _lines(movement, [traveller_id]).get(traveller_id)
    come = movement.travellers.filter(person=person_id, voided_at=None)
    if come.filter(state__in=(TravellerState.HERE, TravellerState.GONE)).exists():
        raise PERSON_HERE_TWICE()
    given = TravellerIn(
        traveller_id=traveller_id,
        person_id=person_id,
        travels_with=travels_with or TravelsWith(there.travels_with if there else ""),
        wants_private=wants_private,
    )
    traveller = _received(act, movement, there, given)
    _know(act, movement, [person_id])
    who = people_by_id([person_id])
    adults = _adults_of_household(movement, who[person_id])
    day = centres.day_at(movement.site, act.happened_at)
    comes = children.with_whom(given.travels_with, who[person_id].is_child(day), adults)
    rows.change(traveller, travels_with=comes)
    if children.goes_to_protection(traveller):
        children.tell_routed(movement.site_id, traveller)
    if children.in_nobodys_care(traveller):
        lodge(act, traveller)
    return traveller


def _adults_of_household(movement: Movement, one: Who) -> int:
    """How many grown-ups of the same household have come with the movement."""
    if one.household is None:
        return 0
    come = movement.travellers.filter(person__memberships__household=one.household, voided_at=None)
    ids = [person for person in come.values_list("person_id", flat=True) if person and person != one.id]
    day = centres.day_at(movement.site, current().act.happened_at)
    return sum(other.is_child(day) is False for other in people_by_id(ids).values())


# --- the end of a movement -------------------------------------------------------------------------------------------


@verb(
    "movements.close_movement",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Movement closed"),
)
def close_movement(act: Act, *, movement_id: UUID) -> Movement:
    """Close an arrival of which everybody is accounted for: who is still expected did not come.

    Whoever is still at the centre has a place there, or keeps it open.
    """
    movement = centres.lock_movement(movement_id)
    refuse_over(movement)
    if movement.direction != Direction.ARRIVAL:
        raise NO_ARRIVAL()
    here = list(movement.travellers.filter(state=TravellerState.HERE, voided_at=None))
    lodged = open_stay_ids(movement.site_id, [one.person_id for one in here if one.person_id])
    waiting = [one for one in here if one.person_id not in lodged]
    if waiting:
        raise STILL_WAITING(people=len(waiting))
    expected = movement.travellers.filter(state=TravellerState.EXPECTED, voided_at=None)
    rows.change_all(expected, state=TravellerState.ABSENT)
    return rows.change(movement, state=MovementState.CLOSED)
