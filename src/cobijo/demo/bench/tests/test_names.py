"""How well names are compared: on the labelled pairs, and never worse than the plain."""

from collections import Counter

import pytest

from cobijo.demo.bench import names


@pytest.fixture(scope="module")
def found() -> dict[str, dict[tuple[str, str], dict[str, float]]]:
    measured = names.run()
    return {
        method["method"]: {(row["half"], row["group"]): row for row in method["rows"]} for method in measured["methods"]
    }


def test_the_pairs_are_many_and_half_of_them_hard() -> None:
    pairs = names.labelled()
    assert len(pairs) >= 600
    assert 0.4 < sum(pair.same for pair in pairs) / len(pairs) < 0.6
    assert len({(pair.a, pair.b) for pair in pairs}) == len(pairs)
    assert min(Counter((pair.group, pair.half) for pair in pairs).values()) > 80


@pytest.mark.parametrize(
    ("group", "recall", "false_positives"), [("spanish", 0.97, 0.02), ("maya", 0.97, 0.02), ("haitian", 0.9, 0.03)]
)
def test_pairs_held_out_are_told_apart(
    found: dict[str, dict[tuple[str, str], dict[str, float]]], group: str, recall: float, false_positives: float
) -> None:
    row = found["cobijo"]["held out", group]
    assert row["recall"] >= recall
    assert row["false_positives"] <= false_positives


def test_plain_likeness_of_letters_does_far_worse(
    found: dict[str, dict[tuple[str, str], dict[str, float]]],
) -> None:
    ours = found["cobijo"]["held out", "all"]["f1"]
    for plain in ("Jaro-Winkler", "token_sort_ratio"):
        assert found[plain]["held out", "all"]["f1"] < ours - 0.2
