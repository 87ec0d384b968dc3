"""The registry of personal data: every field of a model, argument of a verb and kind of file says what it is.

One declaration serves erasure, the person's own copy, export columns, the journal's sealed segments and sync scope.
Ids (keys and references) carry nothing of a person and need no word; everything else does, or a test fails.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db import models


class Category(StrEnum):
    """What kind of personal datum; retention rules and export columns are written by category."""

    IDENTITY = "identity"
    CONTACT = "contact"
    PROTECTION = "protection"
    HEALTH = "health"
    LOCATION = "location"


class Purpose(StrEnum):
    """What personal data are used for; each response states a legal basis for each."""

    SHELTER = "shelter"
    ASSISTANCE = "assistance"
    TRACING = "tracing"
    PROTECTION = "protection"
    REPORTING = "reporting"
    SECURITY = "security"


class Retention(StrEnum):
    """How long a datum is kept; the number of days stands in the response's data, not here."""

    CASE = "while the response works with the person, then its closing period"
    SHORT = "while it is needed at the site, then thirty days"
    ACCOUNT = "while the account exists, then a year"
    JOURNAL = "as long as the journal, or until the person is erased"


class OnErasure(StrEnum):
    """What erasing its subject does to a row: delete it, or leave it to the app's hook, which cuts the link."""

    DELETE = "delete"
    UNLINK = "unlink"


class Mark(StrEnum):
    """How a verb's argument that is no declared record relates to people."""

    PLAIN = "plain"
    """Not personal."""
    SUBJECT = "subject"
    """The id of the person the act is about."""
    FREE = "free"
    """Free words without one clear subject: sealed, and erased with any subject of the operation."""


PLAIN, SUBJECT, FREE = Mark.PLAIN, Mark.SUBJECT, Mark.FREE


@dataclass(frozen=True, slots=True)
class About:
    """An argument that is personal to the subject named by another argument of the same verb."""

    subject: str
    category: Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a record's fields are. ``subject`` is the path to the person's id (``id``, ``person_id``), None for none.

    ``by`` says which categories hold which fields; ``plain`` names those that say nothing of a person. A person's own
    copy holds all personal fields but those ``left_out`` (digests, a colleague's name), and no row of a model that says
    in ``not_copied`` why.
    """

    subject: str | None = None
    by: Mapping[Category, tuple[str, ...]] = field(default_factory=dict)
    plain: tuple[str, ...] = ()
    purpose: Purpose = Purpose.SHELTER
    retention: Retention = Retention.CASE
    on_erasure: OnErasure = OnErasure.DELETE
    left_out: tuple[str, ...] = ()
    not_copied: str = ""

    @property
    def personal(self) -> frozenset[str]:
        """The names of the personal fields."""
        return frozenset(name for names in self.by.values() for name in names)

    def category_of(self, name: str) -> Category | None:
        return next((category for category, names in self.by.items() if name in names), None)


def declaration(thing: object) -> Declared | None:
    """The declaration a model or record type carries as ``declared``, or None."""
    found = getattr(thing, "declared", None)
    return found if isinstance(found, Declared) else None


def our_models() -> Iterator[type[models.Model]]:
    """Every model of Cobijo's own apps, one that others refer to after them."""
    for config in apps.get_app_configs():
        if config.name.startswith("cobijo."):
            yield from reversed(list(config.get_models()))


def models_about_people() -> Iterator[tuple[type[models.Model], Declared]]:
    """The models whose rows belong to a person, with their declarations."""
    for model in our_models():
        found = declaration(model)
        if found and found.subject:
            yield model, found


def _says_nothing(column: Any) -> bool:
    return column.primary_key or column.is_relation or isinstance(column, models.UUIDField)


def undeclared() -> list[str]:
    """``app.Model.field`` of every field nobody has declared, and of every declared name that is no field."""
    wrong: list[str] = []
    for model in our_models():
        found = declaration(model) or Declared()
        named = found.personal | set(found.plain)
        columns = {column.name for column in model._meta.concrete_fields if not _says_nothing(column)}
        known = {column.name for column in model._meta.concrete_fields}
        wrong += [f"{model._meta.label}.{name}" for name in sorted((columns - named) | (named - known))]
        if found.personal and not found.subject:
            wrong.append(f"{model._meta.label}: personal fields without a subject")
    return wrong
