"""Travellers at the stations of a centre, in any order, with one clerk at a time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Outcome
from cobijo.movements import services
from cobijo.movements.models import Centre, StationVisit, Traveller
from cobijo.movements.tests.centre import announced, centre, receive, somebody
from cobijo.movements.types import VisitOutcome
from tests.cast import Cast, act, assemble

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def there(cast: Cast) -> Cast:
    return centre(cast)


def begin(cast: Cast, traveller: Traveller, station: str, **more: Any) -> StationVisit:
    who = more.pop("who", cast.ana)
    return services.begin_station(
        act(who, **more),
        visit_id=uuid7(),
        traveller_id=traveller.pk,
        station=station,
    )


def test_a_traveller_goes_through_stations_in_any_order(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    for station in ("food", "health", "call"):
        visit = begin(there, rosa, station)
        services.end_station(act(there.ana), visit_id=visit.pk)
    done = rosa.visits.exclude(ended_at=None).values_list("station", flat=True)
    assert sorted(done) == ["call", "food", "health", "registration"]


def test_whom_a_colleague_has_is_refused_with_where_and_since_when(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    begin(there, rosa, "health", who=there.beto)
    with pytest.raises(DomainError) as refused:
        begin(there, rosa, "food")
    assert refused.value.code == "movements.taken"
    assert refused.value.params["station"] in ("Salud", "Health")
    assert rosa.visits.filter(station="food").count() == 0


def test_somebody_called_to_a_station_is_called_to_no_other_and_taken_there(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    services.call_to_station(act(there.beto), visit_id=uuid7(), traveller_id=rosa.pk, station="cash")
    with pytest.raises(DomainError):
        begin(there, rosa, "food")
    taken = begin(there, rosa, "cash")
    assert (taken.by_id, rosa.visits.filter(ended_at=None).count()) == (there.ana.id, 1)


def test_only_who_took_somebody_ends_it_or_whoever_manages_the_centre(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    visit = begin(there, rosa, "health", who=there.case_worker)
    with pytest.raises(DomainError) as refused:
        services.end_station(act(there.ana), visit_id=visit.pk)
    assert refused.value.code == "movements.other_clerk"
    services.end_station(act(there.beto), visit_id=visit.pk, outcome=VisitOutcome.LATER)
    with pytest.raises(DomainError) as refused:
        services.end_station(act(there.beto), visit_id=visit.pk)
    assert refused.value.code == "movements.visit_over"


def test_what_two_noted_at_once_offline_is_kept_and_said(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    clock.move(timedelta(hours=1))
    begin(there, rosa, "health", who=there.beto)
    late = act(there.ana, happened_at=clock.now() - timedelta(minutes=30))
    services.begin_station(late, visit_id=uuid7(), traveller_id=rosa.pk, station="food")
    assert [one["code"] for one in Outcome.objects.get(intent__op_id=late.op_id).flags] == ["movements.at_two_stations"]
    assert rosa.visits.filter(ended_at=None).count() == 1


def test_a_station_the_centre_does_not_have_is_refused(there: Cast) -> None:
    services.set_centre(act(there.beto), site_id=there.a.id, station_codes=["registration", "food"])
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    with pytest.raises(DomainError) as refused:
        begin(there, rosa, "health")
    assert refused.value.code == "movements.unknown_station"


@pytest.mark.parametrize(
    ("codes", "code"),
    [
        (["food", "health"], "movements.registers_nobody"),
        (["registration", "food", "food"], "movements.station_twice"),
        (["registration", "casino"], "movements.unknown_station"),
    ],
)
def test_a_centre_is_set_up_with_stations_that_make_sense(there: Cast, codes: list[str], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.set_centre(act(there.beto), site_id=there.a.id, station_codes=codes)
    assert refused.value.code == code
    assert not Centre.objects.exists()


def test_before_registration_nobody_is_at_another_station(there: Cast) -> None:
    flight = announced(there)
    rosa = somebody("Rosa Mejía", line=1)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[rosa])
    with pytest.raises(DomainError) as refused:
        services.begin_station(act(there.ana), visit_id=uuid7(), traveller_id=rosa.traveller_id, station="food")
    assert refused.value.code == "movements.not_received"
    services.begin_station(act(there.ana), visit_id=uuid7(), traveller_id=rosa.traveller_id, station="registration")
    receive(there, flight, rosa)
    assert StationVisit.objects.get(traveller=rosa.traveller_id).ended_at is not None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.booleans()), max_size=12))
def test_however_three_clerks_work_nobody_is_with_two_at_once(db: None, steps: list[tuple[int, int, bool]]) -> None:
    with transaction.atomic():
        cast = centre(assemble())
        people = [receive(cast, announced(cast), somebody(f"Ana{at} López"))[0] for at in range(3)]
        clerks = [cast.ana, cast.beto, cast.case_worker]
        for clerk, traveller, ends in steps:
            who, one = clerks[clerk], people[traveller]
            mine = StationVisit.objects.filter(by=who, ended_at=None).first()
            try:
                if ends and mine:
                    services.end_station(act(who), visit_id=mine.pk)
                else:
                    begin(cast, one, ("food", "call", "cash")[clerk], who=who)
            except DomainError as refused:
                assert refused.code == "movements.taken"  # noqa: PT017 - the only thing that may be refused here
            for each in people:
                assert each.visits.filter(ended_at=None).count() <= 1
        transaction.set_rollback(True)
