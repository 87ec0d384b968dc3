"""Writes the tables of docs/develop/performance.md from what ``cobijo bench … --json`` printed.

Usage: python -m scripts.performance FILE… . Of ``bench registration`` one file for each size and database;
SQLite with 10,000, 100,000 and 1,000,000 people must be among them. Of ``bench import`` and ``bench evening`` one file
each; of ``bench search`` one for each database, of ``bench allocation`` one for
each size; of ``bench linkage`` and ``bench febrl`` any. The tables of a benchmark
of which no file is given stay. Figures on that page come from here and nowhere else.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "develop" / "performance.md"
ENGINES: Final = ("SQLite", "PostgreSQL")
SMALL, MIDDLE, LARGE = 10_000, 100_000, 1_000_000
MOST_GROWTH: Final = 2.0
"""So many times what it takes among ten thousand people may an act take among a million."""
APART: Final = ("census_response", "census_response_api")
MOST_APART: Final = 5_000
"""Milliseconds for what counts everybody."""

HTTP, ALONE = "HTTP, session", "the verb alone"
Run = dict[str, Any]
"""What one measuring printed."""


@dataclass(frozen=True, slots=True)
class Bar:
    """What an act may take at 100,000 people at most, in milliseconds of the processor at the median, and why."""

    act: str
    most: float
    because: str


BARS: Final = (
    Bar("register_household", 40.0, "our own aim"),
    Bar("register_person", 38.2, "create one person: 382 ms"),
    Bar("roster", 106.1, "list of 25 rows: 1,061 ms"),
    Bar("site", 303.4, "site overview: 3,034 ms and 2.1 MB"),
    Bar("search_3", 70.0, "autocomplete: 700 ms and more"),
    Bar("search_3_all", 70.0, "autocomplete: 700 ms and more"),
    Bar("search_full_all", 70.0, "autocomplete: 700 ms and more"),
)


def median(run: Run, key: str) -> float:
    """The processor's time of an act over HTTP."""
    return float(_act(run, key)["cpu_ms"]["p50"])


def _act(run: Run, key: str, through: str = HTTP) -> dict[str, Any]:
    return next(act for act in run["acts"] if (act["act"], act["through"]) == (key, through))


# --- the tables ------------------------------------------------------------------------------------------------------


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Markdown; all columns but the first stand to the right."""
    columns = list(head)
    lines = [columns, ["---", *["--:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def measured(runs: list[Run]) -> str:
    """What was filled, and on what machine."""
    rows = [
        [run["engine"], f"{run['persons']:,}", f"{run['sites']:,}", number(run["database_bytes"] / 1e6)] for run in runs
    ]
    there = runs[0]["machine"]
    machine = f"{there['cores']} cores ({there['processor']}), Python {there['python']}."
    return table(["database", "people", "sites", "MB"], rows) + f"\n\n{machine}"


def bars(runs: list[Run]) -> str:
    """What was to be reached among 100,000 people, and what is."""
    there = [run for run in runs if run["persons"] == MIDDLE]
    rows = [
        [_act(there[0], bar.act)["what"], bar.because, number(bar.most), *_judged(there, bar.act, bar.most)]
        for bar in BARS
    ]
    return table(["act", "Eden", "at most", *map(_engine, there)], rows)


def _judged(runs: list[Run], key: str, most: float) -> Iterator[str]:
    for run in runs:
        value = median(run, key)
        yield number(value) if value <= most else f"**{number(value)}, missed**"


def times(runs: list[Run], kind: str) -> str:
    """Every act in every run."""
    rows = []
    for act in runs[0]["acts"]:
        found = [_act(run, act["act"], act["through"])[kind] for run in runs]
        alone = f", {ALONE}" if act["through"] == ALONE else ""
        rows.append([act["what"] + alone, *[f"{number(cell['p50'])} / {number(cell['p95'])}" for cell in found]])
    return table(["ms, p50 / p95", *[f"{_engine(run)} {run['persons']:,}" for run in runs]], rows)


def growth(runs: list[Run]) -> str:
    """What an act takes among a million people against ten thousand, the most grown first, on each engine measured."""
    pairs = [pair for engine in ENGINES if len(pair := [run for run in runs if _is_an_end(run, engine)]) == 2]
    ratios = {
        act["act"]: [median(large, act["act"]) / median(small, act["act"]) for small, large in pairs]
        for act in pairs[0][0]["acts"]
    }
    rows = []
    for key, times in sorted(ratios.items(), key=lambda one: -max(one[1])):
        cells = [
            [number(median(small, key)), number(median(large, key)), _grown(time, large, key)]
            for (small, large), time in zip(pairs, times, strict=True)
        ]
        rows.append([_act(pairs[0][0], key)["what"], *chain.from_iterable(cells)])
    heads = [[f"{_engine(small)} {SMALL:,}", f"{LARGE:,}", "times"] for small, _ in pairs]
    return table(["act", *chain.from_iterable(heads)], rows)


def _is_an_end(run: Run, engine: str) -> bool:
    return _engine(run) == engine and run["persons"] in (SMALL, LARGE)


def _grown(times: float, large: Run, key: str) -> str:
    well = median(large, key) <= MOST_APART if key in APART else times <= MOST_GROWTH
    return f"{times:.2f}" if well else f"**{times:.2f}, missed**"


def _engine(run: Run) -> str:
    return str(run["engine"]).split()[0]


# --- a list, and an evening ------------------------------------------------------------------------------------------


def entered(run: Run) -> str:
    """What a long list takes, and what may be taken."""
    rows = [
        ("checked and shown, s", run["checked_and_shown_seconds"], 20),
        ("entered, s", run["enter_seconds"], 180),
        ("a registration beside, p95, ms", run["beside"]["p95_ms"], 1_000),
        ("memory at most, MB", max(run["memory_mb"].values()), 600),
    ]
    return table([f"{run['rows']:,} rows", "at most", "measured"], [_held(*row) for row in rows])


EVENING_BARS: Final = {"sheet": 2_000, "sheet_print": 2_000, "order": 2_000, "forms": 3_000, "cards": 5_000}
"""Milliseconds on the wall at p95."""


def evening(run: Run) -> str:
    """What a site of five hundred takes in the evening."""
    rows = [(act["what"], act["wall_ms"]["p95"], EVENING_BARS[act["act"]]) for act in run["acts"]]
    return table(["ms, p95", "at most", "measured"], [_held(*row) for row in rows])


ALLOCATION_SECONDS: Final = {3_000: 5.0, 30_000: 120.0}
"""Seconds of the processor for so many households."""
MOST_GAP: Final = 0.5
"""Per cent that a plan may lie above its proven bound."""


def allocation(runs: list[Run]) -> str:
    """Households placed over sites: time, gap, who is left, and the same for a greedy placing."""
    heads = [
        "households",
        "sites",
        "full, %",
        "CPU s, at most",
        "measured",
        "gap, %",
        "left",
        "greedy above, %",
        "left",
    ]
    return table(
        heads,
        [
            [
                f"{run['households']:,}", f"{run['sites']:,}", f"{row['full']:g}",
                f"{ALLOCATION_SECONDS.get(run['households'], 0):g}",
                _kept(row["cpu_seconds"], ALLOCATION_SECONDS.get(run["households"], 0)),
                _kept(100 * row["gap"], MOST_GAP), _kept(row["unplaced"], 0),
                f"{100 * row['greedy']['above_bound']:.1f}", f"{row['greedy']['unplaced']:,}",
            ]
            for run in sorted(runs, key=lambda run: run["households"])
            for row in run["rows"]
        ],
    )  # fmt: skip


def _kept(found: float, most: float) -> str:
    said = f"{found:.2f}" if isinstance(found, float) else str(found)
    return said if found <= most else f"**{said}, missed**"


def _held(what: str, found: float, most: float) -> list[str]:
    return [what, number(most), number(found) if found <= most else f"**{number(found)}, missed**"]


# --- finding people, and who stands twice ----------------------------------------------------------------------------

FOUND_BARS: Final = {"all": 0.87, "3 or more": 0.93}
SEARCH_MOST: Final = 50
CHECK_MOST: Final = 80
INDEX_MOST: Final = 150
LINK_BARS: Final = {MIDDLE: (0.94, 0.85, 30, 700), LARGE: (0.94, 0.84, 180, 3_000)}
"""By rows: the best F1 and the recall at a precision of .99 at least, seconds and megabytes at most."""
BESIDE: Final = {"splink_library": "Splink, its own comparisons", "splink_spanish": "Splink, levels for Spanish names"}


def searches(runs: list[Run]) -> str:
    """How often whom one seeks is found among a million people, by how many names were typed, and what it takes."""
    rows = [row for run in runs for row in _searched(run)]
    found = table(["", "queries", "first", "in five", "in twenty", "CPU ms p50", "p95"], rows)
    beside = table(
        ["", "index, MB", f"at most {INDEX_MOST}", "before registering, CPU ms p50", f"p95 (at most {CHECK_MOST})"],
        [
            [
                f"{_engine(run)} {run['persons']:,}", number(run["index_mb"]),
                "yes" if run["index_mb"] <= INDEX_MOST else "**missed**", number(run["check"]["cpu_ms_p50"]),
                _at_most(run["check"]["cpu_ms_p95"], CHECK_MOST),
            ]
            for run in runs
        ],
    )  # fmt: skip
    return f"{found}\n\n{beside}"


def _searched(run: Run) -> Iterator[list[str]]:
    for name, part in [("all", run), *((key, run["by_names"][key]) for key in ("2 or fewer", "3 or more"))]:
        typed = "" if name == "all" else f", {name} names"
        yield [
            f"{_engine(run)} {run['persons']:,}{typed}", f"{part['queries']:,}", f"{part['found_first']:.3f}",
            _at_least(part["found_in_five"], FOUND_BARS.get(name, 0)), f"{part['found_in_twenty']:.3f}",
            number(part["cpu_ms_p50"]), _at_most(part["cpu_ms_p95"], SEARCH_MOST if part is run else math.inf),
        ]  # fmt: skip


def linked(runs: list[Run]) -> str:
    """How well doubles are found in lists, beside Splink where it ran in the same run, and what it takes."""
    head = ["list", "best F1", "F1", "precision", "recall", "recall at P .99", "blocks", "s", "CPU s", "MB"]
    return table(head, [row for run in sorted(runs, key=_length) for row in _linked(run)])


def _length(run: Run) -> tuple[int, str, str]:
    return run["rows"], run["profile"], run["households"]


def _linked(run: Run) -> Iterator[list[str]]:
    best, recall, seconds, megabytes = LINK_BARS.get(run["rows"], (0, 0, 1e9, 1e9))
    usual = run["profile"] == "usual" and run["households"] == "registration"
    name = f"{run['rows']:,} {run['profile']}, household by {run['households']}, seed {run['seed']}"
    yield [
        name, _at_least(run["f1_best"], best * usual), f"{run['f1']:.3f}", f"{run['precision']:.3f}",
        f"{run['recall']:.3f}", _at_least(run["recall_at_p99"], recall * usual), f"{run['blocking_recall']:.3f}",
        _at_most(run["wall_s"], seconds), number(run["cpu_s"]), _at_most(run["peak_mb"], megabytes),
    ]  # fmt: skip
    for group, part in run["groups"].items() if usual else ():
        figures = [f"{part[key]:.3f}" for key in ("f1_best", "f1", "precision", "recall", "recall_at_p99")]
        yield [f"– of them {group.title()}", *figures, "", "", "", ""]
    for key, other in BESIDE.items():
        if part := run.get(key):
            figures = [f"{part[one]:.3f}" for one in ("f1_best", "f1", "precision", "recall", "recall_at_p99")]
            times_as_many = (1 - run["f1_best"]) / (1 - part["f1_best"])
            took = [number(part[one]) for one in ("wall_s", "cpu_s", "peak_mb")]
            yield [f"– {other}: ours has {times_as_many:.2f} of its errors", *figures, "", *took]


def febrl(run: Run) -> str:
    """The fourth lists of FEBRL."""
    head = ["FEBRL 4", "best F1 (.998 wanted)", "F1", "precision", "recall", "s"]
    figures = [f"{run[key]:.4f}" for key in ("f1_best", "f1", "precision", "recall")]
    return table(head, [["5,000 twice", *figures, number(run["wall_s"])]])


def _at_least(found: float, least: float) -> str:
    return f"{found:.3f}" if found >= least else f"**{found:.3f}, missed**"


def _at_most(found: float, most: float) -> str:
    return number(found) if found <= most else f"**{number(found)}, missed**"


# --- the page --------------------------------------------------------------------------------------------------------


def written(page: str, runs: list[Run]) -> str:
    """The page with its tables anew; each stands between two marks."""
    for name, part in _parts(runs).items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, found, rest = page.partition(begin)
        _old, also_found, after = rest.partition(end)
        if not (found and also_found):
            raise SystemExit(f"{PAGE.name} has no place for “{name}”.")
        page = f"{before}{begin}\n\n{part}\n\n{end}{after}"
    return page


def _parts(runs: list[Run]) -> dict[str, str]:
    parts = {run["benchmark"]: make(run) for name, make in ONE_RUN for run in runs if run["benchmark"] == name}
    placed = [run for run in runs if run["benchmark"] == "allocation"]
    if placed:
        parts["allocation"] = allocation(placed)
    days = [run for run in runs if run["benchmark"] == "registration"]
    if days:
        days.sort(key=lambda run: (ENGINES.index(_engine(run)), run["persons"]))
        parts |= {"measured": measured(days), "bars": bars(days), "growth": growth(days)}
        parts |= {"cpu": times(days, "cpu_ms"), "wall": times(days, "wall_ms")}
    if found := [run for run in runs if run["benchmark"] == "search"]:
        parts["search"] = searches(sorted(found, key=lambda run: ENGINES.index(_engine(run))))
    if found := [run for run in runs if run["benchmark"] == "linkage"]:
        parts["linkage"] = linked(found)
    return parts


ONE_RUN: Final = (("import", entered), ("evening", evening), ("febrl4", febrl))


def main(files: list[str]) -> int:
    """0 when the page was written."""
    if not files:
        sys.exit(__doc__)
    runs = [json.loads(Path(file).read_text(encoding="utf-8")) for file in files]
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8"), runs), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
