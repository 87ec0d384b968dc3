"""What beginning a stay means: one open undisputed stay a person, a transfer completed, the site knows the person."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from cobijo.core import rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.verbs import Act
from cobijo.people.queries.who import Who, people_by_id
from cobijo.people.services import know
from cobijo.people.types import Presence, ScopeReason
from cobijo.sites.access import visible_to
from cobijo.sites.models import Death, Site, Space, StatusChange, Stay, TransferMember
from cobijo.sites.refusals import ALREADY_IN, RECORDED_DEAD, SITE_CLOSED, TWICE, UNKNOWN_SPACE
from cobijo.sites.rules import alerts, children, crowding, leaving, persons
from cobijo.sites.types import OPEN, CheckInOf, Flag, OutReason, SiteStatus, StayState, TransferState
from cobijo.sites.unnamed import moving

# --- the site --------------------------------------------------------------------------------------------------------


def lock_site(site_id: UUID) -> Site:
    """The site, locked: acts that count its places or people go one after the other."""
    return lock_sites([site_id])[site_id]


def lock_sites(ids: Collection[UUID]) -> dict[UUID, Site]:
    """Sites by id, locked in one order so that two acts never wait for each other."""
    locked = Site.objects.select_for_update(of=("self",), no_key=True).select_related("unit", "response")
    return {site.pk: site for site in locked.filter(pk__in=ids).order_by("pk")}


def day_at(site: Site, moment: datetime) -> date:
    """The day a moment falls on, on the site's clock."""
    return moment.astimezone(ZoneInfo(site.zone)).date()


def status_at(site_id: UUID, moment: datetime) -> SiteStatus:
    """A site's status at a moment; before anything is recorded it is planned."""
    last = StatusChange.objects.filter(site=site_id, at__lte=moment).order_by("-at", "-id").first()
    return SiteStatus(last.status) if last else SiteStatus.PLANNED


def check_open(site: Site, moment: datetime) -> None:
    """Refuse a closed site, by its status when the act happened, and say what else is odd about it."""
    status = status_at(site.pk, moment)
    if status is SiteStatus.CLOSED:
        raise SITE_CLOSED(site=site.unit.name)
    if status in (SiteStatus.PLANNED, SiteStatus.LISTED):
        flag(Flag.SITE_NOT_OPEN, site=site.pk)
    elif is_late() and status_at(site.pk, current().recorded_at) is SiteStatus.CLOSED:
        flag(Flag.SITE_CLOSED_SINCE, site=site.pk)


def spaces_in_use(site: Site, wanted: Collection[UUID | None]) -> set[UUID]:
    """Those of the wanted spaces that are in use. Another is refused now; late it is flagged and left out."""
    ids = {space for space in wanted if space}
    found = set(Space.objects.filter(pk__in=ids, site=site, closed_at=None).values_list("pk", flat=True))
    for space in sorted(ids - found):
        if not is_late():
            raise UNKNOWN_SPACE.about("space_id")
        flag(Flag.SPACE_UNKNOWN, space=space)
    return found


# --- coming in -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Known:
    """What there is of the people who come: stays that stand in the way, plans here, transfers to here, deaths."""

    others: Mapping[UUID, Sequence[Stay]]
    plans: Mapping[UUID, Stay]
    moves: Mapping[UUID, TransferMember]
    visible: Collection[UUID]
    dead: Collection[UUID]


def admit(
    act: Act,
    site: Site,
    arrivals: Sequence[CheckInOf],
    who: Mapping[UUID, Who] | None = None,
    *,
    begun: datetime | None = None,
) -> list[Stay]:
    """Begin these stays at a locked site, in a constant number of queries.

    ``who`` is given for people registered in this very act, of whom nothing can be known yet; ``begun`` for people who
    came before that and were a number until now.
    """
    check_each_once(arrivals)
    check_open(site, act.happened_at)
    usable = spaces_in_use(site, [arrival.space_id for arrival in arrivals])
    if who is None:
        who = people_by_id([arrival.person_id for arrival in arrivals], lock=True)
        known = _known(act, site, who)
    else:
        known = _Known({}, {}, {}, (), ())
    disputed = {one.person_id for one in arrivals if _stands_in_the_way(act, one, known)}
    _complete_moves(act, site, known, who)
    stays = [_stay(act, site, one, who[one.person_id], known, usable) for one in arrivals]
    for stay in stays:
        stay.in_at = begun or stay.in_at
    _write(stays, known, disputed)
    _follow(act, site, stays, who)
    return stays


def check_each_once(arrivals: Sequence[CheckInOf]) -> None:
    """Refuse an entry with the same person or stay twice."""
    for ids in ([one.person_id for one in arrivals], [one.stay_id for one in arrivals]):
        if len(set(ids)) < len(ids):
            raise TWICE()


def _known(act: Act, site: Site, who: Mapping[UUID, Who]) -> _Known:
    in_the_way = Q(state__in=OPEN)
    if is_late():
        in_the_way |= Q(state=StayState.OUT, in_at__lte=act.happened_at, out_at__gt=act.happened_at)
    found = Stay.objects.filter(
        in_the_way & Q(disputed=False) | Q(state=StayState.PLANNED, site=site), person__in=who, voided_at=None
    ).select_related("site__unit", "site__response")
    found = found.select_for_update(of=("self",), no_key=True).order_by("id")
    others: dict[UUID, list[Stay]] = {}
    plans: dict[UUID, Stay] = {}
    for stay in found:
        if stay.state == StayState.PLANNED:
            plans[stay.person_id] = stay
        else:
            others.setdefault(stay.person_id, []).append(stay)
    ids = [stay.id for stays in others.values() for stay in stays]
    return _Known(others, plans, _moves(site, ids), _visible(act, ids), _dead(who))


def _moves(site: Site, stays: Collection[UUID]) -> dict[UUID, TransferMember]:
    """The open stays from which people are on their way here, by a transfer that is proposed or accepted."""
    under_way = Q(transfer__state__in=(TransferState.PROPOSED, TransferState.ACCEPTED))
    members = TransferMember.objects.filter(under_way, from_stay__in=stays, transfer__to_site=site)
    return {member.from_stay_id: member for member in members.select_related("transfer")} if stays else {}


def _visible(act: Act, stays: Collection[UUID]) -> set[UUID]:
    seen = visible_to(act.actor, Stay.objects.filter(pk__in=stays))
    return set(seen.values_list("pk", flat=True)) if stays else set()


def _dead(who: Mapping[UUID, Who]) -> set[UUID]:
    return set(Death.objects.filter(person__in=who).values_list("person_id", flat=True))


def _stands_in_the_way(act: Act, arrival: CheckInOf, known: _Known) -> bool:
    """Whether the new stay is disputed. What the actor may see is refused now; of what not, nothing is said."""
    if arrival.person_id in known.dead:
        if not is_late():
            raise RECORDED_DEAD.about("person_id")
        flag(Flag.DEAD_COMES, stay=arrival.stay_id)
        return True
    others = [stay for stay in known.others.get(arrival.person_id, ()) if stay.id not in known.moves]
    seen = [stay for stay in others if stay.id in known.visible]
    if seen and not is_late():
        raise ALREADY_IN.about("person_id", site=seen[0].site.unit.name)
    for stay in seen:
        flag(Flag.SECOND_STAY, stay=arrival.stay_id, other=stay.id)
    if others and not seen:
        flag(Flag.TO_CONFIRM, stay=arrival.stay_id)
    return bool(others)


def _complete_moves(act: Act, site: Site, known: _Known, who: Mapping[UUID, Who]) -> None:
    """Who was on the way here has arrived: the stay they came from ends as transferred."""
    moved = [stay for person in who for stay in known.others.get(person, ()) if stay.id in known.moves]
    if not moved:
        return
    day = day_at(site, act.happened_at)
    led = children.accompanied(site.pk, who, day)
    for child in children.alone(moved, who, day, led, children.released_by_acts(moved)):
        children.tell_children_gone(child.site, [child])
    leaving.end(moved, act.happened_at, OutReason.TRANSFERRED)
    _settle_moves(act, known, moved)


def _settle_moves(act: Act, known: _Known, moved: Sequence[Stay]) -> None:
    """With the first to arrive their transfers are accepted, and those without a name have come along."""
    for transfer in {known.moves[stay.id].transfer_id: known.moves[stay.id].transfer for stay in moved}.values():
        if transfer.state == TransferState.PROPOSED:
            rows.change(transfer, state=TransferState.ACCEPTED, settled_at=act.happened_at)
        moving.arrive(transfer, act.happened_at)


def _stay(act: Act, site: Site, arrival: CheckInOf, who: Who, known: _Known, usable: Collection[UUID]) -> Stay:
    plan = known.plans.get(arrival.person_id)
    space = arrival.space_id if arrival.space_id in usable else plan.space_id if plan else None
    return Stay(
        id=arrival.stay_id,
        person_id=arrival.person_id,
        household_id=who.household,
        site=site,
        space_id=space,
        state=StayState.IN,
        in_at=act.happened_at,
    )


def _write(stays: Sequence[Stay], known: _Known, disputed: Collection[UUID]) -> None:
    """A plan becomes the stay it was made for; one made under another id has served its end."""
    new = []
    for stay in stays:
        stay.disputed = stay.person_id in disputed
        plan = known.plans.get(stay.person_id)
        if plan is not None and plan.id == stay.id:
            rows.change(plan, **{name: getattr(stay, name) for name in _BEGUN})
            continue
        new.append(stay)
        if plan is not None:
            rows.change(plan, voided_at=current().recorded_at)
    if new:
        rows.add(*new)
    arrived = {stay.person_id: stay for stay in stays}
    for member in known.moves.values():
        rows.change(member, to_stay=arrived[member.from_stay.person_id])


_BEGUN = ("state", "in_at", "space_id", "household_id", "disputed")


def _follow(act: Act, site: Site, stays: Sequence[Stay], who: Mapping[UUID, Who]) -> None:
    """What a stay brings with it: the site knows the person, the household says they are here, crowding is said."""
    people = [stay.person_id for stay in stays]
    know(people, site.pk, ScopeReason.STAY, act.happened_at)
    persons.say_where(act, who, people, Presence.HERE)
    crowding.flag_crowding(site, [stay for stay in stays if not stay.disputed], who, day_at(site, act.happened_at))
    alerts.tell_disputed(site, [stay for stay in stays if stay.disputed])
