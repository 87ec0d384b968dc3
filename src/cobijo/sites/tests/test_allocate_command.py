"""``cobijo allocate``: two lists in, a plan out; or everything that is wrong with them, and nothing written."""

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cobijo.algorithms.allocation import reading

HOUSEHOLDS = """id,size,women,men,children,needs_accessible,origin,x,y
h1,4,1,1,2,0,Los Lotes,0,0
h2,3,2,0,1,1,Los Lotes,0,1
h3,5,1,1,3,0,El Rodeo,9,9
"""
SITES = """id,capacity,accessible_places,kind,x,y
north,8,2,escuela,0,0
south,6,0,,9,9
"""


def allocate(folder: Path, households: str | bytes = HOUSEHOLDS, sites: str | bytes = SITES, *more: str) -> str:
    for name, text in (("H.csv", households), ("S.csv", sites)):
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    out = io.StringIO()
    files = {
        name: str(folder / file) for name, file in (("households", "H.csv"), ("sites", "S.csv"), ("out", "PLAN.csv"))
    }
    call_command("allocate", *(f"--{name}={file}" for name, file in files.items()), *more, stdout=out, stderr=out)
    return out.getvalue()


def as_json(folder: Path, households: str | bytes = HOUSEHOLDS, sites: str | bytes = SITES) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(allocate(folder, households, sites, "--json"))
    return found


def plan(folder: Path) -> dict[str, str]:
    with (folder / "PLAN.csv").open(encoding="utf-8", newline="") as file:
        return {row["household"]: row["site"] for row in csv.DictReader(file)}


def refused(folder: Path, households: str | bytes = HOUSEHOLDS, sites: str | bytes = SITES) -> str:
    with pytest.raises(CommandError) as caught:
        allocate(folder, households, sites)
    assert caught.value.returncode == 2
    assert not (folder / "PLAN.csv").exists()
    assert {file.name for file in folder.iterdir()} <= {"H.csv", "S.csv"}
    return str(caught.value)


def test_two_lists_make_a_plan_with_its_proof(tmp_path: Path) -> None:
    found = as_json(tmp_path)
    assert plan(tmp_path) == {"h1": "north", "h2": "north", "h3": "south"}
    assert (found["placed"], found["unplaced"], found["moves"], found["strained"]) == (3, [], [], [])
    assert found["cost"] == pytest.approx(3.0)
    assert found["bound"] <= found["cost"]
    assert found["gap"] == pytest.approx(0.0)
    assert found["seconds"] >= 0


def test_in_words_it_says_first_who_is_left_and_why(tmp_path: Path) -> None:
    said = allocate(tmp_path, HOUSEHOLDS + "h4,9,4,4,1,0,,,\n")
    first, second = said.splitlines()[:2]
    assert first == "3 of 4 households have a place."
    assert second.startswith("  without: h4 (9): larger than any room left: the largest has 8 places")
    assert "no plan costs less than" in said.splitlines()[-1]
    assert "h4" not in plan(tmp_path)


def test_headings_in_spanish_with_semicolons_decimal_commas_and_windows_letters(tmp_path: Path) -> None:
    households = (
        "Código;Tamaño;Mujeres;Hombres;Niñas y niños;Cupos accesibles;Comunidad;X;Y\n1;2;1;1;0;sí;Peña;0,5;1,5\n"
    )
    sites = (
        "Albergue;Capacidad;Cupos accesibles;Para quién;X;Y;Teléfono\n"
        "Ñ;3;1;solo mujeres y niñez;0;0;5\nO;3;1;aula;2,5;0;6\n"
    )
    found = as_json(tmp_path, households.encode("cp1252"), sites.encode("utf-16"))
    assert plan(tmp_path) == {"1": "O"}
    assert "H.csv: line 1 is not UTF-8; the file is read as Windows-1252." in found["notes"]
    assert "S.csv: columns not used: Teléfono." in found["notes"]


def test_a_word_nobody_knows_is_taken_as_anyone_but_not_one_that_may_protect(tmp_path: Path) -> None:
    found = as_json(tmp_path, HOUSEHOLDS, SITES.replace("escuela", "polideportivo"))
    assert found["notes"] == ["S.csv: the kind “polideportivo” is not known and means: anyone."]
    (tmp_path / "PLAN.csv").unlink()
    assert "S.csv, line 2: “kind” says “womens house”, which may be a rule" in refused(
        tmp_path, HOUSEHOLDS, SITES.replace("escuela", "womens house")
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("h3,5,1,1,2,0,,,", "line 4: “size” is 5, but women, men and children are 1 and 1 and 2: 4 in all."),
        ("h3,-5,1,1,3,0,,,", "line 4: “size” is -5; it cannot be negative."),
        ("h3,0,0,0,0,0,,,", "line 4: “size” is 0"),
        ("h3,five,1,1,3,0,,,", "line 4: “size” says “five”, which is no whole number."),
        ("h3,2.5,1,1,3,0,,,", "line 4: “size” says “2.5”, which is no whole number."),
        ("h3,,1,1,3,0,,,", "line 4: “size” is missing."),
        ("h3,99999999,,,,0,,,", "line 4: “size” is 99,999,999; more than 1,000,000 cannot be."),
        ("h1,5,1,1,3,0,,,", "line 4: the id “h1” stands in line 2 already."),
        (",5,1,1,3,0,,,", "line 4: “id” is missing."),
        ("h3,5,1,1,3,6,,,", "line 4: “needs_accessible” is 6, more than the 5 of the household."),
        ("h3,5,1,1,3,0,,nan,1", "line 4: “x” says “nan”, which is no number."),
        ("h3,5,1,1,3,0,,1e300,1", "line 4: “x” says “1e300”, which is no place on earth."),
        ("h3,5,1,1,3,0,,1,", "line 4: “y” is missing beside “x”."),
        ("h3,5,1,1,3,0,,1,1,7", "line 4: has 10 cells where there are 9 headings."),
        ('h3,5,1,1,3,0,"open,1,1', "cannot be read as CSV"),
    ],
)
def test_a_row_that_cannot_be_is_said_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    assert said in refused(tmp_path, re.sub("h3,.*", lambda _: row, HOUSEHOLDS))


@pytest.mark.parametrize(
    ("households", "said"),
    [
        (b"", "H.csv: is empty."),
        (b"  \n \n", "H.csv: is empty."),
        (b"id,size\n", "H.csv: holds no households"),
        (b"id,women\nh1,2\n", "H.csv, line 1: lacks the column “size”. Its headings are: “id”, “women”."),
        (b"id,size,tama\xc3\xb1o\nh1,2,2\n", "H.csv, line 1: has the column “size” 2 times."),
        (b"PK\x03\x04\x00\x00\x08\x00", "H.csv: is no text. Save the list as CSV."),
        (b"\xff\xfei", "H.csv: is cut off in its UTF-16."),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, households: bytes, said: str) -> None:
    assert said in refused(tmp_path, households)


def test_a_list_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reading.MOST, "households", 2)
    assert "H.csv: has more than 2 households." in refused(tmp_path)
    monkeypatch.setattr(reading, "LARGEST", 20)
    assert "H.csv: is larger than" in refused(tmp_path)


def test_the_faults_of_both_lists_are_said_together_and_many_are_counted(tmp_path: Path) -> None:
    many = HOUSEHOLDS + "".join(f"x{number},0,,,,,,,\n" for number in range(30))
    said = refused(tmp_path, many, SITES.replace("8,2", "8,9"))
    assert "H.csv: and 10 more." in said
    assert "S.csv, line 2: “accessible_places” is 9, more than the capacity of 8." in said
    assert said.endswith("Nothing was written.")


def test_an_old_plan_stays_as_it_was_when_a_list_is_refused(tmp_path: Path) -> None:
    allocate(tmp_path)
    before = (tmp_path / "PLAN.csv").read_bytes()
    with pytest.raises(CommandError):
        allocate(tmp_path, "id,size\nh1,0\n")
    assert (tmp_path / "PLAN.csv").read_bytes() == before


def test_what_a_spreadsheet_would_obey_is_written_as_text(tmp_path: Path) -> None:
    allocate(tmp_path, "id,size\n=1+1,2\n", "id,capacity\n@s,2\n")
    assert plan(tmp_path) == {"'=1+1": "'@s"}


def test_a_plan_never_replaces_a_list_it_is_made_from(tmp_path: Path) -> None:
    allocate(tmp_path)
    with pytest.raises(CommandError, match="one of the lists"):
        call_command(
            "allocate", f"--households={tmp_path}/H.csv", f"--sites={tmp_path}/S.csv", f"--out={tmp_path}/S.csv"
        )
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("allocate", f"--households={tmp_path}/no.csv", f"--sites={tmp_path}/S.csv", "--out=P.csv")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command(
            "allocate", f"--households={tmp_path}/H.csv", f"--sites={tmp_path}/S.csv", f"--out={tmp_path}/no/P.csv"
        )


def test_what_the_rules_cost_is_said_when_asked(tmp_path: Path) -> None:
    found = json.loads(allocate(tmp_path, HOUSEHOLDS, SITES, "--rules", "--json"))
    assert found["rules_cost"].keys() >= {"distance", "use", "accessible"}
