"""The demonstration's clock: how far it stands from the system's, in a file beside the database, for every process."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Kept:
    """What the file says: of which database, as of which night it was built, and how far its clock stands away."""

    database: str
    night: str
    offset_seconds: int


_read: tuple[float, Kept] | None = None


def _file() -> Path:
    return Path(settings.DATA_DIR) / "demo-clock.json"


def _database() -> str:
    """The database in use, unreadably: another one beside the same file keeps the true time."""
    used = settings.DATABASES["default"]
    # Django fills in empty ones at the first connection.
    said = [str(used.get(key) or "") for key in ("ENGINE", "HOST", "PORT", "NAME")]
    return sha256("\n".join(said).encode()).hexdigest()


def _kept() -> Kept | None:
    """What stands there of the database in use; read again only when the file changes."""
    global _read  # noqa: PLW0603 - one file, read once by a process
    try:
        changed = _file().stat().st_mtime
    except FileNotFoundError:
        return None
    if _read is None or _read[0] != changed:
        _read = (changed, Kept(**json.loads(_file().read_text())))
    return _read[1] if _read[1].database == _database() else None


def offset() -> timedelta:
    """How far the demonstration's clock stands from the system's; nothing where there is no demonstration."""
    kept = _kept()
    return timedelta(seconds=kept.offset_seconds) if kept else timedelta()


def night() -> date | None:
    """The night as of whose evening the demonstration was built; None where none stands."""
    kept = _kept()
    return date.fromisoformat(kept.night) if kept else None


def set_to(night: date, moment: datetime) -> None:
    """Let the clock stand at a moment of a night now, and run on from there."""
    seconds = round((moment - datetime.now(UTC)).total_seconds())
    written = _file().with_suffix(".new")
    written.write_text(json.dumps(asdict(Kept(_database(), night.isoformat(), seconds))))
    written.replace(_file())


def forget() -> None:
    """Back to the system's clock."""
    _file().unlink(missing_ok=True)
