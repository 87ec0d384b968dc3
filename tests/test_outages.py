"""Bad days at the server: the database is away, the disk is full. A sentence and a 503, never a trace."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler
from django.test import Client, override_settings
from django.utils.log import configure_logging

from cobijo.config import health
from cobijo.config.middleware import NoStore
from tests import pages

pytestmark = [pytest.mark.urls("tests.pages"), pytest.mark.django_db]


@pytest.fixture
def visitor() -> Client:
    """Somebody who reads English and gets what the server answers, not its exception."""
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the program's own handlers write, as its settings set them up."""
    written = io.StringIO()
    configure_logging("logging.config.dictConfig", settings.LOGGING)
    handlers = [*logging.getLogger().handlers, *logging.getLogger("django.server").handlers]
    ours = [handler for handler in handlers if type(handler) is logging.StreamHandler]
    for handler in ours:
        handler.setStream(written)
    yield written
    for handler in ours:
        handler.setStream(sys.__stderr__)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/absent", "The database does not answer."),
        ("/busy", "Many people are writing at this moment"),
        ("/full", "The disk of this installation is full"),
        ("/closed", "This installation cannot write to its disk"),
    ],
)
def test_people_read_what_is_the_matter(visitor: Client, address: str, sentence: str) -> None:
    response = visitor.get(address)
    assert response.status_code == 503
    assert sentence in response.text
    assert response["Retry-After"] == "30"
    assert "Traceback" not in response.text


def test_they_read_it_in_their_language(visitor: Client) -> None:
    assert "La base de datos no responde." in visitor.get("/absent", headers={"accept-language": "es-GT"}).text


def test_programs_get_a_problem(visitor: Client) -> None:
    response = visitor.get("/api/v1/absent")
    assert (response.status_code, response["Content-Type"]) == (503, "application/problem+json")
    problem = response.json()
    assert problem["code"] == "config.absent"
    assert problem["detail"].startswith("The database does not answer.")


def test_a_fault_of_the_program_stays_a_500(visitor: Client) -> None:
    assert visitor.get("/fault").status_code == 500


def test_a_failure_before_the_view_is_met_too(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NoStore, "__call__", lambda _, request: pages.absent(request))
    assert visitor.get("/plain").status_code == 503


def test_the_log_has_the_sentence_and_no_trace(visitor: Client, log: io.StringIO) -> None:
    visitor.get("/absent?name=Xiloj")
    said = log.getvalue()
    assert "Start PostgreSQL, or correct DATABASE_URL." in said
    assert "Traceback" not in said
    assert "Xiloj" not in said


def test_the_log_of_a_fault_names_places_and_no_people(visitor: Client, log: io.StringIO) -> None:
    visitor.post("/fault?who=Xiloj", {"name": "Rosa Xiloj"})
    said = log.getvalue()
    assert "ValueError" in said
    assert "tests/pages.py" in said
    assert "Xiloj" not in said


def test_requests_are_logged_without_their_query(log: io.StringIO) -> None:
    logging.getLogger("django.server").info('"%s" %s %s', "GET /find?q=Xiloj HTTP/1.1", "200", "77")
    said = log.getvalue()
    assert "GET /find HTTP/1.1" in said
    assert "Xiloj" not in said


@override_settings(DEBUG=True)
def test_a_debug_page_shows_no_person(visitor: Client) -> None:
    visitor.cookies["sessionid"] = "a-session-of-somebody"
    shown = visitor.post("/fault", {"person": "Byron Coc"}).text
    assert "ValueError" in shown
    assert "&lt;str&gt;" in shown
    assert "Byron Coc" not in shown
    assert "a-session-of-somebody" not in shown


def test_alive_without_a_database(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\n")


def test_ready_with_a_database(client: Client) -> None:
    health.expect_migrated.cache_clear()
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (200, "ready\n")


def test_not_ready_without_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "connection", ConnectionHandler({"default": pages.NOBODY_THERE})["default"])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "127.0.0.1" not in response.text


@pytest.mark.database
def test_not_ready_while_migrations_wait(client: Client, django_db_use_migrations: bool) -> None:
    if not django_db_use_migrations:
        pytest.skip("the tables of this run were made without migrations (make test has stages with them)")
    health.expect_migrated.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "cobijo migrate" in response.text
