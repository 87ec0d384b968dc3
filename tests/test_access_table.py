"""Access is a table: every route and every verb, tried as each of the cast (``tests/access/*.txt``)."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import operations, verbs
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Outcome
from cobijo.core.verbs import Door
from tests.access import calls, table, world
from tests.access.table import OPERATOR, Row
from tests.access.world import World
from tests.cast import Cast

ROUTES, VERBS = table.rows_of("routes.txt"), table.rows_of("verbs.txt")
BODIES: dict[str, Any] = {"api:search_people": {"words": "Juana"}}

SPEAKS_ON_PURPOSE = {"api:openapi", "people:break_glass"}
"""Its examples have names of our people; and who reviews an opening sees the record's code, and no name."""


@pytest.fixture
def small_world(cast: Cast, settings: Any) -> World:
    """The world, and no limit on how often it may be tried."""
    settings.API_LIMITS = {"verbs": (10**6, 60), "people": (10**6, 60)}
    cache.clear()
    return world.build(cast)


# --- the tables are whole --------------------------------------------------------------------------------------------


def test_every_verb_has_its_row_and_its_arguments() -> None:
    assert sorted(row.key for row in VERBS) == sorted(verbs.registry)
    assert sorted(calls.CALLS) == sorted(verbs.registry)


def test_every_route_has_a_row() -> None:
    known = {row.cells[1] for row in ROUTES}
    assert sorted(table.routes().keys() - known) == []
    assert sorted(known - table.routes().keys()) == []


def test_every_verb_is_tried_allowed_and_refused() -> None:
    assert [row.key for row in VERBS if not row.is_tried_both_ways] == []


# --- and right -------------------------------------------------------------------------------------------------------


def test_each_verb_answers_each_of_the_cast_as_the_table_says(small_world: World) -> None:
    browsers = table.actors(small_world.cast)
    wrong: list[str] = []
    for row in VERBS:
        for who, browser in browsers.items():
            with table.undone():
                wrong += row.unlike(who, _call(browser, row.key, small_world))
        with table.undone():
            wrong += row.unlike(OPERATOR, _command(row.key, small_world))
    assert not wrong, "\n".join(wrong)


def _call(browser: Client, verb: str, small_world: World) -> str:
    """The status of a call; one that is done is answered so again, with its record if the actor may see it."""
    body = {"op_id": uuid7(), "arguments": calls.arguments_of(verb, small_world)}
    address = f"/api/v1/verbs/{verb}"
    first = browser.post(address, body, content_type="application/json")
    if first.status_code == 200:
        again = browser.post(address, body, content_type="application/json").json()
        assert again.get("repeated") is True, verb
        assert again["result"] in (first.json()["result"], None), verb
    return str(first.status_code)


def _command(verb: str, small_world: World) -> str:
    operator = operations.act_of(COMMAND_LINE, Door.COMMAND)
    try:
        operations.submit(verb, operator, calls.arguments_of(verb, small_world))
    except DomainError as refusal:
        return str(refusal.status)
    return "200"


def test_each_route_answers_each_of_the_cast_as_the_table_says_and_names_nobody_they_may_not_see(
    small_world: World,
) -> None:
    browsers, hidden = table.actors(small_world.cast), table.hidden_from(small_world)
    wrong: list[str] = []
    for row in ROUTES:
        for who in row.expected:
            with table.undone():
                got, said = _ask(browsers[who], row, small_world)
            wrong += row.unlike(who, got)
            if row.cells[1] not in SPEAKS_ON_PURPOSE:
                wrong += [f"{row.key} as {who} speaks of {one}" for one in hidden[who] if one in said]
    assert not wrong, "\n".join(wrong)


def _ask(browser: Client, row: Row, small_world: World) -> tuple[str, str]:
    """The status of a request, with + where something was done; and what was answered, but for what was asked."""
    method, route, given = row.cells
    address = table.address_of(route, given, small_world)
    kind = {"content_type": "application/json"} if route.startswith("api:") and method == "POST" else {}
    done = Outcome.objects.filter(kind=Outcome.Kind.APPLIED)
    before = done.count()
    answer = getattr(browser, method.lower())(address, BODIES.get(route, {}), **kind)
    said = table.text_of(answer).replace(address.partition("?")[0], "")
    return f"{answer.status_code}{'+' if done.count() > before else ''}", said
