"""Rows that a verb left, cut into a stencil: repeated with new ids they are rows as the verb would leave them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models

from cobijo.core import personal

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Keys = Mapping[type[models.Model], frozenset[Any]]


@dataclass(slots=True)
class Row:
    """A row to repeat: its values, and which of them are ids, local numbers, moments or texts that name ids."""

    model: type[models.Model]
    values: list[Any]
    ids: list[tuple[int, UUID]] = field(default_factory=list)
    numbers: list[tuple[int, tuple[type[models.Model], int]]] = field(default_factory=list)
    moments: list[tuple[int, datetime]] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class Stencil:
    """What one operation left. ``ids`` are the ids it made; ``numbers`` the local numbers it used."""

    rows: list[Row]
    ids: frozenset[UUID]
    numbers: tuple[tuple[type[models.Model], int], ...]

    def cut(
        self, ids: Mapping[UUID, UUID], numbers: Mapping[tuple[type[models.Model], int], int], later: timedelta
    ) -> list[tuple[type[models.Model], list[Any]]]:
        """The rows once more, under other ids and numbers, and so much later."""
        words = {str(old): str(new) for old, new in ids.items()}
        return [(row.model, _repeated(row, ids, numbers, later, words)) for row in self.rows]


def _repeated(
    row: Row,
    ids: Mapping[UUID, UUID],
    numbers: Mapping[tuple[type[models.Model], int], int],
    later: timedelta,
    words: Mapping[str, str],
) -> list[Any]:
    values = row.values.copy()
    for at, old in row.ids:
        values[at] = ids.get(old, old)
    for at, number in row.numbers:
        values[at] = numbers[number]
    for at, moment in row.moments:
        values[at] = moment + later
    for at, text in row.texts:
        values[at] = _UUID.sub(lambda found: words.get(found[0], found[0]), text)
    return values


# --- reading what an operation left ----------------------------------------------------------------------------------


def columns_of(model: type[models.Model]) -> list[str]:
    """The names of a model's columns as Python has them, in the order in which rows are given."""
    return [column.attname for column in model._meta.concrete_fields]


def keys_now() -> Keys:
    """The primary keys of all rows of our models. For a database with few rows."""
    return {model: frozenset(model._default_manager.values_list("pk", flat=True)) for model in personal.our_models()}


def stencil_of(before: Keys, left_out: Iterable[type[models.Model]]) -> Stencil:
    """What was added since, but for some models."""
    skipped = set(left_out)
    found = [row for model in before if model not in skipped for row in _new_rows(model, before[model])]
    made = frozenset(new for model, values in found for new in _made(model, values))
    numbers = tuple((model, values["id"]) for model, values in found if isinstance(model._meta.pk, models.BigAutoField))
    return Stencil([_row(model, values, set(numbers)) for model, values in found], made, numbers)


def _new_rows(model: type[models.Model], before: frozenset[Any]) -> list[tuple[type[models.Model], dict[str, Any]]]:
    rows = model._default_manager.order_by("pk").values(*columns_of(model))
    return [(model, row) for row in rows if row[_key(model)] not in before]


def _key(model: type[models.Model]) -> str:
    assert model._meta.pk is not None, "every model has a key"
    return model._meta.pk.attname


def _made(model: type[models.Model], values: Mapping[str, Any]) -> list[UUID]:
    """The ids a row is known by: its key, and any other that no second row may have."""
    own = [column.attname for column in model._meta.concrete_fields if column.unique and not column.is_relation]
    return [values[name] for name in own if isinstance(values[name], UUID)]


def _row(model: type[models.Model], values: Mapping[str, Any], numbers: set[tuple[type[models.Model], int]]) -> Row:
    row = Row(model, [])
    for at, column in enumerate(model._meta.concrete_fields):
        value = values[column.attname]
        target = column.related_model or model
        if isinstance(value, UUID):
            row.ids.append((at, value))
        elif (column.primary_key or column.is_relation) and (target, value) in numbers:
            row.numbers.append((at, (target, value)))
        elif isinstance(value, datetime):
            row.moments.append((at, value))
        value = _plain(value)
        if isinstance(value, str) and _UUID.search(value):
            row.texts.append((at, value))
        row.values.append(value)
    return row


def _plain(value: Any) -> Any:
    """As it is written into a table: JSON as text, bytes as bytes."""
    if isinstance(value, list | dict):
        return json.dumps(value)
    return bytes(value) if isinstance(value, memoryview) else value
