"""Sites, spaces and stays for the API: explicit answers, read through ``access``; what shows people is logged."""

from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from ninja import Query, Router
from pydantic import Field

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.algorithms.ages import Precision
from cobijo.core import clock
from cobijo.core.rest import Answer, Asked, Page, Part, page
from cobijo.people import queries as people
from cobijo.people.types import Sex
from cobijo.sites import access
from cobijo.sites.gate.rest import gate
from cobijo.sites.models import Site, Space, StatusChange, Stay
from cobijo.sites.types import OutReason, SiteKind, SiteStatus, SpaceKind, StayState, UseRule

__all__ = ["ADDRESSES", "gate", "sites", "stays"]

sites = Router(tags=["sites"])
stays = Router(tags=["stays"])

ADDRESSES: Final = {"sites.site": "/sites/{id}", "sites.stay": "/stays/{id}"}


# --- answers ---------------------------------------------------------------------------------------------------------


class SiteOut(Answer):
    """A site. ``status`` is what was said last; ``inferred``: stated nowhere, concluded by us."""

    id: UUID
    code: Annotated[str, Field(examples=["S014"])]
    name: str
    response_id: UUID
    kind: SiteKind
    status: SiteStatus
    official: bool | None
    area_id: UUID | None
    place: str
    zone: str
    latitude: Annotated[str | None, Field(description="Degrees, five decimals.")]
    longitude: Annotated[str | None, Field(description="Degrees, five decimals.")]
    give_back_on: date | None
    opens_at: Annotated[str | None, Field(description="Of a night shelter, on its clock (18:00); null: open all day.")]
    closes_at: str | None
    inferred: bool


class SpaceOut(Answer):
    """A building, room, tent, module or bed. Capacity and area (square decimetres) null: not known."""

    id: UUID
    parent_id: UUID | None
    kind: SpaceKind
    name: str
    capacity: int | None
    capacity_assumed: bool
    area_dm2: int | None
    use_rule: UseRule
    accessible: bool | None
    closed_at: datetime | None


class Resident(Answer):
    """The person of a stay. ``birth_latest``: the latest day of birth that agrees with what was said."""

    id: UUID
    code: str
    label: str
    sex: Sex
    birth_latest: date | None
    birth_precision: Precision


class StayOut(Answer):
    """A person at a site from one moment to another; disputed stays are not counted."""

    id: UUID
    site_id: UUID
    space_id: UUID | None
    household_id: UUID | None
    person: Resident
    state: StayState
    planned_for: date | None
    in_at: datetime | None
    out_at: datetime | None
    expected_back: datetime | None
    out_reason: OutReason | None
    destination: str
    disputed: bool


class RosterPart(Part):
    """Which part of a site's stays is asked for."""

    past: Annotated[bool, Field(description="Stays that have ended, too.")] = False


# --- sites and spaces ------------------------------------------------------------------------------------------------


@sites.get("", response=Page[SiteOut], summary="List sites")
def list_sites(request: Asked, part: Query[Part]) -> Page[SiteOut]:
    """The sites the caller works with, by their number."""
    rows = _with_status(access.visible_to(request.auth.actor, Site.objects.all()))
    return page(rows, ("number",), part, lambda found: [_site(one) for one in found], "sites")


@sites.get("/{uuid:site_id}", response=SiteOut, summary="Open a site")
def get_site(request: Asked, site_id: UUID) -> SiteOut:
    """Its people are listed apart, its figures are in the census."""
    access.get_for(request.auth.actor, Site, site_id)
    return _site(_with_status(Site.objects.filter(pk=site_id)).get())


@sites.get("/{uuid:site_id}/spaces", response=Page[SpaceOut], summary="List the spaces of a site")
def list_spaces(request: Asked, site_id: UUID, part: Query[Part]) -> Page[SpaceOut]:
    """In the order of the site's list, closed ones too."""
    actor = request.auth.actor
    access.get_for(actor, Site, site_id)
    rows = access.visible_to(actor, Space.objects.filter(site=site_id))
    by = ("place_in_list", "id")
    return page(rows, by, part, lambda found: [_space(one) for one in found], f"spaces:{site_id}")


def _with_status(rows: QuerySet[Site]) -> QuerySet[Site]:
    last = StatusChange.objects.filter(site=OuterRef("pk"), at__lte=clock.now()).order_by("-at", "-id")
    return rows.select_related("unit").annotate(status_now=Subquery(last.values("status")[:1]))


def _site(site: Site) -> SiteOut:
    return SiteOut(
        id=site.pk,
        code=site.code,
        name=site.unit.name,
        response_id=site.response_id,
        kind=SiteKind(site.kind),
        status=SiteStatus(site.status_now or SiteStatus.PLANNED),  # type: ignore[attr-defined]  # annotated
        official=site.official,
        area_id=site.area_id,
        place=site.place,
        zone=site.zone,
        latitude=None if site.latitude is None else f"{site.latitude:.5f}",
        longitude=None if site.longitude is None else f"{site.longitude:.5f}",
        give_back_on=site.give_back_on,
        opens_at=f"{site.opens_at:%H:%M}" if site.opens_at else None,
        closes_at=f"{site.closes_at:%H:%M}" if site.closes_at else None,
        inferred=site.inferred,
    )


def _space(space: Space) -> SpaceOut:
    return SpaceOut(
        id=space.id,
        parent_id=space.parent_id,
        kind=SpaceKind(space.kind),
        name=space.name,
        capacity=space.capacity,
        capacity_assumed=space.capacity_assumed,
        area_dm2=space.area_dm2,
        use_rule=UseRule(space.use_rule),
        accessible=space.accessible,
        closed_at=space.closed_at,
    )


# --- stays -----------------------------------------------------------------------------------------------------------


@stays.get("/sites/{uuid:site_id}/stays", response=Page[StayOut], summary="List who stays at a site")
def list_stays(request: Asked, site_id: UUID, part: Query[RosterPart]) -> Page[StayOut]:
    """Those the caller may see, in the order in which their stays were recorded. Logged, with how many they are."""
    actor = request.auth.actor
    access.get_for(actor, Site, site_id)
    rows = access.visible_to(actor, Stay.objects.filter(site=site_id))
    if not part.past:
        rows = rows.exclude(state=StayState.OUT)
    found = page(rows, ("id",), part, lambda some: _stays(actor, some), f"stays:{site_id}:{part.past}")
    log_reading(actor, ReadingKind.LIST, "sites.stay", people=len(found.items), unit=site_id)
    return found


@stays.get("/stays/{uuid:stay_id}", response=StayOut, summary="Open a stay")
def get_stay(request: Asked, stay_id: UUID) -> StayOut:
    """Logged as an opening of the stay."""
    actor = request.auth.actor
    stay = access.get_for(actor, Stay, stay_id)
    log_reading(actor, ReadingKind.OPEN, "sites.stay", stay.id, unit=stay.site_id)
    return _stays(actor, [stay])[0]


def _stays(actor: UUID, found: list[Stay]) -> list[StayOut]:
    lines = {line.id: line for line in people.lines(actor, [stay.person_id for stay in found])}
    return [_stay(stay, lines[stay.person_id]) for stay in found]


def _stay(stay: Stay, line: people.PersonLine) -> StayOut:
    return StayOut(
        id=stay.id,
        site_id=stay.site_id,
        space_id=stay.space_id,
        household_id=stay.household_id,
        person=_resident(line),
        state=StayState(stay.state),
        planned_for=stay.planned_for,
        in_at=stay.in_at,
        out_at=stay.out_at,
        expected_back=stay.expected_back,
        out_reason=OutReason(stay.out_reason) if stay.out_reason else None,
        destination=stay.destination,
        disputed=stay.disputed,
    )


def _resident(line: people.PersonLine) -> Resident:
    birth = line.birth
    return Resident(
        id=line.id,
        code=line.code,
        label=line.label,
        sex=line.sex,
        birth_latest=birth.latest,
        birth_precision=birth.precision,
    )
