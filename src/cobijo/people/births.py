"""From a birth as people say it to a birth as it is kept."""

from datetime import date, datetime, timedelta

from cobijo.algorithms.ages import Birth, age_on
from cobijo.core.errors import Refusal
from cobijo.people.refusals import INCOMPLETE, NOT_A_DAY, UNBORN
from cobijo.people.types import BirthIn

# Nobody's day is earlier or later than this against UTC. This app knows no site and so no zone.
_BEHIND, _AHEAD = timedelta(hours=12), timedelta(hours=14)


def said_on(moment: datetime) -> date:
    """The day on which an age was said: the earliest it was anywhere, so that the age holds that very night."""
    return (moment - _BEHIND).date()


def problem(given: BirthIn, moment: datetime) -> Refusal | None:
    """What is wrong with a birth as typed at a moment; None where it can be kept."""
    if (given.day and not given.month) or (given.month and not given.year):
        return INCOMPLETE
    if given.year is None:
        return None
    try:
        earliest = date(given.year, given.month or 1, given.day or 1)
    except ValueError:
        return NOT_A_DAY
    return UNBORN if earliest > (moment + _AHEAD).date() else None


def read(given: BirthIn, moment: datetime) -> Birth:
    """The birth; a date goes before an age. Call it where ``problem`` finds none."""
    if given.year is not None:
        if given.month is None:
            return Birth.in_year(given.year)
        if given.day is None:
            return Birth.in_month(given.year, given.month)
        return Birth.on(date(given.year, given.month, given.day))
    if given.age_years is None and given.age_months is None:
        return Birth.unknown()
    return Birth.aged(given.age_years or 0, given.age_months or 0, on=said_on(moment))


def contradicts(given: BirthIn, moment: datetime) -> bool:
    """Whether a date and an age were both said and lie more than a year apart."""
    if given.year is None or given.age_years is None:
        return False
    by_date = age_on(read(given, moment), said_on(moment))
    return by_date is not None and abs(by_date - given.age_years) > 1


def is_over_a_year(given: BirthIn, moment: datetime) -> bool:
    """Whether somebody is one year old or more at a moment, however late they were born."""
    youngest = age_on(read(given, moment), said_on(moment))
    return youngest is not None and youngest >= 1
