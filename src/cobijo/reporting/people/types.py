"""Which lists there are, what they may be taken for, and what became of one that was asked for."""

from typing import Annotated, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Purpose

DAYS_OPEN: Final = 7
"""Days in which copies can be taken; after that it is asked for again."""

Reason = Annotated[str, Field(min_length=1, max_length=480)]


class ListKind(models.TextChoices):
    """Which list it is; its columns are in ``columns``."""

    RESIDENTS = "residents", _("who stays here")
    HOUSEHOLDS = "households", _("households, with their way out")
    DISTRIBUTION = "distribution", _("households for a distribution, to be signed")


class ExportPurpose(models.TextChoices):
    """What a list by name may be taken for. Figures are no purpose: they go without names."""

    SHELTER = Purpose.SHELTER.value, pgettext_lazy("purpose", "shelter")
    ASSISTANCE = Purpose.ASSISTANCE.value, pgettext_lazy("purpose", "assistance")
    TRACING = Purpose.TRACING.value, pgettext_lazy("purpose", "search for family")
    PROTECTION = Purpose.PROTECTION.value, pgettext_lazy("purpose", "protection")


class ExportState(models.TextChoices):
    """What became of it: worked out from its row, never kept."""

    WAITING = "waiting", pgettext_lazy("list of people", "waits for a second person")
    READY = "ready", pgettext_lazy("list of people", "copies can be taken")
    REFUSED = "refused", pgettext_lazy("list of people", "refused")
    ENDED = "ended", pgettext_lazy("list of people", "ended")


class ListForm(models.TextChoices):
    """As what kind of file a copy is made."""

    XLSX = "xlsx", "XLSX"
    CSV = "csv", "CSV"
