"""What every app's ``rest`` shares: who asks, and how a long list is cut into pages.

A cursor is the position of the last row given, signed. Lists are ordered by ids, numbers and moments, never by a name:
a cursor travels in an address.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from cobijo.core.errors import Ground, Refusal
from cobijo.core.verbs import Door

M = TypeVar("M", bound=Model)
T = TypeVar("T")

UNKNOWN_CURSOR = Refusal(
    "core.unknown_cursor",
    _("This list cannot be continued from there. Start again without a cursor."),
    Ground.INPUT,
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is behind a request, and through which door it came."""

    actor: UUID
    door: Door


class Asked(HttpRequest):
    """A request whose caller is known."""

    auth: Caller


class Answer(BaseModel):
    """What an address answers. Every field is always present."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _written_out(value: object) -> object:
    """Only a day written out is a day: pydantic alone would take seconds since 1970 for one too."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        raise ValueError(gettext("Write the day as 2018-10-29."))
    return value


Day = Annotated[date, BeforeValidator(_written_out), Field(ge=date(1990, 1, 1), le=date(2200, 1, 1))]
"""A day in an address."""


class Part(BaseModel):
    """Which part of a long list is asked for."""

    cursor: Annotated[
        str | None, Field(max_length=400, description="``next`` of the page before; none for the first page.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=200, description="How many entries at most.")] = 50


class Page(Answer, Generic[T]):
    """A part of a list, and the cursor with which it goes on (null at its end)."""

    items: list[T]
    next: str | None


def page(rows: QuerySet[M], by: Sequence[str], part: Part, answer: Callable[[list[M]], list[T]], name: str) -> Page[T]:
    """The part of ``rows`` that was asked for, ordered by columns that together are unique and never null.

    ``name`` says which list it is: a cursor continues only the list it came from. Raises UNKNOWN_CURSOR.
    """
    ordered = rows.order_by(*by)
    if part.cursor is not None:
        ordered = ordered.filter(_after(by, _position(part.cursor, name, len(by))))
    found = list(ordered[: part.limit + 1])
    more = len(found) > part.limit
    found = found[: part.limit]
    return Page(items=answer(found), next=cursor_of(name, [getattr(found[-1], key) for key in by]) if more else None)


def cursor_of(name: str, position: Sequence[Any]) -> str:
    """The signed cursor for a place in a list."""
    return Signer(salt=f"cursor:{name}").sign_object([str(value) for value in position])


def _position(cursor: str, name: str, length: int) -> list[str]:
    try:
        position = Signer(salt=f"cursor:{name}").unsign_object(cursor)
    except (BadSignature, ValueError):
        raise UNKNOWN_CURSOR.about("cursor") from None
    if not isinstance(position, list) or len(position) != length:
        raise UNKNOWN_CURSOR.about("cursor")
    return position


def _after(by: Sequence[str], position: Sequence[str]) -> Q:
    """Rows behind a place: greater in the first column, or equal there and greater in the next."""
    condition = Q()
    for at in range(len(by)):
        same = Q(**dict(zip(by[:at], position[:at], strict=True)))
        condition |= same & Q(**{f"{by[at]}__gt": position[at]})
    return condition
