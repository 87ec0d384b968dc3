"""Correcting a person: names and birth, documents, telephones, needs."""

from datetime import date, timedelta
from typing import Any

import pytest

from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Outcome
from cobijo.people import services as people
from cobijo.people.models import Household, Need, Person
from cobijo.people.queries import documents_of, need_codes, phones_of, search
from cobijo.people.tests.conftest import persons
from cobijo.people.types import BirthIn, CorrectionIn, DocumentIn, Flag, NeedCode, PhoneIn, Sex
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


def correct(cast: Cast, person: Any, /, *, late: bool = False, **given: Any) -> Person:
    """Ana corrects a person."""
    when = {"happened_at": clock.now() - timedelta(hours=2)} if late else {}
    return people.correct_person(act(cast.ana, **when), correction=CorrectionIn(person_id=person, **given))


def flags() -> list[str]:
    """What the last operation flagged."""
    return [flag["code"] for flag in Outcome.objects.latest("id").flags]


def test_what_is_given_is_corrected_and_the_rest_stays(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    correct(cast, maria, second_surname=" Tzoc ", birth=BirthIn(age_years=30), sex=Sex.UNKNOWN, languages=["quc", "es"])
    person = Person.objects.get(pk=maria)
    assert person.name == "María José Quiej Tzoc"
    assert (person.birth_precision, person.sex, person.languages) == ("age", Sex.UNKNOWN, ["quc", "es"])
    correct(cast, maria, birth=BirthIn(), second_surname="")
    person.refresh_from_db()
    assert (person.birth_date, person.birth_precision, person.birth_said_on) == (None, "unknown", None)
    assert person.name == "María José Quiej"


def test_a_newborn_who_gets_a_name_is_no_longer_without_one(cast: Cast, home: Household) -> None:
    newborn = persons(home)[""]
    correct(cast, newborn, given_names="Luz")
    assert not Person.objects.get(pk=newborn).newborn_unnamed


def test_an_older_correction_that_arrives_late_is_taken_and_flagged(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    correct(cast, maria, given_names="María")
    assert flags() == []
    correct(cast, maria, late=True, given_names="María Josefa")
    assert flags() == [Flag.CORRECTED_SINCE]
    assert Person.objects.get(pk=maria).given_names == "María Josefa"


def test_a_birth_that_cannot_be_is_refused_and_nothing_changes(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    with pytest.raises(DomainError) as refused:
        correct(cast, maria, given_names="Otra", birth=BirthIn(day=30, month=2, year=1984))
    assert (refused.value.code, list(refused.value.fields)) == ("people.birth_not_a_day", ["correction.birth"])
    assert Person.objects.get(pk=maria).birth_date == date(1984, 3, 4)


def test_a_document_is_added_found_and_taken_out_again(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345 67890 0101", seen=True)
    people.add_document(act(cast.ana), person_id=maria, document=paper)
    assert [(one.number, one.seen) for one in documents_of(cast.ana.id, maria)] == [("2345 67890 0101", True)]
    assert [hit.person_id for hit in search(cast.ana.id, "2345678900101")] == [maria]
    people.void_document(act(cast.ana), document_id=paper.document_id)
    assert documents_of(cast.ana.id, maria) == []
    assert search(cast.ana.id, "2345678900101") == []
    with pytest.raises(DomainError, match=r"core\.not_found"):
        people.void_document(act(cast.ana), document_id=paper.document_id)


def test_a_telephone_is_added_found_and_taken_out_again(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    phone = PhoneIn(phone_id=uuid7(), number="5550 1234", answered_by="tía Rosa", safe_to_call=False)
    people.add_phone(act(cast.ana), person_id=maria, phone=phone, country="GT")
    [shown] = phones_of(cast.ana.id, maria)
    assert (shown.number, shown.answered_by, shown.safe_to_call) == ("+502 5550 1234", "tía Rosa", False)
    assert [hit.person_id for hit in search(cast.ana.id, "55501234")] == [maria]
    people.void_phone(act(cast.ana), phone_id=phone.phone_id)
    assert phones_of(cast.ana.id, maria) == []
    assert search(cast.ana.id, "55501234") == []


def test_numbers_are_masked_for_a_role_without_need_and_sensitive_ones_open_for_case_workers_only(
    cast: Cast, home: Household
) -> None:
    maria = persons(home)["María José"]
    cui = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345678900101")
    alien = DocumentIn(document_id=uuid7(), country="US", kind="alien_number", number="A012345678")
    for paper in (cui, alien):
        people.add_document(act(cast.ana), person_id=maria, document=paper)
    people.add_phone(act(cast.ana), person_id=maria, phone=PhoneIn(phone_id=uuid7(), number="+502 5550 1234"))
    grant(cast.outsider, Role.HEALTH_WORKER, cast.a.unit)

    def numbers(who: Any) -> list[str | None]:
        return [one.number for one in documents_of(who.id, maria)] + [one.number for one in phones_of(who.id, maria)]

    assert numbers(cast.ana) == ["2345678900101", None, "+502 5550 1234"]
    assert numbers(cast.case_worker) == ["2345678900101", "A012345678", "+502 5550 1234"]
    assert numbers(cast.outsider) == ["•••••••••••01", None, "••••••••••••34"]


def test_needs_begin_and_end_and_the_neutral_mark_is_set(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]

    def say(*needs: NeedCode, wants_private: bool | None = None) -> list[str]:
        people.set_needs(act(cast.ana), person_id=maria, needs=list(needs), wants_private=wants_private)
        return need_codes(cast.ana.id, maria)

    assert say(NeedCode.WALKS, NeedCode.PREGNANT, NeedCode.WALKS) == ["pregnant", "walks"]
    assert say(NeedCode.WALKS, wants_private=True) == ["walks"]
    assert Person.objects.get(pk=maria).wants_private
    assert say() == []
    assert Person.objects.get(pk=maria).wants_private
    assert Need.objects.filter(person=maria).count() == 2
    say(wants_private=False)
    assert not Person.objects.get(pk=maria).wants_private


def test_who_sees_but_does_not_register_is_told_and_a_stranger_learns_nothing(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    grant(cast.outsider, Role.HEALTH_WORKER, cast.a.unit)
    for who, code in [(cast.outsider, "core.not_allowed"), (cast.carla, "core.not_found")]:
        with pytest.raises(DomainError) as refused:
            people.correct_person(act(who), correction=CorrectionIn(person_id=maria, given_names="X"))
        assert refused.value.code == code
