"""A database of N people in sites of five hundred: twenty households registered by the verb, and their rows repeated.

What is repeated are all rows the verb left, journal included, under new ids and with other names, numbers and births,
so that what is measured afterwards meets tables of the right size and shape. The sealed parts of the journal are copies
and open for nobody; each person's key is a real one, and what people are found by is written for each.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from itertools import chain, count
from typing import Any, Final
from uuid import UUID

from django.db import connection, models, transaction
from django.db.models import Max

from cobijo.accounts.types import Role
from cobijo.algorithms import codes
from cobijo.core import clock, keys, nodes, operations, seals
from cobijo.core.ids import uuid7
from cobijo.core.models import CodeBlock, Node, RingKey, SubjectKey
from cobijo.core.verbs import Door
from cobijo.demo.bench import families, stencil, world
from cobijo.demo.bench.indexing import Index
from cobijo.demo.bench.pouring import pour
from cobijo.demo.bench.stencil import Stencil
from cobijo.demo.bench.world import Said, World
from cobijo.people import index
from cobijo.people.models import (
    Document,
    Household,
    NameFresh,
    NamePosting,
    NameToken,
    Person,
    Phone,
    SearchEntry,
    SearchKey,
)
from cobijo.people.searching import words

STENCILS: Final = 20
AT_ONCE: Final = 1_000
"""Households written in one transaction."""
ARRIVING: Final = timedelta(days=40)
"""People arrive at all sites side by side during so many days, the last of them today."""
_OF_INDEX: Final = (SearchEntry, SearchKey, NameToken, NamePosting, NameFresh)
NOT_REPEATED: Final = (Node, RingKey, CodeBlock, SubjectKey, *_OF_INDEX)
"""Of the installation, or written for each person in the way proper to it."""
BLOCK: Final = 100_000
"""Codes left in the blocks for those who are registered while measuring."""

Rows = list[tuple[type[models.Model], list[Any]]]
Tables = dict[type[models.Model], list[list[Any]]]


def fill(people: int, seed: int, said: Said) -> World:
    """Fill the database, which must be empty, with so many people (a multiple of five); at least one site of them."""
    with _quickly():
        filling = Filling(people, seed, said)
        filling.set_up()
        filling.repeat()
        said("sealing", 0, 1)
        seals.seal_waiting()
        said("sealing", 1, 1)
    settle()
    return filling.world


def settle() -> None:
    """What a server does by itself in time: PostgreSQL looks at its tables; SQLite folds its log in."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint(TRUNCATE)")


class Filling:
    """One filling of a database."""

    def __init__(self, people: int, seed: int, said: Said) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - fictitious people, not secrets
        self._families = families.Families(self._draw)
        self._households = max(STENCILS, people // families.SIZE)
        self._sites = -(-people // world.SITE_SIZE)
        self._said = said
        self._stencils: list[Stencil] = []
        self._last: dict[type[models.Model], int] = {}
        self._person = self._household = 0
        self.world = world.open_response()

    # --- what is repeated --------------------------------------------------------------------------------------------

    def set_up(self) -> None:
        """The sites and who works there, and at the first site the households that will be repeated."""
        world.add_site(self.world)
        world.make_account("clerk", Role.REGISTRAR, self.world.response, self.world.clerk)
        self._stencils = [self._register(room) for room in range(STENCILS)]
        for done in range(1, self._sites):
            world.add_site(self.world)
            self._said("sites", done + 1, self._sites)
        world.hire(self.world)

    def _register(self, room: int) -> Stencil:
        site, rooms = self.world.sites[0], self.world.rooms[0]
        before = stencil.keys_now()
        act = operations.act_of(self.world.clerk, Door.DESK)
        arguments = self._families.household(site, rooms[room], clock.now().date())
        operations.submit("sites.receive_household", act, arguments)
        return stencil.stencil_of(before, NOT_REPEATED)

    # --- repeating ---------------------------------------------------------------------------------------------------

    def repeat(self) -> None:
        """Write all households but those registered already, and move the blocks of codes behind them."""
        self._last = {model: _last_number(model) for one in self._stencils for model, _ in one.numbers}
        self._person, self._household = _next_code(Person), _next_code(Household)
        self._index = Index()
        total = self._households - STENCILS
        places = self._places()
        for first in range(0, total, AT_ONCE):
            some = range(first, min(first + AT_ONCE, total))
            self._write([self._cut(at, next(places), ARRIVING * (at / total - 1)) for at in some])
            self._said("households", some.stop, total)
        self._index.close()
        _move_sequences(_last_of(_OF_INDEX))
        _lease({"person": self._person, "household": self._household})

    def _places(self) -> Iterator[tuple[int, int]]:
        """Site and room of each household: all sites fill side by side, the first has the stencils' already."""
        for turn in count():
            yield from ((site, turn % world.ROOMS) for site in range(self._sites) if site or turn >= STENCILS)

    def _cut(self, at: int, place: tuple[int, int], later: timedelta) -> Rows:
        """The rows of one more household."""
        one, (site, room) = self._stencils[at % STENCILS], place
        ids = {old: uuid7() for old in one.ids}
        ids[self.world.sites[0]] = self.world.sites[site]
        ids |= dict.fromkeys(self.world.rooms[0], self.world.rooms[site][room])
        numbers = {number: self._next(number[0]) for number in one.numbers}
        rows = one.cut(ids, numbers, later)
        self._rename(rows)
        return rows

    def _next(self, model: type[models.Model]) -> int:
        self._last[model] += 1
        return self._last[model]

    def _write(self, households: Sequence[Rows]) -> None:
        tables: Tables = defaultdict(list)
        for model, values in chain.from_iterable(households):
            tables[model].append(values)
        with _unchecked(), transaction.atomic():
            for model, rows in tables.items():
                pour(model, stencil.columns_of(model), rows)
            self._write_index(tables)
            keys.subject_keys((values[0] for values in tables[Person]), make=True)
        _move_sequences(self._last)

    # --- what differs from household to household --------------------------------------------------------------------

    def _rename(self, rows: Rows) -> None:
        people = [values for model, values in rows if model is Person]
        for values, name in zip(people, self._families.names([values[_SEX] for values in people]), strict=True):
            values[_NUMBER], self._person = self._person, self._person + 1
            values[_GIVEN], values[_FIRST], values[_SECOND] = name.given, name.first, name.second
            values[_BIRTH] -= timedelta(days=self._draw.randrange(360))
        for model, values in rows:
            if model is Household:
                values[_HOUSEHOLD], self._household = self._household, self._household + 1
            elif model is Document:
                values[_DOCUMENT] = self._families.cui()
            elif model is Phone:
                values[_WRITTEN] = self._families.phone()
                values[_PHONE] = f"+502{values[_WRITTEN]}"

    def _write_index(self, tables: Tables) -> None:
        """What the index holds of these people, as ``people.index`` would write it (a test compares the two)."""
        kinds, found = SearchKey.Kind, []
        entry_of: dict[UUID, int] = {}
        for values in tables[Person]:
            person = Person(**dict(zip(_COLUMNS, values, strict=True)))
            person.nationalities = json.loads(values[_NATIONALITIES])
            entry_of[person.pk] = entry = self._index.add(person.pk, words.of_person(person))
            found.append((entry, kinds.CODE, index.compact_code(codes.encode(values[_NUMBER])).encode()))
        for values in tables[Document]:
            found.append((entry_of[values[_DOCUMENT_PERSON]], kinds.DOCUMENT, values[_DOCUMENT].encode()))
        for values in tables[Phone]:
            for digits in (values[_WRITTEN], f"502{values[_WRITTEN]}"):
                found.append((entry_of[values[_PHONE_PERSON]], kinds.PHONE, digits.encode()))
        self._index.pour()
        pour(SearchKey, ["entry_id", "kind", "key"], found)


def _column(model: type[models.Model], name: str) -> int:
    return stencil.columns_of(model).index(name)


_NUMBER, _SEX, _BIRTH = (_column(Person, name) for name in ("number", "sex", "birth_date"))
_GIVEN, _FIRST, _SECOND = (_column(Person, name) for name in ("given_names", "first_surname", "second_surname"))
_COLUMNS, _NATIONALITIES = stencil.columns_of(Person), _column(Person, "nationalities")
_HOUSEHOLD = _column(Household, "number")
_DOCUMENT, _DOCUMENT_PERSON = _column(Document, "number"), _column(Document, "person_id")
_PHONE, _WRITTEN, _PHONE_PERSON = (_column(Phone, name) for name in ("number", "as_written", "person_id"))


# --- the database ----------------------------------------------------------------------------------------------------


@contextmanager
def _quickly() -> Iterator[None]:
    """While filling, the disk is not waited for: what is lost is made again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-524288")
        else:
            cursor.execute("SET synchronous_commit TO off")
    yield
    connection.close()  # the next one opens as every other


@contextmanager
def _unchecked() -> Iterator[None]:
    """References among rows poured together need no looking up."""
    if connection.vendor == "sqlite":
        connection.disable_constraint_checking()
    yield
    if connection.vendor == "sqlite":
        connection.enable_constraint_checking()


def _last_number(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(last=Max("pk"))["last"] or 0)


def _last_of(some: Sequence[type[models.Model]]) -> dict[type[models.Model], int]:
    return {model: _last_number(model) for model in some if isinstance(model._meta.pk, models.AutoField)}


def _next_code(model: type[Person] | type[Household]) -> int:
    return int(model._default_manager.aggregate(last=Max("number"))["last"]) + 1


def _move_sequences(last: dict[type[models.Model], int]) -> None:
    """PostgreSQL counts on from the rows given with their numbers; SQLite does by itself."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model, number in last.items():
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, number])


def _lease(free: dict[str, int]) -> None:
    """The next codes are those behind the ones the filling gave."""
    for kind, first in free.items():
        CodeBlock.objects.filter(kind=kind).delete()
        CodeBlock.objects.create(kind=kind, first=first, size=BLOCK, holder=nodes.here_id(), leased_at=clock.now())
