"""A form made of an operation's arguments, so that a person can amend what is held.

Words, numbers, days, choices and spaces can be changed; ids and what is nested otherwise stays as it was sent.
"""

import dataclasses
import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.core import canonical
from cobijo.core.verbs import Verb
from cobijo.core.widgets import DatePartsField

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
        # Where somebody sleeps; a space that is itself set up keeps its id.
        return path[-1] == "space_id" and path[0] not in ("space", "spaces")
    return isinstance(kind, type) and (issubclass(kind, Enum) or kind in (str, int, bool, date, datetime))


def field_for(leaf: Leaf, spaces: list[tuple[str, str]]) -> forms.Field:
    """The form field of a leaf; ``spaces`` are the choices where it names one."""
    common: dict[str, Any] = {"label": label_of(leaf.path), "required": False, "initial": leaf.value}
    if leaf.kind is UUID:
        return forms.ChoiceField(choices=[("", gettext("none")), *spaces], **common)
    if issubclass(leaf.kind, models.TextChoices):
        return forms.ChoiceField(choices=leaf.kind.choices, **common)
    if leaf.kind is bool:
        return forms.BooleanField(**common)
    if leaf.kind is int:
        return forms.IntegerField(**common)
    if leaf.kind is date:
        return DatePartsField(**common | {"initial": date.fromisoformat(leaf.value) if leaf.value else None})
    return forms.CharField(max_length=480, **common)


_WORDS: Final = {
    "about": _("Of what"),
    "accessible": _("Reached without steps"),
    "address": _("Address"),
    "aliases": _("Other name"),
    "answer": _("Answer"),
    "apart": _("Not compared because"),
    "area_dm2": _("Covered area in dm²"),
    "at_closing": _("What happens to the data at closing"),
    "authority": _("Authority"),
    "basis": _("Legal basis"),
    "call_after_days": _("Days until the call that was agreed to"),
    "capacity": _("Places"),
    "capacity_assumed": _("The number of places is assumed"),
    "card": _("Card"),
    "category": _("Category"),
    "child_hours": _("Longest stay of a child, in hours"),
    "childs_view": _("What the child says"),
    "closes_at": _("Closes at"),
    "code": _("Code"),
    "complaints": _("Where to complain"),
    "complete": _("The list is complete"),
    "contact": _("How to reach them"),
    "count": _("How many cards"),
    "country": _("Country"),
    "day": _("Day"),
    "days": _("Days"),
    "destination": _("Where to"),
    "direction": _("Arrival or departure"),
    "due_on": _("To be done by"),
    "email": _("E-mail"),
    "encoded": _("PIN"),
    "entry": _("Entry of the list"),
    "expected_at": _("When it is expected"),
    "expected_back": _("Expected back"),
    "gaps": _("Gaps and what we ask"),
    "give_back_on": _("To be given back on"),
    "giving": _("The right to give this role"),
    "ground": _("Ground"),
    "handed_by_post": _("Handed over by (post)"),
    "hours": _("Hours"),
    "households": _("Households"),
    "inferred": _("Inferred"),
    "justified": _("Justified"),
    "keys": _("Keys"),
    "kind": _("Kind"),
    "kinship": _("Kinship"),
    "label": _("What it is for"),
    "language": _("Language"),
    "listed": _("Only inventoried"),
    "meter": _("Meter"),
    "month_only": _("Only the month is known"),
    "name": _("Name"),
    "night": _("Night"),
    "norm_set": _("Norms"),
    "note": _("Note"),
    "number": _("Number"),
    "official": _("Official"),
    "on": _("Switched on"),
    "opens_at": _("Opens at"),
    "organisation": _("Authority, airline or carrier"),
    "outcome": _("Decision"),
    "override": _("Why it may go over capacity"),
    "owner": _("Owner of the building"),
    "pcode": _("Code"),
    "people": _("People"),
    "permissions": _("What it may do"),
    "persons": _("People"),
    "phone": _("Telephone"),
    "place": _("Address"),
    "planned_for": _("Planned for"),
    "presence": _("Where the person is"),
    "purpose": _("Purpose"),
    "quantity": _("What is counted"),
    "reading": _("Reading"),
    "reason": _("Reason"),
    "received_by_post": _("Received by (post)"),
    "receiving_adult": _("Adult who receives the child"),
    "receiving_document": _("Document of that adult"),
    "receiving_kinship": _("Kinship of that adult"),
    "reference": _("Number of the flight or vehicle"),
    "remarks": _("Remarks"),
    "replayed": _("Told again in the demonstration"),
    "reply": _("Reply"),
    "role": _("Role"),
    "rules": _("Rules"),
    "satisfied": _("Content with the answer"),
    "seat": _("Seat"),
    "seats": _("Seats"),
    "signed_post": _("Post of who signs"),
    "source": _("Source"),
    "space_id": _("Space"),
    "stands": _("The stay stands"),
    "started_on": _("Began on"),
    "state_of_building": _("State of the building"),
    "station_codes": _("Stations"),
    "status": _("Status"),
    "told_on": _("Answer handed out on"),
    "travels_on": _("Travels on"),
    "unit": _("Unit"),
    "use_rule": _("For whom"),
    "username": _("User name"),
    "value": _("Number"),
    "verdict": _("Verdict"),
    "version": _("Version"),
    "what": _("What"),
    "why": _("Why"),
    "why_words": _("Why, in words"),
    "words": _("In your words"),
    "zone": _("Time zone"),
}
"""What each argument that can be changed is called on the page."""


def label_of(path: Path) -> str:
    """What an argument is called on the page; one of several says which it is."""
    name = next(step for step in reversed(path) if not step.isdigit())
    word = str(_WORDS.get(name, name.replace("_", " ")))
    places = [int(step) + 1 for step in path if step.isdigit()]
    return f"{word} ({places[-1]})" if places else word


def put(arguments: dict[str, Any], changes: dict[Path, Any]) -> dict[str, Any]:
    """The arguments with the changes put in, as plain JSON."""
    whole: Any = canonical.decode(canonical.encode(arguments))
    for path, value in changes.items():
        at = whole
        for step in path[:-1]:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[path[-1]] = value
    return typing.cast(dict[str, Any], whole)
