"""What counts how much, as data: what a plan's cost is made of, and who goes first where there is no room for all.

Costs are person-distances: one person, one unit of the coordinates. So that a weight means the same in metres and in
kilometres, it counts in *spans*; a span is the mean distance from a household to a site (1 where nothing has a place).
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Weights:
    """Spans for each wish that a plan does not fulfil. 0 drops a wish; ValueError for less."""

    distance: float = 1.0
    """A person, for each unit of distance from where the household is to its site (units, not spans)."""
    apart: float = 0.1
    """A person at a site that is no home of its community of origin."""
    kin: float = 0.5
    """Each further site over which a group of named kin is spread."""
    move: float = 0.5
    """A person asked to move."""
    emptying: float = 1.0
    """A person at a site that is being emptied."""
    unplaced: float = 1_000.0
    """A person without a place, times the points of its turn: more than any wish, so none leaves anybody outside."""

    def __post_init__(self) -> None:
        if min(self.distance, self.apart, self.kin, self.move, self.emptying) < 0 or self.unplaced <= 0:
            raise ValueError("a weight is not negative")


TURNS: Final = {
    "placed": 50.0,
    "unaccompanied": 8.0,
    "medical": 8.0,
    "accessible": 6.0,
    "infant": 4.0,
    "women_headed": 2.0,
    "large": 1.0,
}
"""Points added to the 1 of every person of a household, where there is no room for all. Somebody who has a place is not
put out for somebody else; of two alike, the one whose place costs the others less goes first, then the one that stands
first on the list. Points count by person: a household of eight without points outweighs one person with six."""
LARGE: Final = 7
"""From this size on a household is large: it finds the fewest rooms."""
