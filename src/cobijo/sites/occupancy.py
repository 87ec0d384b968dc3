"""Spaces as a tree with who is in them: places, free places, what is over. The same reckoning serves rules and pages.

A space's places are its own capacity, or else the sum of its parts'. Where neither is known they are unknown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from cobijo.sites.models import Space, Stay
from cobijo.sites.types import OPEN, SpaceKind, StayState, UseRule
from cobijo.sites.unnamed.models import Unnamed

DEEPEST = 4
"""Levels of a tree of spaces: building, floor or module, room, bed. A list of sites adds up places in one query."""


@dataclass(slots=True)
class Node:
    """A space, what holds for it by its own word or an ancestor's, and how many sleep there (``within``: below too)."""

    id: UUID
    parent: "Node | None"
    name: str
    kind: SpaceKind
    capacity: int | None
    assumed: bool
    area_dm2: int | None
    use_rule: UseRule
    accessible: bool | None
    own: int = 0
    within: int = 0
    planned: int = 0
    children: list["Node"] = field(default_factory=list)

    @property
    def places(self) -> int | None:
        """Its capacity, or the sum of what is known of its parts; None where nothing is known."""
        if self.capacity is not None:
            return self.capacity
        known = [places for child in self.children if (places := child.places) is not None]
        return sum(known) if known else None

    @property
    def whole(self) -> bool:
        """Whether its places are known completely."""
        return self.capacity is not None or (bool(self.children) and all(child.whole for child in self.children))

    @property
    def over(self) -> int:
        """How many people more than places; 0 where that cannot be known."""
        return max(self.within - (self.places or 0), 0) if self.whole else 0

    @property
    def free(self) -> int | None:
        return None if self.places is None else max(self.places - self.within, 0)

    @property
    def area_a_person(self) -> float | None:
        """Covered area in square metres for each who sleeps there; None where it is not known or nobody does."""
        return round(self.area_dm2 / 100 / self.within, 1) if self.area_dm2 and self.within else None

    @property
    def depth(self) -> int:
        return 1 if self.parent is None else self.parent.depth + 1

    def upward(self) -> Iterator["Node"]:
        """It and the spaces it lies in, up to the top."""
        yield self
        if self.parent is not None:
            yield from self.parent.upward()

    def downward(self) -> Iterator["Node"]:
        """It and all below it, in the order of the list."""
        yield self
        for child in self.children:
            yield from child.downward()


@dataclass(frozen=True, slots=True)
class Tree:
    """The open spaces of a site, and how many people stay there, with a space or without."""

    tops: tuple[Node, ...]
    nodes: Mapping[UUID, Node]
    people: int
    planned: int
    without_space: int

    @property
    def places(self) -> int | None:
        """Places of the site as far as they are known; None where no space has any."""
        known = [places for top in self.tops if (places := top.places) is not None]
        return sum(known) if known else None

    @property
    def whole(self) -> bool:
        """Whether the places of every space are known."""
        return bool(self.tops) and all(top.whole for top in self.tops)

    @property
    def assumed(self) -> bool:
        """Whether any capacity that counts is assumed."""
        return any(node.assumed for node in self.counted())

    @property
    def over(self) -> int:
        return max(self.people - (self.places or 0), 0) if self.whole else 0

    @property
    def free(self) -> int | None:
        return None if self.places is None else max(self.places - self.people, 0)

    def counted(self) -> Iterator[Node]:
        """The spaces whose capacities make the site's places: those with one, under none that has one."""
        for node in self.nodes.values():
            if node.capacity is not None and all(above.capacity is None for above in list(node.upward())[1:]):
                yield node

    def finest(self) -> Iterator[Node]:
        """The spaces in which a free place is offered: those with a capacity and no part that has one."""
        for node in self.nodes.values():
            if node.capacity is not None and all(below.capacity is None for below in list(node.downward())[1:]):
                yield node


def sleeping(site: UUID) -> QuerySet[Stay]:
    """The stays that count now at a site: in or temporarily out, neither disputed nor void."""
    return Stay.objects.filter(site=site, out_at=None, state__in=OPEN, disputed=False, voided_at=None)


def numbers(site: UUID, at: datetime | None = None) -> QuerySet[Unnamed]:
    """The people without a name who count at a site now or at a moment."""
    true = Unnamed.objects.filter(site=site, voided_at=None)
    if at is None:
        return true.filter(out_at=None)
    return true.filter(Q(out_at=None) | Q(out_at__gt=at), in_at__lte=at)


def counted_at(moment: datetime) -> Q:
    """The condition on stays that count at a moment: begun by then, not ended, neither disputed nor void.

    A night's census is taken at the midnight that ends it (``clock.midnight_ending``).
    """
    return Q(in_at__lte=moment, disputed=False, voided_at=None) & (Q(out_at=None) | Q(out_at__gt=moment))


def read(site: UUID, at: datetime | None = None) -> Tree:
    """A site's spaces with their people now or at a moment, in three queries. The spaces are those in use now."""
    spaces = Space.objects.filter(site=site, closed_at=None).order_by("place_in_list", "name", "id")
    if at is None:
        open_now = Stay.objects.filter(site=site, out_at=None, disputed=False, voided_at=None)
        here, planned = Q(state__in=OPEN), Q(state=StayState.PLANNED)
    else:
        open_now = Stay.objects.filter(counted_at(at), site=site)
        here, planned = Q(pk__isnull=False), Q(pk=None)
    named = open_now.values_list("space_id").annotate(here=Count("id", filter=here), plan=Count("id", filter=planned))
    counts = {space: (here, planned) for space, here, planned in named}
    for space, people in numbers(site, at).order_by().values_list("space_id").annotate(people=Sum("persons")):
        here, planned = counts.get(space, (0, 0))
        counts[space] = (here + people, planned)
    return _tree(list(spaces), counts)


def _tree(spaces: list[Space], counts: Mapping[UUID | None, tuple[int, int]]) -> Tree:
    rows = {space.id: space for space in spaces}
    nodes: dict[UUID, Node] = {}
    for space in spaces:
        _place(space, rows, nodes)
    for space_id, (here, planned) in counts.items():
        if space_id in nodes:
            nodes[space_id].own = here
            for node in nodes[space_id].upward():
                node.within += here
                node.planned += planned
    tops = tuple(nodes[space.id] for space in spaces if nodes[space.id].parent is None)
    people, expected = (sum(pair[at] for pair in counts.values()) for at in (0, 1))
    in_spaces = sum(top.within for top in tops)
    return Tree(tops, nodes, people, expected, people - in_spaces)


def _place(space: Space, rows: Mapping[UUID, Space], nodes: dict[UUID, Node]) -> Node:
    """The node of a space, its ancestors made first: they pass on their rule where it has none of its own."""
    if space.id in nodes:
        return nodes[space.id]
    above = rows.get(space.parent_id) if space.parent_id else None
    parent = _place(above, rows, nodes) if above else None
    rule = UseRule(space.use_rule)
    node = Node(
        id=space.id,
        parent=parent,
        name=space.name,
        kind=SpaceKind(space.kind),
        capacity=space.capacity,
        assumed=space.capacity is not None and space.capacity_assumed,
        area_dm2=space.area_dm2,
        use_rule=parent.use_rule if parent and rule is UseRule.ANYONE else rule,
        accessible=parent.accessible if parent and space.accessible is None else space.accessible,
    )
    if parent:
        parent.children.append(node)
    nodes[space.id] = node
    return node


def registered_here(site: UUID) -> int:
    """How many people a site has, disputed and unnamed ones too: nobody is left behind in a closed site."""
    named = Stay.objects.filter(site=site, out_at=None, state__in=OPEN, voided_at=None).count()
    return named + int(numbers(site).aggregate(people=Sum("persons", default=0))["people"])
