"""One traveller: who they are, who they may be already, what they said of their return, when to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.core import clock
from cobijo.movements import sealing
from cobijo.movements.access import get_for, visible_to
from cobijo.movements.models import FollowCall, ReturnRecord, Traveller
from cobijo.movements.queries.people import Line, lines_of
from cobijo.movements.rules.centres import centre_at
from cobijo.movements.types import TravellerState
from cobijo.people import access as people_access
from cobijo.people.queries import Candidate, PersonLine, Sought, candidates, lines
from cobijo.people.types import BirthIn, Sex


@dataclass(frozen=True, slots=True)
class CallLine:
    """A call that is due."""

    id: UUID
    person: PersonLine
    due_on: date
    overdue: bool
    phone: str
    answered_by: str
    hour: str
    tries: int


def traveller_for(actor: UUID, traveller_id: UUID) -> tuple[Traveller, Line]:
    """A traveller the actor may see; raises NOT_FOUND for any other."""
    get_for(actor, Traveller, traveller_id)
    found = Traveller.objects.select_related("movement__site__unit").get(pk=traveller_id)
    centre = centre_at(found.movement.site_id)
    [line] = lines_of(actor, [found], clock.today(ZoneInfo(found.movement.site.zone)), centre.child_hours)
    return found, line


def group_of(actor: UUID, traveller: Traveller) -> list[Traveller]:
    """Who is still expected with somebody by the list, the one asked for first."""
    if traveller.group is None:
        return [traveller]
    others = visible_to(
        actor,
        Traveller.objects.filter(
            movement=traveller.movement_id, group=traveller.group, state__in=(TravellerState.EXPECTED, "absent")
        ),
    ).exclude(pk=traveller.pk)
    return [traveller, *others.order_by("line")[:39]]


def listed_words(found: Sequence[Traveller]) -> dict[UUID, dict[str, Any]]:
    """What a list says of these travellers, by traveller, as the receiving verb takes it."""
    return sealing.open_listed(found)


def may_be(actor: UUID, said: Sequence[tuple[UUID, dict[str, Any]]]) -> dict[UUID, list[Candidate]]:
    """For each of these listed people the ones the actor sees who may be they."""
    asked = [_sought(traveller, words) for traveller, words in said]
    found = candidates(actor, asked)
    return {one.person_id: some for one, some in zip(asked, found, strict=True)}


def _sought(traveller: UUID, said: dict[str, Any]) -> Sought:
    names = tuple(said.get(part, "") for part in ("given_names", "first_surname", "second_surname", "married_name"))
    return Sought(
        person_id=traveller,
        names=(names[0], names[1], names[2], names[3]),
        sex=Sex(said.get("sex", Sex.UNKNOWN)),
        birth=BirthIn(**(said.get("birth") or {})),
        origin=(None, said.get("origin_place", "")),
        documents=tuple(one["number"] for one in said.get("documents", ())),
        phones=tuple(one["number"] for one in said.get("phones", ())),
    )


def return_of(actor: UUID, traveller: Traveller) -> ReturnRecord | None:
    """What somebody said of their return, its sealed parts closed."""
    return visible_to(actor, ReturnRecord.objects.filter(traveller=traveller)).first()


def sealed_words(actor: UUID, record: ReturnRecord, allowed: bool) -> dict[str, str]:
    """The sealed parts of a return, for a case worker who holds the person; nothing for anybody else."""
    if not allowed:
        return {}
    people_access.require_held(actor, [record.person_id])
    parts = {"treatment": record.sealed_treatment, "fear": record.sealed_fear}
    return {
        name: sealing.open_words(sealed, record.person_id, ReturnRecord, record.pk, f"sealed_{name}")
        for name, sealed in parts.items()
    }


def calls_due(actor: UUID, site: Any) -> list[CallLine]:
    """The calls of a centre that are open, the longest due first."""
    today = clock.today(ZoneInfo(site.zone))
    seen = visible_to(actor, FollowCall.objects.filter(traveller__movement__site=site.pk, settled_at=None))
    found = list(seen.order_by("due_on"))
    known = {line.id: line for line in lines(actor, [one.person_id for one in found])}
    return [
        CallLine(
            one.pk,
            known[one.person_id],
            one.due_on,
            one.due_on <= today,
            one.phone,
            one.answered_by,
            one.hour,
            one.tries,
        )
        for one in found
        if one.person_id in known
    ]
