"""Lists as they come, and files that are none: taken as far as they say something, or refused with what to do."""

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

HEAD = "id,nombres,primer apellido,segundo apellido,sexo,fecha de nacimiento,documento"
ANA = "1,Ana Lucía,Xicay,Núñez,F,1990-05-17,2345678901234"
AGAIN = "2,Ana Lucia,Sicay,Nuñez,F,1990-05-17,2345678901234"
LIST = "\n".join((HEAD, ANA, AGAIN)) + "\n"
Dedupe = Callable[..., tuple[list[tuple[str, str]], str]]


@pytest.fixture
def dedupe(tmp_path: Path) -> Dedupe:
    """Write a list and look through it; gives the pairs and what was said on the way."""

    def run(held: str | bytes, **options: Any) -> tuple[list[tuple[str, str]], str]:
        file, out, said = tmp_path / "in.csv", tmp_path / "pairs.csv", io.StringIO()
        file.write_bytes(held if isinstance(held, bytes) else held.encode())
        call_command("dedupe", str(file), out=str(out), stdout=io.StringIO(), stderr=said, **options)
        with out.open(encoding="utf-8", newline="") as lines:
            return [(row["id_a"], row["id_b"]) for row in csv.DictReader(lines)], said.getvalue()

    return run


def mapped(tmp_path: Path, held: str | bytes) -> str:
    path = tmp_path / "map.toml"
    path.write_bytes(held if isinstance(held, bytes) else held.encode())
    return str(path)


@pytest.mark.parametrize(
    "held",
    [
        pytest.param(LIST, id="UTF-8"),
        pytest.param(LIST.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(LIST.encode("cp1252"), id="Windows"),
        pytest.param(f"{HEAD}\n{ANA}\n".encode() + f"{AGAIN}\n".encode("cp1252"), id="two encodings"),
        pytest.param(LIST.encode("utf-16"), id="UTF-16 with a mark"),
        pytest.param(LIST.encode("utf-16-le"), id="UTF-16 without"),
        pytest.param(LIST.encode("utf-16-be"), id="UTF-16 the other way round"),
        pytest.param(LIST.replace(",", "\t").encode("utf-16"), id="Unicode text of a spreadsheet"),
        pytest.param(LIST.replace("\n", "\r\n"), id="Windows lines"),
        pytest.param(LIST.replace("\n", "\r"), id="lines of an old Macintosh"),
        pytest.param(LIST.replace("Lucía", "Lucía\r"), id="an end within a line"),
        pytest.param(LIST.replace(",", ";"), id="semicolons"),
        pytest.param(LIST.replace(",", "\t"), id="tabs"),
        pytest.param(LIST.replace("Ana", "A\0na"), id="NULs"),
        pytest.param(LIST.replace("Ana", "\u202eA\x07na\u200b"), id="signs nobody sees"),
        pytest.param("\n ,,\n" + LIST, id="blank rows above"),
        pytest.param(LIST.replace("\n", "\n\n,,,,,,\n"), id="blank rows between"),
        pytest.param(LIST.replace("Lucía", '"Lucía"'), id="quotation marks"),
        pytest.param(LIST.removesuffix("\n"), id="no end of the last line"),
        pytest.param(LIST.replace("\n1,", "\n3,Ana\n1,"), id="a row cut short"),
        pytest.param(LIST.replace("1234\n", "1234,x,y\n"), id="rows too long"),
    ],
)
def test_one_list_however_it_was_saved(dedupe: Dedupe, held: str | bytes) -> None:
    assert dedupe(held)[0] == [("1", "2")]


@pytest.mark.parametrize(
    ("held", "why"),
    [
        (b"", "list is empty"),
        ("\n\n , \n", "list is empty"),
        (b"\xef\xbb\xbf", "list is empty"),
        (b"\xff\xfe", "list is empty"),
        ("sexo,edad\nF,3\n", "No column holds names"),
        (b"PK\x03\x04" + bytes(200), "Save its sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(200), "Save its sheet as CSV"),
        (f"{LIST}3,{'Ana ' * 250_000},Tum,,F,,\n", "Below row 3 the list is no CSV: field larger"),
        (
            f'{HEAD}\n{ANA}\n2,"Ana Lucia,Sicay\n3,Rosa,Tum\n4,Irma,Pop\n',
            "Below row 2 .* ends within a field. Look for",
        ),
        (f'"{LIST}', "Below row 0 .* ends within a field"),
    ],
)
def test_what_is_no_list_is_refused_with_what_to_do(dedupe: Dedupe, held: str | bytes, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        dedupe(held)


def test_headings_alone_are_a_list_of_nobody(dedupe: Dedupe) -> None:
    assert dedupe(f"{HEAD}\n") == ([], "")


def test_ids_that_stand_twice_or_nowhere_are_made_their_own_and_said(dedupe: Dedupe) -> None:
    pairs, said = dedupe("\n".join((HEAD, ANA, AGAIN.replace("2,", "1,", 1))))
    assert pairs == [("1", "1#3")]
    assert "row 3: its id stands twice; it is called 1#3" in said
    assert dedupe("\n".join((HEAD, ANA[1:], " \u200b" + AGAIN[1:])))[0] == [("row2", "row3")]


def test_a_field_far_too_long_is_taken_in_part_and_said(dedupe: Dedupe) -> None:
    pairs, said = dedupe(LIST.replace("Ana Lucía", f"Ana Lucía {'x' * 100_000}"))
    assert pairs == [("1", "2")]
    assert "row 2: of a field only the first 400 characters were taken" in said


def test_of_many_things_to_say_some_are_said_and_the_others_counted(dedupe: Dedupe) -> None:
    long = "x" * 500
    _, said = dedupe("\n".join((HEAD, *(f"1,{long},Tum" for _ in range(60)))))
    assert len(said.splitlines()) < 10
    assert "more like it" in said


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ('given = "apodo"', "There is no column apodo. Columns are: id, nombres"),
        ('apodo = "nombres"', "names apodo. Fields are: id, name, given"),
        ("columns = 3", 'more than lines like: given = "its heading"'),
        ('given = ["nombres"]', 'more than lines like: given = "its heading"'),
        ("[columns.given]", 'more than lines like: given = "its heading"'),
        ("nombres", "no map that can be read"),
        (b"\xff\xfe\x00", "no map that can be read"),
    ],
)
def test_a_map_that_leads_nowhere_is_refused(dedupe: Dedupe, tmp_path: Path, held: str | bytes, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        dedupe(LIST, map=mapped(tmp_path, held))


def test_a_map_may_have_its_table(dedupe: Dedupe, tmp_path: Path) -> None:
    found = dedupe(
        LIST.replace("nombres", "x"), map=mapped(tmp_path, '[columns]\ngiven = "X"\ndocument = "documento"\n')
    )
    assert found[0] == [("1", "2")]


class TestFiles:
    """What is read and written: refused before anything is compared, and nothing is ever written over a list."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / "in.csv"
        path.write_text(LIST, encoding="utf-8")
        return path

    @pytest.mark.parametrize("command", ["dedupe", "link"])
    def test_a_folder_is_no_list(self, tmp_path: Path, command: str) -> None:
        lists = [str(tmp_path)] * (2 if command == "link" else 1)
        with pytest.raises(CommandError, match="cannot be read: Is a directory"):
            call_command(command, *lists, out=str(tmp_path / "pairs.csv"))

    @pytest.mark.parametrize(("out", "why"), [(".", "it is a folder"), ("none/pairs.csv", "there is no folder")])
    @pytest.mark.parametrize("option", ["out", "clusters"])
    def test_where_nothing_can_be_written(self, file: Path, tmp_path: Path, option: str, out: str, why: str) -> None:
        options = {"out": str(tmp_path / "pairs.csv"), option: str(tmp_path / out)}
        with pytest.raises(CommandError, match=f"cannot be written: {why}"):
            call_command("dedupe", str(file), **options)
        assert not (tmp_path / "pairs.csv").exists()

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
    def test_where_one_has_no_right_to_write(self, file: Path, tmp_path: Path) -> None:
        shut = tmp_path / "shut"
        shut.mkdir(mode=0o500)
        with pytest.raises(CommandError, match="nobody gave you the right to"):
            call_command("dedupe", str(file), out=str(shut / "pairs.csv"))

    def test_a_disk_that_is_full_is_said(self, file: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no disk that is always full")
        with pytest.raises(CommandError, match="cannot be written: No space left"):
            call_command("dedupe", str(file), out="/dev/full", stdout=io.StringIO())

    @pytest.mark.parametrize("option", ["out", "clusters"])
    def test_a_list_is_never_written_over(self, file: Path, tmp_path: Path, option: str) -> None:
        other = tmp_path / "link.csv"
        other.symlink_to(file)
        options = {"out": str(tmp_path / "pairs.csv"), option: str(other)}
        with pytest.raises(CommandError, match="is the list itself"):
            call_command("dedupe", str(file), **options)
        with pytest.raises(CommandError, match="is the list itself"):
            call_command("link", str(tmp_path / "a.csv"), str(file), **options)
        with pytest.raises(CommandError, match="is the list itself"):
            call_command("relearn", str(file), out=str(file))
        assert file.read_text(encoding="utf-8") == LIST

    def test_pairs_and_clusters_are_two_files(self, file: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot go into one file"):
            call_command("dedupe", str(file), out=str(tmp_path / "a.csv"), clusters=str(tmp_path / "." / "a.csv"))

    def test_fewer_processes_than_none_are_refused(self, file: Path, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="--workers says how many"):
            call_command("dedupe", str(file), out=str(tmp_path / "pairs.csv"), workers=-1)


def test_between_a_list_and_one_of_nobody_there_is_no_pair(tmp_path: Path) -> None:
    one, none, said = tmp_path / "a.csv", tmp_path / "b.csv", io.StringIO()
    one.write_text("\n".join((HEAD, ANA)), encoding="utf-8")
    none.write_text(HEAD, encoding="utf-8")
    for lists in ((one, none), (none, one)):
        call_command("link", *map(str, lists), out=str(tmp_path / "pairs.csv"), json=True, stdout=said)
    assert [json.loads(line)["pairs"] for line in said.getvalue().splitlines()] == [0, 0]


def test_names_that_are_none_are_read_and_say_nothing(dedupe: Dedupe) -> None:
    """Each stands twice, with nothing besides: no two of one placeholder are one person."""
    odd = ["", "X", "😀😀", "NN", "N/N", "desconocido", "hijo de María", " ".join(["Ana"] * 40), "-", "..."]
    rows = [f"{at},{name},,,,," for at, name in enumerate(odd * 2)]
    assert dedupe("\n".join((HEAD, *rows)))[0] == []


def test_a_cell_that_a_spreadsheet_would_reckon_out_comes_back_as_text(dedupe: Dedupe) -> None:
    pairs, _ = dedupe(LIST.replace("\n1,", "\n=1+1,").replace("\n2,", "\n@x,"))
    assert pairs == [("'=1+1", "'@x")]
