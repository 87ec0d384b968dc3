"""Figures from outside: what they are of, how they are recorded, and how one stands beside ours."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core.personal import Declared


class NotCompared(models.TextChoices):
    """Why a published figure stands beside ours without a difference.

    The first three are recorded with the figure (``APART``), the others follow from the figure and from what is known.
    """

    SOME_SITES = "some_sites", _("it is of some of the sites, and which ones we do not know")
    OTHER_MOMENT = "other_moment", _("it is of another hour than midnight")
    OTHER_PEOPLE = "other_people", _("it counts other people than those who slept here")
    MONTH_ONLY = "month_only", _("only its month is known")
    NOT_COUNTED = "not_counted", _("a census does not count this")
    OURS_UNKNOWN = "ours_unknown", _("our own number is not known")


APART: Final = (NotCompared.SOME_SITES, NotCompared.OTHER_MOMENT, NotCompared.OTHER_PEOPLE)


class Quantity(models.TextChoices):
    """What a published number is of. Those in ``COUNTED`` have a counterpart in a census, the others are only shown."""

    PERSONS = "persons", _("persons")
    HOUSEHOLDS = "households", _("households")
    ADULTS = "adults", _("adults")
    MINORS = "minors", _("children under 18")
    WOMEN = "women", _("women and girls")
    MEN = "men", _("men and boys")
    MOVED = "moved", _("persons who moved")
    HOUSEHOLDS_MOVED = "households_moved", _("households that moved")
    PLANNED = "planned", _("persons planned for")
    HOUSEHOLDS_PLANNED = "households_planned", _("households planned for")
    CAPACITY = "capacity", _("places")
    UNITS = "units", _("housing units")
    TOILETS = "toilets", _("toilets")
    SHOWERS = "showers", _("showers")
    SITES = "sites", _("sites")
    OTHER = "other", _("something else")


COUNTED: Final = (
    Quantity.PERSONS,
    Quantity.HOUSEHOLDS,
    Quantity.ADULTS,
    Quantity.MINORS,
    Quantity.WOMEN,
    Quantity.MEN,
)


@dataclass(frozen=True)
class Published:
    """A number from outside beside ours. ``difference`` is ours less theirs; None where nothing compares.

    ``apart`` says why nothing of ours can stand against it, whatever we know. Of several sites, ``adds_up_to`` is what
    the same source publishes of each of them, added up (None where it leaves one out), and ours is known at
    ``known_sites`` of ``open_sites``.
    """

    id: UUID
    about: str
    quantity: Quantity
    value: int
    unit: str
    day: date
    month_only: bool
    source: str
    address: str
    note: str
    inferred: bool
    replayed: bool = False
    apart: NotCompared | None = None
    ours: int | None = None
    adds_up_to: int | None = None
    known_sites: int = 1
    open_sites: int = 1

    @property
    def of_what(self) -> str:
        """What is counted: the quantity, or the unit where the quantity is none of ours."""
        return self.unit if self.quantity is Quantity.OTHER and self.unit else str(self.quantity.label)

    @property
    def not_compared(self) -> NotCompared | None:
        """Why there is no difference; None where there is one."""
        if self.apart or self.month_only:
            return self.apart or NotCompared.MONTH_ONLY
        if self.quantity not in COUNTED:
            return NotCompared.NOT_COUNTED
        return NotCompared.OURS_UNKNOWN if self.ours is None else None

    @property
    def difference(self) -> int | None:
        return None if self.ours is None or self.not_compared else self.ours - self.value


@dataclass(frozen=True, kw_only=True)
class PublishedIn:
    """A number somebody published: of what, for which day (``month_only``: only its month is known), where it stands.

    ``inferred``: the source leaves the day or the place open and a person concluded it. ``replayed``: the people of the
    demonstration were made to meet it. ``apart``: why nothing of ours can stand against it, where that is so.
    """

    about: Annotated[str, Field(min_length=1, max_length=160)]
    value: Annotated[int, Field(ge=0, le=100_000_000)]
    day: date
    source: Annotated[str, Field(min_length=1, max_length=160)]
    quantity: Quantity = Quantity.PERSONS
    unit: Annotated[str, Field(max_length=24)] = "persons"
    month_only: bool = False
    address: Annotated[str, Field(max_length=300)] = ""
    note: Annotated[str, Field(max_length=480)] = ""
    inferred: bool = False
    replayed: bool = False
    apart: NotCompared | None = None

    declared: ClassVar = Declared(
        plain=(
            "about", "value", "day", "source", "quantity", "unit", "month_only", "address", "note", "inferred",
            "replayed", "apart",
        )
    )  # fmt: skip
