"""The verbs of forms: print, put away, withdraw; and what typing one in does within the act that receives a family."""

from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.accounts import access as authority
from cobijo.core import clock, codes, nodes, operations, rows
from cobijo.core.context import concerns, current, flag, is_late
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, PLAIN, Act, verb
from cobijo.people.cards import finding as cards
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.types import CardState
from cobijo.people.models import Membership
from cobijo.people.paper import finding
from cobijo.people.paper.models import PaperBatch, PaperForm
from cobijo.people.paper.refusals import (
    CARDS_OF_ELSEWHERE,
    FORM_DONE,
    FORMS_WITHDRAWN_ALREADY,
    TOO_FEW_CARDS,
)
from cobijo.people.paper.types import MOST, FormEnd, FormLanguage
from cobijo.people.types import Flag

# --- batches ---------------------------------------------------------------------------------------------------------


@verb(
    "people.print_forms",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"count": PLAIN, "language": PLAIN},
    says=_("Family forms printed"),
)
def print_forms(
    act: Act,
    *,
    batch_id: UUID,
    unit_id: UUID,
    count: Annotated[int, Field(ge=1, le=MOST)],
    language: FormLanguage = FormLanguage.SPANISH,
    card_batch_id: UUID | None = None,
) -> PaperBatch:
    """Make numbered blank forms for a unit and all below it, each with a card of its own where cards are named."""
    beside = _free_cards(card_batch_id, unit_id, count) if card_batch_id else [None] * count
    [batch_number] = codes.take("paper_batch", nodes.here_id())
    numbers = codes.take("form", nodes.here_id(), count)
    batch = rows.add(
        PaperBatch(
            id=batch_id,
            number=batch_number + 1,
            unit_id=unit_id,
            language=language,
            printed=count,
            card_batch_id=card_batch_id,
            printed_at=clock.now(),
        )
    )
    pairs = zip(numbers, beside, strict=True)
    rows.add(*(PaperForm(id=uuid7(), batch=batch, number=number, card=card) for number, card in pairs))
    return batch


def _free_cards(card_batch: UUID, unit: UUID, count: int) -> list[Card]:
    """So many cards of a batch that nobody has and no form names, in the order they were printed; locked."""
    batch = CardBatch.objects.select_for_update().get(pk=card_batch)
    if not CardBatch.objects.filter(pk=card_batch, unit__reaches__below=unit).exists():
        raise CARDS_OF_ELSEWHERE.about("card_batch_id")
    free = _free(batch).filter(paper_form=None)
    found = list(free.order_by("number")[:count]) if batch.voided_at is None else []
    if len(found) < count:
        raise TOO_FEW_CARDS.about("card_batch_id", free=len(found))
    return found


def _free(batch: CardBatch) -> QuerySet[Card]:
    return Card.objects.filter(batch=batch, linked_at=None, ended_at=None)


@verb(
    "people.void_forms",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Batch of forms withdrawn"),
)
def void_forms(act: Act, *, batch_id: UUID) -> PaperBatch:
    """Withdraw a batch: none of its forms is typed in from now on, and their cards are free again."""
    batch = PaperBatch.objects.select_for_update().get(pk=batch_id)
    if batch.voided_at is not None:
        raise FORMS_WITHDRAWN_ALREADY()
    rows.change_all(list(batch.forms.filter(household=None, card__isnull=False)), card=None)
    return rows.change(batch, voided_at=clock.now())


# --- one form --------------------------------------------------------------------------------------------------------


@verb(
    "people.end_form",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"reason": PLAIN},
    says=_("Form put away"),
)
def end_form(act: Act, *, form_id: UUID, reason: FormEnd) -> PaperForm:
    """Say that a form is spoiled, lost or left blank, so that nobody waits for it; its card is free again."""
    form = PaperForm.objects.select_for_update(of=("self",)).get(pk=form_id)
    if form.ended_at is not None or form.household_id is not None:
        if is_late():  # somebody was quicker, or it was typed in meanwhile
            return form
        raise FORM_DONE()
    return rows.change(form, ended_at=act.happened_at, end_reason=reason, card=None)


def take_form(act: Act, *, form: str, zone: str) -> PaperForm:
    """Find and lock the form that the act under way types in, before its family is received.

    Raises what ``finding`` raises, beside ``form``. What arrives from a device was decided there: a form that is typed
    in or put away already is flagged, and the family is received. ``zone``: the site's, for the hour in a sentence.
    """
    found = finding.known(act.actor, form, PaperForm.objects.select_for_update(of=("self",)))
    refusal = finding.why_not(act.actor, found, zone)
    if refusal is not None and act.door not in operations.QUIET_DOORS:
        raise refusal
    if refusal is not None:
        flag(Flag.FORM_TYPED_TWICE, form=found.pk)
    elif found.end_reason == FormEnd.LOST:
        flag(Flag.FORM_FOUND, form=found.pk)
    return found


def give_form(act: Act, form: PaperForm, household_id: UUID, card: str | None = None) -> None:
    """Tie a form taken to the household it was typed in for, and give that the form's card, or the one written on it.

    The family has been received and holds a card in its hands: where that cannot be given out, it is flagged.
    """
    if form.household_id is None:
        by = None if authority.authority(act.actor).command_line else act.actor
        typed = {"filled_at": act.happened_at, "typed_at": current().recorded_at, "typed_by_id": by}
        rows.change(form, household_id=household_id, ended_at=None, end_reason="", **typed)
    locked = Card.objects.select_for_update(of=("self",)).select_related("batch")
    given = cards.seen(act.actor, card, locked) if card else locked.filter(paper_form=form).first()
    if given is None:
        return
    if given.state in (CardState.PRINTED, CardState.COUNTED):
        members = Membership.objects.filter(household=household_id, ends_at=None)
        concerns(members.values_list("person_id", flat=True))
        rows.change(given, household_id=household_id, linked_at=act.happened_at)
    else:
        flag(Flag.CARD_NOT_GIVEN, card=given.pk)
