"""Who is due by a rule. Asked by runs and counted for pages; nobody is named.

Days are counted from when no unit knows the person any more: whoever is known anywhere is due nowhere.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import personal
from cobijo.core.personal import Category, Declared, OnErasure
from cobijo.people.models import Person, PersonScope
from cobijo.people.retention.models import RetentionRule
from cobijo.people.retention.types import DEFAULTS, ClosedOn, Default, RuleFor

_closed_on: list[ClosedOn] = []


def closings_are_told_by(tell: ClosedOn) -> None:
    """Called once, in ``ready()``, by the app that knows when a response closed."""
    _closed_on[:] = [tell]


def rules_of(unit: UUID) -> Mapping[RuleFor, tuple[int, bool]]:
    """The days of each rule at a response, and whether it is on."""
    own = {row.category: (row.days, row.on) for row in RetentionRule.objects.filter(unit=unit, ended_at=None)}
    return {rule: own.get(rule.value, (default.days, False)) for rule, default in DEFAULTS.items()}


def due(unit: UUID, default: Default, days: int, at: datetime) -> QuerySet[Person]:
    """The people of a response of whom something is to be let go at a moment."""
    before = at - timedelta(days=days)
    known = PersonScope.objects.filter(person=OuterRef("pk"))
    of_it = known.filter(unit__reached_by__above=unit)
    gone = ~Q(Exists(known.filter(Q(ends_at=None) | Q(ends_at__gt=before))))
    people = Person.objects.filter(Exists(of_it), anonymous=False, merged_into=None).order_by("pk")
    if not default.whole_person:
        return people.filter(gone & something_of(Category(default.rule.value)))
    closed = _closed_on[0](unit) if _closed_on else None
    if closed is None or timezone.make_aware(datetime.combine(closed, time())) > before:
        return people.none()
    return people.filter(~Q(Exists(known.filter(Q(ends_at=None) | Q(ends_at__gt=at)))))


# --- what a category is ----------------------------------------------------------------------------------------------


def rows_of(category: Category) -> list[tuple[type[Model], Declared]]:
    """The models whose rows are of this category alone: they go as a whole."""
    return [
        (model, declared)
        for model, declared in personal.models_about_people()
        if _is_ours(model, declared) and declared.by.keys() == {category}
    ]


def emptied(category: Category) -> dict[str, Any]:
    """The fields of ``Person`` of this category, each with what it holds once it is emptied."""
    columns: dict[str, Any] = {name: Person._meta.get_field(name) for name in Person.declared.by.get(category, ())}
    return {name: column.get_default() for name, column in columns.items()}


def _is_ours(model: type[Model], declared: Declared) -> bool:
    """Rows of people that erasing deletes and a copy holds; what core keeps goes by its own way."""
    return (
        model is not Person
        and declared.on_erasure is OnErasure.DELETE
        and not declared.not_copied
        and model._meta.app_label not in _OF_COLLEAGUES
    )


_OF_COLLEAGUES: Final = frozenset({"accounts", "core"})


def something_of(category: Category) -> Q:
    """A person of whom there is something of this category."""
    found = Q()
    for model, declared in rows_of(category):
        found |= Q(Exists(model._default_manager.filter(**{str(declared.subject): OuterRef("pk")})))
    for name, empty in emptied(category).items():
        found |= ~Q(**{name: empty})
    return found


# --- where -----------------------------------------------------------------------------------------------------------


def responses_for(actor: UUID) -> list[tuple[UUID, str]]:
    """The responses whose rules the actor sets, by name."""
    mine = authority.units(actor, Permission.RUN_RESPONSE).filter(kind="response").order_by("name")
    return list(mine.values_list("pk", "name"))
