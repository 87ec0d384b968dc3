"""The figures that are written: published ones from outside, closed nights, and what was released."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Declared
from cobijo.reporting.evening.models import EveningSheet  # noqa: F401 - a table of this app
from cobijo.reporting.people.models import ExportCopy, PeopleExport  # noqa: F401 - likewise
from cobijo.reporting.types import NotCompared, Quantity


class PublishedFigure(models.Model):
    """A number somebody published about a site, a group of sites or a response, with its source.

    ``month_only``: the source gives no day; such a figure is shown and never compared with a night. ``quantity`` is
    one of ``types.Quantity``. ``apart``: the reason of ``types.NotCompared`` why nothing of ours can stand against it,
    empty where something can. ``replayed``: the demonstration's people were made to meet it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    response = models.ForeignKey("sites.Response", on_delete=models.PROTECT, related_name="published")
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, null=True, related_name="published")
    group = models.ForeignKey("sites.SiteGroup", on_delete=models.PROTECT, null=True, related_name="published")
    about = models.CharField(max_length=160)
    quantity = models.CharField(max_length=40, default="persons")
    day = models.DateField()
    month_only = models.BooleanField(default=False)
    value = models.PositiveIntegerField()
    unit = models.CharField(max_length=24, default="persons")
    source = models.CharField(max_length=160)
    address = models.CharField(max_length=300, default="", blank=True)
    note = models.CharField(max_length=480, default="", blank=True)
    inferred = models.BooleanField(default=False)
    replayed = models.BooleanField(default=False)
    apart = models.CharField(max_length=16, default="", blank=True)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=(
            "about", "quantity", "day", "month_only", "value", "unit", "source", "address", "note", "inferred",
            "replayed", "apart", "recorded_at", "voided_at",
        )
    )  # fmt: skip

    @property
    def quantity_word(self) -> str:
        """What the number is of, in words."""
        known = self.quantity in Quantity.values and self.quantity != Quantity.OTHER
        return str(Quantity(self.quantity).label) if known else self.unit or str(Quantity.OTHER.label)

    @property
    def apart_words(self) -> str:
        """Why it is compared with nothing of ours, in words; empty where it may be."""
        return str(NotCompared(self.apart).label) if self.apart else ""

    class Meta:
        indexes = [models.Index(fields=["response", "day"], name="published_day")]
        constraints = [models.CheckConstraint(condition=Q(site=None) | Q(group=None), name="published_of_one_scope")]


class ClosedCensus(models.Model):
    """A night of a site that its team has settled: the figures as they were, and the seal they rest on."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="closed_nights")
    night = models.DateField()
    figures = models.JSONField()
    seal_epoch = models.PositiveIntegerField()
    seal_number = models.PositiveBigIntegerField()
    closed_at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("night", "figures", "seal_epoch", "seal_number", "closed_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "night"], name="a_night_is_closed_once")]


class Release(models.Model):
    """Figures given out of the organisation: suppressed, with what was shown, so that the next cannot undo it.

    A page printed for the door of a site is one too (``door``): its total is out, nothing else of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    night = models.DateField()
    door = models.BooleanField(default=False)
    shown = models.JSONField()
    released_at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("night", "door", "shown", "released_at"))

    class Meta:
        indexes = [models.Index(fields=["night", "unit"], name="release_night")]
