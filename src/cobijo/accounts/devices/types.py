"""What crosses this room's door: roles of volunteers, what a shared device carries, reasons, the print of a badge."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy
from pydantic import StringConstraints

from cobijo.accounts.types import Language, Permission, PersonalName, Role
from cobijo.core.personal import Category, Declared, Purpose, Retention

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
"""What a device is called."""

MOST_BADGES: Final = 100
"""Badges printed at once: more than a shelter's team."""
VOLUNTEERS_STAY: Final = timedelta(days=7)
INVITED_FOR: Final = timedelta(minutes=10)

NOT_CARRIED: Final = frozenset(
    {
        Permission.ACCOUNTS,
        Permission.AUDIT,
        Permission.RUN_RESPONSE,
        Permission.CASE_WORK,
        Permission.CHILD_CASES,
        Permission.BREAK_GLASS,
        Permission.PUBLISH,
    }
)
CARRIED: Final = frozenset(Permission) - NOT_CARRIED
"""What a shared device lets anybody do, whatever they may elsewhere. Giving roles goes with managing accounts."""

VOLUNTEER_ROLES: Final = (Role.REGISTRAR, Role.GATEKEEPER, Role.DISTRIBUTION)
"""What a manager may make a volunteer."""


class BadgeEnd(models.TextChoices):
    """Why a badge no longer opens anything."""

    LOST = "lost", pgettext_lazy("badge", "lost")
    LEFT = "left", pgettext_lazy("badge", "its bearer has left")
    REPLACED = "replaced", pgettext_lazy("badge", "replaced or damaged")


class BadgeState(models.TextChoices):
    """What a badge is now: worked out from its row, never kept."""

    FREE = "free", pgettext_lazy("badge", "nobody's yet")
    LINKED = "linked", pgettext_lazy("badge", "in use")
    ENDED = "ended", pgettext_lazy("badge", "ended")


@dataclass(frozen=True, slots=True)
class PrintedBadge:
    """One badge as it goes to the printer, and is then forgotten: its number and the text of its square code."""

    number: int
    text: str


@dataclass(frozen=True, kw_only=True)
class VolunteerIn:
    """A volunteer: what they are called, what they do, in which language they read."""

    account_id: UUID
    name: PersonalName
    role: Role
    language: Language = "es"

    declared: ClassVar = Declared(
        subject="account_id",
        by={Category.IDENTITY: ("name",)},
        plain=("role", "language"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )


@dataclass(frozen=True, slots=True)
class Working:
    """A device in force: its id, the unit where it stands, its name."""

    id: UUID
    unit: UUID
    name: str = ""
