"""Lists that were asked for, and the copies of them that were handed out. The people on them stand in no row."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.reporting.people.types import ExportPurpose, ExportState, ListKind


class PeopleExport(models.Model):
    """A list of people by name that somebody asked for. ``people``: how many stood on it at that moment.

    ``sealed_reason`` is under the ring's key: words about nobody in particular that may name somebody all the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=16, choices=ListKind.choices)
    purpose = models.CharField(max_length=24, choices=ExportPurpose.choices)
    sealed_reason = models.BinaryField()
    people = models.PositiveIntegerField()
    needs_second = models.BooleanField()
    asked_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()

    declared: ClassVar = Declared(
        plain=(
            "number", "what", "purpose", "sealed_reason", "people", "needs_second", "asked_at", "approved_at",
            "refused_at", "ends_at",
        )
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "lists of people"
        indexes = [models.Index(fields=["site", "asked_at"], name="people_export_site")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(refused_at=None), name="people_export_is_decided_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None, approved_at=None, refused_at=None)
                | (Q(decided_by__isnull=False) & (Q(approved_at__isnull=False) | Q(refused_at__isnull=False))),
                name="people_export_decided_by_somebody",
            ),
        ]

    @property
    def state(self) -> ExportState:
        """What it is now."""
        if self.refused_at is not None:
            return ExportState.REFUSED
        if self.ends_at <= clock.now():
            return ExportState.ENDED
        return ExportState.WAITING if self.needs_second and self.approved_at is None else ExportState.READY


class ExportCopy(models.Model):
    """A copy of a list that was made for somebody: its number within the list, and how many people stood on it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    export = models.ForeignKey("reporting.PeopleExport", on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    taken_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("number", "people", "taken_at"))

    class Meta:
        verbose_name_plural = "copies of lists"
        constraints = [models.UniqueConstraint(fields=["export", "number"], name="one_copy_a_number")]
