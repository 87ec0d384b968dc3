"""Children, the return, a talk in private, seats onward, and the calls a month later."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cobijo.accounts.models import Account, Notice
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.movements import sealing, services
from cobijo.movements.models import FollowCall, Movement, Passenger, ReturnRecord, Traveller
from cobijo.movements.tests.centre import announced, authority_act, centre, child, do, person, receive, somebody
from cobijo.movements.types import (
    CallOutcome,
    Direction,
    MovementKind,
    MovementState,
    PassengerState,
    Private,
    ReturnIn,
    Settling,
    TravellerState,
    TravelsWith,
    Way,
)
from cobijo.people.models import PersonScope
from cobijo.people.types import Kinship
from cobijo.sites.models import AuthorityAct, Stay
from cobijo.sites.types import AuthorityActIn
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def there(cast: Cast) -> Cast:
    return centre(cast)


def bus(cast: Cast, seats: int | None = 40) -> Movement:
    return announced(
        cast, direction=Direction.DEPARTURE, seats=seats, kind=MovementKind.BUS, place="San Pedro Sula", reference=""
    )


def seat(cast: Cast, movement: Movement, traveller: Traveller, **more: Any) -> Passenger:
    return services.assign_seat(
        act(cast.ana),
        passenger_id=uuid7(),
        movement_id=movement.pk,
        traveller_id=traveller.pk,
        **more,
    )


def refused(code: str, verb: Callable[..., object], who: Account, **arguments: object) -> None:
    with pytest.raises(DomainError) as found:
        verb(act(who), **arguments)
    assert found.value.code == code


# --- children --------------------------------------------------------------------------------------------------------


def test_a_child_who_comes_alone_gets_a_place_and_child_protection_hears_of_it(there: Cast) -> None:
    [lito] = receive(there, announced(there), child("Lito Mejía", 12))
    assert lito.travels_with == TravelsWith.ALONE
    assert Stay.objects.get(person=person(lito)).state == "in"
    told = Notice.objects.filter(code="movements.child_routed").values_list("account", flat=True)
    assert set(told) == {there.beto.id, there.case_worker.id}


def test_a_child_with_one_parent_without_permission_is_seen_first_and_goes_with_that_parent(there: Cast) -> None:
    flight = announced(there)
    rosa, lito = somebody("Rosa Mejía", kinship=Kinship.HEAD), child("Lito Mejía", travels_with=TravelsWith.ONE_WITHOUT)
    mother, son = receive(there, flight, rosa, lito)
    assert Notice.objects.filter(code="movements.child_routed").exists()
    assert not Stay.objects.exists()
    services.leave_centre(act(there.ana), traveller_ids=[mother.pk, son.pk], way=Way.OWN)
    assert Traveller.objects.get(pk=son.pk).state == TravellerState.GONE


def test_a_child_alone_leaves_only_by_the_act_of_the_authority(there: Cast) -> None:
    [lito] = receive(there, announced(there), child("Lito Mejía", 12))
    for who in (there.ana, there.beto):
        refused("movements.child_needs_act", services.leave_centre, who, traveller_ids=[lito.pk], way=Way.FAMILY)
        refused(
            "movements.child_needs_act", services.assign_seat, who,
            passenger_id=uuid7(), movement_id=bus(there).pk, traveller_id=lito.pk,
        )  # fmt: skip
    given = AuthorityActIn(**authority_act(person(lito)))
    services.release_child(act(there.ana), traveller_id=lito.pk, authority_act=given, destination="Choloma")
    lito.refresh_from_db()
    assert (lito.state, lito.way) == (TravellerState.GONE, Way.HANDED_OVER)
    assert AuthorityAct.objects.get().number == "118-2018"
    assert Stay.objects.get(person=person(lito)).state == "out"


def test_an_act_about_another_child_lets_nobody_go(there: Cast) -> None:
    flight = announced(there)
    [lito] = receive(there, flight, child("Lito Mejía", 12))
    [nina] = receive(there, flight, child("Nina Cruz", 8))
    refused(
        "sites.child_leaves_alone", services.release_child, there.ana,
        traveller_id=lito.pk, authority_act=AuthorityActIn(**authority_act(person(nina))),
    )  # fmt: skip
    assert Traveller.objects.get(pk=lito.pk).state == TravellerState.HERE


def test_a_child_brought_by_another_adult_is_no_family_that_leaves_together(there: Cast) -> None:
    flight = announced(there)
    neighbour, lito = somebody("Rosa Mejía"), child("Lito Cruz", travels_with=TravelsWith.OTHER_ADULT)
    adult, boy = receive(there, flight, neighbour, lito)
    refused(
        "movements.child_needs_act", services.leave_centre, there.ana, traveller_ids=[adult.pk, boy.pk], way=Way.OWN
    )
    assert Traveller.objects.filter(state=TravellerState.GONE).count() == 0


def test_a_child_is_not_left_behind_or_sent_ahead_of_their_mother(there: Cast) -> None:
    flight = announced(there)
    mother, son = receive(there, flight, somebody("Rosa Mejía"), child("Lito Mejía"))
    refused("movements.children_alone", services.leave_centre, there.ana, traveller_ids=[son.pk], way=Way.FAMILY)
    services.leave_centre(act(there.ana), traveller_ids=[mother.pk], way=Way.OWN)
    services.leave_centre(act(there.ana), traveller_ids=[son.pk], way=Way.OWN)


def test_a_child_gone_without_word_is_recorded_and_alerts(there: Cast) -> None:
    [lito] = receive(there, announced(there), child("Lito Mejía", 12))
    receipt = do("leave_centre", there.ana, traveller_ids=[lito.pk], way="no_word")
    assert "movements.child_gone" in [one["code"] for one in receipt.flags]
    assert Notice.objects.filter(code="movements.child_gone", account=there.case_worker).exists()


def test_what_is_learned_later_of_a_child_routes_them_then(there: Cast) -> None:
    _aunt, lito = receive(there, announced(there), somebody("Rosa Mejía"), child("Lito Mejía"))
    services.route_child(act(there.ana), traveller_id=lito.pk, travels_with=TravelsWith.OTHER_ADULT)
    assert Stay.objects.filter(person=person(lito), state="in").exists()
    refused(
        "movements.no_child", services.route_child, there.ana, traveller_id=_aunt.pk, travels_with=TravelsWith.ALONE
    )


# --- the return ------------------------------------------------------------------------------------------------------


def returned(cast: Cast, traveller: Traveller, **said: Any) -> ReturnRecord:
    record = ReturnIn(record_id=uuid7(), person_id=person(traveller), **said)
    return services.record_return(act(cast.ana), traveller_id=traveller.pk, record=record)


def test_fear_shows_as_a_wish_to_speak_in_private_and_holds_the_seat_until_a_case_worker_has_spoken(
    there: Cast,
) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    record = returned(there, rosa, country="US", fear=True, fear_words="La buscan.", ill_treatment="La golpearon.")
    rosa.refresh_from_db()
    assert rosa.private == Private.ASKED
    assert b"buscan" not in bytes(record.sealed_fear)
    opened = sealing.open_words(record.sealed_fear, person(rosa), ReturnRecord, record.pk, "sealed_fear")
    assert opened == "La buscan."
    passenger = seat(there, bus(there), rosa)
    refused("movements.private_first", services.board, there.beto, passenger_id=passenger.pk)
    refused("movements.private_first", services.leave_centre, there.ana, traveller_ids=[rosa.pk], way=Way.OWN)
    refused("core.not_allowed", services.settle_private, there.ana, traveller_id=rosa.pk, settled=Settling.CLEARED)
    services.settle_private(act(there.case_worker), traveller_id=rosa.pk, settled=Settling.CLEARED)
    assert services.board(act(there.ana), passenger_id=passenger.pk).state == PassengerState.ABOARD


def test_a_return_is_completed_later_and_what_is_left_out_stays(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    first = returned(there, rosa, country="MX", days_detained=12, belongings_kept="teléfono")
    again = ReturnIn(record_id=first.pk, person_id=person(rosa), years_abroad=3)
    services.record_return(act(there.ana), traveller_id=rosa.pk, record=again)
    first.refresh_from_db()
    assert (first.country, first.days_detained, first.years_abroad, first.belongings_kept) == ("MX", 12, 3, "teléfono")


def test_days_that_cannot_be_are_refused(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    today = clock.now().date()
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"departed_on": today + timedelta(days=3)}, "movements.to_come"),
        (
            {"apprehended_on": today - timedelta(days=3), "departed_on": today - timedelta(days=9)},
            "movements.departed_before",
        ),
        ({"call_id": uuid7()}, "movements.no_number_to_call"),
    ]
    for said, code in wrong:
        with pytest.raises(DomainError) as found:
            returned(there, rosa, **said)
        assert found.value.code == code


def test_a_call_agreed_to_is_due_in_a_month_and_the_centre_knows_the_person_until_then(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    returned(there, rosa, call_id=uuid7(), call_phone="9988-7766", call_answered_by="su hermana")
    call = FollowCall.objects.get()
    assert 29 <= (call.due_on - clock.now().date()).days <= 30
    assert PersonScope.objects.filter(person=person(rosa), ends_at__gt=clock.now() + timedelta(days=40)).exists()


def test_a_call_nobody_answers_is_due_again_three_times(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    returned(there, rosa, call_id=uuid7(), call_phone="9988-7766")
    call = FollowCall.objects.get()
    for tries in (1, 2, 3):
        services.record_call(act(there.ana), call_id=call.pk, outcome=CallOutcome.UNREACHED)
        call.refresh_from_db()
        assert (call.tries, call.settled_at is None) == (tries, tries < 3)
    refused("movements.called_already", services.record_call, there.ana, call_id=call.pk, outcome=CallOutcome.SPOKE)


# --- onward ----------------------------------------------------------------------------------------------------------


def test_a_family_gets_seats_boards_and_leaves_and_their_night_here_ends(there: Cast) -> None:
    flight = announced(there)
    family = receive(
        there,
        flight,
        somebody("Rosa Mejía", stay_id=uuid7()),
        child("Lito Mejía", stay_id=uuid7()),
        somebody("Eva Cruz"),
    )
    onward = bus(there)
    seats = [seat(there, onward, one) for one in family]
    assert [one.seat for one in seats] == [1, 2, 3]
    assert len({one.ticket for one in seats}) == 3
    for one in seats[:2]:
        services.board(act(there.ana), passenger_id=one.pk)
    services.depart(act(there.ana), movement_id=onward.pk)
    assert list(Passenger.objects.order_by("seat").values_list("state", flat=True)) == ["left", "left", "no_show"]
    assert Stay.objects.filter(state="out").count() == 2
    assert Traveller.objects.get(pk=family[2].pk).state == TravellerState.HERE
    onward.refresh_from_db()
    assert onward.state == MovementState.CLOSED


def test_a_child_aboard_without_their_mother_keeps_the_bus(there: Cast) -> None:
    mother, son = receive(there, announced(there), somebody("Rosa Mejía"), child("Lito Mejía"))
    onward = bus(there)
    theirs = [seat(there, onward, one) for one in (mother, son)]
    services.board(act(there.ana), passenger_id=theirs[1].pk)
    refused("movements.children_alone", services.depart, there.ana, movement_id=onward.pk)
    services.board(act(there.ana), passenger_id=theirs[0].pk)
    services.depart(act(there.ana), movement_id=onward.pk)


def test_seats_are_given_once_and_a_free_one_is_given_again(there: Cast) -> None:
    flight = announced(there)
    rosa, eva, luz = (receive(there, flight, somebody(f"{one} Cruz"))[0] for one in ("Rosa", "Eva", "Luz"))
    onward = bus(there, seats=2)
    first = seat(there, onward, rosa, seat=2)
    with pytest.raises(DomainError) as found:
        seat(there, onward, eva, seat=2)
    assert found.value.code == "movements.seat_taken"
    with pytest.raises(DomainError) as found:
        seat(there, onward, rosa)
    assert found.value.code == "movements.seated_already"
    seat(there, onward, eva)
    with pytest.raises(DomainError) as found:
        seat(there, onward, luz)
    assert found.value.code == "movements.no_seat_left"
    services.no_show(act(there.ana), passenger_id=first.pk)
    assert seat(there, onward, luz).seat == 2
    services.cancel(act(there.beto), movement_id=onward.pk, why="Carretera cortada")
    assert not Passenger.objects.exists()
    assert seat(there, bus(there), rosa).seat == 1
