"""What was measured, as a table for reading and as JSON for keeping."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cobijo.demo.bench.timing import Figures


@dataclass(frozen=True, slots=True)
class Report:
    """Figures, and all that must be known to read them."""

    engine: str
    persons: int
    sites: int
    seed: int
    fill_seconds: float
    database_bytes: int
    counts_database: bool
    figures: Sequence[Figures]

    def as_json(self) -> dict[str, Any]:
        """Times in milliseconds."""
        return {
            "benchmark": "registration",
            "engine": self.engine,
            "persons": self.persons,
            "sites": self.sites,
            "seed": self.seed,
            "fill_seconds": round(self.fill_seconds, 1),
            "database_bytes": self.database_bytes,
            "cpu_includes_database": self.counts_database,
            "machine": machine(),
            "acts": [one.as_json() for one in self.figures],
        }

    def as_text(self) -> str:
        """A table: times in milliseconds, answers in kilobytes as they go over the wire."""
        there = machine()
        lines = [
            f"{self.persons:,} people in {self.sites:,} sites, {self.engine}, "
            f"{self.database_bytes / 1e6:,.0f} MB, filled in {self.fill_seconds:,.0f} s (seed {self.seed})",
            f"{there['cores']} cores ({there['processor']}), Python {there['python']}",
            "" if self.counts_database else "The processor's time is without the database's.",
            f"{'':58}{'wall ms':>16}{'CPU ms':>18}",
            f"{'act':46}{'times':>6}{'p50':>11}{'p95':>9}{'p50':>9}{'p95':>9}{'KB':>9}",
        ]
        return "\n".join([line for line in lines if line] + [_line(one) for one in self.figures])


def _line(one: Figures) -> str:
    found = one.as_json()
    wall, cpu = found["wall_ms"], found["cpu_ms"]
    what = one.what if one.through.startswith("HTTP") else f"{one.what}: {one.through}"
    size = f"{found['bytes'] / 1000:>9.1f}" if found["bytes"] else ""
    times = f"{wall['p50']:>9.1f}{wall['p95']:>9.1f}{cpu['p50']:>9.1f}{cpu['p95']:>9.1f}"
    return f"{what:48}{found['requests']:>6}{times}{size}"


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {"cores": os.cpu_count(), "processor": _processor(), "python": platform.python_version()}


def _processor() -> str:
    """The processor's name where the system tells it, else its kind."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123 - no file of ours
            names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    except OSError:
        names = []
    return names[0] if names else platform.machine()
