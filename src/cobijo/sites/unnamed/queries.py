"""The numbers of people without a name as pages show them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.people.types import Sex
from cobijo.sites.access import get_for, visible_to
from cobijo.sites.unnamed.models import Unnamed


@dataclass(frozen=True, slots=True)
class NumberLine:
    """So many people of a household at a site, where they sleep and since when."""

    id: UUID
    household_id: UUID
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
    return [_line(row) for row in rows.select_related("site__unit", "space").order_by("in_at", "id")]


def number_for(actor: UUID, unnamed_id: UUID) -> NumberLine:
    """One of these numbers; NOT_FOUND where the actor may not see it."""
    get_for(actor, Unnamed, unnamed_id)
    return _line(Unnamed.objects.select_related("site__unit", "space").get(pk=unnamed_id))


def _line(row: Unnamed) -> NumberLine:
    return NumberLine(
        id=row.pk,
        household_id=row.household_id,
        site_id=row.site_id,
        site=row.site.unit.name,
        zone=row.site.zone,
        space=row.space.name if row.space else "",
        persons=row.persons,
        sex=Sex(row.sex),
        band=row.band,
        since=row.in_at,
    )
