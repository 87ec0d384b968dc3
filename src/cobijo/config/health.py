"""Two addresses for whoever watches the server: is the process up, and is it able to work."""

from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.http import HttpRequest, HttpResponse


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return _line("ok")


@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and knows every migration; otherwise 503 and what is missing.

    No host or file is named: anybody may ask.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        expect_migrated()
    except Error:
        return _line("The database does not answer, or cannot be read.", status=503)
    except UnpreparedError:
        return _line("The database waits for its migrations. Run: cobijo migrate", status=503)
    return _line("ready")


class UnpreparedError(Exception):
    """Migrations are waiting."""


@lru_cache(maxsize=1)
def expect_migrated() -> None:
    """Raise UnpreparedError while migrations wait; reads the migration files until none waited once."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnpreparedError


def _line(text: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response
