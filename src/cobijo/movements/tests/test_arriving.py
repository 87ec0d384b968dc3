"""A movement is announced with its list, arrives, and its people are received once each."""

from datetime import timedelta

import pytest

from cobijo.core import clock, erasure, keys
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Outcome, Segment
from cobijo.movements import access, sealing, services
from cobijo.movements.listeners import empty_old_lists
from cobijo.movements.models import Movement, StationVisit, Traveller
from cobijo.movements.tests.centre import HOUR, announced, centre, child, do, flags, paper, person, receive, somebody
from cobijo.movements.types import (
    Direction,
    MovementKind,
    MovementState,
    Private,
    TravellerIn,
    TravellerState,
    TravelsWith,
    Way,
)
from cobijo.people import services as people
from cobijo.people.models import Person, PersonScope
from cobijo.people.types import ScopeReason
from cobijo.sites.models import Stay
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast: Cast) -> Cast:
    return centre(cast)


def names_listed(movement: Movement) -> set[str]:
    return {said["given_names"] for said in sealing.open_listed(movement.travellers.filter(voided_at=None)).values()}


def test_a_flight_is_announced_with_its_list_and_nobody_is_registered_by_it(there: Cast) -> None:
    flight = announced(there)
    people = Person.objects.count()
    two = [somebody("Rosa Mejía", line=1, seat="4A"), child("Lito Mejía", line=2)]
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=two)
    assert Person.objects.count() == people
    assert names_listed(flight) == {"Rosa", "Lito"}
    assert not any(b"Rosa" in bytes(one.sealed) for one in flight.travellers.all())


def test_a_family_of_the_list_is_received_and_what_the_list_said_is_gone(there: Cast) -> None:
    flight = announced(there)
    rosa, lito = somebody("Rosa Mejía", line=1), child("Lito Mejía", line=2)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[rosa, lito])
    services.arrive(act(there.ana), movement_id=flight.pk, persons=2)
    came = receive(there, flight, rosa, lito)
    assert [one.state for one in came] == [TravellerState.HERE, TravellerState.HERE]
    assert {one.person_id for one in came} == {person(rosa), person(lito)}
    assert not any(bytes(one.sealed) or one.mark for one in came)
    assert came[1].travels_with == TravelsWith.UNSAID
    assert StationVisit.objects.filter(traveller__in=came, station="registration").exclude(ended_at=None).count() == 2
    known = PersonScope.objects.filter(person=person(rosa), unit=there.a.id, why=ScopeReason.ARRIVAL)
    assert known.get().ends_at is not None


def test_two_clerks_cannot_receive_one_line_twice(there: Cast) -> None:
    flight = announced(there)
    rosa = somebody("Rosa Mejía", line=1)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[rosa])
    receive(there, flight, rosa)
    people = Person.objects.count()
    again = somebody("Rosa Mejía")
    twice = type(again)(traveller_id=rosa.traveller_id, person_id=again.person_id, given_names="Rosa")
    with pytest.raises(DomainError) as refused:
        receive(there, flight, twice, who=there.beto)
    assert refused.value.code == "movements.received_already"
    assert Person.objects.count() == people


def test_somebody_known_is_received_and_not_registered_again(there: Cast) -> None:
    before = announced(there)
    [known] = receive(there, before, somebody("Rosa Mejía"))
    flight = announced(there, reference="GXA 3600")
    line = somebody("Rosa Mejia", line=7)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[line])
    people = Person.objects.count()
    came = services.receive_known(
        act(there.ana), movement_id=flight.pk, traveller_id=line.traveller_id, person_id=person(known)
    )
    assert Person.objects.count() == people
    assert (came.person_id, came.subject, came.line) == (person(known), person(known), 7)
    # Nothing is left under the id the list foresaw.
    assert not Segment.objects.filter(subject=line.person_id).exists()
    assert keys.subject_keys([line.person_id]) == {}


def test_somebody_known_only_elsewhere_cannot_be_received_by_their_id(there: Cast) -> None:
    flight = announced(there)
    [known] = receive(there, flight, somebody("Rosa Mejía"))
    PersonScope.objects.filter(person=person(known)).update(unit=there.b.id)
    with pytest.raises(DomainError) as refused:
        services.receive_known(act(there.ana), movement_id=flight.pk, traveller_id=uuid7(), person_id=person(known))
    assert refused.value.code == "core.not_found"


def test_one_record_does_not_come_twice_with_one_movement(there: Cast) -> None:
    flight = announced(there)
    [rosa] = receive(there, flight, somebody("Rosa Mejía"))
    with pytest.raises(DomainError) as refused:
        services.receive_known(act(there.ana), movement_id=flight.pk, traveller_id=uuid7(), person_id=person(rosa))
    assert refused.value.code == "movements.person_here_twice"


def test_an_arrival_without_a_list_and_without_a_word_is_processed_all_the_same(there: Cast) -> None:
    walking = announced(there, seats=None, kind=MovementKind.WALKING, reference="")
    rosa = somebody("Rosa Mejía")
    receipt = do("receive_travellers", there.ana, movement_id=walking.pk, household_id=uuid7(), members=[_plain(rosa)])
    assert {"movements.not_arrived", "movements.not_listed"} <= set(flags(receipt))
    walking.refresh_from_db()
    assert walking.state == MovementState.ARRIVED
    assert Traveller.objects.get(movement=walking).line is None


def test_more_people_than_seats_are_all_listed_and_it_is_said(there: Cast) -> None:
    flight = announced(there, seats=3)
    for first in (1, 41):
        many = [somebody(f"Ana{at} López", line=at) for at in range(first, first + 40)]
        receipt = do("list_travellers", there.ana, movement_id=flight.pk, travellers=[_plain(one) for one in many])
        assert "movements.over_seats" in flags(receipt)
    assert flight.travellers.count() == 80


def _plain(one: TravellerIn) -> dict[str, object]:
    said = {name: value for name, value in vars(one).items() if name not in ("documents", "phones", "birth")}
    birth = one.birth
    return said | {"birth": {"age_years": birth.age_years}, "documents": [vars(d) for d in one.documents]}


def test_the_same_person_twice_on_a_list_is_taken_and_flagged(there: Cast) -> None:
    flight = announced(there)
    two = [somebody("Rosa Mejía", line=1, documents=paper("0801199012345")),
           somebody("R. Mejía", line=2, documents=paper("0801 1990 12345"))]  # fmt: skip
    receipt = do("list_travellers", there.ana, movement_id=flight.pk, travellers=[_plain(one) for one in two[:1]])
    assert flags(receipt) == []
    third = somebody("Rosa Mejía", line=3, documents=paper("0801199012345"))
    receipt = do("list_travellers", there.ana, movement_id=flight.pk, travellers=[_plain(third)])
    assert flags(receipt) == ["movements.listed_twice"]


def test_a_line_that_is_listed_already_is_refused_and_nothing_is_taken(there: Cast) -> None:
    flight = announced(there)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[somebody("Rosa Mejía", line=1)])
    with pytest.raises(DomainError) as refused:
        services.list_travellers(
            act(there.ana), movement_id=flight.pk,
            travellers=[somebody("Eva Cruz", line=2), somebody("Luz Cruz", line=1)],
        )  # fmt: skip
    assert refused.value.code == "movements.listed_already"
    assert flight.travellers.count() == 1


def test_a_movement_is_cancelled_with_a_reason_and_only_while_nobody_has_come(there: Cast) -> None:
    flight = announced(there)
    with pytest.raises(DomainError) as refused:
        services.cancel(act(there.beto), movement_id=flight.pk, why=" ")
    assert refused.value.code == "movements.say_why"
    services.cancel(act(there.beto), movement_id=flight.pk, why="Tormenta en Houston")
    with pytest.raises(DomainError) as refused:
        receive(there, flight, somebody("Rosa Mejía"))
    assert refused.value.code == "movements.cancelled"
    other = announced(there)
    receive(there, other, somebody("Eva Cruz"))
    with pytest.raises(DomainError) as refused:
        services.cancel(act(there.beto), movement_id=other.pk, why="No vino")
    assert refused.value.code == "movements.has_come"


def test_people_received_offline_of_a_movement_cancelled_meanwhile_are_kept_and_flagged(there: Cast) -> None:
    flight = announced(there)
    clock.move(2 * HOUR)
    services.cancel(act(there.beto), movement_id=flight.pk, why="No vino")
    late = act(there.ana, happened_at=clock.now() - HOUR)
    came = services.receive_travellers(
        late, movement_id=flight.pk, household_id=uuid7(), members=[somebody("Rosa Mejía")]
    )
    assert came.state == TravellerState.HERE
    codes = {one["code"] for one in Outcome.objects.get(intent__op_id=late.op_id).flags}
    assert "movements.cancelled_yet" in codes


def test_closing_counts_who_did_not_come_and_waits_for_who_is_still_here(there: Cast) -> None:
    flight = announced(there)
    rosa, eva = somebody("Rosa Mejía", line=1), somebody("Eva Cruz", line=2)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[rosa, eva])
    [here] = receive(there, flight, rosa)
    with pytest.raises(DomainError) as refused:
        services.close_movement(act(there.ana), movement_id=flight.pk)
    assert (refused.value.code, refused.value.params) == ("movements.still_waiting", {"people": 1})
    services.leave_centre(act(there.ana), traveller_ids=[here.pk], way=Way.OWN)
    services.close_movement(act(there.ana), movement_id=flight.pk)
    assert Traveller.objects.get(pk=eva.traveller_id).state == TravellerState.ABSENT


def test_two_weeks_later_nothing_is_left_of_who_never_came_but_the_number(there: Cast) -> None:
    flight = announced(there)
    eva = somebody("Eva Cruz", line=1)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[eva])
    assert empty_old_lists() == 0
    clock.move(timedelta(days=15))
    assert empty_old_lists() == 1
    line = Traveller.objects.get(pk=eva.traveller_id)
    assert (bytes(line.sealed), line.mark, line.line) == (b"", "", 1)
    assert keys.subject_keys([eva.person_id]) == {}
    assert not Segment.objects.filter(subject=eva.person_id).exists()
    assert empty_old_lists() == 0


def test_an_erased_traveller_leaves_a_number_and_no_way_back(there: Cast) -> None:
    flight = announced(there)
    [rosa] = receive(there, flight, somebody("Rosa Mejía"))
    services.leave_centre(act(there.ana), traveller_ids=[rosa.pk], way=Way.OWN)
    erasure.erase(person(rosa), there.administrator.id)
    left = Traveller.objects.get(movement=flight)
    assert left.pk != rosa.pk
    assert (left.subject, left.line, left.travels_with) == (None, None, "")
    assert left.person is not None
    assert left.person.anonymous
    assert left.received_at is not None
    assert left.received_at.astimezone().second == 0


def test_a_protected_traveller_is_absent_by_name_and_counted(there: Cast) -> None:
    flight = announced(there)
    [rosa] = receive(there, flight, somebody("Rosa Mejía"))
    people.protect_person(
        act(there.case_worker), protection_id=uuid7(), person_id=person(rosa), why="Peligro.",
        asked_by_person=True, worker_ids=[there.case_worker.id],
    )  # fmt: skip
    assert not access.visible_to(there.ana.id, Traveller.objects.all()).exists()
    assert access.visible_to(there.case_worker.id, Traveller.objects.all()).exists()
    with pytest.raises(DomainError) as refused:
        services.begin_station(act(there.ana), visit_id=uuid7(), traveller_id=rosa.pk, station="food")
    assert refused.value.code == "core.not_found"


def test_a_stranger_sees_no_movement_of_this_centre(there: Cast) -> None:
    flight = announced(there)
    receive(there, flight, somebody("Rosa Mejía"))
    for model in (Movement, Traveller, StationVisit):
        assert not access.visible_to(there.carla.id, model.objects.all()).exists()
    with pytest.raises(DomainError) as refused:
        services.arrive(act(there.carla), movement_id=flight.pk)
    assert refused.value.code == "core.not_found"


def test_a_place_for_the_night_is_given_with_receiving(there: Cast) -> None:
    flight = announced(there)
    receive(there, flight, somebody("Rosa Mejía", stay_id=uuid7()))
    assert Stay.objects.get(site=there.a.id).state == "in"


def test_only_a_reception_centre_receives(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        announced(cast)
    assert refused.value.code == "movements.no_centre"


def test_a_departure_has_no_arrivals(there: Cast) -> None:
    bus = announced(there, direction=Direction.DEPARTURE)
    with pytest.raises(DomainError) as refused:
        services.list_travellers(act(there.ana), movement_id=bus.pk, travellers=[somebody("Rosa Mejía")])
    assert refused.value.code == "movements.no_arrival"


def test_whoever_wants_to_speak_in_private_is_marked_and_nothing_says_why(there: Cast) -> None:
    flight = announced(there)
    [rosa] = receive(there, flight, somebody("Rosa Mejía", wants_private=True))
    assert rosa.private == Private.ASKED
