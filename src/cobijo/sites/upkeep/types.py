"""What the verbs about tasks and checklists take."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Declared


class TaskState(models.TextChoices):
    """What became of a task."""

    OPEN = "open", pgettext_lazy("task", "to do")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", pgettext_lazy("task", "dropped")


class Checklist(models.TextChoices):
    """Which list is gone through."""

    OPENING = "opening", _("when the site opens")
    CLOSING = "closing", _("before the site closes")


class ItemState(models.TextChoices):
    """How an item of a list stands."""

    OPEN = "open", pgettext_lazy("task", "to do")
    DONE = "done", pgettext_lazy("task", "done")
    NOT_APPLICABLE = "na", _("does not apply here")


@dataclass(frozen=True, kw_only=True)
class TaskIn:
    """Something to be done. ``indicator``: the one below its norm that it comes from. ``what`` names nobody."""

    what: Annotated[str, Field(min_length=1, max_length=240)]
    indicator: Annotated[str, Field(max_length=40)] = ""
    incident_id: UUID | None = None
    owner_id: UUID | None = None
    due_on: date | None = None

    declared: ClassVar = Declared(plain=("what", "indicator", "due_on"))
