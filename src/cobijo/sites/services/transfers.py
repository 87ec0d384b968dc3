"""A household moves to another site: proposed by the one, accepted by the other."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import rows
from cobijo.core.context import concerns, current, flag
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FREE, PLAIN, Act, verb
from cobijo.people.queries.who import Who, people_by_id
from cobijo.sites import occupancy
from cobijo.sites.access import visible_to
from cobijo.sites.models import Site, Stay, Transfer, TransferMember
from cobijo.sites.refusals import (
    ALREADY_MOVING,
    NOBODY_LEFT_TO_MOVE,
    NOT_OF_TRANSFER,
    ONE_HOUSEHOLD,
    OTHER_RESPONSE,
    PARTS_HOUSEHOLD,
    SAME_SITE,
    SITE_CLOSED,
    TRANSFER_SETTLED,
    TRAVEL_IN_PAST,
)
from cobijo.sites.rules import children, coming, crowding, expecting, leaving
from cobijo.sites.rules.opened import Ids, lock_stays, still_open
from cobijo.sites.types import (
    OPEN,
    AuthorityActIn,
    CheckInOf,
    Flag,
    SiteStatus,
    StayState,
    TransferArrivalIn,
    TransferState,
    TransferWhy,
    Words,
)
from cobijo.sites.unnamed import moving

Arrivals = Annotated[list[TransferArrivalIn], Field(max_length=40)]

# --- proposing -------------------------------------------------------------------------------------------------------


@verb(
    "sites.propose_transfer",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"travels_on": PLAIN, "why": PLAIN},
    says=_("Transfer proposed"),
)
def propose_transfer(
    act: Act,
    *,
    transfer_id: UUID,
    to_site_id: UUID,
    stay_ids: Ids,
    travels_on: date,
    why: TransferWhy | None = None,
    authority_act: AuthorityActIn | None = None,
) -> Transfer:
    """Propose that a household moves to another site of the response; that site expects them from now on.

    Leaving part of it behind needs ``why``; where it goes whole, those of it without a name go along as numbers. A
    child moves with an adult of their household or by the authority's act.
    """
    site, asked = lock_stays(stay_ids)
    stays = still_open(asked)
    to_site = Site.objects.select_related("unit", "response").get(pk=to_site_id)
    _check_way(act, site, to_site, travels_on)
    if Transfer.objects.filter(members__from_stay__in=stay_ids, state__in=leaving.UNDER_WAY).exists():
        raise ALREADY_MOVING.about("stay_ids")
    who = people_by_id([stay.person_id for stay in stays], lock=True)
    homes = {who[stay.person_id].household for stay in stays}
    whole = _keep_together(act, site, stays, homes, why)
    _keep_with_adults(act, stays, who, to_site, authority_act)
    transfer = rows.add(
        Transfer(
            id=transfer_id,
            from_site=site,
            to_site=to_site,
            proposed_at=act.happened_at,
            travels_on=travels_on,
            why=why or "",
        )
    )
    rows.add(*(TransferMember(id=uuid7(), transfer=transfer, from_stay=stay) for stay in stays))
    if whole:
        moving.take_along(transfer, homes)
    expecting.expect(to_site, [stay.person_id for stay in stays], act.happened_at, travels_on)
    return transfer


def _check_way(act: Act, site: Site, to_site: Site, travels_on: date) -> None:
    if to_site.pk == site.pk:
        raise SAME_SITE.about("to_site_id")
    if to_site.response_id != site.response_id:
        raise OTHER_RESPONSE.about("to_site_id")
    _refuse_closed(to_site)
    if travels_on < coming.day_at(site, act.happened_at):
        raise TRAVEL_IN_PAST.about("travels_on")


def _refuse_closed(site: Site) -> None:
    if coming.status_at(site.pk, current().recorded_at) is SiteStatus.CLOSED:
        raise SITE_CLOSED(site=site.unit.name)


def _keep_together(
    act: Act, site: Site, stays: Sequence[Stay], homes: Collection[UUID | None], why: TransferWhy | None
) -> bool:
    """One household, whole as far as the actor may see it, unless there is a reason to part it. Gives whether whole."""
    if len(homes) > 1 or (None in homes and len(stays) > 1):
        raise ONE_HOUSEHOLD.about("stay_ids")
    others = occupancy.sleeping(site.pk).filter(household__in=[home for home in homes if home])
    staying = visible_to(act.actor, others).exclude(pk__in=[stay.id for stay in stays]).count()
    if staying and why is None:
        raise PARTS_HOUSEHOLD.about("why", staying=staying)
    return not staying


def _keep_with_adults(
    act: Act, stays: Sequence[Stay], who: Mapping[UUID, Who], to_site: Site, given: AuthorityActIn | None
) -> None:
    day = coming.day_at(stays[0].site, act.happened_at)
    ahead = children.moved_ahead(act, who, to_site.pk, day)
    children.refuse_children(children.alone(stays, who, day, ahead, [given.person_id] if given else []))
    children.record_authority_act(given, stays)


# --- settling --------------------------------------------------------------------------------------------------------


@verb(
    "sites.accept_transfer",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"override": FREE},
    says=_("Transfer accepted"),
)
def accept_transfer(act: Act, *, transfer_id: UUID, arrivals: Arrivals, override: Words | None = None) -> Transfer:
    """Take a transfer in, the household together: the new stays begin and the old ones end.

    Before the day of travel places are kept instead, and the stays begin as each is checked in. Who is not named in
    ``arrivals`` comes along without a space. More people than places is refused, unless ``override`` says why.
    """
    transfer, members = _lock(transfer_id, (TransferState.PROPOSED,))
    site = transfer.to_site
    _refuse_closed(site)
    waiting = _waiting(members)
    given = {arrival.from_stay_id: arrival for arrival in arrivals}
    if given.keys() - {member.from_stay_id for member in members}:
        raise NOT_OF_TRANSFER.about("arrivals")
    if not waiting:
        raise NOBODY_LEFT_TO_MOVE()
    _still_with_adults(act, site, [member.from_stay for member in waiting])
    named = [given[member.from_stay_id] for member in waiting if member.from_stay_id in given]
    numbers = sum(one.counted.persons for one in moving.waiting(transfer))
    crowding.refuse_crowding(site, [*(arrival.space_id for arrival in named), *[None] * numbers], override)
    taken = [_arrival(member, given.get(member.from_stay_id)) for member in waiting]
    if transfer.travels_on > coming.day_at(site, act.happened_at):
        _keep_places(transfer, waiting, taken)
    else:
        coming.admit(act, site, taken)
        moving.arrive(transfer, act.happened_at)
    return rows.change(transfer, state=TransferState.ACCEPTED, settled_at=act.happened_at)


def _still_with_adults(act: Act, site: Site, stays: Sequence[Stay]) -> None:
    """The adult of the household may have left another way since it was proposed."""
    who = people_by_id([stay.person_id for stay in stays])
    day = coming.day_at(site, act.happened_at)
    led = children.accompanied(site.pk, who, day)
    children.refuse_children(children.alone(stays, who, day, led, children.released_by_acts(stays)))


def _arrival(member: TransferMember, given: TransferArrivalIn | None) -> CheckInOf:
    return CheckInOf(
        person_id=member.from_stay.person_id,
        stay_id=given.new_stay_id if given else uuid7(),
        space_id=given.space_id if given else None,
    )


def _keep_places(transfer: Transfer, waiting: Sequence[TransferMember], taken: Sequence[CheckInOf]) -> None:
    """The stays that are to begin stand as planned; where somebody was planned for before, this takes its place."""
    coming.check_each_once(taken)
    usable = coming.spaces_in_use(transfer.to_site, [arrival.space_id for arrival in taken])
    people = [arrival.person_id for arrival in taken]
    earlier = Stay.objects.filter(person__in=people, site=transfer.to_site, state=StayState.PLANNED, voided_at=None)
    rows.change_all(earlier, voided_at=current().recorded_at)
    plans = [
        Stay(
            id=arrival.stay_id,
            person_id=arrival.person_id,
            household_id=member.from_stay.household_id,
            site=transfer.to_site,
            space_id=arrival.space_id if arrival.space_id in usable else None,
            state=StayState.PLANNED,
            planned_for=transfer.travels_on,
        )
        for member, arrival in zip(waiting, taken, strict=True)
    ]
    rows.add(*plans)
    for member, plan in zip(waiting, plans, strict=True):
        rows.change(member, to_stay=plan)


@verb(
    "sites.refuse_transfer",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Transfer refused"),
)
def refuse_transfer(act: Act, *, transfer_id: UUID) -> Transfer:
    """Say no to a transfer: the people stay where they are, and the receiving site expects them no more."""
    return _call_off(act, transfer_id, TransferState.REFUSED)


@verb(
    "sites.withdraw_transfer",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Transfer withdrawn"),
)
def withdraw_transfer(act: Act, *, transfer_id: UUID) -> Transfer:
    """Take a transfer back, also an accepted one whose people have not travelled."""
    return _call_off(act, transfer_id, TransferState.WITHDRAWN)


def _call_off(act: Act, transfer_id: UUID, state: TransferState) -> Transfer:
    transfer, members = _lock(transfer_id, leaving.UNDER_WAY)
    waiting = [member for member in members if member.from_stay.state in OPEN]
    if transfer.state == TransferState.ACCEPTED and not waiting:
        raise TRANSFER_SETTLED()
    expecting.stop_expecting(waiting, current().recorded_at)
    children.take_back_authority_acts([member.from_stay for member in waiting])
    return rows.change(transfer, state=state, settled_at=act.happened_at)


def _lock(transfer_id: UUID, states: Collection[TransferState]) -> tuple[Transfer, list[TransferMember]]:
    """A transfer with its members. Both sites are locked before it, as every act on their stays does."""
    transfer = Transfer.objects.get(pk=transfer_id)
    sites = coming.lock_sites([transfer.from_site_id, transfer.to_site_id])
    transfer = Transfer.objects.select_for_update(no_key=True).get(pk=transfer_id)
    found = transfer.members.select_related("from_stay__site__unit", "from_stay__site__response", "to_stay")
    members = list(found.order_by("id"))
    concerns(member.from_stay.person_id for member in members)
    if transfer.state not in states:
        raise TRANSFER_SETTLED()
    transfer.from_site, transfer.to_site = sites[transfer.from_site_id], sites[transfer.to_site_id]
    return transfer, members


def _waiting(members: Sequence[TransferMember]) -> list[TransferMember]:
    """Those who can still move; who has left another way is only said."""
    for member in members:
        if member.from_stay.state not in OPEN or member.from_stay.voided_at is not None:
            flag(Flag.LEFT_BEFORE, stay=member.from_stay_id)
    return [m for m in members if m.from_stay.state in OPEN and m.from_stay.voided_at is None]
