"""A site at one glance: who is in, what is free, what is over, what is due. Figures, not names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from cobijo.core import clock
from cobijo.core.drawing import BandCount, DayCount
from cobijo.people.access import unprotected
from cobijo.people.types import NeedCode
from cobijo.sites import occupancy
from cobijo.sites.models import Absence, Site, SiteReport, StatusChange, Stay, Transfer, TransferMember
from cobijo.sites.occupancy import Node, Tree
from cobijo.sites.queries.figures import by_sex_and_age
from cobijo.sites.types import OPEN, OutReason, SiteStatus, StayState, TransferState, UseRule
from cobijo.sites.unnamed.models import Unnamed

DAYS: Final = 14
LATEST: Final = 6
_LOOKED_AT: Final = 48


@dataclass(frozen=True, slots=True)
class Places:
    """Places of a site as far as they are known. ``whole``: of every space; ``assumed``: not all are confirmed."""

    places: int | None
    whole: bool
    assumed: bool
    free: int | None
    over: int

    @property
    def state(self) -> str:
        """The state under which the number of places is shown."""
        return "assumed" if self.assumed else ""


@dataclass(frozen=True, slots=True)
class FreePlaces:
    """Free places of the spaces under one use rule."""

    rule: UseRule
    free: int
    places: int


@dataclass(frozen=True, slots=True)
class SpaceLine:
    """A space with more people than places."""

    id: UUID
    name: str
    people: int
    places: int
    over: int


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many people at the site have a need."""

    need: NeedCode
    people: int


@dataclass(frozen=True, slots=True)
class Happening:
    """People who came or left together at one moment."""

    at: datetime
    came: bool
    people: int
    reason: OutReason | None


@dataclass(frozen=True, slots=True)
class Due:
    """What is due today or was before, in people; what is unanswered, in transfers. ``give_back_in`` in days.

    Transfers of nobody but protected people are in no list, and so not counted beside one.
    """

    leaving: int
    coming: int
    returning: int
    asked: int
    unanswered: int
    give_back_on: date | None
    give_back_in: int | None


@dataclass(frozen=True, slots=True)
class SiteOverview:
    """A site at a moment. ``registered`` is ``here`` and ``away`` together, without disputed and planned stays.

    ``unnamed`` of them are people of registered households who have no name yet.
    """

    at: datetime
    registered: int
    here: int
    away: int
    unnamed: int
    households: int
    planned: int
    disputed: int
    erased: int
    without_space: int
    overdue: int
    places: Places
    free: tuple[FreePlaces, ...]
    free_accessible: int
    over: tuple[SpaceLine, ...]
    needs: tuple[NeedCount, ...]
    bands: tuple[BandCount, ...]
    days: tuple[DayCount, ...]
    latest: tuple[Happening, ...]
    due: Due


def site_overview(site: Site, at: datetime | None = None) -> SiteOverview:
    """A site now, or as it was at a moment: then spaces are those of today, and what is due is left at nothing.

    The site is loaded with its response. A constant number of queries, whatever the site holds.
    """
    moment = at or clock.now()
    today = moment.astimezone(ZoneInfo(site.zone)).date()
    stays = Stay.objects.filter(occupancy.counted_at(moment), site=site) if at else occupancy.sleeping(site.pk)
    tree = occupancy.read(site.pk, at)
    numbers = list(occupancy.numbers(site.pk, at))
    counts = _counts(site, stays, numbers, moment, past=at is not None)
    return SiteOverview(
        at=moment,
        registered=tree.people,
        here=tree.people - counts["away"],
        away=counts["away"],
        unnamed=counts["unnamed"],
        households=counts["households"] + counts["single"] + counts["nobody_named"],
        planned=tree.planned,
        disputed=counts["disputed"],
        erased=counts["erased"],
        without_space=tree.without_space,
        overdue=counts["overdue"],
        places=Places(tree.places, tree.whole, tree.assumed, tree.free, tree.over),
        free=_free(tree),
        free_accessible=sum(node.free or 0 for node in tree.finest() if node.accessible),
        over=tuple(_over(tree.nodes.values())),
        needs=_needs(stays),
        bands=by_sex_and_age(stays, numbers, site.response.band_set, today),
        days=_days(site, today),
        latest=_latest(site, moment),
        due=_due(site, today) if at is None else Due(0, 0, 0, 0, 0, None, None),
    )


def space_tree(site: UUID) -> Tree:
    """A site's spaces in use with who is in them now."""
    return occupancy.read(site)


def status_of(site: Site) -> SiteStatus:
    """A site's status now; before anything is recorded it is planned."""
    last = StatusChange.objects.filter(site=site, at__lte=clock.now()).order_by("-at", "-id").first()
    return SiteStatus(last.status) if last else SiteStatus.PLANNED


def newest_report(site: Site) -> SiteReport | None:
    """The head-count that stands for the newest night."""
    reports = SiteReport.objects.filter(site=site, voided_at=None)
    return reports.order_by("-night", "-observed_at", "-received_at").first()


# --- parts -----------------------------------------------------------------------------------------------------------


def _counts(
    site: Site, stays: QuerySet[Stay], numbers: Sequence[Unnamed], moment: datetime, *, past: bool
) -> dict[str, int]:
    """People away, overdue and without a name, households, and those without one, who count as a household each.

    Not so the erased: where they have no household, others of it are there (``forgetting``).
    """
    away = Q(Exists(_absences(moment))) if past else Q(state=StayState.AWAY)
    late = Q(Exists(_absences(moment).filter(expected_back__lt=moment))) if past else away & Q(expected_back__lt=moment)
    counted = stays.aggregate(
        away=Count("id", filter=away),
        overdue=Count("id", filter=late),
        households=Count("household", distinct=True),
        single=Count("id", filter=Q(household=None, person__anonymous=False)),
        erased=Count("id", filter=Q(person__anonymous=True)),
    )
    disputed = Stay.objects.filter(site=site, out_at=None, state__in=OPEN, disputed=True, voided_at=None)
    homes = {number.household_id for number in numbers}
    named = set(stays.filter(household__in=homes).values_list("household_id", flat=True)) if homes else set()
    without = {"unnamed": sum(number.persons for number in numbers), "nobody_named": len(homes - named)}
    return counted | without | {"disputed": 0 if past else disputed.count()}


def _absences(moment: datetime) -> QuerySet[Absence]:
    begun = Absence.objects.filter(stay=OuterRef("pk"), left_at__lte=moment)
    return begun.filter(Q(back_at=None) | Q(back_at__gt=moment))


def _free(tree: Tree) -> tuple[FreePlaces, ...]:
    found: dict[UseRule, tuple[int, int]] = {}
    for node in tree.finest():
        free, places = found.get(node.use_rule, (0, 0))
        found[node.use_rule] = (free + (node.free or 0), places + (node.capacity or 0))
    return tuple(FreePlaces(rule, *found[rule]) for rule in UseRule if rule in found)


def _over(nodes: Iterable[Node]) -> Iterable[SpaceLine]:
    for node in nodes:
        if node.capacity is not None and node.over:
            yield SpaceLine(node.id, node.name, node.within, node.capacity, node.over)


def _needs(stays: QuerySet[Stay]) -> tuple[NeedCount, ...]:
    found = dict(
        stays.filter(person__needs__ends_at=None, person__needs__code__isnull=False)
        .order_by()
        .values_list("person__needs__code")
        .annotate(people=Count("id"))
    )
    return tuple(NeedCount(need, found[need]) for need in NeedCode if need in found)


def _days(site: Site, today: date) -> tuple[DayCount, ...]:
    """Who came and who left on each of the last days, on the site's clock."""
    first = today - timedelta(days=DAYS - 1)
    zone = ZoneInfo(site.zone)
    since = clock.midnight_ending(first - timedelta(days=1), zone)
    until = clock.midnight_ending(today, zone)
    stays = Stay.objects.filter(site=site, disputed=False, voided_at=None)
    numbers = Unnamed.objects.filter(Q(in_at__gte=since) | Q(out_at__gte=since), site=site, voided_at=None)
    came, left = (
        Counter(_by_day(stays.filter(**{f"{column}__gte": since, f"{column}__lt": until}), column, zone))
        for column in ("in_at", "out_at")
    )
    for number in numbers:
        came[number.in_at.astimezone(zone).date()] += number.persons
        if number.out_at is not None:
            left[number.out_at.astimezone(zone).date()] += number.persons
    days = [first + timedelta(days=day) for day in range(DAYS)]
    return tuple(DayCount(day, came[day], left[day]) for day in days)


def _by_day(stays: QuerySet[Stay], column: str, zone: ZoneInfo) -> dict[date, int]:
    days = stays.order_by().annotate(day=TruncDate(column, tzinfo=zone)).values_list("day")
    return dict(days.annotate(people=Count("id")))


def _latest(site: Site, moment: datetime) -> tuple[Happening, ...]:
    """The last comings and leavings, newest first, people of one household and moment together."""
    counted = Stay.objects.filter(site=site, disputed=False, voided_at=None)
    came = counted.filter(in_at__lte=moment).order_by("-in_at")[:_LOOKED_AT]
    left = counted.filter(out_at__lte=moment).order_by("-out_at")[:_LOOKED_AT]
    together = Counter((stay.in_at or moment, stay.household_id, "") for stay in came)
    together += Counter((stay.out_at or moment, stay.household_id, stay.out_reason) for stay in left)
    found = [
        Happening(at, not reason, people, OutReason(reason) if reason else None)
        for (at, _home, reason), people in together.items()
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True)[:LATEST])


def _due(site: Site, today: date) -> Due:
    now, until = clock.now(), clock.midnight_ending(today, ZoneInfo(site.zone))
    stays = Stay.objects.filter(site=site, out_at=None, voided_at=None).aggregate(
        coming=Count("id", filter=Q(state=StayState.PLANNED, planned_for__lte=today)),
        returning=Count("id", filter=Q(state=StayState.AWAY, expected_back__gte=now, expected_back__lt=until)),
    )
    members = TransferMember.objects.filter(transfer=OuterRef("pk"))
    shown = Q(state=TransferState.PROPOSED) & Q(Exists(members.filter(unprotected("from_stay__person"))))
    asked, own = Q(shown, to_site=site), Q(shown, from_site=site)
    travelling = Q(from_site=site, state__in=(TransferState.PROPOSED, TransferState.ACCEPTED), travels_on__lte=today)
    still_in = Q(members__from_stay__state__in=OPEN)
    transfers = Transfer.objects.filter(asked | own | travelling).aggregate(
        asked=Count("id", filter=asked, distinct=True),
        unanswered=Count("id", filter=own, distinct=True),
        leaving=Count("members", filter=travelling & still_in),
    )
    back = site.give_back_on
    return Due(**stays, **transfers, give_back_on=back, give_back_in=(back - today).days if back else None)
