"""Spark compares what one process would, where it is installed."""

from itertools import product

import pytest

from cobijo.algorithms.linkage import engine, reading, spark
from cobijo.algorithms.linkage.processes import alone


@pytest.mark.slow
@pytest.mark.skipif(not spark.there(), reason="the extra cobijo[spark] is not installed")
def test_spark_finds_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_AT_ONCE", 50)
    people = list(product(["Ana", "Anna", "Luis", "Luiz"], ["Xicay", "Sicay", "Cuc"], ["Tzoc", "Tzok", "Pop"]))
    rows = [["nombres", "primer apellido", "segundo apellido", "edad"], *([*names, "30"] for names in people)]

    one, other = (engine.link(reading.take(rows, {}, "ymd"), share=share, cut=0.01) for share in (alone, spark.shared))

    assert len(one.one) > 0
    assert one.one.tolist() == other.one.tolist()
    assert one.probability.tolist() == other.probability.tolist()
