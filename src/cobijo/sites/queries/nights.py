"""Who slept where on a night: what figures of several sites are read from.

Every function asks a fixed number of questions, whatever the number of sites: the database sums, and no name leaves it.
``sites`` is a queryset of sites; the caller has asked whether figures of them may be seen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)

from cobijo.algorithms import ages
from cobijo.algorithms.ages import BandSet
from cobijo.core import clock
from cobijo.sites.models import Absence, Site, SiteReport, Space, StatusChange, Stay
from cobijo.sites.types import ReportKind, SiteStatus, StayState
from cobijo.sites.unnamed.models import Unnamed

AT_ONCE: Final = 10_000
_LAST: Final = 2**31

# --- a night ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Night:
    """A night in every zone of some sites: the local midnight that ends it, as one moment for each zone."""

    day: date
    ends: Mapping[str, datetime]

    @classmethod
    def of(cls, day: date, zones: Iterable[str]) -> "Night":
        return cls(day, {zone: clock.midnight_ending(day, ZoneInfo(zone)) for zone in zones})

    def condition(self, site: str, about: Callable[[datetime], Q]) -> Q:
        """A condition about the midnight, for rows that find their site by the path ``site``."""
        if len(self.ends) == 1:
            return about(next(iter(self.ends.values())))
        found = Q(pk__in=[])
        for zone, midnight in self.ends.items():
            found |= Q(about(midnight), **{f"{site}__zone": zone})
        return found


def _covering(start: str, end: str) -> Callable[[datetime], Q]:
    """Begun by that moment and not over: who comes in at midnight sleeps here, who leaves at midnight does not."""

    def about(midnight: datetime) -> Q:
        still = Q(**{end: None}) | Q(**{f"{end}__gt": midnight})
        return still & Q(**{f"{start}__lte": midnight})

    return about


# --- named stays -----------------------------------------------------------------------------------------------------


def true_stays(sites: QuerySet[Site]) -> QuerySet[Stay]:
    """The stays that count at some time: neither disputed nor void."""
    return Stay.objects.filter(site__in=sites, disputed=False, voided_at=None)


def slept(sites: QuerySet[Site], night: Night) -> QuerySet[Stay]:
    """The stays that count on a night: open at its midnight, undisputed, not void."""
    return true_stays(sites).filter(night.condition("site", _covering("in_at", "out_at")))


def by_sex_and_band(stays: QuerySet[Stay], bands: BandSet, day: date) -> list[tuple[UUID, str, int, int]]:
    """Site, sex, place of the age band in its set (unknown last) and persons, on the ages of that day."""
    banded = stays.filter(person__voided_at=None).annotate(band=_band(bands, day)).order_by()
    return list(banded.values_list("site_id", "person__sex", "band").annotate(persons=Count("*")))


def _band(bands: BandSet, day: date) -> Case:
    """The place of a person's age band. The birth kept is the latest possible, so an age in doubt is a child's."""
    whens = [When(person__birth_date=None, then=Value(len(bands.bands)))]
    whens += [
        When(person__birth_date__gt=born_after, then=Value(place))
        for place, (_, born_after, _) in enumerate(ages.cutoffs(bands, day)[:-1])
    ]
    return Case(*whens, default=Value(len(bands.bands) - 1), output_field=IntegerField())


def households_by_site(stays: QuerySet[Stay], numbers: QuerySet[Unnamed]) -> dict[UUID, int]:
    """Households with anybody there, named or not, by site."""
    found = defaultdict(int, _by_site(stays, Count("household", distinct=True)))
    nobody_named = ~Exists(stays.filter(site=OuterRef("site"), household=OuterRef("household")))
    for site, homes in _by_site(numbers.filter(nobody_named), Count("household", distinct=True)).items():
        found[site] += homes
    return found


def households(stays: QuerySet[Stay], numbers: QuerySet[Unnamed]) -> int:
    """Households with anybody there, each once, also where its people are at two sites."""
    named = int(stays.aggregate(total=Count("household", distinct=True))["total"])
    others = numbers.filter(~Exists(stays.filter(household=OuterRef("household"))))
    return named + int(others.aggregate(total=Count("household", distinct=True))["total"])


def _by_site(rows: QuerySet[Stay] | QuerySet[Unnamed], what: Count) -> dict[UUID, int]:
    return dict(rows.order_by().values_list("site_id").annotate(what=what))


def away(sites: QuerySet[Site], night: Night, *, few: bool) -> dict[UUID, int]:
    """Persons temporarily out at the midnight, by site. ``few``: the sites are one or a handful."""
    if few:
        return _by_site(slept(sites, night).filter(absent(night)), Count("*"))
    # Few are away and many are in: joined, the database would go through the many.
    absences = Absence.objects.filter(night.condition("stay__site", _covering("left_at", "back_at")))
    found: dict[UUID, int] = defaultdict(int)
    stays = sorted(set(absences.values_list("stay_id", flat=True)))
    for first in range(0, len(stays), AT_ONCE):
        some = slept(sites, night).filter(pk__in=stays[first : first + AT_ONCE])
        for site, persons in _by_site(some, Count("*")).items():
            found[site] += persons
    return found


def absent(night: Night) -> Exists:
    """Whether the person of a stay was temporarily out at the midnight, as an expression."""
    return Exists(
        Absence.objects.filter(night.condition("stay__site", _covering("left_at", "back_at")), stay=OuterRef("pk"))
    )


def ever_registering(sites: QuerySet[Site], night: Night) -> list[UUID]:
    """The sites where somebody had been registered by then: nobody there is then a known zero."""
    begun = night.condition("site", lambda midnight: Q(in_at__lte=midnight))
    stays = Stay.objects.filter(begun, site=OuterRef("pk"), disputed=False, voided_at=None)
    numbers = Unnamed.objects.filter(begun, site=OuterRef("pk"), voided_at=None)
    return list(sites.filter(Exists(stays) | Exists(numbers)).values_list("pk", flat=True))


def expected(sites: QuerySet[Site], night: Night) -> int:
    """Persons planned to arrive by that night who are not in yet."""
    planned = Stay.objects.filter(site__in=sites, state=StayState.PLANNED, voided_at=None)
    return planned.filter(planned_for__lte=night.day).count()


def night_by_night(sites: QuerySet[Site], nights: Sequence[Night]) -> list[int]:
    """Persons registered on each of the nights, named or not, in one pass over each."""
    return [named + unnamed for named, unnamed in named_and_unnamed(sites, nights)]


def named_and_unnamed(sites: QuerySet[Site], nights: Sequence[Night]) -> list[tuple[int, int]]:
    """Persons registered on each of the nights by name, and those of them without one, in one pass over each."""
    if not nights:
        return []
    covered = {f"night_{at}": night.condition("site", _covering("in_at", "out_at")) for at, night in enumerate(nights)}
    named: dict[str, Any] = {name: Count("in_at", filter=that) for name, that in covered.items()}
    counted: dict[str, Any] = {name: Sum("persons", filter=that, default=0) for name, that in covered.items()}
    stays = true_stays(sites).filter(in_at__isnull=False).aggregate(**named)
    numbers = Unnamed.objects.filter(site__in=sites, voided_at=None).aggregate(**counted)
    return [(stays[name], numbers[name]) for name in covered]


def first_arrival(sites: QuerySet[Site]) -> datetime | None:
    """When the first of all who count came in."""
    numbers = Unnamed.objects.filter(site__in=sites, voided_at=None)
    moments = [rows.aggregate(first=Min("in_at"))["first"] for rows in (true_stays(sites), numbers)]
    return min((moment for moment in moments if moment), default=None)


def by_space(stays: QuerySet[Stay], numbers: QuerySet[Unnamed]) -> list[tuple[str, int | None, int]]:
    """Name of a space, its own places and its persons, in the order of the site's list; no space stands last."""
    found: dict[tuple[int, str, int | None], int] = defaultdict(int)
    named = stays.order_by().values_list("space__place_in_list", "space__name", "space__capacity")
    counted = numbers.order_by().values_list("space__place_in_list", "space__name", "space__capacity")
    for rows in (named.annotate(people=Count("*")), counted.annotate(people=Sum("persons"))):
        for place, name, capacity, people in rows:
            found[_LAST if place is None else place, name or "", capacity] += people
    in_order = sorted(found.items(), key=lambda one: one[0][:2])
    return [(name, capacity, people) for (_, name, capacity), people in in_order]


# --- people without a name -------------------------------------------------------------------------------------------


def unnamed(sites: QuerySet[Site], night: Night) -> QuerySet[Unnamed]:
    """The numbers of people without a name that count on a night."""
    covering = night.condition("site", _covering("in_at", "out_at"))
    return Unnamed.objects.filter(covering, site__in=sites, voided_at=None)


def unnamed_by_sex_and_band(numbers: QuerySet[Unnamed]) -> list[tuple[UUID, str, str, int]]:
    """Site, sex, code of the age band as it was counted, and persons."""
    found = numbers.order_by().values_list("site_id", "sex", "band")
    return list(found.annotate(people=Sum("persons")))


# --- sites -----------------------------------------------------------------------------------------------------------


def not_open(sites: QuerySet[Site], night: Night) -> set[UUID]:
    """The sites that were closed, or only planned, at the midnight; before the first change a site is planned."""
    by_then = ExpressionWrapper(
        night.condition("site", lambda midnight: Q(at__lte=midnight)), output_field=BooleanField()
    )
    changes = StatusChange.objects.filter(site__in=sites).annotate(by_then=by_then)
    newest: dict[UUID, str] = {}
    for site, status, past in changes.order_by("at", "id").values_list("site_id", "status", "by_then"):
        newest[site] = status if past else newest.get(site, SiteStatus.PLANNED)
    return {site for site, status in newest.items() if status != SiteStatus.OPEN}


def places(sites: QuerySet[Site]) -> dict[UUID, tuple[int, bool]]:
    """Places of each site as its spaces stand today, and whether any is assumed: capacities under no other capacity.

    Trees are ``occupancy.DEEPEST`` levels deep, so three steps upward see every ancestor.
    """
    known = Space.objects.filter(
        site__in=sites,
        closed_at=None,
        capacity__isnull=False,
        parent__capacity=None,
        parent__parent__capacity=None,
        parent__parent__parent__capacity=None,
    )
    assumed = Count("id", filter=Q(capacity_assumed=True))
    found = known.order_by().values_list("site_id").annotate(places=Sum("capacity"), assumed=assumed)
    return {site: (total, bool(guessed)) for site, total, guessed in found}


# --- head-counts -----------------------------------------------------------------------------------------------------


def head_counts(sites: QuerySet[Site], day: date) -> list[SiteReport]:
    """The newest head-count of each site for a night, with its cells; of a site silent that night the newest before it.

    It is carried for as many days as its response says, and not where it was the site's final report.
    """
    before = SiteReport.objects.filter(site=OuterRef("pk"), night__lte=day, voided_at=None)
    newest = before.order_by("-night", "-observed_at", "-received_at", "-id").values("pk")[:1]
    found = SiteReport.objects.filter(pk__in=sites.annotate(report=Subquery(newest)).values("report"))
    reports = found.select_related("site__response").prefetch_related("cells")
    return [report for report in reports if report.night == day or _is_carried(report, day)]


def _is_carried(report: SiteReport, day: date) -> bool:
    return report.kind != ReportKind.FINAL and (day - report.night).days <= report.site.response.days_carried


def all_head_counts(sites: QuerySet[Site]) -> QuerySet[SiteReport]:
    """Every head-count, the newest night first, void ones too."""
    return SiteReport.objects.filter(site__in=sites).order_by("-night", "-observed_at", "-received_at", "-id")
