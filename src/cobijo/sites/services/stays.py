"""Coming in, sleeping elsewhere in the site, going out for a time and coming back."""

from dataclasses import fields
from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime, Field

from cobijo.core import rows
from cobijo.core.context import flag, is_late
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, SUBJECT, Act, verb
from cobijo.people import services as people
from cobijo.people.queries.who import people_by_id
from cobijo.people.types import ConsentIn, HouseholdFactsIn, MemberIn, Presence
from cobijo.sites.gate.rules import come_in, go_out
from cobijo.sites.models import Absence, Stay
from cobijo.sites.refusals import (
    ALREADY_AWAY,
    ALREADY_OUT,
    BACK_BEFORE_LEAVING,
    CHILD_NEEDS_RETURN,
    NOT_AWAY,
    NOT_IN,
    NOT_OF_HOUSEHOLD,
)
from cobijo.sites.rules import coming, crowding
from cobijo.sites.rules.opened import Ids, lock_stay, lock_stays, still_open
from cobijo.sites.types import ArrivingIn, CheckInOf, Flag, StayState
from cobijo.sites.unnamed import services as numbers
from cobijo.sites.unnamed.services import Numbers

Arriving = Annotated[list[ArrivingIn], Field(min_length=1, max_length=40)]
Arrivals = Annotated[list[CheckInOf], Field(min_length=1, max_length=40)]
Answers = Annotated[list[ConsentIn], Field(max_length=200)]

# --- coming in -------------------------------------------------------------------------------------------------------


@verb(
    "sites.receive_household",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Household received"),
)
def receive_household(
    act: Act,
    *,
    household_id: UUID,
    site_id: UUID,
    members: Arriving,
    answers: Answers | None = None,
    unnamed: Numbers | None = None,
    facts: HouseholdFactsIn | None = None,
) -> Stay | None:
    """Register a household and check in those of its members who are here, as one operation.

    A member without ``stay_id`` does not come in. ``facts``: what it says of itself. ``unnamed``: others of it who came
    in, their names not known yet. Gives the first stay.
    """
    site = coming.lock_site(site_id)
    people.register_household(
        act,
        household_id=household_id,
        unit_id=site_id,
        members=[_member(member) for member in members],
        answers=answers,
        facts=facts,
        country=site.response.country,
    )
    arrivals = [
        CheckInOf(person_id=member.person_id, stay_id=member.stay_id, space_id=member.space_id)
        for member in members
        if member.stay_id is not None
    ]
    if unnamed:
        numbers.write(act, site, household_id, unnamed)
    if not arrivals:
        return None
    who = people_by_id([arrival.person_id for arrival in arrivals])
    return coming.admit(act, site, arrivals, who)[0]


_OF_A_MEMBER = [part.name for part in fields(MemberIn)]


def _member(arriving: ArrivingIn) -> MemberIn:
    """The member as people know them; who comes in is here, whatever else was said."""
    given = {name: getattr(arriving, name) for name in _OF_A_MEMBER}
    return MemberIn(**given | ({"presence": Presence.HERE} if arriving.stay_id else {}))


@verb(
    "sites.check_in",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT},
    says=_("Checked in"),
)
def check_in(act: Act, *, stay_id: UUID, site_id: UUID, person_id: UUID, space_id: UUID | None = None) -> Stay:
    """Check a registered person in. The id of a planned stay makes the plan come true."""
    arrival = CheckInOf(person_id=person_id, stay_id=stay_id, space_id=space_id)
    return coming.admit(act, coming.lock_site(site_id), [arrival])[0]


@verb(
    "sites.check_in_household",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Household checked in"),
)
def check_in_household(act: Act, *, household_id: UUID, site_id: UUID, arrivals: Arrivals) -> Stay:
    """Check members of one registered household in together. Gives the first stay."""
    site = coming.lock_site(site_id)
    who = people_by_id([arrival.person_id for arrival in arrivals])
    if not is_late() and any(person.household != household_id for person in who.values()):
        raise NOT_OF_HOUSEHOLD.about("arrivals")
    return coming.admit(act, site, arrivals)[0]


@verb(
    "sites.move_space",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Moved to another space"),
)
def move_space(act: Act, *, stay_ids: Ids, space_id: UUID | None = None) -> Stay:
    """Record that people sleep in another space of their site (None: nowhere in particular)."""
    site, stays = lock_stays(stay_ids)
    moved = still_open(stays)
    usable = coming.spaces_in_use(site, [space_id])
    rows.change_all(moved, space_id=space_id if space_id in usable else None)
    who = people_by_id([stay.person_id for stay in moved])
    crowding.flag_crowding(site, moved, who, coming.day_at(site, act.happened_at))
    return stays[0]


# --- out for a time --------------------------------------------------------------------------------------------------


@verb(
    "sites.step_out",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"expected_back": FREE},
    says=_("Temporarily out"),
)
def step_out(act: Act, *, absence_id: UUID, stay_id: UUID, expected_back: AwareDatetime | None = None) -> Stay:
    """Record that somebody goes out for a time (work, school, a visit); they keep their place.

    A child goes with the hour they are expected back.
    """
    stay = lock_stay(stay_id)
    if expected_back is not None and expected_back <= act.happened_at:
        raise BACK_BEFORE_LEAVING.about("expected_back")
    if expected_back is None and _is_child(act, stay):
        if not is_late():
            raise CHILD_NEEDS_RETURN.about("expected_back")
        flag(Flag.NO_RETURN_TIME, stay=stay.id)
    if stay.state != StayState.IN:
        return _gone_already(act, stay, absence_id, expected_back)
    return go_out(stay, act.happened_at, expected_back, absence_id)


def _is_child(act: Act, stay: Stay) -> bool:
    who = people_by_id([stay.person_id])[stay.person_id]
    return who.is_child(coming.day_at(stay.site, act.happened_at)) is True


def _gone_already(act: Act, stay: Stay, absence_id: UUID, expected_back: datetime | None) -> Stay:
    """Refused now. Late: a second absence is only said; one that lies before the leaving is kept as over."""
    if not is_late():
        raise {StayState.PLANNED: NOT_IN, StayState.AWAY: ALREADY_AWAY}.get(StayState(stay.state), ALREADY_OUT)()
    flag(Flag.AWAY_ALREADY if stay.state == StayState.AWAY else Flag.LEFT_BEFORE, stay=stay.id)
    if stay.out_at is not None and stay.out_at > act.happened_at:
        over = Absence(
            id=absence_id, stay=stay, left_at=act.happened_at, expected_back=expected_back, back_at=stay.out_at
        )
        rows.add(over)
    return stay


@verb(
    "sites.come_back",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Came back"),
)
def come_back(act: Act, *, stay_id: UUID) -> Stay:
    """Record that somebody who was temporarily out is back."""
    stay = lock_stay(stay_id)
    if stay.state != StayState.AWAY:
        if not is_late():
            raise {StayState.PLANNED: NOT_IN, StayState.IN: NOT_AWAY}.get(StayState(stay.state), ALREADY_OUT)()
        flag(Flag.BACK_BUT_OUT if stay.state == StayState.OUT else Flag.NOT_AWAY, stay=stay.id)
        return stay
    return come_in(stay, act.happened_at)
