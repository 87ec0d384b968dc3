"""The tables of names: whole, folded, and saying what they should."""

from importlib.resources import files

import pytest

from cobijo.algorithms.names import nicknames, tables
from cobijo.algorithms.names.tables import Part
from cobijo.algorithms.text import fold

TABLES = ["given_names.tsv", "nicknames.tsv", "spellings.tsv", "surnames.tsv", "words.tsv"]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_says_its_source_and_every_line_is_whole(name: str) -> None:
    lines = files("cobijo.algorithms.names").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    head = " ".join(line for line in lines if line.startswith("#"))
    assert "Licence" in head or "licence" in head
    rows = [line for line in lines if line and not line.startswith("#")]
    columns = rows[0].count("\t")
    assert not [line for line in rows if line.count("\t") != columns]
    assert not [line for line in rows[1:] if fold(line.replace("\t", " ")) != " ".join(line.lower().split())]
    firsts = [line.split("\t")[:2] for line in rows[1:]]
    assert len({tuple(first) for first in firsts}) == len(firsts)


def test_a_common_name_weighs_little_and_an_unknown_one_much() -> None:
    assert tables.rarity("hernandez", Part.SURNAME, "mx") == pytest.approx(4.6, abs=0.2)
    assert tables.rarity("hernandez", Part.SURNAME) < tables.rarity("pixcar", Part.SURNAME) < tables.UNKNOWN_BITS
    assert tables.rarity("brtzlk", Part.SURNAME) == tables.UNKNOWN_BITS


def test_a_name_weighs_by_its_country_where_that_is_known() -> None:
    assert tables.rarity("mejia", Part.SURNAME, "hn") < tables.rarity("mejia", Part.SURNAME, "mx")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("pepe", "jose"), ("chepe", "jose"), ("paco", "francisco"), ("pancho", "francisco"), ("chuy", "jesus"),
        ("lupe", "guadalupe"), ("chayo", "rosario"), ("nacho", "ignacio"), ("tono", "antonio"), ("memo", "guillermo"),
        ("chente", "vicente"), ("beto", "humberto"), ("quique", "enrique"), ("lalo", "eduardo"), ("meches", "mercedes"),
        ("lola", "dolores"), ("moncho", "ramon"), ("juanito", "juan"), ("carmencita", "carmen"), ("anita", "ana"),
        ("tijean", "jean"), ("manno", "emmanuel"), ("xep", "jose"),
    ],
)  # fmt: skip
def test_a_nickname_means_its_names(said: str, meant: str) -> None:
    assert meant in nicknames.names(said)


@pytest.mark.parametrize("name", ["margarita", "benita", "rosario", "agustin", "martin", "lucha", "ana", "maria"])
def test_a_name_that_only_looks_small_means_no_common_other(name: str) -> None:
    assert not nicknames.names(name) & {"marga", "ben", "rosa", "agusto", "marto", "juan", "jose"}
