"""Complaints, and the focal points to which those about staff go."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared, Purpose, Retention
from cobijo.sites.complaints.types import ComplaintState


class Complaint(models.Model):
    """What somebody complained about. Everything they said is in ``sealed``, the kind too.

    ``aside``: about staff, for the focal point alone. ``number`` is drawn at random and need not be the only one of its
    kind: a rule that it is would answer who asks for one. ``reopened``: how often it was opened again.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="complaints")
    number = models.CharField(max_length=12, db_index=True)
    aside = models.BooleanField()
    filed_at = models.DateTimeField()
    due_on = models.DateField()
    owner = models.ForeignKey("accounts.Account", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ComplaintState.choices, default=ComplaintState.OPEN)
    sealed = models.BinaryField()
    sealed_answer = models.BinaryField(default=b"")
    answered_at = models.DateTimeField(null=True)
    told_on = models.DateField(null=True)
    satisfied = models.BooleanField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)

    declared: ClassVar = Declared(
        plain=(
            "number", "aside", "filed_at", "due_on", "state", "sealed", "sealed_answer", "answered_at", "told_on",
            "satisfied", "reopened",
        ),
        purpose=Purpose.PROTECTION,
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["site", "aside", "state"], name="complaint_state")]


class FocalPoint(models.Model):
    """An account to which complaints about staff of every site of a unit go, from a moment on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="focal_points")
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="focal_points")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="account_id",
        plain=("starts_at", "ends_at"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
        not_copied="of an account, which is no person of the register",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="focal_point_ends_after_start"
            ),
            models.UniqueConstraint(fields=["unit", "account"], condition=Q(ends_at=None), name="focal_point_once"),
        ]
