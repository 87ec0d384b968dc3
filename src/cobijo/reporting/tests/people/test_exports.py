"""Lists of people by name: asked for with a reason, agreed to by a second person, taken in numbered copies."""

import io
from datetime import timedelta
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest

from cobijo.accounts.models import Account, Notice, Reading
from cobijo.accounts.types import Role
from cobijo.core import clock, personal
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Segment
from cobijo.core.personal import Purpose
from cobijo.people import services as people
from cobijo.people.types import Basis, ConsentIn, ConsentState, Kinship, Sex
from cobijo.reporting import services
from cobijo.reporting.people import files
from cobijo.reporting.people.lists import COLUMNS, EXPORTABLE, listed
from cobijo.reporting.people.models import ExportCopy, PeopleExport
from cobijo.reporting.people.queries import export_for, exports_for
from cobijo.reporting.people.types import ExportPurpose, ExportState, ListForm, ListKind
from cobijo.sites import services as sites
from cobijo.sites.types import ArrivingIn
from tests.cast import Cast, act, grant, sign_in

pytestmark = pytest.mark.django_db
REASON = "La municipalidad entrega frazadas el jueves."


@pytest.fixture
def house(cast: Cast) -> dict[str, UUID]:
    """Three of one family at A, and the response's word that shelter and assistance ask for no consent."""
    for purpose in (Purpose.SHELTER, Purpose.ASSISTANCE):
        basis = {"unit_id": cast.response.pk, "purpose": purpose, "basis": Basis.VITAL, "said_aloud": {}}
        people.set_basis(act(cast.administrator), basis_id=uuid7(), **basis)
    return arrive(cast, "Juana", "=cmd|calc", "Lucía")


def arrive(cast: Cast, *names: str) -> dict[str, UUID]:
    """A family that comes to A; the first is its head."""
    made = {name: uuid7() for name in names}
    members = [
        ArrivingIn(
            person_id=made[name],
            stay_id=uuid7(),
            space_id=cast.a.spaces["Salón"].id,
            given_names=name,
            first_surname="Xicay",
            sex=Sex.FEMALE,
            kinship=Kinship.RELATIVE if at else Kinship.HEAD,
        )
        for at, name in enumerate(names)
    ]
    sites.receive_household(act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=members)
    return made


def asked(who: Account, cast: Cast, what: ListKind = ListKind.RESIDENTS, **given: object) -> PeopleExport:
    arguments = {"purpose": ExportPurpose.ASSISTANCE, "reason": REASON} | given
    return services.ask_export(act(who), export_id=uuid7(), site_id=cast.a.id, what=what, **arguments)  # type: ignore[arg-type]


def taken(who: Account, export: PeopleExport) -> ExportCopy:
    return services.take_copy(act(who), export_id=export.pk, copy_id=uuid7())


def refusal(code: str) -> "pytest.RaisesExc[DomainError]":
    return pytest.raises(DomainError, check=lambda error: error.code == code)


def limited(cast: Cast, number: int) -> None:
    sites.set_export_alone(act(cast.administrator), response_id=cast.response.pk, people=number)


# --- what may stand on a list ----------------------------------------------------------------------------------------


def test_no_column_shows_health_protection_or_contact_and_each_names_what_it_shows() -> None:
    declared = {model._meta.label: found for model, found in personal.models_about_people()}
    for columns in COLUMNS.values():
        for field in (one for column in columns for one in column.shows):
            label, _, name = field.rpartition(".")
            assert declared[label].category_of(name) in EXPORTABLE, field


@pytest.mark.parametrize("what", list(ListKind))
def test_a_protected_person_stands_on_no_list_not_even_for_who_is_named(
    cast: Cast, house: dict[str, UUID], what: ListKind
) -> None:
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=house["Juana"],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    found = listed(cast.case_worker.id, cast.a.id, what, Purpose.ASSISTANCE)
    said = str(found.rows)
    assert found.people == 2
    assert "Juana" not in said
    assert "Lucía" in said or what is not ListKind.RESIDENTS


def test_who_did_not_agree_is_left_out_where_consent_is_the_basis(cast: Cast, house: dict[str, UUID]) -> None:
    answer = ConsentIn(
        consent_id=uuid7(), person_id=house["Juana"], purpose="tracing", state=ConsentState.GIVEN, language="es"
    )
    people.record_consent(act(cast.ana), answer=answer)
    found = listed(cast.beto.id, cast.a.id, ListKind.RESIDENTS, Purpose.TRACING)
    assert [row[1] for row in found.rows] == ["Juana Xicay"]
    assert found.without_yes == 2


def test_a_list_of_households_counts_them_and_names_their_head(cast: Cast, house: dict[str, UUID]) -> None:
    arrive(cast, "Pedro")
    rows = listed(cast.beto.id, cast.a.id, ListKind.DISTRIBUTION, Purpose.ASSISTANCE).rows
    assert [(row[1], row[3], row[-2]) for row in rows] == [("Juana Xicay", 3, 3), ("Pedro Xicay", 1, 1)]


# --- asking and agreeing ---------------------------------------------------------------------------------------------


def test_a_small_list_is_taken_alone_in_numbered_copies(cast: Cast, house: dict[str, UUID]) -> None:
    export = asked(cast.beto, cast)
    assert (export.people, export.needs_second, export.state) == (3, False, ExportState.READY)
    assert [taken(cast.beto, export).number, taken(cast.case_worker, export).number] == [1, 2]
    _row, reason, copies = export_for(cast.auditor.id, export.pk)
    assert reason == REASON
    assert [(one.number, one.by) for one in copies] == [(2, "Elena Tzoc"), (1, "Beto Marroquín")]


def test_above_the_number_a_second_person_agrees_first(cast: Cast, house: dict[str, UUID]) -> None:
    limited(cast, 2)
    export = asked(cast.beto, cast)
    assert Notice.objects.filter(code="reporting.export_waits").get().account == cast.case_worker
    with refusal("reporting.export_not_ready"):
        taken(cast.beto, export)
    with refusal("core.second_person"):
        services.approve_export(act(cast.beto), export_id=export.pk)
    services.approve_export(act(cast.case_worker), export_id=export.pk)
    assert taken(cast.beto, export).people == 3
    with refusal("reporting.export_not_waiting"):
        services.refuse_export(act(grant_of_manager(cast)), export_id=export.pk)


def grant_of_manager(cast: Cast) -> Account:
    """A third who takes lists at A."""
    grant(cast.diego, Role.SITE_MANAGER, cast.a.unit)
    return cast.diego


def test_a_refused_list_and_one_that_ended_give_no_copy(cast: Cast, house: dict[str, UUID]) -> None:
    limited(cast, 2)
    export = asked(cast.beto, cast)
    services.refuse_export(act(cast.case_worker), export_id=export.pk)
    with refusal("reporting.export_refused"):
        taken(cast.beto, export)
    limited(cast, 20)
    other = asked(cast.beto, cast)
    clock.move(timedelta(days=7, minutes=1))
    with refusal("reporting.export_ended"):
        taken(cast.beto, other)


def test_a_list_that_grew_past_the_number_is_asked_for_again(cast: Cast, house: dict[str, UUID]) -> None:
    limited(cast, 3)
    export = asked(cast.beto, cast)
    arrive(cast, "Pedro")
    with refusal("reporting.export_grown"):
        taken(cast.beto, export)


def test_nobody_to_list_and_no_reason_are_refused(cast: Cast, house: dict[str, UUID]) -> None:
    with refusal("reporting.export_nobody"):
        asked(cast.beto, cast, purpose=ExportPurpose.TRACING)
    with refusal("reporting.export_no_reason"):
        asked(cast.beto, cast, reason=" \u200b ")


def test_figures_are_no_purpose_of_a_list(cast: Cast, house: dict[str, UUID]) -> None:
    with refusal("core.bad_arguments"):
        asked(cast.beto, cast, purpose="reporting")


def test_a_stranger_knows_of_no_list_and_an_auditor_takes_none(cast: Cast, house: dict[str, UUID]) -> None:
    export = asked(cast.beto, cast)
    assert exports_for(cast.carla.id) == []
    with refusal("core.not_found"):
        taken(cast.carla, export)
    with refusal("core.not_allowed"):
        taken(cast.auditor, export)


def test_the_reason_stands_sealed_in_row_and_journal(cast: Cast, house: dict[str, UUID]) -> None:
    export = asked(cast.beto, cast)
    intent = Intent.objects.get(verb="reporting.ask_export")
    assert "frazadas" not in intent.arguments
    assert b"frazadas" not in bytes(export.sealed_reason)
    assert all(b"frazadas" not in bytes(one.sealed) for one in Segment.objects.filter(intent=intent))


# --- the files -------------------------------------------------------------------------------------------------------


def test_a_file_says_whose_copy_it_is_and_holds_no_formula(cast: Cast, house: dict[str, UUID]) -> None:
    export = asked(cast.beto, cast)
    written = files.made(cast.beto.id, taken(cast.beto, export), ListForm.CSV).content.decode("utf-8-sig")
    lines = written.splitlines()
    assert f"Copia 1 de la lista {export.number}, entregada a Beto Marroquín" in lines[1]
    assert "Destrúyala a más tardar el" in lines[3]
    assert "'=cmd|calc Xicay" in written
    book = files.made(cast.beto.id, taken(cast.beto, export), ListForm.XLSX).content
    with ZipFile(io.BytesIO(book)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_each_copy_is_made_from_what_its_taker_may_see_now_and_is_logged(cast: Cast, house: dict[str, UUID]) -> None:
    export = asked(cast.beto, cast)
    arrive(cast, "Pedro")
    copy = taken(cast.beto, export)
    content = files.made(cast.beto.id, copy, ListForm.CSV).content.decode()
    assert "Pedro" in content
    reading = Reading.objects.get(what="export")
    assert (reading.people, reading.record, reading.reason) == (4, export.pk, "assistance")


# --- the pages -------------------------------------------------------------------------------------------------------


def test_a_list_goes_its_way_on_the_pages(cast: Cast, house: dict[str, UUID]) -> None:
    limited(cast, 2)
    beto, elena = sign_in(cast.beto), sign_in(cast.case_worker)
    given = {"op_id": str(uuid7()), "new_id": str(uuid7()), "site": str(cast.a.id), "what": "residents"}
    page = beto.post("/exports/ask/", given | {"purpose": "assistance", "reason": REASON}).headers["Location"]
    waiting = beto.get(page).content.decode()
    assert "espera a una segunda persona" in waiting
    assert "Dar su acuerdo" not in waiting
    assert "Dar su acuerdo" in elena.get(page).content.decode()
    elena.post(f"{page}approve/")
    answer = beto.post(f"{page}copy.xlsx")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"PK")
    assert "Beto Marroquín" in elena.get(page).content.decode()
    assert beto.post(f"{page}copy.exe").status_code == 404


@pytest.mark.parametrize("number", ["-1", "1001", "2.5", "NaN", ""])
def test_a_limit_that_cannot_be_is_said_beside_the_question(cast: Cast, number: str) -> None:
    page = f"/exports/limits/{cast.response.pk}/"
    ids = {"op_id": str(uuid7()), "new_id": str(uuid7())}
    answer = sign_in(cast.administrator).post(page, ids | {"people": number})
    assert "wrong" in answer.content.decode()
    cast.response.refresh_from_db()
    assert cast.response.export_alone == 20


def test_the_page_of_lists_asks_the_same_few_questions_however_many_there_are(
    cast: Cast, house: dict[str, UUID], django_assert_max_num_queries: Any
) -> None:
    for _at in range(6):
        taken(cast.beto, asked(cast.beto, cast))
    beto = sign_in(cast.beto)
    with django_assert_max_num_queries(30):
        beto.get("/exports/")


def test_who_audits_reads_which_list_was_taken_and_what_for(cast: Cast, house: dict[str, UUID]) -> None:
    export = asked(cast.beto, cast)
    files.made(cast.beto.id, taken(cast.beto, export), ListForm.CSV)
    said = sign_in(cast.auditor).get("/accounts/readings/").content.decode()
    assert "exportó: lista de personas" in said
    assert "la asistencia" in said
