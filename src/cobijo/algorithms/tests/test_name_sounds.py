"""How names sound in three traditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms.names import sounds
from cobijo.algorithms.text import fold


def one(text: str) -> str:
    return fold(text).replace(" ", "")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Hernández", "Ernandes"),
        ("Vásquez", "Basques"),
        ("Núñez", "Nuñes"),
        ("Castañeda", "Castanieda"),
        ("Muñoz", "Munyoz"),
        ("Chinchilla", "Chinchiya"),
        ("Ximena", "Jimena"),
        ("Xicay", "Sicay"),
        ("Enríquez", "Henrikes"),
        ("Mejía", "Megía"),
        ("Wilmer", "Guilmer"),
        ("Huezo", "Güeso"),
        ("Jonathan", "Yonatan"),
        ("Yac", "Iac"),
        ("Coy", "Coi"),
    ],
)
def test_a_spanish_ear_hears_one_name(a: str, b: str) -> None:
    assert sounds.spanish(one(a)) & sounds.spanish(one(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Tzoc", "Tsok"),
        ("Q'uc'", "Cuc"),
        ("Kʼicheʼ", "Quiche"),
        ("Xol", "Shol"),
        ("Ajú", "Ahu"),
        ("Caal", "Kal"),
        ("Batz'", "Bats"),
        ("Huitz", "Witz"),
        ("Quej", "Kej"),
    ],
)
def test_a_maya_name_is_one_in_every_alphabet(a: str, b: str) -> None:
    assert sounds.maya(one(a)) & sounds.maya(one(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Jean", "Jan"),
        ("Pierre", "Pyè"),
        ("Jean-Baptiste", "Janbatis"),
        ("Étienne", "Etyèn"),
        ("Augustin", "Ogisten"),
        ("François", "Franswa"),
        ("Moreau", "Mowo"),
        ("Beauvais", "Bovè"),
        ("Charles", "Chal"),
        ("Roger", "Woje"),
        ("Bien-Aimé", "Byeneme"),
        ("Saint-Fleur", "Senflè"),
        ("Gérard", "Jera"),
    ],
)
def test_french_and_creole_spell_one_haitian_name(a: str, b: str) -> None:
    assert sounds.haitian(one(a)) & sounds.haitian(one(b))


@pytest.mark.parametrize(("a", "b"), [("Cuc", "Coc"), ("Coc", "Coy"), ("Tum", "Tut"), ("Xol", "Xo"), ("Can", "Cac")])
def test_short_names_that_differ_sound_different(a: str, b: str) -> None:
    assert not sounds.keys(one(a)) & sounds.keys(one(b))


def test_keys_say_their_tradition() -> None:
    assert {"spanish:sikai", "spanish:jikai", "maya:Sikai"} <= sounds.keys("xicay")


@given(st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_any_word_has_its_keys(text: str) -> None:
    for word in fold(text).split():
        assert all(key.partition(":")[2] for key in sounds.keys(word))
