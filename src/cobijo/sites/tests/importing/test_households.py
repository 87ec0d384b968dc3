"""A list of households: handed in, checked, corrected, entered, entered once only, taken back."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.imports import accepting, batches
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.services import undo_batch
from cobijo.core.imports.types import BatchState, RowState
from cobijo.core.models import Image, Intent
from cobijo.core.verbs import Act, Door
from cobijo.people import services as people
from cobijo.people.models import Household, Membership, Person
from cobijo.people.types import EraseGround, Kinship, NeedCode
from cobijo.sites.models import Stay
from cobijo.sites.tests.importing import books
from cobijo.sites.tests.importing.books import CHOC, HEADINGS, XICAY
from cobijo.sites.tests.shelter import open_stays
from tests.cast import Cast, act

_LONG_AGO = datetime(2018, 6, 10, 21, 30)  # noqa: DTZ001 - a spreadsheet knows no zone

pytestmark = pytest.mark.django_db


def hand_in(cast: Cast, content: bytes, who: Account | None = None, **answers: str) -> ImportBatch:
    """A list handed in at A, its columns as guessed, checked."""
    batch = batches.hand_in((who or cast.ana).id, "households", cast.a.id, "albergados.xlsx", content)
    columns = {int(at): name for at, name in batch.columns.items()}
    batches.choose(batch, columns, batch.answers | answers)
    return batch


def enter(cast: Cast, batch: ImportBatch, who: Account | None = None) -> None:
    accepting.accept(batch, (who or cast.ana).id)
    accepting.carry_on()
    batch.refresh_from_db()


def take_back(cast: Cast, batch: ImportBatch) -> None:
    undo_batch(act(cast.beto), batch_id=batch.pk)
    accepting.carry_on()
    batch.refresh_from_db()


def said(batch: ImportBatch) -> dict[int, list[str]]:
    """The codes of what is wrong, by row."""
    rows = batch.rows.exclude(problems=[]).order_by("number")
    return {row.number: [one[0].rpartition(".")[2].removeprefix("import_") for one in row.problems] for row in rows}


def states(batch: ImportBatch) -> dict[int, str]:
    return dict(batch.rows.order_by("number").values_list("number", "state"))


def one(cast: Cast, headings: tuple[str, ...], *row: Any, **answers: str) -> ImportBatch:
    """A list of one row."""
    return hand_in(cast, books.xlsx([headings, row]), None, **{"grouping": "alone"} | answers)


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_a_list_becomes_households_that_stay_at_the_site(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    assert batch.columns == {"0": "household", "1": "name", "2": "sex", "3": "age", "4": "kinship"}
    assert batch.answers == {"grouping": "number", "m_means": "male"}
    assert said(batch) == {}
    assert batch.counts["entries"] == 2
    assert not Person.objects.exists()
    enter(cast, batch)
    assert batch.state == BatchState.DONE
    assert Household.objects.count() == 2
    assert open_stays(cast.a) == 5
    marta = Person.objects.get(given_names="Marta")
    assert (marta.first_surname, marta.second_surname, marta.sex) == ("Xicay", "Tzoc", "female")
    assert Membership.objects.get(person=marta).kinship == Kinship.HEAD
    baby = Person.objects.get(given_names="Óscar")
    assert baby.birth_date is not None
    assert clock.now().date() - baby.birth_date < timedelta(days=280)
    assert {intent.door for intent in Intent.objects.filter(verb="sites.receive_household")} == {"import"}


def test_nothing_of_the_list_is_left_to_read_once_it_is_entered(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    assert all(b"Marta" not in bytes(row.sealed) for row in batch.rows.all())
    enter(cast, batch)
    assert batch.sealed_sheets == b""
    assert all(bytes(row.sealed) == b"" for row in batch.rows.all())
    assert batch.rows.filter(subject=None).count() == 0


def test_the_same_list_handed_in_again_is_there_already(cast: Cast) -> None:
    content = books.families()
    enter(cast, hand_in(cast, content))
    again = hand_in(cast, content)
    assert [one.state for one in batches.earlier(again)] == [BatchState.DONE]
    assert set(states(again).values()) == {RowState.KNOWN}
    with pytest.raises(DomainError) as refused:
        accepting.accept(again, cast.ana.id)
    assert refused.value.code == "core.import_nothing_ready"


def test_the_same_rows_in_another_order_of_columns_are_there_already(cast: Cast) -> None:
    enter(cast, hand_in(cast, books.families()))
    turned = [tuple(reversed(row)) for row in (HEADINGS, *XICAY, *CHOC, (3, "Ana Tun", "F", 20, "jefa"))]
    again = hand_in(cast, books.text(turned, ";", "cp1252"))
    assert list(states(again).values()) == [RowState.KNOWN] * 5 + [RowState.READY]


def test_the_columns_are_remembered_for_the_next_list_with_these_headings(cast: Cast) -> None:
    first = hand_in(cast, books.families())
    batches.choose(first, {0: "household", 1: "name", 2: "sex", 4: "kinship"}, first.answers)
    enter(cast, first)
    second = batches.hand_in(cast.beto.id, "households", cast.a.id, "otra.xlsx", books.families())
    assert "3" not in second.columns


def test_who_does_not_check_people_in_there_hands_nothing_in(cast: Cast) -> None:
    for who in (cast.carla, cast.diego, cast.case_worker, cast.outsider):
        with pytest.raises(DomainError):
            batches.hand_in(who.id, "households", cast.a.id, "x.xlsx", books.families())
    assert not ImportBatch.objects.exists()


def test_what_is_refused_on_entering_says_why_and_the_rest_goes_on(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    accepting.accept(batch, cast.ana.id)
    ImportBatch.objects.update(accepted_by=cast.diego.id)
    accepting.carry_on()
    assert set(states(batch).values()) == {RowState.REFUSED}
    assert said(batch)[2] == ["not_allowed"]
    assert not Person.objects.exists()


# --- taking back -----------------------------------------------------------------------------------------------------


def test_a_list_taken_back_leaves_nothing(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    enter(cast, batch)
    take_back(cast, batch)
    assert batch.state == BatchState.UNDONE
    assert set(states(batch).values()) == {RowState.UNDONE}
    assert [model.objects.count() for model in (Person, Household, Membership, Stay, Image)] == [0, 0, 0, 0, 0]


def test_it_can_be_entered_again_after_it_was_taken_back(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    enter(cast, batch)
    take_back(cast, batch)
    again = hand_in(cast, books.families())
    enter(cast, again)
    assert open_stays(cast.a) == 5


def test_a_household_that_was_changed_since_stays_and_the_rest_is_taken_back(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    enter(cast, batch)
    rosa = Person.objects.get(given_names="Rosa")
    people.set_needs(act(cast.ana), person_id=rosa.id, needs=[NeedCode.WALKS], wants_private=False)
    take_back(cast, batch)
    assert states(batch) == {2: "undone", 3: "undone", 4: "undone", 5: "kept", 6: "kept"}
    assert said(batch)[5] == ["changed_since"]
    assert sorted(Person.objects.values_list("given_names", flat=True)) == ["Rosa", "Óscar"]
    assert open_stays(cast.a) == 2


def test_only_who_manages_the_site_takes_a_list_back(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    enter(cast, batch)
    for who in (cast.ana, cast.carla, cast.diego):
        with pytest.raises(DomainError):
            undo_batch(act(who), batch_id=batch.pk)
    assert open_stays(cast.a) == 5


def test_after_two_weeks_nothing_is_left_of_a_list_and_it_is_not_taken_back(cast: Cast) -> None:
    batch = hand_in(cast, books.xlsx([HEADINGS, *XICAY, (3, "Ana Tun", "F", 130, "jefa")]))
    enter(cast, batch)
    assert accepting.tidy() == 0
    clock.move(timedelta(days=15))
    assert accepting.tidy() == 1
    batch.refresh_from_db()
    assert not Image.objects.exists()
    assert all(bytes(row.sealed) == b"" for row in batch.rows.all())
    with pytest.raises(DomainError) as refused:
        undo_batch(act(cast.beto), batch_id=batch.pk)
    assert refused.value.code == "core.import_undo_over"


# --- correcting ------------------------------------------------------------------------------------------------------


def test_a_household_waits_whole_until_its_wrong_cell_is_corrected(cast: Cast) -> None:
    rows = [HEADINGS, *XICAY, (2, "Rosa Choc", "F", 130, "jefa"), (2, "Óscar Choc", "M", 4, "hijo")]
    batch = hand_in(cast, books.xlsx(rows))
    assert said(batch) == {5: ["old_age"], 6: ["waits"]}
    assert batch.counts["entries"] == 1
    batches.correct(batch, {(5, 3): "30"})
    assert said(batch) == {}
    enter(cast, batch)
    assert open_stays(cast.a) == 5


def test_what_is_good_is_entered_and_the_rest_corrected_later(cast: Cast) -> None:
    batch = hand_in(cast, books.xlsx([HEADINGS, *XICAY, (2, "Rosa Choc", "F", -4, "jefa")]))
    enter(cast, batch)
    assert open_stays(cast.a) == 3
    batches.correct(batch, {(5, 3): "40"})
    assert batch.state == BatchState.CHECKED
    enter(cast, batch)
    assert open_stays(cast.a) == 4


def test_a_row_left_out_is_not_entered_and_can_be_taken_back_in(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    batches.correct(batch, {}, leave=[4])
    assert batch.counts["left"] == 1
    batches.take_back(batch, 4)
    assert batch.counts["ready"] == 5


# --- what is read ----------------------------------------------------------------------------------------------------


def test_an_age_of_more_than_a_man_lives_a_part_of_a_child_and_less_than_nothing_are_refused(cast: Cast) -> None:
    rows = [
        ("Nombre", "Edad"),
        ("Ana Tun", 121),
        ("Eva Tun", 3.9),
        ("Luz Tun", -2),
        ("Sol Tun", "nueve"),
        ("Mar Tun", "nan"),
    ]
    batch = hand_in(cast, books.xlsx(rows), grouping="alone")
    assert said(batch) == {2: ["old_age"], 3: ["part_age"], 4: ["negative_age"], 5: ["unread_age"]}


def test_a_date_that_can_be_two_days_waits_until_its_order_is_said(cast: Cast) -> None:
    batch = one(cast, ("Nombre", "Fecha de nacimiento"), "Ana Tun", "03/04/1990")
    assert said(batch) == {2: ["ambiguous_date"]}
    batches.choose(batch, {0: "name", 1: "birth"}, {"grouping": "alone", "date_order": "mdy"})
    enter(cast, batch)
    assert Person.objects.get().birth_date == date(1990, 3, 4)


@pytest.mark.parametrize("epoch", [False, True])
def test_a_date_of_a_spreadsheet_is_that_day_whatever_year_it_counts_from(cast: Cast, epoch: bool) -> None:
    content = books.xlsx([("Nombre", "F. Nac."), ("Ana Tun", date(1990, 4, 3))], date_1904=epoch)
    batch = hand_in(cast, content, grouping="alone")
    enter(cast, batch)
    assert Person.objects.get().birth_date == date(1990, 4, 3)


def test_an_age_may_stand_where_a_date_is_asked_and_a_date_where_an_age_is(cast: Cast) -> None:
    rows: books.Rows = [
        ("Nombre", "Fecha nac.", "Edad"),
        ("Ana Tun", "8 meses", None),
        ("Eva Tun", None, date(2000, 1, 2)),
    ]
    batch = hand_in(cast, books.xlsx(rows), grouping="alone")
    assert said(batch) == {}
    enter(cast, batch)
    assert {one.given_names: one.birth_precision for one in Person.objects.all()} == {"Ana": "age", "Eva": "day"}


def test_m_is_a_man_beside_f_and_waits_where_nothing_says_what_it_is(cast: Cast) -> None:
    batch = hand_in(cast, books.xlsx([("Nombre", "Sexo"), ("Ana Tun", "M"), ("Eva Tun", "M")]), grouping="alone")
    assert said(batch) == {2: ["unsaid_m"], 3: ["unsaid_m"]}
    batches.choose(batch, {0: "name", 1: "sex"}, {"grouping": "alone", "m_means": "female"})
    enter(cast, batch)
    assert {one.sex for one in Person.objects.all()} == {"female"}


def test_names_in_four_columns_and_in_one_are_the_same(cast: Cast) -> None:
    four = ("Primer nombre", "Segundo nombre", "Primer apellido", "Segundo apellido")
    batch = one(cast, four, "María", "José", "Xicay", "Tzoc")
    enter(cast, batch)
    found = Person.objects.get()
    assert (found.given_names, found.first_surname, found.second_surname) == ("María José", "Xicay", "Tzoc")


def test_two_heads_no_head_and_a_number_of_two_households_say_what_to_do(cast: Cast) -> None:
    rows = [
        HEADINGS,
        (1, "Ana Tun", "F", 30, "jefa"),
        (1, "Eva Cuc", "F", 31, "jefa"),
        (2, "Luz Caal", "F", 20, "hija"),
        (2, "Sol Caal", "F", 21, "hija"),
    ]
    batch = hand_in(cast, books.xlsx(rows))
    assert said(batch) == {2: ["two_heads"], 3: ["two_heads"], 4: ["no_head"], 5: ["waits"]}
    assert batch.rows.get(number=2).problems[0][2] == 3


def test_households_told_apart_by_blank_rows_totals_and_repeated_headings_are_no_people(cast: Cast) -> None:
    rows = [
        ("ALBERGUE SALÓN MUNICIPAL",),
        (),
        ("Nombre y apellidos", "Sexo", "Edad", "Observaciones"),
        ("Ana Tun", "F", 30),
        ("Eva Tun", "F", 3),
        (),
        ("Nombre y apellidos", "Sexo", "Edad", "Observaciones"),
        ("Luz Caal", "F", 20),
        ("TOTAL", None, 3),
    ]
    batch = hand_in(cast, books.xlsx(rows), grouping="blanks")
    assert batch.counts["entries"] == 2
    assert states(batch) == {4: "ready", 5: "ready", 7: "passed", 8: "ready", 9: "passed"}


def test_a_person_twice_in_the_file_is_told(cast: Cast) -> None:
    headings = ("Nombre", "Fecha de nacimiento", "Aula")
    rows = [
        headings,
        ("Ana Tun", "29/10/1990", None),
        ("ANA  TUN", "29 oct 1990", None),
        ("Ana Tun", "29/10/1990", None),
    ]
    batch = hand_in(cast, books.xlsx(rows), grouping="alone")
    assert said(batch)[3] == ["person_twice"]
    assert "twice" in said(batch)[4]


def test_a_row_merged_over_a_household_gives_its_number_to_all(cast: Cast) -> None:
    rows = [("F-1", "Ana Tun", "jefa"), (None, "Eva Tun", "hija"), ("F-2", "Luz Caal", "jefa")]
    batch = hand_in(cast, books.xlsx([("Familia", "Nombre", "Parentesco"), *rows]))
    assert [row.entry for row in batch.rows.order_by("number")] == [2, 2, 4]


def test_a_space_is_found_by_its_name_and_another_is_told(cast: Cast) -> None:
    name = next(iter(cast.a.spaces))
    batch = hand_in(
        cast, books.xlsx([("Nombre", "Aula"), ("Ana Tun", name.upper()), ("Eva Tun", "Aula 99")]), grouping="alone"
    )
    assert said(batch) == {3: ["unknown_space"]}
    enter(cast, batch)
    assert Stay.objects.get().space == cast.a.spaces[name]


def test_the_day_of_arrival_is_when_they_came(cast: Cast) -> None:
    batch = one(cast, ("Nombre", "Fecha de ingreso"), "Ana Tun", _LONG_AGO)
    enter(cast, batch)
    stay = Stay.objects.get()
    assert stay.in_at is not None
    assert stay.in_at.isoformat() == "2018-06-11T03:30:00+00:00"


def test_what_is_confidential_is_not_kept_from_a_list(cast: Cast) -> None:
    batch = one(cast, ("Nombre", "Necesidades"), "Ana Tun", "embarazada, violencia, silla de ruedas")
    assert said(batch) == {2: ["not_a_need"]}
    enter(cast, batch)
    assert sorted(Person.objects.get().needs.values_list("code", flat=True)) == ["pregnant", "walks"]


def test_what_begins_like_a_formula_is_refused(cast: Cast) -> None:
    batch = one(cast, ("Nombre", "Teléfono"), '=HYPERLINK("http://x")', "+502 5555 1234")
    assert said(batch) == {2: ["formula"]}


def test_invisible_signs_and_marks_of_direction_are_not_kept(cast: Cast) -> None:
    batch = one(cast, ("Nombre\u200b", "Sexo"), "\u202eAna\u200b  Tun\u00a0", "F")
    enter(cast, batch)
    found = Person.objects.get()
    assert (found.given_names, found.first_surname) == ("Ana", "Tun")


def test_a_return_manifest_says_last_name_first_and_month_first(cast: Cast) -> None:
    rows = [
        ("NAME (LAST, FIRST MIDDLE)", "A-NUMBER", "DOB", "SEX", "COC"),
        ("XICAY TZOC, MARIA JOSE", "A 204 555 123", "04/03/1990", "F", "GUAT"),
        ("LOPEZ, JUAN", "A204555124", "10/29/1988", "M", "HONDURAS"),
    ]
    batch = hand_in(cast, books.xlsx(rows), grouping="alone")
    assert batch.answers["date_order"] == "mdy"
    assert said(batch) == {2: ["unknown_nationality"]}
    enter(cast, batch)
    maria = Person.objects.get(given_names="MARIA JOSE")
    assert (maria.first_surname, maria.second_surname, maria.birth_date) == ("XICAY", "TZOC", date(1990, 4, 3))
    assert maria.documents.get().kind == "alien_number"
    assert maria.documents.get().number == ""


def test_an_export_of_kobo_brings_members_and_their_household(cast: Cast) -> None:
    households = [
        ("aldea", "grupo/telefono", "_index", "_uuid"),
        ("San Miguel Los Lotes", "5555 1234", 1, "a"),
        ("El Rodeo", None, 2, "b"),
    ]
    members = [
        (
            "member/nombre",
            "member/sexo",
            "member/edad",
            "member/parentesco",
            "_index",
            "_parent_table_name",
            "_parent_index",
        ),
        ("Ana Tun", "F", 30, "jefa", 1, "Sheet1", 1),
        ("Eva Tun", "F", 3, "hija", 2, "Sheet1", 1),
        ("Luz Caal", "F", 20, "jefa", 3, "Sheet1", 2),
    ]
    batch = hand_in(cast, books.xlsx(households, members))
    assert said(batch) == {}
    assert batch.counts["entries"] == 2
    enter(cast, batch)
    assert set(Person.objects.values_list("origin_place", flat=True)) == {"San Miguel Los Lotes", "El Rodeo"}


def test_the_row_of_an_erased_person_names_nobody_and_does_not_bring_them_back(cast: Cast) -> None:
    batch = hand_in(cast, books.families())
    enter(cast, batch)
    waiting = hand_in(cast, books.families())
    rosa = Person.objects.get(given_names="Rosa")
    people.erase_person(operations.act_of(COMMAND_LINE, Door.COMMAND), person_id=rosa.id, ground=EraseGround.REQUEST)
    assert not ImportRow.objects.filter(subject=rosa.id).exists()
    waiting.refresh_from_db()
    assert waiting.sealed_sheets == b""
    assert bytes(waiting.rows.get(number=5).sealed) == b""
    assert bytes(waiting.rows.get(number=2).sealed) != b""
    assert states(hand_in(cast, books.families()))[5] == RowState.KNOWN
    take_back(cast, batch)
    assert states(batch)[5] == RowState.KEPT


def test_a_failure_nobody_thought_of_is_one_familys_and_the_log_quotes_nobody(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    batch = hand_in(cast, books.families())
    received = operations.submit

    def fails(name: str, given: Act, arguments: Any) -> Any:
        if any(member.get("first_surname") == "Choc" for member in arguments["members"]):
            surname = arguments["members"][0]["given_names"]
            raise ValueError(f"no such thing as {surname} {arguments}")
        return received(name, given, arguments)

    monkeypatch.setattr(operations, "submit", fails)
    enter(cast, batch)
    assert states(batch) == {2: "accepted", 3: "accepted", 4: "accepted", 5: "refused", 6: "refused"}
    assert said(batch)[5] == ["not_taken"]
    formats: Any = settings.LOGGING["formatters"]
    formatter = import_string(formats["line"]["()"])()
    logged = "\n".join(map(formatter.format, caplog.records))
    assert "row 5 of list" in logged
    assert "test_households.py" in logged
    assert "ValueError" in logged
    assert not [word for word in ("Rosa", "Choc", "Óscar") if word in logged]
