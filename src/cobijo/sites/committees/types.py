"""What the verbs about committees take."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared


class CommitteeKind(models.TextChoices):
    """What a committee looks after, as the region's manuals name them."""

    KITCHEN = "kitchen", pgettext_lazy("committee", "kitchen")
    CLEANING = "cleaning", pgettext_lazy("committee", "cleaning and order")
    SAFETY = "safety", pgettext_lazy("committee", "safety")
    HEALTH = "health", pgettext_lazy("committee", "health")
    CHILDREN = "children", pgettext_lazy("committee", "children")
    SUPPLIES = "supplies", pgettext_lazy("committee", "supplies")
    WELFARE = "welfare", pgettext_lazy("committee", "social welfare")
    SERVICES = "services", pgettext_lazy("committee", "general services")
    CENSUS = "census", pgettext_lazy("committee", "census and statistics")
    SITE = "site", pgettext_lazy("committee", "the whole site")
    OTHER = "other", pgettext_lazy("committee", "other")


class Working(models.TextChoices):
    """Whether a committee works."""

    YES = "yes", pgettext_lazy("working", "yes")
    PARTLY = "partly", pgettext_lazy("working", "partly")
    NO = "no", pgettext_lazy("working", "no")
    UNKNOWN = "unknown", pgettext_lazy("working", "not known")


class DayPart(models.TextChoices):
    """The part of a day a turn lies in."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    NIGHT = "night", _("night")


Head = Annotated[int, Field(ge=0, le=1_000)]


@dataclass(frozen=True, kw_only=True)
class CommitteeIn:
    """A committee as it stands: how many women and men, chosen by the residents or not, which post leads it."""

    kind: CommitteeKind
    name: Annotated[str, Field(max_length=80)] = ""
    women: Head | None = None
    men: Head | None = None
    elected: bool | None = None
    working: Working = Working.UNKNOWN
    led_by: Annotated[str, Field(max_length=80)] = ""

    declared: ClassVar = Declared(plain=("kind", "name", "women", "men", "elected", "working", "led_by"))


@dataclass(frozen=True, kw_only=True)
class TurnIn:
    """A turn: which day and part of it, how many people, and where or from which room, in words."""

    day: date
    part: DayPart
    persons: Annotated[int, Field(ge=1, le=1_000)]
    note: Annotated[str, Field(max_length=120)] = ""

    declared: ClassVar = Declared(plain=("day", "part", "persons", "note"))
