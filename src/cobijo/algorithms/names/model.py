"""The numbers of the comparison of names, all of them, with their reasons. docs/decisions has the model.

Bits are log2 of how much likelier what is seen is if both names are one person's than if they are two people's. The
numbers were set on the tuning half of the labelled pairs (`cobijo bench names`) and never on the half held out.
"""

from typing import Final

PRIOR_BITS: Final = -2.25
"""Of pairs worth comparing by name alone, one in six is one person: what ``probability`` starts from. A search among N
people starts from -log2 N instead: a common name is then never more than possible."""

DISCOUNT: Final = 0.7
"""Of a bit, what it counts for in ``probability``: the words of a name are not independent (names go together by age
and place, one clerk makes all the slips). With the prior, fitted by least log loss on the tuning half and on made
people of a seed kept for it; the labelled pairs alone ask for 0.9, made families with their namesakes for 0.5."""

CUT: Final = 0.5
"""The shipped cut of `same`: as likely as not, given the prior."""

# What agreement is worth, from the rarity of the name.
SOUND_COSTS: Final = 0.7
"""Another spelling of one sound or one family: six in ten spellings of a person are alike."""
NICKNAME_KEEPS: Final = 0.55
"""Of a nickname's rarity: Beto may be ten names, and brothers share few of them."""
NICKNAME_LEAST, NICKNAME_MOST = 1.5, 5.0
INITIAL_BITS: Final = 1.0
"""A letter that fits: one in four names begins with it, and it may as well be chance."""
SLIP_COSTS: Final[dict[int, float]] = {1: 2.5, 2: 5.0, 3: 8.0}
"""A slip of the hand or the ear, by number of edits: about one word in ten has one, one in eighty two."""
SLIP_MOST: Final = 8.0
"""However rare the word: a hundred other names may lie within a slip of it."""
EASY_SLIP_SAVES: Final = 1.0
"""Letters exchanged, doubled, dropped from a pair, or hit on the neighbouring key: half of all slips."""
FIRST_LETTER_COSTS: Final = 1.5
"""People get the first letter right."""
LEAST_AGREEING: Final = 0.5
JOINED_BITS: Final = 8.0
"""Two names here that are written as one there: two agreements, of which the commonest are often compounds."""

# Places.
OTHER_PART_COSTS: Final = 2.0
"""A given name here that stands as a surname there."""
UNSURE_PART_COSTS: Final = 0.5
"""The same where the parts of one were guessed."""
SWAPPED_COSTS: Final = 0.7
"""First and second surname exchanged."""
ORDER_COSTS: Final = 0.3
"""Given names in another order."""
HUSBAND_BITS: Final = 1.0
"""A husband's name that meets a surname: families share surnames by marriage too."""

# What stands on one side only.
EXTRA_GIVEN: Final = -0.6
EXTRA_SECOND: Final = -0.5
EXTRA_FIRST: Final = -2.5
"""The first surname left out while the second is said: rarer than the other way round."""
EXTRA_HUSBAND: Final = -0.2
EXTRA_OVER: Final = -1.0
"""Each word beyond two that only one side has."""
GENERATION_BITS: Final = -2.0
"""Hijo or Jr. on one side: often left out, but it is what tells a son from his father."""

# What contradicts: a word on each side that nothing on the other answers.
OTHER_GIVEN: Final = -10.0
OTHER_SURNAME: Final = -10.0
NEAR_KEEPS: Final = 0.6
"""Of a contradiction between two words that no table knows and that look alike."""
HUSBAND_FOR_SECOND: Final = -0.7
"""A husband's name on one side where the other has the mother's: the usual way of the married."""
INITIAL_AGAINST: Final = -6.0

# The lids.
RELATIVES: Final = 0.06
"""The share of pairs worth comparing that are relatives: they share surnames whatever their rarity, so that equal
surnames are worth log2(1 / 0.06) = 4.1 bits at most."""
MOST_GIVEN: Final = 9.0
"""Bits of given names at most: people of one place and year are named after one saint, one singer, one grandfather."""
CONTRADICTED_MOST: Final = 1.0
"""Bits of a part at most when something in it contradicts: José Luis and José Antonio are brothers."""
ONE_PART_MOST: Final = 2.0
"""Bits at most where one side lacks given names or surnames altogether."""
ONE_WORD_BITS: Final = 4.0
"""Where either text is one word and they agree: asked about Sicay and Xicay, Chepe and José, the answer is about that
word, common or rare, and is no more than possible."""
