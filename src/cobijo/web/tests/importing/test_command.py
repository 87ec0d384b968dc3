"""``cobijo import``: what it prints, enters, and ends with."""

import json
from datetime import datetime
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cobijo.core.imports.models import ImportBatch
from cobijo.people.models import Document, Household, Person
from cobijo.sites.models import SiteReport, Stay
from cobijo.sites.tests.importing import books
from cobijo.sites.tests.importing.books import HEADINGS, XICAY
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def run(file: Path, *more: str) -> str:
    said = StringIO()
    call_command("import", str(file), "--site", "S014", *more, stdout=said)
    return said.getvalue()


@pytest.fixture
def families(tmp_path: Path) -> Path:
    file = tmp_path / "albergados.xlsx"
    file.write_bytes(books.families())
    return file


def test_a_list_is_entered(cast: Cast, families: Path) -> None:
    assert "5 rows entered" in run(families)
    assert Person.objects.count() == 5


def test_a_dry_run_enters_nothing_and_keeps_nothing(cast: Cast, families: Path) -> None:
    said = json.loads(run(families, "--dry-run", "--json"))
    assert said["counts"]["ready"] == 5
    assert said["columns"]["Edad"] == "age"
    assert not Person.objects.exists()
    assert not ImportBatch.objects.exists()


def test_what_is_wrong_is_said_with_row_and_column_and_the_code_tells_it(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "lista.csv"
    file.write_bytes(books.text([HEADINGS, *XICAY, (2, "Rosa Choc", "F", 130, "jefa")], ";", "cp1252"))
    said = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("import", str(file), "--site", "salón", stdout=said)
    assert ended.value.returncode == 3
    assert "row 5, column Edad:" in said.getvalue()
    assert Person.objects.count() == 3


def test_a_map_says_what_the_columns_hold(cast: Cast, tmp_path: Path) -> None:
    file, says = tmp_path / "lista.xlsx", tmp_path / "map.toml"
    file.write_bytes(books.xlsx([("Quién", "Cuándo nació"), ("Ana Tun", "03/04/1990")]))
    says.write_text('[columns]\n"Quién" = "name"\n"Cuándo nació" = "birth"\n[answers]\ngrouping = "alone"\n', "utf-8")
    with_row = says.read_text("utf-8")
    says.write_text("sheet = 1\nhead_row = 1\n" + with_row, "utf-8")
    run(file, "--map", str(says), "--dates", "dmy")
    birth = Person.objects.get().birth_date
    assert birth is not None
    assert birth.isoformat() == "1990-04-03"


@pytest.mark.parametrize(
    ("written", "said"),
    [("[columns]\n'Otra' = 'name'\n", "no column"), ("[columns]\n'Edad' = 'shoe'\n", "no field"), ("x = ", "as a map")],
)
def test_a_map_that_does_not_fit_says_why(cast: Cast, families: Path, written: str, said: str) -> None:
    says = families.with_name("map.toml")
    says.write_text(written, "utf-8")
    with pytest.raises(CommandError, match=said):
        run(families, "--map", str(says))


def test_a_file_that_is_no_list_is_refused(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "lista.xlsx"
    file.write_bytes(b"%PDF-1.7 x")
    with pytest.raises(CommandError, match=r"spreadsheet|hoja de cálculo"):
        run(file)


def test_a_file_that_is_not_there_is_said(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        run(tmp_path / "nada.xlsx")


def test_head_counts_of_all_sites_of_the_only_response_need_no_site(cast: Cast, tmp_path: Path) -> None:
    file, says = tmp_path / "reporte.csv", tmp_path / "map.toml"
    file.write_bytes(books.text([("Albergue", "Fecha", "Personas"), ("S014", "27/10/2018", 140), ("S027", "", 9)], ";"))
    said = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("import", str(file), "--kind", "site_reports", "--dry-run", "--json", stdout=said)
    assert ended.value.returncode == 3
    assert [(one["row"], one["code"]) for one in json.loads(said.getvalue())["problems"]] == [
        (3, "sites.report_no_day")
    ]
    says.write_text('[answers]\nday = "2018-10-27"\nmethod = "head_count"\n', "utf-8")
    call_command("import", str(file), "--kind", "site_reports", "--map", str(says), stdout=StringIO())
    assert set(SiteReport.objects.values_list("persons", "method")) == {(140, "head_count"), (9, "head_count")}


def test_people_need_a_site(cast: Cast, families: Path) -> None:
    with pytest.raises(CommandError, match="--site"):
        call_command("import", str(families), stdout=StringIO())


# --- lists that others keep ------------------------------------------------------------------------------------------


def test_a_return_manifest_is_entered_as_it_comes(cast: Cast, tmp_path: Path) -> None:
    """A heading over two columns, LAST, FIRST MIDDLE, the month first, a total at the end; everybody is alone."""
    file, says = tmp_path / "MANIFEST GUA 102918.xlsx", tmp_path / "map.toml"
    file.write_bytes(
        books.xlsx(
            [
                ("REMOVAL FLIGHT MANIFEST - GUATEMALA CITY", None, None, None, None, None),
                ("Flight: 4821   Date: 10/29/2018", None, None, None, None, None),
                (),
                ("NO.", "NAME (LAST, FIRST MIDDLE)", "A-NUMBER", "DOB", "SEX", "COC"),
                (1, "XICAY TZOC, MARIA JOSE", "A204 555 123", "04/03/1990", "F", "GUATEMALA"),
                (2, "LOPEZ, JUAN", "A204555124", "10/29/1988", "M", "GUATEMALA"),
                (3, "DE LEON CHOC, PEDRO", "A204555125", "02/01/2001", "M", "HONDURAS"),
                ("TOTAL PAX", None, None, None, None, 3),
            ]
        )
    )
    says.write_text('[answers]\ngrouping = "alone"\n', "utf-8")
    assert "3 rows entered" in run(file, "--map", str(says), "--dates", "mdy")
    found = {(one.first_surname, one.given_names, str(one.birth_date)) for one in Person.objects.all()}
    assert found == {
        ("XICAY", "MARIA JOSE", "1990-04-03"),
        ("LOPEZ", "JUAN", "1988-10-29"),
        ("DE LEON", "PEDRO", "2001-02-01"),
    }
    assert Document.objects.filter(country="US", kind="alien_number").count() == 3
    assert "0 rows entered, 3 there already" in run(file, "--map", str(says), "--dates", "mdy")


def test_an_export_of_kobo_is_entered_as_it_comes(cast: Cast, tmp_path: Path) -> None:
    """Two sheets, headings with their groups, the columns of the server beside ours; households by their index."""
    file = tmp_path / "ficha_familiar_-_all_versions_-_2018-10-29-14-02-11.xlsx"
    households = [
        ("start", "end", "Fecha de ingreso", "procedencia/municipio", "procedencia/aldea", "contacto/telefono", "_id",
         "_uuid", "_submission_time", "_validation_status", "_index"),
        ("2018-10-28T18:01:22.000-06:00", "2018-10-28T18:09:40.000-06:00", "2018-10-28", "Escuintla",
         "San Miguel Los Lotes", "55551234", 1001, "a-1", "2018-10-28T18:10:00", None, 1),
        ("2018-10-28T18:11:22.000-06:00", "2018-10-28T18:15:40.000-06:00", "2018-10-28", "Escuintla",
         "El Rodeo", None, 1002, "a-2", "2018-10-28T18:16:00", None, 2),
    ]  # fmt: skip
    members = [
        ("miembro/nombres", "miembro/primer_apellido", "miembro/segundo_apellido", "miembro/sexo", "miembro/edad",
         "miembro/parentesco", "_index", "_parent_table_name", "_parent_index", "_submission__uuid"),
        ("Ana", "Tun", "Caal", "mujer", 30, "jefa", 1, "ficha_familiar", 1, "a-1"),
        ("Eva", "Tun", "Pop", "mujer", "8 meses", "hija", 2, "ficha_familiar", 1, "a-1"),
        ("Luz", "Caal", None, "mujer", 20, "jefa", 3, "ficha_familiar", 2, "a-2"),
    ]  # fmt: skip
    file.write_bytes(books.xlsx(households, members))
    assert "3 rows entered" in run(file)
    assert Household.objects.count() == 2
    ana = Person.objects.get(given_names="Ana")
    assert ana.origin_place == "San Miguel Los Lotes, Escuintla"
    assert Stay.objects.get(person=ana).in_at == datetime(2018, 10, 28, 12, tzinfo=ZoneInfo("America/Guatemala"))
