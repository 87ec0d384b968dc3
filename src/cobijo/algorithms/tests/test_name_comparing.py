"""Two names: one person's or not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.algorithms.names import How, Name, compare, prepare, prepare_parts, probability
from cobijo.algorithms.names.tables import Part, frequencies

GIVEN = st.lists(st.sampled_from(sorted(frequencies(Part.GIVEN).anywhere)), min_size=1, max_size=3).map(" ".join)
SURNAME = st.sampled_from(sorted(frequencies(Part.SURNAME).anywhere))
NAMES = st.builds("{} {} {}".format, GIVEN, SURNAME, SURNAME)
RECORDS = st.builds(prepare_parts, GIVEN, SURNAME, SURNAME)
TEXTS = st.text(max_size=60) | NAMES


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("José María Xicay Tzok", "Jose Maria Sicay Tzoc"),
        ("Guadalupe González Pérez", "GONZALES PERES LUPITA"),
        ("José Hernández López", "Chepe Ernandes"),
        ("Ana María De León Ruiz", "Anamaría Deleón"),
        ("Ana Lucía Méndez Solís", "Ana Lucía Méndez de Castro"),
        ("Carlos Enrique Molina Paz", "Carlos Molina"),
        ("Marvin Cabañas Melara", "Marvin Melara Cabañas"),
        ("Fernando Castillo Reyes", "Fernnado Castillo Reyes"),
        ("Juan Carlos Velarde Ríos", "Juan C. Velarde Ríos"),
        ("Jean-Baptiste Étienne", "Janbatis Etyèn"),
        ("Jean Dorvilus", "Ti-Jean Dorvilus"),
        ("Rosa Linda Montano", "Rosalinda Montano"),
    ],
)
def test_one_person_however_written(a: str, b: str) -> None:
    assert compare(a, b).same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Juan López García", "Juana López García"),
        ("Mario Castillo Ruiz", "María Castillo Ruiz"),
        ("Luis Morales", "Luisa Morales"),
        ("Carlos Mejía Rosa", "Carla Mejía Rosa"),
        ("Rosa Jiménez Paz", "Rosario Jiménez Paz"),
        ("José Portillo Amaya", "Josefa Portillo Amaya"),
        ("Andrés Choc Sub", "Andrea Choc Sub"),
        ("Michel Pierre", "Michelle Pierre"),
        ("Juan Hernández López", "Juan Fernández López"),
        ("Pedro Martín Ruiz", "Pedro Martínez Ruiz"),
        ("Pedro Cuc Tzoc", "Pedro Coc Tzoc"),
        ("María Coy Pop", "María Coc Pop"),
        ("José Luis Ramírez Soto", "José Antonio Ramírez Soto"),
        ("Juan Carlos Hernández López", "Luis Fernando Hernández López"),
        ("Juan Pérez García", "Juan Pérez Morales"),
        ("Rose Laure Vilsaint", "Rose Berthe Vilsaint"),
        ("José Hernández Ruiz", "Pancho Hernández Ruiz"),
    ],
)
def test_two_people_however_alike(a: str, b: str) -> None:
    assert not compare(a, b).same


@pytest.mark.parametrize(
    ("a", "b"), [("NN", "NN"), ("", ""), ("", "Juan López"), ("hijo de María López", "María López")]
)
def test_a_blank_says_nothing(a: str, b: str) -> None:
    found = compare(a, b)
    assert found.bits == 0
    assert found.probability == probability(0)


def test_a_given_name_alone_or_a_surname_alone_is_never_enough() -> None:
    assert not compare("Juan", "Juan López").same
    assert not compare(prepare_parts("", "Pixcar"), prepare_parts("", "Pixcar")).same


@pytest.mark.parametrize(("a", "b"), [("Xicay", "Sicay"), ("Chepe", "José"), ("Hernández", "Ernandes"), ("Cuc", "Kuk")])
def test_of_single_words_the_word_is_judged_and_no_more_than_possible(a: str, b: str) -> None:
    assert 0.5 <= compare(a, b).probability < 0.8


@pytest.mark.parametrize(("a", "b"), [("Cuc", "Coc"), ("Coc", "Coy"), ("Juan", "Juana"), ("Hernández", "Fernández")])
def test_two_single_words_that_are_two_names(a: str, b: str) -> None:
    assert compare(a, b).probability < 0.01


def test_a_rare_name_says_more_than_a_common_one() -> None:
    assert compare("Quetzali Pixcar", "Quetzali Pixcar").bits > compare("María López", "María López").bits


def test_among_a_million_a_common_name_is_never_more_than_possible() -> None:
    assert compare("Juan Hernández Hernández", "Juan Hernández Hernández", prior=-20).probability < 0.3


def test_every_word_has_its_line_and_the_lines_add_up() -> None:
    found = compare("Chepe Pixcar Luna", "José Pixkar")
    assert {(line.a, line.b): line.how for line in found.evidence if line.a or line.b} == {
        ("chepe", "jose"): How.NICKNAME,
        ("pixcar", "pixkar"): How.SPELLING,
        ("luna", ""): How.EXTRA,
    }
    assert sum(line.bits for line in found.evidence) == pytest.approx(found.bits)


def test_a_record_with_its_parts_known_compares_with_a_text() -> None:
    assert compare(prepare_parts("Ana Lucía", "Méndez", "", "de Castro"), "MENDEZ SOLIS ANA LUCIA").same


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_two_texts_compare_alike_from_either_side(a: str, b: str) -> None:
    there, back = compare(a, b), compare(b, a)
    assert 0 <= there.probability <= 1
    assert there.probability == back.probability
    assert [(line.a, line.b) for line in there.evidence] == [(line.b, line.a) for line in back.evidence]


@given(RECORDS, RECORDS)
@settings(max_examples=200, deadline=None)
def test_nothing_is_likelier_the_bearer_of_a_name_than_who_bears_it(a: Name, b: Name) -> None:
    assert compare(a, a).bits >= compare(a, b).bits - 1e-9


@given(NAMES, NAMES)
@settings(max_examples=200, deadline=None)
def test_case_and_accents_change_nothing(a: str, b: str) -> None:
    accented = a.upper().replace("E", "É").replace("N", "Ñ")
    assert compare(accented, b).probability == compare(a, b).probability


@given(NAMES)
@settings(max_examples=100, deadline=None)
def test_names_are_read_and_lost_nowhere(name: str) -> None:
    assert prepare(name).words
