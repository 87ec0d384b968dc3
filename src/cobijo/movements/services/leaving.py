"""Going on from a centre: seats of a departure, who boards, and leaving another way."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import codes, nodes, rows
from cobijo.core.context import flag, is_late
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, FREE, Act, verb
from cobijo.movements.models import Movement, Passenger, Traveller
from cobijo.movements.refusals import (
    CANCELLED,
    CHILD_NEEDS_ACT,
    GONE_ALREADY,
    LEFT_ALREADY,
    NO_DEPARTURE,
    NO_SEAT_LEFT,
    NOBODY_ABOARD,
    NOT_BOOKED,
    NOT_RECEIVED,
    OTHER_CENTRE,
    PRIVATE_FIRST,
    SEAT_TAKEN,
    SEATED_ALREADY,
)
from cobijo.movements.rules import centres, children
from cobijo.movements.types import (
    Direction,
    Flag,
    MovementState,
    PassengerState,
    Private,
    TravellerState,
    Way,
)
from cobijo.people.types import Line
from cobijo.sites import services as sites
from cobijo.sites.queries import open_stay_ids
from cobijo.sites.types import OutReason

Seat = Annotated[int, Field(ge=1, le=2_000)]
Ids = Annotated[list[UUID], Field(min_length=1, max_length=40)]
SEATED: Final = (PassengerState.BOOKED, PassengerState.ABOARD)
_REASONS: Final = {Way.FAMILY: OutReason.FAMILY, Way.LODGED: OutReason.OTHER, Way.NO_WORD: OutReason.NO_WORD}

# --- seats -----------------------------------------------------------------------------------------------------------


@verb(
    "movements.assign_seat",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"seat": FREE, "destination": FREE},
    says=_("Seat given"),
)
def assign_seat(
    act: Act,
    *,
    passenger_id: UUID,
    movement_id: UUID,
    traveller_id: UUID,
    seat: Seat | None = None,
    destination: Line = "",
) -> Passenger:
    """Give somebody a seat on a departure, the lowest free one or a certain one, with a numbered ticket."""
    movement = _lock_departure(movement_id)
    traveller = centres.lock_traveller(traveller_id)
    if traveller.movement.site_id != movement.site_id:
        raise OTHER_CENTRE.about("movement_id")
    _refuse_absent(traveller)
    if children.in_nobodys_care(traveller):
        raise CHILD_NEEDS_ACT()
    if traveller.seats.filter(state__in=SEATED).exists():
        raise SEATED_ALREADY()
    number = codes.take("ticket", nodes.here_id())[0]
    free = _free_seat(movement, seat)
    passenger = Passenger(
        id=passenger_id, movement=movement, traveller=traveller, seat=free, number=number, destination=destination
    )
    return rows.add(passenger)


def _lock_departure(movement_id: UUID) -> Movement:
    movement = centres.lock_movement(movement_id)
    if movement.direction != Direction.DEPARTURE:
        raise NO_DEPARTURE()
    if movement.state == MovementState.CANCELLED:
        raise CANCELLED()
    if movement.at is not None:
        raise LEFT_ALREADY()
    return movement


def _refuse_absent(traveller: Traveller) -> None:
    if traveller.state == TravellerState.GONE:
        raise GONE_ALREADY()
    if traveller.person_id is None:
        raise NOT_RECEIVED()


def _free_seat(movement: Movement, wanted: int | None) -> int:
    taken = set(movement.passengers.exclude(state=PassengerState.NO_SHOW).values_list("seat", flat=True))
    if movement.seats is not None and len(taken) >= movement.seats:
        raise NO_SEAT_LEFT(seats=movement.seats)
    if wanted is not None and (wanted in taken or (movement.seats is not None and wanted > movement.seats)):
        raise SEAT_TAKEN.about("seat", seat=wanted)
    return wanted or next(at for at in range(1, len(taken) + 2) if at not in taken)


def give_up_seats(travellers: Iterable[Traveller]) -> None:
    """Whoever goes another way needs no seat."""
    rows.change_all(
        Passenger.objects.filter(traveller__in=[one.id for one in travellers], state__in=SEATED).select_related(
            "traveller"
        ),
        state=PassengerState.NO_SHOW,
    )


# --- boarding --------------------------------------------------------------------------------------------------------


@verb(
    "movements.board",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Boarded"),
)
def board(act: Act, *, passenger_id: UUID) -> Passenger:
    """Record that somebody sits in the vehicle. Who wants to speak in private has spoken before that."""
    passenger = _lock_passenger(passenger_id)
    if passenger.state != PassengerState.BOOKED:
        raise NOT_BOOKED()
    if passenger.traveller.private in (Private.ASKED, Private.STAYS):
        raise PRIVATE_FIRST()
    if children.in_nobodys_care(passenger.traveller):
        raise CHILD_NEEDS_ACT()
    return rows.change(passenger, state=PassengerState.ABOARD, at=act.happened_at)


@verb(
    "movements.no_show",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Did not board"),
)
def no_show(act: Act, *, passenger_id: UUID) -> Passenger:
    """Record that somebody with a seat did not board, or got off again: the seat is free."""
    passenger = _lock_passenger(passenger_id)
    if passenger.state not in SEATED:
        raise NOT_BOOKED()
    return rows.change(passenger, state=PassengerState.NO_SHOW, at=act.happened_at)


def _lock_passenger(passenger_id: UUID) -> Passenger:
    locked = Passenger.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("traveller__movement__site", "movement").get(pk=passenger_id)


@verb(
    "movements.depart",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Departure left"),
)
def depart(act: Act, *, movement_id: UUID) -> Movement:
    """Record that a departure has left with those aboard; stays of theirs at the centre end. No child leaves alone."""
    movement = _lock_departure(movement_id)
    aboard = list(movement.passengers.filter(state=PassengerState.ABOARD).select_related("traveller__movement__site"))
    if not aboard:
        raise NOBODY_ABOARD()
    leaving = centres.lock_travellers([one.traveller_id for one in aboard])
    day = centres.day_at(movement.site, act.happened_at)
    children.refuse_alone(children.alone(leaving, day, act.happened_at))
    _end_stays(act, movement.site_id, leaving, OutReason.HOME, movement.place)
    rows.change_all(leaving, state=TravellerState.GONE, gone_at=act.happened_at, way=Way.TRANSPORT)
    rows.change_all(aboard, state=PassengerState.LEFT, at=act.happened_at)
    waiting = movement.passengers.filter(state=PassengerState.BOOKED).select_related("traveller")
    rows.change_all(waiting, state=PassengerState.NO_SHOW)
    return rows.change(movement, state=MovementState.CLOSED, at=act.happened_at)


def _end_stays(act: Act, site: UUID, leaving: Sequence[Traveller], reason: OutReason, destination: str) -> None:
    """Stays of those who leave, each household together, as the site's own rules ask."""
    stays = open_stay_ids(site, [one.person_id for one in leaving if one.person_id])
    ids = list(stays.values())
    for at in range(0, len(ids), 40):
        sites.check_out(act, stay_ids=ids[at : at + 40], reason=reason, destination=destination)


# --- another way -----------------------------------------------------------------------------------------------------


@verb(
    "movements.leave_centre",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"way": FREE, "destination": FREE},
    says=_("Left the centre"),
)
def leave_centre(act: Act, *, traveller_ids: Ids, way: Way, destination: Line = "") -> Traveller:
    """Record that people left on their own, with family or to lodgings. Gives the first.

    No child leaves alone: one who is gone already is recorded as left without word, and child protection hears of it.
    """
    found = centres.lock_travellers(traveller_ids)
    if any(one.person_id is None for one in found):
        raise NOT_RECEIVED()
    leaving = [one for one in found if one.state == TravellerState.HERE]
    _refuse_gone(found, leaving)
    site = found[0].movement.site
    if way is not Way.NO_WORD and any(one.private in (Private.ASKED, Private.STAYS) for one in leaving):
        raise PRIVATE_FIRST()
    day = centres.day_at(site, act.happened_at)
    alone = children.alone(leaving, day, act.happened_at)
    if way is not Way.NO_WORD:
        children.refuse_alone(alone)
    _end_stays(act, site.pk, leaving, _REASONS.get(way, OutReason.HOME), destination)
    give_up_seats(leaving)
    rows.change_all(leaving, state=TravellerState.GONE, gone_at=act.happened_at, way=way)
    children.tell_gone(site.pk, alone if way is Way.NO_WORD else ())
    return found[0]


def _refuse_gone(found: Sequence[Traveller], leaving: Sequence[Traveller]) -> None:
    """Refused now; of a late entry the earlier record stands."""
    for one in found:
        if one not in leaving:
            if not is_late():
                raise GONE_ALREADY()
            flag(Flag.GONE_BEFORE, traveller=one.id)
