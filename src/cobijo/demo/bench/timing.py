"""Timing acts one by one: the clock on the wall, and the processor's time of this process and its database session."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection

WARM_UP: Final = 5
NANO: Final = 1_000_000
"""Nanoseconds in a millisecond."""

Act = Callable[[], int]
"""Does what is timed; gives the bytes it answered, 0 where that says nothing."""


@dataclass(slots=True)
class Figures:
    """One act's times in milliseconds, and how many bytes it answered."""

    key: str
    through: str
    what: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """p50 and p95, to a hundredth of a millisecond."""
        return {
            "act": self.key,
            "through": self.through,
            "what": self.what,
            "requests": len(self.wall),
            "wall_ms": _percentiles(self.wall),
            "cpu_ms": _percentiles(self.cpu),
            "bytes": round(statistics.median(self.bytes)),
        }


def _percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else [times[0]] * 99
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2)}


def measure(figures: Figures, acts: Callable[[int], Act], count: int) -> Figures:
    """Time ``count`` acts after a warm-up; making each act ready is not timed."""
    database = DatabaseTime()
    for at in range(WARM_UP + count):
        act = acts(at)
        wall, cpu, elsewhere = time.perf_counter_ns(), time.process_time_ns(), database.now()
        answered = act()
        spent = time.process_time_ns() - cpu + database.now() - elsewhere
        if at >= WARM_UP:
            figures.wall.append((time.perf_counter_ns() - wall) / NANO)
            figures.cpu.append(spent / NANO)
            figures.bytes.append(answered)
    return figures


class DatabaseTime:
    """The processor's time of the PostgreSQL processes that serve this connection, one after the other.

    It can be read where they are local (Linux). SQLite works inside this process, so its time is counted already.
    """

    def __init__(self) -> None:
        self._process: int | None = None
        self._spent = self._spent_before = 0
        self._is_read = connection.vendor == "postgresql" and _is_local() and Path("/proc/self/schedstat").exists()

    def now(self) -> int:
        """Nanoseconds so far; 0 where they cannot be read. Connections end after a time, and the next begins anew."""
        process = connection.connection.info.backend_pid if self._is_read and connection.connection else None
        if process != self._process:
            self._spent_before, self._spent, self._process = self._spent_before + self._spent, 0, process
        if process is not None:
            self._spent = int(Path(f"/proc/{process}/schedstat").read_text().split()[0])
        return self._spent_before + self._spent

    @property
    def counts(self) -> bool:
        """Whether the processor's time includes the database's."""
        return connection.vendor == "sqlite" or self._is_read


def _is_local() -> bool:
    host = str(connection.settings_dict["HOST"])
    return not host or host.startswith("/") or host in {"localhost", "127.0.0.1", "::1"}
