"""The tables of the page about performance come from what was measured."""

from typing import Any

import pytest

from cobijo.demo.bench.report import Report
from cobijo.demo.bench.timing import Figures
from scripts import performance

ACTS = {bar.act: bar.most for bar in performance.BARS} | {"census_response": 40.0}
PAGE = "# Title\n\n{}\n\nThe end.\n".format(
    "\n\n".join(f"<!-- {name} -->\n<!-- /{name} -->" for name in ("measured", "bars", "growth", "cpu", "wall"))
)


def run(engine: str, persons: int, *, by: float, **cpu: float) -> dict[str, Any]:
    """What a measuring printed in which every act took ``by`` of its bar, but for those given."""
    figures = [
        Figures(key, performance.HTTP, f"do {key}", wall=[99.0] * 3, cpu=[cpu.get(key, most * by)] * 3, bytes=[1] * 3)
        for key, most in ACTS.items()
    ]
    report = Report(
        engine=engine,
        persons=persons,
        sites=persons // 500,
        seed=1,
        fill_seconds=1.0,
        database_bytes=5_000_000,
        counts_database=True,
        figures=figures,
    )
    return report.as_json()


def runs(**cpu: float) -> list[dict[str, Any]]:
    sizes = [run("SQLite 3.40.1", persons, by=0.5) for persons in (10_000, 100_000)]
    return [*sizes, run("SQLite 3.40.1", 1_000_000, by=0.5, **cpu), run("PostgreSQL 15.1", 100_000, by=0.5, **cpu)]


def line(page: str, beginning: str) -> str:
    [found] = [one for one in page.splitlines() if one.startswith(beginning)]
    return found


def test_every_act_gets_its_line_and_what_is_written_by_hand_stays() -> None:
    page = performance.written(PAGE, runs())
    assert page.startswith("# Title\n")
    assert page.endswith("The end.\n")
    assert "| SQLite 3.40.1 | 1,000,000 | 2,000 | 5.0 |" in page
    assert page.count("| do site | 152 / 152 | 152 / 152 | 152 / 152 | 152 / 152 |") == 1
    assert page.count("| do site | 99.0 / 99.0 |") == 1
    assert "missed" not in page
    assert performance.written(page, runs()) == page


def test_what_takes_too_long_is_said_to_be_missed() -> None:
    page = performance.written(PAGE, runs(roster=107.0, census_response=4_999.0))
    assert (
        line(page, "| do roster | list of")
        == "| do roster | list of 25 rows: 1,061 ms | 106 | 53.0 | **107, missed** |"
    )
    assert line(page, "| do roster | 53.0 | 107 |") == "| do roster | 53.0 | 107 | **2.02, missed** |"
    assert "249.95 |" in line(page, "| do census_response | 20.0 | 4,999 |")
    page = performance.written(PAGE, runs(census_response=5_001.0))
    assert "missed" in line(page, "| do census_response | 20.0 | 5,001 |")


def test_growth_stands_for_each_engine_that_was_measured_at_both_ends() -> None:
    more = [run("PostgreSQL 15.1", 10_000, by=0.5), run("PostgreSQL 15.1", 1_000_000, by=0.75, site=400.0)]
    page = performance.written(PAGE, [*runs(), *more])
    assert (
        line(page, "| act | SQLite 10,000")
        == "| act | SQLite 10,000 | 1,000,000 | times | PostgreSQL 10,000 | 1,000,000 | times |"
    )
    assert line(page, "| do site | 152 | 152 |") == "| do site | 152 | 152 | 1.00 | 152 | 400 | **2.64, missed** |"
    assert line(page, "| do roster | 53.0 | 53.0 |") == "| do roster | 53.0 | 53.0 | 1.00 | 53.0 | 79.6 | 1.50 |"


def test_a_list_and_an_evening_are_held_against_their_bars_and_leave_the_other_tables_alone() -> None:
    night = "\n".join(f"<!-- {name} -->\n<!-- /{name} -->" for name in ("import", "evening"))
    page = performance.written(PAGE + night, runs())
    listed = {
        "benchmark": "import", "rows": 20_000, "checked_and_shown_seconds": 6.5, "enter_seconds": 181.0,
        "beside": {"p95_ms": 450.0}, "memory_mb": {"checking": 240, "entering": 251},
    }  # fmt: skip
    acts = [{"act": "cards", "what": "cards", "wall_ms": {"p50": 1.0, "p95": 5_000.0}}]
    found = performance.written(page, [listed, {"benchmark": "evening", "acts": acts}])
    assert line(found, "| entered, s") == "| entered, s | 180 | **181, missed** |"
    assert line(found, "| memory at most") == "| memory at most, MB | 600 | 251 |"
    assert line(found, "| cards") == "| cards | 5,000 | 5,000 |"
    assert found.startswith(page.partition("<!-- import -->")[0])


def test_a_page_without_room_for_a_table_is_left_alone() -> None:
    with pytest.raises(SystemExit, match="no place for “wall”"):
        performance.written(PAGE.replace("<!-- /wall -->", ""), runs())


def test_the_page_has_room_for_every_table() -> None:
    page = performance.PAGE.read_text(encoding="utf-8")
    assert "| do site |" in performance.written(page, runs())


def search(engine: str, in_five: float, index_mb: float) -> performance.Run:
    part = {"queries": 9, "found_first": 0.8, "found_in_five": in_five, "found_in_twenty": 0.99}
    part |= {"cpu_ms_p50": 30.0, "cpu_ms_p95": 51.0}
    by_names = {"2 or fewer": part, "3 or more": part}
    check = {"cpu_ms_p50": 40.0, "cpu_ms_p95": 70.0}
    about = {"benchmark": "search", "engine": engine, "persons": 1_000_000, "index_mb": index_mb}
    return {**about, **part, "by_names": by_names, "check": check}


def test_what_is_missed_in_finding_people_is_said() -> None:
    page = performance.written("<!-- search --><!-- /search -->", [search("PostgreSQL 15", 0.9, 151.0)])
    assert "| PostgreSQL 1,000,000, 3 or more names | 9 | 0.800 | **0.900, missed** | 0.990 | 30.0 | 51.0 |" in page
    assert "| PostgreSQL 1,000,000 | 9 | 0.800 | 0.900 | 0.990 | 30.0 | **51.0, missed** |" in page
    assert "| PostgreSQL 1,000,000 | 151 | **missed** | 40.0 | 70.0 |" in page


def test_ours_stands_beside_the_other_program_of_the_same_run() -> None:
    part = {"f1_best": 0.99, "f1": 0.98, "precision": 0.98, "recall": 0.98, "recall_at_p99": 0.97}
    took = {"wall_s": 10.0, "cpu_s": 7.0, "peak_mb": 300}
    about = {"benchmark": "linkage", "rows": 100_000, "profile": "usual", "households": "registration", "seed": 7}
    other = {**part, "f1_best": 0.9, **took}
    run = {**about, **part, **took, "blocking_recall": 0.99, "groups": {"maya": part}, "splink_library": other}
    page = performance.written("<!-- linkage --><!-- /linkage -->", [run])
    assert "ours has 0.10 of its errors | 0.900 |" in page
    assert "| – of them Maya | 0.990 |" in page


def test_placings_stand_by_size_and_one_that_misses_its_bar_says_so() -> None:
    row = {
        "full": 94.0,
        "cpu_seconds": 1.25,
        "gap": 0.006,
        "unplaced": 0,
        "greedy": {"above_bound": 0.3, "unplaced": 2},
    }
    runs = [
        {"benchmark": "allocation", "households": count, "sites": 60, "rows": [row]} for count in (30_000, 3_000)
    ]  # fmt: skip
    page = performance.written("<!-- allocation -->\n<!-- /allocation -->", runs)
    assert line(page, "| 3,000 |") == "| 3,000 | 60 | 94 | 5 | 1.25 | **0.60, missed** | 0 | 30.0 | 2 |"
    assert page.index("| 3,000 |") < page.index("| 30,000 |")
