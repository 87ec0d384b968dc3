"""The demonstration against the table it tells: built once by the real command, asked by the real command."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cobijo.demo import figures

COBIJO = Path(sys.executable).with_name("cobijo")
COUNTED = sorted(figures.replayed(figures.rows()).items(), key=str)


@dataclass(frozen=True, slots=True)
class World:
    """A demonstration in a folder of its own."""

    data: Path
    database: str

    def run(self, *words: str, demo: bool = False) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("COBIJO_", "DJANGO_"))}
        given = clean | {"COBIJO_DATA": str(self.data), "DATABASE_URL": self.database}
        if demo:
            given |= {"COBIJO_DEBUG": "1", "COBIJO_DEMO": "1"}
        return subprocess.run([COBIJO, *words], capture_output=True, text=True, env=given, check=False)

    def census(self, *words: str) -> dict[str, Any]:
        done = self.run("census", *words, "--json")
        assert done.returncode == 0, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    data = tmp_path_factory.mktemp("demo")
    made = World(data, f"sqlite:///{data}/demo.sqlite3")
    done = made.run("demo", "build", demo=True)
    assert done.returncode == 0, done.stderr
    return made


@pytest.mark.parametrize(("site_and_day", "people"), COUNTED, ids=str)
def test_our_census_is_the_published_count_at_each_site_and_exact_day(
    world: World, site_and_day: tuple[str, Any], people: int
) -> None:
    site, day = site_and_day
    found = world.census("--site", site, "--date", str(day))
    assert found["persons"] == people
    assert sum(sum(bands.values()) for bands in found["by_sex_age"].values()) == people
    assert {figure["difference"] for figure in found["published"] if figure["value"] == people} == {0}


def test_households_and_children_are_as_published_where_they_are(world: World) -> None:
    found = world.census("--site", "Escuela Mario Méndez Montenegro", "--date", "2018-06-20")
    assert found["households"] == 49
    young = ("0-4", "5-11", "12-17")
    assert sum(found["by_sex_age"][sex][band] for sex in ("female", "male") for band in young) == 79


def test_the_response_is_the_sum_of_what_is_known_and_says_what_is_not(world: World) -> None:
    found = world.census("--date", "2018-10-29")
    assert found["site"] is None
    assert found["persons"] == 3_370
    assert "Albergue Papa Francisco (La Industria)" in found["made_of"]["unknown_sites"]
    assert found["fictitious"] is True


def test_contradictions_are_shown_as_what_they_are(world: World) -> None:
    escuintla = world.census("--group", "All collective shelters Escuintla", "--date", "2018-10-29")
    assert escuintla["persons"] == 1_511
    assert [(figure["value"], figure["difference"]) for figure in escuintla["published"]] == [(1_461, 50)]
    tenth = world.census("--date", "2018-06-10")
    assert {3_509, 4_471} <= {figure["value"] for figure in tenth["published"]}
    bergano = world.census("--site", "Bergaño", "--date", "2018-06-10")
    assert {(figure["value"], figure["difference"]) for figure in bergano["published"]} == {(545, 0), (556, -11)}


def test_an_alias_finds_the_site_and_an_unknown_name_is_said(world: World) -> None:
    by_alias = world.census("--site", "ATU Santa Isabel Alotenango", "--date", "2018-10-29")
    assert by_alias["site"] == "ATU Alotenango"
    wrong = world.run("census", "--site", "Atlantis", "--json")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "Traceback" not in wrong.stderr


def test_the_journal_of_the_story_verifies(world: World) -> None:
    assert world.run("verify-journal").returncode == 0


def test_the_clock_stands_at_six_in_the_evening_and_the_world_is_not_built_over_anything_else(world: World) -> None:
    assert world.run("demo", "clock").stdout.startswith("2018-10-29 18:")
    (world.data / "demo-clock.json").rename(world.data / "away.json")
    try:
        refused = world.run("demo", "build", demo=True)
        assert refused.returncode == 1
        assert "nothing was touched" in refused.stderr
    finally:
        (world.data / "away.json").rename(world.data / "demo-clock.json")
    assert world.census("--date", "2018-10-29")["persons"] == 3_370


def test_sign_ins_are_told_only_in_debug(world: World) -> None:
    told = world.run("demo", "signins", demo=True)
    assert all(name in told.stdout for name in ("ana", "beto", "carla", "diego", "elena", "felix", "gloria"))
    assert world.run("demo", "signins").returncode == 1


@pytest.mark.parametrize("night", ["2018-13-01", "tonight", "2017-01-01"])
def test_a_night_outside_the_story_is_said(world: World, night: str) -> None:
    refused = world.run("demo", "build", "--night", night, demo=True)
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr
