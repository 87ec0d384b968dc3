"""What can be asked for, by whom, and how it can be answered."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Category, Declared, Purpose

Words = Annotated[str, Field(max_length=2_000)]
CopyLanguage = Annotated[str, Field(pattern=r"^(es|en)$")]

DAYS_TO_ANSWER: Final = 30
"""Days from the day something is asked to the day by which it is answered."""
DAYS_OF_BACKUPS: Final = 35
"""Days after which no backup holds an erased person any more, as the letter says; docs/admin/erasing.md."""


class RightKind(models.TextChoices):
    """What is asked for."""

    COPY = "copy", _("a copy of their data")
    CORRECTION = "correction", _("a correction")
    ERASURE = "erasure", _("to be erased")
    WITHDRAWAL = "withdrawal", _("to take back their consent")


class AskedBy(models.TextChoices):
    """Who asks: the person, who cares for them, or who speaks for them."""

    PERSON = "person", pgettext_lazy("asks", "the person")
    CAREGIVER = "caregiver", pgettext_lazy("asks", "who cares for the child or the person")
    REPRESENTATIVE = "representative", pgettext_lazy("asks", "somebody in their name, with a paper that says so")


class Answered(models.TextChoices):
    """How a request was answered."""

    GRANTED = "granted", pgettext_lazy("request", "granted")
    PARTLY = "partly", pgettext_lazy("request", "granted in part")
    REFUSED = "refused", pgettext_lazy("request", "refused")


class RefusalGround(models.TextChoices):
    """Why something is not done, or not all of it."""

    NOT_THEIRS = "not_theirs", _("whoever asks could not show that it is theirs to ask")
    STILL_HERE = "still_here", _("the person still stays here and needs it for bed and food")
    LEGAL_DUTY = "legal_duty", _("a law demands that it is kept for a while")
    OF_OTHERS = "of_others", _("it would harm somebody else")
    CORRECT = "correct", _("it was looked at and is correct")


@dataclass(frozen=True, kw_only=True)
class RequestIn:
    """What a person asks, on which day, who asks, in which language it is answered, and their words."""

    person_id: UUID
    kind: RightKind
    asked_on: date
    asked_by: AskedBy = AskedBy.PERSON
    language: CopyLanguage = "es"
    words: Words = ""

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("words",)},
        plain=("kind", "asked_on", "asked_by", "language"),
        purpose=Purpose.SECURITY,
    )
