"""The spaces of a site, and what it has of toilets, showers and taps."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms.text import clean
from cobijo.core import rows
from cobijo.core.context import current, flag
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, Act, verb
from cobijo.sites import occupancy
from cobijo.sites.models import Facility, Site, Space
from cobijo.sites.refusals import (
    ALREADY_VOID,
    SPACE_CLOSED,
    SPACE_IN_ITSELF,
    SPACE_IN_USE,
    SPACE_NAMED_TWICE,
    SPACES_TOO_DEEP,
    TWICE,
    UNKNOWN_SPACE,
)
from cobijo.sites.rules import coming, facilities
from cobijo.sites.types import FacilityIn, Flag, SpaceIn

Spaces = Annotated[list[SpaceIn], Field(min_length=1, max_length=500)]


@verb(
    "sites.add_spaces",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Spaces added"),
)
def add_spaces(act: Act, *, site_id: UUID, spaces: Spaces) -> Space:
    """Add spaces to a site, those above before those within them. Gives the first."""
    site = coming.lock_site(site_id)
    there = _in_use(site)
    if len({space.space_id for space in spaces}) < len(spaces):
        raise TWICE.about("spaces")
    last = site.spaces.aggregate(last=Max("place_in_list"))["last"] or 0
    added = []
    for at, given in enumerate(spaces):
        space = Space(id=given.space_id, site=site, place_in_list=last + 1 + at, **_columns(given))
        _check(space, there, f"spaces.{at}")
        there[space.id] = space
        added.append(space)
    return rows.add(*added)


@verb(
    "sites.change_space",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Space changed"),
)
def change_space(act: Act, *, space: SpaceIn) -> Space:
    """Correct a space; what is given takes the place of all that was. Whoever sleeps there stays, and is counted."""
    site = coming.lock_site(Space.objects.values_list("site_id", flat=True).get(pk=space.space_id))
    there = _in_use(site)
    found = there.get(space.space_id)
    if found is None:
        raise SPACE_CLOSED()
    columns = _columns(space)
    proposed = Space(id=found.id, site=site, **columns)
    _check(proposed, there, "space")
    _check_below(proposed, there)
    rows.change(found, **columns)
    node = occupancy.read(site.pk).nodes[found.id]
    if node.over:
        flag(Flag.OVER_CAPACITY, space=node.id, over=node.over)
    return found


def _in_use(site: Site) -> dict[UUID, Space]:
    return {space.id: space for space in Space.objects.filter(site=site, closed_at=None)}


def _columns(space: SpaceIn) -> dict[str, object]:
    return {
        "parent_id": space.parent_id,
        "kind": space.kind,
        "name": clean(space.name),
        "capacity": space.capacity,
        "capacity_assumed": space.capacity is not None and space.capacity_assumed,
        "area_dm2": space.area_dm2,
        "use_rule": space.use_rule,
        "accessible": space.accessible,
    }


def _check(space: Space, there: Mapping[UUID, Space], field: str) -> None:
    """A space lies in one of the same site that is in use, not too deep, under a name of its own."""
    above = _above(space, there, field)
    if len(above) >= occupancy.DEEPEST:
        raise SPACES_TOO_DEEP.about(f"{field}.parent_id", levels=occupancy.DEEPEST)
    for other in there.values():
        if other.id != space.id and (other.parent_id, other.name) == (space.parent_id, space.name):
            raise SPACE_NAMED_TWICE.about(f"{field}.name", space=space.name)


def _above(space: Space, there: Mapping[UUID, Space], field: str) -> list[Space]:
    found: list[Space] = []
    parent_id = space.parent_id
    while parent_id is not None:
        parent = there.get(parent_id)
        if parent is None:
            raise UNKNOWN_SPACE.about(f"{field}.parent_id")
        if parent.id == space.id:
            raise SPACE_IN_ITSELF.about(f"{field}.parent_id")
        found.append(parent)
        parent_id = parent.parent_id
    return found


def _check_below(space: Space, there: Mapping[UUID, Space]) -> None:
    """Moving a space takes what lies in it along: that too must not come too deep."""
    below = _height(space.id, there)
    if len(_above(space, there, "space")) + below > occupancy.DEEPEST:
        raise SPACES_TOO_DEEP.about("space.parent_id", levels=occupancy.DEEPEST)


def _height(space_id: UUID, there: Mapping[UUID, Space]) -> int:
    """Levels from a space down to its deepest part in use, itself included."""
    parts = [one.id for one in there.values() if one.parent_id == space_id]
    return 1 + max((_height(part, there) for part in parts), default=0)


@verb(
    "sites.close_space",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Space closed"),
)
def close_space(act: Act, *, space_id: UUID) -> Space:
    """Take a space and all within it out of use. Refused while people sleep there or are expected."""
    site = coming.lock_site(Space.objects.values_list("site_id", flat=True).get(pk=space_id))
    node = occupancy.read(site.pk).nodes.get(space_id)
    if node is None:
        raise SPACE_CLOSED()
    if people := node.within + node.planned:
        raise SPACE_IN_USE(people=people, space=node.name)
    rows.change_all(
        Space.objects.filter(pk__in=[below.id for below in node.downward()]), closed_at=current().recorded_at
    )
    return Space.objects.get(pk=space_id)


# --- facilities ------------------------------------------------------------------------------------------------------


@verb(
    "sites.count_facility",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Facilities counted"),
)
def count_facility(act: Act, *, facility_id: UUID, site_id: UUID, facility: FacilityIn) -> Facility:
    """Record how many toilets, showers, taps there are and how many work. The newest count of a kind stands."""
    return facilities.write(facility_id, site_id, facility)


@verb(
    "sites.void_facility",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Count of facilities taken out"),
)
def void_facility(act: Act, *, facility_id: UUID) -> Facility:
    """Take a count of facilities out that was entered by mistake; the one before it stands again."""
    facility = Facility.objects.select_for_update(no_key=True).get(pk=facility_id)
    if facility.voided_at is not None:
        raise ALREADY_VOID()
    return rows.change(facility, voided_at=current().recorded_at)
