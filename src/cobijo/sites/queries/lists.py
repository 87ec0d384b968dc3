"""The sites of an actor, with how full they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms.text import fold
from cobijo.core import clock
from cobijo.sites.access import visible_to
from cobijo.sites.models import Site, Space, StatusChange, Stay
from cobijo.sites.types import OPEN, SiteKind, SiteStatus
from cobijo.sites.unnamed.models import Unnamed


@dataclass(frozen=True, slots=True)
class SiteLine:
    """A site in a list. ``registered`` and ``places`` None: not the actor's to see, or not known."""

    id: UUID
    code: str
    name: str
    kind: SiteKind
    status: SiteStatus
    response: str
    registered: int | None
    places: int | None
    assumed: bool

    @property
    def over(self) -> int:
        return max((self.registered or 0) - self.places, 0) if self.places is not None else 0

    @property
    def free(self) -> int | None:
        return None if self.places is None or self.registered is None else max(self.places - self.registered, 0)


def sites_for(
    actor: UUID, *, text: str = "", status: SiteStatus | None = None, part: slice = slice(0, 50)
) -> tuple[list[SiteLine], int]:
    """A part of the sites an actor works with, by name, with people and places in one query; and how many there are."""
    sites = visible_to(actor, Site.objects.order_by("unit__name", "number"))
    for word in fold(text).split():
        sites = sites.filter(Exists(Site.objects.filter(pk=OuterRef("pk"), aliases__folded__contains=word)))
    sites = sites.annotate(status_now=Coalesce(_status_now(), Value(SiteStatus.PLANNED.value)))
    if status is not None:
        sites = sites.filter(status_now=status)
    shown = sites.filter(pk__in=sites.values("pk")[part])  # of no others is it counted how full they are
    rows = _with_figures(actor, shown).select_related("unit", "response__unit")
    return [_line(site) for site in rows], sites.count()


def _status_now() -> Subquery:
    last = StatusChange.objects.filter(site=OuterRef("pk"), at__lte=clock.now()).order_by("-at", "-id")
    return Subquery(last.values("status")[:1])


def _with_figures(actor: UUID, sites: QuerySet[Site]) -> QuerySet[Site]:
    people = Stay.objects.filter(site=OuterRef("pk"), out_at=None, state__in=OPEN, disputed=False, voided_at=None)
    numbers = Unnamed.objects.filter(site=OuterRef("pk"), out_at=None, voided_at=None)
    registered = Coalesce(_one(people, Count("id")), 0) + Coalesce(_one(numbers, Sum("persons")), 0)
    counted = _counted_spaces()
    seen = Q(pk__in=authority.unit_ids(actor, Permission.SEE_FIGURES))
    return sites.annotate(
        registered=Case(When(seen, then=registered), output_field=IntegerField()),
        places=_one(counted, Sum("capacity")),
        assumed=Exists(counted.filter(capacity_assumed=True)),
    )


def _counted_spaces() -> QuerySet[Space]:
    """The spaces whose capacities make a site's places: with one of their own, under none that has one.

    Trees are ``occupancy.DEEPEST`` levels deep, so three steps upward see every ancestor.
    """
    return Space.objects.filter(
        site=OuterRef("pk"),
        closed_at=None,
        capacity__isnull=False,
        parent__capacity=None,
        parent__parent__capacity=None,
        parent__parent__parent__capacity=None,
    )


def _one(rows: QuerySet[Stay] | QuerySet[Unnamed] | QuerySet[Space], what: Count | Sum) -> Subquery:
    return Subquery(rows.order_by().values("site").annotate(one=what).values("one"), output_field=IntegerField())


def _line(site: Site) -> SiteLine:
    return SiteLine(
        id=site.pk,
        code=site.code,
        name=site.unit.name,
        kind=SiteKind(site.kind),
        status=SiteStatus(site.status_now),  # type: ignore[attr-defined]
        response=site.response.unit.name,
        registered=site.registered,  # type: ignore[attr-defined]
        places=site.places,  # type: ignore[attr-defined]
        assumed=site.assumed,  # type: ignore[attr-defined]
    )


@dataclass(frozen=True, slots=True)
class OpenSite:
    """An open site of a response: its name only, for its figures are its own."""

    id: UUID
    code: str
    name: str


def open_sites(response: UUID) -> Sequence[OpenSite]:
    """The sites of a response that are open now, by name."""
    sites = Site.objects.filter(response=response).annotate(now=_status_now())
    rows = sites.filter(now=SiteStatus.OPEN).order_by("unit__name").values_list("pk", "number", "unit__name")
    return [OpenSite(pk, Site(number=number).code, name) for pk, number, name in rows]


def transfer_targets(site: Site) -> Sequence[OpenSite]:
    """The other open sites of the same response, to which a transfer can be proposed."""
    return [line for line in open_sites(site.response_id) if line.id != site.pk]
