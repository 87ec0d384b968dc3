"""The domain's clock. The demonstration may move it; sessions, one-time codes and ids use the system's."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_offset = timedelta()
_source: Callable[[], timedelta] | None = None


def now() -> datetime:
    """The domain's present moment, in UTC."""
    return datetime.now(UTC) + offset()


def follow(source: Callable[[], timedelta]) -> None:
    """Ask ``source`` how far the clock stands from the system's: the demonstration keeps that in a file."""
    global _source  # noqa: PLW0603 - the clock is the one thing a process has one of
    _source = source


def move(offset: timedelta) -> None:
    """Shift this process's domain clock against the system's; only the demonstration and tests do."""
    global _offset  # noqa: PLW0603 - the clock is the one thing a process has one of
    _offset = offset


def offset() -> timedelta:
    """How far the domain's clock stands from the system's."""
    return _offset + (_source() if _source else timedelta())


def midnight_ending(night: date, zone: ZoneInfo) -> datetime:
    """The moment night D stands for: the site-local midnight that ends D (UTC)."""
    return datetime.combine(night + timedelta(days=1), time(), zone).astimezone(UTC)


def is_forecast(night: date, zone: ZoneInfo) -> bool:
    """Whether night D has not ended yet, so that a figure for it is a forecast."""
    return now() < midnight_ending(night, zone)


def today(zone: ZoneInfo) -> date:
    """The present day at a place."""
    return now().astimezone(zone).date()
