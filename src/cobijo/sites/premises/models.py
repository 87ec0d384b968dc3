"""Grounds of a site, and the acts by which it was opened and closed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.sites.premises.types import ActKind, ClosingWhy, GroundKind


class Ground(models.Model):
    """A room, yard or field of a site as measured on a day; a new inventory takes the place of the one before."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="grounds")
    kind = models.CharField(max_length=8, choices=GroundKind.choices)
    name = models.CharField(max_length=80)
    length_cm = models.PositiveIntegerField()
    width_cm = models.PositiveIntegerField()
    inventoried_on = models.DateField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("kind", "name", "length_cm", "width_cm", "inventoried_on", "voided_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(length_cm__gt=0, width_cm__gt=0), name="ground_has_an_area"),
            models.UniqueConstraint(fields=["site", "name"], condition=Q(voided_at=None), name="one_ground_a_name"),
        ]

    @property
    def area_dm2(self) -> int:
        """Its area in whole square decimetres; what is left over is left out."""
        return self.length_cm * self.width_cm // 100

    @property
    def length_m(self) -> str:
        return f"{self.length_cm / 100:g}"

    @property
    def width_m(self) -> str:
        return f"{self.width_cm / 100:g}"

    @property
    def area_m2(self) -> float:
        return round(self.length_cm * self.width_cm / 10_000, 1)


class SiteAct(models.Model):
    """The opening or closing of a site as it was written down, with a number of its own at the site.

    ``owner`` is an organisation; who handed over and who received are posts. Names stand on the print only, by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=8, choices=ActKind.choices)
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    owner = models.CharField(max_length=240, default="", blank=True)
    give_back_on = models.DateField(null=True)
    keys = models.CharField(max_length=240, default="", blank=True)
    state_of_building = models.CharField(max_length=480, default="", blank=True)
    meters = models.JSONField(default=list)
    furniture = models.JSONField(default=list)
    handed_by_post = models.CharField(max_length=80, default="", blank=True)
    received_by_post = models.CharField(max_length=80, default="", blank=True)
    remarks = models.CharField(max_length=480, default="", blank=True)
    why = models.CharField(max_length=12, choices=ClosingWhy.choices, default="", blank=True)
    why_words = models.CharField(max_length=240, default="", blank=True)

    declared: ClassVar = Declared(
        plain=(
            "kind", "number", "at", "owner", "give_back_on", "keys", "state_of_building", "meters", "furniture",
            "handed_by_post", "received_by_post", "remarks", "why", "why_words",
        )
    )  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "kind", "number"], name="one_act_a_number")]
