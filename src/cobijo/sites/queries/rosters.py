"""The people of a site by name, as far as the actor may see them, and whoever should be back by now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from cobijo.core import clock
from cobijo.people.queries import PersonLine, line_of, phones_of
from cobijo.people.types import NeedCode
from cobijo.sites import occupancy
from cobijo.sites.access import visible_to
from cobijo.sites.models import Absence, Death, Site, Stay
from cobijo.sites.types import OPEN, OutReason, StayState

PAGE = 50


@dataclass(frozen=True, slots=True)
class RosterFilter:
    """What a roster is narrowed to. A space takes in the spaces within it."""

    space: UUID | None = None
    state: StayState | None = None
    need: NeedCode | None = None
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Occupant:
    """A person at a site, or expected there."""

    stay_id: UUID
    line: PersonLine
    household_id: UUID | None
    household: str
    space: str
    state: StayState
    disputed: bool
    since: datetime | None
    expected_back: datetime | None
    overdue: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """A page of a site's people, families together, by space."""

    rows: tuple[Occupant, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(-(-self.total // PAGE), 1)

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.page - 1) * PAGE + len(self.rows)


def occupants(actor: UUID, site: UUID, wanted: RosterFilter | None = None, page: int = 1) -> Roster:
    """A page of the people at a site whom the actor may see; people of one household stand together."""
    rows = _narrowed(_at(actor, site), site, wanted or RosterFilter())
    total = rows.count()
    page = min(max(page, 1), max(-(-total // PAGE), 1))
    ordered = rows.order_by("space__place_in_list", "space__name", "household__number", "in_at", "id")
    found = _loaded(ordered)[(page - 1) * PAGE : page * PAGE]
    return Roster(tuple(_occupant(stay) for stay in found), total, page)


def overdue(actor: UUID, site: UUID) -> list[Occupant]:
    """Whoever should have come back by now, the longest overdue first."""
    late = _at(actor, site).filter(state=StayState.AWAY, expected_back__lt=clock.now())
    return [_occupant(stay) for stay in _loaded(late.order_by("expected_back", "id"))]


def out_without_hour(actor: UUID, site: Site) -> list[Occupant]:
    """Whoever went out before today on the site's clock, and nobody said until when; the longest out first."""
    zone = ZoneInfo(site.zone)
    today_begins = clock.midnight_ending(clock.today(zone) - timedelta(days=1), zone)
    out = Absence.objects.filter(stay=OuterRef("pk"), back_at=None, left_at__lt=today_begins)
    rows = _at(actor, site.pk).filter(Exists(out), state=StayState.AWAY, expected_back=None)
    left = Subquery(Absence.objects.filter(stay=OuterRef("pk"), back_at=None).values("left_at")[:1])
    return [_occupant(stay) for stay in _loaded(rows.annotate(left=left).order_by("left", "id"))]


ASKED_ABOUT: Final = 40
"""Of so many who are not back it is looked up whom to ask."""


@dataclass(frozen=True, slots=True)
class ToAsk:
    """Who may know where somebody is: those of the household who are in, and telephones on which calling is safe.

    Numbers are masked for who has no need of them.
    """

    mates: tuple[str, ...]
    phones: tuple[str, ...]


def whom_to_ask(actor: UUID, site: UUID, missing: Sequence[Occupant]) -> dict[UUID, ToAsk]:
    """For each of those who are not back, whom to ask, by stay; people as far as the actor sees them."""
    asked = missing[:ASKED_ABOUT]
    homes = {one.household_id for one in asked if one.household_id}
    there = _at(actor, site).filter(household__in=homes, state=StayState.IN).select_related("person")
    mates: dict[UUID | None, list[str]] = {}
    for stay in there.order_by("person__birth_date", "id"):
        mates.setdefault(stay.household_id, []).append(line_of(stay.person).label)
    return {
        one.stay_id: ToAsk(
            mates=tuple(mates.get(one.household_id, ())) if one.household_id else (),
            phones=tuple(
                f"{phone.number} ({phone.answered_by})" if phone.answered_by else phone.number
                for phone in phones_of(actor, one.line.id)
                if phone.safe_to_call is not False
            ),
        )
        for one in asked
    }


def household_at(actor: UUID, site: UUID, household: UUID | None, stay: UUID) -> list[Occupant]:
    """The open stays of a household at a site; of nobody's household, the one stay."""
    together = Q(household=household) if household else Q(pk=stay)
    rows = _at(actor, site).filter(together, state__in=OPEN)
    return [_occupant(one) for one in _loaded(rows.order_by("person__birth_date", "id"))]


def _at(actor: UUID, site: UUID) -> QuerySet[Stay]:
    return visible_to(actor, Stay.objects.filter(site=site, out_at=None))


def _narrowed(rows: QuerySet[Stay], site: UUID, wanted: RosterFilter) -> QuerySet[Stay]:
    if wanted.space is not None:
        node = occupancy.read(site).nodes.get(wanted.space)
        rows = rows.filter(space__in=[below.id for below in node.downward()] if node else [])
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    if wanted.need is not None:
        rows = rows.filter(person__needs__code=wanted.need, person__needs__ends_at=None)
    return rows.filter(disputed=True) if wanted.disputed else rows


def _loaded(rows: QuerySet[Stay]) -> QuerySet[Stay]:
    return rows.select_related("person", "household", "space").prefetch_related("person__needs")


def _occupant(stay: Stay) -> Occupant:
    needs = {need.code for need in stay.person.needs.all() if need.ends_at is None}
    back = stay.expected_back
    return Occupant(
        stay_id=stay.id,
        line=line_of(stay.person),
        household_id=stay.household_id,
        household=stay.household.code if stay.household else "",
        space=stay.space.name if stay.space else "",
        state=StayState(stay.state),
        disputed=stay.disputed,
        since=stay.in_at,
        expected_back=back,
        overdue=stay.state == StayState.AWAY and back is not None and back < clock.now(),
        needs=tuple(str(need.label) for need in NeedCode if need in needs),
    )


# --- one person's stays ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay of a person at a site of the reader's."""

    stay_id: UUID
    site_id: UUID
    site: str
    zone: str
    space: str
    state: StayState
    disputed: bool
    planned_for: date | None
    in_at: datetime | None
    out_at: datetime | None
    out_reason: str
    destination: str
    expected_back: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether the person is at the site now, or temporarily out."""
        return self.state in OPEN

    @property
    def overdue(self) -> bool:
        return self.state is StayState.AWAY and self.expected_back is not None and self.expected_back < clock.now()


def stays_of(actor: UUID, person: UUID) -> list[StayLine]:
    """A person's stays at the actor's own sites, newest first: nowhere else (TRUST.md)."""
    rows = visible_to(actor, Stay.objects.filter(person=person)).select_related("site__unit", "space")
    newest = F("in_at").desc(nulls_first=True)
    return [_stay_line(stay) for stay in rows.order_by(F("out_at").desc(nulls_first=True), newest, "-id")]


def _stay_line(stay: Stay) -> StayLine:
    return StayLine(
        stay_id=stay.id,
        site_id=stay.site_id,
        site=stay.site.unit.name,
        zone=stay.site.zone,
        space=stay.space.name if stay.space else "",
        state=StayState(stay.state),
        disputed=stay.disputed,
        planned_for=stay.planned_for,
        in_at=stay.in_at,
        out_at=stay.out_at,
        out_reason=str(OutReason(stay.out_reason).label) if stay.out_reason else "",
        destination=stay.destination,
        expected_back=stay.expected_back,
    )


def household_stays(actor: UUID, household: UUID) -> list[StayLine]:
    """The open stays of a household at the actor's own sites, one for each site: how its people leave together."""
    rows = visible_to(actor, Stay.objects.filter(household=household, state__in=OPEN))
    first = {stay.site_id: stay for stay in rows.select_related("site__unit", "space").order_by("-id")}
    return [_stay_line(stay) for stay in first.values()]


def death_of(actor: UUID, person: UUID) -> Death | None:
    """The death of a person the actor may see, as its document states it."""
    return visible_to(actor, Death.objects.filter(person=person)).first()


# --- people without a record -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who is counted at a site although their record was erased."""

    stay_id: UUID
    space: str
    since: datetime | None


def erased_still_in(site: Site) -> Sequence[Absent]:
    """The stays that still count although nobody is named in them any more; for whoever checks people out there."""
    rows = occupancy.sleeping(site.pk).filter(person__anonymous=True).select_related("space").order_by("in_at", "id")
    return [Absent(stay.id, stay.space.name if stay.space else "", stay.in_at) for stay in rows]
