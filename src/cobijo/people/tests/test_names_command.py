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
