"""``cobijo names compare``: two names with their reasons, or a file of pairs."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError


def said(*arguments: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("names", "compare", *arguments, stdout=out, stderr=err)
    except CommandError as refused:
        err.write(f"refused: {refused}")
    return out.getvalue(), err.getvalue()


def test_two_names_get_a_probability_and_a_line_for_each_word() -> None:
    shown, _ = said("José María Xicay Tzok", "Jose Maria Sicay Tzoc")
    first, *lines = shown.splitlines()
    assert first.startswith("0.9")
    assert "one person" in first
    assert any("xicay / sicay" in line and "spelt in two ways" in line for line in lines)


def test_two_names_as_json() -> None:
    found = json.loads(said("Juan López", "Juana López", "--json")[0])
    assert not found["same"]
    assert {"a": "juan", "b": "juana", "part": "given", "how": "other", "bits": -10.0} in found["evidence"]


def test_a_file_gives_a_line_of_json_for_each_pair(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_bytes("\ufeffAna Cuc\tAna Coc\r\nLupe Ruiz\tGuadalupe Ruiz\r\n\t\r\n".encode())
    found = [json.loads(line) for line in said("--file", str(pairs), "--json")[0].splitlines()]
    assert [line["same"] for line in found] == [False, True, False]
    assert all(0 <= line["score"] <= 1 for line in found)


def test_bad_lines_are_said_with_their_number_and_the_rest_is_compared(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_bytes(b"Ana Cuc\tAna Cuc\nonly one\nMu\xf1oz\tMunoz\nAna\tAna\tAna\n")
    shown, wrong = said("--file", str(pairs), "--json")
    lines = [json.loads(line) for line in shown.splitlines()]
    assert [line["same"] for line in lines] == [True, None, None, None]
    assert "Line 2: has 1 columns" in wrong
    assert "Line 3: is not UTF-8" in wrong
    assert "Line 4: has 3 columns" in wrong
    assert "refused: 3 lines" in wrong


@pytest.mark.parametrize("arguments", [(), ("one",), ("a", "b", "--file", "x"), ("--file", "there is none.tsv")])
def test_what_cannot_be_done_is_refused_with_a_sentence(arguments: tuple[str, ...]) -> None:
    assert "refused: " in said(*arguments)[1]


@pytest.mark.parametrize("name", ["", " ", "😀😀", "NN", "N.N.", "desconocido", "hijo de María", "-", "\u202e\x07"])
def test_what_names_nobody_says_nothing_even_of_itself(name: str) -> None:
    for other in (name, "María Tum", ""):
        found = json.loads(said(name, other, "--json")[0])
        assert (found["same"], found["bits"], found["evidence"]) == (False, 0.0, [])


def test_a_letter_alone_says_little_and_signs_nobody_sees_nothing() -> None:
    assert json.loads(said("X", "Y", "--json")[0])["score"] < 0.3
    assert json.loads(said("X Tum", "Xicay Tum", "--json")[0])["score"] < 0.9
    plain, odd = (json.loads(said(name, "Ana Tzoc", "--json")[0]) for name in ("Ana Tzoc", "A\u200bna\x07 \u202eTzoc"))
    assert plain == odd


def test_a_name_of_forty_words_and_one_of_a_million_letters_are_compared(tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    long = " ".join(["Ana", "Lucía", *["María"] * 36, "Xicay", "Tzoc"])
    pairs.write_text(f"{long}\tAna Lucía Xicay Tzoc\n{'Ana ' * 250_000}\tAna Tum\n", encoding="utf-8")
    found = [json.loads(line) for line in said("--file", str(pairs), "--json")[0].splitlines()]
    assert all(0 <= line["score"] <= 1 for line in found)
    assert not found[1]["same"]


@pytest.mark.parametrize(
    ("held", "same"),
    [(b"", []), ("Ana Cuc\tAna Cuc\n".encode("utf-16"), [None, None]), (b"A\0na Cuc\tAna Cuc\n", [True])],
)
def test_files_that_hold_something_else_break_nothing(tmp_path: Path, held: bytes, same: list[bool | None]) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_bytes(held)
    shown, wrong = said("--file", str(pairs), "--json")
    assert [json.loads(line)["same"] for line in shown.splitlines()] == same
    assert ("is not UTF-8. Save the file as UTF-8." in wrong) == (None in same)


def test_a_folder_is_no_file_of_pairs(tmp_path: Path) -> None:
    assert "cannot be read: Is a directory" in said("--file", str(tmp_path))[1]
