"""People without a name who leave or move together with those of their household who have one."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from cobijo.core import rows
from cobijo.core.context import flag, is_late
from cobijo.core.errors import NOT_FOUND
from cobijo.core.ids import uuid7
from cobijo.sites.models import Site, Transfer
from cobijo.sites.refusals import ALREADY_OUT, TWICE
from cobijo.sites.types import Flag, OutReason, TransferState
from cobijo.sites.unnamed.models import TransferNumber, Unnamed


def lock_numbers(site: Site, wanted: Sequence[UUID], homes: Collection[UUID | None]) -> list[Unnamed]:
    """The numbers asked for, locked, of these households at a locked site. Who left is refused, and late flagged."""
    if len(set(wanted)) < len(wanted):
        raise TWICE.about("unnamed_ids")
    locked = Unnamed.objects.select_for_update(of=("self",), no_key=True).filter(
        pk__in=wanted, site=site, household__in=[home for home in homes if home]
    )
    found = list(locked.order_by("id"))
    if len(found) < len(wanted):
        raise NOT_FOUND()
    for one in found:
        if one.out_at is not None or one.voided_at is not None:
            if not is_late():
                raise ALREADY_OUT.about("unnamed_ids")
            flag(Flag.LEFT_BEFORE, unnamed=one.pk)
    return [one for one in found if one.out_at is None and one.voided_at is None]


def end(numbers: Iterable[Unnamed], at: datetime, reason: OutReason) -> None:
    """End these numbers: all of each leave."""
    for one in numbers:
        out_at = max(at, one.in_at)
        if out_at > at:
            flag(Flag.OUT_BEFORE_IN, unnamed=one.pk)
        rows.change(one, out_at=out_at, out_reason=reason)


# --- transfers -------------------------------------------------------------------------------------------------------


def take_along(transfer: Transfer, homes: Collection[UUID | None]) -> None:
    """Let the people without a name of these households go along with a transfer."""
    there = Unnamed.objects.filter(site=transfer.from_site_id, household__in=[home for home in homes if home])
    here = there.filter(out_at=None, voided_at=None).order_by("id")
    new = [TransferNumber(id=uuid7(), transfer=transfer, counted=one) for one in here]
    if new:
        rows.add(*new)


def waiting(transfer: Transfer) -> list[TransferNumber]:
    """The numbers of a transfer that have neither moved nor left another way."""
    found = TransferNumber.objects.filter(transfer=transfer, arrived=None, counted__out_at=None)
    return list(found.filter(counted__voided_at=None).select_related("counted").order_by("id"))


def arrive(transfer: Transfer, at: datetime) -> None:
    """The numbers of a transfer have arrived with the first who did: at one site they end, at the other they begin."""
    for one in waiting(transfer):
        counted = one.counted
        moment = max(at, counted.in_at)
        rows.change(counted, out_at=moment, out_reason=OutReason.TRANSFERRED)
        new = Unnamed(
            id=uuid7(),
            household_id=counted.household_id,
            site_id=transfer.to_site_id,
            sex=counted.sex,
            band=counted.band,
            persons=counted.persons,
            in_at=moment,
        )
        rows.add(new)
        rows.change(one, arrived=new)


def under_way(counted: Unnamed) -> Transfer | None:
    """The transfer a number is part of, not settled or not yet carried out."""
    states = (TransferState.PROPOSED, TransferState.ACCEPTED)
    found = TransferNumber.objects.filter(counted=counted, arrived=None, transfer__state__in=states)
    moving = found.select_related("transfer__to_site__response").first()
    return moving.transfer if moving else None
