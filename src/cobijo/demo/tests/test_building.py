"""Building and building anew: the same every time, over nothing else, and never outside debug."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from cobijo.demo.tests.standing import World, built

FIRST_NIGHT = "2018-06-03"
"""The shortest story: three hours, and whoever came in them."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return built(tmp_path_factory.mktemp("demo"), "--night", FIRST_NIGHT)


def counted(world: World) -> dict[str, Any]:
    (found,) = world.census(("--date", FIRST_NIGHT))
    return {key: found[key] for key in ("persons", "households", "by_sex_age")}


def be(world: World, *, fictitious: bool) -> None:
    """Let the database say whether its people are made up."""
    with closing(sqlite3.connect(world.database)) as database, database:
        database.execute("UPDATE core_node SET fictitious = ?", [fictitious])


def test_built_anew_it_is_the_same_also_after_one_that_broke_off(world: World) -> None:
    before = counted(world)
    (world.data / "demo-clock.json").unlink()  # a build that broke off leaves people and no clock
    again = world.run("demo", "reset", "--night", FIRST_NIGHT, demo=True)

    assert again.returncode == 0, again.stderr
    assert counted(world) == before
    assert before["persons"] > 10


def test_in_a_database_with_anything_real_nothing_is_touched(world: World) -> None:
    before = counted(world)
    be(world, fictitious=False)
    try:
        for act in ("build", "reset"):
            refused = world.run("demo", act, "--night", FIRST_NIGHT, demo=True)
            assert refused.returncode == 1
            assert "nothing was touched" in refused.stderr
    finally:
        be(world, fictitious=True)
    assert counted(world) == before


@pytest.mark.parametrize("act", ["build", "reset", "signins"])
def test_outside_debug_it_refuses_with_a_sentence(tmp_path: Path, act: str) -> None:
    refused = World(tmp_path).run("demo", act)
    assert refused.returncode == 1
    assert "COBIJO_DEBUG=1" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not World(tmp_path).database.exists()


@pytest.mark.parametrize("night", ["garbage", "2018-13-01", "tonight", "2017-01-01"])
def test_a_night_outside_the_story_is_said(tmp_path: Path, night: str) -> None:
    refused = World(tmp_path).run("demo", "build", "--night", night, demo=True)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def test_the_clock_goes_with_its_database_and_no_other(world: World, tmp_path: Path) -> None:
    (tmp_path / "demo-clock.json").write_bytes((world.data / "demo-clock.json").read_bytes())
    assert world.run("demo", "clock").stdout.startswith("2018-06-03 18:")
    assert not World(tmp_path).run("demo", "clock").stdout.startswith("2018")
