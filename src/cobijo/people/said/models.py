"""What households said, and who may receive for them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared
from cobijo.people.types import Informant

NAME = 120


class HouseholdSaid(models.Model):
    """What a household said of itself. ``person``: who answers for it.

    ``filled_by`` is a colleague's name, and still stands under the person: it is kept for them, to ask what a line
    means, and goes when they are forgotten.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="said")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    size_said = models.PositiveSmallIntegerField(null=True)
    here_said = models.PositiveSmallIntegerField(null=True)
    animals = models.PositiveSmallIntegerField(null=True)
    animals_said = models.CharField(max_length=240, default="", blank=True)
    informed_by = models.CharField(max_length=8, choices=Informant.choices, default=Informant.UNSAID, blank=True)
    filled_by = models.CharField(max_length=NAME, default="", blank=True)
    explained_in = models.CharField(max_length=35, default="", blank=True)
    said_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.IDENTITY: ("size_said", "here_said", "informed_by", "filled_by", "explained_in"),
            Category.LOCATION: ("animals", "animals_said"),
        },
        plain=("said_at", "voided_at"),
        left_out=("filled_by",),
    )

    class Meta:
        verbose_name_plural = "what households said"
        constraints = [
            models.UniqueConstraint(
                fields=["household"], condition=Q(voided_at=None), name="one_word_a_household_counts"
            ),
        ]


class Collector(models.Model):
    """Who may receive for a household beside its members, from when to when; ``card``: what they show."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="collectors")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME)
    card = models.ForeignKey("people.Card", on_delete=models.SET_NULL, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id", by={Category.IDENTITY: ("name",)}, plain=("starts_at", "ends_at")
    )

    class Meta:
        indexes = [models.Index(fields=["household"], condition=Q(ends_at=None), name="collectors_now")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="collector_ends_after_start"
            ),
        ]
