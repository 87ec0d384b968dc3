"""What the board shows: who is routed first, who waits where, who has whom; and the pages three clerks use at once."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cobijo.core.ids import uuid7
from cobijo.movements import queries, services
from cobijo.movements.models import StationVisit, Traveller
from cobijo.movements.tests.centre import announced, centre, child, paper, person, receive, somebody
from cobijo.movements.types import Direction, MovementKind, TravellerState, TravelsWith
from cobijo.people.models import Person
from cobijo.people.types import Kinship, NeedCode
from cobijo.sites.models import Site
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast: Cast) -> Cast:
    return centre(cast)


def board(cast: Cast) -> queries.Board:
    return queries.board(cast.ana.id, Site.objects.select_related("unit").get(pk=cast.a.id))


def waiting(cast: Cast, station: str) -> list[str]:
    [column] = [one for one in board(cast).columns if one.station.code == station]
    return [one.label.split()[0] for one in column.waiting]


def test_children_in_nobodys_care_come_first_then_families_the_sick_the_old_and_then_the_others(there: Cast) -> None:
    flight = announced(there)
    receive(there, flight, somebody("Omar Paz"))
    receive(there, flight, somebody("Tomás Viejo", 71))
    receive(there, flight, somebody("Rosa Médica", needs=[NeedCode.PREGNANT]))
    receive(there, flight, somebody("Eva Madre", kinship=Kinship.HEAD), child("Hijo Madre"))
    receive(there, flight, somebody("Ada Sola", kinship=Kinship.HEAD),
            child("Sin Permiso", travels_with=TravelsWith.ONE_WITHOUT))  # fmt: skip
    receive(there, flight, child("Lito Solo", 12))
    order = waiting(there, "food")
    assert order[0] == "Lito"
    assert set(order[1:3]) == {"Ada", "Sin"}
    assert set(order[3:5]) == {"Eva", "Hijo"}
    assert order[5:] == ["Rosa", "Tomás", "Omar"]


def test_the_list_alone_tells_who_is_a_child_alone_before_anybody_is_registered(there: Cast) -> None:
    flight = announced(there)
    lines = [somebody("Omar Paz", line=1), somebody("Eva Madre", line=2, group=1), child("Hijo Madre", line=3, group=1),
             child("Lito Solo", line=4)]  # fmt: skip
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=lines)
    services.arrive(act(there.ana), movement_id=flight.pk)
    assert waiting(there, "registration") == ["Lito", "Eva", "Hijo", "Omar"]
    assert waiting(there, "food") == []


def test_who_is_with_a_clerk_waits_nowhere_and_who_is_done_waits_elsewhere(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Paz"))
    visit = services.begin_station(act(there.beto), visit_id=uuid7(), traveller_id=rosa.pk, station="food")
    now = board(there)
    assert waiting(there, "health") == []
    [column] = [one for one in now.columns if one.station.code == "food"]
    assert [(one.name, one.mine) for one in column.at] == [(there.beto.name, False)]
    services.end_station(act(there.beto), visit_id=visit.pk)
    assert (waiting(there, "food"), waiting(there, "health")) == ([], ["Rosa"])


def test_only_children_go_to_child_protection_and_only_who_asks_to_a_private_talk(there: Cast) -> None:
    flight = announced(there)
    receive(there, flight, somebody("Omar Paz"))
    receive(there, flight, child("Lito Solo", 12))
    receive(there, flight, somebody("Rosa Paz", wants_private=True))
    assert (waiting(there, "children"), waiting(there, "private")) == (["Lito"], ["Rosa"])


def test_a_childs_longest_stay_counts_down_on_the_board(there: Cast) -> None:
    services.set_centre(act(there.beto), site_id=there.a.id, station_codes=["registration", "food"], child_hours=24)
    [lito] = receive(there, announced(there), child("Lito Solo", 12))
    [shown] = board(there).children
    assert shown.ends_at is not None
    assert lito.received_at is not None
    assert (shown.ends_at - lito.received_at).total_seconds() == 24 * 3600


def test_the_board_asks_the_database_as_often_for_many_as_for_one(there: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            board(there)
        return len(found)

    flight = announced(there)
    receive(there, flight, somebody("Omar Paz"))
    receive(there, flight, child("Lito Solo", 12))
    few = asked()
    for at in range(8):
        receive(there, flight, somebody(f"Ana{at} López"), child(f"Hijo{at} López"))
    assert asked() <= few


def test_nobody_is_ready_to_travel_who_still_waits_behind_those_shown(there: Cast) -> None:
    flight = announced(there)
    for at in range(0, 64, 32):
        receive(there, flight, *(somebody(f"Ana{at + one} López") for one in range(32)))
    now = board(there)
    assert (now.ready, now.columns[-1].many) == ([], 64)
    for code in ("health", "documents", "call", "food", "cash", "interview"):
        visit = services.begin_station(
            act(there.ana), visit_id=uuid7(), traveller_id=now.columns[-1].waiting[0].id, station=code
        )
        services.end_station(act(there.ana), visit_id=visit.pk)
    assert [one.id for one in board(there).ready] == [now.columns[-1].waiting[0].id]


# --- pages -----------------------------------------------------------------------------------------------------------


def page(cast: Any, name: str, who: Any, *args: object, **given: Any) -> Any:
    browser = sign_in(who)
    address = reverse(f"movements:{name}", args=args)
    return browser.post(address, given, follow=True) if given.pop("post", False) else browser.get(address, given)


def test_three_clerks_take_from_one_list_and_the_second_to_take_the_same_is_told(there: Cast) -> None:
    rosa, _eva = (receive(there, announced(there), somebody(f"{one} Paz"))[0] for one in ("Rosa", "Eva"))
    clerks = [sign_in(one) for one in (there.ana, there.beto, there.case_worker)]
    take = [reverse("movements:take", args=[there.a.id, rosa.pk, one]) for one in ("food", "call", "health")]
    answers = [clerk.post(address, follow=True).content.decode() for clerk, address in zip(clerks, take, strict=True)]
    assert StationVisit.objects.filter(traveller=rosa, ended_at=None).get().by_id == there.ana.id
    assert "colega" in answers[1] or "colleague" in answers[1]
    visit = StationVisit.objects.get(traveller=rosa, ended_at=None)
    clerks[0].post(reverse("movements:end", args=[there.a.id, visit.pk]), {"outcome": "done", "station": "food"})
    clerks[1].post(take[1])
    assert StationVisit.objects.get(traveller=rosa, ended_at=None).by_id == there.beto.id


def test_the_receiving_page_offers_who_is_known_and_takes_the_choice(there: Cast) -> None:
    before = announced(there)
    [known] = receive(there, before, somebody("Rosaura Mejía Cantarero", documents=paper("0801199012345")))
    flight = announced(there, reference="GXA 3600")
    line = somebody("Rosaura Mejía Cantarero", line=7, documents=paper("0801199012345"))
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[line])
    services.arrive(act(there.ana), movement_id=flight.pk)
    shown = page(there, "receive", there.ana, flight.pk, line.traveller_id).content.decode()
    assert str(person(known)) in shown
    people = Person.objects.count()
    sign_in(there.ana).post(
        reverse("movements:known", args=[flight.pk, line.traveller_id]), {"person": str(person(known))}
    )
    assert Traveller.objects.get(pk=line.traveller_id).person_id == known.person_id
    assert Person.objects.count() == people


def test_a_listed_family_is_received_by_its_form_and_sending_it_twice_is_once(there: Cast) -> None:
    flight = announced(there)
    lines = [somebody("Eva Cruz", line=2, group=1), child("Hijo Cruz", line=3, group=1)]
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=lines)
    services.arrive(act(there.ana), movement_id=flight.pk)
    browser = sign_in(there.ana)
    address = reverse("movements:receive", args=[flight.pk, lines[0].traveller_id])
    form = browser.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    people = Person.objects.count()
    for _again in range(2):
        browser.post(address, given)
    assert Person.objects.count() == people + 2
    came = list(Traveller.objects.filter(movement=flight, state=TravellerState.HERE))
    assert {one.travels_with for one in came} == {""}
    assert came[0].person_id != came[1].person_id


def test_ill_treatment_is_read_by_case_workers_alone(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    browser = sign_in(there.case_worker)
    address = reverse("movements:return", args=[rosa.pk])
    form = browser.get(address).context["form"]
    given = {"op_id": form["op_id"].value(), "new_id": form["new_id"].value(), "ill_treatment": "La golpearon."}
    assert browser.post(address, given).status_code == 302
    there_page = reverse("movements:traveller", args=[rosa.pk])
    assert "golpearon" in browser.get(there_page).content.decode()
    for who in (there.ana, there.beto):
        said = sign_in(who).get(there_page).content.decode()
        assert "golpearon" not in said
        assert "golpearon" not in sign_in(who).get(address).content.decode()


def test_every_page_of_a_centre_opens(there: Cast) -> None:
    flight = announced(there)
    services.list_travellers(act(there.ana), movement_id=flight.pk, travellers=[somebody("Eva Cruz", line=2)])
    [rosa] = receive(there, flight, somebody("Rosa Mejía"))
    [lito] = receive(there, flight, child("Lito Mejía", 12))
    browser = sign_in(there.beto)
    a = there.a.id
    for name, args in (
        ("index", []), ("centre", [a]), ("board", [a]), ("announce_arrival", [a]), ("announce_departure", [a]),
        ("calls", [a]), ("settings", [a]), ("movement", [flight.pk]), ("change", [flight.pk]),
        ("type_list", [flight.pk]),
        ("cancel", [flight.pk]), ("receive_beside", [flight.pk]), ("traveller", [rosa.pk]), ("return", [rosa.pk]),
        ("route", [lito.pk]), ("release", [lito.pk]), ("leave", [rosa.pk]),
    ):  # fmt: skip
        answer = browser.get(reverse(f"movements:{name}", args=args), follow=True)
        assert answer.status_code == 200, name


def test_a_departure_is_filled_and_its_list_is_printed(there: Cast) -> None:
    [rosa] = receive(there, announced(there), somebody("Rosa Mejía"))
    bus = announced(there, direction=Direction.DEPARTURE, kind=MovementKind.BUS, place="Choluteca", reference="")
    browser = sign_in(there.ana)
    browser.post(reverse("movements:give_seat", args=[bus.pk]), {"traveller": str(rosa.pk), "seat": ""})
    shown = browser.get(reverse("movements:movement", args=[bus.pk])).content.decode()
    assert "Rosa" in shown
    printed = browser.get(reverse("movements:passengers_print", args=[bus.pk]))
    assert b"".join(printed).startswith(b"%PDF") if printed.streaming else printed.content.startswith(b"%PDF")
