"""Committees of a site and their turns."""

from typing import ClassVar

from django.db import models

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.sites.committees.types import CommitteeKind, DayPart, Working


class Committee(models.Model):
    """Residents who look after something. Women, men and elected None: nobody said."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="committees")
    kind = models.CharField(max_length=12, choices=CommitteeKind.choices)
    name = models.CharField(max_length=80, default="", blank=True)
    women = models.PositiveSmallIntegerField(null=True)
    men = models.PositiveSmallIntegerField(null=True)
    elected = models.BooleanField(null=True)
    working = models.CharField(max_length=8, choices=Working.choices, default=Working.UNKNOWN)
    led_by = models.CharField(max_length=80, default="", blank=True)
    formed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=("kind", "name", "women", "men", "elected", "working", "led_by", "formed_at", "ended_at")
    )

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class Turn(models.Model):
    """A committee at work in a part of a day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    committee = models.ForeignKey("sites.Committee", on_delete=models.PROTECT, related_name="turns")
    day = models.DateField()
    part = models.CharField(max_length=10, choices=DayPart.choices)
    persons = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=120, default="", blank=True)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("day", "part", "persons", "note", "voided_at"))

    class Meta:
        indexes = [models.Index(fields=["committee", "day"], name="turn_day")]
