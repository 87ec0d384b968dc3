"""Addresses, where a list has them: streets, hamlets, whatever is written there; a slip or a word more does no harm.

Not among the fields that trees were learnt on: people of one family live at one address, and lists with it are few.
It says something only of two who may be one by their given names, and little where births speak of father and son.
"""

from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cobijo.algorithms.linkage.comparing import FIELDS, MEANINGS, Levels
from cobijo.algorithms.linkage.encoding import Columns, Flags, Floats, Longs

_ALIKE: Final = 0.75
"""The share of signs that agree, from which two addresses are one with slips."""
_MOST: Final = 5.0
"""Bits of one address at most, however rare it is: others live there."""
_FATHER_AND_SON: Final = 2.0
_ELSEWHERE: Final = -0.5
"""Bits of two addresses: people who are registered twice have moved."""
_GIVEN_AGREES: Final = MEANINGS["given"].index("a letter")
_OF_ANOTHER_AGE: Final = MEANINGS["birth"].index("within 3 years")


def bits(columns: Columns, one: Longs, other: Longs, levels: Levels) -> Floats:
    """What the addresses of pairs say, in bits; 0 where either has none. ``levels``: those of the fields."""
    found = np.zeros(len(one), dtype=np.float32)
    at = np.flatnonzero((columns.address[one] >= 0) & (columns.address[other] >= 0))
    if not len(at):
        return found
    given, birth = (levels[at, FIELDS.index(name)] for name in ("given", "birth"))
    rare = np.minimum(columns.address_bits[one[at]], columns.address_bits[other[at]])
    most = np.where((birth > 0) & (birth <= _OF_ANOTHER_AGE), _FATHER_AND_SON, _MOST)
    alike = np.where(given >= _GIVEN_AGREES, np.minimum(rare, most), 0)
    found[at] = np.where(_alike(columns, one[at], other[at]), alike, _ELSEWHERE)
    return found


def _alike(columns: Columns, one: Longs, other: Longs) -> Flags:
    found: Flags = np.asarray(columns.address[one] == columns.address[other])
    at = np.flatnonzero(~found)
    ours, theirs = (columns.address_text[row[at]].tolist() for row in (one, other))
    found[at] = (
        process.cpdist(ours, theirs, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, dtype=np.float32) > 0
    )
    return found
