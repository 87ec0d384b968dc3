"""What expecting people means: the site knows them until some days after they should have come."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.core import clock, rows
from cobijo.people.services import know, stop_knowing
from cobijo.people.types import ScopeReason
from cobijo.sites.models import Site, TransferMember
from cobijo.sites.types import StayState


def expect(site: Site, people: Collection[UUID], since: datetime, day: date) -> None:
    """Let the site know people who are to come on a day."""
    after = timedelta(days=site.response.days_known_after_leaving)
    until = clock.midnight_ending(day, ZoneInfo(site.zone)) + after
    know(people, site.pk, ScopeReason.EXPECTED, since, until)


def stop_expecting(members: Iterable[TransferMember], at: datetime) -> None:
    """The receiving site does not expect these people any more: plans are void, and it stops knowing them."""
    for member in members:
        plan = member.to_stay
        if plan is not None and plan.state == StayState.PLANNED and plan.voided_at is None:
            rows.change(plan, voided_at=at)
        stop_knowing([member.from_stay.person_id], member.transfer.to_site_id, ScopeReason.EXPECTED, at)
