"""Batches of blank forms and the forms in them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.people.paper import numbers
from cobijo.people.paper.types import FormEnd, FormLanguage


class PaperBatch(models.Model):
    """What was printed at once for a unit and all below it. ``card_batch``: the cards that lie beside the forms.

    A batch that is withdrawn takes no more forms; what was typed in before stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8, choices=FormLanguage.choices)
    printed = models.PositiveSmallIntegerField()
    card_batch = models.ForeignKey("people.CardBatch", on_delete=models.PROTECT, null=True, related_name="+")
    printed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("number", "language", "printed", "printed_at", "voided_at"))

    class Meta:
        verbose_name_plural = "batches of forms"


class PaperForm(models.Model):
    """One form. ``filled_at``: when it was filled in by hand; ``typed_at``: when it was typed.

    Who filled it in is no column here: the name is kept with what the household said (``people.HouseholdSaid``), so
    that no list of forms is a list of whoever worked on which night, and it goes with the people it was about.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    batch = models.ForeignKey("people.PaperBatch", on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveBigIntegerField(unique=True)
    card = models.OneToOneField("people.Card", on_delete=models.SET_NULL, null=True, related_name="paper_form")
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, null=True, related_name="paper_forms")
    filled_at = models.DateTimeField(null=True)
    typed_at = models.DateTimeField(null=True)
    typed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=8, choices=FormEnd.choices, default="", blank=True)

    declared: ClassVar = Declared(plain=("number", "filled_at", "typed_at", "ended_at", "end_reason"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(household=None, typed_at=None, filled_at=None)
                | Q(household__isnull=False, typed_at__isnull=False, filled_at__isnull=False),
                name="typed_form_has_household",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="ended_form_has_reason",
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | Q(household=None), name="form_is_typed_or_put_away"),
        ]

    @property
    def spoken(self) -> str:
        """The number as it is said and printed."""
        return numbers.spoken(self.number)
