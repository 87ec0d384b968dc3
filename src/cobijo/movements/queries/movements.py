"""Movements as lists and pages show them, with what their counts say."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from cobijo.core import clock
from cobijo.movements.access import get_for, visible_to
from cobijo.movements.models import Movement, Passenger
from cobijo.movements.queries.people import Line, lines_of, travellers_of
from cobijo.movements.queries.waiting import name_of
from cobijo.movements.rules.centres import centre_at
from cobijo.movements.types import Direction, MovementKind, MovementState, PassengerState, TravellerState

LATELY: Final = timedelta(days=7)
_OVER: Final = (MovementState.CLOSED, MovementState.CANCELLED)


@dataclass(frozen=True, slots=True)
class MovementLine:
    """A movement in a list. Counts are figures: protected people are in them."""

    id: UUID
    name: str
    kind: MovementKind
    direction: Direction
    state: MovementState
    expected_at: datetime
    at: datetime | None
    listed: int
    here: int
    gone: int
    absent: int
    expected: int
    seats: int | None
    persons: int | None
    given: int

    @property
    def over_seats(self) -> bool:
        return self.seats is not None and self.listed > self.seats

    @property
    def is_open(self) -> bool:
        return self.state not in _OVER


@dataclass(frozen=True, slots=True)
class Seated:
    """Somebody with a seat on a departure."""

    id: UUID
    seat: int
    ticket: str
    state: PassengerState
    destination: str
    line: Line


def movements_of(actor: UUID, site_id: UUID) -> list[MovementLine]:
    """The movements of a centre that are open, or were in the last days; the next first."""
    open_or_late = ~Q(state__in=_OVER) | Q(expected_at__gt=clock.now() - LATELY)
    found = _counted(visible_to(actor, Movement.objects.filter(open_or_late, site=site_id)))
    return [line_of(one) for one in found.order_by("expected_at")]


def _counted(found: Any) -> Any:
    there = Q(travellers__voided_at=None)
    states = {
        f"n_{state.value}": Count("travellers", filter=there & Q(travellers__state=state), distinct=True)
        for state in TravellerState
    }
    given = Count("passengers", filter=~Q(passengers__state=PassengerState.NO_SHOW), distinct=True)
    return found.select_related("site__unit").annotate(**states, n_given=given)


def line_of(one: Any) -> MovementLine:
    """A counted movement as a line."""
    states = {state.value: getattr(one, f"n_{state.value}") for state in TravellerState}
    return MovementLine(
        id=one.pk,
        name=name_of(one),
        kind=MovementKind(one.kind),
        direction=Direction(one.direction),
        state=MovementState(one.state),
        expected_at=one.expected_at,
        at=one.at,
        listed=sum(states.values()),
        here=states["here"],
        gone=states["gone"],
        absent=states["absent"],
        expected=states["expected"],
        seats=one.seats,
        persons=one.persons,
        given=one.n_given,
    )


def movement_for(actor: UUID, movement_id: UUID) -> tuple[Movement, MovementLine]:
    """A movement the actor may see, with its counts; raises NOT_FOUND for any other."""
    get_for(actor, Movement, movement_id)
    found = _counted(Movement.objects.filter(pk=movement_id)).get()
    return found, line_of(found)


def manifest_of(actor: UUID, movement: Movement) -> list[Line]:
    """Everybody on an arrival whom the actor may see, by the numbers of its list, then who came beside it."""
    found = travellers_of(actor, [movement.pk])
    lines = lines_of(actor, found, _today(movement), centre_at(movement.site_id).child_hours)
    return sorted(lines, key=lambda one: (one.line is None, one.line or 0, str(one.home), one.label))


def _today(movement: Movement) -> Any:
    return clock.today(ZoneInfo(movement.site.zone))


def seated_on(actor: UUID, movement: Movement) -> list[Seated]:
    """The passengers of a departure whom the actor may see, by seat; seats given up are left out."""
    seen = visible_to(actor, Passenger.objects.filter(movement=movement)).exclude(state=PassengerState.NO_SHOW)
    found = list(seen.select_related("traveller__movement__site").order_by("seat"))
    travellers = [one.traveller for one in found]
    lines = {one.id: one for one in lines_of(actor, travellers, _today(movement), 0)}
    return [
        Seated(one.pk, one.seat, one.ticket, PassengerState(one.state), one.destination, lines[one.traveller_id])
        for one in found
    ]


def without_seat(actor: UUID, movement: Movement) -> list[Line]:
    """Who is at the centre of a departure and has no seat on any."""
    arrivals = Movement.objects.filter(site=movement.site_id, travellers__state=TravellerState.HERE).distinct()
    found = [
        one for one in travellers_of(actor, list(arrivals.values_list("pk", flat=True)))
        if one.state == TravellerState.HERE
    ]  # fmt: skip
    seated = set(
        Passenger.objects.filter(traveller__in=[one.id for one in found], state__in=("booked", "aboard")).values_list(
            "traveller_id", flat=True
        )
    )
    return lines_of(actor, [one for one in found if one.id not in seated], _today(movement), 0)


def departures_open(actor: UUID, site_id: UUID) -> list[MovementLine]:
    """The departures of a centre that have not left."""
    return [
        one for one in movements_of(actor, site_id)
        if one.direction is Direction.DEPARTURE and one.is_open
    ]  # fmt: skip
