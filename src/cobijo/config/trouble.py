"""What the machine refuses, said in a sentence: a database that is away or locked, a disk full or read-only.

One reading of the errors for three readers: the terminal (``cli``), the log (``logs``), the page
(``middleware``).
"""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ImproperlyConfigured
from django.db.utils import Error, InterfaceError, OperationalError


class Kind(StrEnum):
    """What is the matter; the visitor's page has one sentence for each."""

    SETTING = "setting"
    ABSENT = "absent"
    BUSY = "busy"
    FULL = "full"
    CLOSED = "closed"
    UNPREPARED = "unprepared"


@dataclass(frozen=True, slots=True)
class Trouble:
    """``sentence`` is for whoever runs the program: it may name files and hosts, never people."""

    kind: Kind
    sentence: str


FULL_DISK = "The disk is full{where}. Nothing was lost that had been confirmed; free some space, then repeat."
BUSY_DATABASE = "The database is busy with other work. Wait a moment, then repeat."
UNPREPARED = "The database has not been prepared for this version. Run: cobijo migrate"

SQLITE = {
    "unable to open database file": Trouble(
        Kind.ABSENT,
        "The database file cannot be opened. Make its folder, or correct COBIJO_DATA or DATABASE_URL; "
        "the user who runs Cobijo must be able to write there.",
    ),
    "readonly database": Trouble(
        Kind.CLOSED,
        "The database file cannot be written. Correct its owner, or the mount of its disk, then repeat.",
    ),
    "database or disk is full": Trouble(Kind.FULL, FULL_DISK.format(where="")),
    "disk i/o error": Trouble(
        Kind.FULL,
        "The disk refused to read or write the database: it is full or failing. Look at both, then repeat.",
    ),
    "is locked": Trouble(Kind.BUSY, BUSY_DATABASE),
    "file is not a database": Trouble(
        Kind.SETTING,
        "The database file is no SQLite database. Correct DATABASE_URL, or put the file back from a copy.",
    ),
    "no such table": Trouble(Kind.UNPREPARED, UNPREPARED),
    "no such column": Trouble(Kind.UNPREPARED, UNPREPARED),
}

POSTGRESQL = {
    "53100": Trouble(Kind.FULL, "The disk of the database server is full. Free some space there, then repeat."),
    "25006": Trouble(Kind.CLOSED, "The database accepts no writing: it is a standby. Correct DATABASE_URL."),
    "42P01": Trouble(Kind.UNPREPARED, UNPREPARED),
    "42703": Trouble(Kind.UNPREPARED, UNPREPARED),
    "57014": Trouble(Kind.BUSY, BUSY_DATABASE),
    "40001": Trouble(Kind.BUSY, BUSY_DATABASE),
    "40P01": Trouble(Kind.BUSY, BUSY_DATABASE),
    "55P03": Trouble(Kind.BUSY, BUSY_DATABASE),
    "53300": Trouble(Kind.BUSY, BUSY_DATABASE),
}

# A connection that was never made carries no state; 08, 28, 3D and 57P are those of one refused or cut off.
CONNECTION_LOST = {"", "08", "28", "3D", "57"}
ABSENT_SERVER = "The database does not answer ({said}). Start PostgreSQL, or correct DATABASE_URL."

DISK: dict[int | None, tuple[Kind, str]] = {
    errno.ENOSPC: (Kind.FULL, FULL_DISK),
    errno.EDQUOT: (Kind.FULL, FULL_DISK),
    errno.EFBIG: (Kind.FULL, FULL_DISK),
    errno.EROFS: (Kind.CLOSED, "The disk is read-only{where}. Mount it for writing, or correct COBIJO_DATA."),
    errno.EACCES: (
        Kind.CLOSED,
        "The user who runs Cobijo has no permission{where}. Correct the owner or the path.",
    ),
    errno.EPERM: (
        Kind.CLOSED,
        "The user who runs Cobijo has no permission{where}. Correct the owner or the path.",
    ),
}


def explain(error: BaseException | None) -> Trouble | None:
    """The trouble behind an error or behind what caused it; None where the program itself is at fault."""
    for link in _chain(error):
        for reading in READINGS:
            found = reading(link)
            if found is not None:
                return found
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _setting(error: BaseException) -> Trouble | None:
    return Trouble(Kind.SETTING, str(error)) if isinstance(error, ImproperlyConfigured) else None


def _driver(error: BaseException) -> str:
    """The library below Django that a database error comes from."""
    return type(error.__cause__).__module__.partition(".")[0] if isinstance(error, Error) else ""


def _sqlite(error: BaseException) -> Trouble | None:
    if _driver(error) != "sqlite3":
        return None
    said = str(error).lower()
    return next((trouble for words, trouble in SQLITE.items() if words in said), None)


def _postgresql(error: BaseException) -> Trouble | None:
    if _driver(error) != "psycopg":
        return None
    state = getattr(error.__cause__, "sqlstate", None) or ""
    if state in POSTGRESQL:
        return POSTGRESQL[state]
    if isinstance(error, OperationalError | InterfaceError) and state[:2] in CONNECTION_LOST:
        return Trouble(Kind.ABSENT, ABSENT_SERVER.format(said=_first_line(error)))
    return None


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0].removeprefix("connection failed: ").rstrip(". ")


def _disk(error: BaseException) -> Trouble | None:
    if not isinstance(error, OSError) or error.errno not in DISK:
        return None
    kind, sentence = DISK[error.errno]
    where = f" ({error.filename})" if error.filename else ""
    return Trouble(kind, sentence.format(where=where))


READINGS: tuple[Callable[[BaseException], Trouble | None], ...] = (_setting, _sqlite, _postgresql, _disk)
