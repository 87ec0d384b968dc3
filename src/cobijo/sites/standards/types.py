"""What the verbs about rounds take."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared


class Phase(models.TextChoices):
    """Which thresholds hold."""

    FIRST = "first", _("first weeks")
    LATER = "later", _("afterwards")


class Regime(models.TextChoices):
    """How people use a site. What holds for a refuge for hours is compared with nothing else."""

    HOURS = "hours", _("refuge for hours")
    NIGHTS = "nights", _("people sleep under one roof")
    SETTLEMENT = "settlement", _("settlement with shelters of their own")


class AnswerState(models.TextChoices):
    """What is known of an indicator. Unknown is never taken for nothing, nor for good."""

    KNOWN = "known", pgettext_lazy("answer", "known")
    UNKNOWN = "unknown", pgettext_lazy("answer", "not known")
    NOT_APPLICABLE = "not_applicable", _("does not apply here")


class AnswerFrom(models.TextChoices):
    """How an answer came about."""

    OBSERVED = "observed", pgettext_lazy("answer", "seen")
    TOLD = "told", pgettext_lazy("answer", "told")
    COMPUTED = "computed", pgettext_lazy("answer", "reckoned from the register")


class Service(models.TextChoices):
    """The eleven services a site is asked about; the codes are those of the needs in ``data/norms.toml``."""

    MANAGEMENT = "management", _("management of the site")
    SHELTER = "shelter", _("shelter and space")
    HOUSEHOLD = "household", _("household articles")
    WATER = "water", pgettext_lazy("service", "water")
    HYGIENE = "hygiene", _("toilets and hygiene")
    FOOD = "food", pgettext_lazy("service", "food")
    NUTRITION = "nutrition", _("nutrition")
    HEALTH = "health", pgettext_lazy("service", "health")
    EDUCATION = "education", _("education")
    PROTECTION = "protection", _("protection")
    LIVELIHOODS = "livelihoods", _("work and livelihoods")


class Adequacy(models.TextChoices):
    """Whether a service is enough."""

    ADEQUATE = "adequate", _("enough")
    INADEQUATE = "inadequate", _("not enough")
    NONE = "none", pgettext_lazy("service", "there is none")
    UNKNOWN = "unknown", pgettext_lazy("answer", "not known")


MOST_ANSWERS: Final = 200
Value = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=3)]


@dataclass(frozen=True, kw_only=True)
class RoundIn:
    """How a site is looked at. ``norm_set`` empty: the one its response has chosen."""

    phase: Phase
    regime: Regime
    norm_set: Annotated[str, Field(max_length=24)] = ""

    declared: ClassVar = Declared(plain=("phase", "regime", "norm_set"))


@dataclass(frozen=True, kw_only=True)
class AnswerIn:
    """What was found of an indicator. Of people a thing, ``value`` is how many things there are; yes is 1 and no is 0.

    ``chosen`` holds codes of the indicator's options, in their order where they are ranked. ``note`` names nobody.
    """

    indicator: Annotated[str, Field(min_length=1, max_length=40)]
    state: AnswerState = AnswerState.KNOWN
    value: Value | None = None
    day: date | None = None
    chosen: Annotated[list[Annotated[str, Field(max_length=24)]], Field(max_length=20)] = field(default_factory=list)
    source: AnswerFrom = AnswerFrom.OBSERVED
    note: Annotated[str, Field(max_length=240)] = ""

    declared: ClassVar = Declared(plain=("indicator", "state", "value", "day", "chosen", "source", "note"))


@dataclass(frozen=True, kw_only=True)
class ServiceIn:
    """Whether a service is enough, and which organisation provides it."""

    service: Service
    adequacy: Adequacy
    provider: Annotated[str, Field(max_length=120)] = ""

    declared: ClassVar = Declared(plain=("service", "adequacy", "provider"))
