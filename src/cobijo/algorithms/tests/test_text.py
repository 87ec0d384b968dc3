import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cobijo.algorithms.text import clean, fold, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Núñez", "nunez"),
        ("  MARÍA   José ", "maria jose"),
        ("K'iche'", "kiche"),
        ("Kʼicheʼ", "kiche"),
        ("Q’eqchi’", "qeqchi"),
        ("Tz`utujil", "tzutujil"),
        ("Ixch´el", "ixchel"),
        ("De León-Pérez, Ana", "de leon perez ana"),
        ("Straße", "strasse"),
        ("Mᴬ ϒ", "ma υ"),  # compatibility letters that become capitals only when taken apart
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Güicho\u200b\u200fÑ", "guichon"),
        ("San\u00a0Juan\tAlotenango\n", "san juan alotenango"),
        ("Zona 3, casa #12", "zona 3 casa 12"),
        ("", ""),
        ("¡¿…?!", ""),
    ],
)
def test_a_spelling_folds_to_what_is_searched(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold(unicodedata.normalize("NFD", "Peña Güell")) == fold("Peña Güell") == "pena guell"


def test_tokens_are_the_words_in_order() -> None:
    assert tokens("De León, Ana-María") == ["de", "leon", "ana", "maria"]
    assert tokens(" - ") == []


@given(st.text())
@example("ŉ")
@example("ΐ")
@example("ﷺ")
@example("ﾞ")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_fold_holds_only_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(char == " " or unicodedata.category(char)[0] in "LNM" for char in folded)


@given(st.text())
def test_what_is_kept_folds_as_what_was_typed(text: str) -> None:
    assert fold(clean(text)) == fold(text)


@given(st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúü '’ʼ"))
def test_case_and_apostrophes_never_tell_two_names_apart(text: str) -> None:
    assert fold(text.upper()) == fold(text)
    assert fold(text.replace("'", "ʼ")) == fold(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  José   NÚÑEZ ", "José NÚÑEZ"),
        ("K’iche’", "K’iche’"),
        ("Ana\u202e\u200dMaría", "AnaMaría"),
        ("Ana\x00\x07 Paz\r\nRuiz", "Ana Paz Ruiz"),
        (unicodedata.normalize("NFD", "Peña"), "Peña"),
        ("\ufeff", ""),
    ],
)
def test_what_is_kept_is_as_written_without_the_invisible(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text())
def test_nothing_invisible_is_kept(text: str) -> None:
    assert not any(unicodedata.category(char)[0] == "C" for char in clean(text))
