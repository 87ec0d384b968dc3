"""What is asked and what is answered: households, sites, a problem, a plan, and why somebody has no place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite

from cobijo.algorithms.allocation.weights import Weights


class Use(StrEnum):
    """Whom a site or a space is for. `rules.ADMITS` says who fits."""

    ANYONE = "anyone"
    WOMEN_CHILDREN = "women_children"
    UNACCOMPANIED_MINORS = "unaccompanied_minors"
    FAMILIES = "families"
    MEN = "men"
    MEDICAL = "medical"


class Flag(StrEnum):
    """What is known of a household that changes where it may stay, or when its turn comes."""

    MEDICAL = "medical"
    UNACCOMPANIED = "unaccompanied"
    INFANT = "infant"
    WOMEN_HEADED = "women_headed"


@dataclass(frozen=True, slots=True)
class Household:
    """People who stay together. ``now``: the site where they are; ``locked``: they stay there whatever happens.

    Women, men and children are None where unknown. ``needs_accessible``: how many accessible places it needs. Named
    kin are other households' ids. ValueError where the numbers contradict each other.
    """

    id: str
    size: int
    women: int | None = None
    men: int | None = None
    children: int | None = None
    needs_accessible: int = 0
    flags: frozenset[Flag] = frozenset()
    origin: str = ""
    kin: tuple[str, ...] = ()
    x: float | None = None
    y: float | None = None
    now: str | None = None
    locked: bool = False

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(f"{self.id}: a household has at least one person")
        if not 0 <= self.needs_accessible <= self.size:
            raise ValueError(f"{self.id}: needs between 0 and {self.size} accessible places")
        parts = (self.women, self.men, self.children)
        if any(part is not None and part < 0 for part in parts):
            raise ValueError(f"{self.id}: a count of people is not negative")
        known = [part for part in parts if part is not None]
        if sum(known) > self.size or (len(known) == 3 and sum(known) != self.size):
            raise ValueError(f"{self.id}: women, men and children do not add up to {self.size}")
        _check_point(self.id, self.x, self.y)


@dataclass(frozen=True, slots=True)
class Site:
    """A site, or one of its spaces where spaces have rules of their own.

    ``capacity`` and ``accessible_places`` count all places, ``taken`` and ``accessible_taken`` those of people who are
    not among the problem's households. ``area`` (m2 of covered floor) and ``least_area`` (m2 a person) bind where
    both are known. ``origins``: persons there by community of origin; ``kin``: ids of households there. ``emptying``:
    nobody new should come, and who may move should.
    """

    id: str
    capacity: int
    accessible_places: int = 0
    use: Use = Use.ANYONE
    x: float | None = None
    y: float | None = None
    area: float | None = None
    least_area: float | None = None
    taken: int = 0
    accessible_taken: int = 0
    origins: Mapping[str, int] = field(default_factory=dict)
    kin: frozenset[str] = frozenset()
    emptying: bool = False

    def __post_init__(self) -> None:
        if min(self.capacity, self.accessible_places, self.taken, self.accessible_taken) < 0:
            raise ValueError(f"{self.id}: places are not negative")
        if (self.area is not None and self.area < 0) or (self.least_area is not None and self.least_area <= 0):
            raise ValueError(f"{self.id}: an area is not negative, and a least area is more than nothing")
        _check_point(self.id, self.x, self.y)

    @property
    def room(self) -> int:
        """Places for the problem's households: by beds and by covered area, whichever is less, without those taken."""
        most = self.capacity
        if self.area is not None and self.least_area is not None:
            # A hundredth of a thousandth of a place is a matter of how fractions are written, not of floor.
            most = min(most, int(self.area / self.least_area + 1e-5))
        return max(0, most - self.taken)

    @property
    def accessible_room(self) -> int:
        """Accessible places that nobody outside the problem has."""
        return max(0, self.accessible_places - self.accessible_taken)


@dataclass(frozen=True, slots=True)
class Problem:
    """Who is to be placed and where there is room. ``may_move``: those placed may be asked to move.

    ``homes``: sites that communities of origin are to go to, where a person has decided it; the others' are reckoned.
    ValueError where two households or two sites have one id.
    """

    households: tuple[Household, ...]
    sites: tuple[Site, ...]
    may_move: bool = False
    weights: Weights = field(default_factory=Weights)
    homes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for things in (self.households, self.sites):
            if len({thing.id for thing in things}) < len(things):
                raise ValueError("two of them have one id")


class Why(StrEnum):
    """Why a household has no place."""

    NO_SITE_OF_USE = "no_site_of_use"
    NO_ACCESSIBLE_PLACE = "no_accessible_place"
    LARGER_THAN_ANY_ROOM = "larger_than_any_room"
    NO_PLACES_LEFT = "no_places_left"


class Helps(StrEnum):
    """What would give it one."""

    SPLIT = "split"
    OVERRIDE_USE = "override_use"
    OVERRIDE_ACCESSIBLE = "override_accessible"
    OVERRIDE_CAPACITY = "override_capacity"
    MORE_PLACES = "more_places"
    MORE_ACCESSIBLE_PLACES = "more_accessible_places"
    SITE_OF_USE = "site_of_use"


@dataclass(frozen=True, slots=True)
class Help:
    """One way out: at which site, and how many (places short, persons over, the sizes of a split)."""

    what: Helps
    site: str = ""
    numbers: tuple[int, ...] = ()
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A household without a place: why, the number that goes with it, and what would help, the mildest first.

    ``number``: the largest room where it is larger than any, the places short where none are left, the accessible
    places short where those are.
    """

    household: str
    size: int
    why: Why
    number: int
    helps: tuple[Help, ...]


class Strained(StrEnum):
    """A rule that a locked or unmovable placement breaks already."""

    CAPACITY = "capacity"
    ACCESSIBLE = "accessible"
    USE = "use"


@dataclass(frozen=True, slots=True)
class Strain:
    """Where a rule is broken by those who stay as they are: by how many persons, and which household for a use."""

    rule: Strained
    site: str
    number: int
    household: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A household asked to leave the site where it is."""

    household: str
    from_site: str
    to_site: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each household goes, and what that is worth.

    ``cost`` is the sum of ``terms`` (person-distances in the unit of the coordinates), ``bound`` what no plan with
    these homes can undercut, ``gap`` their difference as a share of the cost. ``prices``: what one place more, and
    one accessible place more, at a site would save.
    """

    placements: Mapping[str, str]
    unplaced: tuple[Unplaced, ...]
    strained: tuple[Strain, ...]
    moves: tuple[Move, ...]
    cost: float
    bound: float
    gap: float
    terms: Mapping[str, float]
    homes: Mapping[str, tuple[str, ...]]
    prices: Mapping[str, tuple[float, float]]
    proven_best: bool = False


def _check_point(name: str, x: float | None, y: float | None) -> None:
    if (x is None) != (y is None):
        raise ValueError(f"{name}: a point has two coordinates")
    if x is not None and y is not None and not (isfinite(x) and isfinite(y)):
        raise ValueError(f"{name}: a coordinate is a number")
