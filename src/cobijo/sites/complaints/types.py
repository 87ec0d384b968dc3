"""What the verbs about complaints take."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Category, Declared
from cobijo.people.types import Sex


class Channel(models.TextChoices):
    """How it came."""

    BOX = "box", _("complaints box")
    PAPER = "paper", _("paper form")
    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by telephone")
    MEETING = "meeting", _("at a meeting")


class ComplaintState(models.TextChoices):
    """How it stands."""

    OPEN = "open", pgettext_lazy("complaint", "waits for an answer")
    ANSWERED = "answered", pgettext_lazy("complaint", "answered")
    REOPENED = "reopened", pgettext_lazy("complaint", "opened again")


class Grown(models.TextChoices):
    """Whether a child complains, as far as it is said."""

    CHILD = "child", _("under 18")
    ADULT = "adult", _("18 and over")
    UNSAID = "", pgettext_lazy("age", "not said")


Text = Annotated[str, Field(min_length=1, max_length=4_000)]
SLIP_PATTERN = r"^Q [0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]{3}-[0-9A-HJKMNP-TV-Z]$"
SlipNumber = Annotated[str, Field(pattern=SLIP_PATTERN, examples=["Q HGJ-ZSF-Z"])]


@dataclass(frozen=True, kw_only=True)
class ComplaintIn:
    """A complaint as it was told. ``number`` is drawn before: by the page, or printed on the slip that was torn off.

    All of it is sealed, what it is about too: nobody reads from the journal that somebody complained of staff.
    ``contact``: a safe way to answer, where one is wanted.
    """

    number: SlipNumber
    channel: Channel
    kind: Annotated[str, Field(max_length=16)]
    text: Text
    wanted: Annotated[str, Field(max_length=1_000)] = ""
    anonymous: bool = True
    contact: Annotated[str, Field(max_length=240)] = ""
    language: Annotated[str, Field(max_length=8)] = ""
    sex: Sex = Sex.UNKNOWN
    grown: Grown = Grown.UNSAID
    happened_on: date | None = None

    declared: ClassVar = Declared(
        by={
            Category.PROTECTION: (
                "number", "channel", "kind", "text", "wanted", "anonymous", "contact", "language", "sex", "grown",
                "happened_on",
            )
        }
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class AnswerComplaintIn:
    """What a complaint is answered: the answer as it is handed out, when it was told, whether they were content."""

    answer: Text
    told_on: date | None = None
    satisfied: bool | None = None

    declared: ClassVar = Declared(by={Category.PROTECTION: ("answer",)}, plain=("told_on", "satisfied"))


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """Who sees to a complaint, and by when."""

    owner_id: UUID | None = None
    due_on: date

    declared: ClassVar = Declared(plain=("due_on",))
