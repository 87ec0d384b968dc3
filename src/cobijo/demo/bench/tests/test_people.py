"""Made people: the same for a seed, as lists have them, and known who is who."""

import csv
import io
from collections import Counter, defaultdict
from random import Random

import pytest

from cobijo.demo.bench import mistakes, people


@pytest.fixture(scope="module")
def some() -> list[people.Record]:
    return list(people.records(6_000, seed=3))


def test_a_seed_gives_the_same_file_and_another_another() -> None:
    first, again, other = io.StringIO(), io.StringIO(), io.StringIO()
    for out, seed in ((first, 1), (again, 1), (other, 2)):
        people.write(out, 300, seed)
    assert first.getvalue() == again.getvalue() != other.getvalue()
    rows = list(csv.DictReader(io.StringIO(first.getvalue())))
    assert len(rows) == 300
    assert list(rows[0]) == list(people.COLUMNS)


def test_what_is_missing_is_missing_as_often_as_said(some: list[people.Record]) -> None:
    for column, share in (("phone", 0.42), ("document", 0.49), ("birth_date", 0.11)):
        missing = sum(not getattr(record, column) for record in some) / len(some)
        assert missing == pytest.approx(share, abs=0.03)
    assert all(record.birth_date or record.age for record in some)


def test_every_group_is_there_and_no_id_twice(some: list[people.Record]) -> None:
    assert {record.group for record in some} == set(people.GROUPS)
    assert len({record.id for record in some}) == len(some)


def test_some_people_stand_there_several_times_and_not_alike(some: list[people.Record]) -> None:
    by_person = defaultdict(list)
    for record in some:
        by_person[record.truth_id].append(record)
    several = [records for records in by_person.values() if len(records) > 1]
    assert 0.1 < len(several) / len(by_person) < 0.4
    differing = [
        each for each in several if len({(r.given_names, r.first_surname, r.second_surname) for r in each}) > 1
    ]
    assert len(differing) > len(several) / 2


def test_families_share_what_families_share(some: list[people.Record]) -> None:
    phones: dict[tuple[str, str], set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for record in some:
        phones[record.household_id, record.phone].add(record.truth_id)
        documents[record.document].add(record.truth_id)
    assert any(number and len(bearers) > 2 for (_, number), bearers in phones.items())
    assert any(number and len(bearers) > 1 for number, bearers in documents.items())


def test_a_son_may_bear_his_fathers_name(some: list[people.Record]) -> None:
    names = Counter(
        (record.household_id, mistakes.plain(f"{record.given_names} {record.first_surname}").lower()) for record in some
    )
    assert max(names.values()) > 1


def test_a_query_asks_for_every_record_of_the_person(some: list[people.Record]) -> None:
    by_id = {record.id: record.truth_id for record in some}
    asked = list(people.queries(some, 200, seed=5))
    assert len(asked) == 200
    for query in asked:
        expected = query["expected_ids"].split()
        assert len({by_id[one] for one in expected}) == 1
        assert query["name"]
    assert 0.2 < sum(len(query["name"].split()) <= 2 for query in asked) / 200 < 0.6


def test_a_slip_changes_a_name_a_little() -> None:
    chance = Random(1)
    slips = {mistakes.slipped(chance, "Hernández") for _ in range(200)}
    assert len(slips) > 20
    assert all(abs(len(slip) - len("Hernández")) <= 1 for slip in slips)


def test_one_digit_of_a_number_is_wrong() -> None:
    chance = Random(1)
    for _ in range(50):
        wrong = mistakes.digit_wrong(chance, "12345678")
        assert len(wrong) == 8
        assert 1 <= sum(a != b for a, b in zip(wrong, "12345678", strict=True)) <= 2
