"""The numbers of people without a name yet."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.algorithms.ages import UNKNOWN
from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.people.types import Sex
from cobijo.sites.types import OutReason


class Unnamed(models.Model):
    """So many people of a household, of one sex and age band, without a name yet.

    ``band`` is a code of the response's set. Naming one lowers ``persons``, and the named stay begins when this one
    did: no night counts more or fewer for it. With the last one named the row is void.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="unnamed")
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="unnamed")
    space = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="unnamed")
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    band = models.CharField(max_length=16, default=UNKNOWN)
    persons = models.PositiveSmallIntegerField()
    in_at = models.DateTimeField()
    out_at = models.DateTimeField(null=True)
    out_reason = models.CharField(max_length=12, choices=OutReason.choices, default="", blank=True)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("sex", "band", "persons", "in_at", "out_at", "out_reason", "voided_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(persons__gt=0), name="unnamed_are_some"),
            models.CheckConstraint(
                condition=Q(out_at=None) | Q(out_at__gte=F("in_at")), name="unnamed_end_after_start"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "in_at", "out_at"], condition=Q(voided_at=None), name="unnamed_census"),
            models.Index(fields=["household"], name="unnamed_household"),
        ]


class TransferNumber(models.Model):
    """People without a name who go along with a transfer: the number that ends, and the one it begins."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    transfer = models.ForeignKey("sites.Transfer", on_delete=models.PROTECT, related_name="numbers")
    counted = models.ForeignKey("sites.Unnamed", on_delete=models.PROTECT, related_name="+")
    arrived = models.ForeignKey("sites.Unnamed", on_delete=models.PROTECT, null=True, related_name="+")

    declared: ClassVar = Declared()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["transfer", "counted"], name="one_number_a_transfer")]
