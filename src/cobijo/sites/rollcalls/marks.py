"""How marks of several people become one picture, whatever the order they arrive in.

Of each account its newest mark of a person counts, so that one's own slip is put right by tapping again. Between
accounts, seen is seen: whoever one of them saw is here, though another did not find them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Marked(Protocol):
    """What a mark must say."""

    @property
    def id(self) -> UUID: ...

    @property
    def stay_id(self) -> UUID: ...

    @property
    def space_id(self) -> UUID | None: ...

    @property
    def here(self) -> bool: ...

    @property
    def at(self) -> datetime: ...

    @property
    def by(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Seen:
    """What the marks say of one person. ``by``: whose mark decides. ``split``: others marked it the other way."""

    here: bool
    space: UUID | None
    by: UUID
    at: datetime
    split: bool


def settle(marks: Iterable[Marked]) -> Mapping[UUID, Seen]:
    """What holds for each stay that anybody marked."""
    newest: dict[tuple[UUID, UUID], Marked] = {}
    for mark in marks:
        key = (mark.stay_id, mark.by)
        if key not in newest or _age(newest[key]) < _age(mark):
            newest[key] = mark
    of_stay: dict[UUID, list[Marked]] = {}
    for (stay, _by), mark in newest.items():
        of_stay.setdefault(stay, []).append(mark)
    return {stay: _decide(some) for stay, some in of_stay.items()}


def _age(mark: Marked) -> tuple[datetime, UUID]:
    return mark.at, mark.id


def _decide(marks: list[Marked]) -> Seen:
    said = max(marks, key=lambda mark: (mark.here, *_age(mark)))
    return Seen(said.here, said.space_id, said.by, said.at, any(mark.here != said.here for mark in marks))
