"""Record linkage: who of a list is one person, at the door that the commands use."""

from collections import Counter
from itertools import combinations, product
from pathlib import Path

import pytest

from cobijo.algorithms.linkage import engine, reading, weights
from cobijo.algorithms.linkage.blocking import NEIGHBOURS
from cobijo.algorithms.linkage.clusters import LARGEST

HEAD = ["id", "nombres", "primer apellido", "segundo apellido", "sexo", "fecha de nacimiento", "municipio",
        "telefono", "documento", "hogar"]  # fmt: skip
ANA = ["1", "Ana Lucía", "Xicay", "Tzoc", "F", "1990-05-17", "Escuintla", "55512345", "2345678901234", "H1"]
AGAIN = ["2", "Ana Lucia", "Sicay", "Tzok", "F", "1990-05-17", "Escuintla", "", "2345678901234", "H2"]


def listed(*rows: list[str]) -> reading.People:
    return reading.take([HEAD, *rows], {}, "ymd")


def pairs(people: reading.People, apart: int = 0) -> tuple[set[tuple[str, str]], engine.Found]:
    found = engine.link(people, apart=apart)
    return {(people.ids[a], people.ids[b]) for a, b in zip(found.one, found.other, strict=True)}, found


def test_one_woman_written_down_twice_is_found_and_the_evidence_says_why() -> None:
    made, found = pairs(listed(ANA, AGAIN))

    assert made == {("1", "2")}
    assert found.probability[0] > 0.9
    assert "document" in found.evidence(0)
    assert found.cluster == [0, 0]


def test_father_and_son_of_one_name_in_one_household_stay_two() -> None:
    father = ["1", "José Luis", "Cuc", "Pop", "M", "1970-01-01", "Cobán", "55512345", "", "H1"]
    son = ["2", "José Luis", "Cuc", "Caal", "M", "1995-06-01", "Cobán", "55512345", "", "H1"]

    made, found = pairs(listed(father, son))

    assert made == set()
    assert found.cluster == [0, 1]


def test_twins_entered_together_are_never_one() -> None:
    twin = ["1", "María José", "López", "Pérez", "F", "2001-03-04", "Mixco", "55512345", "", "H1"]

    made, found = pairs(listed(twin, ["2", "María Juana", *twin[2:]]))

    assert made == set()
    assert found.cluster == [0, 1]


def test_a_document_shared_by_a_family_makes_no_one_person() -> None:
    mother = ["1", "Rosa", "Chávez", "Mejía", "F", "1980-02-03", "Choluteca", "95551234", "0801198012345", "H1"]
    child = ["2", "Kevin", "Andino", "Chávez", "M", "2010-09-08", "Choluteca", "95551234", "0801198012345", "H2"]

    assert pairs(listed(mother, child))[0] == set()


def test_thousands_born_on_new_years_day_are_not_joined() -> None:
    given = ["Juan", "Pedro", "Marta", "Elena", "Oscar", "Luis", "Rosa", "Irma", "Hugo", "Saúl"]
    surnames = ["Pérez", "López", "Cuc", "Tzoc", "Mejía", "Ruano", "Choc", "Batz", "Solís", "Pop"]
    rows = [
        [str(at), name, one, other, "", "1980-01-01", "", "", "", ""]
        for at, (name, (one, other)) in enumerate(product(given, combinations(surnames, 2)))
    ]

    made, _found = pairs(listed(*rows))

    assert len(made) <= len(rows) * 0.02


def test_many_identical_rows_do_not_explode_and_the_cap_is_said() -> None:
    rows = [[str(at), *ANA[1:9], ""] for at in range(20_000)]

    found = engine.link(listed(*rows))

    assert found.compared < 20_000 * 30
    assert found.capped["document"] == (1, 20_000)


@pytest.mark.slow
def test_a_million_identical_rows_are_taken_in_bounded_memory() -> None:
    rows = (["1", *ANA[1:9], ""] for _ in range(1_000_000))

    people = reading.take([HEAD, *rows], {}, "ymd")
    found = engine.link(people)

    assert found.compared < 1_000_000 * 2 * NEIGHBOURS
    assert found.capped["document"] == (1, 1_000_000)
    assert len(people.warnings) < 50
    assert max(Counter(found.cluster).values()) <= LARGEST


def test_a_telephone_of_a_whole_camp_joins_nobody() -> None:
    given = ["Juan", "Rosa", "Elmer", "Delia", "Saúl", "Irma", "Hugo", "Marta"]
    surnames = ["Cuc", "Ruano", "Mejía", "Tzoc", "Pérez", "Solís"]
    rows = [
        [str(at), name, surname, "", "", "", "Escuintla", "55512345", "", ""]
        for at, (name, surname) in enumerate(product(given, surnames))
    ]

    assert pairs(listed(*rows))[0] == set()


def test_a_name_of_forty_words_is_taken_by_its_first() -> None:
    long = " ".join(["Ana", "Lucía", *["María"] * 38])

    made, _found = pairs(listed(ANA, ["2", long, *AGAIN[2:]]))

    assert made == {("1", "2")}


def test_a_family_that_keeps_its_number_is_found_by_it() -> None:
    """The list itself tells: many who are plainly one person share their household's number."""
    words = ["Irma", "Hugo", "Saúl", "Elena", "Oscar", "Marta", "Luis", "Delia"]
    first = [
        [str(at), name, f"Ruano{chr(97 + at)}", "Mejía", "", f"198{at}-05-17", "Mixco", "", "", f"H{at}"]
        for at, name in enumerate(words)
    ]
    again = [[f"{row[0]}b", *row[1:]] for row in first]

    made, found = pairs(listed(*first, *again))

    assert made == {(str(at), f"{at}b") for at in range(len(words))}
    assert "home" in found.evidence(0)


def test_names_that_are_none_say_nothing_and_break_nothing() -> None:
    odd = ["", "X", "😀😀", "NN", "desconocido", "hijo de María", " ".join(["Ana"] * 40), "A\x00na\x07\u202e"]
    rows = [[str(at), name, "", "", "", "", "", "", "", ""] for at, name in enumerate(odd)]

    made, found = pairs(listed(*rows))

    assert made == set()
    assert len(found.cluster) == len(odd)


def test_an_empty_list_and_a_list_of_one_have_no_pairs() -> None:
    assert pairs(listed())[0] == set()
    assert pairs(listed(ANA))[0] == set()


def test_the_answer_is_the_same_every_run() -> None:
    rows = [ANA, AGAIN, ["3", "Ana", "Xicay", "", "F", "", "", "", "", "H3"]]

    one, other = engine.link(listed(*rows), cut=0.01), engine.link(listed(*rows), cut=0.01)

    assert one.one.tolist() == other.one.tolist()
    assert one.probability.tolist() == other.probability.tolist()


def test_between_two_lists_only_pairs_across_are_found() -> None:
    people = listed(ANA, ["9", *ANA[1:9], "H9"])
    reading.append(people, listed(AGAIN))

    assert pairs(people, apart=2)[0] == {("1", "2"), ("9", "2")}


def test_a_list_without_names_is_refused_with_what_to_do() -> None:
    with pytest.raises(reading.UnreadableError, match="No column holds names"):
        reading.take([["sexo", "edad"], ["F", "3"]], {}, "dmy")


def test_a_column_that_was_named_but_is_not_there_is_refused() -> None:
    with pytest.raises(reading.UnreadableError, match="There is no column apodo"):
        reading.take([HEAD], {"given": "apodo"}, "dmy")


def test_lines_of_two_encodings_in_one_file_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("id;nombres;apellidos\n1;Begoña;Núñez\n".encode() + "2;Begoña;Núñez\n".encode("cp1252"))

    people = reading.read(path)

    assert people.names[0] == people.names[1]


@pytest.mark.parametrize(
    ("text", "dates", "meant"),
    [
        ("03/04/2020", "dmy", (2020, 4, 3)),
        ("03/04/2020", "mdy", (2020, 3, 4)),
        ("2020-04-03", "dmy", (2020, 4, 3)),
        ("31/02/2020", "dmy", (2020, 0, 0)),
        ("1987", "dmy", (1987, 0, 0)),
        ("no sabe", "dmy", (0, 0, 0)),
    ],
)
def test_days_are_read_in_the_order_that_was_said(text: str, dates: str, meant: tuple[int, int, int]) -> None:
    assert reading.birth_of(text, dates) == meant


def test_weights_of_another_version_are_refused() -> None:
    with pytest.raises(ValueError, match="Relearn"):
        weights.loaded({**weights.shipped().as_json(), "version": 0})


def test_an_address_tells_two_of_one_name_apart_and_joins_a_woman_who_married() -> None:
    head = ["id", "nombres", "apellidos", "edad", "municipio", "dirección"]
    rows = [
        ["1", "Ana Lucía", "Xicay", "28", "Escuintla", "Barrio El Calvario, casa 14"],
        ["2", "Ana Lucia", "Sicay", "29", "Escuintla", "barrio el calvario casa 41"],
        ["3", "Ana Lucía", "Xicay", "29", "Escuintla", "Finca La Reunión, caserío Los Limones"],
    ]
    near = _probabilities(reading.take([head, *rows], {}, "dmy"))
    without = _probabilities(reading.take([[*head[:5]], *(row[:5] for row in rows)], {}, "dmy"))

    assert near["1", "2"] > without["1", "2"]
    assert near["1", "3"] < without["1", "3"]


def _probabilities(people: reading.People) -> dict[tuple[str, str], float]:
    found = engine.link(people, cut=0)
    pairs = zip(found.one, found.other, found.probability.tolist(), strict=True)
    return {(people.ids[a], people.ids[b]): probability for a, b, probability in pairs}


def test_two_lists_that_are_one_but_for_slips_leave_fewer_without_a_counterpart() -> None:
    ours = _made(range(60))
    alike, others = _made(range(60), suffix="b"), _made(range(60, 120), suffix="b")
    doubtful = ["z", "Ana", "Xicay", "", "F", "1970", "Escuintla", "", "", ""]
    slip = ["zb", "Anita", "Sicai", "", "F", "1971", "Escuintla", "", "", ""]
    of_one, of_few = (_across([*ours, doubtful], [*theirs, slip])["z", "zb"] for theirs in (alike, others))

    assert of_one > of_few


def _made(numbers: range, suffix: str = "") -> list[list[str]]:
    names = ("Rosa", "Carmen", "Julia", "Elena", "Marta", "Lidia", "Sonia", "Norma", "Olga", "Irma")
    surnames = ("Caal", "Pop", "Tzoc", "Chávez", "Mejía", "Paz", "Ramos", "Ortiz", "Luna", "Sosa", "Vega", "Cruz")
    return [
        [
            f"{at}{suffix}", names[at % 10], surnames[at // 10], surnames[at % 12], "F",
            f"19{40 + at % 60}-0{1 + at % 9}-17", "Mixco", "", f"23456789{at:05d}", "",
        ]
        for at in numbers
    ]  # fmt: skip


def _across(ours: list[list[str]], theirs: list[list[str]]) -> dict[tuple[str, str], float]:
    people, others = listed(*ours), listed(*theirs)
    apart = len(people)
    reading.append(people, others)
    found = engine.link(people, apart=apart, cut=0.0)
    pairs = zip(found.one, found.other, found.probability.tolist(), strict=True)
    return {(people.ids[a], people.ids[b]): probability for a, b, probability in pairs}
