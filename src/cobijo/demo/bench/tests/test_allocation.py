"""The benchmark of allocation: its instances, and that everybody finds a place in a small one."""

import pytest

from cobijo.demo.bench import allocation


def test_one_seed_gives_one_instance_as_full_as_asked() -> None:
    problem, again = allocation.make(300, 8, 94.0, 1), allocation.make(300, 8, 94.0, 1)
    assert problem == again
    assert problem != allocation.make(300, 8, 94.0, 2)
    some = [one for one in problem.households if one.children != one.size]
    places = sum(site.capacity for site in problem.sites[1:])
    assert sum(one.size for one in some) / places == pytest.approx(0.94, abs=0.01)
    assert max(one.size for one in problem.households) > 9


def test_a_small_one_is_placed_better_than_greedily() -> None:
    found = allocation.run(300, 8, [94.0], seed=3)
    [row] = found["rows"]
    assert row["unplaced"] == 0
    assert 0 <= row["gap"] < 0.02
    assert row["greedy"]["above_bound"] > row["gap"]
    assert "300 households into 8 sites" in allocation.as_text(found)
