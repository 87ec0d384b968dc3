"""Reads ``routes.txt`` and ``verbs.txt``: what each of the cast gets, as a person can read and correct it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from uuid import UUID
from zipfile import ZipFile

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cobijo.core import keys
from cobijo.people.access import visible_to
from cobijo.people.models import Person
from tests.access.world import World
from tests.cast import Cast, sign_in

HERE: Final = Path(__file__).resolve().parent
NOBODY: Final = "anyone"
OPERATOR: Final = "operator"
"""Who sits at the machine: a column of the verbs only."""


@dataclass(frozen=True, slots=True)
class Row:
    """One try: its first cells, and the status each actor gets, with ``+`` where something was done and journaled."""

    cells: tuple[str, ...]
    expected: dict[str, str]

    @property
    def key(self) -> str:
        return " ".join(cell for cell in self.cells if cell != "-")

    def unlike(self, who: str, got: str) -> list[str]:
        """What to say where an answer is not the expected one; nothing where it is."""
        wanted = self.expected.get(who, got)
        return [] if got == wanted else [f"{self.key} as {who}: {got}, not {wanted}"]

    @property
    def is_tried_both_ways(self) -> bool:
        """Whether somebody succeeds and somebody is refused."""
        answers = set(self.expected.values())
        return any(one[0] == "2" for one in answers) and any(one[0] == "4" for one in answers)


def rows_of(name: str) -> list[Row]:
    """The rows of a table: cells parted by blanks under a heading whose last columns are actors.

    A # begins a remark; a dot is an actor with whom the row is not tried.
    """
    lines = [line.split("#")[0].split() for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
    heading, *found = [line for line in lines if line]
    first = heading.index(NOBODY)
    return [
        Row(
            tuple(cells[:first]),
            {who: said for who, said in zip(heading[first:], cells[first:], strict=True) if said != "."},
        )
        for cells in found
    ]


def actors(cast: Cast) -> dict[str, Client]:
    """A browser for each column, signed in."""
    browsers = {who.username: sign_in(who) for who in _cast(cast)}
    return {NOBODY: Client(), **browsers}


def _cast(cast: Cast) -> tuple[Any, ...]:
    return (
        cast.ana, cast.beto, cast.carla, cast.diego, cast.case_worker, cast.administrator, cast.auditor, cast.outsider,
    )  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """Nothing that is done within stays."""
    place = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(place)
        keys.forget()


# --- what may not be said --------------------------------------------------------------------------------------------


def hidden_from(world: World) -> dict[str, set[str]]:
    """For each column, the names, codes and ids of everybody they may not see, and of those people's stays."""
    people = {person.pk: person for person in Person.objects.filter(anonymous=False)}
    stays = {person: str(stay) for one in world.families() for person, stay in one.all_stays()}
    found = {NOBODY: set(people)}
    for who in _cast(world.cast):
        seen = set(visible_to(who.id, Person.objects.all()).values_list("pk", flat=True))
        found[who.username] = {pk for pk, one in people.items() if pk not in seen and one.merged_into_id not in seen}
    return {
        who: {word for pk in unseen for word in (people[pk].name, people[pk].code, str(pk), stays.get(pk)) if word}
        for who, unseen in found.items()
    }


def text_of(answer: Any) -> str:
    """What an answer says, a spreadsheet's parts too; a drawing of a page is for the eye and has its own tests."""
    content = answer.getvalue() if answer.streaming else answer.content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return unescape(content.decode(errors="ignore"))


# --- routes ----------------------------------------------------------------------------------------------------------


def routes() -> dict[str, str]:
    """Every address of the program: its name, or its pattern where it has none, with the pattern."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[Any], space: str, prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner, route)
        elif isinstance(pattern, URLPattern):
            yield (f"{space}{pattern.name}" if pattern.name else route), route


def address_of(route: str, given: str, world: World, instead: dict[UUID, UUID] | None = None) -> str:
    """A route with its arguments: ``person_id=juana&…``, after ``?`` those of its query; some ids may be others'."""
    path, _, query = ("" if given == "-" else given).partition("?")
    others = instead or {}

    def value(name: str) -> object:
        found = world.named(name)
        return others.get(found, found) if isinstance(found, UUID) else found

    asked = "&".join(f"{key}={value(name)}" for key, name in _pairs(query))
    return reverse(route, kwargs={key: value(name) for key, name in _pairs(path)}) + (f"?{asked}" if asked else "")


def _pairs(text: str) -> list[tuple[str, str]]:
    return [(key, name) for key, _, name in (part.partition("=") for part in text.split("&") if part)]
