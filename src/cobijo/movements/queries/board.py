"""The live board of a centre: who waits for which station, who is with whom, since when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.accounts.queries import names_of
from cobijo.core import clock
from cobijo.movements import stations
from cobijo.movements.models import Movement, StationVisit, Traveller
from cobijo.movements.queries.people import Line, lines_of, travellers_of
from cobijo.movements.queries.waiting import name_of
from cobijo.movements.rules.centres import centre_at
from cobijo.movements.stations import Station
from cobijo.movements.types import (
    OVER,
    TO_PROTECTION,
    Direction,
    MovementState,
    Private,
    TravellerState,
)

SHOWN: Final = 60
"""So many who wait stand in a column; those behind them are counted."""
_HERE: Final = (TravellerState.EXPECTED, TravellerState.HERE)


@dataclass(frozen=True, slots=True)
class With:
    """Somebody called to a station or with its clerk."""

    visit: UUID
    line: Line
    station: Station
    since: datetime
    begun: bool
    by: UUID | None
    name: str
    mine: bool


@dataclass(slots=True)
class Column:
    """A station: who is there, who waits for it (the first of them in order), how many have been."""

    station: Station
    at: list[With] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    waits: frozenset[UUID] = frozenset()
    done: int = 0

    @property
    def many(self) -> int:
        return len(self.waits)

    @property
    def more(self) -> int:
        return self.many - len(self.waiting)


@dataclass(frozen=True, slots=True)
class Board:
    """A centre at this moment. ``counted`` are all who are here of open arrivals, protected people too."""

    site: Any
    at: datetime
    columns: list[Column]
    movements: list[tuple[UUID, str]]
    expected: int
    counted: int
    gone: int
    children: list[Line]
    ready: list[Line]
    mine: list[With]


def board(actor: UUID, site: Any) -> Board:
    """The board of a centre in a constant number of queries."""
    now, centre = clock.now(), centre_at(site.pk)
    open_ones = Movement.objects.filter(site=site, direction=Direction.ARRIVAL, state=MovementState.ARRIVED)
    moves = list(open_ones.select_related("site").order_by("-at"))
    everybody = travellers_of(actor, [one.pk for one in moves])
    found = [one for one in everybody if one.state in _HERE]
    today = now.astimezone(ZoneInfo(site.zone)).date()
    lines = lines_of(actor, found, today, centre.child_hours)
    visits = list(StationVisit.objects.filter(traveller__in=[one.id for one in found]))
    columns = [Column(stations.stations()[code]) for code in centre.stations if code in stations.stations()]
    names = names_of({one.by_id for one in visits if one.by_id and one.ended_at is None})
    with_clerks = _with_clerks(actor, lines, visits, names)
    _fill(columns, lines, visits, with_clerks)
    counts = _counts(moves)
    return Board(
        site=site,
        at=now,
        columns=columns,
        movements=[(one.pk, name_of(one)) for one in moves],
        expected=counts.get(TravellerState.EXPECTED, 0),
        counted=counts.get(TravellerState.HERE, 0),
        gone=counts.get(TravellerState.GONE, 0),
        children=children_here(actor, site, today, centre.child_hours),
        ready=[one for one in lines if one.state == TravellerState.HERE and _is_ready(one, columns, with_clerks)],
        mine=[one for one in with_clerks.values() if one.mine],
    )


def _counts(moves: Sequence[Movement]) -> dict[str, int]:
    """How many are in each state, protected people too: a figure."""
    found: dict[str, int] = {}
    rows = Traveller.objects.filter(movement__in=[one.pk for one in moves], voided_at=None)
    for state in rows.values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def _with_clerks(
    actor: UUID, lines: Sequence[Line], visits: Sequence[StationVisit], names: Mapping[UUID, str]
) -> dict[UUID, With]:
    by_id = {one.id: one for one in lines}
    return {
        visit.traveller_id: With(
            visit=visit.id,
            line=by_id[visit.traveller_id],
            station=stations.stations()[visit.station],
            since=visit.began_at or visit.called_at or clock.now(),
            begun=visit.began_at is not None,
            by=visit.by_id,
            name=names.get(visit.by_id, "") if visit.by_id else "",
            mine=visit.by_id == actor,
        )
        for visit in visits
        if visit.ended_at is None and visit.traveller_id in by_id and visit.station in stations.stations()
    }


def _fill(
    columns: Sequence[Column], lines: Sequence[Line], visits: Sequence[StationVisit], with_clerks: Mapping[UUID, With]
) -> None:
    been: dict[str, set[UUID]] = {}
    for visit in visits:
        if visit.outcome in OVER:
            been.setdefault(visit.station, set()).add(visit.traveller_id)
    for column in columns:
        code = column.station.code
        done = been.get(code, set())
        column.done = len(done)
        column.at = sorted((one for one in with_clerks.values() if one.station.code == code), key=lambda one: one.since)
        waiting = [
            one
            for one in lines
            if one.id not in done and one.id not in with_clerks and _goes_there(one, column.station)
        ]
        column.waits, column.waiting = frozenset(one.id for one in waiting), waiting[:SHOWN]


def _goes_there(one: Line, station: Station) -> bool:
    if station.code == stations.REGISTRATION:
        return one.state == TravellerState.EXPECTED
    if one.state != TravellerState.HERE:
        return False
    if station.who == "private":
        return one.private == Private.ASKED
    return station.who == "all" or one.travels_with in TO_PROTECTION


def _is_ready(one: Line, columns: Sequence[Column], with_clerks: Mapping[UUID, With]) -> bool:
    """Whether nothing but onward transport is left for somebody."""
    waits = {column.station.code for column in columns if one.id in column.waits} - {stations.TRANSPORT}
    return not waits and one.id not in with_clerks


def children_here(actor: UUID, site: Any, today: Any, child_hours: int) -> list[Line]:
    """Children in nobody's care who are at the centre, of whatever movement, with when their longest stay ends."""
    waiting = Traveller.objects.filter(
        movement__site=site, state=TravellerState.HERE, travels_with__in=TO_PROTECTION, voided_at=None
    )
    moves = set(waiting.values_list("movement_id", flat=True))
    wanted = set(waiting.values_list("pk", flat=True))
    found = [one for one in travellers_of(actor, moves) if one.pk in wanted]
    lines = [one for one in lines_of(actor, found, today, child_hours) if one.in_nobodys_care]
    return sorted(lines, key=lambda one: one.ends_at or clock.now())


def time_left(ends_at: datetime) -> timedelta:
    """How long until a moment; less than nothing where it is over."""
    return ends_at - clock.now()
