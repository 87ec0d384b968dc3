"""The two doors to records: which may I see, may I see this one. Both read one table, so they cannot disagree.

An app's ``access`` module makes them from its rules, a condition for each model:

    visible_to, get_for = records.doors({Stay: _at_my_sites, Transfer: _from_or_to_my_sites})
"""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from cobijo.core.errors import NOT_FOUND

M = TypeVar("M", bound=Model)
Rule = Callable[[UUID], Q]
"""Given an actor, the condition under which they may see a row."""

_rules: dict[type[Model], Rule] = {}


class VisibleTo(Protocol):
    def __call__(self, actor: UUID, rows: QuerySet[M]) -> QuerySet[M]: ...


class GetFor(Protocol):
    def __call__(self, actor: UUID, model: type[M], record: UUID) -> M: ...


def visible_to(actor: UUID, rows: QuerySet[M]) -> QuerySet[M]:
    """The rows the actor may see."""
    return rows.filter(_rules[rows.model](actor))


def get_for(actor: UUID, model: type[M], record: UUID) -> M:
    """One record the actor may see; otherwise raises NOT_FOUND, whether or not it exists."""
    found = visible_to(actor, model._default_manager.all()).filter(pk=record).first()
    if found is None:
        raise NOT_FOUND()
    return found


def doors(rules: Mapping[type[Model], Rule]) -> tuple[VisibleTo, GetFor]:
    """Add an app's rules to the table and give it its two doors."""
    _rules.update(rules)
    return visible_to, get_for


def called(label: str) -> type[Model]:
    """The model of a label (``sites.stay``), as journaled operations and pages that span apps name it."""
    return next(known for known in _rules if known._meta.label_lower == label)


def get_by_label(actor: UUID, label: str, record: UUID) -> Any:
    """A record by its model's label if the actor may see it; otherwise raises NOT_FOUND."""
    return get_for(actor, called(label), record)


def all_for(actor: UUID, label: str) -> QuerySet[Any]:
    """All records of a label that the actor may see."""
    return visible_to(actor, called(label)._default_manager.all())


def kinds() -> list[type[Model]]:
    """Every model that has a door."""
    return list(_rules)
