"""What ending a stay means, and with whom a child may leave (TRUST.md: no site can override it)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from cobijo.algorithms.text import fold
from cobijo.core import rows
from cobijo.core.context import flag
from cobijo.core.verbs import Act
from cobijo.people.queries.who import Who, people_by_id
from cobijo.people.services import stop_knowing
from cobijo.people.types import ScopeReason
from cobijo.sites.access import visible_to
from cobijo.sites.conflicts import in_conflict
from cobijo.sites.models import AuthorityAct, Site, Stay, Transfer, TransferMember
from cobijo.sites.refusals import ACT_OF_NOBODY, CHILD_ALONE
from cobijo.sites.rules import alerts, expecting
from cobijo.sites.types import OPEN, AuthorityActIn, Flag, OutReason, StayState, TransferState

LATELY = timedelta(hours=24)
"""An adult who left so long ago to the same place has gone ahead of the child."""
UNDER_WAY = (TransferState.PROPOSED, TransferState.ACCEPTED)
_NO_WAY_OUT = (OutReason.NO_WORD, OutReason.DECEASED)

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
        left = member.transfer.members.filter(from_stay__state__in=OPEN)
        if member.transfer.state == TransferState.PROPOSED and not left.exists():
            rows.change(member.transfer, state=TransferState.WITHDRAWN, settled_at=at)


# --- children --------------------------------------------------------------------------------------------------------


def alone(
    stays: Sequence[Stay], who: Mapping[UUID, Who], day: date, gone_to: Collection[UUID], released: UUID | None
) -> list[Stay]:
    """The stays of children who would leave alone; who may be a child for all we know is flagged.

    ``gone_to`` are the households of which an adult has gone ahead to the same place, ``released`` is the child whom
    the authority lets go.
    """
    ages_of = {stay.person_id: who[stay.person_id].is_child(day) for stay in stays}
    led = {who[person].household for person, child in ages_of.items() if child is False} | set(gone_to)
    alone = [
        stay
        for stay in stays
        if ages_of[stay.person_id] is not False and stay.person_id != released
        if who[stay.person_id].household is None or who[stay.person_id].household not in led
    ]
    for stay in alone:
        if ages_of[stay.person_id] is None:
            flag(Flag.AGE_UNKNOWN_ALONE, stay=stay.id)
    return [stay for stay in alone if ages_of[stay.person_id]]


def refuse_children(children: Sequence[Stay]) -> None:
    """A child who would leave alone stays; there is no override."""
    if children:
        raise CHILD_ALONE.about("stay_ids")


def tell_children_gone(site: Site, children: Sequence[Stay]) -> None:
    """A child who has gone is recorded, and those who protect children hear of it at once."""
    for stay in children:
        flag(Flag.CHILD_GONE, stay=stay.id)
        alerts.tell_child_gone(site, stay)


def went_ahead(act: Act, who: Mapping[UUID, Who], reason: OutReason, destination: str, day: date) -> set[UUID]:
    """Households of which an adult left within the day for the same reason to the same place, as the actor may see."""
    if reason in _NO_WAY_OUT:
        return set()
    left = _left_lately(act, who).filter(out_reason=reason)
    return _led_by_adults([stay for stay in left if fold(stay.destination) == fold(destination)], day)


def moved_ahead(act: Act, who: Mapping[UUID, Who], to_site: UUID, day: date) -> set[UUID]:
    """Households of which an adult was transferred within the day to the same site."""
    moved = Transfer.objects.filter(to_site=to_site, state=TransferState.ACCEPTED).values("members__from_stay")
    return _led_by_adults(_left_lately(act, who).filter(pk__in=moved), day)


def _left_lately(act: Act, who: Mapping[UUID, Who]) -> QuerySet[Stay]:
    homes = {person.household for person in who.values() if person.household}
    lately = Stay.objects.filter(
        household__in=homes, state=StayState.OUT, out_at__gt=act.happened_at - LATELY, out_at__lte=act.happened_at
    )
    return visible_to(act.actor, lately)


def _led_by_adults(stays: Iterable[Stay], day: date) -> set[UUID]:
    found = list(stays)
    who = people_by_id([stay.person_id for stay in found])
    adults = {person.household for person in who.values() if person.is_child(day) is False}
    return {home for home in adults if home}


def record_authority_act(given: AuthorityActIn | None, stays: Sequence[Stay]) -> None:
    """Keep the act of the authority with the stay of the child it is about; a newer one takes the place of an older."""
    if given is None:
        return
    stay = next((stay for stay in stays if stay.person_id == given.person_id), None)
    if stay is None:
        raise ACT_OF_NOBODY.about("authority_act")
    take_back_authority_acts([stay])
    rows.add(AuthorityAct(id=given.act_id, stay=stay, **{name: getattr(given, name) for name in _OF_AN_ACT}))


def take_back_authority_acts(stays: Sequence[Stay]) -> None:
    """An act lets a child leave in one way; when that does not come about, it lets them leave in no other."""
    rows.remove(AuthorityAct.objects.filter(stay__in=[stay.id for stay in stays]).select_related("stay"))


_OF_AN_ACT = sorted(AuthorityAct.declared.personal)
