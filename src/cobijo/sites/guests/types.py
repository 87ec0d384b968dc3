"""The ages a door can tell, and what they are called."""

from typing import Final

from cobijo.algorithms.ages import UNKNOWN
from cobijo.people.types import Sex
from cobijo.sites.types import FROM_18, GROWN, OLD, UNDER_18

AT_THE_DOOR: Final = (UNDER_18, GROWN, OLD)
"""The three bands counted at a door, where nobody is asked for an age."""
TAKEN: Final = (*AT_THE_DOOR, FROM_18, UNKNOWN)
"""All a tally takes beside the bands of its response."""
SEXES: Final = (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)
