"""What a passage does to a stay, and what is odd about it: never a reason to hold anybody at the gate."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.core import clock, rows
from cobijo.core.context import flag
from cobijo.core.ids import uuid7
from cobijo.people.queries.who import people_by_id
from cobijo.sites.gate.models import Passage
from cobijo.sites.gate.types import TOGETHER, Meal, Way
from cobijo.sites.models import Absence, Site, Stay
from cobijo.sites.rules import coming
from cobijo.sites.types import Flag, StayState

DAY: Final = timedelta(days=1)

# --- what it does ----------------------------------------------------------------------------------------------------


def go_out(stay: Stay, at: datetime, expected_back: datetime | None, absence_id: UUID | None = None) -> Stay:
    """Begin a temporary absence of somebody who is in."""
    rows.add(Absence(id=absence_id or uuid7(), stay=stay, left_at=at, expected_back=expected_back))
    return rows.change(stay, state=StayState.AWAY, expected_back=expected_back)


def come_in(stay: Stay, at: datetime) -> Stay:
    """End the open absence of somebody who is temporarily out."""
    absence = stay.absences.get(back_at=None)
    absence.stay = stay
    rows.change(absence, back_at=max(at, absence.left_at))
    return rows.change(stay, state=StayState.IN, expected_back=None)


def take_back(passage: Passage, stay: Stay) -> None:
    """Undo what a passage did to the stay; one that did nothing leaves it as it is."""
    if passage.way == Way.OUT and stay.state == StayState.AWAY:
        begun = stay.absences.filter(back_at=None, left_at=passage.at).first()
        if begun is not None:
            begun.stay = stay
            rows.remove([begun])
            rows.change(stay, state=StayState.IN, expected_back=None)
    if passage.way == Way.IN and stay.state == StayState.IN:
        ended = stay.absences.filter(back_at=passage.at).first()
        if ended is not None:
            ended.stay = stay
            rows.change(ended, back_at=None)
            rows.change(stay, state=StayState.AWAY, expected_back=ended.expected_back)


# --- what is odd -----------------------------------------------------------------------------------------------------


def said(stay: Stay, flags: Iterator[Flag]) -> list[str]:
    """Flag the act under way, and give the codes that are kept with the passage."""
    codes = list(flags)
    for code in codes:
        flag(code, stay=stay.id)
    return [str(code.value) for code in codes]


def of_going_out(stay: Stay, at: datetime, expected_back: datetime | None) -> Iterator[Flag]:
    """Out already, a child alone, a child without an hour."""
    if stay.state == StayState.AWAY:
        yield Flag.AWAY_ALREADY
    who = people_by_id([stay.person_id])[stay.person_id]
    child = who.is_child(coming.day_at(stay.site, at))
    if child is False:
        return
    if who.household is None or not _adult_goes_too(stay.site, who.household, at):
        yield Flag.CHILD_OUT_ALONE if child else Flag.AGE_UNKNOWN_ALONE
    if child and expected_back is None:
        yield Flag.NO_RETURN_TIME


def _adult_goes_too(site: Site, household: UUID, at: datetime) -> bool:
    """Whether an adult of the household goes out within a few minutes, by what is recorded so far."""
    lately = Passage.objects.filter(
        site=site, way=Way.OUT, undone_at=None, at__gte=at - TOGETHER, at__lte=at + TOGETHER
    )
    going = set(lately.filter(stay__household=household).values_list("stay__person_id", flat=True))
    day = coming.day_at(site, at)
    return any(who.household == household and who.is_child(day) is False for who in people_by_id(going).values())


def of_coming_in(stay: Stay) -> Iterator[Flag]:
    """In already, by what is recorded: gone out unseen, or somebody else comes with the card."""
    if stay.state == StayState.IN:
        yield Flag.IN_ALREADY


def of_a_meal(stay: Stay, meal: Meal, at: datetime) -> Iterator[Flag]:
    """The same meal of that day again; eating while recorded as out."""
    begins = clock.midnight_ending(coming.day_at(stay.site, at) - DAY, ZoneInfo(stay.site.zone))
    eaten = Passage.objects.filter(stay=stay, way=Way.MEAL, meal=meal, undone_at=None, at__gte=begins)
    if eaten.filter(at__lt=begins + DAY).exists():
        yield Flag.MEAL_AGAIN
    if stay.state == StayState.AWAY:
        yield Flag.EATS_WHILE_OUT
