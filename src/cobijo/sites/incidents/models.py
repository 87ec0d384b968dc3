"""Incidents of a site, and who they are about."""

from typing import ClassVar

from django.db import models

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, Purpose
from cobijo.sites.incidents.types import IncidentKind, IncidentState, Seriousness


class Incident(models.Model):
    """Something that happened at a site. Its number is drawn: no gap tells of one that a reader may not see.

    ``sealed`` and ``sealed_outcome`` are under the ring's key: words that may name somebody all the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="incidents")
    number = models.CharField(max_length=8)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    space = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=IncidentKind.choices)
    seriousness = models.PositiveSmallIntegerField(choices=Seriousness.choices)
    confidential = models.BooleanField(default=False)
    sealed = models.BinaryField()
    told = models.JSONField(default=list)
    recorded_by = models.ForeignKey("accounts.Account", on_delete=models.SET_NULL, null=True, related_name="+")
    owner = models.ForeignKey("accounts.Account", on_delete=models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    sealed_outcome = models.BinaryField(default=b"")
    state = models.CharField(max_length=8, choices=IncidentState.choices, default=IncidentState.OPEN)
    closed_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=(
            "number", "happened_at", "recorded_at", "kind", "seriousness", "confidential", "sealed", "told", "due_on",
            "sealed_outcome", "state", "closed_at",
        )
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["site", "state", "happened_at"], name="incident_at")]

    def __str__(self) -> str:
        return self.number


class Involved(models.Model):
    """A person an incident is about. That somebody is named here says nothing of what they did."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    incident = models.ForeignKey("sites.Incident", on_delete=models.CASCADE, related_name="involved")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="incidents")
    noted_at = models.DateTimeField()

    declared: ClassVar = Declared(subject="person_id", by={Category.PROTECTION: ("noted_at",)}, purpose=Purpose.SHELTER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="involved_once")]
