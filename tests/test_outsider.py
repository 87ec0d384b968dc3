"""A stranger runs every verb with ids of real records: nothing they could not see before comes into sight, and the
answer for a known id is, byte for byte, the one for an id of nothing.

Two strangers: Hugo, who is granted nothing, and Irma, who holds every role at two sites of her own. Hers are also the
calls that succeed but for one id, which is somebody else's.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from cobijo.accounts import access
from cobijo.accounts.models import Account
from cobijo.accounts.types import Permission
from cobijo.core import operations, records, verbs
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from tests.access import calls, table, world
from tests.access.calls import Arguments
from tests.access.world import World
from tests.cast import Cast, act, sign_in

OPENS_ONE_ON_PURPOSE = {"people.break_glass"}
"""Opens one record by its code, told to two people and reviewed: its own tests say how far it goes."""

ANY_SITE_IS_ASKED = {("sites.propose_transfer", "to_site_id")}
"""Every site of a response can be asked to take people in, so that there is such a site is no secret."""

NOT_IRMAS = {
    "people.erase_person", "people.set_basis", "sites.add_site", "sites.group_sites", "sites.open_response",
    "sites.set_status",  # for those who run the response, or the operator
    "sites.close_response", "sites.set_export_alone",
    "sites.choose_norms", "sites.end_focal_point", "sites.name_focal_point",
    "people.expire", "people.finish_retention", "people.preview_retention", "people.set_retention",
    "people.answer_right", "people.erase_on_request",
    "reporting.approve_export", "reporting.refuse_export",  # a second person does these
    "people.queue_pairs",  # for the machine
    "people.approve_merge",  # for a second person
    "people.name_worker", "people.review_break_glass", "people.unname_worker",  # take a colleague, and she has none
}  # fmt: skip

FORM_TOKEN = re.compile(r"[A-Za-z0-9]{64}")

Way = tuple[str | int, ...]
Sight = dict[str, set[Any]]


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody with a browser, to whom A and B are not known."""

    account: Account
    browser: Client

    def runs(self, verb: str, op_id: UUID, arguments: Arguments) -> Any:
        body = {"op_id": op_id, "arguments": arguments}
        answer: Any = self.browser.post(f"/api/v1/verbs/{verb}", body, content_type="application/json")
        return answer

    def sees(self) -> Sight:
        """The rows of every model with a door that are the stranger's to see."""
        rows = {model._meta.label: model._default_manager.all() for model in records.kinds()}
        seen = {label: records.visible_to(self.account.id, found) for label, found in rows.items()}
        return {label: set(found.values_list("pk", flat=True)) for label, found in seen.items()}


def standing() -> Sight:
    """All rows there are, of every model with a door."""
    return {model._meta.label: set(model._default_manager.values_list("pk", flat=True)) for model in records.kinds()}


@dataclass(frozen=True, slots=True)
class Scene:
    """The world, Irma's own, the strangers, and the ids in the world that are nothing to them."""

    real: World
    irmas: World
    strangers: tuple[Stranger, ...]
    secret: set[UUID]


@pytest.fixture
def scene(cast: Cast, settings: Any) -> Scene:
    settings.API_LIMITS = {"verbs": (10**6, 60), "people": (10**6, 60)}
    cache.clear()
    real, irmas = world.build(cast), world.build_elsewhere(cast)
    strangers = tuple(Stranger(who, sign_in(who)) for who in (cast.outsider, irmas.cast.ana))
    in_sight = {one for stranger in strangers for rows in stranger.sees().values() for one in rows}
    return Scene(real, irmas, strangers, real.known() - in_sight)


# --- the calls strangers make ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Try:
    """A call of a stranger's, and the same with ids of nothing in place of those that are somebody else's."""

    verb: str
    stranger: Stranger
    known: Arguments
    unknown: Arguments
    foreign: str


def tries(scene: Scene) -> Iterator[Try]:
    """Each verb with everything somebody else's; and as Irma with one such id in a call that is hers otherwise."""
    for verb in sorted(verbs.registry.keys() - OPENS_ONE_ON_PURPOSE):
        real, own = calls.arguments_of(verb, scene.real), calls.arguments_of(verb, scene.irmas)
        secrets = {way: value for way, value in ids_in(real) if UUID(value) in scene.secret}
        nothing = {way: str(uuid7()) for way in secrets}
        for stranger in scene.strangers:
            yield Try(verb, stranger, real, with_ids(real, nothing), "all")
        for way, theirs in secrets.items():
            if has(own, way) and (verb, way[-1]) not in ANY_SITE_IS_ASKED:
                name = ".".join(map(str, way))
                yield Try(verb, scene.strangers[-1], with_ids(own, {way: theirs}), with_ids(own, nothing, way), name)


def ids_in(value: Any, way: Way = ()) -> Iterator[tuple[Way, str]]:
    """Every id in a call, with the way to it."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from ids_in(one, (*way, key))
    elif isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
        yield way, value


def has(arguments: Arguments, way: Way) -> bool:
    return way in dict(ids_in(arguments))


def with_ids(arguments: Arguments, ids: dict[Way, str], only: Way | None = None) -> Arguments:
    """A copy of a call with other ids at some places, or at only one of them."""
    copy = deepcopy(arguments)
    for way, value in ids.items():
        if only in (None, way):
            inner: Any = copy
            for step in way[:-1]:
                inner = inner[step]
            inner[way[-1]] = value
    return copy


# --- what must not happen --------------------------------------------------------------------------------------------


def test_no_verb_brings_a_record_into_a_strangers_sight(scene: Scene) -> None:
    there, before = standing(), {one.account.id: one.sees() for one in scene.strangers}
    grown: list[str] = []
    for one in tries(scene):
        with table.undone():
            if one.stranger.runs(one.verb, uuid7(), one.known).status_code >= 400:
                continue  # a refusal is rolled back as a whole
            for label, rows in one.stranger.sees().items():
                if news := (rows & there[label]) - before[one.stranger.account.id][label]:
                    grown.append(f"{one.verb} with {one.foreign}: {len(news)} more of {label}")
    assert not grown, "\n".join(grown)


def test_a_known_id_is_answered_as_one_of_nothing(scene: Scene) -> None:
    told: list[str] = []
    for one in tries(scene):
        answers = []
        op_id = uuid7()
        for arguments in (one.known, one.unknown):
            with table.undone():
                answer = one.stranger.runs(one.verb, op_id, arguments)
                answers.append((answer.status_code, answer.content))
        if answers[0] != answers[1]:
            told.append(f"{one.verb} with {one.foreign} as {one.stranger.account.username}: {answers}")
    assert not told, "\n".join(told)


def test_irmas_own_calls_succeed_so_that_the_one_foreign_id_is_what_is_tried(scene: Scene) -> None:
    irma = scene.strangers[-1]
    done = set()
    for verb in verbs.registry:
        with table.undone():
            if irma.runs(verb, uuid7(), calls.arguments_of(verb, scene.irmas)).status_code == 200:
                done.add(verb)
    assert {verb for verb in verbs.registry if verb.startswith(("people.", "sites.", "reporting."))} - done == NOT_IRMAS


READING = {Permission.SEE_FIGURES, Permission.SEE_PEOPLE}


def test_a_token_for_reading_runs_no_verb_whatever_its_account_may(scene: Scene) -> None:
    irma, done = scene.strangers[-1].account, []
    for verb in sorted(verbs.registry):
        with table.undone(), access.limited_to(irma.id, READING), suppress(DomainError):
            operations.submit(verb, act(irma, door=Door.API), calls.arguments_of(verb, scene.irmas))
            done.append(verb)
    assert not done


def test_an_address_with_a_known_id_answers_as_with_one_of_nothing(scene: Scene) -> None:
    nothing = {one: uuid7() for one in scene.secret}
    told = []
    for stranger in scene.strangers:
        for row in table.rows_of("routes.txt"):
            method, route, given = row.cells
            addresses = [table.address_of(route, given, scene.real, instead) for instead in ({}, nothing)]
            if addresses[0] == addresses[1]:
                continue  # no id in it that is a secret
            known, unknown = (_asked(stranger, method, address) for address in addresses)
            if known != unknown:
                told.append(f"{row.key} as {stranger.account.username}: {known[0]} and {unknown[0]}")
    assert not told, "\n".join(told)


def _asked(stranger: Stranger, method: str, address: str) -> tuple[int, str, str]:
    """Status, way onward and content of an answer, without what differs from one request to the next anyway."""
    with table.undone():
        answer: Any = getattr(stranger.browser, method.lower())(address)
    return answer.status_code, answer.headers.get("Location", ""), FORM_TOKEN.sub("", answer.content.decode())
