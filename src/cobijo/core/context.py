"""The operation under way: what its body writes, whom it touches, what it flags."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from cobijo.core.verbs import Act, Verb


@dataclass(slots=True)
class Operation:
    """One outermost verb while it runs. Verbs called inside it become part of it."""

    verb: Verb
    act: Act
    recorded_at: datetime
    late: bool
    keeps_images: bool
    unit: UUID | None = None
    subjects: set[UUID] = field(default_factory=set)
    flags: list[dict[str, Any]] = field(default_factory=list)
    images: dict[tuple[str, str], tuple[UUID | None, bytes | None]] = field(default_factory=dict)
    made: list[tuple[type[models.Model], UUID]] = field(default_factory=list)
    memo: dict[Any, Any] = field(default_factory=dict)


running: ContextVar[Operation | None] = ContextVar("running", default=None)
at_device: ContextVar[UUID | None] = ContextVar("at_device", default=None)
"""The enrolled device at which whoever asks is signed in; every act of a request made there names it."""


def current() -> Operation:
    """The operation under way; outside of one nothing may be written."""
    operation = running.get()
    if operation is None:
        raise RuntimeError("domain rows change only inside a verb")
    return operation


def is_late() -> bool:
    """Whether the act under way arrives after its time, so that a fact is accepted where now it would be refused."""
    return current().late


def concerns(people: Iterable[UUID]) -> None:
    """Say whom the act under way is about, where its arguments name them only by their records.

    Also where it ends in being held: free words of it are erased with any of them.
    """
    current().subjects.update(people)


def flag(code: str, **about: Any) -> None:
    """Say that a fact was accepted although something is amiss; ``about`` holds ids and numbers only."""
    current().flags.append({"code": code, **{key: str(value) for key, value in about.items()}})
