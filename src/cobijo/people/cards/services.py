"""The verbs of cards: print, count and withdraw batches; give a card out, end it, replace it."""

import secrets
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms import cards
from cobijo.core import clock, codes, keys, nodes, rows
from cobijo.core.context import concerns, is_late
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, FREE, HERE, PLAIN, SUBJECT, About, Act, verb
from cobijo.people.cards import finding
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.refusals import (
    BATCH_VOIDED,
    BATCH_VOIDED_ALREADY,
    CARD_ENDED,
    CARD_ENDED_ALREADY,
    CARD_TAKEN,
    HAS_CARD,
    MORE_THAN_PRINTED,
)
from cobijo.people.cards.types import MOST, CardKind, CardState, CardText, EndReason, Printed
from cobijo.people.models import Membership

# --- batches ---------------------------------------------------------------------------------------------------------


@verb(
    "people.print_cards",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"kind": PLAIN, "count": PLAIN},
    says=_("Cards printed"),
)
def print_cards(
    act: Act, *, batch_id: UUID, unit_id: UUID, kind: CardKind, count: Annotated[int, Field(ge=1, le=MOST)]
) -> CardBatch:
    """Make cards for a unit and all below it; what is printed on them is on the batch that is given back, once.

    Kept is a digest of each secret: a batch whose print was lost is withdrawn, and another one printed.
    """
    version, signer = keys.signer(keys.CARDS)
    [batch_number] = codes.take("card_batch", nodes.here_id())
    numbers = codes.take("card", nodes.here_id(), count)
    hidden = [secrets.token_bytes(cards.SECRET) for _number in numbers]
    batch = rows.add(
        CardBatch(
            id=batch_id,
            number=batch_number + 1,
            kind=kind,
            unit_id=unit_id,
            printed=count,
            key_version=version,
            printed_at=clock.now(),
        )
    )
    made = zip(numbers, hidden, strict=True)
    rows.add(*(Card(id=uuid7(), batch=batch, number=one, digest=finding.digest(secret)) for one, secret in made))
    batch.fresh = tuple(Printed(one, cards.write(signer, secret)) for one, secret in zip(numbers, hidden, strict=True))
    return batch


def _locked_batch(batch_id: UUID) -> CardBatch:
    batch = CardBatch.objects.select_for_update().get(pk=batch_id)
    if batch.voided_at is not None:
        raise BATCH_VOIDED_ALREADY()
    return batch


@verb(
    "people.count_cards",
    kind=FACT,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"at_hand": PLAIN},
    says=_("Cards counted"),
)
def count_cards(act: Act, *, batch_id: UUID, at_hand: Annotated[int, Field(ge=0, le=MOST)]) -> CardBatch:
    """Say how many cards of a batch came out of the printer well; fewer than printed shows as missing."""
    batch = _locked_batch(batch_id)
    if at_hand > batch.printed:
        raise MORE_THAN_PRINTED.about("at_hand", printed=batch.printed)
    return rows.change(batch, counted=at_hand)


@verb(
    "people.void_cards",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Batch of cards withdrawn"),
)
def void_cards(act: Act, *, batch_id: UUID) -> CardBatch:
    """Withdraw a batch: none of its cards is given out from now on; those in somebody's hands stay what they are."""
    return rows.change(_locked_batch(batch_id), voided_at=clock.now())


# --- one card --------------------------------------------------------------------------------------------------------


@verb(
    "people.link_card",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"card": About("person_id", Category.IDENTITY), "person_id": SUBJECT},
    says=_("Card given out"),
)
def link_card(act: Act, *, card: CardText, person_id: UUID | None = None, household_id: UUID | None = None) -> Card:
    """Give a card to a person or to a household, by its code as scanned or its number as typed.

    Each has one card at a time. Arriving late, what does not fit any more is held for a person to settle.
    """
    found = _free(act, card)
    if Card.objects.filter(person=person_id, household=household_id, ended_at=None, linked_at__isnull=False).exists():
        raise HAS_CARD.about("card")
    return _given(act, found, person_id, household_id)


def _free(act: Act, card: str) -> Card:
    """The card, locked, if it can be given out."""
    found = finding.seen(act.actor, card, Card.objects.select_for_update(of=("self",)))
    if found.ended_at is not None:
        raise CARD_ENDED.about("card")
    if found.linked_at is not None:
        raise CARD_TAKEN.about("card")
    if found.state is CardState.VOIDED:
        raise BATCH_VOIDED.about("card")
    return found


def _given(act: Act, card: Card, person_id: UUID | None, household_id: UUID | None) -> Card:
    concerns(_members(household_id))
    return rows.change(card, person_id=person_id, household_id=household_id, linked_at=act.happened_at)


def _members(household_id: UUID | None) -> list[UUID]:
    """Whom a household's card is about; nobody where there is no household."""
    if household_id is None:
        return []
    return list(Membership.objects.filter(household=household_id, ends_at=None).values_list("person_id", flat=True))


@verb(
    "people.end_card",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"reason": PLAIN},
    says=_("Card ended"),
)
def end_card(act: Act, *, card_id: UUID, reason: EndReason) -> Card:
    """Say that a card is lost, taken back or damaged: from now on it names nobody."""
    card = _locked(card_id)
    if card.ended_at is not None:
        if is_late():  # somebody was quicker to say the same
            return card
        raise CARD_ENDED_ALREADY()
    return _ended(act, card, reason)


@verb(
    "people.replace_card",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"card": FREE, "reason": PLAIN},
    says=_("Card replaced"),
)
def replace_card(act: Act, *, card_id: UUID, card: CardText, reason: EndReason = EndReason.REPLACED) -> Card:
    """End a card and give its bearer another one, both or neither."""
    old = _locked(card_id)
    if old.linked_at is None or old.ended_at is not None:
        raise CARD_ENDED_ALREADY()
    new = _free(act, card)
    _ended(act, old, reason)
    return _given(act, new, old.person_id, old.household_id)


def _locked(card_id: UUID) -> Card:
    return Card.objects.select_for_update(of=("self",)).select_related("batch").get(pk=card_id)


def _ended(act: Act, card: Card, reason: EndReason) -> Card:
    concerns(_members(card.household_id))
    return rows.change(card, ended_at=act.happened_at, end_reason=reason)
