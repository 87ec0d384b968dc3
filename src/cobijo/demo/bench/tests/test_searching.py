"""Measuring the search: people and queries from files, and what is said of them."""

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cobijo.algorithms.ages import age_on
from cobijo.algorithms.linkage import reading
from cobijo.core import clock
from cobijo.demo.bench import people, searching
from cobijo.people.models import NameFresh, Person, SearchEntry
from cobijo.people.queries import line_of
from cobijo.people.types import Sex, Traits

pytestmark = pytest.mark.database

HEADS = [
    "id",
    "nombres",
    "primer apellido",
    "segundo apellido",
    "sexo",
    "fecha de nacimiento",
    "edad",
    "municipio",
    "pais",
]


def quietly(*_: object) -> None:
    """Says nothing."""


@pytest.fixture
def of_people(tmp_path: Path) -> Path:
    """A list that others keep: headings in Spanish, semicolons, ages on a day of theirs."""
    path = tmp_path / "people.csv"
    rows = [
        ["A1", "José María", "Sicay", "Tzoc", "M", "1980-05-02", "38", "Escuintla", "GT"],
        ["A2", "Ana", "López", "", "F", "", "30", "", "HN"],
        ["A3", "José María", "Sicay", "Tzoc", "M", "1960-05-02", "58", "Escuintla", "GT"],
        ["A4", "", "", "", "", "", "", "", ""],
        *([f"B{at}", "Rosa", "Pérez", "", "F", "1990-07-01", "28", "", ""] for at in range(30)),
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=";").writerows([HEADS, *rows])
    return path


@pytest.fixture
def of_queries(tmp_path: Path) -> Path:
    """Three queries: two that are found, one of them by the age, and one that names nobody there is."""
    path = tmp_path / "queries.csv"
    rows = [
        ["A2", "ana lopes", "", "", ""],
        ["A1 A9", "chepe xicay", "39", "m", "GT"],
        ["A3", "nobody here", "", "", ""],
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([list(people.QUERY), *rows])
    return path


@pytest.mark.django_db
def test_a_list_from_outside_is_written_as_it_is_and_asked(of_people: Path, of_queries: Path) -> None:
    found = searching.run(of_people, of_queries, quietly)
    assert found["persons"] == Person.objects.count() == SearchEntry.objects.count() == 34
    assert not NameFresh.objects.exists()
    assert (found["queries"], found["found_first"], found["found_in_five"]) == (3, 0.6667, 0.6667)
    assert {"found_in_twenty", "cpu_ms_p50", "cpu_ms_p95", "index_mb"} <= found.keys()
    assert {name: one["queries"] for name, one in found["by_names"].items()} == {"2": 3, "2 or fewer": 3}
    assert found["check"]["asked"] == 3
    assert "34 people" in searching.as_text(found)


@pytest.mark.django_db
def test_ages_count_from_the_day_on_which_the_list_was_made(of_people: Path) -> None:
    filled = searching.fill(of_people, frozenset({"A1", "A2"}), quietly)
    today = clock.now().date()
    jose, ana = (Person.objects.get(pk=filled.persons[one]) for one in ("A1", "A2"))
    assert (age_on(line_of(jose).birth, today), age_on(line_of(ana).birth, today)) == (38, 30)
    assert (jose.sex, jose.nationalities, jose.origin_place) == (Sex.MALE, ["GT"], "escuintla")


def test_queries_are_read_with_what_is_said_of_them(of_queries: Path) -> None:
    one, other, last = searching.read_queries(of_queries)
    assert one.traits == last.traits == Traits()
    assert other.traits == Traits(sex=Sex.MALE, age=39, years=3, country="GT")
    assert (set(other.expected), other.names) == ({"A1", "A9"}, 2)


def test_made_queries_name_all_records_of_a_person_and_are_the_same_every_time() -> None:
    def written() -> str:
        out = io.StringIO(newline="")
        people.write_queries(out, rows=500, count=40, seed=5)
        return out.getvalue()

    assert written() == written()
    rows = list(csv.DictReader(io.StringIO(written())))
    of_person: dict[str, set[str]] = {}
    for record in people.records(500, 5):
        of_person.setdefault(record.truth_id, set()).add(record.id)
    assert len(rows) == 40
    assert all(set(row["expected_ids"].split()) in of_person.values() for row in rows)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_command_measures_made_people() -> None:
    said = io.StringIO()
    call_command("bench", "search", "--persons", "2000", "--queries", "60", "--json", stdout=said)
    found = json.loads(said.getvalue())
    assert (found["persons"], found["queries"]) == (2_000, 60)
    assert found["found_in_five"] > 0.9


def test_the_command_says_what_it_needs() -> None:
    with pytest.raises(CommandError, match="--people and --queries"):
        call_command("bench", "search")


def test_queries_without_their_headings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "queries.csv"
    path.write_text("name;age\nana;3\n", encoding="utf-8")
    with pytest.raises(reading.UnreadableError, match="expected_ids"):
        list(searching.read_queries(path))


def test_a_day_is_reckoned_only_from_enough_rows() -> None:
    found = reading.take([["nombres", "fecha de nacimiento", "edad"], ["Ana", "1990-01-01", "20"]], {}, "ymd")
    assert searching._day_of(found) == clock.now().date()
    rows = [["Ana", f"{year}-07-01", str(2010 - year)] for year in range(1960, 2000)]
    found = reading.take([["nombres", "fecha de nacimiento", "edad"], *rows], {}, "ymd")
    assert abs(searching._day_of(found) - dt.date(2010, 12, 31)) < dt.timedelta(days=5)
