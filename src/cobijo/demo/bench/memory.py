"""The most memory that this process and those it started held together, shared pages counted once."""

import resource
import threading
from pathlib import Path
from typing import Final, Self

_EVERY: Final = 0.5


class Peak:
    """``with Peak() as peak: …; peak.megabytes``. Looked at twice a second; where the system does not say, this
    process's own most."""

    def __init__(self) -> None:
        self.megabytes = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_trouble: object) -> None:
        self._over.set()
        self._watch.join()
        self.megabytes = max(self.megabytes, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)

    def _look(self) -> None:
        while not self._over.wait(_EVERY):
            self.megabytes = max(self.megabytes, sum(map(_held, _family())) // 1024)


def _family() -> list[str]:
    """This process and its children."""
    try:
        children = [task.joinpath("children").read_text().split() for task in Path("/proc/self/task").iterdir()]
    except OSError:
        return ["self"]
    return ["self", *(child for some in children for child in some)]


def _held(process: str) -> int:
    """A process's share of memory in kilobytes; a page of several counts in parts."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
