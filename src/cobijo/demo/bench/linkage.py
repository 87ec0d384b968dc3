"""``cobijo bench linkage``: how many pairs of one person are found among made people, how surely, in what time.

The rest of the world is not told: the truth of the made people is used to judge, never to find.
"""

import csv
import tempfile
import time
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cobijo.algorithms.linkage import engine, processes, reading
from cobijo.demo.bench import beside, people
from cobijo.demo.bench.memory import Peak
from cobijo.demo.bench.report import machine

HOUSEHOLDS: Final = ("registration", "family", "none")
"""What the household column says: a number at each registration, one for ever, nothing."""
_GROUPS: Final = {"spanish": ("gt", "hn", "sv", "mx"), "maya": ("maya",), "haitian": ("ht",)}
_PRECISE: Final = 0.99
_PORTION: Final = 4_000_000
Numbers = NDArray[np.int64]


def run(
    rows: int,
    seed: int,
    *,
    profile: str = "usual",
    households: str = "registration",
    workers: int = 1,
    splink: bool = False,
) -> dict[str, Any]:
    """Make people, find the pairs, judge them: F1 at its best and at the shipped cut, what it took. ``splink``: that
    beside, on the same list."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "people.csv")
        with path.open("w", encoding="utf-8", newline="") as out:
            people.write(out, rows, seed, profile)
        truth, groups = _truth(path)
        listed = None if households == "registration" else _households(path, households)
        with Peak() as peak:
            wall, cpu = time.perf_counter(), _cpu()
            read = reading.read(path, dates="ymd")
            read.household = read.household if listed is None else listed
            found = engine.link(read, cut=0.001, share=processes.several(workers))
            took = _rounded(time.perf_counter() - wall, _cpu() - cpu)
        others = {way: _beside(path, truth, way) for way in beside.WAYS} if splink else {}
    return {
        "benchmark": "linkage",
        "rows": rows,
        "seed": seed,
        "profile": profile,
        "households": households,
        "workers": workers,
        "machine": machine(),
        **judged(found, truth),
        "blocking_recall": round(blocking_recall(found, truth), 4),
        "groups": {name: judged(found, truth, np.isin(groups, of)) for name, of in _GROUPS.items()},
        **took,
        "peak_mb": peak.megabytes,
        **{f"splink_{way}": figures for way, figures in others.items()},
    }


def _beside(path: Path, truth: Numbers, way: str) -> dict[str, Any]:
    """Splink's figures for the same list."""
    with Peak() as peak:
        wall, cpu = time.perf_counter(), _cpu()
        answer = beside.run(reading.read(path, dates="ymd"), way)
        took = _rounded(time.perf_counter() - wall, _cpu() - cpu)
    return {**judged(answer, truth), **took, "peak_mb": peak.megabytes}


def _rounded(wall: float, cpu: float) -> dict[str, float]:
    return {"wall_s": round(wall, 1), "cpu_s": round(cpu, 1)}


def _cpu() -> float:
    """Seconds of processor of this process and of those it started that have ended."""
    return sum(getrusage(who).ru_utime + getrusage(who).ru_stime for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def judged(
    found: engine.Found | beside.Answer, truth: Numbers, among: NDArray[np.bool_] | None = None
) -> dict[str, Any]:
    """Figures of the pairs found, the surest first, against each row's true person. ``among``: rows that count."""
    counts = np.bincount(truth if among is None else truth[among])
    true_pairs = int((counts * (counts - 1) // 2).sum())
    one, other, probability = found.one, found.other, found.probability
    if among is not None:
        kept = among[one]
        one, other, probability = one[kept], other[kept], probability[kept]
    right = np.cumsum(truth[one] == truth[other])
    taken = np.arange(1, len(right) + 1)
    precision, recall = right / taken, right / max(1, true_pairs)
    f1 = 2 * right / (taken + true_pairs)
    at = int((probability >= engine.CUT).sum()) - 1
    sure = np.flatnonzero(precision >= _PRECISE)
    figures = {
        "f1_best": f1.max(initial=0.0),
        "f1": f1[at] if at >= 0 else 0.0,
        "precision": precision[at] if at >= 0 else 0.0,
        "recall": recall[at] if at >= 0 else 0.0,
        "recall_at_p99": recall[sure[-1]] if len(sure) else 0.0,
    }
    return {
        "true_pairs": true_pairs,
        **({"compared": found.compared} if among is None else {}),
        **{name: round(float(value), 4) for name, value in figures.items()},
    }


def blocking_recall(found: engine.Found, truth: Numbers) -> float:
    """The share of true pairs that have a key in common: the lid on all recall."""
    counts = np.bincount(truth)
    blocks, person = found.blocks, truth[found.rows]
    held = 0
    for start, stop in blocks.portions(_PORTION):
        codes = blocks.pairs(start, stop)
        held += int((person[codes // blocks.size] == person[codes % blocks.size]).sum())
    return held / max(1, int((counts * (counts - 1) // 2).sum()))


def as_text(found: dict[str, Any]) -> str:
    """The figures, one a line."""
    return "\n".join(f"{name:18}{value}" for name, value in found.items())


def _truth(path: Path) -> tuple[Numbers, NDArray[np.str_]]:
    """Each row's true person and name group, in the order of the file."""
    numbers: dict[str, int] = {}
    persons, groups = [], []
    for person, group in _columns(path, "truth_id", "group"):
        persons.append(numbers.setdefault(person, len(numbers)))
        groups.append(group)
    return np.array(persons, dtype=np.int64), np.array(groups)


def _households(path: Path, households: str) -> list[str]:
    """The household column as a family keeps its number for ever, or without any."""
    rows = list(_columns(path, "truth_id", "household_id"))
    if households == "none":
        return [""] * len(rows)
    leads: dict[str, str] = {}

    def family(name: str) -> str:
        while leads.setdefault(name, name) != name:
            name = leads[name]
        return name

    for person, household in rows:
        leads[family(person)] = family(household)
    return [family(household) for _, household in rows]


def _columns(path: Path, *names: str) -> Iterator[tuple[str, ...]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        headings = next(rows)
        wanted = itemgetter(*(headings.index(name) for name in names))
        yield from map(wanted, rows)
