"""What a site has beside people who sleep there: somebody away, a proposal, an entry to review, a protected person."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from cobijo.core import clock, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Act, Door
from cobijo.demo import gating
from cobijo.demo.doubles import double
from cobijo.demo.keeping import keep
from cobijo.demo.looking import look
from cobijo.demo.places import Places
from cobijo.demo.replay import ZONE, Replay, Sheltered, at_moment
from cobijo.people import services as people
from cobijo.people.types import NeedCode
from cobijo.sites import services as sites
from cobijo.sites.types import CheckInOf, HeadcountIn, Method

PROTECTED_WHY = "Pidió que nadie sepa que está aquí (persona ficticia)."


def finish(replay: Replay, places: Places, night: datetime) -> None:
    """The last afternoon at Salón Municipal and its neighbours; changes no figure of the night."""
    at_home = [one for one in replay.staying("salon") if len(one) > 2]
    if len(at_home) < 6 or _day(night) < date(2018, 8, 1):
        return
    at_moment(night - timedelta(hours=6))
    keep(places, at_home, _day(night), lambda who: _act(places, who))
    look(places, _day(night))
    _send_away(places, at_home)
    _protect(places, at_home[3])
    _propose(replay, places, night)
    _hold(places, at_home[4], night)
    _expect(replay, places, night)
    _dispute(replay, places)
    _count_heads(places, night)
    double(replay, places, lambda who: _act(places, who), at_home[:5])
    gating.keep_gate(places, [one for one in replay.staying("salon") if len(one) > 2], night)


def _day(evening: datetime) -> date:
    """The day in Guatemala of an evening."""
    return evening.astimezone(ZONE).date()


def _act(places: Places, who: str, **given: Any) -> Act:
    return operations.act_of(places.workers[who], Door.DESK, **given)


def _send_away(places: Places, families: list[Sheltered]) -> None:
    """A head of household at work until tonight, and one who should have been back at noon."""
    for one, hours in ((families[0], 14), (families[1], 2)):
        at = clock.now() - timedelta(hours=3)
        sites.step_out(
            _act(places, "ana", happened_at=at),
            absence_id=uuid7(),
            stay_id=one.stays[0],
            expected_back=at + timedelta(hours=hours),
        )
    people.set_needs(
        _act(places, "ana"), person_id=families[2].people[0], needs=[NeedCode.INTERPRETER], wants_private=True
    )


def _protect(places: Places, family: Sheltered) -> None:
    people.protect_person(
        _act(places, "elena"),
        protection_id=uuid7(),
        person_id=family.people[-1],
        why=PROTECTED_WHY,
        asked_by_person=True,
        worker_ids=[places.workers["elena"]],
    )


def _propose(replay: Replay, places: Places, night: datetime) -> None:
    """A family at the Instituto Experimental whom Beto is asked to take in tomorrow."""
    one = min(replay.staying("experimental"), key=lambda one: abs(len(one) - 4))
    one.bound = True
    sites.propose_transfer(
        _act(places, "carla"),
        transfer_id=uuid7(),
        to_site_id=places.site["salon"],
        stay_ids=one.stays,
        travels_on=_day(night) + timedelta(days=1),
    )


def _hold(places: Places, family: Sheltered, night: datetime) -> None:
    """A proposal written down at noon and entered late, for a family that a colleague has proposed meanwhile."""
    given: dict[str, Any] = {
        "to_site_id": places.site["murray"],
        "stay_ids": family.stays,
        "travels_on": _day(night) + timedelta(days=1),
    }
    first: UUID = uuid7()
    sites.propose_transfer(_act(places, "beto"), transfer_id=first, **given)
    late = clock.now() - timedelta(hours=2)
    with suppress(operations.Held):
        sites.propose_transfer(_act(places, "beto", happened_at=late), transfer_id=uuid7(), **given)


def _expect(replay: Replay, places: Places, night: datetime) -> None:
    """A family that left Salón Municipal this week has asked to come back, and is expected tomorrow."""
    week_ago = night - timedelta(days=7)
    one = next((one for one in replay.left if one.site == "salon" and one.left_at and one.left_at > week_ago), None)
    if one is None:
        return
    room = places.room_for("salon")
    sites.plan_stays(
        _act(places, "ronda"),
        site_id=places.site["salon"],
        arrivals=[CheckInOf(person_id=person, stay_id=uuid7(), space_id=room) for person in one.people],
        planned_for=_day(night) + timedelta(days=1),
    )


def _dispute(replay: Replay, places: Places) -> None:
    """Somebody of the Instituto Experimental was noted down at Salón Municipal too, and the entry came in late."""
    one = max(replay.staying("experimental"), key=len)
    sites.check_in(
        _act(places, "ronda", happened_at=clock.now() - timedelta(hours=3)),
        stay_id=uuid7(),
        site_id=places.site["salon"],
        person_id=one.people[0],
    )


def _count_heads(places: Places, night: datetime) -> None:
    """The coordinator of the INEB has counted at midday; it stands beside what is registered."""
    sites.report_headcount(
        _act(places, "ronda"),
        report_id=uuid7(),
        site_id=places.site["ineb"],
        headcount=HeadcountIn(
            night=_day(night),
            observed_at=clock.now(),
            persons=140,
            households=31,
            method=Method.HEAD_COUNT,
            informant_post="coordinadora del albergue",
        ),
    )
