"""What premises are, how many people they could take, and the acts of a site."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cobijo.core import clock
from cobijo.sites.access import get_for, visible_to
from cobijo.sites.models import Facility, Site, StatusChange
from cobijo.sites.premises.models import Ground, SiteAct
from cobijo.sites.premises.types import GroundKind
from cobijo.sites.types import FacilityKind, SiteStatus

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "capacity.toml"

# --- what premises could take ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Norm:
    """By how much a number of people is reckoned, and where that stands."""

    amount: int
    source: str
    edition: str
    sure: str

    @property
    def cited(self) -> str:
        return f"{self.source}, {self.edition}"


@cache
def norms() -> Mapping[str, Norm]:
    """The norms of a capacity: ``covered_area`` in square decimetres a person, ``toilets`` in persons a toilet."""
    with DATA.open("rb") as file:
        said = tomllib.load(file)
    amounts = {"covered_area": "dm2_a_person", "toilets": "persons_a_toilet"}
    return {
        name: Norm(said[name][amount], said[name]["source"], said[name]["edition"], said[name]["sure"])
        for name, amount in amounts.items()
    }


@dataclass(frozen=True, slots=True)
class Capacity:
    """How many people premises could take: computed, never agreed. None: not measured or not counted.

    ``by_area`` adds up whole people room by room, for nobody sleeps in two; ``by_toilets`` takes those that work, or
    all where nobody looked.
    """

    by_area: int | None
    roofed_dm2: int | None
    by_toilets: int | None
    toilets: int | None

    @property
    def persons(self) -> int | None:
        """The smaller of the two; None where one is not known, for it may be the smaller."""
        if self.by_area is None or self.by_toilets is None:
            return None
        return min(self.by_area, self.by_toilets)

    @property
    def at_most(self) -> int | None:
        """What is known of it: no more than this."""
        return min((one for one in (self.by_area, self.by_toilets) if one is not None), default=None)

    @property
    def bound_by(self) -> str:
        """Which of the two is the smaller: ``area``, ``toilets``, or nothing where that is not known."""
        if self.by_area is None or self.by_toilets is None:
            return ""
        return "area" if self.by_area <= self.by_toilets else "toilets"

    @property
    def roofed_m2(self) -> float | None:
        return None if self.roofed_dm2 is None else round(self.roofed_dm2 / 100, 1)


def people_of(ground: Ground) -> int | None:
    """How many people a roofed ground could take; None of one without a roof."""
    return ground.area_dm2 // norms()["covered_area"].amount if ground.kind == GroundKind.ROOFED else None


def capacity(site: UUID) -> Capacity:
    """How many people the premises of a site could take."""
    return _capacity(grounds_of(site), _toilets([site]).get(site))


def _capacity(grounds: Iterable[Ground], toilets: int | None) -> Capacity:
    roofed = [one for one in grounds if one.kind == GroundKind.ROOFED]
    return Capacity(
        by_area=sum(people_of(one) or 0 for one in roofed) if roofed else None,
        roofed_dm2=sum(one.area_dm2 for one in roofed) if roofed else None,
        by_toilets=None if toilets is None else toilets * norms()["toilets"].amount,
        toilets=toilets,
    )


def grounds_of(site: UUID) -> list[Ground]:
    """The grounds of a site as they were measured last, roofed ones first."""
    kinds = {kind: at for at, kind in enumerate(GroundKind.values)}
    found = Ground.objects.filter(site=site, voided_at=None).order_by("name", "id")
    return sorted(found, key=lambda one: kinds[one.kind])


def _toilets(sites: Sequence[UUID]) -> dict[UUID, int]:
    """The toilets of sites by the newest count for each group of people."""
    newest: dict[UUID, dict[str, int]] = {}
    counts = Facility.objects.filter(site__in=sites, kind=FacilityKind.TOILET, voided_at=None)
    for row in counts.order_by("counted_on", "id"):
        newest.setdefault(row.site_id, {})[row.for_whom] = row.count if row.working is None else row.working
    return {site: sum(each.values()) for site, each in newest.items()}


# --- the premises one may use ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PremisesLine:
    """A site that is not open, with what it could take. ``inventoried_on`` None: nobody measured it."""

    id: UUID
    code: str
    name: str
    place: str
    status: SiteStatus
    capacity: Capacity
    inventoried_on: date | None


NOT_OPEN: Final = (SiteStatus.LISTED, SiteStatus.PLANNED)


def premises_for(actor: UUID, *, least: int = 0) -> list[PremisesLine]:
    """The inventoried and planned sites an actor works with, those that could take most first, in three queries.

    ``least``: only those that could take so many, as far as that is known.
    """
    sites = list(_waiting(visible_to(actor, Site.objects.all())).select_related("unit"))
    ids = [site.pk for site in sites]
    toilets, grounds = _toilets(ids), dict[UUID, list[Ground]]()
    for ground in Ground.objects.filter(site__in=ids, voided_at=None):
        grounds.setdefault(ground.site_id, []).append(ground)
    lines = [_line(site, grounds.get(site.pk, []), toilets.get(site.pk)) for site in sites]
    fitting = [line for line in lines if not least or (line.capacity.at_most or 0) >= least]
    return sorted(fitting, key=lambda line: (-(line.capacity.at_most or 0), line.name))


def _waiting(sites: QuerySet[Site]) -> QuerySet[Site]:
    last = StatusChange.objects.filter(site=OuterRef("pk"), at__lte=clock.now()).order_by("-at", "-id")
    said = Coalesce(Subquery(last.values("status")[:1]), Value(SiteStatus.PLANNED.value))
    return sites.annotate(status_now=said).filter(status_now__in=NOT_OPEN)


def _line(site: Site, grounds: Sequence[Ground], toilets: int | None) -> PremisesLine:
    return PremisesLine(
        id=site.pk,
        code=site.code,
        name=site.unit.name,
        place=site.place,
        status=SiteStatus(site.status_now),  # type: ignore[attr-defined]  # annotated
        capacity=_capacity(grounds, toilets),
        inventoried_on=max((ground.inventoried_on for ground in grounds), default=None),
    )


# --- acts ------------------------------------------------------------------------------------------------------------


def acts_of(site: UUID) -> list[SiteAct]:
    """The acts of a site, the newest first; the caller has asked whether the site may be seen."""
    return list(SiteAct.objects.filter(site=site).order_by("-at", "-number"))


def act_for(actor: UUID, act_id: UUID) -> SiteAct:
    """An act of a site the actor may see; NOT_FOUND of any other."""
    found: Any = get_for(actor, SiteAct, act_id)
    return SiteAct.objects.select_related("site__unit", "site__response__unit").get(pk=found.pk)
