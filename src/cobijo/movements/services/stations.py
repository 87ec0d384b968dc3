"""People at the stations of a centre, in any order, with one clerk at a time."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.core import rows
from cobijo.core.context import flag, is_late
from cobijo.core.errors import DomainError
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, Act, verb
from cobijo.movements import stations
from cobijo.movements.models import StationVisit, Traveller
from cobijo.movements.refusals import GONE_ALREADY, NOT_RECEIVED, OTHER_CLERK, TAKEN, VISIT_OVER
from cobijo.movements.rules import centres
from cobijo.movements.types import Code, Flag, TravellerState, VisitOutcome


@verb(
    "movements.call_to_station",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"station": FREE},
    says=_("Called to a station"),
)
def call_to_station(act: Act, *, visit_id: UUID, traveller_id: UUID, station: Code) -> StationVisit:
    """Call somebody to a station: no other calls them meanwhile."""
    traveller = _ready(traveller_id, station)
    if over := _in_the_way(traveller, visit_id):
        return _late_beside(act, traveller, visit_id, station, over)
    return rows.add(StationVisit(id=visit_id, traveller=traveller, station=station, called_at=act.happened_at))


@verb(
    "movements.begin_station",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"station": FREE},
    says=_("Taken at a station"),
)
def begin_station(act: Act, *, visit_id: UUID, traveller_id: UUID, station: Code) -> StationVisit:
    """Take somebody at a station, called or not. Whom a colleague has now is refused, with where and since when."""
    traveller = _ready(traveller_id, station)
    called = traveller.visits.filter(ended_at=None, began_at=None).first()
    if called is not None and called.station == station:
        return rows.change(called, began_at=act.happened_at, by_id=act.actor)
    if over := _in_the_way(traveller, visit_id):
        return _late_beside(act, traveller, visit_id, station, over)
    visit = StationVisit(id=visit_id, traveller=traveller, station=station, began_at=act.happened_at, by_id=act.actor)
    return rows.add(visit)


def _ready(traveller_id: UUID, station: str) -> Traveller:
    """A traveller who can be at a station: one who is here, and before that at registration only."""
    traveller = centres.lock_traveller(traveller_id)
    centres.check_station(traveller.movement.site_id, station)
    if traveller.state == TravellerState.GONE and not is_late():
        raise GONE_ALREADY()
    waits = traveller.state in (TravellerState.EXPECTED, TravellerState.ABSENT)
    if waits and station != stations.REGISTRATION and not is_late():
        raise NOT_RECEIVED()
    return traveller


def _in_the_way(traveller: Traveller, visit_id: UUID) -> StationVisit | None:
    """The open visit of a traveller; online it is refused, and said where they are."""
    other = traveller.visits.filter(ended_at=None).exclude(pk=visit_id).first()
    if other is not None and not is_late():
        raise _taken(traveller, other)
    return other


def _taken(traveller: Traveller, other: StationVisit) -> DomainError:
    hour = centres.hour_at(traveller.movement.site_id, other.began_at or other.called_at)
    return TAKEN(station=_name(other.station), hour=hour)


def _name(code: str) -> str:
    known = stations.stations().get(code)
    return known.name if known else code


def _late_beside(act: Act, traveller: Traveller, visit_id: UUID, station: str, other: StationVisit) -> StationVisit:
    """What was noted elsewhere at the same time is kept as over at its moment, and said."""
    flag(Flag.AT_TWO_STATIONS, traveller=traveller.id, other=other.id)
    over = StationVisit(
        id=visit_id,
        traveller=traveller,
        station=station,
        began_at=act.happened_at,
        ended_at=act.happened_at,
        by_id=act.actor,
        outcome=VisitOutcome.LATER,
    )
    return rows.add(over)


@verb(
    "movements.end_station",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"outcome": FREE},
    says=_("Done at a station"),
)
def end_station(act: Act, *, visit_id: UUID, outcome: VisitOutcome = VisitOutcome.DONE) -> StationVisit:
    """Let somebody go on from a station. A call nobody answered ends with ``later``."""
    visit = StationVisit.objects.select_for_update(of=("self",)).select_related("traveller__movement").get(pk=visit_id)
    if visit.ended_at is not None:
        if not is_late():
            raise VISIT_OVER()
        flag(Flag.ENDED_BEFORE, visit=visit.id)
        return visit
    if visit.by_id is not None and visit.by_id != act.actor and not _may_end_for_others(act, visit):
        raise OTHER_CLERK(station=_name(visit.station))
    began = visit.began_at or visit.called_at or act.happened_at
    return rows.change(visit, ended_at=max(act.happened_at, began), outcome=outcome)


def _may_end_for_others(act: Act, visit: StationVisit) -> bool:
    """Whoever manages the centre sets free whom a colleague forgot at the end of a turn."""
    return centres.manages(act.actor, visit.traveller.movement.site_id)
