"""What ending a stay means: for the site that knew the person, and for the transfers they were part of."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from cobijo.core import rows
from cobijo.core.context import flag
from cobijo.people.services import stop_knowing
from cobijo.people.types import ScopeReason
from cobijo.sites.conflicts import in_conflict
from cobijo.sites.models import Stay, TransferMember
from cobijo.sites.rules import expecting
from cobijo.sites.types import OPEN, Flag, OutReason, StayState, TransferState

UNDER_WAY = (TransferState.PROPOSED, TransferState.ACCEPTED)

# --- ending stays ----------------------------------------------------------------------------------------------------


def end(stays: Iterable[Stay], at: datetime, reason: OutReason, destination: str = "") -> None:
    """End open stays (loaded with site and response). The site knows the people for as long as its response says."""
    together: dict[tuple[UUID, datetime, bool], list[Stay]] = {}
    for stay in stays:
        out_at = max(at, stay.in_at or at)
        if out_at > at:
            flag(Flag.OUT_BEFORE_IN, stay=stay.id)
        disputed = stay.disputed and in_conflict(stay, out_at).exists()
        together.setdefault((stay.site_id, out_at, disputed), []).append(stay)
    for (site_id, out_at, disputed), some in together.items():
        rows.change_all(
            some,
            state=StayState.OUT,
            out_at=out_at,
            out_reason=reason,
            destination=destination,
            expected_back=None,
            disputed=disputed,
        )
        known_until = out_at + timedelta(days=some[0].site.response.days_known_after_leaving)
        stop_knowing([stay.person_id for stay in some], site_id, ScopeReason.STAY, known_until)


def drop_from_transfers(stays: Collection[Stay], at: datetime) -> None:
    """Who has left another way is expected nowhere; a transfer of which nobody is left to move is withdrawn."""
    members = TransferMember.objects.filter(
        from_stay__in=[stay.id for stay in stays], transfer__state__in=UNDER_WAY
    ).select_related("transfer", "from_stay", "to_stay")
    for member in members:
        expecting.stop_expecting([member], at)
        left = member.transfer.members.filter(from_stay__state__in=OPEN, from_stay__voided_at=None)
        if member.transfer.state == TransferState.PROPOSED and not left.exists():
            rows.change(member.transfer, state=TransferState.WITHDRAWN, settled_at=at)
