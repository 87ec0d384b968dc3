"""Names made ready: abbreviations, particles, order, and texts that are no name."""

import pytest

from cobijo.algorithms.names import prepare, prepare_parts


@pytest.mark.parametrize(
    ("text", "given", "surnames"),
    [
        ("Ma. de los Ángeles Pérez", ("maria", "angeles"), ("perez",)),
        ("Mª Teresa Urrutia", ("maria", "teresa"), ("urrutia",)),
        ("Fco. Hdez.", ("francisco",), ("hernandez",)),
        ("Gpe. Martínez Ortega", ("guadalupe",), ("martinez", "ortega")),
        ("Anamaría Deleón Ruiz", ("ana", "maria"), ("leon", "ruiz")),
        ("Ana María De León Ruiz", ("ana", "maria"), ("leon", "ruiz")),
        ("Juancarlos Delacruz", ("juan", "carlos"), ("cruz",)),
        ("LOPEZ GARCIA JUAN CARLOS", ("juan", "carlos"), ("lopez", "garcia")),
        ("López García, Juan Carlos", ("juan", "carlos"), ("lopez", "garcia")),
        ("TZUL QUEJ MINGO", ("mingo",), ("tzul", "quej")),
        ("St Fort Roseline", ("roseline",), ("saintfort",)),
        ("Sr. Pedro Ruiz", ("pedro",), ("ruiz",)),
    ],
)
def test_a_text_becomes_words_in_their_parts(text: str, given: tuple[str, ...], surnames: tuple[str, ...]) -> None:
    found = prepare(text)
    assert (found.given, found.surnames) == (given, surnames)


@pytest.mark.parametrize(
    ("text", "married"),
    [
        ("Ana Cuc de Morales", ("morales",)),
        ("Marta Chalí vda. de Camey", ("camey",)),
        ("Marie Yolande Joseph épouse Charles", ("charles",)),
        ("Ana Cuc de la Cruz", ()),
        ("Juan Cuc de León", ()),
    ],
)
def test_a_husbands_name_stands_apart(text: str, married: tuple[str, ...]) -> None:
    assert prepare(text).married == married


def test_a_husbands_name_written_as_second_surname_stands_apart() -> None:
    assert prepare_parts("Elisa", "Pitol", "de García").married == ("garcia",)
    assert prepare_parts("Mario", "Pitol", "de Paz").surnames == ("pitol", "paz")


@pytest.mark.parametrize(
    "text", ["NN", "n.n.", "Desconocido", "S/N", "sin nombre", "XXX", "Inconnu", "hijo de María López"]
)
def test_a_text_that_says_there_is_no_name_is_none(text: str) -> None:
    found = prepare(text)
    assert found.nameless
    assert not found.words


@pytest.mark.parametrize("text", ["RN de Ana Cruz", "Bebé de Ana Cruz", "hija de Ana Cruz", "ti bebe Marie Joseph"])
def test_a_child_without_a_name_does_not_get_its_mothers(text: str) -> None:
    assert not prepare(text).words


def test_a_newborn_keeps_the_surnames_it_was_given() -> None:
    found = prepare("recién nacido Pérez Soto")
    assert found.nameless
    assert found.surnames == ("perez", "soto")


def test_names_that_look_like_such_words_stay_names() -> None:
    assert prepare("Nina García").given == ("nina",)
    assert prepare("Reina Menor").surnames == ("menor",)


def test_the_younger_of_two_is_marked() -> None:
    assert prepare("Juan Pérez López hijo").younger
    assert not prepare("Juan Pérez López").younger


@pytest.mark.parametrize("text", ["", " ", "😀", "\x00\x07", "\u202e\u202d", "...", "12345", "de la"])
def test_what_holds_no_name_has_no_words(text: str) -> None:
    assert prepare(text).words in ((), ("de",), ("la",))


def test_a_list_pasted_into_the_field_is_cut() -> None:
    assert len(prepare(" ".join(["María"] * 40)).given) <= 12
    assert len(prepare("x" * 100_000).words[0]) <= 40
