"""What the register knows of sites that indicators are reckoned from: people, rooms, facilities, committees.

Read for many sites at once, in a constant number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from cobijo.core import clock
from cobijo.core.errors import Sentence
from cobijo.people.types import Sex
from cobijo.sites import occupancy
from cobijo.sites.committees.models import Committee
from cobijo.sites.models import Facility, Site, SiteReport, Space, Stay
from cobijo.sites.types import OPEN, FacilityFor, FacilityKind
from cobijo.sites.unnamed.models import Unnamed

REGISTERED: Sentence = _("registered")
REPORTED: Sentence = _("reported")


@dataclass(frozen=True, slots=True)
class People:
    """How many people use a site, from one kind of figure: registered, or where nobody is, its newest head-count.

    ``women`` and ``men`` None: not known. ``sex_unknown`` of them are in neither.
    """

    all: int
    women: int | None
    men: int | None
    sex_unknown: int
    households: int | None
    kind: Sentence
    on: date | None = None

    def of(self, who: str) -> int | None:
        """How many of them an indicator is about; None where that is not known."""
        found = {"everyone": self.all, "women": self.women, "men": self.men, "households": self.households}
        return found[who]


@dataclass(frozen=True, slots=True)
class Room:
    """A measured space in which people sleep."""

    name: str
    area_dm2: int
    people: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Facilities of one kind for one group: those that work, or all where nobody looked (``looked``)."""

    count: int
    looked: bool
    on: date


@dataclass(frozen=True, slots=True)
class Facts:
    """All of it, of one site."""

    site: Site
    today: date
    people: People
    rooms: tuple[Room, ...] = ()
    unmeasured: int = 0
    facilities: Mapping[tuple[str, str], Counted] = field(default_factory=dict)
    committees: tuple[Committee, ...] = ()

    def facility(self, kind: str, for_whom: str) -> Counted | None:
        """The newest count of facilities for one group; None where nobody counted them."""
        return self.facilities.get((kind, for_whom))

    def all_of(self, kind: str) -> Counted | None:
        """Facilities of a kind for whomever; None where nobody counted any."""
        found = [one for (of, _whom), one in self.facilities.items() if of == kind]
        if not found:
            return None
        return Counted(sum(one.count for one in found), all(one.looked for one in found), min(one.on for one in found))


def facts_of(sites: Collection[Site], at: datetime | None = None) -> dict[UUID, Facts]:
    """What is known of each site now, or was at a moment; spaces and committees are those of today.

    The sites are loaded with their response.
    """
    ids = [site.pk for site in sites]
    stays, numbers = _stays(ids, at), _numbers(ids, at)
    reports, rooms = _reports(ids, at), _rooms(ids, stays, numbers)
    people, facilities, committees = _people(stays, numbers), _facilities(ids, at), _committees(ids)
    found = {}
    for site in sites:
        today = (at or clock.now()).astimezone(ZoneInfo(site.zone)).date()
        slept, outside = rooms.get(site.pk, ((), 0))
        found[site.pk] = Facts(
            site=site,
            today=today,
            people=people.get(site.pk) or _reported(reports.get(site.pk), site, today),
            rooms=slept,
            unmeasured=outside,
            facilities=facilities.get(site.pk, {}),
            committees=tuple(committees.get(site.pk, ())),
        )
    return found


# --- people ----------------------------------------------------------------------------------------------------------


def _stays(sites: Sequence[UUID], at: datetime | None) -> QuerySet[Stay]:
    if at is not None:
        return Stay.objects.filter(occupancy.counted_at(at), site__in=sites)
    return Stay.objects.filter(site__in=sites, out_at=None, state__in=OPEN, disputed=False, voided_at=None)


def _numbers(sites: Sequence[UUID], at: datetime | None) -> QuerySet[Unnamed]:
    true = Unnamed.objects.filter(site__in=sites, voided_at=None)
    if at is None:
        return true.filter(out_at=None)
    return true.filter(Q(out_at=None) | Q(out_at__gt=at), in_at__lte=at)


def _people(stays: QuerySet[Stay], numbers: QuerySet[Unnamed]) -> dict[UUID, People]:
    """The people registered at each site; a site without anybody is not in it."""
    sexes: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for site, sex, people in stays.order_by().values_list("site_id", "person__sex").annotate(people=Count("id")):
        sexes[site][sex] += people
    for site, sex, people in numbers.order_by().values_list("site_id", "sex").annotate(people=Sum("persons")):
        sexes[site][sex] += people
    homes: dict[UUID, set[UUID | None]] = defaultdict(set)
    for rows in (stays, numbers):
        for site, home in rows.order_by().values_list("site_id", "household_id").distinct():
            homes[site].add(home)
    return {
        site: People(
            all=sum(found.values()),
            women=found[Sex.FEMALE],
            men=found[Sex.MALE],
            sex_unknown=found[Sex.UNKNOWN] + found[Sex.OTHER],
            households=len(homes[site]),
            kind=REGISTERED,
        )
        for site, found in sexes.items()
    }


def _reports(sites: Sequence[UUID], at: datetime | None) -> dict[UUID, SiteReport]:
    """The newest head-count of each site."""
    reports = SiteReport.objects.filter(site__in=sites, voided_at=None)
    if at is not None:
        reports = reports.filter(observed_at__lte=at)
    return {one.site_id: one for one in reports.order_by("night", "observed_at", "received_at")}


def _reported(report: SiteReport | None, site: Site, today: date) -> People:
    """A head-count stands in where nobody is registered, for as long as it is carried forward anywhere."""
    if report is None or today - report.night > timedelta(days=site.response.days_carried):
        return People(0, 0, 0, 0, 0, REGISTERED)
    return People(report.persons, None, None, report.persons, report.households, REPORTED, report.night)


# --- rooms -----------------------------------------------------------------------------------------------------------


def _rooms(
    sites: Sequence[UUID], stays: QuerySet[Stay], numbers: QuerySet[Unnamed]
) -> dict[UUID, tuple[tuple[Room, ...], int]]:
    """The measured rooms people sleep in, and how many sleep where nobody measured, by site.

    A person is in the innermost measured space round them; where that has measured parts they lie beside those, and
    how much room they have is not known.
    """
    spaces = {space.pk: space for space in Space.objects.filter(site__in=sites, closed_at=None)}
    parted = {above for one in spaces.values() if one.area_dm2 for above in _above(one, spaces)}
    slept: dict[UUID, dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    outside: dict[UUID, int] = defaultdict(int)
    for site, space, people in _by_space(stays, numbers):
        measured = _measured(space, spaces)
        if measured is None or measured in parted:
            outside[site] += people
        else:
            slept[site][measured] += people
    return {
        site: (
            tuple(Room(spaces[one].name, spaces[one].area_dm2 or 0, people) for one, people in slept[site].items()),
            outside[site],
        )
        for site in {*slept, *outside}
    }


def _by_space(stays: QuerySet[Stay], numbers: QuerySet[Unnamed]) -> Iterable[tuple[UUID, UUID | None, int]]:
    yield from stays.order_by().values_list("site_id", "space_id").annotate(people=Count("id"))
    yield from numbers.order_by().values_list("site_id", "space_id").annotate(people=Sum("persons"))


def _above(space: Space, spaces: Mapping[UUID, Space]) -> Iterable[UUID]:
    """The spaces a space lies in."""
    above = space.parent_id
    while above is not None and above in spaces:
        yield above
        above = spaces[above].parent_id


def _measured(space: UUID | None, spaces: Mapping[UUID, Space]) -> UUID | None:
    """The innermost measured space round a place; None where there is none."""
    if space is None or space not in spaces:
        return None
    around = (space, *_above(spaces[space], spaces))
    return next((one for one in around if spaces[one].area_dm2), None)


# --- facilities and committees ---------------------------------------------------------------------------------------


def _facilities(sites: Sequence[UUID], at: datetime | None) -> dict[UUID, dict[tuple[str, str], Counted]]:
    counts = Facility.objects.filter(site__in=sites, voided_at=None)
    if at is not None:
        counts = counts.filter(counted_on__lte=at.date())
    found: dict[UUID, dict[tuple[str, str], Counted]] = defaultdict(dict)
    for row in counts.order_by("counted_on", "id"):
        working = row.count if row.working is None else row.working
        found[row.site_id][row.kind, row.for_whom] = Counted(working, row.working is not None, row.counted_on)
    return found


def _committees(sites: Sequence[UUID]) -> dict[UUID, list[Committee]]:
    found: dict[UUID, list[Committee]] = defaultdict(list)
    for one in Committee.objects.filter(site__in=sites, ended_at=None).order_by("formed_at", "id"):
        found[one.site_id].append(one)
    return found


KINDS = {one.value for one in FacilityKind}
GROUPS = {"everyone": "", "women": FacilityFor.WOMEN.value, "men": FacilityFor.MEN.value}
