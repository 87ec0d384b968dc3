"""How often one actor may ask in a while, counted over all workers. The numbers are settings (``API_LIMITS``)."""

import threading
from dataclasses import dataclass
from time import time
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from ninja.throttling import BaseThrottle

TOLD_IN_PARTS: Final = 20
"""A worker tells the others of its calls each time it has counted this part of the limit, not at each call."""


@dataclass(slots=True)
class _Count:
    """Calls in a window: those this worker has not told yet, and those all workers have told."""

    untold: int = 0
    told: int = 0


class PerActor(BaseThrottle):
    """Refuses the calls of one actor beyond ``API_LIMITS[what]``: so many calls in so many seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self._lock = threading.Lock()
        self._window = 0
        self._counts: dict[UUID, _Count] = {}

    def allow_request(self, request: HttpRequest) -> bool:
        """Whether this call is still within the limit; counts it."""
        calls, seconds = settings.API_LIMITS[self.what]
        actor: UUID = request.auth.actor  # type: ignore[attr-defined]
        window = int(time() // seconds)
        count, to_tell = self._count(actor, window, calls)
        if to_tell:
            count.told = _tell(f"api:{self.what}:{actor}:{window}", to_tell, seconds)
        return count.told + count.untold <= calls

    def wait(self) -> float:
        """Seconds until the window ends."""
        seconds = settings.API_LIMITS[self.what][1]
        return float(seconds - time() % seconds)

    def _count(self, actor: UUID, window: int, calls: int) -> tuple[_Count, int]:
        """The actor's count with this call, and how many calls the other workers shall be told of now."""
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            count = self._counts.setdefault(actor, _Count())
            count.untold += 1
            if count.untold * TOLD_IN_PARTS < calls:
                return count, 0
            to_tell, count.untold = count.untold, 0
            return count, to_tell


def _tell(key: str, calls: int, seconds: int) -> int:
    """Add to what all workers share; gives their sum. Two that tell at the same moment may lose one part."""
    told = int(cache.get(key, 0)) + calls
    cache.set(key, told, 2 * seconds)
    return told
