"""The numbers of people without a name as pages show them."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms.ages import UNKNOWN
from cobijo.core.errors import NOT_FOUND
from cobijo.people.types import Sex
from cobijo.sites.access import get_for, visible_to
from cobijo.sites.unnamed.models import Unnamed


@dataclass(frozen=True, slots=True)
class NumberLine:
    """So many people of a household at a site, where they sleep and since when.

    ``household`` is None and its code empty for a reader who may see nobody of it.
    """

    id: UUID
    household_id: UUID | None
    household: str
    site_id: UUID
    site: str
    zone: str
    space: str
    persons: int
    sex: Sex
    band: str
    since: datetime

    @property
    def who(self) -> str:
        """Sex and age in words."""
        age = _("age not known") if self.band == UNKNOWN else _("{band} years").format(band=self.band)
        return f"{Sex(self.sex).label}, {age}"


def unnamed_of(actor: UUID, household: UUID) -> list[NumberLine]:
    """People of a household who are at the actor's own sites and have no name yet."""
    rows = visible_to(actor, Unnamed.objects.filter(household=household, out_at=None))
    return [_line(row) for row in _loaded(rows)]


def unnamed_at(actor: UUID, site: UUID) -> list[NumberLine]:
    """Everybody without a name at a site now, by space; beside whom nobody may be seen, for its manager only."""
    here = Unnamed.objects.filter(site=site, out_at=None, voided_at=None)
    seen = set(visible_to(actor, here).values_list("pk", flat=True))
    if not authority.holds(actor, Permission.MANAGE_SITE, site):
        here = here.filter(pk__in=seen)
    lines = [_line(row) if row.pk in seen else _of_nobody_seen(row) for row in _loaded(here)]
    return sorted(lines, key=lambda line: (line.space, line.since))


def number_to_end(actor: UUID, unnamed_id: UUID) -> NumberLine:
    """A number the actor may end: one they see, or one at a site they manage. Raises NOT_FOUND."""
    row = _loaded(Unnamed.objects.filter(pk=unnamed_id, voided_at=None)).first()
    if row is not None and not visible_to(actor, Unnamed.objects.filter(pk=unnamed_id)).exists():
        row = row if authority.holds(actor, Permission.MANAGE_SITE, row.site_id) else None
        if row is not None:
            return _of_nobody_seen(row)
    if row is None:
        raise NOT_FOUND()
    return _line(row)


def _loaded(rows: QuerySet[Unnamed]) -> QuerySet[Unnamed]:
    return rows.select_related("site__unit", "space", "household").order_by("in_at", "id")


def _of_nobody_seen(row: Unnamed) -> NumberLine:
    return replace(_line(row), household_id=None, household="")


def number_for(actor: UUID, unnamed_id: UUID) -> NumberLine:
    """One of these numbers; NOT_FOUND where the actor may not see it."""
    get_for(actor, Unnamed, unnamed_id)
    return _line(_loaded(Unnamed.objects.filter(pk=unnamed_id)).get())


def numbers_by_household(site: UUID) -> dict[UUID, int]:
    """How many people without a name each household has at a site now; for who sees its figures."""
    rows = Unnamed.objects.filter(site=site, out_at=None, voided_at=None).order_by()
    return dict(rows.values_list("household_id").annotate(people=Sum("persons")))


def _line(row: Unnamed) -> NumberLine:
    return NumberLine(
        id=row.pk,
        household_id=row.household_id,
        household=row.household.code,
        site_id=row.site_id,
        site=row.site.unit.name,
        zone=row.site.zone,
        space=row.space.name if row.space else "",
        persons=row.persons,
        sex=Sex(row.sex),
        band=row.band,
        since=row.in_at,
    )
