"""Who may know of which card, and who may print, give out and end them."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.people import sight
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.refusals import ONE_BEARER
from cobijo.people.models import Membership

# --- who may know of which -------------------------------------------------------------------------------------------


def _batches(actor: UUID) -> Q:
    """Those printed for a unit where the actor registers, or for one above it: its cards may be given out there."""
    if authority.authority(actor).command_line:
        return Q()
    return Q(unit__in=authority.units_serving(actor, Permission.REGISTER))


def _cards(actor: UUID) -> Q:
    """Those of people and households the actor may see; of nobody, those of batches that may be given out.

    To anybody else a card is one of which nothing is known, whatever became of it.
    """
    members = Membership.objects.filter(sight.people(actor, "person"), household=OuterRef("household"), ends_at=None)
    ours = Q(person__isnull=False) & sight.people(actor, "person")
    households = Q(Exists(members), household__isnull=False, household__voided_at=None)
    nobodys = Q(linked_at=None, batch__in=CardBatch.objects.filter(_batches(actor)))
    return ours | households | nobodys


def beyond(actor: UUID) -> Q:
    """Cards that count, of people and households whom the actor does not see and no protection hides.

    For a card that is shown at the desk (``showing``): it is no door to a record.
    """
    theirs = sight.beyond(actor, "person")
    members = members_now()
    households = Q(Exists(members.filter(theirs)), ~Exists(members.exclude(theirs)), household__voided_at=None)
    whose = Q(theirs, person__isnull=False) | Q(households, household__isnull=False)
    return Q(whose, linked_at__isnull=False, ended_at=None)


def members_now() -> QuerySet[Membership]:
    """The people of the household of a card's row, as a subquery; a record that was voided or merged is nobody's."""
    there = {"person__voided_at": None, "person__anonymous": False, "person__merged_into": None}
    return Membership.objects.filter(household=OuterRef("household"), ends_at=None, **there)


visible_to, get_for = records.doors({CardBatch: _batches, Card: _cards})


# --- who may call what -----------------------------------------------------------------------------------------------


def may_print_cards(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.MANAGE_SITE, unit_id)


def _may_run_batch(act: Act, *, batch_id: UUID, **_: Any) -> UUID:
    batch = get_for(act.actor, CardBatch, batch_id)
    return authority.require(act.actor, Permission.MANAGE_SITE, batch.unit_id)


may_count_cards = may_void_cards = _may_run_batch


def may_link_card(act: Act, *, person_id: UUID | None, household_id: UUID | None, **_: Any) -> UUID | None:
    if (person_id is None) == (household_id is None):
        raise ONE_BEARER()
    return _unit_of_bearer(act.actor, person_id, household_id)


def _may_change_card(act: Act, *, card_id: UUID, **_: Any) -> UUID | None:
    card = get_for(act.actor, Card, card_id)
    if card.linked_at is not None:
        return _unit_of_bearer(act.actor, card.person_id, card.household_id)
    return authority.unit_served(act.actor, Permission.REGISTER, card.batch.unit_id)


may_end_card = may_replace_card = _may_change_card


def _unit_of_bearer(actor: UUID, person: UUID | None, household: UUID | None) -> UUID | None:
    """The unit in whose name the actor works with the person, or with somebody of the household."""
    if person is not None:
        return sight.unit_holding(actor, person, Permission.REGISTER)
    assert household is not None
    sight.require_held_household(actor, household)
    members = Membership.objects.filter(household=household, ends_at=None)
    mine = members.filter(sight.held(actor, "person", Permission.REGISTER)).values_list("person_id", flat=True).first()
    if mine is None:
        raise NOT_ALLOWED()
    return sight.unit_holding(actor, mine, Permission.REGISTER)
