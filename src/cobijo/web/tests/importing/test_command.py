"""``cobijo import``: what it prints, enters, and ends with."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cobijo.core.imports.models import ImportBatch
from cobijo.people.models import Person
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
