"""Rules of responses, and what runs found and did. In numbers alone: who it was stands nowhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.people.retention.types import RuleFor


class RetentionRule(models.Model):
    """A rule of a response from a moment on; the one that has not ended counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=12, choices=RuleFor.choices)
    days = models.PositiveSmallIntegerField()
    on = models.BooleanField()
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("category", "days", "on", "set_at", "ended_at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "category"], condition=Q(ended_at=None), name="one_retention_rule_a_category"
            )
        ]


class RetentionRun(models.Model):
    """What was due at a moment, in numbers by category, and what was done of it; null while nothing was."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    previewed_at = models.DateTimeField()
    previewed = models.JSONField()
    ran_at = models.DateTimeField(null=True)
    done = models.JSONField(null=True)

    declared: ClassVar = Declared(plain=("previewed_at", "previewed", "ran_at", "done"))

    class Meta:
        indexes = [models.Index(fields=["unit", "previewed_at"], name="retention_run")]
