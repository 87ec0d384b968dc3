"""What is left of an erased person's stays: nights and days that still add up, and nothing that leads back.

The journal names the erased person and their stays for ever. So these go on under random ids, at the first minute of
their days (at midnight, where that is when they began or ended) and in a household of nobody: no id and no moment in
the journal says which they were.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from cobijo.core import clock, codes, nodes, rows
from cobijo.core.context import current
from cobijo.core.errors import NOT_ALLOWED
from cobijo.people.services import closings_are_told_by, forgetting, replaced, voiding
from cobijo.sites.access import visible_to
from cobijo.sites.gate import forgetting as gate
from cobijo.sites.models import Absence, AuthorityAct, Death, Response, Stay, TransferMember
from cobijo.sites.refusals import STILL_REGISTERED, STILL_STAYING
from cobijo.sites.rollcalls import forgetting as rollcalls
from cobijo.sites.types import OPEN

FIRST_MINUTE = time(0, 1)


@replaced.join
def hand_stays_over(old: UUID, anonymous: UUID) -> None:
    """Put the anonymous person into the erased one's stays; what no figure needs is deleted.

    Written past ``core.rows``: no image of it may be kept.
    """
    Death.objects.filter(person=old).delete()
    AuthorityAct.objects.filter(stay__person=old).delete()
    stays = list(Stay.objects.filter(person=old).select_related("site", "household"))
    members = TransferMember.objects.filter(from_stay__in=stays) | TransferMember.objects.filter(to_stay__in=stays)
    members.delete()
    rollcalls.forget(old, stays)
    homes: dict[UUID, UUID] = {}
    for stay in stays:
        copy = None
        if stay.in_at is not None and stay.voided_at is None and not stay.disputed:
            copy = _go_on_as(stay, anonymous, homes)
        gate.forget(stay, copy)
    Absence.objects.filter(stay__in=stays).delete()
    Stay.objects.filter(person=old).delete()


def _go_on_as(stay: Stay, anonymous: UUID, homes: dict[UUID, UUID]) -> Stay:
    zone = ZoneInfo(stay.site.zone)
    copy = Stay(
        id=uuid4(),
        person_id=anonymous,
        household_id=_home_of_nobody(stay, homes),
        site_id=stay.site_id,
        space_id=stay.space_id,
        state=stay.state,
        in_at=coarse(stay.in_at, zone),
        out_at=coarse(stay.out_at, zone),
        expected_back=coarse(stay.expected_back, zone),
        out_reason=stay.out_reason,
    )
    copy.save(force_insert=True)
    Absence.objects.bulk_create(
        Absence(
            id=uuid4(),
            stay=copy,
            left_at=coarse(absence.left_at, zone) or absence.left_at,
            expected_back=coarse(absence.expected_back, zone),
            back_at=coarse(absence.back_at, zone),
        )
        for absence in stay.absences.all()
    )
    return copy


def coarse(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The first minute of the moment's day: before and after every midnight it was before and after.

    Midnight itself belongs to the night it ends, so it stays.
    """
    if moment is None:
        return None
    day = moment.astimezone(zone).date()
    if moment == clock.midnight_ending(day - timedelta(days=1), zone):
        return moment
    return datetime.combine(day, FIRST_MINUTE, zone)


def _home_of_nobody(stay: Stay, homes: dict[UUID, UUID]) -> UUID | None:
    """None where others of the household stay there too: they count as a household. Else a household nobody knows."""
    home = stay.household
    if home is None or _others_stay(stay):
        return None
    known = home.pk
    if known not in homes:
        home.pk, home.number = uuid4(), codes.take("household", nodes.here_id())[0]
        home.save(force_insert=True)
        homes[known] = home.pk
    return homes[known]


def _others_stay(stay: Stay) -> bool:
    others = Stay.objects.filter(site=stay.site_id, household=stay.household_id, voided_at=None, in_at__isnull=False)
    return others.exclude(person=stay.person_id).exists()


@forgetting.join
def refuse_while_staying(person: UUID) -> None:
    """Nobody is forgotten at a desk while they have an open stay: they are checked out first.

    Of a stay the actor may not see, nothing is said.
    """
    there = Stay.objects.filter(person=person, state__in=OPEN, voided_at=None)
    if there.exists():
        raise STILL_STAYING() if visible_to(current().act.actor, there).exists() else NOT_ALLOWED()


@voiding.join
def refuse_while_registered(person: UUID) -> None:
    """A record is not taken out while its person has an open stay; then its past nights count no more either.

    Of a stay the actor may not see, nothing is said.
    """
    there = Stay.objects.filter(person=person, state__in=OPEN, voided_at=None)
    if there.exists():
        seen = visible_to(current().act.actor, there)
        raise STILL_REGISTERED() if seen.exists() else NOT_ALLOWED()
    for past in Stay.objects.filter(person=person, voided_at=None):
        rows.change(past, voided_at=current().recorded_at)


def _closed_on(unit: UUID) -> date | None:
    """When a response closed: people asks it for how long a person is kept."""
    return Response.objects.filter(pk=unit).values_list("closed_on", flat=True).first()


closings_are_told_by(_closed_on)
