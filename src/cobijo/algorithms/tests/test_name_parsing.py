"""Names written in one text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms.names.parsing import Parsed, parse, parse_surnames
from cobijo.algorithms.text import tokens


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("María José Xicay Tzoc", Parsed("María José", "Xicay", "Tzoc")),
        ("XICAY TZOC, María José", Parsed("María José", "XICAY", "TZOC")),
        ("LOPEZ, JUAN CARLOS", Parsed("JUAN CARLOS", "LOPEZ")),
        ("María José Xicay", Parsed("María José", "Xicay")),
        ("Pedro Cuc Ixcot", Parsed("Pedro", "Cuc", "Ixcot")),
        ("Pedro Cuc", Parsed("Pedro", "Cuc")),
        ("Pedro", Parsed("Pedro")),
        ("", Parsed()),
        ("Juan de León Pérez", Parsed("Juan", "de León", "Pérez")),
        ("María del Carmen de la Cruz Tzoc", Parsed("María del Carmen", "de la Cruz", "Tzoc")),
        ("Ana Xicay Tzoc de Morales", Parsed("Ana", "Xicay", "Tzoc", "de Morales")),
        ("Ana Lucía Xicay Tzoc vda. de Morales", Parsed("Ana Lucía", "Xicay", "Tzoc", "vda. de Morales")),
        ("Juan Carlos Pérez López hijo", Parsed("Juan Carlos", "Pérez", "López hijo")),
    ],
)
def test_a_name_falls_into_its_parts(text: str, parts: Parsed) -> None:
    assert parse(text) == parts


@pytest.mark.parametrize("text", ["Pedro Santiago Cuc", "Ana María Luisa Xicay Tzoc", "Xicay, Ana, María"])
def test_what_nothing_decides_is_marked(text: str) -> None:
    assert not parse(text).sure


def test_surnames_alone() -> None:
    assert parse_surnames("de León Xicay") == ("de León", "Xicay", "")
    assert parse_surnames("Xicay") == ("Xicay", "", "")
    assert parse_surnames("Xicay Tzoc de Morales") == ("Xicay", "Tzoc", "de Morales")


@given(st.text(alphabet="aeÑó ,.'-dlX y", max_size=40))
def test_no_word_of_a_name_is_lost(text: str) -> None:
    found = parse(text)
    parts = (found.given_names, found.first_surname, found.second_surname, found.married_name)
    assert sorted(word for part in parts for word in tokens(part)) == sorted(tokens(text))
