"""Who fits where: a fact that goes over or breaks a use rule is flagged, a decision that goes over is refused."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from cobijo.core.context import flag
from cobijo.people.queries.who import Who
from cobijo.people.types import Sex
from cobijo.sites import occupancy
from cobijo.sites.models import Site, Stay
from cobijo.sites.occupancy import Node
from cobijo.sites.refusals import GOES_OVER
from cobijo.sites.types import Flag, UseRule


def flag_crowding(site: Site, stays: Sequence[Stay], who: Mapping[UUID, Who], day: date) -> None:
    """Say what these stays, already written, make too full, and which use rules they break."""
    tree = occupancy.read(site.pk)
    places = {stay.id: tree.nodes[stay.space_id] for stay in stays if stay.space_id and stay.space_id in tree.nodes}
    for node in {above.id: above for space in places.values() for above in space.upward()}.values():
        if node.capacity is not None and node.over:
            flag(Flag.OVER_CAPACITY, space=node.id, over=node.over)
    if tree.over:
        flag(Flag.OVER_CAPACITY, site=site.pk, over=tree.over)
    alone = _alone(site, [person.household for person in who.values()])
    for stay in stays:
        if stay.id in places and breaks(places[stay.id], who[stay.person_id], day, alone):
            flag(Flag.USE_RULE, stay=stay.id, space=places[stay.id].id)


def _alone(site: Site, households: Iterable[UUID | None]) -> set[UUID | None]:
    """The households of which no more than one person stays here, and no household at all."""
    wanted = {household for household in households if household}
    found = list(occupancy.sleeping(site.pk).filter(household__in=wanted).values_list("household_id", flat=True))
    found += list(occupancy.numbers(site.pk).filter(household__in=wanted).values_list("household_id", flat=True))
    return {None} | {household for household in wanted if found.count(household) < 2}


def breaks(space: Node, person: Who, day: date, alone: set[UUID | None]) -> bool:
    """Whether a person sleeps against a space's use rule. Where sex or age are not known nobody is told off."""
    if space.use_rule is UseRule.WOMEN_CHILDREN:
        return person.sex is Sex.MALE and person.is_child(day) is False
    if space.use_rule is UseRule.MEN:
        return person.sex is Sex.FEMALE
    return space.use_rule is UseRule.FAMILIES and person.household in alone


def refuse_crowding(site: Site, spaces: Sequence[UUID | None], because: str | None) -> None:
    """Refuse a decision that brings more people than places, counting who is expected; a reason overrides it.

    ``spaces`` holds one entry for each person who is to come: their space, or None for anywhere at the site.
    """
    if because and because.strip():
        return
    tree = occupancy.read(site.pk)
    for node in tree.nodes.values():
        coming = sum(1 for space in spaces if space in {below.id for below in node.downward()})
        _refuse_over(node.name, node.places if node.whole else None, node.within + node.planned, coming)
    _refuse_over(site.unit.name, tree.places if tree.whole else None, tree.people + tree.planned, len(spaces))


def _refuse_over(place: str, places: int | None, taken: int, coming: int) -> None:
    if places is not None and coming and taken + coming > places:
        raise GOES_OVER(place=place, free=max(places - taken, 0), people=coming)
