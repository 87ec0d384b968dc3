"""Which unit knows whom. Called inside verbs, of this app and of higher ones, where the reason for it is made."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from cobijo.core import rows
from cobijo.core.ids import uuid7
from cobijo.people.models import PersonScope
from cobijo.people.types import ScopeReason

AFTER_REGISTERING = timedelta(days=7)
"""How long a unit knows whom it registered, unless a stay follows."""


def know(
    people: Collection[UUID],
    unit_id: UUID,
    why: ScopeReason,
    starts_at: datetime,
    ends_at: datetime | None = None,
) -> None:
    """Let a unit know these people from a moment on, until another where one is given.

    A stay takes the place of having been registered or expected there.
    """
    if why is ScopeReason.STAY:
        stop_knowing(people, unit_id, ScopeReason.REGISTERED, starts_at)
        stop_knowing(people, unit_id, ScopeReason.EXPECTED, starts_at)
    scopes = [
        PersonScope(id=uuid7(), person_id=person, unit_id=unit_id, starts_at=starts_at, ends_at=ends_at, why=why)
        for person in people
    ]
    if scopes:
        rows.add(*scopes)


def stop_knowing(people: Collection[UUID], unit_id: UUID, why: ScopeReason, ends_at: datetime) -> None:
    """End, at a moment, what a unit knows these people for; what ends earlier anyway is left."""
    later = Q(ends_at=None) | Q(ends_at__gt=ends_at)
    rows.change_all(PersonScope.objects.filter(later, person__in=people, unit=unit_id, why=why), ends_at=ends_at)
