"""With whom a child may leave (TRUST.md). No site can override it, so there is no argument here that would."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from cobijo.algorithms.text import fold
from cobijo.core import rows
from cobijo.core.context import flag
from cobijo.core.verbs import Act
from cobijo.people.queries.who import Who, people_by_id
from cobijo.sites.access import visible_to
from cobijo.sites.models import AuthorityAct, Site, Stay, Transfer, TransferMember
from cobijo.sites.refusals import ACT_OF_NOBODY, CHILD_ALONE
from cobijo.sites.rules import alerts
from cobijo.sites.rules.leaving import UNDER_WAY
from cobijo.sites.types import OPEN, AuthorityActIn, Flag, OutReason, StayState, TransferState

LATELY = timedelta(hours=24)
"""An adult who left so long ago to the same place has gone ahead of the child."""
_NO_WAY_OUT = (OutReason.NO_WORD, OutReason.DECEASED)


def alone(
    stays: Sequence[Stay], who: Mapping[UUID, Who], day: date, gone_to: Collection[UUID], released: Collection[UUID]
) -> list[Stay]:
    """The stays of children who would leave alone; who may be a child for all we know is flagged.

    ``gone_to`` are the households of which an adult has gone ahead or comes along, ``released`` are the children whom
    the authority lets go.
    """
    ages_of = {stay.person_id: who[stay.person_id].is_child(day) for stay in stays}
    led = {who[person].household for person, child in ages_of.items() if child is False} | set(gone_to)
    alone = [
        stay
        for stay in stays
        if ages_of[stay.person_id] is not False and stay.person_id not in released
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


def accompanied(to_site: UUID, who: Mapping[UUID, Who], day: date) -> set[UUID]:
    """Households of which an adult is at the receiving site, or on the same way there."""
    homes = {person.household for person in who.values() if person.household}
    on_the_way = TransferMember.objects.filter(
        transfer__to_site=to_site, transfer__state__in=UNDER_WAY, from_stay__household__in=homes
    ).values("from_stay")
    there = Stay.objects.filter(Q(site=to_site, household__in=homes) | Q(pk__in=on_the_way))
    return _led_by_adults(there.filter(state__in=OPEN, disputed=False, voided_at=None), day)


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


# --- the act of the authority ----------------------------------------------------------------------------------------


def released_by_acts(stays: Sequence[Stay]) -> set[UUID]:
    """The people whom a recorded act lets leave these stays."""
    acts = AuthorityAct.objects.filter(stay__in=[stay.id for stay in stays])
    return set(acts.values_list("stay__person_id", flat=True))


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
