"""Addresses for tests of what meets every request: pages that answer, fail, or meet a database in trouble."""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.utils import ConnectionHandler
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.cache import cache_control

SQLITE: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 0.01}}
NOBODY_THERE: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": "cobijo",
    "HOST": "127.0.0.1",
    "PORT": "1",
}


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.META["REMOTE_ADDR"])


@cache_control(public=True, max_age=60)
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("the same for everybody")


def forgotten(request: HttpRequest) -> HttpResponse:
    """A view whose writer did not think of who may ask."""
    return HttpResponse("Rosa Xiloj")


def fault(request: HttpRequest) -> HttpResponse:
    name = "Rosa Xiloj"
    raise ValueError(f"{name} is not expected here")


def absent(request: HttpRequest) -> HttpResponse:
    """A PostgreSQL that nobody runs."""
    write(NOBODY_THERE, "SELECT 1")
    return HttpResponse()


def full(request: HttpRequest) -> HttpResponse:
    """SQLite's own limit of pages gives the error of a full disk."""
    with tempfile.TemporaryDirectory() as folder:
        filling = "CREATE TABLE t AS SELECT zeroblob(100000)"
        write({**SQLITE, "NAME": f"{folder}/full.sqlite3"}, "PRAGMA max_page_count=2", filling)
    return HttpResponse()


def closed(request: HttpRequest) -> HttpResponse:
    """A database file that may only be read."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "closed.sqlite3")
        write({**SQLITE, "NAME": str(file)}, "CREATE TABLE t (a)")
        read_only = {**SQLITE, "NAME": f"file:{file}?mode=ro", "OPTIONS": {"uri": True}}
        write(read_only, "INSERT INTO t VALUES (1)")
    return HttpResponse()


def busy(request: HttpRequest) -> HttpResponse:
    """A writer that does not let go."""
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/busy.sqlite3"
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("CREATE TABLE t (a)")
            other.execute("BEGIN IMMEDIATE")
            write({**SQLITE, "NAME": file}, "INSERT INTO t VALUES (1)")
    return HttpResponse()


def write(database: dict[str, Any], *statements: str) -> None:
    """Run statements on a connection of Django's of its own."""
    connection = ConnectionHandler({"default": database})["default"]
    try:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    finally:
        connection.close()


open_to_all = [login_not_required(view) for view in (plain, public, fault, absent, full, closed, busy)]
views = [path(view.__name__, view) for view in (*open_to_all, forgotten)]
urlpatterns = [*views, path("api/v1/absent", absent), path("", include("cobijo.config.urls"))]
