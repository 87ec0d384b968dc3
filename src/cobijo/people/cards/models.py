"""Batches of cards and the cards in them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.algorithms import cards
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared
from cobijo.people.cards.types import CardKind, CardState, EndReason, Printed


class CardBatch(models.Model):
    """What was printed at once for a unit and all below it. ``counted``: how many somebody held in their hands.

    A batch that is voided gives out no more cards; those given out before stay what they are.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=10, choices=CardKind.choices)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    printed = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(null=True)
    key_version = models.PositiveIntegerField()
    printed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    fresh: tuple[Printed, ...] = ()
    """The cards as they go to the printer, on the instance that was just made and nowhere else."""

    declared: ClassVar = Declared(
        plain=("number", "kind", "printed", "counted", "key_version", "printed_at", "voided_at")
    )

    class Meta:
        verbose_name_plural = "batches of cards"
        constraints = [
            models.CheckConstraint(
                condition=Q(counted=None) | Q(counted__lte=F("printed")), name="no_more_cards_counted_than_printed"
            ),
        ]


class Card(models.Model):
    """A card or wristband. ``digest``: keyed hash of the secret on it, by which a scan finds it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    batch = models.ForeignKey("people.CardBatch", on_delete=models.PROTECT, related_name="cards")
    number = models.PositiveBigIntegerField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="cards")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, null=True, related_name="cards")
    linked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=8, choices=EndReason.choices, default="", blank=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("number", "digest")},
        plain=("linked_at", "ended_at", "end_reason"),
        left_out=("digest",),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(person__isnull=False, ended_at=None), name="one_live_card_a_person"
            ),
            models.UniqueConstraint(
                fields=["household"],
                condition=Q(household__isnull=False, ended_at=None),
                name="one_live_card_a_household",
            ),
            models.CheckConstraint(condition=Q(person=None) | Q(household=None), name="card_has_one_bearer"),
            models.CheckConstraint(
                condition=Q(linked_at=None, person=None, household=None)
                | (Q(linked_at__isnull=False) & (Q(person__isnull=False) | Q(household__isnull=False))),
                name="linked_card_has_bearer",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="ended_card_has_reason",
            ),
        ]

    @property
    def spoken(self) -> str:
        """The number as it is said and printed."""
        return cards.spoken(self.number)

    @property
    def state(self) -> CardState:
        """What the card is now; reads its batch."""
        if self.ended_at is not None:
            return CardState(self.end_reason)
        if self.linked_at is not None:
            return CardState.LINKED
        if self.batch.voided_at is not None:
            return CardState.VOIDED
        return CardState.PRINTED if self.batch.counted is None else CardState.COUNTED
