"""Where a unit is, as far as the tree of areas says."""

from uuid import UUID

from django.db.models import Count

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.access import visible_to
from cobijo.core.models import Area


def country_at(actor: UUID, unit: UUID | None) -> str | None:
    """The country of the unit's area, or of the nearest area above it; None where no area is known."""
    if unit is None:
        return None
    areas = (
        authority.units(actor, Permission.SEE_PEOPLE)
        .filter(pk=unit, reached_by__above__area__isnull=False)
        .annotate(depth=Count("reached_by__above__reached_by"))
        .order_by("-depth")
    )
    return areas.values_list("reached_by__above__area__country", flat=True).first()


def area_choices(actor: UUID, most: int = 600) -> list[tuple[str, str]]:
    """Areas to choose from, each led by what it lies in; none where a list would be too long to read."""
    known = visible_to(actor, Area.objects.all())
    found = {row.pk: row for row in known.only("id", "parent_id", "name")[: most + 1]}
    if len(found) > most:
        return []
    return sorted(((str(pk), _path(row, found)) for pk, row in found.items()), key=lambda pair: pair[1])


def _path(area: Area, known: dict[UUID, Area]) -> str:
    steps = [area.name]
    while area.parent_id in known:
        area = known[area.parent_id]
        steps.insert(0, area.name)
    return " › ".join(steps)
