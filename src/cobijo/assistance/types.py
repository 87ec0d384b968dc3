"""What crosses this app's door: choices, and the records its verbs take."""

from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared

MOST_LINES: Final = 60
MOST: Final = 1_000_000


class ItemKind(models.TextChoices):
    """Which shelf of the store an item belongs to."""

    FOOD = "food", pgettext_lazy("store", "food")
    INFANT = "infant", pgettext_lazy("store", "for infants")
    HYGIENE = "hygiene", pgettext_lazy("store", "hygiene")
    BEDDING = "bedding", pgettext_lazy("store", "bedding")
    MEDICINE = "medicine", pgettext_lazy("store", "medicine")
    CLOTHES = "clothes", pgettext_lazy("store", "clothes")
    WATER = "water", pgettext_lazy("store", "water")
    FUEL = "fuel", pgettext_lazy("store", "fuel")
    OTHER = "other", pgettext_lazy("store", "other")


class SlipKind(models.TextChoices):
    """What a slip says of the goods on it."""

    RECEIVED = "received", pgettext_lazy("goods", "received")
    GIVEN = "given", pgettext_lazy("goods", "given out")
    COUNTED = "counted", pgettext_lazy("goods", "counted")
    LOST = "lost", pgettext_lazy("goods", "lost or spoiled")


class Party(models.TextChoices):
    """From or to whom goods go. Only what is no person has a name on a slip."""

    ORGANISATION = "organisation", _("organisation or donor")
    OFFICE = "office", _("municipality or other office")
    SITE = "site", _("another site")
    COMMUNITY = "community", _("neighbours and families from outside")
    HOUSEHOLDS = "households", _("households of this site")
    KITCHEN = "kitchen", _("kitchen")
    COMMITTEE = "committee", _("committee")
    HEALTH = "health", _("health post")


NAMED: Final = frozenset({Party.ORGANISATION, Party.OFFICE, Party.SITE})


class Sure(models.TextChoices):
    """How a ratio was come by."""

    READ = "read", _("read in its source")
    QUOTED = "quoted", _("quoted by another document")
    ASSUMED = "assumed", _("assumed: confirm it with health or supply")


class FormulaKind(models.TextChoices):
    """The formula an infant is fed with, by the word of a health worker."""

    POWDER = "powder", pgettext_lazy("formula", "powder")
    READY = "ready", pgettext_lazy("formula", "ready to use")


class Flag(models.TextChoices):
    """What was accepted although something is amiss, each with the sentence a desk shows."""

    BELOW_NOTHING = (
        "assistance.below_nothing",
        _("More went out than the store's book has of something. Count it, so that the book is right again."),
    )
    COUNT_DIFFERS = "assistance.count_differs", _("The count differs from the book. The difference is kept.")
    COUNTED_SINCE = (
        "assistance.counted_since",
        _("Something of this slip was counted after it. The count stands; the slip is kept."),
    )


@dataclass(frozen=True, kw_only=True)
class LineIn:
    """One item on a slip: how many of its unit, in which size. Only a count may say none."""

    item: Annotated[str, Field(min_length=1, max_length=32)]
    variant: Annotated[str, Field(max_length=16)] = ""
    quantity: Annotated[int, Field(ge=0, le=MOST)]

    declared: ClassVar = Declared(plain=("item", "variant", "quantity"))


@dataclass(frozen=True, kw_only=True)
class SlipIn:
    """A slip: its items, from or to whom, a note. ``whom``: the name of an organisation, an office or a site only."""

    lines: Annotated[list[LineIn], Field(min_length=1, max_length=MOST_LINES)]
    party: Party | None = None
    whom: Annotated[str, Field(max_length=120)] = ""
    note: Annotated[str, Field(max_length=240)] = ""

    declared: ClassVar = Declared(plain=("lines", "party", "whom", "note"))
