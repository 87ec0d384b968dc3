"""Ids made where the act happens: UUID version 7 (RFC 9562), ordered by the system's clock."""

import os
import threading
import time
import uuid
from datetime import UTC, datetime, timedelta

# An id may be made this long before the operation that brings it (a draft) and, for unlike clocks, a little after now.
DRAFT_AGE = timedelta(days=31)
CLOCK_SLACK = timedelta(minutes=10)

_lock = threading.Lock()
_last = 0


def uuid7() -> uuid.UUID:
    """A new id: 48 bits of Unix milliseconds, then 74 random bits; ids of one process never go backwards."""
    global _last  # noqa: PLW0603 - one counter a process is what keeps its ids in order
    with _lock:
        stamp = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
        _last = stamp
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    return uuid.UUID(int=value | 0b10 << 62 | int.from_bytes(os.urandom(8), "big") >> 2)


def made_at(id_: uuid.UUID) -> datetime | None:
    """When a version 7 id was made (millisecond precision, UTC); None for another version."""
    if id_.version != 7:
        return None
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)


def is_fresh(id_: uuid.UUID) -> bool:
    """Whether an id can be new: of version 7, made within the last month and not in the future.

    Asked of every id before anything is looked up, so that an id known from elsewhere is refused alike whether or
    not a record carries it (TRUST.md: an id collision tells nothing).
    """
    made = made_at(id_)
    now = datetime.now(UTC)
    return made is not None and now - DRAFT_AGE <= made <= now + CLOCK_SLACK
