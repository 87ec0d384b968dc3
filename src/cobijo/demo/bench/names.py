"""``cobijo bench names``: how well two names are told to be one person's, on labelled pairs, beside plain baselines.

The pairs stand in ``data/name_pairs.tsv``; a fixed hash parts them into a half that constants may be set on and a half
held out. A baseline has its cut where recall less false positives is greatest on the first half, and is judged on the
second with that cut.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from cobijo.algorithms.names import compare, model
from cobijo.algorithms.text import fold
from cobijo.demo.bench.report import machine

Score = Callable[[str, str], float]
HALVES: Final = ("tune", "held out")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, whether one person bears both, the group of names and the kind of difference."""

    group: str
    same: bool
    kind: str
    a: str
    b: str

    @property
    def half(self) -> str:
        """The half it belongs to, for ever: by a hash of its two names."""
        return HALVES[hashlib.sha256(f"{self.a}\t{self.b}".encode()).digest()[0] % 2]


def labelled() -> list[Pair]:
    """The labelled pairs that the project ships."""
    text = files(__package__).joinpath("data", "name_pairs.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]
    return [Pair(group, same == "1", kind, a, b) for group, same, kind, a, b in rows]


def run() -> dict[str, Any]:
    """Measure: recall and rate of false positives by half, method and group; and pairs a second."""
    pairs = labelled()
    methods: dict[str, tuple[Score, float | None]] = {
        "cobijo": (_ours, model.CUT),
        "Jaro-Winkler": (lambda a, b: JaroWinkler.similarity(fold(a), fold(b)), None),
        "token_sort_ratio": (lambda a, b: fuzz.token_sort_ratio(fold(a), fold(b)) / 100, None),
    }
    return {
        "benchmark": "names",
        "pairs": len(pairs),
        "machine": machine(),
        "pairs_per_cpu_second": round(_speed(pairs)),
        "methods": [_measured(name, score, cut, pairs) for name, (score, cut) in methods.items()],
    }


def as_text(found: dict[str, Any]) -> str:
    """The figures as a table."""
    lines = [
        f"{found['pairs']} labelled pairs; {found['pairs_per_cpu_second']:,} pairs a second of one processor",
        f"{'method':18}{'half':10}{'group':10}{'pairs':>6}{'recall':>9}{'false':>9}{'F1':>8}",
    ]
    for method in found["methods"]:
        for row in method["rows"]:
            figures = f"{row['pairs']:>6}{row['recall']:>9.3f}{row['false_positives']:>9.3f}{row['f1']:>8.3f}"
            lines.append(f"{method['method']:18}{row['half']:10}{row['group']:10}{figures}")
    return "\n".join(lines)


def _ours(a: str, b: str) -> float:
    return compare(a, b).probability


def _measured(name: str, score: Score, cut: float | None, pairs: Sequence[Pair]) -> dict[str, Any]:
    scored = [(pair, score(pair.a, pair.b)) for pair in pairs]
    if cut is None:
        tuning = [(pair, value) for pair, value in scored if pair.half == HALVES[0]]
        cut = max(sorted({value for _, value in tuning}), key=lambda each: _balance(_figures(tuning, each)))
    rows = [
        {"half": half, "group": group, **_figures(_of(scored, half, group), cut)}
        for half in HALVES
        for group in ("all", *dict.fromkeys(pair.group for pair in pairs))
    ]
    return {"method": name, "cut": round(cut, 3), "rows": rows}


def _balance(figures: dict[str, Any]) -> float:
    """Recall less false positives: by F1 a plain baseline does best here by calling every pair the same."""
    return float(figures["recall"] - figures["false_positives"])


def _of(scored: Iterable[tuple[Pair, float]], half: str, group: str) -> list[tuple[Pair, float]]:
    return [(pair, value) for pair, value in scored if pair.half == half and group in ("all", pair.group)]


def _figures(scored: Sequence[tuple[Pair, float]], cut: float) -> dict[str, Any]:
    same = [value for pair, value in scored if pair.same]
    other = [value for pair, value in scored if not pair.same]
    found, wrong = sum(value >= cut for value in same), sum(value >= cut for value in other)
    return {
        "pairs": len(scored),
        "recall": round(found / max(1, len(same)), 4),
        "false_positives": round(wrong / max(1, len(other)), 4),
        "f1": round(2 * found / max(1, len(same) + found + wrong), 4),
    }


def _speed(pairs: Sequence[Pair]) -> float:
    """Pairs compared in a second of processor time, every pair a new one: the names of each with all others'."""
    names = [name for pair in pairs for name in (pair.a, pair.b)]
    tried = [(a, b) for step in range(1, 12) for a, b in zip(names, names[step:], strict=False)]
    began = time.process_time()
    for a, b in tried:
        compare(a, b)
    return len(tried) / (time.process_time() - began)
