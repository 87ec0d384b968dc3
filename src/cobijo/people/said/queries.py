"""What a household said and who may receive for it, as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cobijo.people.said import access
from cobijo.people.said.models import Collector, HouseholdSaid
from cobijo.people.types import Informant


@dataclass(frozen=True, slots=True)
class SaidRow:
    """What a household said of itself last."""

    id: UUID
    size: int | None
    here: int | None
    animals: int | None
    animals_said: str
    informed_by: Informant
    filled_by: str
    explained_in: str
    said_at: datetime

    @property
    def informed_by_word(self) -> str:
        return str(self.informed_by.label)


@dataclass(frozen=True, slots=True)
class CollectorRow:
    """Who may receive for a household now, and the number of the card they show."""

    id: UUID
    name: str
    card: str
    starts_at: datetime


def said_of(actor: UUID, household: UUID) -> SaidRow | None:
    """What a household said last; None where it said nothing, or the actor does not see everybody of it."""
    row = access.visible_to(actor, HouseholdSaid.objects.filter(household=household, voided_at=None)).first()
    if row is None:
        return None
    return SaidRow(
        id=row.pk,
        size=row.size_said,
        here=row.here_said,
        animals=row.animals,
        animals_said=row.animals_said,
        informed_by=Informant(row.informed_by),
        filled_by=row.filled_by,
        explained_in=row.explained_in,
        said_at=row.said_at,
    )


def collectors_of(actor: UUID, household: UUID) -> list[CollectorRow]:
    """Who may receive for a household beside its members."""
    rows = access.visible_to(actor, Collector.objects.filter(household=household, ends_at=None))
    found = rows.select_related("card").order_by("starts_at", "pk")
    return [CollectorRow(one.pk, one.name, one.card.spoken if one.card else "", one.starts_at) for one in found]
