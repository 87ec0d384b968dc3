"""What crosses this room's door: an opened list, its cells, what is wrong with them, and the records they make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.cells import Cell


class BatchState(models.TextChoices):
    """How far a list has come."""

    READ = "read", _("columns to be confirmed")
    CHECKED = "checked", _("checked")
    ACCEPTING = "accepting", _("being entered")
    DONE = "done", _("entered")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


class RowState(models.TextChoices):
    """What became of a row."""

    READY = "ready", _("ready")
    WRONG = "wrong", _("to be corrected")
    KNOWN = "known", _("there already")
    PASSED = "passed", _("no record")
    LEFT = "left", _("left out")
    ACCEPTED = "accepted", _("entered")
    HELD = "held", _("held for review")
    REFUSED = "refused", _("not taken")
    KEPT = "kept", _("changed since, so it stays")
    UNDONE = "undone", _("undone")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it was opened: ``first`` is the number of its first row, ``rows`` and ``merged`` are as JSON is."""

    name: str
    hidden: bool
    first: int
    rows: list[list[Any]]
    merged: list[list[int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell (``column`` None: with the row). ``other`` is the number of another row it is about.

    ``params`` fill a verb's own refusal; they are never personal.
    """

    code: str
    column: int | None = None
    other: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> list[Any]:
        return [self.code, self.column, self.other, *([dict(self.params)] if self.params else [])]


@dataclass(frozen=True, slots=True)
class RowIn:
    """A record of a list as a kind reads it: its number in the sheet, its cells by field, the field's columns.

    ``apart`` marks the first row after a blank one.
    """

    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, int]
    apart: bool = False

    def get(self, name: str) -> Cell:
        return self.cells.get(name)

    def problem(self, code: str, name: str | None = None, other: int | None = None, **params: Any) -> Problem:
        """A problem of this row, at the column of a field."""
        return Problem(code, self.columns.get(name) if name else None, other, params)


@dataclass(frozen=True, slots=True)
class Context:
    """Where and by whom a list is taken in, what was answered about it, and what the kind has read of the unit."""

    actor: UUID
    unit: UUID
    now: datetime
    today: date
    answers: Mapping[str, str] = field(default_factory=dict)
    data: Any = None


@dataclass(slots=True)
class Entry:
    """What becomes one operation: its rows, the verb's arguments as plain JSON, and when it happened (None: now).

    ``people`` says which person each row becomes.
    """

    rows: list[int]
    arguments: dict[str, Any] = field(default_factory=dict)
    happened_at: datetime | None = None
    people: dict[int, UUID] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What a kind makes of rows: entries in order, what is wrong by row number, and rows that are no record at all."""

    entries: list[Entry] = field(default_factory=list)
    passed: set[int] = field(default_factory=set)
    problems: dict[int, list[Problem]] = field(default_factory=dict)

    def add(self, row: int, *found: Problem) -> None:
        if found:
            self.problems.setdefault(row, []).extend(found)


def cell_of(value: Any) -> Cell:
    """A cell as JSON has it, as Python has it."""
    if not isinstance(value, dict):
        return value if isinstance(value, str | int | float | bool) or value is None else str(value)
    if "t" in value:
        return _hour(str(value["t"]))
    text = str(value.get("d", ""))
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _hour(text: str) -> Cell:
    try:
        return time.fromisoformat(text)
    except ValueError:
        return text
