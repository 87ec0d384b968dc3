"""Transfers as the two sites see them: each its own stays, both the people."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, Sum

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.people.queries import PersonLine, line_of
from cobijo.people.queries.who import seen_by
from cobijo.sites.access import visible_to
from cobijo.sites.models import Transfer, TransferMember
from cobijo.sites.types import OPEN, TransferState, TransferWhy
from cobijo.sites.unnamed.models import TransferNumber


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person who moves; ``waiting`` until they have arrived or left another way."""

    from_stay_id: UUID
    line: PersonLine
    waiting: bool


@dataclass(frozen=True, slots=True)
class TransferLine:
    """A transfer as its reader sees it. Members are those the reader may see, and nobody else is counted.

    ``unnamed``: those who go along without a name and have not moved. ``may_answer``: the reader manages the receiving
    site; ``may_withdraw``: the sending one.
    """

    id: UUID
    from_site: str
    to_site: str
    to_site_id: UUID
    state: TransferState
    travels_on: date
    proposed_at: datetime
    settled_at: datetime | None
    why: TransferWhy | None
    household: str
    members: tuple[MemberLine, ...]
    may_answer: bool
    may_withdraw: bool
    unnamed: int = 0

    @property
    def waiting(self) -> int:
        """Who has not moved yet, with those who have no name."""
        return sum(member.waiting for member in self.members) + self.unnamed

    @property
    def proposed(self) -> bool:
        return self.state is TransferState.PROPOSED


def transfers_for(actor: UUID, *, settled: bool = False, most: int = 50) -> list[TransferLine]:
    """The transfers of the sites an actor manages: under way by day of travel, or the last ones settled."""
    mine = authority.unit_ids(actor, Permission.MANAGE_SITE)
    rows = visible_to(actor, Transfer.objects.filter(Q(from_site__in=mine) | Q(to_site__in=mine)))
    still = Q(members__from_stay__state__in=OPEN, members__from_stay__voided_at=None)
    waiting = Q(state=TransferState.ACCEPTED) & still
    open_now = Transfer.objects.filter(Q(state=TransferState.PROPOSED) | waiting).values("pk")
    if settled:
        return _lines(actor, rows.exclude(pk__in=open_now).order_by("-settled_at", "id")[:most])
    return _lines(actor, rows.filter(pk__in=open_now).order_by("travels_on", "proposed_at", "id")[:most])


def transfers_to_answer(actor: UUID) -> int:
    """How many transfers wait for an answer of the sites an actor manages."""
    mine = authority.unit_ids(actor, Permission.MANAGE_SITE)
    return visible_to(actor, Transfer.objects.filter(to_site__in=mine, state=TransferState.PROPOSED)).count()


def transfer_of(actor: UUID, transfer: UUID) -> TransferLine | None:
    """One transfer, if the actor may see it."""
    return next(iter(_lines(actor, visible_to(actor, Transfer.objects.filter(pk=transfer)))), None)


def _lines(actor: UUID, rows: QuerySet[Transfer]) -> list[TransferLine]:
    seen = TransferMember.objects.filter(from_stay__person__in=seen_by(actor)).select_related(
        "from_stay__person", "from_stay__household"
    )
    loaded = rows.select_related("from_site__unit", "to_site__unit")
    found = list(loaded.prefetch_related(Prefetch("members", seen.order_by("id"), "seen")))
    ends = {site for one in found for site in (one.from_site_id, one.to_site_id)}
    managed = set(authority.unit_ids(actor, Permission.MANAGE_SITE).filter(below__in=ends))
    numbers = _unnamed([one.pk for one in found])
    return [replace(_line(one, managed), unnamed=numbers.get(one.pk, 0)) for one in found]


def _unnamed(transfers: Collection[UUID]) -> dict[UUID, int]:
    """How many people without a name wait to move with each transfer."""
    waiting = Q(arrived=None, counted__out_at=None, counted__voided_at=None)
    found = TransferNumber.objects.filter(waiting, transfer__in=transfers).values_list("transfer")
    return dict(found.annotate(people=Sum("counted__persons")).order_by())


def _line(transfer: Transfer, managed: Collection[UUID]) -> TransferLine:
    members: Sequence[TransferMember] = transfer.seen  # type: ignore[attr-defined]
    homes = [member.from_stay.household for member in members if member.from_stay.household]
    return TransferLine(
        id=transfer.id,
        from_site=transfer.from_site.unit.name,
        to_site=transfer.to_site.unit.name,
        to_site_id=transfer.to_site_id,
        state=TransferState(transfer.state),
        travels_on=transfer.travels_on,
        proposed_at=transfer.proposed_at,
        settled_at=transfer.settled_at,
        why=TransferWhy(transfer.why) if transfer.why else None,
        household=homes[0].code if homes else "",
        members=tuple(_members(members)),
        may_answer=transfer.to_site_id in managed,
        may_withdraw=transfer.from_site_id in managed,
    )


def _members(members: Iterable[TransferMember]) -> Iterable[MemberLine]:
    for member in members:
        waiting = member.from_stay.state in OPEN and member.from_stay.voided_at is None
        yield MemberLine(member.from_stay_id, line_of(member.from_stay.person), waiting)
