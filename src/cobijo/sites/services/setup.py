"""Responses, sites, their status, and groups of sites that somebody publishes a figure of."""

from datetime import time
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.accounts import services as accounts
from cobijo.accounts.types import UnitKind
from cobijo.algorithms.text import clean, fold
from cobijo.core import codes, nodes, rows
from cobijo.core.models import Area
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, Act, verb
from cobijo.sites import occupancy
from cobijo.sites.access import visible_to
from cobijo.sites.models import Response, Site, SiteAlias, SiteGroup, StatusChange
from cobijo.sites.refusals import (
    HALF_A_POINT,
    HALF_THE_HOURS,
    OTHER_RESPONSE,
    RESPONSE_CLOSED,
    SAME_STATUS,
    SITES_STILL_OPEN,
    STILL_PEOPLE_IN,
    UNKNOWN_AREA,
    UNKNOWN_ZONE,
)
from cobijo.sites.rules import coming
from cobijo.sites.types import ResponseIn, SiteIn, SiteStatus, Title

Aliases = Annotated[list[Title], Field(max_length=20)]

# --- responses -------------------------------------------------------------------------------------------------------


@verb(
    "sites.open_response",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Response opened"),
)
def open_response(act: Act, *, response_id: UUID, response: ResponseIn, parent_id: UUID | None = None) -> Response:
    """Open a response: its unit, its time zone, and the organisation that answers for the data."""
    _check_zone(response.zone, "response.zone")
    unit = accounts.create_unit(
        act,
        unit_id=response_id,
        parent_id=parent_id,
        kind=UnitKind.RESPONSE,
        name=response.name,
        organisation_id=response.controller_id,
    )
    return rows.add(
        Response(
            unit=unit,
            country=response.country,
            zone=response.zone,
            started_on=response.started_on,
            controller_id=response.controller_id,
            at_closing=response.at_closing,
        )
    )


@verb(
    "sites.close_response",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Response closed"),
)
def close_response(act: Act, *, response_id: UUID) -> Response:
    """Close a response from today on, once none of its sites is open. From then on its time limits run for people."""
    response = Response.objects.select_for_update(of=("self",)).select_related("unit").get(pk=response_id)
    if response.closed_on is not None:
        raise RESPONSE_CLOSED(day=response.closed_on.isoformat())
    sites = response.sites.values_list("pk", flat=True)
    still = [site for site in sites if coming.status_at(site, act.happened_at) is SiteStatus.OPEN]
    if still:
        raise SITES_STILL_OPEN(sites=len(still))
    return rows.change(response, closed_on=act.happened_at.astimezone(ZoneInfo(response.zone)).date())


@verb(
    "sites.set_export_alone",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"people": PLAIN},
    says=_("Limit of lists set"),
)
def set_export_alone(act: Act, *, response_id: UUID, people: Annotated[int, Field(ge=0, le=1_000)]) -> Response:
    """Say up to how many people a list by name may hold for one person to take it alone; 0: always two."""
    response = Response.objects.select_for_update(of=("self",)).get(pk=response_id)
    return rows.change(response, export_alone=people)


def _check_zone(zone: str, field: str) -> None:
    if zone not in available_timezones():
        raise UNKNOWN_ZONE.about(field)


# --- sites -----------------------------------------------------------------------------------------------------------


@verb(
    "sites.add_site",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"listed": PLAIN},
    says=_("Site added"),
)
def add_site(
    act: Act, *, site_id: UUID, response_id: UUID, site: SiteIn, parent_id: UUID | None = None, listed: bool = False
) -> Site:
    """Add a site to a response, below ``parent_id`` (the response itself where none is given).

    It begins as planned; ``listed`` ones are only known and measured, and nobody plans to open them yet.
    """
    response = Response.objects.get(pk=response_id)
    if parent_id is not None and not response.unit.reaches.filter(below=parent_id).exists():
        raise OTHER_RESPONSE.about("parent_id")
    _check(site)
    unit = accounts.create_unit(
        act,
        unit_id=site_id,
        parent_id=parent_id or response_id,
        kind=UnitKind.SITE,
        name=clean(site.name),
        area_id=site.area_id,
    )
    number = codes.take("site", nodes.here_id())[0] + 1
    added = rows.add(Site(unit=unit, response=response, number=number, **_columns(site, response.zone)))
    _name(added, site)
    if listed:
        rows.add(StatusChange(site=added, status=SiteStatus.LISTED, at=act.happened_at))
    return added


@verb(
    "sites.change_site",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Site corrected"),
)
def change_site(act: Act, *, site_id: UUID, site: SiteIn) -> Site:
    """Correct a site's set-up; what is given takes the place of all that was."""
    _check(site)
    found = coming.lock_site(site_id)
    rows.change(found.unit, name=clean(site.name), area_id=site.area_id)
    rows.change(found, **_columns(site, found.response.zone))
    rows.remove(found.aliases.all())
    _name(found, site)
    return found


def _check(site: SiteIn) -> None:
    if site.zone is not None:
        _check_zone(site.zone, "site.zone")
    if site.area_id is not None and not Area.objects.filter(pk=site.area_id).exists():
        raise UNKNOWN_AREA.about("site.area_id")
    if (site.latitude is None) != (site.longitude is None):
        raise HALF_A_POINT.about("site.latitude" if site.latitude is None else "site.longitude")
    if (site.opens_at is None) != (site.closes_at is None) or (site.opens_at and site.opens_at == site.closes_at):
        raise HALF_THE_HOURS.about("site.opens_at" if site.opens_at is None else "site.closes_at")


def _columns(site: SiteIn, zone: str) -> dict[str, object]:
    return {
        "kind": site.kind,
        "official": site.official,
        "area_id": site.area_id,
        "place": clean(site.place),
        "latitude": site.latitude,
        "longitude": site.longitude,
        "zone": site.zone or zone,
        "give_back_on": site.give_back_on,
        "opens_at": time.fromisoformat(site.opens_at) if site.opens_at else None,
        "closes_at": time.fromisoformat(site.closes_at) if site.closes_at else None,
        "door_words": {"hours": site.hours, "rules": site.rules, "complaints": site.complaints},
        "inferred": site.inferred,
    }


def _name(site: Site, given: SiteIn) -> None:
    """Keep the name and every other one the site goes by, folded, so that any of them finds it."""
    names = dict.fromkeys(clean(name) for name in (given.name, *given.aliases))
    rows.add(*(SiteAlias(site=site, name=name, folded=fold(name)) for name in names))


@verb(
    "sites.set_status",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"status": PLAIN, "why": PLAIN},
    says=_("Site opened or closed"),
)
def set_status(
    act: Act,
    *,
    status_id: UUID,
    site_id: UUID,
    status: SiteStatus,
    why: Annotated[str, Field(max_length=240)] = "",
) -> Site:
    """Open or close a site from this moment on. With people in it, it is not closed."""
    site = coming.lock_site(site_id)
    if coming.status_at(site_id, act.happened_at) is status:
        raise SAME_STATUS.about("status")
    if status is SiteStatus.CLOSED and (people := occupancy.registered_here(site_id)):
        raise STILL_PEOPLE_IN.about("status", people=people, site=site.unit.name)
    rows.add(StatusChange(id=status_id, site=site, status=status, at=act.happened_at, why=clean(why)))
    return site


# --- groups ----------------------------------------------------------------------------------------------------------


@verb(
    "sites.group_sites",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"name": PLAIN, "complete": PLAIN},
    says=_("Sites grouped"),
)
def group_sites(
    act: Act,
    *,
    group_id: UUID,
    response_id: UUID,
    name: Title,
    site_ids: Annotated[list[UUID], Field(min_length=1, max_length=2_000)],
    complete: bool,
) -> SiteGroup:
    """Name a set of sites of a response, or change the set of this id. ``complete``: no other site belongs to it."""
    wanted = set(site_ids)
    sites = visible_to(act.actor, Site.objects.filter(pk__in=wanted, response=response_id))
    if sites.count() < len(wanted):
        raise OTHER_RESPONSE.about("site_ids")
    group = SiteGroup.objects.select_for_update().filter(pk=group_id, response=response_id).first()
    if group is None:
        group = rows.add(SiteGroup(id=group_id, response_id=response_id, name=clean(name), complete=complete))
    else:
        rows.change(group, name=clean(name), complete=complete)
    membership = SiteGroup.sites.through
    there = {one.site_id: one for one in membership.objects.filter(sitegroup=group)}
    rows.remove([one for site, one in there.items() if site not in wanted])
    new = [membership(sitegroup_id=group.pk, site_id=site) for site in sorted(wanted - there.keys())]
    if new:
        rows.add(*new)
    return group
