"""Stays that cannot all be so: settled by who may see them, or taken out."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.core import rows
from cobijo.core.context import current
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, HERE, PLAIN, Act, verb
from cobijo.people.queries.who import people_by_id
from cobijo.people.services import stop_knowing
from cobijo.people.types import ScopeReason
from cobijo.sites.conflicts import in_conflict
from cobijo.sites.models import Stay
from cobijo.sites.refusals import NOT_DISPUTED
from cobijo.sites.rules import coming, crowding, leaving
from cobijo.sites.rules.opened import lock_stay
from cobijo.sites.types import OutReason, StayState


@verb(
    "sites.settle_dispute",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"stands": PLAIN},
    says=_("Double stay settled"),
)
def settle_dispute(act: Act, *, stay_id: UUID, stands: bool) -> None:
    """Say of a disputed stay whether it is so. If it stands, the person's others end where it begins; else it is void.

    Whoever stands up for a stay manages every site that has another of the same person.
    """
    stay = lock_stay(stay_id)
    if not stay.disputed:
        raise NOT_DISPUTED()
    if not stands:
        _void(stay)
        return
    for other in in_conflict(stay).select_related("site__unit", "site__response").order_by("id"):
        _give_way(other, stay.in_at or act.happened_at)
    rows.change(stay, disputed=False)
    who = people_by_id([stay.person_id])
    crowding.flag_crowding(stay.site, [stay], who, coming.day_at(stay.site, act.happened_at))


def _give_way(other: Stay, at: datetime) -> None:
    """A stay that began before ends there; one that began after was a mistake."""
    if other.in_at is None or other.in_at >= at:
        _void(other)
    elif other.state == StayState.OUT:
        rows.change(other, out_at=at)
    else:
        leaving.end([other], at, OutReason.OTHER)
    leaving.drop_from_transfers([other], current().recorded_at)


@verb(
    "sites.void_stay",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Stay taken out"),
)
def void_stay(act: Act, *, stay_id: UUID) -> None:
    """Take out a stay or a plan that was entered by mistake. The census never counts it again."""
    stay = lock_stay(stay_id)
    _void(stay)
    leaving.drop_from_transfers([stay], current().recorded_at)


def _void(stay: Stay) -> None:
    now = current().recorded_at
    rows.change(stay, voided_at=now)
    for why in (ScopeReason.STAY, ScopeReason.EXPECTED):
        stop_knowing([stay.person_id], stay.site_id, why, now)
