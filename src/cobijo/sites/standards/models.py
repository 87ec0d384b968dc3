"""Rounds of a site, what they found, and by which norms a response goes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.sites.standards.types import Adequacy, AnswerFrom, AnswerState, Phase, Regime, Service


class NormChoice(models.Model):
    """From a moment on a response goes by a norm set; without one by that of its country, or the default."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    response = models.ForeignKey("sites.Response", on_delete=models.PROTECT, related_name="norm_choices")
    norm_set = models.CharField(max_length=24)
    at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("norm_set", "at"))

    class Meta:
        indexes = [models.Index(fields=["response", "at"], name="norm_choice_at")]


class Round(models.Model):
    """A visit in which a site is looked at. It keeps by which norms, so that later norms change nothing of it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="rounds")
    phase = models.CharField(max_length=8, choices=Phase.choices)
    regime = models.CharField(max_length=12, choices=Regime.choices)
    norm_set = models.CharField(max_length=24)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("phase", "regime", "norm_set", "began_at", "ended_at", "voided_at"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("began_at")), name="round_ends_after_it_began"
            )
        ]
        indexes = [models.Index(fields=["site", "began_at"], name="round_at")]


class Answer(models.Model):
    """What a round found of an indicator. ``people``: among how many it was reckoned, where it is people a thing."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    round = models.ForeignKey("sites.Round", on_delete=models.PROTECT, related_name="answers")
    indicator = models.CharField(max_length=40)
    state = models.CharField(max_length=16, choices=AnswerState.choices)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    people = models.PositiveIntegerField(null=True)
    day = models.DateField(null=True)
    chosen = models.JSONField(default=list)
    source = models.CharField(max_length=10, choices=AnswerFrom.choices)
    note = models.CharField(max_length=240, default="", blank=True)

    declared: ClassVar = Declared(plain=("indicator", "state", "value", "people", "day", "chosen", "source", "note"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "indicator"], name="one_answer_an_indicator"),
            models.CheckConstraint(
                condition=Q(state="known") | Q(value=None, people=None, day=None), name="unknown_has_no_value"
            ),
        ]


class ServiceAnswer(models.Model):
    """Whether a service is enough at a site, and who provides it, as a round found it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    round = models.ForeignKey("sites.Round", on_delete=models.PROTECT, related_name="services")
    service = models.CharField(max_length=12, choices=Service.choices)
    adequacy = models.CharField(max_length=12, choices=Adequacy.choices)
    provider = models.CharField(max_length=120, default="", blank=True)

    declared: ClassVar = Declared(plain=("service", "adequacy", "provider"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "service"], name="one_answer_a_service")]
