"""A form made of an operation's arguments, so that a person can amend what is held.

Words, numbers, days, choices and spaces can be changed; ids and what is nested otherwise stays as it was sent.
"""

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from cobijo.core import canonical
from cobijo.core.verbs import Verb

Path = tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Leaf:
    """One argument that can be changed: where it stands, its type without ``| None``, whether it may be blank."""

    path: Path
    kind: Any
    blank: bool
    value: Any


def leaves(verb: Verb, arguments: dict[str, Any]) -> Iterator[Leaf]:
    """The arguments of an operation that a person can change."""
    hints = typing.get_type_hints(verb.body)
    for name in verb.shapes:
        yield from _walk(hints[name], arguments.get(name), (name,))


def _walk(hint: Any, value: Any, path: Path) -> Iterator[Leaf]:
    kind, blank = _bare(hint)
    if typing.get_origin(kind) in (list, tuple):
        for at, one in enumerate(value or []):
            yield from _walk(typing.get_args(kind)[0], one, (*path, str(at)))
    elif dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if isinstance(value, dict):
            hints = typing.get_type_hints(kind)
            for part in dataclasses.fields(kind):
                yield from _walk(hints[part.name], value.get(part.name), (*path, part.name))
    elif _can_change(kind, path):
        yield Leaf(path, kind, blank, value)


def _bare(hint: Any) -> tuple[Any, bool]:
    """The type without Annotated and None, and whether None was allowed."""
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        parts = [part for part in typing.get_args(hint) if part is not type(None)]
        inner, _blank = _bare(parts[0])
        return inner, True
    return hint, False


def _can_change(kind: Any, path: Path) -> bool:
    if kind is UUID:
        return path[-1] == "space_id"
    return isinstance(kind, type) and (issubclass(kind, Enum) or kind in (str, int, bool, date, datetime))


def field_for(leaf: Leaf, spaces: list[tuple[str, str]]) -> forms.Field:
    """The form field of a leaf; ``spaces`` are the choices where it names one."""
    common: dict[str, Any] = {"label": label_of(leaf.path), "required": False, "initial": leaf.value}
    if leaf.kind is UUID:
        return forms.ChoiceField(choices=[("", _("none")), *spaces], **common)
    if issubclass(leaf.kind, models.TextChoices):
        return forms.ChoiceField(choices=leaf.kind.choices, **common)
    if leaf.kind is bool:
        return forms.BooleanField(**common)
    if leaf.kind is int:
        return forms.IntegerField(**common)
    if leaf.kind is date:
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    return forms.CharField(max_length=480, **common)


def label_of(path: Path) -> str:
    """What an argument is called on the page."""
    words = {
        "capacity": _("Places"),
        "destination": _("Where to"),
        "expected_back": _("Expected back"),
        "kinship": _("Kinship"),
        "name": _("Name"),
        "override": _("Why it may go over capacity"),
        "persons": _("People"),
        "households": _("Households"),
        "planned_for": _("Planned for"),
        "presence": _("Where the person is"),
        "reason": _("Reason"),
        "space_id": _("Space"),
        "status": _("Status"),
        "travels_on": _("Travels on"),
        "why": _("Why"),
    }
    word = words.get(path[-1], path[-1].replace("_", " "))
    place = next((int(step) + 1 for step in path if step.isdigit()), None)
    return f"{word} ({place})" if place else word


def put(arguments: dict[str, Any], changes: dict[Path, Any]) -> dict[str, Any]:
    """The arguments with the changes put in, as plain JSON."""
    whole: Any = canonical.decode(canonical.encode(arguments))
    for path, value in changes.items():
        at = whole
        for step in path[:-1]:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[path[-1]] = value
    return typing.cast(dict[str, Any], whole)
