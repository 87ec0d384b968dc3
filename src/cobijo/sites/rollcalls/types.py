"""What crosses the roll-call's door."""

from dataclasses import dataclass
from typing import Annotated, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared


class RollState(models.TextChoices):
    OPEN = "open", pgettext_lazy("roll-call", "under way")
    ENDED = "ended", pgettext_lazy("roll-call", "ended")


class DifferenceKind(models.TextChoices):
    """How the marks and the register disagree."""

    HERE_NOT_REGISTERED = "here_not_registered", pgettext_lazy("difference", "here, and not registered as here")
    REGISTERED_NOT_HERE = "registered_not_here", pgettext_lazy("difference", "registered, and not here")
    OTHER_SPACE = "other_space", pgettext_lazy("difference", "here, in another space")


class Explanation(models.TextChoices):
    """Why the marks and the register disagree, as far as anybody knows."""

    SLEEPS_AT_HOME = "sleeps_at_home", pgettext_lazy("explanation", "sleeps at home tonight")
    AT_WORK = "at_work", pgettext_lazy("explanation", "at work")
    HOSPITAL = "hospital", pgettext_lazy("explanation", "in hospital")
    LEFT_WITHOUT_WORD = "left_without_word", pgettext_lazy("explanation", "left without word")
    NOT_REGISTERED_YET = "not_registered_yet", pgettext_lazy("explanation", "not registered yet")
    GUEST = "guest", pgettext_lazy("explanation", "a guest of this night")
    ELSEWHERE_IN_SITE = "elsewhere_in_site", pgettext_lazy("explanation", "elsewhere in the site")
    MISTAKE = "mistake", pgettext_lazy("explanation", "a mistake in marking")
    OTHER = "other", pgettext_lazy("explanation", "something else")


class Acted(models.TextChoices):
    """What was found done about a difference when it was explained: worked out from the stay, never told."""

    NOTHING = "", pgettext_lazy("acted", "nothing recorded")
    CHECKED_OUT = "checked_out", pgettext_lazy("acted", "checked out")
    WENT_OUT = "went_out", pgettext_lazy("acted", "recorded as temporarily out")
    CAME_BACK = "came_back", pgettext_lazy("acted", "recorded as back")
    CHECKED_IN = "checked_in", pgettext_lazy("acted", "checked in")
    MOVED = "moved", pgettext_lazy("acted", "moved to another space")


@dataclass(frozen=True, kw_only=True)
class MarkIn:
    """What was seen of one person: here or not, and where; ``space_id`` None: where they are registered."""

    mark_id: UUID
    stay_id: UUID
    here: bool
    space_id: UUID | None = None

    declared: ClassVar = Declared(plain=("here",))


Marks = Annotated[list[MarkIn], Field(min_length=1, max_length=60)]
Nameless = Annotated[int, Field(ge=0, le=1_000)]
