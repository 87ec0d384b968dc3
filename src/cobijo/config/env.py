"""Typed readers of the environment: a bad value stops the start with a sentence.

Every variable read here is documented in docs/admin/settings.md; a test compares the two.
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

READ: set[str] = set()


class BadSetting(ImproperlyConfigured):
    """A value in the environment cannot be used; the message says which, why, and what to write instead."""


def _raw(name: str) -> str | None:
    READ.add(name)
    value = os.environ.get(name, "").strip()
    return value or None


def text(name: str, default: str) -> str:
    """The variable as written, or ``default`` where it is unset or blank."""
    return _raw(name) or default


def flag(name: str, default: bool) -> bool:
    """1/0, true/false, yes/no, on/off."""
    raw = _raw(name)
    if raw is None:
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise BadSetting(f"{name} is “{raw}”; write 1 or 0.")


def number(name: str, default: int, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``."""
    raw = _raw(name)
    if raw is None:
        return default
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise BadSetting(f"{name} is “{raw}”; write a whole number from {low} to {high}.")
    return int(raw)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the words allowed, in capitals or not."""
    raw = text(name, default).upper()
    if raw not in allowed:
        raise BadSetting(f"{name} is “{raw}”; write one of {', '.join(allowed)}.")
    return raw


def names(name: str, default: tuple[str, ...]) -> list[str]:
    """Names parted by commas."""
    raw = _raw(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else list(default)


def path(name: str, default: Path) -> Path:
    """An absolute path; ``~`` is the home folder."""
    raw = _raw(name)
    return Path(raw).expanduser().resolve() if raw else default


def secret_file(name: str) -> str:
    """What a file holds that its owner alone may read; empty where none is named. Secrets stand in no variable."""
    raw = _raw(name)
    if raw is None:
        return ""
    try:
        return Path(raw).expanduser().read_text(encoding="utf-8").rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(f"{name} names {raw}, which cannot be read. Name a file with one line.") from error


def database(name: str, default: Path) -> dict[str, object]:
    """``DATABASE_URL`` as Django's settings: ``sqlite:///FILE`` or ``postgresql://USER:PASSWORD@HOST/NAME``.

    A socket folder goes into ``?host=``. SQLite is opened in WAL mode with IMMEDIATE transactions: DEFERRED
    ones lost half the work under six writers.
    """
    raw = _raw(name)
    url = urlsplit(raw or f"sqlite:///{default}")
    if url.scheme == "sqlite":
        return _sqlite(name, raw, unquote(url.path))
    if url.scheme in {"postgres", "postgresql"}:
        return _postgresql(name, url.path, url.username, url.password, url.hostname, _port(name, raw), url.query)
    raise BadSetting(f"{name} begins with “{url.scheme}”; write sqlite:///FILE or postgresql://USER@HOST/NAME.")


def _port(name: str, raw: str | None) -> int | None:
    try:
        return urlsplit(raw or "").port
    except ValueError as error:
        raise BadSetting(f"{name} has a port that is no number; write postgresql://USER@HOST:5432/NAME.") from error


def _sqlite(name: str, raw: str | None, file: str) -> dict[str, object]:
    file = file[1:] if file.startswith("//") else file
    if not file.strip("/"):
        raise BadSetting(f"{name} is “{raw}” and names no file; write sqlite:////var/lib/cobijo/cobijo.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA mmap_size=134217728; PRAGMA cache_size=-32768; PRAGMA journal_size_limit=27103364; "
            ),
        },
    }


def _postgresql(
    name: str,
    path: str,
    user: str | None,
    password: str | None,
    host: str | None,
    port: int | None,
    query: str,
) -> dict[str, object]:
    database_name = unquote(path.lstrip("/"))
    if not database_name:
        raise BadSetting(f"{name} names no database; write postgresql://USER@HOST/NAME.")
    options = dict(parse_qsl(query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(user or ""),
        "PASSWORD": unquote(password or ""),
        "HOST": options.pop("host", None) or host or "",
        "PORT": port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }
