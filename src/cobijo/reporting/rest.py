"""The census for the API: the same figures as on the page, with where each comes from."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import BaseModel, Field

from cobijo.core.rest import Answer, Asked, Day
from cobijo.reporting import access, queries
from cobijo.reporting.types import Kind, NotCompared, Quantity, ScopeKind

census = Router(tags=["census"])

SexAge = Annotated[
    dict[str, dict[str, int]],
    Field(description="Persons by sex (female, male, other, unknown) and age band, unknown age last."),
]
Persons = Annotated[int, Field(ge=0)]
Complete = Annotated[bool, Field(description="Whether the total is everybody: no site of it is unknown that night.")]
OthersMayBelong = Annotated[bool, Field(description="Whether sites that are not listed may belong to it.")]


# --- what is asked ---------------------------------------------------------------------------------------------------


class OfSite(BaseModel):
    """A site and a night."""

    site: UUID
    date: Annotated[Day, Field(description="The night that the midnight at the end of this day ends, at the site.")]


class OfResponse(BaseModel):
    """A response, or an area within it, and a night."""

    response: Annotated[UUID, Field(description="The response, or an area unit within it.")]
    date: Annotated[Day, Field(description="The night that the midnight at the end of this day ends.")]


# --- answers ---------------------------------------------------------------------------------------------------------


class ScopeOut(Answer):
    """What a figure is of."""

    kind: ScopeKind
    id: UUID
    name: str


class PublishedOut(Answer):
    """A number somebody else published, beside ours."""

    value: int
    source: str
    difference: Annotated[int | None, Field(description="Ours less theirs; null where nothing compares.")]
    not_compared: Annotated[NotCompared | None, Field(description="Why there is no difference.")]
    adds_up_to: Annotated[
        int | None, Field(description="What the same source publishes of each of the sites, added up, where it does.")
    ]
    address: str
    about: str
    quantity: Quantity
    unit: str
    date: Annotated[str, Field(description="A day, or only a month (2018-10).")]
    note: str
    inferred: bool
    replayed: Annotated[bool, Field(description="Whether the people of the demonstration were made to meet it.")]


class KindOut(Answer):
    """How much of a total is of one kind of figure."""

    sites: int
    persons: Persons
    by_sex_age: SexAge


class BeyondOut(Answer):
    """Sites where a head-count says more than is registered, and how many persons more."""

    sites: int
    persons: Persons


class MadeOf(Answer):
    """What a total is made of: the kinds of figure are never mixed."""

    registered: KindOut
    counted: KindOut | None
    reported: KindOut
    reported_beyond_registered: BeyondOut
    unknown_sites: list[str]


class ReportedOut(Answer):
    """A site's own head-count."""

    persons: Persons
    households: int | None
    by_sex_age: SexAge
    method: str
    informant: str
    observed_at: datetime
    hours_before_midnight: int
    contradicts_itself: bool
    split_by_ratio: Annotated[bool, Field(description="Its parts were reckoned from a percentage and are not used.")]
    carried_days: Annotated[int, Field(description="How many days older than the night it is: the site was silent.")]
    served_elsewhere: Annotated[int | None, Field(description="People served there who sleep elsewhere; in no total.")]


class RollCallOut(Answer):
    """What the roll-call of that night counted. It stands beside the registered and is in no total."""

    persons: Persons
    registered: Annotated[int, Field(description="Who was registered when it ended.")]
    not_looked_at: Annotated[int, Field(description="Registered, and nobody looked for them.")]
    ended_at: datetime


class SealOut(Answer):
    """The seal of the journal that closed figures rest on."""

    epoch: int
    number: int


class PartOut(Answer):
    """A site's figures of each kind, and which of them a total takes."""

    site: str
    code: Annotated[str, Field(examples=["S014"])]
    takes: Kind | None
    registered: int | None
    counted: Annotated[int | None, Field(description="Guests of a night shelter, counted at its door.")]
    roll_call: RollCallOut | None
    reported: ReportedOut | None
    places: int | None
    places_assumed: bool


class SiteRowOut(PartOut):
    """A site within a larger census."""

    persons: int | None
    households: int | None
    away: int | None
    unnamed: Annotated[int | None, Field(description="People of registered households whose names are not known yet.")]
    published: list[PublishedOut]
    closed: Annotated[bool, Field(description="Whether its team has settled the night.")]
    open: bool


class GroupOut(Answer):
    """A group of sites within a larger census."""

    group: str
    complete: Complete
    others_may_belong: OthersMayBelong
    persons: int | None
    sites: int
    known_sites: int
    published: list[PublishedOut]


class CensusOut(Answer):
    """Who slept in a scope on a night. ``persons`` is null where nothing is known."""

    scope: ScopeOut
    response: str
    response_began: Day
    date: str
    night_ends: datetime
    forecast: bool
    persons: int | None
    households: int | None
    by_sex_age: SexAge
    published: list[PublishedOut]
    published_other: list[PublishedOut]
    published_for_the_month: list[PublishedOut]
    made_of: MadeOf
    away: int
    unnamed: Annotated[int, Field(description="People of registered households whose names are not known yet.")]
    expected: int
    fictitious: Annotated[bool, Field(description="Whether these people are the demonstration's.")]


class SiteCensusOut(CensusOut, PartOut):
    """The census of a site."""

    seal: SealOut | None
    closed_at: datetime | None
    records_today: int | None


class WholeCensusOut(CensusOut):
    """The census of several sites."""

    site: None
    complete: Complete
    others_may_belong: OthersMayBelong
    sites: list[SiteRowOut]
    groups: list[GroupOut]
    closed_sites: int


# --- reading ---------------------------------------------------------------------------------------------------------


@census.get("", response=SiteCensusOut, summary="Count a site's night")
def get_site_census(request: Asked, asked: Query[OfSite]) -> dict[str, Any]:
    """Exact figures, for those who may see them at the site."""
    scope = access.require_figures(request.auth.actor, queries.of_site(asked.site))
    return queries.census_json(queries.census(scope, asked.date))


@census.get("/response", response=WholeCensusOut, summary="Count a night of a response or an area")
def get_response_census(request: Asked, asked: Query[OfResponse]) -> dict[str, Any]:
    """The sum of the known parts, each with its kind; sites of which nothing is known are named."""
    scope = access.require_figures(request.auth.actor, queries.of_unit(asked.response))
    return queries.census_json(queries.census(scope, asked.date))
