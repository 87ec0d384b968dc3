"""Births known more or less exactly, ages, age bands, and the rule that an age in doubt is a child's.

**The rule.** What is known of a birth leaves a span of possible dates; the latest of them counts, always. So
a person has the youngest age that is possible, and whoever may still be a child is one: born "in 2000", on 1
June 2018 the person is 17 or 18, and counts as 17. The latest date is what `Birth.stored` gives; a database
that keeps only that date bands people with `cutoffs` exactly as `age_on` and `BandSet.band_of` do.

**Birthdays.** Who was born on 29 February completes a year on 1 March of a common year (again the younger
reading). A date still to come counts as age 0: born "in 2018" and seen on 1 June 2018 is an infant.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

ADULT_FROM: Final = 18  # Convention on the Rights of the Child, article 1
UNKNOWN: Final = "unknown"  # the band of an unknown age: a row of every table


class Precision(StrEnum):
    """How a birth is known: the very day, its month, its year, an age said on some day, or not at all."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    AGE = "age"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Birth:
    """When a person was born: the latest possible date, None if nothing is known, and the precision.

    A date given with the precision of a month or a year is moved to that month's or year's last day.
    """

    latest: date | None
    precision: Precision

    def __post_init__(self) -> None:
        if (self.latest is None) != (self.precision is Precision.UNKNOWN):
            raise ValueError("a birth has a date, or the precision UNKNOWN")
        if self.latest is not None:
            object.__setattr__(self, "latest", _end_of(self.latest, self.precision))

    @classmethod
    def on(cls, day: date) -> "Birth":
        """Known to the day."""
        return cls(day, Precision.DAY)

    @classmethod
    def in_month(cls, year: int, month: int) -> "Birth":
        """Known to the month."""
        return cls(date(year, month, 1), Precision.MONTH)

    @classmethod
    def in_year(cls, year: int) -> "Birth":
        """Known to the year."""
        return cls(date(year, 1, 1), Precision.YEAR)

    @classmethod
    def aged(cls, years: int, months: int = 0, *, on: date) -> "Birth":
        """An age said or estimated on a day, in completed years and months: the birthday may have been that
        day.

        ValueError for a negative age, or one beyond the calendar.
        """
        if years < 0 or months < 0:
            raise ValueError("an age is not negative")
        return cls(_months_before(on, 12 * years + months), Precision.AGE)

    @classmethod
    def unknown(cls) -> "Birth":
        """Nothing known."""
        return cls(None, Precision.UNKNOWN)

    def stored(self) -> date | None:
        """Return the date to keep in a column: the latest possible, so that the younger age counts."""
        return self.latest


@dataclass(frozen=True)
class Age:
    """The parts of an age to be said: completed years, months beyond them, whether the day is known."""

    years: int
    months: int
    exact: bool


def age_on(birth: Birth, day: date) -> int | None:
    """Return the youngest possible age in completed years, at least 0; None if the birth is unknown."""
    return None if birth.latest is None else _months_between(birth.latest, day) // 12


def age_in_months(birth: Birth, day: date) -> int | None:
    """Return the youngest possible age in completed months, at least 0; None if the birth is unknown."""
    return None if birth.latest is None else _months_between(birth.latest, day)


def parts(birth: Birth, day: date) -> Age | None:
    """Return what there is to say of an age on a day, without words; None if the birth is unknown."""
    if birth.latest is None:
        return None
    months = _months_between(birth.latest, day)
    return Age(months // 12, months % 12, birth.precision is Precision.DAY)


def is_child(birth: Birth, day: date) -> bool | None:
    """Say whether the youngest possible age is below 18; None if the birth is unknown.

    None is not "no": where a rule protects children, ask `may_be_child`.
    """
    age = age_on(birth, day)
    return None if age is None else age < ADULT_FROM


def may_be_child(birth: Birth, day: date) -> bool:
    """Say whether a person must be protected as a child: is one, or nothing is known against it."""
    return is_child(birth, day) is not False


@dataclass(frozen=True)
class Band:
    """Ages from `low` to `high` in completed years, both included; without `high` and older."""

    code: str
    low: int
    high: int | None


@dataclass(frozen=True)
class BandSet:
    """Age bands under a name: from 0 up without a gap, the last one open, so that every age is in exactly
    one.

    ValueError otherwise: a table with a hole would lose people.
    """

    name: str
    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        low: int | None = 0
        for band in self.bands:
            if band.low != low or (band.high is not None and band.high < band.low):
                raise ValueError(f"{self.name}: band {band.code} does not follow on the one before")
            low = None if band.high is None else band.high + 1
        if low is not None:
            raise ValueError(f"{self.name}: the last band has to be open")

    def band_of(self, age: int | None) -> str:
        """Return the code of the band of an age in completed years, `UNKNOWN` for None."""
        if age is None:
            return UNKNOWN
        return next(band.code for band in reversed(self.bands) if band.low <= max(age, 0))

    def codes(self) -> tuple[str, ...]:
        """Return the codes in order, `UNKNOWN` last."""
        return (*(band.code for band in self.bands), UNKNOWN)


def cutoffs(bandset: BandSet, night: date) -> list[tuple[str, date, date]]:
    """Return (code, born after, born on or before) for each band: the first date excluded, the second
    included.

    `born_after < birth_date <= born_on_or_before` on the stored date bands people on a night as `age_on` and
    `band_of` do. The oldest band begins after `date.min`, the youngest ends with `date.max` (a date to come
    is age 0). A birth without a date is in no band: `UNKNOWN`.
    """
    return [
        (
            band.code,
            date.min if band.high is None else _born_by(night, band.high + 1),
            date.max if band.low == 0 else _born_by(night, band.low),
        )
        for band in bandset.bands
    ]


def _end_of(day: date, precision: Precision) -> date:
    """Return the last day of the month or year a date stands for, or the date itself."""
    if precision is Precision.YEAR:
        return date(day.year, 12, 31)
    if precision is Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def _months_between(birth: date, day: date) -> int:
    months = 12 * (day.year - birth.year) + day.month - birth.month - (day.day < birth.day)
    return max(months, 0)


def _months_before(day: date, months: int) -> date:
    """Return the latest birth that makes so many completed months on a day."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    if year < date.min.year:
        raise ValueError("an age beyond the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _born_by(night: date, age: int) -> date:
    """Return the latest birth that makes an age in years on a night; before the calendar, its first day."""
    return date.min if age >= night.year else _months_before(night, 12 * age)


def _bands(*edges: int) -> tuple[Band, ...]:
    """Return the bands that begin at each edge and end before the next, the last one open."""
    ends = [edge - 1 for edge in edges[1:]]
    closed = [
        Band(str(low) if low == high else f"{low}-{high}", low, high) for low, high in zip(edges, ends, strict=False)
    ]
    return (*closed, Band(f"{edges[-1]}+", edges[-1], None))


# Who asks for which: HOPE is UNICEF's programme system, SENAF Honduras's authority for children, DTM IOM's
# tracking matrix.
BAND_SETS: Final[Mapping[str, BandSet]] = MappingProxyType(
    {
        bandset.name: bandset
        for bandset in (
            BandSet("default", _bands(0, 5, 12, 18, 25, 60)),
            BandSet("hope", _bands(0, 6, 12, 18, 60)),
            BandSet("senaf", _bands(0, 7, 13, 18)),
            BandSet("dtm", _bands(0, 1, 6, 18, 60)),
        )
    }
)
DEFAULT: Final = BAND_SETS["default"]
