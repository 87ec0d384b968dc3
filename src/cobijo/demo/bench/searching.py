"""``cobijo bench search``: how often whom one seeks by a mistyped name stands among the first, and what it takes.

People come from a file as for dedupe, queries from another (expected_ids separated by blanks, name, age, sex, country);
without files both are made. Asked is the one search door, as somebody who sees all of these people.
"""

import csv
import datetime as dt
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO
from uuid import UUID

from django.db import connection, transaction

from cobijo.accounts.access import one_reading
from cobijo.accounts.types import Role
from cobijo.algorithms import text
from cobijo.algorithms.ages import Birth, Precision
from cobijo.algorithms.linkage import reading
from cobijo.algorithms.names import parsing
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.demo.bench import people as made
from cobijo.demo.bench import scratch, stencil, world
from cobijo.demo.bench.fill import settle
from cobijo.demo.bench.indexing import Index
from cobijo.demo.bench.pouring import pour
from cobijo.demo.bench.report import machine
from cobijo.demo.bench.timing import DatabaseTime
from cobijo.demo.bench.world import Said
from cobijo.people import queries as people
from cobijo.people.models import Person, PersonScope
from cobijo.people.searching import words
from cobijo.people.types import BirthIn, ScopeReason, Sex, Traits

MOST: Final = 20
_AT_ONCE: Final = 10_000
_WARM_UP: Final = 20
_CHECKED: Final = 300
"""Of those asked for, how many are looked up besides as somebody about to be registered is."""
_MILLION: Final = 1e6
_TABLES: Final = ("searchentry", "nametoken", "nameposting", "namefresh")
_COUNTRY: Final = ("country", "pais", "nationality", "nacionalidad", "country of birth")
_SEXES: Final = {1: Sex.FEMALE, 2: Sex.MALE}
_GIVE_OR_TAKE: Final = 3


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed and said, and the ids of whom it should find."""

    expected: frozenset[str]
    name: str
    traits: Traits

    @property
    def names(self) -> int:
        """How many names were typed."""
        return len(text.tokens(self.name))


@dataclass(slots=True)
class Filled:
    """Who was written into the database: the account that asks, the people of the ids that are expected."""

    account: UUID
    people: int = 0
    persons: dict[str, UUID] = field(default_factory=dict)


def run_made(persons: int, seed: int, count: int, folder: Path, said: Said) -> dict[str, Any]:
    """Make people and queries of a seed, then as from files."""
    of_people, of_queries = folder / "people.csv", folder / "queries.csv"
    with of_people.open("w", encoding="utf-8", newline="") as out:
        made.write(out, persons, seed)
    with of_queries.open("w", encoding="utf-8", newline="") as out:
        made.write_queries(out, persons, count, seed)
    return {"seed": seed, **run(of_people, of_queries, said)}


def run(of_people: Path, of_queries: Path, said: Said) -> dict[str, Any]:
    """Write the people of a file into the database, which must be empty, and ask the queries of another."""
    asked = list(read_queries(of_queries))
    if not asked:
        raise reading.UnreadableError("There is no query in the file.")
    began = time.monotonic()
    filled = fill(of_people, frozenset().union(*(query.expected for query in asked)), said)
    return {
        "benchmark": "search",
        "engine": scratch.engine(),
        "persons": filled.people,
        "machine": machine(),
        "fill_s": round(time.monotonic() - began, 1),
        **ask(filled, asked, said),
        "check": check(filled, asked[:_CHECKED], said),
        "index_mb": round(index_in_bytes() / _MILLION, 1),
    }


# --- the people ------------------------------------------------------------------------------------------------------


def fill(of_people: Path, expected: frozenset[str], said: Said) -> Filled:
    """Write people as registering would leave them, but for journal and households; one who works with all of them."""
    there = world.open_response()
    filled = Filled(world.make_account("searcher", Role.CASE_WORKER, there.response))
    with of_people.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        index, number = Index(), 0
        for rows, today in _parts(lines):
            with transaction.atomic():
                _write(rows, filled, index, there.response, today)
            for at, name in enumerate(rows.ids):
                if name in expected:
                    filled.persons[name] = rows.persons[at]
            number += len(rows.ids)
            said("people", number, 0)
        index.close()
    filled.people = number
    if not connection.in_atomic_block:  # as in a test
        settle()
    return filled


@dataclass(slots=True)
class _Rows:
    ids: list[str]
    persons: list[UUID]
    read: reading.People
    countries: list[str]


def _parts(lines: TextIO) -> Iterator[tuple[_Rows, dt.date]]:
    """The list some rows at a time, and the day its ages are counted from: as rows with birth and age have it."""
    rows = csv.reader(lines, delimiter=_delimiter(lines))
    headings = next(rows)
    place = next((at for at, one in enumerate(headings) if text.fold(one.replace("_", " ")) in _COUNTRY), None)
    today: dt.date | None = None
    while some := list(islice(rows, _AT_ONCE)):
        found = reading.take([headings, *some], {}, "dmy")
        countries = [_country(row, place) for row in some if any(row)]
        today = today or _day_of(found)
        yield _Rows(found.ids, [uuid7() for _ in found.ids], found, countries), today


def _country(row: Sequence[str], place: int | None) -> str:
    written = row[place].strip() if place is not None and place < len(row) else ""
    return written.upper() if len(written) == 2 and written.isalpha() else ""


def _delimiter(lines: TextIO) -> str:
    head = lines.readline()
    lines.seek(0)
    return max(",;\t|", key=head.count)


def _day_of(found: reading.People) -> dt.date:
    """The day on which most of these people had the age that stands beside their birth; else today."""
    today = clock.now().date()
    since = [
        (dt.date(year, month, day) - dt.date(1900, 1, 1)).days + age * 365.2425
        for (year, month, day), age in zip(found.birth, found.age, strict=True)
        if month and age >= 0
    ]
    if len(since) < _WARM_UP:
        return today
    middle = statistics.median(since) + 365.2425 / 2  # between two birthdays
    return dt.date(1900, 1, 1) + dt.timedelta(days=round(middle))


def _write(rows: _Rows, filled: Filled, index: Index, unit: UUID, today: dt.date) -> None:
    now = clock.now()
    some = [_person(rows, at, unit, today, filled.people + at) for at in range(len(rows.ids))]
    columns = stencil.columns_of(Person)
    pour(Person, columns, [[_plain(getattr(person, name)) for name in columns] for person in some])
    scopes = [(uuid7(), person.pk, unit, now, None, ScopeReason.REGISTERED.value) for person in some]
    pour(PersonScope, ["id", "person_id", "unit_id", "starts_at", "ends_at", "why"], scopes)
    for person in some:
        index.add(person.pk, words.of_person(person))
    index.pour()
    filled.people += len(some)


def _plain(value: Any) -> Any:
    return str(value).replace("'", '"') if isinstance(value, list) else value


def _person(rows: _Rows, at: int, unit: UUID, today: dt.date, number: int) -> Person:
    given, first, second, married, whole = rows.read.names[at]
    if whole and not (given or first):
        found = parsing.parse(whole)
        given, first, second, married = found.given_names, found.first_surname, found.second_surname, found.married_name
    birth = _birth(rows.read.birth[at], rows.read.age[at], today)
    return Person(
        id=rows.persons[at],
        number=number,
        given_names=given[:120],
        first_surname=first[:120],
        second_surname=second[:120],
        married_name=married[:120],
        sex=_SEXES.get(rows.read.sex[at], Sex.UNKNOWN).value,
        birth_date=birth.stored(),
        birth_precision=birth.precision.value,
        nationalities=[rows.countries[at]] if rows.countries[at] else [],
        origin_place=rows.read.place[at][:240],
        registered_at=clock.now(),
        registered_unit_id=unit,
    )


def _birth(written: tuple[int, int, int], age: int, today: dt.date) -> Birth:
    """A birth as far as the list knows it, moved so that the age on the list's day is the age today."""
    year, month, day = written
    later = clock.now().date() - today
    if month:
        return Birth.on(dt.date(year, month, day) + later)
    if year:
        return Birth.in_year((dt.date(year, 7, 1) + later).year)
    return Birth.aged(age, on=clock.now().date()) if age >= 0 else Birth(None, Precision.UNKNOWN)


# --- the queries -----------------------------------------------------------------------------------------------------


def read_queries(path: Path) -> Iterator[Query]:
    """The queries of a file with headings expected_ids, name, age, sex, country; all but the first two may be blank.

    Raises `reading.UnreadableError` where one of these two is missing.
    """
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter=_delimiter(lines))
        if not {"expected_ids", "name"} <= set(rows.fieldnames or ()):
            raise reading.UnreadableError("The queries need the headings expected_ids and name.")
        for row in rows:
            age, sex = (row.get("age") or "").split(".")[0].strip(), (row.get("sex") or "").strip().lower()[:1]
            yield Query(
                expected=frozenset(row["expected_ids"].split()),
                name=row["name"],
                traits=Traits(
                    sex={"f": Sex.FEMALE, "m": Sex.MALE}.get(sex, Sex.UNKNOWN),
                    age=int(age) if age.isdigit() else None,
                    years=_GIVE_OR_TAKE,
                    country=(row.get("country") or "").strip().upper(),
                ),
            )


def ask(filled: Filled, queries: Sequence[Query], said: Said) -> dict[str, Any]:
    """Ask each query once and judge what is found, in all and by how many names were typed."""
    ranks: list[int] = []
    spent: list[float] = []
    for query in queries[:_WARM_UP]:
        people.search(filled.account, query.name, traits=query.traits, limit=MOST)
    database = DatabaseTime()
    for at, query in enumerate(queries):
        cpu, elsewhere = time.process_time_ns(), database.now()
        with one_reading():
            hits = people.search(filled.account, query.name, traits=query.traits, limit=MOST)
        spent.append((time.process_time_ns() - cpu + database.now() - elsewhere) / _MILLION)
        wanted = {filled.persons[one] for one in query.expected if one in filled.persons}
        ranks.append(next((rank for rank, hit in enumerate(hits) if hit.person_id in wanted), MOST))
        said("queries", at + 1, len(queries))
    by_names: dict[str, list[int]] = defaultdict(list)
    for at, query in enumerate(queries):
        by_names[f"{min(query.names, 4)}{'+' if query.names >= 4 else ''}"].append(at)
        by_names["3 or more" if query.names >= 3 else "2 or fewer"].append(at)
    whole = _figures(range(len(queries)), ranks, spent)
    return {**whole, "by_names": {name: _figures(some, ranks, spent) for name, some in sorted(by_names.items())}}


def check(filled: Filled, queries: Sequence[Query], said: Said) -> dict[str, float]:
    """Ask who each may be already, as the desk does before it registers somebody of that name."""
    members = [_member(query) for query in queries]
    for member in members[:_WARM_UP]:
        people.candidates(filled.account, [member])
    database, spent = DatabaseTime(), list[float]()
    for at, member in enumerate(members):
        cpu, elsewhere = time.process_time_ns(), database.now()
        with one_reading():
            people.candidates(filled.account, [member])
        spent.append((time.process_time_ns() - cpu + database.now() - elsewhere) / _MILLION)
        said("checks", at + 1, len(members))
    cuts = statistics.quantiles(spent, n=100, method="inclusive") if len(spent) > 1 else [0] * 99
    return {"asked": len(spent), "cpu_ms_p50": round(cuts[49], 1), "cpu_ms_p95": round(cuts[94], 1)}


def _member(query: Query) -> people.Sought:
    found, age = parsing.parse(query.name), query.traits.age
    return people.Sought(
        person_id=uuid7(),
        names=(found.given_names, found.first_surname, found.second_surname, found.married_name),
        sex=query.traits.sex,
        birth=BirthIn(age_years=age) if age is not None else BirthIn(),
    )


def _figures(some: Sequence[int], ranks: Sequence[int], spent: Sequence[float]) -> dict[str, float]:
    theirs = [ranks[at] for at in some]
    cuts = statistics.quantiles([spent[at] for at in some], n=100, method="inclusive") if len(theirs) > 1 else [0] * 99
    return {
        "queries": len(theirs),
        **{
            name: round(sum(rank < most for rank in theirs) / len(theirs), 4)
            for name, most in (("found_first", 1), ("found_in_five", 5), ("found_in_twenty", MOST))
        },
        "cpu_ms_p50": round(cuts[49], 1),
        "cpu_ms_p95": round(cuts[94], 1),
    }


def index_in_bytes() -> int:
    """What the index of names takes on the disk: entries, words and postings, with what they are found by."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT sum(pg_total_relation_size(to_regclass(name))) FROM unnest(%s::text[]) AS name",
                [[f"people_{name}" for name in _TABLES]],
            )
        else:
            cursor.execute(
                "SELECT sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) WHERE tbl_name IN (%s, %s, %s, %s)",
                [f"people_{name}" for name in _TABLES],
            )
        return int(cursor.fetchone()[0])


def as_text(found: Mapping[str, Any]) -> str:
    """The figures as a table."""
    lines = [
        f"{found['persons']:,} people, {found['engine']}, index of names {found['index_mb']} MB, "
        f"filled in {found['fill_s']:,.0f} s",
        f"{'names typed':14}{'queries':>8}{'first':>8}{'in 5':>8}{'in 20':>8}{'CPU p50':>10}{'p95 ms':>9}",
    ]
    for name, one in [("all", found), *found["by_names"].items()]:
        shares = "".join(f"{one[key]:>8.3f}" for key in ("found_first", "found_in_five", "found_in_twenty"))
        lines.append(f"{name:14}{one['queries']:>8}{shares}{one['cpu_ms_p50']:>10.1f}{one['cpu_ms_p95']:>9.1f}")
    checked = found["check"]
    lines.append(f"before registering: CPU p50 {checked['cpu_ms_p50']:.1f} ms, p95 {checked['cpu_ms_p95']:.1f} ms")
    return "\n".join(lines)
