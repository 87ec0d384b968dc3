"""The guests of a night, and how many people slept somewhere for how many nights."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cobijo.core import clock
from cobijo.sites.guests.models import NEWEST, GuestTally
from cobijo.sites.models import Site
from cobijo.sites.queries import nights
from cobijo.sites.queries.nights import Night

NOON: Final = time(12)
AT_ONCE: Final = 60
"""So many nights are asked for in one question."""

# --- hours -----------------------------------------------------------------------------------------------------------


def is_open_at(site: Site, moment: datetime) -> bool:
    """Whether a site is open at that hour of its clock; one without hours is open all day."""
    if site.opens_at is None or site.closes_at is None:
        return True
    hour = moment.astimezone(ZoneInfo(site.zone)).time()
    if site.opens_at < site.closes_at:
        return bool(site.opens_at <= hour < site.closes_at)
    return bool(hour >= site.opens_at or hour < site.closes_at)


def night_at(site: Site, moment: datetime) -> date:
    """The night a count of that moment is of: before noon it is the one that began the day before."""
    local = moment.astimezone(ZoneInfo(site.zone))
    return local.date() - timedelta(days=1) if local.time() < NOON else local.date()


# --- tallies ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TallyLine:
    """A count of guests, by sex and band."""

    id: UUID
    counted_at: datetime
    cells: Mapping[tuple[str, str], int]

    @property
    def persons(self) -> int:
        return sum(self.cells.values())


def tallies_of(site: Site, night: date) -> list[TallyLine]:
    """The counts of a night, the one that stands first; void ones are left out."""
    found = GuestTally.objects.filter(site=site, night=night, voided_at=None).order_by(*NEWEST)
    return [
        TallyLine(one.pk, one.counted_at, {(cell.sex, cell.band): cell.persons for cell in one.cells.all()})
        for one in found.prefetch_related("cells")
    ]


def standing(sites: QuerySet[Site], first: date, last: date) -> list[GuestTally]:
    """The tally that stands for each of these sites and nights, with its cells."""
    found = GuestTally.objects.filter(site__in=sites, night__gte=first, night__lte=last, voided_at=None)
    newest: dict[tuple[object, date], GuestTally] = {}
    for tally in found.order_by(*NEWEST).prefetch_related("cells"):
        newest.setdefault((tally.site_id, tally.night), tally)
    return list(newest.values())


# --- person-nights ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NightLine:
    """Who slept at some sites on a night. ``guests`` None: nobody counted any.

    ``named`` and ``unnamed`` are of the kind registered, ``guests`` of the kind counted; none is in two of them.
    """

    night: date
    named: int
    unnamed: int
    guests: int | None

    @property
    def registered(self) -> int:
        return self.named + self.unnamed

    @property
    def persons(self) -> int:
        return self.registered + (self.guests or 0)


@dataclass(frozen=True, slots=True)
class PersonNights:
    """Nights of sites, oldest first, and what they add up to: one person for one night is one person-night."""

    lines: tuple[NightLine, ...]

    @property
    def named(self) -> int:
        return sum(line.named for line in self.lines)

    @property
    def unnamed(self) -> int:
        return sum(line.unnamed for line in self.lines)

    @property
    def guests(self) -> int:
        return sum(line.guests or 0 for line in self.lines)

    @property
    def registered(self) -> int:
        return self.named + self.unnamed

    @property
    def total(self) -> int:
        return self.registered + self.guests


def person_nights(sites: QuerySet[Site], first: date, last: date) -> PersonNights:
    """Who slept at these sites on each night from the first to the last; the caller has asked about their figures.

    A night that has not ended is left out. What sites report of themselves in head-counts is another kind of figure
    and in none of these.
    """
    zones = set(sites.order_by().values_list("zone", flat=True).distinct())
    over = min((clock.today(ZoneInfo(zone)) for zone in zones), default=first) - timedelta(days=1)
    days = [first + timedelta(days=at) for at in range((min(last, over) - first).days + 1)]
    guests: dict[date, int] = {}
    for tally in standing(sites, first, last):
        people = sum(cell.persons for cell in tally.cells.all())
        guests[tally.night] = guests.get(tally.night, 0) + people
    return PersonNights(tuple(_lines(sites, zones, days, guests)))


def _lines(
    sites: QuerySet[Site], zones: Iterable[str], days: list[date], guests: Mapping[date, int]
) -> Iterable[NightLine]:
    known = set(zones)
    for at in range(0, len(days), AT_ONCE):
        some = days[at : at + AT_ONCE]
        counts = nights.named_and_unnamed(sites, [Night.of(day, known) for day in some])
        for day, (named, unnamed) in zip(some, counts, strict=True):
            yield NightLine(day, named, unnamed, guests.get(day))


def first_night(site: Site) -> date | None:
    """The first night anybody is known to have slept at a site."""
    here = Site.objects.filter(pk=site.pk)
    arrival = nights.first_arrival(here)
    tally = GuestTally.objects.filter(site=site, voided_at=None).order_by("night").first()
    known = [tally.night] if tally else []
    if arrival is not None:
        known.append(arrival.astimezone(ZoneInfo(site.zone)).date())
    return min(known, default=None)
