"""What the verbs about incidents take."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

from cobijo.core.personal import Category, Declared
from cobijo.people.types import Line


class IncidentKind(models.TextChoices):
    """What happened, as a site's log names it. There is no kind for violence within a family: that is a case."""

    FIRE = "fire", pgettext_lazy("incident", "fire")
    UTILITIES = "utilities", pgettext_lazy("incident", "water or light failed")
    FIGHT = "fight", pgettext_lazy("incident", "fight")
    THEFT = "theft", pgettext_lazy("incident", "theft")
    NOT_BACK = "not_back", pgettext_lazy("incident", "somebody has not come back")
    ILLNESS = "illness", pgettext_lazy("incident", "illness or accident")
    BUILDING = "building", pgettext_lazy("incident", "damage to the building")
    ENTRY = "entry", pgettext_lazy("incident", "somebody came in who may not")
    DENIED = "denied", pgettext_lazy("incident", "medicine or food was refused")
    OTHER = "other", pgettext_lazy("incident", "something else")


class Seriousness(models.IntegerChoices):
    """How serious it was."""

    LIGHT = 1, _("1: settled on the spot")
    SERIOUS = 2, _("2: needs somebody to see to it")
    GRAVE = 3, _("3: danger to people")


class Told(models.TextChoices):
    """Who was told of it."""

    FIREFIGHTERS = "firefighters", _("fire brigade")
    POLICE = "police", _("police")
    HEALTH = "health", pgettext_lazy("told", "health service")
    CHILDREN = "children", _("child-protection authority")
    MUNICIPALITY = "municipality", pgettext_lazy("told", "municipality")
    COORDINATION = "coordination", _("coordination of the response")
    OWNER = "owner", _("owner of the building")


class IncidentState(models.TextChoices):
    OPEN = "open", pgettext_lazy("incident", "open")
    CLOSED = "closed", pgettext_lazy("incident", "closed")


Telling = Annotated[list[Told], Field(max_length=len(Told))]


@dataclass(frozen=True, kw_only=True)
class IncidentIn:
    """What happened. ``facts`` and ``place`` are sealed; facts only, and no accusation by name."""

    kind: IncidentKind
    seriousness: Seriousness
    confidential: bool = False
    facts: Annotated[str, Field(min_length=1, max_length=2_000)]
    place: Line = ""
    space_id: UUID | None = None
    told: Telling = field(default_factory=list)

    declared: ClassVar = Declared(
        by={Category.PROTECTION: ("facts", "place")}, plain=("kind", "seriousness", "confidential", "told")
    )


@dataclass(frozen=True, kw_only=True)
class FollowIn:
    """How an incident is seen to: by whom, until when, what came of it, what is learned. All of it, anew."""

    owner_id: UUID | None = None
    due_on: date | None = None
    told: Telling = field(default_factory=list)
    outcome: Annotated[str, Field(max_length=1_000)] = ""
    lesson: Annotated[str, Field(max_length=480)] = ""
    closed: bool = False

    declared: ClassVar = Declared(by={Category.PROTECTION: ("outcome", "lesson")}, plain=("due_on", "told", "closed"))
