"""Sheets as they were signed."""

from typing import ClassVar

from django.db import models

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.reporting.evening.types import SheetKind


class EveningSheet(models.Model):
    """A sheet of the evening as its site's manager signed it; ``shown`` keeps every figure of it, in words as printed.

    ``number`` counts the sheets of a site from 1.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="+")
    night = models.DateField()
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=SheetKind.choices)
    gaps = models.JSONField(default=list)
    signed_post = models.CharField(max_length=80)
    phone = models.CharField(max_length=40, default="", blank=True)
    at = models.DateTimeField()
    shown = models.JSONField()

    declared: ClassVar = Declared(plain=("night", "number", "kind", "gaps", "signed_post", "phone", "at", "shown"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "number"], name="one_sheet_a_number")]
