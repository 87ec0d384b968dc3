"""What the verbs about premises take."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared
from cobijo.people.types import Line
from cobijo.sites.types import FacilityIn, Words


class GroundKind(models.TextChoices):
    """What lies under one's feet and over one's head there."""

    ROOFED = "roofed", pgettext_lazy("ground", "roofed")
    EARTH = "earth", pgettext_lazy("ground", "open, earth")
    PAVED = "paved", pgettext_lazy("ground", "open, paved")
    PLOT = "plot", pgettext_lazy("ground", "open plot")


class ActKind(models.TextChoices):
    """What an act settles."""

    OPENING = "opening", _("act of opening")
    CLOSING = "closing", _("act of closing")


class ClosingWhy(models.TextChoices):
    """Why a site closes, after the region's guides."""

    RISK_OVER = "risk_over", _("the risk is over")
    SCHOOL = "school", _("classes begin again")
    NUMBERS = "numbers", _("few people are left")
    UNSAFE = "unsafe", _("the building became unsafe")
    OTHER = "other", _("something else")


Centimetres = Annotated[int, Field(ge=1, le=100_000)]


@dataclass(frozen=True, kw_only=True)
class GroundIn:
    """A room, yard or field as it was measured."""

    kind: GroundKind
    name: Annotated[str, Field(min_length=1, max_length=80)]
    length_cm: Centimetres
    width_cm: Centimetres

    declared: ClassVar = Declared(plain=("kind", "name", "length_cm", "width_cm"))


@dataclass(frozen=True, kw_only=True)
class InventoryIn:
    """Everything of the premises as it was measured and counted on a day."""

    inventoried_on: date
    grounds: Annotated[list[GroundIn], Field(max_length=60)] = field(default_factory=list)
    facilities: Annotated[list[FacilityIn], Field(max_length=30)] = field(default_factory=list)

    declared: ClassVar = Declared(plain=("inventoried_on", "grounds", "facilities"))


@dataclass(frozen=True, kw_only=True)
class MeterIn:
    """What a meter shows, as it is read off."""

    meter: Annotated[str, Field(min_length=1, max_length=80)]
    reading: Annotated[str, Field(min_length=1, max_length=40)]

    declared: ClassVar = Declared(plain=("meter", "reading"))


@dataclass(frozen=True, kw_only=True)
class ThingIn:
    """Furniture of one kind that stays in the building."""

    what: Annotated[str, Field(min_length=1, max_length=80)]
    count: Annotated[int, Field(ge=0, le=100_000)]

    declared: ClassVar = Declared(plain=("what", "count"))


Post = Annotated[str, Field(max_length=80)]


@dataclass(frozen=True, kw_only=True)
class HandOverIn:
    """What both acts say of a building that changes hands. ``owner`` is an organisation; posts, never names."""

    owner: Line = ""
    keys: Line = ""
    state_of_building: Words = ""
    meters: Annotated[list[MeterIn], Field(max_length=20)] = field(default_factory=list)
    furniture: Annotated[list[ThingIn], Field(max_length=60)] = field(default_factory=list)
    handed_by_post: Post = ""
    received_by_post: Post = ""
    remarks: Words = ""

    _plain: ClassVar = (
        "owner", "keys", "state_of_building", "meters", "furniture", "handed_by_post", "received_by_post", "remarks",
    )  # fmt: skip
    declared: ClassVar = Declared(plain=_plain)


@dataclass(frozen=True, kw_only=True)
class OpeningIn(HandOverIn):
    """A building as it is taken over, and the day it must be given back (None: not agreed)."""

    give_back_on: date | None = None

    declared: ClassVar = Declared(plain=(*HandOverIn._plain, "give_back_on"))


@dataclass(frozen=True, kw_only=True)
class ClosingIn(HandOverIn):
    """A building as it is given back, and why the site closes."""

    why: ClosingWhy
    why_words: Line = ""

    declared: ClassVar = Declared(plain=(*HandOverIn._plain, "why", "why_words"))
