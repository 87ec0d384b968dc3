"""What crosses this room's door: the languages a form is printed in, why one is put away, and its number as typed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

MOST: Final = 200
"""Forms printed at once: a stack one person carries."""

FormText = Annotated[str, Field(min_length=1, max_length=40)]
"""The number of a form as it was scanned or typed."""


class FormLanguage(models.TextChoices):
    """In which language a form is printed."""

    SPANISH = "es", _("Spanish")
    ENGLISH = "en", _("English")


class FormEnd(models.TextChoices):
    """Why a form is not typed in."""

    SPOILED = "spoiled", pgettext_lazy("form", "spoiled")
    LOST = "lost", pgettext_lazy("form", "lost")
    BLANK = "blank", pgettext_lazy("form", "left blank")


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that can be typed in: its number, its batch, the card that goes with it, and the number after it."""

    form_id: UUID
    number: str
    batch_id: UUID
    batch: int
    language: str
    card: str
    printed: int
    typed: int
    after: str


@dataclass(frozen=True, slots=True)
class FormLine:
    """A form on the page of its batch."""

    id: UUID
    number: str
    card: str
    typed_at: datetime | None
    end: str
