"""The store's book, and which infants a health worker found to need formula."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.algorithms import codes
from cobijo.assistance.types import FormulaKind, Party, SlipKind
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, Purpose, Retention


class StoreSlip(models.Model):
    """Goods of a site received, given, counted or lost at one moment; its number is said aloud and stands on paper."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=8, choices=SlipKind.choices)
    at = models.DateTimeField()
    party = models.CharField(max_length=12, choices=Party.choices, default="", blank=True)
    whom = models.CharField(max_length=120, default="", blank=True)
    note = models.CharField(max_length=240, default="", blank=True)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("number", "kind", "at", "party", "whom", "note", "voided_at"))

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="slip_at")]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """The number as it is said aloud."""
        return codes.encode(self.number)


class StoreMove(models.Model):
    """One item on a slip. ``quantity`` is never negative: the slip's kind says which way it went.

    Of a count it is what was there, and ``book`` what the book said at that moment; their difference is what nobody
    wrote down.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    slip = models.ForeignKey("assistance.StoreSlip", on_delete=models.PROTECT, related_name="moves")
    item = models.CharField(max_length=32)
    variant = models.CharField(max_length=16, default="", blank=True)
    quantity = models.PositiveIntegerField()
    book = models.IntegerField(null=True)

    declared: ClassVar = Declared(plain=("item", "variant", "quantity", "book"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slip", "item", "variant"], name="one_line_an_item")]

    @property
    def difference(self) -> int | None:
        """How many more (or fewer) were counted than the book had; None of what is no count."""
        return None if self.book is None else self.quantity - self.book


class FormulaAssessment(models.Model):
    """A health worker's word that an infant is fed with formula, and which. It ends by itself at the first birthday.

    ``ends_on`` is the first day it no longer counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FormulaKind.choices)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ends_on = models.DateField()
    ended_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.HEALTH: ("kind", "ends_on")},
        plain=("at", "ended_at"),
        purpose=Purpose.ASSISTANCE,
        retention=Retention.SHORT,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_open_assessment")
        ]
