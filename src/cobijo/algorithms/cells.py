"""What people write into the cells of a list, read without guessing: ages, days, counts, sexes, yes and no.

Every reader gives a value, None for a cell that says nothing ("", "-", "N/S", "sin dato"), or raises `Unread` with a
code that the caller turns into a sentence. A cell that can be read in two ways is `AMBIGUOUS`, never decided.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from cobijo.algorithms.text import clean, fold

Cell = str | int | float | bool | date | datetime | time | timedelta | None

OLDEST: Final = 120
"""The age beyond which a number is taken for a slip, in years; the oldest person known reached 122."""
MOST: Final = 1_000_000
"""The count beyond which a number is taken for a slip."""


class Odd(StrEnum):
    """Why a cell cannot be read."""

    AMBIGUOUS = "ambiguous"
    UNREAD = "unread"
    TOO_MUCH = "too_much"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    NO_SUCH_DAY = "no_such_day"
    FUTURE = "future"
    SERIAL = "serial"
    """A bare number where a day is wanted: a spreadsheet's count of days, from 1900 or from 1904."""


class Unread(ValueError):  # noqa: N818 - what it says of the cell, not that it is one
    """A cell that cannot be read as what is wanted; `code` says why."""

    def __init__(self, code: Odd) -> None:
        super().__init__(code.value)
        self.code = code


# --- nothing, and text -----------------------------------------------------------------------------------------------

_NOTHING: Final = frozenset(
    {
        "ns", "n s", "nd", "n d", "na", "n a", "nr", "n r", "sd", "s d", "no sabe", "no se sabe", "se desconoce",
        "sin dato", "sin datos", "sin informacion", "no dice", "no aplica", "no responde", "no contesta",
        "desconocido", "desconocida", "ignorado", "pendiente", "unknown", "not known", "no data", "none", "null", "nan",
    }
)  # fmt: skip


def says_nothing(cell: Cell) -> bool:
    """Say whether a cell is empty, or says in a word that nothing is known."""
    if isinstance(cell, str):
        folded = fold(cell)
        return not folded or folded in _NOTHING
    return cell is None or (isinstance(cell, float) and math.isnan(cell))


def written(cell: Cell) -> str:
    """Return what a cell says as text, "" if nothing: whole numbers without a fraction, days as ISO writes them."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return clean(str(cell))


# --- counts ----------------------------------------------------------------------------------------------------------

_COUNT = re.compile(r"(-?\d+|-?\d{1,3}(?:[.,]\d{3})+)(?:[.,]0+)?(?: ?[^\W\d_]+\.?)?")
_BROKEN = re.compile(r"-?\d+[.,]\d+")


def count(cell: Cell) -> int | None:
    """Return a number of people or things, at least 0: 12, 12.0, "12", "1,204", "12 personas"; None for nothing.

    Raises `Unread`: NEGATIVE, FRACTION (3.9 children), TOO_MUCH (over a million, infinite), UNREAD.
    """
    if says_nothing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unread(Odd.UNREAD)
    return _in_range(cell if isinstance(cell, int | float) else _number(clean(cell)), MOST)


def _number(text: str) -> int:
    match = _COUNT.fullmatch(text)
    if match is None:
        raise Unread(Odd.FRACTION if _BROKEN.fullmatch(text) else Odd.UNREAD)
    return int(re.sub("[.,]", "", match[1]))


def _in_range(number: float, most: int) -> int:
    if number < 0:
        raise Unread(Odd.NEGATIVE)
    if number > most:
        raise Unread(Odd.TOO_MUCH)
    if number != int(number):
        raise Unread(Odd.FRACTION)
    return int(number)


# --- ages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AgeSaid:
    """An age as said, in completed years and months. ``about``: said to be so ("aprox.", "40-45", the lower one)."""

    years: int
    months: int = 0
    about: bool = False


_ABOUT = re.compile(r"\b(?:aprox\w*|mas o menos|como|unos|casi|about|approx\w*|around|ca|est\w*)\b|[~±?]")
_NEWBORN = re.compile(r"recien ?nacid[oa]s?|neonat[oa]s?|newborn|rn")
_SPAN = re.compile(r"(\d{1,3}) ?(?:-|a|to) ?(\d{1,3}) ?(?:anos?|years?)?")
_YEARS, _MONTHS = r"(\d{1,3}) ?(?:anos?|a|years?|yrs?|y)", r"(\d{1,3}) ?(?:meses|mes|mths?|months?|m)"
_AGE = re.compile(rf"(?:{_YEARS})?(?: ?(?:y|con|and|,)? ?{_MONTHS})?")
_AND_A_HALF = re.compile(r"(\d{1,3}) ?(?:anos?)? y medio(?: ano)?|(\d{1,3})[.,]5 ?(?:anos?|years?)?")
_UNDER_A_MONTH = re.compile(r"\d{1,2} ?(?:dias?|semanas?|days?|weeks?)(?: ?(?:de )?nacid[oa])?")


def age(cell: Cell) -> AgeSaid | None:
    """Return an age as said: 34, "34 años", "8 meses", "1 año y 3 meses", "2 y medio", "40-45", "recién nacida".

    A bare number is years. None for nothing. Raises `Unread`: NEGATIVE, FRACTION, TOO_MUCH (over 120 years), UNREAD.
    """
    if says_nothing(cell):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        raise Unread(Odd.UNREAD)
    if isinstance(cell, int | float):
        _in_range(cell * 2, 2 * OLDEST)  # half years are said, other parts are not
    text = written(cell) if isinstance(cell, int | float) else _plain(cell)
    if text.startswith("-"):
        raise Unread(Odd.NEGATIVE)
    about = bool(_ABOUT.search(text))
    return _sensible(_age(" ".join(_ABOUT.sub(" ", text).split()).strip(" .")), about=about)


def _plain(text: str) -> str:
    """The text in small letters without accents, its signs kept."""
    return " ".join(
        fold(part) if part[0].isalnum() else part for part in re.findall(r"[^\W_]+|[-~±?.,]", clean(text))
    ).replace(" . ", ".").replace(" , ", ",")  # fmt: skip


def _age(text: str) -> AgeSaid:
    if match := re.fullmatch(r"\d{1,4}", text):
        return AgeSaid(int(text))
    if match := _AND_A_HALF.fullmatch(text):
        return AgeSaid(int(match[1] or match[2]), 6)
    if match := _SPAN.fullmatch(text):
        return AgeSaid(min(int(match[1]), int(match[2])), about=True)
    if _NEWBORN.fullmatch(text) or _UNDER_A_MONTH.fullmatch(text):
        return AgeSaid(0)
    if text and (match := _AGE.fullmatch(text)):
        years, months = int(match[1] or 0), int(match[2] or 0)
        return AgeSaid(years + months // 12, months % 12)
    raise Unread(Odd.FRACTION if _BROKEN.fullmatch(text) else Odd.UNREAD)


def _sensible(said: AgeSaid, *, about: bool) -> AgeSaid:
    if said.years > OLDEST:
        raise Unread(Odd.TOO_MUCH)
    return AgeSaid(said.years, said.months, said.about or about)


# --- days ------------------------------------------------------------------------------------------------------------


class DateOrder(StrEnum):
    """Which part of a day stands first where it is written in numbers only."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


@dataclass(frozen=True, slots=True)
class DaySaid:
    """A day, or the part of it that was said: a year, a year and its month."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def whole(self) -> date | None:
        """The day, None where only a part was said."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


_MONTH_NAMES: Final = (
    "ene enero jan january janv", "feb febrero february fev", "mar marzo march", "abr abril apr april",
    "may mayo", "jun junio june", "jul julio july", "ago agosto aug august",
    "sep sept septiembre setiembre set september", "oct octubre october", "nov noviembre november",
    "dic diciembre dec december",
)  # fmt: skip
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_SERIALS: Final = range(1000, 80_000)
"""Counts of days that would be a day of 1902 to 2119."""


def day(cell: Cell, order: DateOrder | None, today: date) -> DaySaid | None:
    """Return a day as written: a date, "2020-04-03", "3 de abril de 2020", "03/04/20" in the stated order, "1985".

    Two figures of a year are the latest year that is not to come. None for nothing. Raises `Unread`: AMBIGUOUS where
    two orders are possible and none is stated, NO_SUCH_DAY, FUTURE, TOO_MUCH (over 120 years ago), SERIAL, UNREAD.
    """
    if says_nothing(cell):
        return None
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _past(DaySaid(cell.year, cell.month, cell.day), today)
    return _past(_day(written(cell), order, today), today)


def _past(said: DaySaid, today: date) -> DaySaid:
    try:
        first = date(said.year, said.month or 1, said.day or 1)
    except ValueError:
        raise Unread(Odd.NO_SUCH_DAY) from None
    if first > today:
        raise Unread(Odd.FUTURE)
    if said.year < today.year - OLDEST - 1:
        raise Unread(Odd.TOO_MUCH)
    return said


def _day(text: str, order: DateOrder | None, today: date) -> DaySaid:
    text = re.sub(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$", "", text)
    parts = [part for part in re.split(r"[^0-9a-z]+", fold(text)) if part not in ("", "de", "del", "of", "the")]
    if any(part in _MONTH_OF for part in parts):
        return _with_a_name(parts, today)
    if not all(part.isdigit() and len(part) <= 8 for part in parts):
        raise Unread(Odd.UNREAD)
    if len(parts) == 1:
        return _one_number(parts[0], order, today)
    if len(parts) == 2:
        return _month_and_year(parts, today)
    if len(parts) == 3:
        return _in_numbers(parts, order, today)
    raise Unread(Odd.UNREAD)


def _with_a_name(parts: list[str], today: date) -> DaySaid:
    months = [_MONTH_OF[part] for part in parts if part in _MONTH_OF]
    numbers = [re.sub(r"(?<=\d)(?:st|nd|rd|th|ro|o)$", "", part) for part in parts if part not in _MONTH_OF]
    if len(months) != 1 or not all(number.isdigit() for number in numbers):
        raise Unread(Odd.UNREAD)
    if len(numbers) == 1 and len(numbers[0]) == 4:
        return DaySaid(int(numbers[0]), months[0])
    if len(numbers) != 2:
        raise Unread(Odd.UNREAD)
    first, last = numbers if len(numbers[0]) < 4 else reversed(numbers)
    return DaySaid(_year(last, today), months[0], int(first))


def _one_number(text: str, order: DateOrder | None, today: date) -> DaySaid:
    """A year alone; eight figures without signs; anything else is a spreadsheet's count of days."""
    number = int(text)
    if len(text) == 4 and today.year - OLDEST <= number <= today.year:
        return DaySaid(number)
    if len(text) == 8:
        year_first = today.year - OLDEST <= int(text[:4]) <= today.year
        cut = (4, 6) if year_first else (2, 4)
        return _in_numbers([text[: cut[0]], text[cut[0] : cut[1]], text[cut[1] :]], order, today)
    raise Unread(Odd.SERIAL if number in _SERIALS else Odd.UNREAD)


def _month_and_year(parts: list[str], today: date) -> DaySaid:
    if len(parts[0]) == 4:
        parts = parts[::-1]
    if len(parts[1]) != 4 or not 1 <= int(parts[0]) <= 12:
        raise Unread(Odd.UNREAD)
    return DaySaid(_year(parts[1], today), int(parts[0]))


def _in_numbers(parts: list[str], order: DateOrder | None, today: date) -> DaySaid:
    """Three numbers: a year of four figures in front says its order; else the stated one, or the only possible one."""
    if len(parts[0]) == 4:
        return DaySaid(int(parts[0]), int(parts[1]), int(parts[2]))
    if order is DateOrder.YEAR_FIRST:
        return DaySaid(_year(parts[0], today), int(parts[1]), int(parts[2]))
    first, second, year = int(parts[0]), int(parts[1]), _year(parts[2], today)
    order = order or _only_order(first, second)
    return DaySaid(year, *((second, first) if order is DateOrder.DAY_FIRST else (first, second)))


def _only_order(first: int, second: int) -> DateOrder:
    if first > 12 >= second:
        return DateOrder.DAY_FIRST
    if second > 12 >= first:
        return DateOrder.MONTH_FIRST
    if first == second:
        return DateOrder.DAY_FIRST
    raise Unread(Odd.NO_SUCH_DAY if first > 12 else Odd.AMBIGUOUS)


def _year(text: str, today: date) -> int:
    """The year; of two figures, the latest that is not to come."""
    if len(text) == 4:
        return int(text)
    if len(text) != 2:
        raise Unread(Odd.UNREAD)
    year = today.year - today.year % 100 + int(text)
    return year if year <= today.year else year - 100


def orders_possible(cells: Iterable[Cell]) -> set[DateOrder]:
    """Return which orders of day and month a column's own cells leave open, to be proposed and never assumed."""
    possible = {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST}
    for cell in cells:
        match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})", written(cell))
        if match and int(match[1]) > 12:
            possible.discard(DateOrder.MONTH_FIRST)
        if match and int(match[2]) > 12:
            possible.discard(DateOrder.DAY_FIRST)
    return possible


# --- sex, yes and no -------------------------------------------------------------------------------------------------

_FEMALE: Final = frozenset(
    {"f", "fem", "femenino", "femenina", "mujer", "mujeres", "hembra", "female", "woman", "girl", "nina"}
)
_MALE: Final = frozenset(
    {"h", "masc", "masculino", "masculina", "hombre", "hombres", "varon", "male", "man", "boy", "nino"}
)
_YES: Final = frozenset({"si", "s", "x", "yes", "y", "true", "verdadero", "1", "ok"})
_NO: Final = frozenset({"no", "n", "false", "falso", "0"})


def what_m_means(cells: Iterable[Cell]) -> str | None:
    """Return what "M" stands for in a column of sexes: "female" beside H (hombre), "male" beside F; None: unclear."""
    seen = {fold(cell) for cell in cells if isinstance(cell, str)}
    if "m" not in seen or ("h" in seen) == ("f" in seen):
        return None
    return "female" if "h" in seen else "male"


def sex(cell: Cell, m_means: str | None) -> str | None:
    """Return "female", "male" or "other"; None for nothing. Raises `Unread`: AMBIGUOUS for an M nobody explains."""
    if says_nothing(cell):
        return None
    folded = fold(written(cell))
    if folded == "m":
        if m_means is None:
            raise Unread(Odd.AMBIGUOUS)
        return m_means
    if folded in _FEMALE | _MALE:
        return "female" if folded in _FEMALE else "male"
    if folded in ("otro", "otra", "other", "x"):
        return "other"
    raise Unread(Odd.UNREAD)


def yes(cell: Cell) -> bool | None:
    """Return what a cell that is ticked, or says yes or no, means; None for nothing."""
    if isinstance(cell, bool):
        return cell
    if says_nothing(cell):
        return None
    folded = fold(written(cell))
    if folded not in _YES | _NO:
        raise Unread(Odd.UNREAD)
    return folded in _YES
