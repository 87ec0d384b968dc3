"""Requests of people about their data, and copies that were handed over."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, OnErasure, Purpose, Retention
from cobijo.people.rights.types import Answered, AskedBy, RefusalGround, RightKind


class RightsRequest(models.Model):
    """What somebody asked about their data. Once the person is erased it stands without them: number, kind, days.

    ``sealed_words`` and ``sealed_reply`` are sealed with the person's key. ``carried_out_at``: when an erasure that was
    granted was done.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="requests")
    kind = models.CharField(max_length=12, choices=RightKind.choices)
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=16, choices=AskedBy.choices)
    language = models.CharField(max_length=8)
    sealed_words = models.BinaryField(default=b"")
    received_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    answered_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Answered.choices, default="", blank=True)
    ground = models.CharField(max_length=12, choices=RefusalGround.choices, default="", blank=True)
    sealed_reply = models.BinaryField(default=b"")
    carried_out_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.IDENTITY: ("kind", "asked_by", "language", "sealed_words", "outcome", "ground", "sealed_reply"),
        },
        plain=("number", "asked_on", "due_on", "answered_at", "carried_out_at"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
        on_erasure=OnErasure.UNLINK,
    )

    class Meta:
        verbose_name_plural = "requests about their data"
        indexes = [models.Index(fields=["unit", "due_on"], name="request_due", condition=Q(answered_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
                name="answered_request_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", Answered.GRANTED]) | ~Q(ground=""), name="refused_request_has_ground"
            ),
        ]

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been answered by now."""
        return self.answered_at is None and self.due_on < today

    @property
    def waits_to_be_erased(self) -> bool:
        """Whether the person is to be erased, and has not been yet."""
        granted = self.kind == RightKind.ERASURE and self.outcome == Answered.GRANTED
        return granted and self.carried_out_at is None


class GivenCopy(models.Model):
    """That a person's own copy was handed over: in which language, when, by whom (the operator has no account)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    given_by = models.UUIDField()
    given_at = models.DateTimeField()

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("language",)},
        plain=("given_at",),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    class Meta:
        verbose_name_plural = "copies handed over"
