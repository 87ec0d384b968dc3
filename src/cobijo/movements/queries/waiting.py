"""Which arrivals a list can be of, and what stands on them already: asked by lists on their way in."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.wording import moment
from cobijo.movements.models import Movement
from cobijo.movements.rules.centres import KINDS
from cobijo.movements.types import Direction, MovementKind, MovementState
from cobijo.sites.queries import scopes

_LATELY: Final = timedelta(days=3)
_OPEN: Final = (MovementState.ANNOUNCED, MovementState.ARRIVED)


@dataclass(frozen=True, slots=True)
class Listed:
    """An arrival with what its list holds so far."""

    movement: UUID
    seats: int | None
    many: int
    lines: frozenset[int]


def centres_of(actor: UUID, permission: Permission) -> QuerySet[Any, Any]:
    """The ids of the reception centres where an actor holds a permission."""
    return scopes.of_kinds(authority.unit_ids(actor, permission), KINDS)


def arrivals_to_list(unit: UUID) -> list[tuple[str, str]]:
    """The open arrivals of a centre, each with what it is called, the next first."""
    found = Movement.objects.filter(
        site=unit, direction=Direction.ARRIVAL, state__in=_OPEN, expected_at__gt=clock.now() - _LATELY
    ).select_related("site")
    return [(str(one.pk), name_of(one)) for one in found.order_by("expected_at")]


def name_of(movement: Movement) -> str:
    """What a movement is called: its number or kind, where from or to, the day and hour on the centre's clock."""
    kind = str(MovementKind(movement.kind).label)
    zone = ZoneInfo(movement.site.zone)
    parts = (
        f"{kind} {movement.reference}".strip(),
        movement.place,
        moment(movement.at or movement.expected_at, "short", zone),
    )
    return " · ".join(part for part in parts if part)


def listed_so_far(unit: UUID, movement: str) -> Listed | None:
    """The arrival that was named for a list, if it is one of the centre and still open."""
    try:
        wanted = UUID(movement)
    except ValueError:
        return None
    found = Movement.objects.filter(pk=wanted, site=unit, direction=Direction.ARRIVAL, state__in=_OPEN).first()
    if found is None:
        return None
    lines = list(found.travellers.filter(voided_at=None).values_list("line", flat=True))
    return Listed(found.pk, found.seats, len(lines), frozenset(one for one in lines if one is not None))
