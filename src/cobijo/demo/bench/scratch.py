"""A scratch database of the engine in use, with a node key of its own: the real ones are not opened."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

from cobijo.core import keyfile, keys, nodes

_STATIC = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
_NO_LIMIT = (10**9, 60)


@contextmanager
def scratch() -> Iterator[Path]:
    """A database, a node key and a folder, as production has them, all gone at the end. Gives the folder."""
    with tempfile.TemporaryDirectory(prefix="cobijo-bench-") as name, override_settings(**_settings(Path(name))):
        keyfile.make(settings.NODE_KEY_FILE)
        _forget()
        call_command("collectstatic", interactive=False, verbosity=0)
        real, test = str(connection.settings_dict["NAME"]), connection.settings_dict["TEST"]
        before, test["NAME"] = test["NAME"], _database(Path(name), real)
        with redirect_stdout(StringIO()):  # a command in it speaks whatever it is told
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield Path(name)
        finally:
            connection.creation.destroy_test_db(real, verbosity=0)
            test["NAME"] = before
            _forget()


def _settings(folder: Path) -> dict[str, Any]:
    """What a production server runs with, whatever this shell says of debug and demonstration."""
    return {
        "DEBUG": False,
        "DEMO": False,
        "DATA_DIR": folder,
        "NODE_KEY_FILE": folder / "node.key",
        "PASSPHRASE_FILE": None,
        "STATIC_ROOT": folder / "static",
        "STORAGES": settings.STORAGES | {"staticfiles": _STATIC},
        "WHITENOISE_USE_FINDERS": False,
        "WHITENOISE_AUTOREFRESH": False,
        "ALLOWED_HOSTS": ["testserver"],
        # Counted like everybody's calls, and never too many.
        "API_LIMITS": dict.fromkeys(settings.API_LIMITS, _NO_LIMIT),
    }


def _database(folder: Path, real: str) -> str:
    """A file in the folder; on PostgreSQL a database beside the real one, of a name nobody has."""
    if connection.vendor == "sqlite":
        return str(folder / "scratch.sqlite3")
    return f"{real}_bench_{secrets.token_hex(4)}"


def _forget() -> None:
    """What this process remembers of a database and its key."""
    keyfile.forget()
    keys.forget()
    nodes.forget()


def size_in_bytes() -> int:
    """How much the database takes on the disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        return int(cursor.fetchone()[0])


def engine() -> str:
    """The database's name and version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version" if connection.vendor == "postgresql" else "SELECT sqlite_version()")
        version = str(cursor.fetchone()[0]).split()[0]
    return f"{connection.display_name} {version}"
