"""A person's own copy: everything the registry of personal data says of them, in words, and nothing else.

It walks the same declarations that erasure does. What a record and its fields are called, apps say with
``name_record``; a value that is no plain text is read by a function given there.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from cobijo.core import keys, personal, wording
from cobijo.core.errors import Sentence
from cobijo.core.personal import Declared

Read = Callable[[Any], str]
"""From a row to what one of its fields says to the person; empty where there is nothing."""

PLACES: Final = frozenset({"accounts.Unit", "sites.Site", "sites.Space", "core.Area"})
"""What a row may point to and be named by in a copy: places. Whom it points to stays out."""


@dataclass(frozen=True, slots=True)
class Words:
    """What records of a model and their fields are called in a copy, and how some fields are read.

    ``picture``: the bytes of the JPEG a row stands for, None where it is lost.
    """

    heading: Sentence
    fields: Mapping[str, Sentence]
    read: Mapping[str, Read] = field(default_factory=dict)
    picture: Callable[[Any], bytes | None] | None = None


_words: dict[str, Words] = {}


def name_record(label: str, words: Words) -> None:
    """Say what records of a model (``people.Phone``) are called; apps do in ``ready()``."""
    _words[label] = words


# --- which records and fields ----------------------------------------------------------------------------------------


def copied() -> Iterator[tuple[type[models.Model], Declared]]:
    """The models of which a copy holds the rows, those that others refer to first."""
    found = [(model, declared) for model, declared in personal.models_about_people() if not declared.not_copied]
    yield from reversed(found)


def fields_of(model: type[models.Model], declared: Declared) -> list[str]:
    """The fields a copy shows of a row: the personal ones, days and moments, and the places it points to."""
    shown = declared.personal - set(declared.left_out)
    return [
        column.name
        for column in model._meta.concrete_fields
        if column.name in shown or _is_a_day(column) or _is_a_place(column)
    ]


def _is_a_day(column: Any) -> bool:
    return isinstance(column, models.DateField)


def _is_a_place(column: Any) -> bool:
    return column.is_relation and column.related_model._meta.label in PLACES


def unnamed() -> list[str]:
    """``app.Model`` or ``app.Model.field`` of everything a copy shows that no app has given a word."""
    missing: list[str] = []
    for model, declared in copied():
        label, known = model._meta.label, _words.get(model._meta.label)
        missing += [label] if known is None else []
        missing += [f"{label}.{one}" for one in fields_of(model, declared) if known and one not in known.fields]
    return missing


# --- what they say ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """One field of a record: its name for programs, what it is called, and what it says."""

    name: str
    word: str
    value: str


@dataclass(frozen=True, slots=True)
class Record:
    """One row about the person. ``picture``: the JPEG it stands for."""

    said: tuple[Said, ...]
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """All that is kept of one kind."""

    label: str
    heading: str
    records: tuple[Record, ...]


def sections(*subjects: UUID) -> list[Section]:
    """Everything kept about a person, in the language in force; kinds of which there is nothing are left out.

    ``subjects``: the person's record, and those that were found to be theirs too. Goes past ``access``: only a verb
    that has asked who may give a copy calls it.
    """
    known = keys.subject_keys(subjects)
    found = [_section(model, declared, subjects, known) for model, declared in copied()]
    return [section for section in found if section.records]


def called(model: type[models.Model]) -> str:
    """What records of a model are called, in the language in force."""
    words = _words.get(model._meta.label)
    return str(words.heading if words else model._meta.verbose_name_plural)


def _section(
    model: type[models.Model], declared: Declared, subjects: tuple[UUID, ...], known: Mapping[UUID, bytes]
) -> Section:
    names = fields_of(model, declared)
    words = _words.get(model._meta.label) or Words(str(model._meta.verbose_name_plural), {})
    places = [name for name in names if _is_a_place(model._meta.get_field(name))]
    records = [
        _record(row, names, words, known.get(subject))
        for subject in subjects
        for row in model._default_manager.filter(**{str(declared.subject): subject})
        .select_related(*places)
        .order_by("pk")
    ]
    return Section(model._meta.label, called(model), tuple(one for one in records if one.said))


def _record(row: models.Model, names: list[str], words: Words, key: bytes | None) -> Record:
    said = [
        Said(name, str(words.fields.get(name, name.replace("_", " "))), _value(row, name, words, key)) for name in names
    ]
    picture = words.picture(row) if words.picture else None
    return Record(tuple(one for one in said if one.value), picture)


def _value(row: models.Model, name: str, words: Words, key: bytes | None) -> str:
    if name in words.read:
        return words.read[name](row)
    column: Any = row._meta.get_field(name)
    value = getattr(row, name)
    if isinstance(column, models.BinaryField):
        return _opened(row, name, value, key)
    if column.choices:
        return str(getattr(row, f"get_{name}_display")()) if value not in (None, "") else ""
    return in_words(value)


def _opened(row: models.Model, name: str, sealed: Any, key: bytes | None) -> str:
    """A sealed value as it was written; raises ``keys.Unopened`` rather than leave something out in silence."""
    if not sealed:
        return ""
    if key is None:
        raise keys.Unopened("the person's key is destroyed")
    return keys.unseal_with(key, keys.Place(row._meta.db_table, str(row.pk), name), bytes(sealed)).decode()


def in_words(value: Any) -> str:
    """A plain value as a copy says it; nothing for what is not known."""
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return wording.moment(value)
    if isinstance(value, dt.date):
        return wording.day(value)
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)
