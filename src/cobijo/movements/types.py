"""What crosses this app's door: choices, and the records its verbs take."""

from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import AwareDatetime, Field

from cobijo.core.personal import Category, Declared
from cobijo.people.types import Country, Line, MemberIn, Name

MOST_LISTED: Final = 60
"""Travellers in one entry; a list of hundreds is several entries."""
MOST_SEATS: Final = 2_000


class MovementKind(models.TextChoices):
    FLIGHT = "flight", _("flight")
    BUS = "bus", _("bus")
    WALKING = "walking", _("on foot")
    BOAT = "boat", _("boat")
    OTHER = "other", pgettext_lazy("movement", "other")


class Direction(models.TextChoices):
    ARRIVAL = "arrival", _("arrival")
    DEPARTURE = "departure", _("departure")


class MovementState(models.TextChoices):
    """``CLOSED``: of an arrival, everybody listed is accounted for; of a departure, it has left."""

    ANNOUNCED = "announced", pgettext_lazy("movement", "announced")
    ARRIVED = "arrived", pgettext_lazy("movement", "arrived")
    CLOSED = "closed", pgettext_lazy("movement", "closed")
    CANCELLED = "cancelled", pgettext_lazy("movement", "cancelled")


class TravellerState(models.TextChoices):
    EXPECTED = "expected", pgettext_lazy("traveller", "expected")
    HERE = "here", pgettext_lazy("traveller", "here")
    ABSENT = "absent", pgettext_lazy("traveller", "did not come")
    GONE = "gone", pgettext_lazy("traveller", "gone on")


class TravelsWith(models.TextChoices):
    """With whom a child travels; of a grown-up nothing is said."""

    UNSAID = "", pgettext_lazy("travels with", "not said")
    ALONE = "alone", _("alone")
    BOTH = "both", _("both parents")
    ONE_WITH = "one_with", _("one parent, with the other's notarised permission")
    ONE_WITHOUT = "one_without", _("one parent, without the other's notarised permission")
    OTHER_ADULT = "other_adult", _("another adult")


IN_NOBODYS_CARE: Final = (TravelsWith.ALONE, TravelsWith.OTHER_ADULT)
"""A child so leaves only by an act of the competent authority."""
TO_PROTECTION: Final = (*IN_NOBODYS_CARE, TravelsWith.ONE_WITHOUT)
"""A child so is seen by child protection first."""


class Private(models.TextChoices):
    """Whether somebody wants to speak in private, never of what; they travel when a case worker says so."""

    NO = "", pgettext_lazy("private", "not asked")
    ASKED = "asked", _("wants to speak in private")
    CLEARED = "cleared", _("spoken with, may travel")
    STAYS = "stays", _("spoken with, does not travel now")


class VisitOutcome(models.TextChoices):
    DONE = "done", pgettext_lazy("station", "done")
    DECLINED = "declined", pgettext_lazy("station", "did not want it")
    REFERRED = "referred", pgettext_lazy("station", "referred elsewhere")
    LATER = "later", pgettext_lazy("station", "comes again later")


OVER: Final = (VisitOutcome.DONE, VisitOutcome.DECLINED, VisitOutcome.REFERRED)
"""With these a traveller has been at a station, and waits for it no more."""


class Way(models.TextChoices):
    """How somebody left the centre."""

    UNSAID = "", pgettext_lazy("way", "not gone")
    TRANSPORT = "transport", _("by onward transport")
    OWN = "own", _("on their own")
    FAMILY = "family", _("fetched by family")
    LODGED = "lodged", _("lodged elsewhere")
    HANDED_OVER = "handed_over", _("by act of the authority")
    NO_WORD = "no_word", _("left without word")


class PassengerState(models.TextChoices):
    BOOKED = "booked", pgettext_lazy("passenger", "has a seat")
    ABOARD = "aboard", pgettext_lazy("passenger", "aboard")
    NO_SHOW = "no_show", pgettext_lazy("passenger", "did not board")
    LEFT = "left", pgettext_lazy("passenger", "gone")


class Paper(models.TextChoices):
    """Documents somebody comes back with."""

    NONE = "none", pgettext_lazy("document", "none")
    NATIONAL = "national", _("national identity document")
    BIRTH = "birth", _("birth certificate")
    PASSPORT = "passport", _("passport")
    RETURN = "return", _("document of the return")
    OTHER = "other", pgettext_lazy("document", "another")


class CallOutcome(models.TextChoices):
    SPOKE = "spoke", _("spoken with")
    UNREACHED = "unreached", _("not reached")
    DECLINED = "declined", _("does not want to be called again")
    WRONG = "wrong", _("the number is not theirs")


class Settling(models.TextChoices):
    """What a case worker says after having spoken in private."""

    CLEARED = "cleared", _("may travel")
    STAYS = "stays", _("does not travel now")


class Flag(models.TextChoices):
    """What was accepted although something is amiss, each with the sentence a desk shows."""

    OVER_SEATS = "movements.over_seats", _("More people are listed than there are seats. Ask who sent the list.")
    LISTED_TWICE = "movements.listed_twice", _("Somebody may be listed twice. Compare the two lines.")
    NOT_LISTED = "movements.not_listed", _("Somebody came who is not on the list. They were received beside it.")
    CAME_LATE = "movements.came_late", _("Somebody marked as not come has come after all.")
    NOT_ARRIVED = "movements.not_arrived", _("People were received of a movement nobody had recorded as arrived.")
    CANCELLED_YET = "movements.cancelled_yet", _("People came of a movement that had been cancelled.")
    CHILD_ROUTED = "movements.child_routed", _("A child is in nobody's care here. Child protection was told.")
    AGE_UNKNOWN = "movements.age_unknown", _("Somebody's age is not known. Check that it is no child.")
    AT_TWO_STATIONS = "movements.at_two_stations", _("Somebody was noted at two stations at once.")
    ENDED_BEFORE = "movements.ended_before", _("This had been ended already. The earlier record stands.")
    CHILD_GONE = "movements.child_gone", _("A child left without an adult of theirs. Child protection was told.")
    GONE_BEFORE = "movements.gone_before", _("Somebody had gone already. The earlier record stands.")


Text = Annotated[str, Field(max_length=120)]
Code = Annotated[str, Field(min_length=1, max_length=16)]


@dataclass(frozen=True, kw_only=True)
class MovementIn:
    """A movement as it is announced. ``seats`` and ``persons`` None: not said. ``place``: from where, or to where.

    ``organisation``: the authority, airline or carrier in whose hands it is; ``reference``: its number there.
    """

    kind: MovementKind
    direction: Direction = Direction.ARRIVAL
    country: Country | None = None
    place: Line = ""
    organisation: Text = ""
    reference: Annotated[str, Field(max_length=40)] = ""
    expected_at: AwareDatetime
    seats: Annotated[int, Field(ge=1, le=MOST_SEATS)] | None = None
    persons: Annotated[int, Field(ge=0, le=MOST_SEATS)] | None = None

    declared: ClassVar = Declared(
        plain=(
            "kind", "direction", "country", "place", "organisation", "reference", "expected_at", "seats", "persons",
        )
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TravellerIn(MemberIn):
    """Somebody on a manifest or at the desk. ``person_id`` becomes that of the record where they are registered.

    ``line`` None: not on the manifest. ``group``: who has the same number on a manifest travels together.
    """

    traveller_id: UUID
    line: Annotated[int, Field(ge=1, le=9_999)] | None = None
    seat: Annotated[str, Field(max_length=8)] = ""
    group: Annotated[int, Field(ge=1, le=9_999)] | None = None
    travels_with: TravelsWith = TravelsWith.UNSAID
    stay_id: UUID | None = None

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            **MemberIn.declared.by,
            Category.IDENTITY: (*MemberIn.declared.by[Category.IDENTITY], "line", "seat", "group"),
            Category.PROTECTION: (*MemberIn.declared.by[Category.PROTECTION], "travels_with"),
        },
    )


@dataclass(frozen=True, kw_only=True)
class FamilyLeftIn:
    """How many of a family stayed where somebody is returned from; None: not said."""

    children: Annotated[int, Field(ge=0, le=30)] | None = None
    partner: Annotated[int, Field(ge=0, le=1)] | None = None
    others: Annotated[int, Field(ge=0, le=99)] | None = None


@dataclass(frozen=True, kw_only=True)
class ReturnIn:
    """What somebody says of their return. Nothing is required.

    ``ill_treatment`` and ``fear_words`` are sealed; ``fear`` leads to a talk in private before they travel on.
    ``call_id``: of the call that is due, where they agree to one.
    """

    record_id: UUID
    person_id: UUID
    country: Country | None = None
    authority: Text = ""
    apprehended_on: date | None = None
    departed_on: date | None = None
    days_detained: Annotated[int, Field(ge=0, le=36_500)] | None = None
    years_abroad: Annotated[int, Field(ge=0, le=100)] | None = None
    times_returned: Annotated[int, Field(ge=0, le=99)] | None = None
    family_left: FamilyLeftIn = field(default_factory=FamilyLeftIn)
    documents: Annotated[list[Paper], Field(max_length=6)] = field(default_factory=list)
    belongings_kept: Line = ""
    ill_treatment: Annotated[str, Field(max_length=4_000)] = ""
    fear: bool = False
    fear_words: Annotated[str, Field(max_length=4_000)] = ""
    destination_area_id: UUID | None = None
    destination: Line = ""
    met_by: Name = ""
    contact_phone: Annotated[str, Field(max_length=40)] = ""
    needs_night: bool | None = None
    call_id: UUID | None = None
    call_phone: Annotated[str, Field(max_length=40)] = ""
    call_answered_by: Name = ""
    call_hour: Annotated[str, Field(max_length=60)] = ""

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.PROTECTION: (
                "country", "authority", "apprehended_on", "departed_on", "days_detained", "years_abroad",
                "times_returned", "family_left", "belongings_kept", "ill_treatment", "fear", "fear_words",
            ),
            Category.IDENTITY: ("documents",),
            Category.LOCATION: ("destination_area_id", "destination", "needs_night"),
            Category.CONTACT: (
                "met_by", "contact_phone", "call_phone", "call_answered_by", "call_hour",
            ),
        },
    )  # fmt: skip
