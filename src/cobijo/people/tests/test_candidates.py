"""Who somebody at the desk may be already: with evidence, among those one sees, and never in the way."""

import pytest
from django.test import Client

from cobijo.accounts.models import Account, Reading
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.models import Household, Person
from cobijo.people.queries import Sought, Strength, candidates
from cobijo.people.queries.candidates import Candidate
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.types import BirthIn, DocumentIn, MemberIn, PhoneIn, Sex
from tests.cast import Cast, act, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def asked(who: Account, *members: MemberIn) -> list[list[Candidate]]:
    return candidates(who.id, [sought(one) for one in members])


def sought(one: MemberIn) -> Sought:
    return Sought(
        person_id=one.person_id,
        names=(one.given_names, one.first_surname, one.second_surname, one.married_name),
        sex=one.sex,
        birth=one.birth,
        documents=tuple(each.number for each in one.documents),
        phones=tuple(each.number for each in one.phones),
    )


def labels(found: list[Candidate]) -> list[str]:
    return [one.person.label for one in found]


def maria(**said: object) -> MemberIn:
    return member("María José", "Quiej", birth=BirthIn(year=1984), sex=Sex.FEMALE, **said)


def test_somebody_registered_is_said_with_the_evidence(cast: Cast, home: Household) -> None:
    (found,) = asked(cast.ana, maria())
    assert labels(found) == ["María José Quiej"]
    evidence = {field: level for field, level, _much in found[0].evidence}
    assert evidence["given"] == "all the same"
    assert evidence["sex"] == "the same"
    assert found[0].strength in (Strength.PROBABLE, Strength.STRONG)


def test_nobody_is_said_of_strangers_relatives_and_empty_rows(cast: Cast, home: Household) -> None:
    strangers = [
        member("Pedro", "Ajú", birth=BirthIn(year=1990)),
        member("", "", birth=BirthIn()),
        member("Marta", "Chávez", birth=BirthIn(year=2015), sex=Sex.FEMALE),
    ]
    assert asked(cast.ana, *strangers) == [[], [], []]


def test_a_name_alone_is_never_more_than_possible(cast: Cast) -> None:
    register(cast.ana, cast.a.id, [member("Ixmukané", "Xoquic", second_surname="Tzoc")])
    (found,) = asked(cast.ana, member("Ixmukané", "Xoquic", second_surname="Tzoc"))
    assert [one.strength for one in found] == [Strength.POSSIBLE]


def test_a_telephone_and_a_birth_beside_the_name_are_almost_sure(cast: Cast) -> None:
    def tomasa() -> MemberIn:
        phone = PhoneIn(phone_id=uuid7(), number="+502 5550 1234")
        return member("Tomasa", "Xoquic", birth=BirthIn(day=4, month=3, year=1984), phones=[phone])

    register(cast.ana, cast.a.id, [tomasa()])
    (found,) = asked(cast.ana, tomasa())
    assert [one.strength for one in found] == [Strength.STRONG]


def test_a_document_leads_to_whoever_has_it_under_another_name(cast: Cast) -> None:
    def paper() -> DocumentIn:
        return DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345 67890 0101")

    register(cast.ana, cast.a.id, [member("Ana", "Sic", birth=BirthIn(year=1984), documents=[paper()])])
    (found,) = asked(cast.ana, member("Anita", "Sik", birth=BirthIn(year=1984), documents=[paper()]))
    assert labels(found) == ["Ana Sic"]


def test_two_of_one_household_are_not_offered_to_each_other(cast: Cast) -> None:
    twins = [member("Rosa", "Sic", birth=BirthIn(age_years=6)), member("Rosa", "Sic", birth=BirthIn(age_years=6))]
    assert asked(cast.ana, *twins) == [[], []]


def test_only_people_one_sees_are_said(cast: Cast, home: Household) -> None:
    assert asked(cast.carla, maria()) == [[]]
    mother = persons(home)["María José"]
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=mother,
        why="x",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    assert asked(cast.ana, maria()) == [[]]
    assert [labels(found) for found in asked(cast.case_worker, maria())] == [["María José Quiej"]]


@pytest.mark.parametrize("part", [{"day": 10**30}, {"month": 10**30}, {"day": 0}, {"month": -1}])
def test_a_birth_beyond_any_calendar_is_refused_in_a_sentence(cast: Cast, part: dict[str, int]) -> None:
    said = {"person_id": str(uuid7()), "given_names": "Rosa", "birth": {"year": 2000, "month": 1, "day": 1} | part}
    answer = sign_in(cast.ana).post("/api/v1/people/candidates", {"members": [said]}, "application/json")
    assert answer.status_code == 422


def test_the_desk_asks_by_the_api_which_logs_it_and_changes_nothing(
    cast: Cast, home: Household, client: Client
) -> None:
    before = Person.objects.count()
    said = {
        "person_id": str(uuid7()),
        "given_names": "María José",
        "first_surname": "Quiej",
        "birth": {"year": 1984},
        "sex": "female",
    }
    answer = sign_in(cast.ana).post(
        "/api/v1/people/candidates", {"members": [said]}, "application/json", HTTP_ACCEPT_LANGUAGE="en"
    )
    assert answer.status_code == 200, answer.content
    ((one,),) = answer.json()["members"]
    assert one["person"]["label"] == "María José Quiej"
    assert "Given names: all the same" in [line["said"] for line in one["evidence"]]
    assert Person.objects.count() == before
    assert Reading.objects.filter(actor=cast.ana.id, what="search").count() == 1
