"""A person's own copy holds what the registry of personal data says of them, field by field, and nothing of others.

It stands here because the lowest app that knows stays is this one: the copy spans the apps.
"""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from PIL import Image

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import blobs, operations, owncopy, personal
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.models import Person
from cobijo.people.rights import queries
from cobijo.people.rights.models import GivenCopy
from cobijo.people.types import (
    BirthIn,
    ConsentIn,
    ConsentState,
    DocumentIn,
    Kinship,
    NeedCode,
    PhoneIn,
    Sex,
)
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn, OutReason
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db

NOTE = "Pide hablar con su hermana Encarnación."
OTHERS = ("Tránsito", "Tránsito Ixtamalic")


@pytest.fixture
def juana(cast: Cast) -> UUID:
    """Somebody of whom everything is kept that can be, who came to A with Tránsito."""
    one = ArrivingIn(
        person_id=uuid7(),
        stay_id=uuid7(),
        space_id=cast.a.spaces["Salón"].id,
        given_names="Juana Inés",
        first_surname="Xicay",
        married_name="de Paz",
        nicknames="Nena",
        birth=BirthIn(day=12, month=4, year=1987),
        sex=Sex.FEMALE,
        nationalities=["GT"],
        languages=["es", "cak"],
        self_identified="kaqchikel",
        origin_place="Aldea San Miguel Los Lotes",
        kinship=Kinship.HEAD,
        documents=[
            DocumentIn(document_id=uuid7(), country="GT", kind="cui", number="2412 55781 0501"),
            DocumentIn(document_id=uuid7(), country="US", kind="alien_number", number="A099887766"),
        ],
        phones=[PhoneIn(phone_id=uuid7(), number="+502 5555 9876", answered_by="su tía", safe_to_call=False)],
        needs=[NeedCode.MEDICINE],
        wants_private=True,
    )
    other = ArrivingIn(
        person_id=uuid7(), stay_id=uuid7(), space_id=None, given_names="Tránsito", first_surname="Ixtamalic",
        kinship=Kinship.SPOUSE,
    )  # fmt: skip
    sites.receive_household(
        act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=[one, other], answers=[_answer(one.person_id)]
    )
    people.write_note(act(cast.case_worker), note_id=uuid7(), person_id=one.person_id, words=NOTE)
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=one.person_id,
        why="La busca un vecino.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    return one.person_id


def _answer(person: UUID) -> ConsentIn:
    return ConsentIn(consent_id=uuid7(), person_id=person, purpose="tracing", state=ConsentState.GIVEN, language="cak")


def in_spanish(person: UUID) -> queries.OwnCopy:
    with translation.override("es"):
        return queries.own_copy(person)


def said(copy: queries.OwnCopy) -> dict[tuple[str, str], list[str]]:
    """What the copy says, by model and field."""
    found: dict[tuple[str, str], list[str]] = {}
    for section in copy.sections:
        for record in section.records:
            for one in record.said:
                found.setdefault((section.label, one.name), []).append(one.value)
    return found


# --- everything ------------------------------------------------------------------------------------------------------


def test_every_record_and_field_that_is_copied_has_a_word_for_the_person() -> None:
    """Those of accounts are of colleagues, whose subject is no person of the register."""
    assert [one for one in owncopy.unnamed() if not one.startswith("accounts.")] == []


def test_what_is_not_copied_says_why() -> None:
    copied = {model for model, _declared in owncopy.copied()}
    for model, declared in personal.models_about_people():
        assert model in copied or len(declared.not_copied) > 10, model
        assert set(declared.left_out) <= declared.personal, model


def test_the_copy_says_every_personal_field_that_is_filled_and_only_those_of_the_registry(juana: UUID) -> None:
    found = said(in_spanish(juana))
    expected, allowed = set(), set()
    for model, declared in owncopy.copied():
        names = owncopy.fields_of(model, declared)
        allowed |= {(model._meta.label, name) for name in names}
        for row in model._default_manager.filter(**{str(declared.subject): juana}):
            filled = [name for name in names if getattr(row, name) not in (None, "", [], b"")]
            expected |= {(model._meta.label, name) for name in filled}
    assert found.keys() >= expected
    assert found.keys() <= allowed
    assert len(expected) > 35


def test_codes_dates_and_sealed_words_are_opened_in_plain_spanish(juana: UUID) -> None:
    found = said(in_spanish(juana))
    assert found["people.Person", "number"] == [Person.objects.get(pk=juana).code]
    assert found["people.Person", "birth_date"] == ["12 de abril de 1987"]
    assert found["people.Person", "languages"] == ["español, Kaqchikel"]
    assert found["people.Note", "sealed"] == [NOTE]
    assert found["people.Document", "sealed"] == ["A099887766"]
    assert found["people.Protection", "sealed_reason"] == ["La busca un vecino."]
    assert found["people.Phone", "safe_to_call"] == ["no"]
    assert found["people.Consent", "state"] == ["la búsqueda de la familia: sí"]
    assert found["sites.Stay", "site"] == ["Salón Municipal"]


def test_the_copy_lists_what_was_done_with_day_and_place(cast: Cast, juana: UUID) -> None:
    acts = in_spanish(juana).acts
    assert {one.words for one in acts} >= {"Ficha protegida", "Nota escrita"} or len(acts) == 3
    assert {one.unit for one in acts} == {"Salón Municipal"}


def test_nothing_of_anybody_else_stands_in_it(cast: Cast, juana: UUID) -> None:
    written = json.dumps(in_spanish(juana).as_json(), ensure_ascii=False)
    assert not [name for name in OTHERS if name in written]
    colleagues = (cast.ana, cast.case_worker)
    assert not [one.name for one in colleagues if one.name in written or str(one.id) in written]
    assert str(juana) not in written  # no inner id leaves


def test_the_photo_goes_with_it(cast: Cast, juana: UUID) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "JPEG")
    digest = blobs.put(juana, Purpose.SHELTER, out.getvalue())
    people.set_photo(act(cast.case_worker), photo_id=uuid7(), person_id=juana, digest=digest)
    [section] = [one for one in in_spanish(juana).sections if one.label == "people.Photo"]
    assert section.records[0].picture == out.getvalue()
    assert digest not in json.dumps(in_spanish(juana).as_json())


# --- who may make one ------------------------------------------------------------------------------------------------


def give(cast: Cast, who: Any, person: UUID) -> None:
    people.give_copy(act(who), copy_id=uuid7(), person_id=person, language="es")


def test_only_who_is_named_makes_the_copy_of_a_protected_person(cast: Cast, juana: UUID) -> None:
    give(cast, cast.case_worker, juana)
    for other, code in ((cast.beto, "core.not_found"), (cast.carla, "core.not_found")):
        with pytest.raises(DomainError) as refused:
            give(cast, other, juana)
        assert refused.value.code == code


@pytest.mark.parametrize("has_gone_on", [False, True])
def test_where_a_person_has_left_nobody_makes_the_copy_and_the_answer_does_not_say_where_they_are(
    cast: Cast, has_gone_on: bool
) -> None:
    person, stay = uuid7(), uuid7()
    member = ArrivingIn(person_id=person, stay_id=stay, space_id=None, given_names="Olga", kinship=Kinship.HEAD)
    sites.receive_household(act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=[member])
    give(cast, cast.case_worker, person)
    sites.check_out(act(cast.ana), stay_ids=[stay], reason=OutReason.HOME)
    if has_gone_on:
        operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
        sites.check_in(operator, stay_id=uuid7(), site_id=cast.b.id, person_id=person, space_id=None)
    with pytest.raises(DomainError) as refused:
        give(cast, cast.case_worker, person)
    assert refused.value.code == "people.copy_elsewhere"


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_page_gives_the_copy_as_pdf_and_logs_it(cast: Cast, juana: UUID, language: str) -> None:
    elena = sign_in(cast.case_worker)
    page = f"/people/{juana}/copy/"
    assert "La copia de sus datos" in elena.get(page).content.decode()
    ids = {"op_id": str(uuid7()), "new_id": str(uuid7()), "language": language}
    answer = elena.post(page, ids | {"form": "pdf"})
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Cache-Control"] == "no-store"
    ids |= {"op_id": str(uuid7()), "new_id": str(uuid7()), "form": "json"}
    heading = json.loads(elena.post(page, ids).content)["kept"][0]["heading"]
    assert heading == {"es": "La persona", "en": "The person"}[language]
    assert sign_in(cast.ana).get(page).status_code == 404


# --- at the machine --------------------------------------------------------------------------------------------------


def test_the_operator_writes_the_copy_of_anybody_into_a_file_of_their_own(juana: UUID, tmp_path: Path) -> None:
    code = Person.objects.get(pk=juana).code
    file = tmp_path / "juana.json"
    call_command("own_copy", code, str(file), stdout=io.StringIO())
    assert json.loads(file.read_bytes())["code"] == code
    assert file.stat().st_mode & 0o077 == 0
    assert GivenCopy.objects.get().given_by == COMMAND_LINE
    for person, name, said in (
        (code, "juana.json", "cannot be written"),
        (code, "juana.txt", "ends with .pdf or .json"),
        ("000-000-0", "other.json", "Nobody has"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command("own_copy", person, str(tmp_path / name), stdout=io.StringIO())
