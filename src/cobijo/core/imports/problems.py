"""What can be wrong with a row: a code, and a sentence that says what is so and what to do."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.cells import Odd
from cobijo.core.errors import Refusal, Sentence


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A problem as it is declared. One that does not ``block`` is told, and the row is taken all the same.

    The sentence may name ``{value}`` (what the cell says), ``{size}`` (of how many characters) and ``{other}`` (the
    number of another row).
    """

    code: str
    sentence: Sentence
    blocks: bool = True


_kinds: dict[str, ProblemKind] = {}


def declare(code: str, sentence: Sentence, *, blocks: bool = True) -> str:
    """Make a problem known; gives its code back. A refusal of the same verb needs none: it says itself."""
    _kinds[code] = ProblemKind(code, sentence, blocks)
    return code


def kind_of(code: str) -> ProblemKind:
    """A problem by its code: a declared one, or the refusal of a verb that came of entering the row."""
    if code in _kinds:
        return _kinds[code]
    refusal = Refusal.registry.get(code)
    return ProblemKind(code, refusal.sentence if refusal else _kinds[NOT_TAKEN].sentence)


def blocks(code: str) -> bool:
    """Whether a row with this problem waits for a person."""
    return kind_of(code).blocks


NOT_TAKEN = declare(
    "import.not_taken",
    _("This could not be entered. Compare the row with its neighbours, correct it, and check again."),
)
AMBIGUOUS_DATE = declare(
    "import.ambiguous_date",
    _("“{value}” can be two different days. Say above whether the day or the month stands first."),
)
UNREAD_DATE = declare(
    "import.unread_date",
    _("“{value}” is no date we can read. Write it as 29/10/2018, 29 oct 2018 or 2018-10-29, or clear the cell."),
)
NO_SUCH_DAY = declare(
    "import.no_such_day",
    _("There is no day “{value}”. Correct it, or change above whether the day or the month stands first."),
)
FUTURE = declare("import.future", _("“{value}” is still to come. Correct the date, or clear the cell."))
LONG_AGO = declare("import.long_ago", _("“{value}” is more than 120 years ago. Correct the date, or clear the cell."))
SERIAL = declare(
    "import.serial",
    _("“{value}” is a spreadsheet's count of days, not a date. Write the date as 29/10/2018, or clear the cell."),
)
UNREAD_NUMBER = declare("import.unread_number", _("“{value}” is no whole number. Write one, or clear the cell."))
NEGATIVE = declare("import.negative", _("“{value}” is less than nothing. Correct it, or clear the cell."))
FRACTION = declare("import.fraction", _("“{value}” is not a whole number. Correct it, or clear the cell."))
TOO_MUCH = declare("import.too_much", _("“{value}” is more than can be. Correct it, or clear the cell."))
FORMULA = declare(
    "import.formula",
    _("“{value}” begins like a formula of a spreadsheet, which is not taken in. Write what is meant, or clear it."),
)
TOO_LONG = declare("import.too_long", _("This cell holds {size} characters, more than fit here. Shorten it."))
TWICE = declare("import.twice", _("This row says the same as row {other}. Leave one of the two out."))
KNOWN_IN_PART = declare(
    "import.known_in_part",
    _(
        "Row {other}, of the same household, was entered before. Add this person on that household's page, then leave"
        " the row out."
    ),
)

WAITS = declare("import.waits", _("Row {other}, of the same household, is to be corrected first."))
CHANGED_SINCE = declare(
    "import.changed_since",
    _("Something was recorded of these people since, so they stay. Correct them on their own pages."),
)

OF_A_DAY: Final = {
    Odd.AMBIGUOUS: AMBIGUOUS_DATE,
    Odd.NO_SUCH_DAY: NO_SUCH_DAY,
    Odd.FUTURE: FUTURE,
    Odd.TOO_MUCH: LONG_AGO,
    Odd.SERIAL: SERIAL,
}
OF_A_NUMBER: Final = {Odd.NEGATIVE: NEGATIVE, Odd.FRACTION: FRACTION, Odd.TOO_MUCH: TOO_MUCH}
