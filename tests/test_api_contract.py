"""The API keeps to its own description: schemathesis reads it and sends what fits and what does not to every operation.

No answer is a 5xx, and none is one that the description does not have. CI makes up a few requests for each operation,
always the same; ``COBIJO_API_EXAMPLES=200`` makes up so many, other ones each time.
"""

import os
import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as pace
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.api import schema
from cobijo.api.assembly import api
from cobijo.api.tests.asking import token_of
from cobijo.core import verbs
from cobijo.core.ids import uuid7
from tests.access import calls, table, world
from tests.access.world import World
from tests.cast import LONG_AGO, Cast, grant

EXAMPLES = os.environ.get("COBIJO_API_EXAMPLES")
PACE = pace(
    max_examples=int(EXAMPLES or 6),
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
CONFIG: dict[str, Any] = {
    "checks": {
        # A schema cannot say that a day lies in the future or that an id must be fresh: such is refused with 422.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", "403", "404", "409", "422", "429"]},
    },
}


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The server would close the connection between two requests, and the test's transaction with it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def small_world(cast: Cast, settings: Any) -> World:
    settings.API_LIMITS = {"verbs": (10**6, 60), "people": (10**6, 60)}
    cache.clear()
    return world.build(cast)


@pytest.fixture
def token(small_world: World) -> str:
    """Of somebody who holds every role in the whole response, so that every verb is reached."""
    everybody = Account.objects.create(username="julia", name="Julia Todo", made_at=LONG_AGO)
    for role in Role:
        grant(everybody, role, small_world.cast.response.unit)
    return token_of(everybody)


def described() -> Any:
    """The description as schemathesis reads it, with the program behind it."""
    loaded = schemathesis.openapi.from_dict(schema.document(api), config=SchemathesisConfig.from_dict(CONFIG))
    loaded.app = get_wsgi_application()
    return loaded


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_keeps_to_the_description(mode: GenerationMode, small_world: World, token: str) -> None:
    broken = []
    for found in described().get_all_operations():
        operation = found.ok()
        with table.undone():
            try:
                send(operation.as_strategy(generation_mode=mode), small_world, token)
            except Exception as failure:
                broken.append(f"{operation.label}\n{failure}")
    assert not broken, "\n\n".join(broken)


def send(cases: Any, small_world: World, token: str) -> None:
    """Some requests of one operation, each answer held against the description."""

    @PACE
    @given(case=cases)
    def one(case: Any) -> None:
        case.body = with_real_ids(case.body, small_world)
        case.path_parameters = with_real_ids(case.path_parameters, small_world)
        case.call_and_validate(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})

    one()


def with_real_ids(value: Any, small_world: World, key: str = "") -> Any:
    """The same with a fresh op_id, and now and then an id of something there is: else few requests come far."""
    if isinstance(value, dict):
        return {name: with_real_ids(one, small_world, str(name)) for name, one in value.items()}
    if isinstance(value, list):
        return [with_real_ids(one, small_world, key) for one in value]
    if not isinstance(value, str) or not _is_id(value):
        return value
    if key == "op_id":
        return str(uuid7())
    pool = sorted(_pool(key, small_world))
    return str(pool[UUID(value).int % len(pool)]) if pool and UUID(value).int % 4 else str(uuid7())


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _pool(key: str, small_world: World) -> Iterator[UUID]:
    """Ids of the kind an argument's name asks for."""
    for family in small_world.families():
        yield from {"person_id": family.people.values(), "stay_ids": family.stays.values()}.get(key, ())
    yield from (one for name, one in small_world.ids.items() if key.removesuffix("_id") in name)


# --- edges -----------------------------------------------------------------------------------------------------------

DAYS = ["0001-01-01", "9999-12-31"]
MOMENTS = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
WORDS = ["\x00", "a\x00b", "\u202eab", "🏚" * 9, "x" * 20_000, "\uffff", "%s{0}{x}", "   ", ""]
NUMBERS = [-1, 2**31, 2**63, 2**200, 1e300]


def edges_of(value: Any) -> list[Any]:
    """What could break in place of a value of that kind, its kind kept."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return DAYS
    if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\dT", value):
        return MOMENTS
    if isinstance(value, str):
        return ["00000000-0000-0000-0000-000000000000"] if _is_id(value) else WORDS
    if isinstance(value, list):
        return [[], value * 300]
    return NUMBERS if isinstance(value, int) and not isinstance(value, bool) else []


def places_in(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in a call, with the way to it."""
    if way:
        yield way, value
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places_in(one, (*way, key))


def put(arguments: Any, way: tuple[Any, ...], value: Any) -> Any:
    copy = inner = deepcopy(arguments)
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] = value
    return copy


@pytest.mark.database
def test_no_edge_of_a_field_breaks_a_verb(small_world: World, token: str) -> None:
    """On PostgreSQL too, which has less patience with signs and numbers than SQLite."""
    program = Client(raise_request_exception=False, headers={"authorization": f"Bearer {token}"})
    broken = []
    for verb in sorted(verbs.registry):
        whole = calls.arguments_of(verb, small_world)
        for way, value in places_in(whole):
            for edge in edges_of(value):
                with table.undone():
                    body = {"op_id": uuid7(), "arguments": put(whole, way, edge)}
                    answer = program.post(f"/api/v1/verbs/{verb}", body, content_type="application/json")
                if answer.status_code >= 500:
                    broken.append(f"{verb}: {'.'.join(map(str, way))} = {str(edge)[:40]!r}")
    assert not broken, "\n".join(broken)
