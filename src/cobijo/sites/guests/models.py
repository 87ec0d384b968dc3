"""Tallies of guests, and their parts by sex and age."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared

NEWEST: Final = ("-counted_at", "-received_at", "-id")
"""The order of a night's tallies: the one that stands first."""


class GuestTally(models.Model):
    """Guests of a night as counted up to a moment. The newest of a night stands; the former ones are kept."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="tallies")
    night = models.DateField()
    counted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("night", "counted_at", "received_at", "voided_at"))

    class Meta:
        indexes = [
            models.Index(fields=["site", "night", "counted_at"], condition=Q(voided_at=None), name="tally_of_night")
        ]


class GuestCell(models.Model):
    """Guests of one sex and age band in a tally."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    tally = models.ForeignKey("sites.GuestTally", on_delete=models.PROTECT, related_name="cells")
    sex = models.CharField(max_length=8)
    band = models.CharField(max_length=16)
    persons = models.PositiveIntegerField()

    declared: ClassVar = Declared(plain=("sex", "band", "persons"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tally", "sex", "band"], name="one_cell_of_a_tally"),
            models.CheckConstraint(condition=Q(persons__gt=0), name="guests_are_some"),
        ]
