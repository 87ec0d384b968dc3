"""What crosses this app's door: choices, and the records its verbs take."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime, Field

from cobijo.core.personal import Category, Declared
from cobijo.people.types import Country, Line, MemberIn, Name


class SiteKind(models.TextChoices):
    SCHOOL = "school", _("school")
    HALL = "hall", _("municipal hall")
    CHURCH = "church", _("church")
    CAMP = "camp", _("camp")
    TRANSITIONAL = "transitional", _("transitional units (ATU)")
    RECEPTION = "reception", _("reception centre")
    HOTEL = "hotel", _("hotel")
    OTHER = "other", _("other")


class SiteStatus(models.TextChoices):
    LISTED = "listed", _("inventoried")
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class SpaceKind(models.TextChoices):
    BUILDING = "building", _("building")
    ROOM = "room", _("room")
    TENT = "tent", _("tent")
    MODULE = "module", _("module")
    BED = "bed", _("bed")


class UseRule(models.TextChoices):
    ANYONE = "anyone", _("anyone")
    WOMEN_CHILDREN = "women_children", _("women and children only")
    FAMILIES = "families", _("families")
    MEN = "men", _("men")


class FacilityKind(models.TextChoices):
    TOILET = "toilet", _("toilets")
    SHOWER = "shower", _("showers")
    TAP = "tap", _("taps")
    LAUNDRY = "laundry", _("laundry places")
    KITCHEN = "kitchen", _("kitchens")


class FacilityFor(models.TextChoices):
    ALL = "all", _("for all")
    WOMEN = "women", _("for women")
    MEN = "men", _("for men")


class StayState(models.TextChoices):
    PLANNED = "planned", _("expected")
    IN = "in", _("in")
    AWAY = "away", _("temporarily out")
    OUT = "out", _("out")


class OutReason(models.TextChoices):
    TRANSFERRED = "transferred", _("transferred")
    HOME = "home", _("returned home")
    RENTED = "rented", _("rented")
    FAMILY = "family", _("with family")
    ABROAD = "abroad", _("other country")
    NO_WORD = "no_word", _("left without word")
    DECEASED = "deceased", _("deceased")
    OTHER = "other", _("other")


class TransferState(models.TextChoices):
    PROPOSED = "proposed", _("proposed")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class TransferWhy(models.TextChoices):
    """Why people move to another site; needed where a transfer parts a household."""

    ROOM = "room", _("the place suits them better")
    CLOSING = "closing", _("the site closes or is given back")
    NEEDS = "needs", _("what they need is there")
    FAMILY = "family", _("to be with relatives")
    WORK = "work", _("nearer to work or school")
    ASKED = "asked", _("they asked for it")


class Method(models.TextChoices):
    """How a site report came to its numbers."""

    HEAD_COUNT = "head_count", _("counted one by one")
    LIST = "list", _("list")
    ESTIMATE = "estimate", _("estimate")
    HEARSAY = "hearsay", _("hearsay")


class ReportKind(models.TextChoices):
    """Where in a site's row of reports one stands; after the final one the site reports no more."""

    INITIAL = "initial", _("first report")
    PROGRESS = "progress", _("progress report")
    FINAL = "final", _("final report")


class Urgent(models.TextChoices):
    """What a site lacks most."""

    WATER = "water", _("water")
    FOOD = "food", _("food")
    BEDDING = "bedding", _("mats and blankets")
    HYGIENE = "hygiene", _("hygiene articles")
    LATRINES = "latrines", _("latrines and showers")
    HEALTH = "health", _("health care and medicine")
    CLOTHES = "clothes", _("clothes and shoes")
    SPACE = "space", _("space or tents")
    LIGHT = "light", _("light")
    SAFETY = "safety", _("safety")
    PAPERS = "papers", _("papers")
    SCHOOL = "school", _("school and play")
    OTHER = "other", _("something else")


OPEN: Final = (StayState.IN, StayState.AWAY)
"""The states of an open stay: a person who is temporarily out keeps their place."""

UNDER_18, FROM_18 = "0-17", "18+"
"""Bands a site report may use beside those of its response: what a manager counts without asking for ages."""
GROWN, OLD = "18-59", "60+"
"""Those a door tells of grown-ups, where nobody is asked for an age."""

Title = Annotated[str, Field(min_length=1, max_length=160)]
Words = Annotated[str, Field(max_length=480)]
Hour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["18:00"])]
"""An hour of a site's clock, as people write it."""


@dataclass(frozen=True, kw_only=True)
class ResponseIn:
    """A response as it is opened: who answers for the data, and what happens to them at closing."""

    name: Title
    country: Country
    zone: Annotated[str, Field(max_length=40)]
    started_on: date
    controller_id: UUID
    at_closing: Words = ""

    declared: ClassVar = Declared(plain=("name", "country", "zone", "started_on", "at_closing"))


@dataclass(frozen=True, kw_only=True)
class SiteIn:
    """A site as it is set up. ``zone`` None: that of the response. ``inferred``: stated nowhere, concluded by us.

    ``opens_at`` and ``closes_at`` on the site's clock make it a night shelter, open from the one to the other.
    """

    name: Title
    kind: SiteKind
    official: bool | None = None
    area_id: UUID | None = None
    place: Line = ""
    zone: Annotated[str, Field(max_length=40)] | None = None
    latitude: Annotated[Decimal, Field(ge=-90, le=90, decimal_places=5)] | None = None
    longitude: Annotated[Decimal, Field(ge=-180, le=180, decimal_places=5)] | None = None
    aliases: Annotated[list[Title], Field(max_length=20)] = field(default_factory=list)
    give_back_on: date | None = None
    opens_at: Hour | None = None
    closes_at: Hour | None = None
    hours: Words = ""
    rules: Words = ""
    complaints: Words = ""
    inferred: bool = False

    declared: ClassVar = Declared(
        plain=(
            "name", "kind", "official", "place", "zone", "latitude", "longitude", "aliases", "give_back_on",
            "opens_at", "closes_at", "hours", "rules", "complaints", "inferred",
        )
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class FacilityIn:
    """Facilities of one kind as counted on a day; ``working`` None: not looked at."""

    kind: FacilityKind
    for_whom: FacilityFor = FacilityFor.ALL
    count: Annotated[int, Field(ge=0, le=10_000)]
    working: Annotated[int, Field(ge=0, le=10_000)] | None = None
    counted_on: date

    declared: ClassVar = Declared(plain=("kind", "for_whom", "count", "working", "counted_on"))


@dataclass(frozen=True, kw_only=True)
class CellIn:
    """A cell of a site report: people of one sex and age band (``unknown`` is a value of both)."""

    sex: Annotated[str, Field(pattern="^(female|male|other|unknown)$")]
    band: Annotated[str, Field(max_length=16)]
    persons: Annotated[int, Field(ge=0, le=100_000)]

    declared: ClassVar = Declared(plain=("sex", "band", "persons"))


Total = Annotated[int, Field(ge=0, le=1_000_000)]


@dataclass(frozen=True, kw_only=True)
class HeadcountIn:
    """A site's own count, without names. ``night`` is the night it stands for; ``as_said`` the line it came in.

    ``split``: its cells were reckoned from a percentage, not counted. ``persons_ever`` and ``households_ever``: since
    the site opened. ``served_elsewhere``: served here and sleeping elsewhere, in no total. ``urgent``: up to three
    needs of the site, the most urgent first.
    """

    night: date
    observed_at: AwareDatetime
    persons: Total
    households: Total | None = None
    method: Method
    informant_post: Annotated[str, Field(max_length=80)] = ""
    cells: Annotated[list[CellIn], Field(max_length=60)] = field(default_factory=list)
    as_said: Line = ""
    kind: ReportKind = ReportKind.PROGRESS
    split: bool = False
    persons_ever: Total | None = None
    households_ever: Total | None = None
    served_elsewhere: Total | None = None
    origin: Line = ""
    urgent: Annotated[list[Urgent], Field(max_length=3)] = field(default_factory=list)

    declared: ClassVar = Declared(
        plain=(
            "night", "observed_at", "persons", "households", "method", "informant_post", "cells", "as_said", "kind",
            "split", "persons_ever", "households_ever", "served_elsewhere", "origin", "urgent",
        )
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ArrivingIn(MemberIn):
    """A member of a household being received: the stay that begins (none for who is not here), and where they sleep."""

    stay_id: UUID | None = None
    space_id: UUID | None = None

    declared: ClassVar = MemberIn.declared


@dataclass(frozen=True, kw_only=True)
class TransferArrivalIn:
    """A member of a transfer as the receiving site takes them in: the stay that begins, and where they sleep."""

    from_stay_id: UUID
    new_stay_id: UUID
    space_id: UUID | None = None

    declared: ClassVar = Declared()


@dataclass(frozen=True, kw_only=True)
class CheckInOf:
    """A person already registered who comes in: the stay that begins, and where they sleep."""

    person_id: UUID
    stay_id: UUID
    space_id: UUID | None = None

    declared: ClassVar = Declared(subject="person_id")


@dataclass(frozen=True, kw_only=True)
class SpaceIn:
    """A space of a site as it is set up. Capacity and area (square decimetres) None: unknown."""

    space_id: UUID
    name: Annotated[str, Field(min_length=1, max_length=80)]
    kind: SpaceKind
    parent_id: UUID | None = None
    capacity: Annotated[int, Field(ge=0, le=100_000)] | None = None
    capacity_assumed: bool = False
    area_dm2: Annotated[int, Field(ge=0, le=100_000_000)] | None = None
    use_rule: UseRule = UseRule.ANYONE
    accessible: bool | None = None

    declared: ClassVar = Declared(
        plain=("name", "kind", "capacity", "capacity_assumed", "area_dm2", "use_rule", "accessible")
    )


@dataclass(frozen=True, kw_only=True)
class AuthorityActIn:
    """The act of a competent authority by which a child leaves without their own caregiver."""

    act_id: UUID
    person_id: UUID
    authority: Name
    number: Annotated[str, Field(min_length=1, max_length=80)]
    official: Name
    receiving_adult: Name
    receiving_kinship: Annotated[str, Field(max_length=80)]
    receiving_document: Annotated[str, Field(max_length=80)]
    childs_view: Annotated[str, Field(max_length=480)] = ""

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.PROTECTION: (
                "authority", "number", "official", "receiving_adult", "receiving_kinship", "receiving_document",
                "childs_view",
            )
        },
    )  # fmt: skip


class Flag(models.TextChoices):
    """What was accepted although something is amiss, each with the sentence a desk shows."""

    OVER_CAPACITY = "sites.over_capacity", _("There are more people than places.")
    USE_RULE = "sites.use_rule", _("Somebody sleeps in a space that is kept for others.")
    SECOND_STAY = "sites.second_stay", _("This person has another stay at the same time. Settle which of them is so.")
    TO_CONFIRM = "sites.to_confirm", _("This stay is to be confirmed. Until then the census does not count it.")
    SITE_NOT_OPEN = "sites.site_not_open", _("People are in a site that is not open yet. Record its status.")
    SITE_CLOSED_SINCE = "sites.site_closed_since", _("The site has been closed since. Check where these people are.")
    SPACE_UNKNOWN = "sites.space_unknown", _("The space is not in use any more. Say where these people sleep.")
    DEAD_COMES = "sites.dead_comes", _("A death is recorded of somebody who came in. Check who this is.")
    CHILD_GONE = "sites.child_gone", _("A child left without an adult of their household. Child protection was told.")
    AGE_UNKNOWN_ALONE = "sites.age_unknown_alone", _("Somebody of unknown age left alone. Check that it is no child.")
    LEFT_BEFORE = "sites.left_before", _("Somebody had left already. The earlier record stands.")
    NOT_COME = "sites.not_come", _("Somebody was not recorded as having come in. Check them in first.")
    OUT_BEFORE_IN = "sites.out_before_in", _("The time of leaving lay before the time of coming. It was moved to it.")
    AWAY_ALREADY = "sites.away_already", _("Somebody was temporarily out already. The earlier record stands.")
    NOT_AWAY = "sites.not_away", _("Somebody came back who was not recorded as out.")
    BACK_BUT_OUT = "sites.back_but_out", _("Somebody came back after they had been checked out. Check them in again.")
    NO_RETURN_TIME = "sites.no_return_time", _("A child went out without an hour to be back. Ask for it.")
    SECOND_ROUND = (
        "sites.second_round",
        _("Another round of the site was under way. Take one of both out if it was one visit."),
    )
    AFTER_FINAL = "sites.after_final", _("This report came after the site's final one. Ask whether the site goes on.")
    FEWER_THAN_HOUSEHOLDS = "sites.fewer_than_households", _("The report has more households than people. Ask again.")
    MORE_THAN_EVER = "sites.more_than_ever", _("More are there now than ever came by this report. Ask again.")
    MORE_NAMED = "sites.more_named", _("More people were given a name than had been counted. Check who is one person.")
    DIED_BEFORE_LEAVING = "sites.died_before_leaving", _("The day of death lies before this person left. Check both.")
    IN_ALREADY = "sites.in_already", _("Somebody came in who was recorded as in. Compare the photo with the person.")
    CHILD_OUT_ALONE = "sites.child_out_alone", _("A child went out without an adult of their household.")
    MEAL_AGAIN = "sites.meal_again", _("This meal was taken by this person already.")
    EATS_WHILE_OUT = "sites.eats_while_out", _("Somebody eats who is recorded as out. Record that they came back.")
    ANOTHER_NIGHT = (
        "sites.another_night",
        _("The roll-call is of the night by the clock here, not the one that was sent."),
    )
    MARKED_AFTER_END = "sites.marked_after_end", _("Some marks came after the end of the roll-call and do not count.")
