"""What meets every request: size, type, method, caches, and a fault of ours that shows nothing of itself."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError

from cobijo.api.tests.asking import Asker, organisation, problem
from tests.cast import Cast

pytestmark = pytest.mark.django_db
VERB = "/verbs/accounts.create_organisation"


def test_a_body_larger_than_a_megabyte_is_not_read(cast: Cast) -> None:
    answer = Asker(cast.administrator).post(VERB, b'{"arguments": "' + b"x" * 1_000_000 + b'"}')
    assert problem(answer) == (413, "api.too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_only_json_is_taken(cast: Cast, kind: str) -> None:
    assert problem(Asker(cast.administrator).post(VERB, b"{}", kind)) == (415, "api.media_type")


@pytest.mark.parametrize("body", [b"[", b'{"op_id": NaN}', b'"\\ud800"', b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_said_to_be_none(cast: Cast, body: bytes) -> None:
    assert problem(Asker(cast.administrator).post(VERB, body)) == (400, "api.not_json")


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"text"'])
def test_json_of_another_shape_does_not_fit(cast: Cast, body: bytes) -> None:
    assert problem(Asker(cast.administrator).post(VERB, body)) == (422, "core.bad_arguments")


@pytest.mark.parametrize("path", ["/", "/nowhere", "/people/17", "/people/", "/verbs/", "/verbs/a/b"])
def test_what_is_no_address_is_answered_as_the_api_answers(cast: Cast, path: str) -> None:
    assert problem(Asker(cast.ana).get(path)) == (404, "api.no_address")


def test_a_method_an_address_does_not_take_is_refused_with_those_it_does(cast: Cast) -> None:
    answer = Asker(cast.ana).get(VERB)
    assert problem(answer) == (405, "api.method")
    assert answer["Allow"] == "POST"


def test_what_one_has_already_is_not_sent_again(cast: Cast) -> None:
    ana = Asker(cast.ana)
    first = ana.get("/me")
    known = ana.get("/me", **{"if-none-match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert ana.get("/me", **{"if-none-match": '"another"'}).status_code == 200


def test_nothing_is_kept_in_caches(cast: Cast) -> None:
    ana = Asker(cast.ana)
    for answer in (ana.get("/me"), ana.get("/nowhere"), ana.call("accounts.choose_language", {"language": "es"})):
        assert answer["Cache-Control"] == "no-store"


def break_areas(monkeypatch: pytest.MonkeyPatch, error: Callable[[], Exception]) -> Asker:
    """Finding an area fails; gives an asker whose client does not raise what the server met."""

    def fails(_text: str) -> str:
        raise error()

    monkeypatch.setattr("cobijo.api.areas.text.fold", fails)
    asker = Asker()
    asker.client.raise_request_exception = False
    return asker


def test_a_fault_of_ours_shows_nothing_of_itself(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any, signed_in: Any
) -> None:
    asker = break_areas(monkeypatch, lambda: RuntimeError("Xiomara Quezadanez"))
    signed_in(cast.ana, asker.client)
    for settings.DEBUG in (False, True):
        answer = asker.get("/areas?q=alotenango")
        assert problem(answer) == (500, "api.broken")
        assert b"Xiomara" not in answer.content
        assert b"Traceback" not in answer.content


def test_a_database_that_is_away_is_said_as_an_outage(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, signed_in: Any
) -> None:
    def locked() -> Exception:
        error = OperationalError("database is locked")
        error.__cause__ = sqlite3.OperationalError("database is locked")
        return error

    asker = break_areas(monkeypatch, locked)
    signed_in(cast.ana, asker.client)
    answer = asker.get("/areas?q=alotenango")
    assert problem(answer) == (503, "config.busy")
    assert answer["Retry-After"]


def test_a_list_is_cut_where_asked_and_nowhere_else(cast: Cast) -> None:
    ana = Asker(cast.ana)
    for query, field in (("limit=0", "limit"), ("limit=201", "limit"), ("limit=some", "limit")):
        answer = ana.get(f"/held?{query}")
        assert problem(answer) == (422, "core.bad_arguments")
        assert list(answer.json()["fields"]) == [field]
    assert problem(ana.get("/held?cursor=nowhere")) == (422, "core.unknown_cursor")
    assert problem(ana.get("/areas")) == (422, "core.bad_arguments")


def test_a_verb_refused_leaves_its_op_id_free(cast: Cast) -> None:
    felix = Asker(cast.administrator)
    arguments = organisation()
    refused = felix.call("accounts.create_organisation", arguments | {"country": "gt"})
    op_id = refused.json()["instance"].removeprefix("urn:uuid:")
    assert felix.call("accounts.create_organisation", arguments, op_id=op_id).status_code == 200
