"""Passages and visits."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, OnErasure, Retention
from cobijo.sites.gate.types import Meal, VisitState, Way


class Passage(models.Model):
    """Somebody who stays at a site went out, came in or took a meal.

    ``flags``: codes of what was odd about it. ``by``: the account that recorded it, which may take it back for a while
    (``undone_at``). Of an erased person the meals go on, without them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="passages")
    stay = models.ForeignKey("sites.Stay", on_delete=models.PROTECT, related_name="passages")
    way = models.CharField(max_length=4, choices=Way.choices)
    meal = models.CharField(max_length=10, choices=Meal.choices, default="", blank=True)
    at = models.DateTimeField()
    flags = models.JSONField(default=list)
    by = models.UUIDField()
    undone_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="stay__person_id",
        by={Category.LOCATION: ("way", "meal", "at")},
        plain=("flags", "undone_at"),
        retention=Retention.SHORT,
        on_erasure=OnErasure.UNLINK,
    )

    class Meta:
        indexes = [
            models.Index(fields=["site", "at"], name="passage_site_at"),
            models.Index(fields=["stay", "at"], name="passage_stay_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=Way.MEAL, meal__in=Meal.values) | (~Q(way=Way.MEAL) & Q(meal="")),
                name="passage_meal_is_named",
            )
        ]


class Visit(models.Model):
    """Somebody outside who asked for somebody. Names are sealed, and the whole is gone after seven days.

    ``person``: who was told, by whoever may find them; the gate never learns whether there was anybody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="visits")
    sealed_visitor = models.BinaryField()
    sealed_asked = models.BinaryField()
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, choices=VisitState.choices, default=VisitState.WAITING)
    at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.CONTACT: ("sealed_visitor", "sealed_asked")},
        plain=("state", "at", "told_at", "settled_at"),
        retention=Retention.SHORT,
        not_copied="who asked for them is told to them at once, and is kept for seven days only",
    )

    class Meta:
        indexes = [models.Index(fields=["site", "at"], name="visit_site_at")]
