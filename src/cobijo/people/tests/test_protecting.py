"""Protected persons, sealed notes, and the one record opened beyond one's scope."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Notice
from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.people import access
from cobijo.people import services as people
from cobijo.people.models import BreakGlass, Household, Note, Person, Protection
from cobijo.people.queries import (
    household_row,
    members_for,
    notes_of,
    open_protection,
    openings,
    person_row,
    search,
    timeline,
)
from cobijo.people.tests.conftest import persons
from cobijo.people.types import CorrectionIn, DocumentIn, Presence
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


def protect(cast: Cast, person: UUID, who: Any = None, **given: Any) -> UUID:
    """Elena protects a person so that only she sees them."""
    protection = uuid7()
    arguments: dict[str, Any] = {"why": "Su esposo la busca.", "asked_by_person": True}
    arguments |= {"worker_ids": [cast.case_worker.id]} | given
    people.protect_person(act(who or cast.case_worker), protection_id=protection, person_id=person, **arguments)
    return protection


def sees(who: Any, person: UUID) -> bool:
    """Whether somebody can open a person."""
    return access.visible_to(who.id, Person.objects.filter(pk=person)).exists()


# --- protection ------------------------------------------------------------------------------------------------------


def test_a_protected_person_is_absent_from_the_household_and_its_count(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    protect(cast, maria)
    for who in (cast.ana, cast.beto):
        assert not sees(who, maria)
        assert len(household_row(who.id, home.id).members) == len(members_for(who.id, home.id)) == 4
        assert search(who.id, "quiej") == []
        with pytest.raises(DomainError, match=r"core\.not_found"):
            person_row(who.id, maria)
    assert sees(cast.case_worker, maria)
    assert len(members_for(cast.case_worker.id, home.id)) == 5
    assert person_row(cast.case_worker.id, maria).protected


def test_the_protected_and_the_unknown_get_the_same_answer(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    protect(cast, maria)
    answers = []
    for person in (maria, uuid7()):
        with pytest.raises(DomainError) as refused:
            people.correct_person(act(cast.ana), correction=CorrectionIn(person_id=person, given_names="X"))
        answers.append((refused.value.code, refused.value.sentence, refused.value.fields))
    assert answers[0] == answers[1]


def test_the_others_timelines_do_not_speak_of_the_protected(cast: Cast, home: Household) -> None:
    protect(cast, persons(home)["María José"])
    entries = timeline(cast.ana.id, persons(home)["Martín"])
    assert [entry.verb for entry in entries] == ["people.register_household"]


def test_a_registrar_protects_who_asks_for_it_and_no_longer_sees_them(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    with pytest.raises(DomainError, match=r"core\.not_allowed"):
        protect(cast, maria, cast.ana, asked_by_person=False)
    protect(cast, maria, cast.ana)
    assert not sees(cast.ana, maria)
    protect_again = people.protect_person
    with pytest.raises(DomainError, match=r"core\.not_found"):
        protect_again(
            act(cast.ana),
            protection_id=uuid7(),
            person_id=maria,
            why="",
            asked_by_person=True,
            worker_ids=[cast.ana.id],
        )


def test_a_repeat_of_the_protection_is_answered_alike_although_the_registrar_sees_nothing_now(
    cast: Cast, home: Household
) -> None:
    done = act(cast.ana)
    arguments: dict[str, Any] = {
        "protection_id": uuid7(),
        "person_id": persons(home)["María José"],
        "why": "lo pide",
        "asked_by_person": True,
        "worker_ids": [cast.case_worker.id],
    }
    for _ in range(2):
        people.protect_person(done, **arguments)
    assert Protection.objects.count() == 1


def test_only_who_works_with_the_site_is_named(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    for stranger in (cast.carla.id, cast.diego.id, uuid7(), UUID(int=0)):
        with pytest.raises(DomainError) as refused:
            protect(cast, maria, worker_ids=[cast.case_worker.id, stranger])
        assert (refused.value.code, list(refused.value.fields)) == ("people.works_elsewhere", ["worker_ids"])
    with pytest.raises(DomainError, match=r"core\.bad_arguments"):
        protect(cast, maria, worker_ids=[])


def test_workers_are_named_and_unnamed_and_the_last_one_stays(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    protection = protect(cast, maria)

    def name(who: Any) -> None:
        people.name_worker(act(cast.case_worker), named_id=uuid7(), protection_id=protection, account_id=who.id)

    name(cast.beto)
    assert sees(cast.beto, maria)
    with pytest.raises(DomainError, match=r"people\.named_already"):
        name(cast.beto)
    with pytest.raises(DomainError, match=r"people\.works_elsewhere"):
        name(cast.carla)
    people.unname_worker(act(cast.case_worker), protection_id=protection, account_id=cast.beto.id)
    assert not sees(cast.beto, maria)
    with pytest.raises(DomainError, match=r"people\.last_worker"):
        people.unname_worker(act(cast.case_worker), protection_id=protection, account_id=cast.case_worker.id)


def test_a_named_worker_who_is_no_case_worker_does_not_change_the_protection(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    protection = protect(cast, maria, worker_ids=[cast.case_worker.id, cast.beto.id])
    with pytest.raises(DomainError, match=r"core\.not_found"):
        people.end_protection(act(cast.beto), protection_id=protection)
    assert open_protection(cast.beto.id, maria) is None


def test_the_reason_is_sealed_and_ending_it_shows_the_person_again(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    protection = protect(cast, maria)
    assert b"esposo" not in bytes(Protection.objects.get().sealed_reason)
    shown = open_protection(cast.case_worker.id, maria)
    assert shown is not None
    assert (shown.why, shown.workers) == ("Su esposo la busca.", ((cast.case_worker.id, "Elena Tzoc"),))
    with pytest.raises(DomainError, match=r"people\.protected_already"):
        protect(cast, maria)
    people.end_protection(act(cast.case_worker), protection_id=protection)
    assert sees(cast.ana, maria)
    assert open_protection(cast.case_worker.id, maria) is None
    with pytest.raises(DomainError, match=r"people\.protection_ended"):
        people.end_protection(act(cast.case_worker), protection_id=protection)


# --- notes -----------------------------------------------------------------------------------------------------------


def test_a_note_is_sealed_and_read_by_the_sites_case_workers_only(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    people.write_note(act(cast.case_worker), note_id=uuid7(), person_id=maria, words="  Habló\nen privado.  ")
    assert b"privado" not in bytes(Note.objects.get().sealed)
    assert [(note.words, note.by) for note in notes_of(cast.case_worker.id, maria)] == [
        ("Habló\nen privado.", "Elena Tzoc")
    ]
    for who in (cast.ana, cast.beto, cast.carla, cast.outsider):
        assert notes_of(who.id, maria) == []
    with pytest.raises(DomainError, match=r"core\.not_allowed"):
        people.write_note(act(cast.ana), note_id=uuid7(), person_id=maria, words="x")
    with pytest.raises(DomainError, match=r"people\.no_words"):
        people.write_note(act(cast.case_worker), note_id=uuid7(), person_id=maria, words=" \n ")


def test_the_timeline_tells_case_work_to_case_workers_only(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    people.write_note(act(cast.case_worker), note_id=uuid7(), person_id=maria, words="x")
    people.change_membership(act(cast.ana), person_id=maria, membership_id=uuid7(), presence=Presence.LATER)
    verbs = [entry.verb for entry in timeline(cast.ana.id, maria)]
    assert verbs == ["people.change_membership", "people.register_household"]
    told = timeline(cast.case_worker.id, maria)
    assert [entry.verb for entry in told][1] == "people.write_note"
    assert (told[0].by, told[0].unit) == ("Ana Xicay", "Salón Municipal")
    with pytest.raises(DomainError, match=r"core\.not_found"):
        timeline(cast.carla.id, maria)


# --- break-glass -----------------------------------------------------------------------------------------------------


def open_record(cast: Cast, code: str, who: Any = None, **given: Any) -> BreakGlass | None:
    """Carla at B opens a record of A."""
    arguments: dict[str, Any] = {"unit_id": cast.b.id, "why": "Su hija está aquí, sola."} | given
    return people.break_glass(act(who or cast.carla), break_glass_id=uuid7(), code=code, **arguments)


def test_one_record_opens_for_four_hours_and_others_are_told(cast: Cast, home: Household) -> None:
    maria = Person.objects.get(pk=persons(home)["María José"])
    opening = open_record(cast, maria.code.lower())
    assert opening is not None
    assert sees(cast.carla, maria.id)
    assert not sees(cast.carla, persons(home)["Martín"])
    assert notes_of(cast.carla.id, maria.id) == []
    assert set(Notice.objects.values_list("account__username", "code")) == {
        ("gloria", "people.record_opened"),
        ("beto", "people.record_opened"),
    }
    with pytest.raises(DomainError, match=r"core\.not_allowed"):
        people.correct_person(act(cast.carla), correction=CorrectionIn(person_id=maria.id, given_names="X"))
    clock.move(timedelta(hours=4))
    assert not sees(cast.carla, maria.id)


def test_a_protected_record_opens_too_and_the_named_workers_are_told(cast: Cast, home: Household) -> None:
    maria = Person.objects.get(pk=persons(home)["María José"])
    protect(cast, maria.id)
    open_record(cast, maria.code)
    assert sees(cast.carla, maria.id)
    assert "elena" in Notice.objects.values_list("account__username", flat=True)
    assert "beto" not in Notice.objects.values_list("account__username", flat=True)


def test_by_document_too_but_not_where_two_people_have_it(cast: Cast, home: Household) -> None:
    for name in ("María José", "Martín"):
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2345678900101")
        people.add_document(act(cast.ana), person_id=persons(home)[name], document=paper)
        opened = open_record(cast, "2345 67890 0101")
        assert (opened is None) == (name == "Martín")


def test_an_attempt_that_finds_nobody_is_kept_told_and_counted(cast: Cast, home: Household) -> None:
    maria = Person.objects.get(pk=persons(home)["María José"])
    for _ in range(5):
        assert open_record(cast, "ZZZZZZZ") is None
    assert Intent.objects.filter(verb="people.break_glass", actor=cast.carla.id).count() == 5
    assert Notice.objects.filter(code="people.record_sought", account=cast.auditor).count() == 5
    with pytest.raises(DomainError) as refused:
        open_record(cast, maria.code)
    assert (refused.value.code, refused.value.status) == ("people.opened_often", 429)
    clock.move(timedelta(days=1, minutes=1))
    assert open_record(cast, maria.code) is not None


def test_only_roles_with_the_permission_open_and_a_reason_is_needed(cast: Cast, home: Household) -> None:
    code = Person.objects.get(pk=persons(home)["María José"]).code
    for who, unit, refusal in [
        (cast.ana, cast.a.id, "core.not_allowed"),
        (cast.carla, cast.a.id, "core.not_found"),
        (cast.outsider, cast.b.id, "core.not_found"),
    ]:
        with pytest.raises(DomainError) as refused:
            open_record(cast, code, who, unit_id=unit)
        assert refused.value.code == refusal
    with pytest.raises(DomainError, match=r"people\.no_words"):
        open_record(cast, code, why="  ")


def test_another_reviews_it_and_auditors_see_the_list(cast: Cast, home: Household) -> None:
    grant(cast.carla, Role.AUDITOR, cast.response.unit)
    opening = open_record(cast, Person.objects.get(pk=persons(home)["María José"]).code)
    assert opening is not None
    for who, code in [(cast.carla, "core.second_person"), (cast.ana, "core.not_found")]:
        with pytest.raises(DomainError) as refused:
            people.review_break_glass(act(who), break_glass_id=opening.id, justified=True)
        assert refused.value.code == code
    [waiting] = openings(cast.auditor.id)
    assert (waiting.by, waiting.why, waiting.justified, waiting.mine) == (
        "Carla Ixcot", "Su hija está aquí, sola.", None, False,
    )  # fmt: skip
    people.review_break_glass(act(cast.auditor), break_glass_id=opening.id, justified=False)
    [done] = openings(cast.auditor.id)
    assert (done.justified, done.reviewed_by) == (False, "Gloria Chávez")
    with pytest.raises(DomainError, match=r"people\.reviewed"):
        people.review_break_glass(act(cast.auditor), break_glass_id=opening.id, justified=True)
    assert openings(cast.beto.id) == []
