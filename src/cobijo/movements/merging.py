"""What two records becoming one means to arrivals: what was said stands with the record that is kept."""

from uuid import UUID

from cobijo.core import rows
from cobijo.core.context import current
from cobijo.movements.models import FollowCall, ReturnRecord, Traveller
from cobijo.people.services import decide, hand_over, merged

decide(
    moves=("movements.Traveller.person", "movements.ReturnRecord.person", "movements.FollowCall.person"),
)


@merged.join
def hand_arrivals_over(kept: UUID, gone: UUID) -> None:
    """Arrivals, returns and calls go over. Who came twice with one movement came once: the other line is taken out."""
    for theirs in Traveller.objects.filter(person=gone, voided_at=None):
        if Traveller.objects.filter(person=kept, movement=theirs.movement_id, voided_at=None).exists():
            rows.change(theirs, voided_at=current().recorded_at)
    hand_over(Traveller.objects.filter(person=gone), kept, subject=kept)
    hand_over(ReturnRecord.objects.filter(person=gone), kept)
    hand_over(FollowCall.objects.filter(person=gone), kept)
