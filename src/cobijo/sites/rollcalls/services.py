"""Calling the roll: begin or join, mark, count who has no name, end, explain."""

from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import keys, rows
from cobijo.core.context import concerns, flag, is_late
from cobijo.core.errors import NOT_FOUND
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, PLAIN, Act, verb
from cobijo.people.types import Line
from cobijo.sites.guests.queries import night_at
from cobijo.sites.models import Site, Stay
from cobijo.sites.rollcalls import comparing
from cobijo.sites.rollcalls.models import Difference, Mark, NamelessCount, RollCall
from cobijo.sites.rollcalls.refusals import (
    EXPLAINED_ALREADY,
    MARKED_TWICE,
    NIGHT_OVER,
    NOTE_FOR_OTHER,
    NOTHING_LOOKED_AT,
    ROLL_CALL_ENDED,
    SITE_NOT_OPEN,
)
from cobijo.sites.rollcalls.types import Explanation, Marks, Nameless, RollState
from cobijo.sites.rules import coming
from cobijo.sites.sealing import close
from cobijo.sites.types import Flag, SiteStatus

Note = Annotated[str, Field(max_length=240)]


@verb(
    "sites.begin_roll_call",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"night": PLAIN},
    says=_("Roll-call begun"),
)
def begin_roll_call(act: Act, *, roll_call_id: UUID, site_id: UUID, night: date | None = None) -> RollCall:
    """Begin the roll-call of the night under way, or join the one that is: then that one is given back.

    The night is the one by the clock here; a device whose clock is a day off is told so.
    """
    site = coming.lock_site(site_id)
    if coming.status_at(site_id, act.happened_at) is SiteStatus.CLOSED:
        raise SITE_NOT_OPEN(site=site.unit.name)
    tonight = _night(act, site, night)
    under_way = RollCall.objects.filter(site=site, night=tonight, state=RollState.OPEN).first()
    if under_way is not None:
        return under_way
    return rows.add(RollCall(id=roll_call_id, site=site, night=tonight, begun_at=act.happened_at))


def _night(act: Act, site: Site, said: date | None) -> date:
    """The night the act is of. What was sent differs by the clock of a device: that is said, and ours counts."""
    happened = night_at(site, act.happened_at)
    if said is None or said == happened:
        return happened
    if abs((said - happened).days) > 1:
        raise NIGHT_OVER.about("night")
    flag(Flag.ANOTHER_NIGHT, site=site.pk)
    return happened


@verb(
    "sites.mark_present",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Marked at roll-call"),
)
def mark_present(act: Act, *, roll_call_id: UUID, marks: Marks) -> RollCall:
    """Mark who is here and who is not, one person or a whole room at once.

    Whoever one account saw is here, though another did not find them; one's own newer mark replaces the older.
    """
    roll_call = _locked(roll_call_id)
    stays = {mark.stay_id: mark for mark in marks}
    if len(stays) < len(marks):
        raise MARKED_TWICE.about("marks")
    here = dict(
        Stay.objects.filter(pk__in=stays, site=roll_call.site_id, voided_at=None, person__anonymous=False).values_list(
            "pk", "person_id"
        )
    )
    if len(here) < len(stays):
        raise NOT_FOUND()
    concerns(here.values())
    _still_open(act, roll_call)
    site = Site.objects.get(pk=roll_call.site_id)
    usable = coming.spaces_in_use(site, [mark.space_id for mark in marks])
    rows.add(
        *(
            Mark(
                id=mark.mark_id,
                roll_call=roll_call,
                stay_id=mark.stay_id,
                space_id=mark.space_id if mark.space_id in usable else None,
                here=mark.here,
                at=act.happened_at,
                by=act.actor,
            )
            for mark in marks
        )
    )
    _look_again(roll_call)
    return roll_call


@verb(
    "sites.count_unknown",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"persons": PLAIN, "words": FREE},
    says=_("People without a name counted at roll-call"),
)
def count_unknown(
    act: Act, *, count_id: UUID, roll_call_id: UUID, persons: Nameless, space_id: UUID | None = None, words: Line = ""
) -> RollCall:
    """Record how many people without a name are in a space, all of them; the newest count of a space stands."""
    roll_call = _locked(roll_call_id)
    _still_open(act, roll_call)
    usable = coming.spaces_in_use(Site.objects.get(pk=roll_call.site_id), [space_id])
    rows.add(
        NamelessCount(
            id=count_id,
            roll_call=roll_call,
            space_id=space_id if space_id in usable else None,
            persons=persons,
            sealed_words=close(keys.ROLL_CALLS, NamelessCount, count_id, "sealed_words", words),
            at=act.happened_at,
            by=act.actor,
        )
    )
    _look_again(roll_call)
    return roll_call


def _locked(roll_call_id: UUID) -> RollCall:
    return RollCall.objects.select_for_update(of=("self",), no_key=True).get(pk=roll_call_id)


def _still_open(act: Act, roll_call: RollCall) -> None:
    """What is seen after the end is refused now. Late it is kept, and counts if it was seen before the end."""
    if roll_call.ended_at is None:
        return
    if not is_late():
        raise ROLL_CALL_ENDED()
    if act.happened_at > roll_call.ended_at:
        flag(Flag.MARKED_AFTER_END, roll_call=roll_call.id)


def _look_again(roll_call: RollCall) -> None:
    """Marks that come after the end and were made before it put its numbers and open differences right."""
    if roll_call.ended_at is not None:
        comparing.conclude(roll_call)


@verb(
    "sites.end_roll_call",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Roll-call ended"),
)
def end_roll_call(act: Act, *, roll_call_id: UUID) -> RollCall:
    """End a roll-call: its numbers are kept, and what marks and register do not agree on becomes its differences."""
    roll_call = _locked(roll_call_id)
    if roll_call.ended_at is not None:
        if not is_late():
            raise ROLL_CALL_ENDED()
        return roll_call
    if not roll_call.marks.exists() and not roll_call.nameless_counts.exists():
        raise NOTHING_LOOKED_AT()
    rows.change(roll_call, state=RollState.ENDED, ended_at=max(act.happened_at, roll_call.begun_at))
    comparing.conclude(roll_call)
    return roll_call


@verb(
    "sites.explain_difference",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"explanation": FREE, "note": FREE},
    says=_("Difference of a roll-call explained"),
)
def explain_difference(act: Act, *, difference_id: UUID, explanation: Explanation, note: Note = "") -> Difference:
    """Say why marks and register disagreed. What was done about it meanwhile is read from the stay."""
    found = Difference.objects.select_related("stay", "roll_call").select_for_update(of=("self",), no_key=True)
    difference = found.get(pk=difference_id)
    if difference.settled_at is not None:
        raise EXPLAINED_ALREADY()
    if explanation is Explanation.OTHER and not note.strip():
        raise NOTE_FOR_OTHER.about("note")
    if difference.person_id is not None:
        concerns([difference.person_id])
    sealed = close(keys.ROLL_CALLS, Difference, difference.pk, "sealed_note", note) if note else b""
    return rows.change(
        difference,
        explanation=explanation,
        acted=comparing.acted(difference),
        sealed_note=sealed,
        settled_at=act.happened_at,
    )
