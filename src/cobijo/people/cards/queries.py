"""What is asked about cards: whose one is, which somebody has, how a batch stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, UUIDField
from django.db.models.functions import Coalesce

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.algorithms import cards
from cobijo.core.errors import DomainError
from cobijo.people import showing
from cobijo.people.cards import access, finding
from cobijo.people.cards.models import Card, CardBatch
from cobijo.people.cards.refusals import CARD_ELSEWHERE, UNKNOWN_CARD
from cobijo.people.cards.types import CardKind, CardState, Scanned
from cobijo.people.models import Membership
from cobijo.people.showing import Thing

CARD = "people.card"


def scan(actor: UUID, card: str) -> Scanned:
    """Whose the card of this code or number is, and what it is now; every scan is logged, found or not.

    Raises what ``finding.seen`` raises; NOT_ALLOWED for who sees no people anywhere. CARD_ELSEWHERE where the card was
    in the hand, and so was scanned, and is of somebody beyond the actor's sight (``showing``): a number can be guessed.
    """
    authority.require_anywhere(actor, Permission.SEE_PEOPLE)
    try:
        found = finding.seen(actor, card)
    except DomainError as refused:
        log_reading(actor, ReadingKind.SCAN, CARD)
        if refused.code == UNKNOWN_CARD.code and cards.is_scanned(card) and _is_elsewhere(actor, card):
            raise CARD_ELSEWHERE.about("card") from None
        raise
    log_reading(actor, ReadingKind.SCAN, CARD, record=found.pk)
    return Scanned(found.pk, found.spoken, found.state, found.person_id, found.household_id)


def shown_at_gate(actor: UUID, card: str, unit: UUID, staying: QuerySet[Any]) -> Scanned:
    """Whose a card shown at the gate of a unit is, among the people who stay there; every scan is logged.

    ``staying``: the ids of those people, as the app that keeps the gate has found them. Of any other card it is said
    alike that nobody has it, but for one of nobody that may be given out there.
    """
    authority.require(actor, Permission.GATE, unit)
    try:
        named = finding.by_text(card)
    except DomainError:
        log_reading(actor, ReadingKind.SCAN, CARD, unit=unit)
        raise
    members = Membership.objects.filter(household=OuterRef("household"), ends_at=None, person__in=staying)
    theirs = Q(person__isnull=False, person__in=staying) | Q(Exists(members), household__isnull=False)
    nobodys = Q(linked_at=None, batch__unit__in=authority.units_serving(actor, Permission.GATE))
    found = Card.objects.filter(theirs | nobodys).filter(named).select_related("batch").first()
    log_reading(actor, ReadingKind.SCAN, CARD, record=found.pk if found else None, unit=unit)
    if found is None:
        raise UNKNOWN_CARD.about("card")
    return Scanned(found.pk, found.spoken, found.state, found.person_id, found.household_id)


def _is_elsewhere(actor: UUID, card: str) -> bool:
    """Whether a scanned card counts and is of somebody beyond the actor's sight; no where that is not asked."""
    shown = (finding.scanned(card),)
    return showing.ask(actor, [shown], lambda asked: _met(actor, asked)).get(shown, False)


def _met(actor: UUID, asked: Collection[Thing]) -> Mapping[Thing, UUID]:
    """Who has each of these cards, of those beyond the actor's sight; of a household whoever was registered first."""
    first = access.members_now().order_by("person_id").values("person_id")[:1]
    found = Card.objects.filter(access.beyond(actor), digest__in=[digest for (digest,) in asked])
    return {
        (digest,): who
        for digest, who in found.values_list("digest", Coalesce("person_id", Subquery(first), output_field=UUIDField()))
    }


# --- of a person or household ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card somebody has or had."""

    id: UUID
    number: str
    kind: CardKind
    state: CardState
    linked_at: datetime | None
    ended_at: datetime | None

    @property
    def is_live(self) -> bool:
        return self.state is CardState.LINKED

    @property
    def kind_word(self) -> str:
        return str(self.kind.label)

    @property
    def state_word(self) -> str:
        return str(self.state.label)


def cards_of(actor: UUID, *, person: UUID | None = None, household: UUID | None = None) -> list[CardRow]:
    """The cards of a person or of a household, as far as the actor may see them: the one that counts first."""
    whose = Card.objects.filter(person=person) if person else Card.objects.filter(household=household)
    rows = access.visible_to(actor, whose.filter(linked_at__isnull=False)).select_related("batch")
    found = [row_of(card) for card in rows.order_by("-linked_at", "-pk")]
    return sorted(found, key=lambda one: not one.is_live)


def row_of(card: Card) -> CardRow:
    """A card as pages show it; its batch is read with it."""
    return CardRow(card.pk, card.spoken, CardKind(card.batch.kind), card.state, card.linked_at, card.ended_at)


# --- batches ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch and what became of its cards. ``missing``: printed and not counted; None before anybody has counted."""

    id: UUID
    number: int
    kind: CardKind
    unit: str
    printed: int
    counted: int | None
    linked: int
    ended: int
    printed_at: datetime
    voided_at: datetime | None
    may_run: bool

    @property
    def kind_word(self) -> str:
        return str(self.kind.label)

    @property
    def left(self) -> int:
        """Cards that can still be given out; none of a withdrawn batch."""
        at_hand = self.printed if self.counted is None else self.counted
        return 0 if self.voided_at else max(0, at_hand - self.linked - self.ended)

    @property
    def missing(self) -> int | None:
        return None if self.counted is None else self.printed - self.counted


def batches_for(actor: UUID) -> list[BatchRow]:
    """The batches whose cards the actor may give out, newest first, in one query."""
    rows = access.visible_to(actor, CardBatch.objects.select_related("unit"))
    counted = rows.annotate(
        linked=Count("cards", filter=Q(cards__linked_at__isnull=False)),
        ended=Count("cards", filter=Q(cards__linked_at=None, cards__ended_at__isnull=False)),
    )
    runs = set(authority.unit_ids(actor, Permission.MANAGE_SITE))
    everywhere = authority.authority(actor).command_line
    return [_batch(one, everywhere or one.unit_id in runs) for one in counted.order_by("-printed_at", "-number")]


def batch_for(actor: UUID, batch_id: UUID) -> BatchRow:
    """One batch the actor may know of; raises NOT_FOUND for any other."""
    access.get_for(actor, CardBatch, batch_id)
    return next(one for one in batches_for(actor) if one.id == batch_id)


def _batch(row: CardBatch, may_run: bool) -> BatchRow:
    counts = vars(row)  # what the query added
    return BatchRow(
        id=row.pk,
        number=row.number,
        kind=CardKind(row.kind),
        unit=row.unit.name,
        printed=row.printed,
        counted=row.counted,
        linked=counts["linked"],
        ended=counts["ended"],
        printed_at=row.printed_at,
        voided_at=row.voided_at,
        may_run=may_run,
    )
