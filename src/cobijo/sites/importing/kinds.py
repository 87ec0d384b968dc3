"""The kinds of list this app takes, registered when the program starts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access as authority
from cobijo.accounts import queries as accounts
from cobijo.accounts.types import Permission, UnitKind
from cobijo.algorithms.text import fold
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND
from cobijo.core.imports import kinds
from cobijo.core.imports.types import Context
from cobijo.sites.importing import households, speaking
from cobijo.sites.importing.fields import HOUSEHOLDS, QUESTIONS
from cobijo.sites.importing.members import Place
from cobijo.sites.importing.reports import fields as of_reports
from cobijo.sites.importing.reports import plan as reports
from cobijo.sites.importing.reports.places import places_of
from cobijo.sites.models import Site, Space


def of_site(actor: UUID, unit: UUID, answers: Mapping[str, str]) -> Context:
    """What a list is read with at a site: its day, and its country, zone and spaces."""
    site = Site.objects.select_related("response").get(pk=unit)
    zone = ZoneInfo(site.zone)
    place = Place(site.response.country, zone, _spaces(unit))
    return Context(actor, unit, clock.now(), clock.today(zone), answers, place)


def _spaces(site: UUID) -> dict[str, UUID | None]:
    """The spaces in use by folded name, and by the name of what holds them before it; None where two are called so."""
    found: dict[str, UUID | None] = {}
    for space in Space.objects.filter(site=site, closed_at=None).select_related("parent"):
        names = {fold(space.name), fold(f"{space.parent.name} {space.name}") if space.parent else fold(space.name)}
        for name in names:
            found[name] = None if name in found else space.pk
    return found


def _sites(actor: UUID) -> QuerySet[Site, UUID]:
    """The sites where the actor checks people in."""
    there = Site.objects.filter(unit__in=authority.unit_ids(actor, Permission.STAY))
    return there.values_list("unit_id", flat=True)


def _may_hand_in(actor: UUID, unit: UUID) -> UUID:
    if not Site.objects.filter(pk=unit).exists():
        raise NOT_FOUND()
    return authority.require(actor, Permission.STAY, unit)


def _may_take_back(actor: UUID, unit: UUID) -> UUID:
    """Taking back deletes what many relied on: it is for whoever manages the site."""
    return authority.require(actor, Permission.MANAGE_SITE, unit)


PEOPLE = kinds.Kind(
    name="households",
    says=_("people who stay at the site"),
    fields=HOUSEHOLDS,
    questions=QUESTIONS,
    verb="sites.receive_household",
    identity=("name", "given_names", "first_name", "surnames", "first_surname"),
    units=_sites,
    may=_may_hand_in,
    may_undo=_may_take_back,
    owner=accounts.organisation_of,
    context=of_site,
    plan=households.plan,
    words=speaking.PEOPLE,
)

# --- head-counts -----------------------------------------------------------------------------------------------------


def _of_reports(actor: UUID, unit: UUID, answers: Mapping[str, str]) -> Context:
    """What a list of head-counts is read with: the sites of the unit where the actor reports."""
    places = places_of(actor, unit)
    return Context(actor, unit, clock.now(), clock.today(places.zone), answers, places)


def _reporting(actor: UUID) -> QuerySet[Any, UUID]:
    """The sites, areas and responses where the actor reports head-counts."""
    there = authority.units(actor, Permission.REPORT_SITE)
    return there.filter(kind__in=(UnitKind.RESPONSE, UnitKind.AREA, UnitKind.SITE)).values_list("pk", flat=True)


def _may_report(actor: UUID, unit: UUID) -> UUID:
    return authority.require(actor, Permission.REPORT_SITE, unit)


REPORTS = kinds.Kind(
    name="site_reports",
    says=_("head-counts of sites"),
    fields=of_reports.REPORTS,
    questions=of_reports.QUESTIONS,
    verb="sites.report_headcount",
    identity=("site", "code", "persons"),
    units=_reporting,
    may=_may_report,
    may_undo=_may_report,
    owner=accounts.organisation_of,
    context=_of_reports,
    plan=reports.plan,
    words=speaking.REPORTS,
    of_people=False,
    reads=of_reports.read_headings,
    beside=reports.beside,
)

kinds.register(PEOPLE)
kinds.register(REPORTS)
