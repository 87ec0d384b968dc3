"""What becomes of each reference to a person when two records become one: decided by the app that holds it.

A test walks the models and fails on one that nobody has decided.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from cobijo.core import rows
from cobijo.people import sealing

_moves: list[str] = []
_stays: dict[str, str] = {}


def decide(*, moves: Collection[str] = (), stays: Mapping[str, str] | None = None) -> None:
    """Say which references (``app.Model.field``) go over to the kept record, and which stay, each with its reason."""
    _moves.extend(path for path in moves if path not in _moves)
    _stays.update(stays or {})


def decided() -> set[str]:
    """The references somebody has decided on."""
    return {*_moves, *_stays}


def moving() -> Iterator[tuple[type[models.Model], str]]:
    """The models whose rows go over, each with the name of its reference."""
    for path in _moves:
        label, _, field = path.rpartition(".")
        yield apps.get_model(label), field


def hand_over(found: models.QuerySet[Any], to: UUID, **also: Any) -> None:
    """Give rows of one person to another, sealed values under that one's key; ``also``: what changes in the same step.

    The reference is the one by which the model's rows belong to a person.
    """
    for row in found.order_by("pk"):
        give(row, to, **also)


def give(row: models.Model, to: UUID, **also: Any) -> None:
    """The same for one row."""
    attribute = reference_of(type(row))
    values = {attribute: to} | _sealed_for(row, getattr(row, attribute), to) | also
    rows.change(row, **values)


def reference_of(model: type[models.Model]) -> str:
    """The column by which rows of a model belong to a person."""
    return next(f"{field}_id" for moved, field in moving() if moved is model)


def _sealed_for(row: models.Model, before: UUID, to: UUID) -> dict[str, bytes]:
    """The sealed columns of a row under another person's key."""
    found = {}
    for column in row._meta.concrete_fields:
        sealed = getattr(row, column.name) if isinstance(column, models.BinaryField) else None
        if sealed:
            where = sealing.place(type(row), row.pk, column.name)
            found[column.name] = sealing.hand_over(bytes(sealed), before, to, where)
    return found
