"""``cobijo dedupe --registry``: everybody is compared with everybody, and the queue of the program is filled."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import erasure
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.identity import nightly, queries
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.types import JudgedIn, PairState, Verdict
from cobijo.people.models import Person
from cobijo.people.tests.identity.test_nightly import again, arrive, correct, couples, jose, queue
from cobijo.people.types import BirthIn, MemberIn, VoidReason
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def registry(**options: Any) -> dict[str, int]:
    """The figures of a look through everybody."""
    out = io.StringIO()
    call_command("dedupe", registry=True, json=True, stdout=out, stderr=io.StringIO(), **options)
    found: dict[str, int] = json.loads(out.getvalue())
    return found


def twice(name: str, year: int) -> list[MemberIn]:
    """One person as two desks write them."""
    born = BirthIn(day=year % 28 + 1, month=year % 12 + 1, year=year)
    return [each(given_names=name, birth=born) for each in (jose, again)]


def test_who_is_registered_twice_goes_to_the_queue_and_nobody_is_made_one(cast: Cast) -> None:
    one, other, *_ = arrive(cast, jose(), again(), jose(given_names="Rosa", first_surname="Tum", second_surname=""))
    found = registry()
    assert found.items() >= {"people": 3, "pairs": 1, "queued_new": 1, "judged_already": 0}.items()
    assert found["compared"] >= 1
    (row,) = queries.pairs_for(cast.beto.id)
    assert {row.first.id, row.second.id} == {one, other}
    assert row.evidence
    assert not Merge.objects.exists()
    assert not Person.objects.exclude(merged_into=None).exists()


def test_run_twice_it_leaves_the_same_queue(cast: Cast) -> None:
    arrive(cast, *twice("Rosa", 1950), *twice("Ixchel", 1971))
    first = registry()
    once = queue()
    assert len(once) == first["queued_new"] == first["pairs"] == 2
    assert registry() == first | {"queued_new": 0}
    assert queue() == once


@pytest.mark.parametrize("verdict", Verdict)
def test_what_was_judged_stays_so_until_what_was_compared_has_changed(cast: Cast, verdict: Verdict) -> None:
    one, other = arrive(cast, jose(), again())
    registry()
    said = JudgedIn(pair_id=uuid7(), first_id=one, second_id=other, verdict=verdict)
    people.judge_pairs(act(cast.beto), judged=[said])
    assert registry().items() >= {"pairs": 1, "queued_new": 0, "judged_already": 1}.items()
    assert Pair.objects.get().state == verdict.value
    correct(cast, one, second_surname="Tzok")
    assert registry().items() >= {"queued_new": 0, "judged_already": 0}.items()
    assert Pair.objects.get().state == PairState.OPEN


def test_what_was_merged_taken_out_or_erased_is_not_compared(cast: Cast) -> None:
    kept, merged, out, erased, left = arrive(cast, jose(), again(), again(), again(), again())
    people.merge_people(act(cast.beto), merge_id=uuid7(), kept_id=kept, gone_id=merged)
    people.void_person(act(cast.beto), person_id=out, reason=VoidReason.TWICE)
    erasure.erase(erased, COMMAND_LINE)
    assert registry()["people"] == 2
    assert couples() == {frozenset((kept, left))}


def test_the_threshold_is_the_readers(cast: Cast) -> None:
    arrive(cast, jose(), again())
    assert registry(threshold=1.0)["pairs"] == 0
    assert registry(threshold=0.2)["pairs"] == 1


def test_the_queue_takes_some_pairs_at_a_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nightly, "MOST", 2)
    arrive(cast, *twice("Rosa", 1950), *twice("Ixchel", 1971), *twice("Saúl", 2003))
    assert registry()["queued_new"] == 3
    assert len(queue()) == 3


def test_an_empty_registry_has_no_pairs(cast: Cast) -> None:
    assert registry() == {"people": 0, "compared": 0, "pairs": 0, "queued_new": 0, "judged_already": 0}


def test_it_says_where_the_pairs_are_looked_at(cast: Cast) -> None:
    arrive(cast, jose(), again())
    out = io.StringIO()
    call_command("dedupe", "--registry", stdout=out)
    assert "1 are new in the queue" in out.getvalue()
    assert "“Registered twice”, /people/pairs/" in out.getvalue()


@pytest.mark.parametrize("both", [["in.csv"], ["--out", "pairs.csv"], ["--clusters", "c.csv"], ["--map", "map.toml"]])
def test_a_list_and_the_registry_are_two_things(both: list[str]) -> None:
    with pytest.raises(CommandError, match="or leave out --registry"):
        call_command("dedupe", "--registry", *both)


@pytest.mark.parametrize("given", [[], ["in.csv"], ["--out", "pairs.csv"]])
def test_a_list_needs_a_place_for_its_pairs(tmp_path: Path, given: list[str]) -> None:
    with pytest.raises(CommandError, match=r"cobijo dedupe IN\.csv --out PAIRS\.csv"):
        call_command("dedupe", *given)
