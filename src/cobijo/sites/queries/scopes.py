"""Responses, sites and groups of sites by id or by name, for figures: the caller asks whether they may be seen."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from cobijo.sites.access import visible_to
from cobijo.sites.models import Response, Site, SiteGroup


def site(of: UUID) -> Site | None:
    return Site.objects.select_related("unit", "response__unit").filter(pk=of).first()


def group(of: UUID) -> SiteGroup | None:
    return SiteGroup.objects.select_related("response__unit").filter(pk=of).first()


def response(of: UUID) -> Response | None:
    return Response.objects.select_related("unit").filter(pk=of).first()


def response_above(unit: UUID) -> tuple[Response, str] | None:
    """The nearest response above a unit, and the unit's name."""
    above = Response.objects.select_related("unit").filter(unit__reaches__below=unit)
    nearest = above.annotate(reach=Count("unit__reaches__below")).order_by("reach").first()
    if nearest is None:
        return None
    return nearest, nearest.unit.reaches.select_related("below").get(below=unit).below.name


def responses() -> QuerySet[Response]:
    """All responses by name."""
    return Response.objects.select_related("unit").order_by("unit__name")


def zone_for(actor: UUID) -> str:
    """The time zone of the places where the actor works (the first response's, where there are more); else UTC."""
    mine = visible_to(actor, Response.objects.order_by("-started_on"))
    return mine.values_list("zone", flat=True).first() or "UTC"


def groups(of_response: UUID | None = None) -> QuerySet[SiteGroup]:
    """Groups of sites by name, of one response or of all."""
    found = SiteGroup.objects.order_by("name", "id")
    return found.filter(response=of_response) if of_response else found


def sites_of_groups(of_response: UUID) -> list[tuple[UUID, str, bool, UUID]]:
    """Group, name, whether it is complete, and a site of it, for every group of a response."""
    through = SiteGroup.sites.through.objects.filter(sitegroup__response=of_response)
    found = through.order_by("sitegroup__name", "sitegroup_id", "site_id")
    return list(found.values_list("sitegroup_id", "sitegroup__name", "sitegroup__complete", "site_id"))


def only(of: UUID) -> QuerySet[Site]:
    return Site.objects.filter(pk=of)


def in_group(of: UUID) -> QuerySet[Site]:
    return Site.objects.filter(groups=of)


def below(unit: UUID) -> QuerySet[Site]:
    return Site.objects.filter(unit__reached_by__above=unit)


def in_response(of: UUID) -> QuerySet[Site]:
    return Site.objects.filter(response=of)


def units_of(of_response: UUID) -> QuerySet[Response, UUID]:
    """The ids of a response's unit and all below it."""
    return Response.objects.filter(pk=of_response).values_list("unit__reaches__below", flat=True)


def areas_of(of_response: UUID) -> dict[UUID, frozenset[UUID]]:
    """The units between a response and its sites, each with the sites below it."""
    between = set(units_of(of_response)) - {of_response}
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for above, site_id in in_response(of_response).order_by().values_list("unit__reached_by__above", "pk"):
        if above in between and above != site_id:
            found[above].add(site_id)
    return {area: frozenset(sites) for area, sites in sorted(found.items())}


def of_kinds(units: QuerySet[Any, UUID], kinds: Collection[str]) -> QuerySet[Site, UUID]:
    """The ids of those of these units that are sites of certain kinds."""
    return Site.objects.filter(unit__in=units, kind__in=kinds).values_list("unit_id", flat=True)
