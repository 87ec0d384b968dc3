"""The pages on which a record is corrected, as a browser sees them."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cobijo.accounts.access import one_reading
from cobijo.accounts.models import Account, Notice, Reading
from cobijo.core import panels
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.people import services as people
from cobijo.people.models import Household, Person
from cobijo.people.queries import documents_of, need_codes, notes_of, open_protection, phones_of
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.types import BirthIn, CorrectionIn, DocumentIn, NeedCode, PhoneIn, Presence
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


def ids() -> dict[str, str]:
    """The hidden ids a form carries."""
    return {"op_id": str(uuid7()), "new_id": str(uuid7())}


@pytest.fixture
def ana(cast: Cast) -> Client:
    """Ana's browser."""
    return sign_in(cast.ana)


@pytest.fixture
def maria(home: Household) -> UUID:
    """The mother of the family."""
    return persons(home)["María José"]


PAGES = {
    "correct": "people/{id}/correct/",
    "needs": "people/{id}/needs/",
    "document": "people/{id}/documents/add/",
    "phone": "people/{id}/phones/add/",
    "membership": "people/{id}/household/",
    "move": "people/{id}/household/move/",
    "add": "people/{id}/household/add/",
    "consent": "people/{id}/consent/",
    "protection": "people/{id}/protection/",
}


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_the_registrar_is_logged_and_a_stranger_finds_nothing(
    cast: Cast, ana: Client, maria: UUID, name: str
) -> None:
    answer = ana.get("/" + PAGES[name].format(id=maria))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert Reading.objects.filter(actor=cast.ana.id, record=maria, what="open").count() == 1
    carla = sign_in(cast.carla)
    found = carla.get("/" + PAGES[name].format(id=maria))
    unknown = carla.get("/" + PAGES[name].format(id=uuid7()))
    assert found.status_code == unknown.status_code == 404
    assert found.content == unknown.content
    assert not Reading.objects.filter(actor=cast.carla.id).exists()


def test_a_correction_changes_what_was_changed_and_leaves_an_estimated_age(
    cast: Cast, ana: Client, home: Household
) -> None:
    ixchel = Person.objects.get(pk=persons(home)["Ixchel"])
    page = ana.get(f"/people/{ixchel.id}/correct/")
    shown = page.context["form"]
    given = {bound.html_name: bound.value() or "" for bound in shown if bound.name != "birth"}
    given |= {"birth_years": "9"}
    answer = ana.post(f"/people/{ixchel.id}/correct/", given | {"second_surname": "Quiej"}, follow=True)
    assert "Quiej" in answer.content.decode()
    before = (ixchel.birth_date, ixchel.birth_said_on)
    ixchel.refresh_from_db()
    assert ixchel.second_surname == "Quiej"
    assert (ixchel.birth_date, ixchel.birth_said_on) == before
    sent = Intent.objects.get(verb="people.correct_person")
    assert sent.op_id == UUID(str(given["op_id"]))


def test_a_refusal_stands_beside_its_question_and_in_the_summary(cast: Cast, ana: Client, maria: UUID) -> None:
    wrong = {"sex": "female", "birth_day": "31", "birth_month": "2", "birth_year": "1984"}
    answer = ana.post(f"/people/{maria}/correct/", ids() | wrong)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert said.count("Ese día no existe.") == 2
    assert 'value="1984"' in said
    letters = ana.post(f"/people/{maria}/correct/", ids() | {"sex": "female", "birth_day": "x"})
    assert "con cifras" in letters.content.decode()


def test_sending_a_form_twice_is_once(cast: Cast, ana: Client, maria: UUID) -> None:
    given = ids() | {"kind": "GT:cui", "number": "2345 67890 0101", "seen": "on"}
    for _ in range(2):
        assert ana.post(f"/people/{maria}/documents/add/", given).status_code == 302
    [document] = documents_of(cast.ana.id, maria)
    assert document.seen
    assert Intent.objects.filter(verb="people.add_document").count() == 1


def test_documents_and_telephones_are_added_and_taken_out(cast: Cast, ana: Client, maria: UUID) -> None:
    missing = ana.post(f"/people/{maria}/documents/add/", ids() | {"kind": ":other", "number": "77"})
    assert "Elija el país" in missing.content.decode()
    ana.post(f"/people/{maria}/documents/add/", ids() | {"kind": ":other", "country": "BZ", "number": "77"})
    ana.post(f"/people/{maria}/phones/add/", ids() | {"number": "5550 1234", "country": "GT", "safe_to_call": "no"})
    [document], [phone] = documents_of(cast.ana.id, maria), phones_of(cast.ana.id, maria)
    assert (document.country, document.kind) == ("BZ", "other")
    assert (phone.number, phone.safe_to_call) == ("+502 5550 1234", False)
    ana.post(f"/people/documents/{document.id}/void/")
    ana.post(f"/people/phones/{phone.id}/void/")
    assert (documents_of(cast.ana.id, maria), phones_of(cast.ana.id, maria)) == ([], [])
    assert ana.post(f"/people/phones/{uuid7()}/void/").status_code == 404


def test_needs_membership_and_moving(cast: Cast, ana: Client, home: Household, maria: UUID) -> None:
    ana.post(f"/people/{maria}/needs/", ids() | {"needs": ["walks", "nursing"], "wants_private": "on"})
    assert need_codes(cast.ana.id, maria) == ["nursing", "walks"]
    ana.post(f"/people/{maria}/household/", ids() | {"kinship": "head", "presence": "later"})
    assert home.memberships.get(person=maria, ends_at=None).presence == Presence.LATER
    other = register(cast.ana, cast.a.id, [member("Rosa")])
    tomasa = persons(home)["Tomasa"]
    wrong = ana.post(f"/people/{tomasa}/household/move/", ids() | {"code": "ZZZ-ZZZ-Z", "kinship": "relative"})
    assert wrong.status_code == 200
    ana.post(f"/people/{tomasa}/household/move/", ids() | {"code": other.code.lower(), "kinship": "relative"})
    assert set(persons(other)) == {"Rosa", "Tomasa"}
    ana.post(f"/people/{tomasa}/household/move/", ids() | {"code": "", "kinship": "relative"})
    assert set(persons(other)) == {"Rosa"}


def test_a_member_is_added_with_as_little_as_nothing(cast: Cast, ana: Client, home: Household, maria: UUID) -> None:
    answer = ana.post(
        f"/people/{maria}/household/add/", ids() | {"kinship": "child", "presence": "here", "sex": "unknown"}
    )
    assert answer.status_code == 302
    assert home.memberships.count() == 6


def test_an_answer_is_recorded_and_for_a_child_the_caregiver_is_asked(cast: Cast, ana: Client, home: Household) -> None:
    ixchel, maria = persons(home)["Ixchel"], persons(home)["María José"]
    said = {"purpose": "tracing", "state": "given", "language": "quc"}
    assert "caregiver" not in ana.get(f"/people/{maria}/consent/").context["form"].fields
    refused = ana.post(f"/people/{ixchel}/consent/", ids() | said)
    assert "persona cuidadora" in refused.content.decode()
    given = ids() | said | {"caregiver": str(maria), "child_assents": "yes"}
    assert ana.post(f"/people/{ixchel}/consent/", given).status_code == 302


def test_notes_are_read_and_written_by_case_workers_only(cast: Cast, ana: Client, maria: UUID) -> None:
    elena = sign_in(cast.case_worker)
    elena.post(f"/people/{maria}/notes/", ids() | {"words": "Habló <b>en privado</b>."})
    assert [note.words for note in notes_of(cast.case_worker.id, maria)] == ["Habló <b>en privado</b>."]
    shown = elena.get(f"/people/{maria}/notes/").content.decode()
    assert "&lt;b&gt;en privado" in shown
    assert ana.get(f"/people/{maria}/notes/").status_code == 403


def test_a_registrar_protects_and_elena_names_unnames_and_ends(cast: Cast, ana: Client, maria: UUID) -> None:
    page = f"/people/{maria}/protection/"
    given = ids() | {"why": "la buscan", "workers": [str(cast.case_worker.id)]}
    assert ana.post(page, given).status_code == 302
    assert ana.get(page).status_code == 404
    elena = sign_in(cast.case_worker)
    elena.post(page, ids() | {"worker": str(cast.beto.id)})
    now = open_protection(cast.case_worker.id, maria)
    assert now is not None
    assert [name for _, name in now.workers] == ["Beto Marroquín", "Elena Tzoc"]
    elena.post(f"{page}{cast.beto.id}/remove/")
    stays = elena.post(f"{page}{cast.case_worker.id}/remove/", follow=True)
    assert "Nadie más puede ver esta ficha" in stays.content.decode()
    assert sign_in(cast.beto).post(f"{page}end/").status_code in {403, 404}
    elena.post(f"{page}end/")
    assert open_protection(cast.case_worker.id, maria) is None
    assert elena.post(f"{page}end/").status_code == 403


def test_a_record_is_taken_out_by_the_manager(cast: Cast, ana: Client, maria: UUID) -> None:
    assert ana.get(f"/people/{maria}/void/").status_code == 403
    beto = sign_in(cast.beto)
    assert beto.get(f"/people/{maria}/void/").status_code == 200
    assert beto.post(f"/people/{maria}/void/", ids() | {"reason": "twice"}).status_code == 302
    assert ana.get(f"/people/{maria}/correct/").status_code == 404


def test_one_record_is_opened_and_reviewed(cast: Cast, maria: UUID) -> None:
    carla, gloria = sign_in(cast.carla), sign_in(cast.auditor)
    code = Person.objects.get(pk=maria).code
    given = ids() | {"unit": str(cast.b.id), "code": "ZZZZZZZ", "why": "pregunta su hija"}
    assert "Ninguna ficha" in carla.post("/people/break-glass/", given, follow=True).content.decode()
    opened = carla.post("/people/break-glass/", ids() | given | ids() | {"code": code})
    assert opened["Location"] == f"/people/{maria}/"
    assert carla.get(f"/people/{maria}/").status_code == 200
    assert Notice.objects.filter(account=cast.auditor).count() == 2
    waiting = gloria.get("/people/break-glass/")
    [row] = waiting.context["to_review"]
    assert "pregunta su hija" in waiting.content.decode()
    assert "María José" not in waiting.content.decode()
    gloria.post(f"/people/break-glass/{row.id}/review/", {"justified": "no"})
    assert "No justificada".lower() in gloria.get("/people/break-glass/").content.decode().lower()
    assert sign_in(cast.ana).get("/people/break-glass/").status_code == 403


# --- the panels ------------------------------------------------------------------------------------------------------


def shown(who: Account, record: Any) -> list[str]:
    """The panels of people somebody sees."""
    page = "person" if isinstance(record, Person) else "household"
    return [panel.name for panel, _content in panels.of_page(page, who.id, record) if panel.name.startswith("people.")]


def test_each_role_sees_its_panels(cast: Cast, home: Household, maria: UUID) -> None:
    person = Person.objects.get(pk=maria)
    everything = ["photo", "alerts", "household", "about", "cards", "papers", "answers", "rights", "case", "timeline"]
    assert shown(cast.ana, person) == [f"people.{name}" for name in everything]
    people.break_glass(
        act(cast.carla), break_glass_id=uuid7(), unit_id=cast.b.id, code=person.code, why="pregunta su hija"
    )
    assert shown(cast.carla, person) == ["people.household", "people.about", "people.timeline"]
    assert shown(cast.ana, home) == ["people.members", "people.said", "people.cards"]


def test_a_persons_page_takes_the_same_queries_however_much_is_known(cast: Cast, ana: Client, home: Household) -> None:
    bare, rich = persons(home)["Martín"], persons(home)["María José"]
    for number in ("5550 1111", "5550 2222"):
        phone = PhoneIn(phone_id=uuid7(), number=number)
        people.add_phone(act(cast.ana), person_id=rich, phone=phone, country="GT")
    for number in ("1111111111111", "2222222222222"):
        paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number=number)
        people.add_document(act(cast.ana), person_id=rich, document=paper)
    people.set_needs(act(cast.ana), person_id=rich, needs=[NeedCode.NURSING, NeedCode.WALKS])
    people.correct_person(
        act(cast.ana), correction=CorrectionIn(person_id=rich, birth=BirthIn(year=1984), nicknames="Chepa")
    )
    counts = []
    for person in (bare, rich):
        record = Person.objects.get(pk=person)
        with one_reading(), CaptureQueriesContext(connection) as asked:
            panels.of_page("person", cast.ana.id, record)
        counts.append(len(asked))
    assert counts[1] - counts[0] <= 2
