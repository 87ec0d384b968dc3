"""The benchmark of linkage: judged by the truth, the same however many processes compare."""

import csv
import io

import pytest

from cobijo.algorithms.linkage import engine, processes, reading
from cobijo.demo.bench import linkage, people


def listed(rows: int, seed: int) -> reading.People:
    out = io.StringIO()
    people.write(out, rows, seed)
    return reading.take(csv.reader(io.StringIO(out.getvalue())), {}, "ymd")


@pytest.mark.parametrize("households", linkage.HOUSEHOLDS)
def test_most_people_who_stand_there_twice_are_found(households: str) -> None:
    found = linkage.run(3_000, 7, households=households)

    assert found["f1"] > 0.9
    assert found["blocking_recall"] > 0.95
    assert set(found["groups"]) == {"spanish", "maya", "haitian"}


def test_a_rough_list_is_harder_but_not_lost() -> None:
    usual, rough = (linkage.run(3_000, 7, profile=profile)["f1"] for profile in ("usual", "rough"))

    assert 0.8 < rough < usual


def test_two_processes_answer_as_one_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "FOR_SEVERAL", 0)
    monkeypatch.setattr(engine, "_AT_ONCE", 500)

    one, other = (engine.link(listed(1_000, 5), share=processes.several(workers)) for workers in (1, 2))

    assert one.one.tolist() == other.one.tolist()
    assert one.probability.tolist() == other.probability.tolist()
    assert one.cluster == other.cluster
