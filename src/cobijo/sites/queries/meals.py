"""Who is expected at each meal of a day: what a kitchen and an order reckon with, which is not who slept.

Figures only: the caller has asked whether they may be seen. No name is read; the ids are for other figures to join.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.core import clock
from cobijo.people.queries.who import with_need
from cobijo.people.types import NeedCode, Sex
from cobijo.sites import occupancy
from cobijo.sites.guests.models import NEWEST, GuestTally
from cobijo.sites.models import Site, SiteReport, Stay, TransferMember
from cobijo.sites.types import Method, StayState, TransferState
from cobijo.sites.unnamed.models import TransferNumber, Unnamed


class Meal(models.TextChoices):
    """A meal of the day."""

    BREAKFAST = "breakfast", _("breakfast")
    LUNCH = "lunch", _("lunch")
    DINNER = "dinner", _("dinner")


HOURS: Final[Mapping[Meal, time]] = {Meal.BREAKFAST: time(7), Meal.LUNCH: time(12, 30), Meal.DINNER: time(18, 30)}
"""When each is eaten, on the site's clock."""
NIGHTS_CARRIED: Final = 2
"""For so many nights a head-count is carried forward, always with its age; an older one is only named."""
_COUNTED: Final = frozenset({Method.HEAD_COUNT.value, Method.LIST.value})
"""The methods whose parts by sex and age somebody really counted. No other part feeds an order."""

At = tuple[bool, bool, bool]
"""Whether somebody is expected at breakfast, lunch and dinner."""
ALL_DAY: Final[At] = (True, True, True)
_NEVER: Final[At] = (False, False, False)
_OVERNIGHT: Final[At] = (True, False, True)
"""Guests of a night shelter come for dinner and leave after breakfast."""


@dataclass(frozen=True, slots=True)
class Eater:
    """A registered person expected at some meal. ``born``: the latest day possible; ``infant``: a need at the door."""

    person: UUID
    sex: Sex
    born: date | None
    infant: bool
    medicine: bool
    household: UUID | None
    at: At


@dataclass(frozen=True, slots=True)
class Numbers:
    """People who are there as a number only: sex and age band as they were counted."""

    sex: str
    band: str
    persons: int
    at: At = ALL_DAY


@dataclass(frozen=True, slots=True)
class Beyond:
    """What the newest head-count says beyond those registered. ``counts``: whether it is reckoned with.

    ``nights``: how old it is; ``cells``: whom it says there are, where nobody is registered and it was really counted.
    """

    persons: int
    households: int | None
    method: Method
    observed_at: datetime
    nights: int
    counts: bool
    cells: tuple[Numbers, ...] = ()


@dataclass(frozen=True, slots=True)
class Served:
    """People the newest report says are served at the site and sleep elsewhere. ``counts`` and ``nights`` as above."""

    persons: int
    method: Method
    observed_at: datetime
    nights: int
    counts: bool


@dataclass(frozen=True, slots=True)
class Guests:
    """Guests of a night shelter at the last night counted at its door. ``counts`` and ``nights`` as above."""

    cells: tuple[Numbers, ...]
    counted_at: datetime
    nights: int
    counts: bool

    @property
    def persons(self) -> int:
        return sum(cell.persons for cell in self.cells)


@dataclass(frozen=True, slots=True)
class MadeOf:
    """Of what an expectation is made. The last three are not reckoned with, and are said instead.

    ``leaving``: by an accepted transfer; ``unanswered``: proposed only, so still reckoned with; ``no_hour``: out
    without an hour to be back.
    """

    here: int
    back: int
    coming: int
    unnamed: int
    leaving: int
    unanswered: int
    not_back: int
    no_hour: int
    not_come: int


@dataclass(frozen=True, slots=True)
class Expected:
    """Who is expected at the meals of a day."""

    day: date
    as_of: datetime
    eaters: tuple[Eater, ...]
    numbers: tuple[Numbers, ...]
    beyond: Beyond | None
    made_of: MadeOf
    served: Served | None = None
    guests: Guests | None = None

    @property
    def eating_only(self) -> int:
        """Those reckoned with at every meal who sleep elsewhere: they need a plate, and no mat."""
        return self.served.persons if self.served and self.served.counts else 0

    @property
    def without_name(self) -> tuple[Numbers, ...]:
        """Everybody expected who is no registered person by name."""
        beyond = self.beyond
        guests = self.guests.cells if self.guests and self.guests.counts else ()
        if beyond is None or not beyond.counts:
            return (*self.numbers, *guests)
        told = sum(cell.persons for cell in beyond.cells)
        rest = Numbers(Sex.UNKNOWN, UNKNOWN, beyond.persons - told)
        return (*self.numbers, *guests, *beyond.cells, *((rest,) if rest.persons else ()))

    def at(self, meal: Meal) -> int:
        """How many are expected at a meal."""
        place = list(Meal).index(meal)
        named = sum(eater.at[place] for eater in self.eaters)
        return named + sum(one.persons for one in self.without_name if one.at[place]) + self.eating_only

    @property
    def most(self) -> int:
        """How many are expected at the fullest meal."""
        return max(self.at(meal) for meal in Meal)


def expected_at_meals(site: Site, day: date) -> Expected:
    """Who is expected at a site on a day, today or later, as far as it is known now; nine queries.

    Present, back by the hour of the meal, and arriving (from lunch on the day itself); without those who travel to
    another site (after breakfast on the day) and those who should be back and are not. People whom a head-count says
    there are beyond those registered are added, unless it is hearsay or too old; and those it says eat there and sleep
    elsewhere; a night shelter's guests at dinner and breakfast, as many as were last counted at its door. Who has no
    name and travels is reckoned with at both ends, at every meal of that day.
    """
    zone, now = ZoneInfo(site.zone), clock.now()
    asking = _Asking(day, now, zone, _travelling(site, day))
    eaters, told = _eaters(site, asking)
    here = list(occupancy.numbers(site.pk))
    numbers = _numbers(here, site, day)
    unnamed = sum(one.persons for one in numbers)
    made_of = MadeOf(**told, unnamed=unnamed, unanswered=_unanswered(site, day))
    registered = Stay.objects.filter(occupancy.counted_at(now), site=site).count() + sum(one.persons for one in here)
    report, guests, today = _newest_report(site, asking.today), _guests(site, asking.today), asking.today
    if guests and guests.counts:
        registered += guests.persons
    beyond = _beyond(report, registered, today) if report else None
    served = _served(report, today) if report else None
    return Expected(day, now, eaters, numbers, beyond, made_of, served, guests)


# --- the registered --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asking:
    """For which day and as of when, and who travels when."""

    day: date
    now: datetime
    zone: ZoneInfo
    travels: Mapping[UUID, date]

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def hours(self) -> Iterator[datetime]:
        return (datetime.combine(self.day, hour, self.zone) for hour in HOURS.values())


_TOLD: Final = ("here", "back", "coming", "leaving", "not_back", "no_hour", "not_come")


def _eaters(site: Site, asking: _Asking) -> tuple[tuple[Eater, ...], dict[str, int]]:
    """Those expected at any meal, and how many there are of each kind."""
    by_then = Q(planned_for=None) | Q(planned_for__lte=asking.day) | ~Q(state=StayState.PLANNED)
    stays = Stay.objects.filter(by_then, site=site, out_at=None, disputed=False, voided_at=None)
    infant, medicine = (Exists(with_need(OuterRef("person"), code)) for code in (NeedCode.INFANT, NeedCode.MEDICINE))
    rows = stays.annotate(infant=infant, medicine=medicine).select_related("person").order_by("id")
    told = dict.fromkeys(_TOLD, 0)
    found = []
    for stay in rows.iterator():
        what, at = _when(stay, asking)
        told[what] += 1
        if any(at):
            person = stay.person
            eater = Eater(
                person.pk, Sex(person.sex), person.birth_date, stay.infant, stay.medicine, stay.household_id, at
            )
            found.append(eater)
    return tuple(found), told


def _when(stay: Stay, asking: _Asking) -> tuple[str, At]:
    """At which meals somebody is expected, and what is said of them."""
    if stay.state == StayState.PLANNED:
        return _coming(stay.planned_for, asking)
    if stay.pk in asking.travels:
        goes = max(asking.travels[stay.pk], asking.today)
        return "leaving", _NEVER if goes < asking.day else (True, False, False)
    if stay.state == StayState.AWAY:
        return _back(stay.expected_back, asking)
    return "here", ALL_DAY


def _coming(planned_for: date | None, asking: _Asking) -> tuple[str, At]:
    if planned_for is None or planned_for < asking.today:
        return "not_come", _NEVER
    return "coming", ALL_DAY if planned_for < asking.day else (False, True, True)


def _back(expected: datetime | None, asking: _Asking) -> tuple[str, At]:
    if expected is None:
        return "no_hour", _NEVER
    if expected < asking.now:
        return "not_back", _NEVER
    breakfast, lunch, dinner = (expected <= hour for hour in asking.hours())
    return "back", (breakfast, lunch, dinner)


def _numbers(here: Iterable[Unnamed], site: Site, day: date) -> tuple[Numbers, ...]:
    """People without a name who are there on a day: not those who have travelled by then, and those who have come."""
    moving = TransferNumber.objects.filter(transfer__state=TransferState.ACCEPTED, arrived=None)
    either = Q(transfer__from_site=site) | Q(transfer__to_site=site)
    true = Q(counted__out_at=None, counted__voided_at=None)
    accepted = list(moving.filter(either, true).select_related("transfer", "counted"))
    gone = {one.counted_id for one in accepted if one.transfer.to_site_id != site.pk and one.transfer.travels_on < day}
    come = [one.counted for one in accepted if one.transfer.to_site_id == site.pk and one.transfer.travels_on <= day]
    staying = [one for one in here if one.pk not in gone]
    return tuple(Numbers(one.sex, one.band, one.persons) for one in (*staying, *come))


def _travelling(site: Site, day: date) -> dict[UUID, date]:
    """The stays that an accepted transfer ends by that day, each with the day of travel."""
    accepted = TransferMember.objects.filter(transfer__from_site=site, transfer__state=TransferState.ACCEPTED)
    return dict(accepted.filter(transfer__travels_on__lte=day).values_list("from_stay_id", "transfer__travels_on"))


def _unanswered(site: Site, day: date) -> int:
    """People of transfers that nobody has answered yet."""
    proposed = TransferMember.objects.filter(transfer__from_site=site, transfer__state=TransferState.PROPOSED)
    return proposed.filter(transfer__travels_on__lte=day).count()


# --- beyond the registered -------------------------------------------------------------------------------------------


def _guests(site: Site, today: date) -> Guests | None:
    """The guests at the last night counted; None where the site is open all day or nobody came."""
    if site.opens_at is None:
        return None
    tallies = GuestTally.objects.filter(site=site, voided_at=None, night__lte=today)
    last = tallies.order_by("-night", *NEWEST).prefetch_related("cells").first()
    cells = tuple(Numbers(one.sex, one.band, one.persons, _OVERNIGHT) for one in last.cells.all()) if last else ()
    if last is None or not cells:
        return None
    nights = (today - last.night).days
    return Guests(cells, last.counted_at, nights, nights <= NIGHTS_CARRIED)


def _newest_report(site: Site, today: date) -> SiteReport | None:
    reports = SiteReport.objects.filter(site=site, voided_at=None, night__lte=today)
    return reports.order_by("-night", "-observed_at", "-received_at").prefetch_related("cells").first()


def _age_of(report: SiteReport, today: date) -> tuple[Method, int, bool]:
    """How it was counted, how many nights ago, and whether it is reckoned with."""
    method, nights = Method(report.method), (today - report.night).days
    return method, nights, method is not Method.HEARSAY and nights <= NIGHTS_CARRIED


def _served(report: SiteReport, today: date) -> Served | None:
    if not report.served_elsewhere:
        return None
    method, nights, counts = _age_of(report, today)
    return Served(report.served_elsewhere, method, report.observed_at, nights, counts)


def _beyond(report: SiteReport, registered: int, today: date) -> Beyond | None:
    """What the newest head-count says beyond them; None where it says no more."""
    if report.persons <= registered:
        return None
    method, nights, counts = _age_of(report, today)
    return Beyond(
        persons=report.persons - registered,
        households=report.households if not registered else None,
        method=method,
        observed_at=report.observed_at,
        nights=nights,
        counts=counts,
        cells=_cells(report) if counts and not registered and report.method in _COUNTED else (),
    )


def _cells(report: SiteReport) -> tuple[Numbers, ...]:
    """The parts of a head-count, if they do not contradict its whole."""
    cells = tuple(Numbers(cell.sex, cell.band, cell.persons) for cell in report.cells.all())
    return cells if sum(cell.persons for cell in cells) <= report.persons else ()
