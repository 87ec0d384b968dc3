"""The demonstration's clock: how far it stands from the system's, in a file beside the database, for every process."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

_read: tuple[float, timedelta] | None = None


def file() -> Path:
    """Where the clock is kept."""
    return Path(settings.DATA_DIR) / "demo-clock.json"


def offset() -> timedelta:
    """How far the demonstration's clock stands from the system's; nothing where there is no demonstration."""
    global _read  # noqa: PLW0603 - read again only when the file changes
    try:
        changed = file().stat().st_mtime
    except FileNotFoundError:
        return timedelta()
    if _read is None or _read[0] != changed:
        _read = (changed, timedelta(seconds=json.loads(file().read_text())["offset_seconds"]))
    return _read[1]


def set_to(moment: datetime) -> None:
    """Let the clock stand at a moment now, and run on from there."""
    seconds = (moment - datetime.now(UTC)).total_seconds()
    file().write_text(json.dumps({"offset_seconds": round(seconds)}))


def forget() -> None:
    """Back to the system's clock."""
    file().unlink(missing_ok=True)
