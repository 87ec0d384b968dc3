"""Leaving a site for good."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, Act, verb
from cobijo.people.queries.who import people_by_id
from cobijo.people.types import Line, Presence
from cobijo.sites.models import Stay
from cobijo.sites.refusals import ALREADY_OUT, DEATH_BY_DOCUMENT
from cobijo.sites.rules import children, coming, leaving, persons
from cobijo.sites.rules.opened import Ids, lock_stay, lock_stays, still_open
from cobijo.sites.types import OPEN, AuthorityActIn, OutReason
from cobijo.sites.unnamed import moving

Numbers = Annotated[list[UUID], Field(max_length=30)]


@verb(
    "sites.check_out",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"reason": FREE, "destination": FREE},
    says=_("Checked out"),
)
def check_out(
    act: Act,
    *,
    stay_ids: Ids,
    reason: OutReason,
    destination: Line = "",
    authority_act: AuthorityActIn | None = None,
    unnamed_ids: Numbers | None = None,
) -> Stay:
    """Check people out of one site, with those of their household who have no name yet. Gives the first stay.

    A child leaves with an adult of their own household, in this entry or within the day to the same place, or by the
    authority's act. One who is gone already is recorded as left without word, and child protection hears of it.
    """
    if reason is OutReason.DECEASED:
        raise DEATH_BY_DOCUMENT.about("reason")
    site, asked = lock_stays(stay_ids)
    stays = still_open(asked)
    numbers = moving.lock_numbers(site, unnamed_ids, {stay.household_id for stay in asked}) if unnamed_ids else []
    who = people_by_id([stay.person_id for stay in asked])
    day = coming.day_at(site, act.happened_at)
    gone_to = children.went_ahead(act, who, reason, destination, day)
    released = [authority_act.person_id] if authority_act else []
    left_alone = children.alone(stays, who, day, gone_to, released)
    if reason is not OutReason.NO_WORD:
        children.refuse_children(left_alone)
    children.record_authority_act(authority_act, asked)
    persons.say_where(act, who, [stay.person_id for stay in stays if not stay.disputed], Presence.ELSEWHERE)
    leaving.end(stays, act.happened_at, reason, destination)
    leaving.drop_from_transfers(stays, act.happened_at)
    moving.end(numbers, act.happened_at, reason)
    children.tell_children_gone(site, left_alone if reason is OutReason.NO_WORD else ())
    return asked[0]


@verb(
    "sites.check_out_erased",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Check-out of an erased person"),
)
def check_out_erased(act: Act, *, stay_id: UUID) -> None:
    """Record that somebody left whose record was erased while they stayed: there is no person to check out any more."""
    stay = lock_stay(stay_id)
    if stay.state not in OPEN:
        raise ALREADY_OUT()
    leaving.end([stay], act.happened_at, OutReason.OTHER)
