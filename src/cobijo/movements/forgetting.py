"""What is left of an erased person's arrivals: how many came and when, and nothing that leads back."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from cobijo.movements.models import Traveller
from cobijo.movements.types import TravellerState
from cobijo.people.services import replaced


@replaced.join
def hand_arrivals_over(old: UUID, anonymous: UUID) -> None:
    """Put the anonymous person on the movements of an erased one, at the beginning of the day they came.

    Written past ``core.rows``: no image of it may be kept. Return, calls, seats and stations go with the traveller.
    """
    for theirs in Traveller.objects.filter(person=old).select_related("movement__site"):
        if theirs.voided_at is None and theirs.state in (TravellerState.HERE, TravellerState.GONE):
            zone = ZoneInfo(theirs.movement.site.zone)
            Traveller.objects.create(
                id=uuid4(),
                movement_id=theirs.movement_id,
                subject=None,
                person_id=anonymous,
                state=TravellerState.GONE,
                received_at=_coarse(theirs.received_at, zone),
                gone_at=_coarse(theirs.gone_at or theirs.received_at, zone),
            )
    Traveller.objects.filter(person=old).delete()


def _coarse(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The beginning of the moment's day."""
    return moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0) if moment else None
