"""Tasks of a site, and what was ticked off on its lists."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.sites.upkeep.types import Checklist, ItemState, TaskState


class Task(models.Model):
    """Something to be done at a site. ``indicator`` and ``incident`` say what it comes from."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=240)
    indicator = models.CharField(max_length=40, default="", blank=True)
    incident = models.ForeignKey("sites.Incident", on_delete=models.PROTECT, null=True, related_name="tasks")
    owner = models.ForeignKey("accounts.Account", on_delete=models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=TaskState.choices, default=TaskState.OPEN)
    set_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=240, default="", blank=True)

    declared: ClassVar = Declared(plain=("what", "indicator", "due_on", "state", "set_at", "settled_at", "outcome"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_at=None) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="task_settled_has_its_time",
            )
        ]
        indexes = [models.Index(fields=["site", "state", "due_on"], name="task_due")]


class Tick(models.Model):
    """How an item of a list was said to stand; the newest of an item since the site last changed hands counts."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="ticks")
    checklist = models.CharField(max_length=8, choices=Checklist.choices)
    item = models.CharField(max_length=24)
    state = models.CharField(max_length=8, choices=ItemState.choices)
    at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("checklist", "item", "state", "at"))

    class Meta:
        indexes = [models.Index(fields=["site", "checklist", "at"], name="tick_at")]
