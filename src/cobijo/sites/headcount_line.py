"""A head-count in one typed line: "Escuela Alpha 12/6 18:00 familias 31 personas 140 niños 62".

The site, a day, an hour if known, then what was counted, each with its number before or after it. Nothing is guessed:
whether the day or the month stands first is the way of the country, and what was understood is shown before it is kept.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.core import Locale
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import UNKNOWN
from cobijo.algorithms.text import fold
from cobijo.core.errors import Ground, Refusal
from cobijo.people.types import Sex
from cobijo.sites.types import FROM_18, UNDER_18, CellIn, HeadcountIn, Method

EVENING: Final = time(18)
"""The hour at which sites count, taken where none is said."""
NOON: Final = time(12)
"""A count before noon is of those who slept there: it stands for the night before."""

_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2})(?::(\d{2})|h(\d{2})?)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,6}")
_TODAY, _YESTERDAY = {"hoy", "today"}, {"ayer", "yesterday"}
_WORDS: Final[Mapping[str, str]] = {
    word: meaning
    for meaning, words in {
        "households": "familia familias grupos household households families family",
        "persons": "persona personas total gente person persons people",
        "men": "hombre hombres varones man men",
        "women": "mujer mujeres woman women",
        "children": "menores nna children child minors",
        "boys": "nino ninos boy boys",
        "girls": "nina ninas girl girls",
        "persons_ever": "acum acumulado acumulados acumuladas cumulative",
    }.items()
    for word in words.split()
}

NOTHING_SAID = Refusal(
    "sites.line_empty",
    _("Write the site, the day and what was counted, for example: Escuela Alpha 12/6 18:00 familias 31 personas 140."),
    Ground.INPUT,
)
NO_DAY = Refusal(
    "sites.line_no_day",
    _("The day is missing. Write it after the name of the site, for example 12/6, hoy or ayer."),
    Ground.INPUT,
)
NO_SITE = Refusal("sites.line_no_site", _("The site is missing. Begin with its name or its code."), Ground.INPUT)
NOT_A_DAY = Refusal(
    "sites.line_not_a_day",
    _("There is no day {text} here: the {first} stands first. Write for example {example}."),
    Ground.INPUT,
)
NOT_A_TIME = Refusal(
    "sites.line_not_a_time", _("There is no hour {text}. Write for example 18:00, or leave it out."), Ground.INPUT
)
UNKNOWN_WORD = Refusal(
    "sites.line_unknown_word",
    _("“{word}” is not something that is counted. Use familias, personas, hombres, mujeres, niños or niñas."),
    Ground.INPUT,
)
NO_NUMBER = Refusal(
    "sites.line_no_number", _("“{word}” has no number. Write one beside it, for example {word} 31."), Ground.INPUT
)
LONE_NUMBER = Refusal(
    "sites.line_lone_number",
    _("The number {number} has no word. Write what it counts, for example personas {number}."),
    Ground.INPUT,
)
SAID_TWICE = Refusal("sites.line_said_twice", _("“{word}” is said twice. Leave one of them out."), Ground.INPUT)
NO_PEOPLE = Refusal(
    "sites.line_no_people", _("How many people there are is missing. Write for example personas 140."), Ground.INPUT
)


@dataclass(frozen=True, slots=True)
class Said:
    """A line taken apart: the name of the site as typed, and the words after it, from the day on."""

    site: str
    rest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says. ``summed``: the whole was not said and is the sum of its parts; ``hour_said``: not assumed."""

    headcount: HeadcountIn
    summed: bool
    hour_said: bool


def take_apart(line: str) -> Said:
    """Part a line into the site and what is said of it. Raises NOTHING_SAID, NO_DAY, NO_SITE."""
    words = line.split()
    if not words:
        raise NOTHING_SAID()
    at = next((at for at, word in enumerate(words) if _is_day(word)), None)
    if at is None:
        raise NO_DAY()
    if at == 0:
        raise NO_SITE()
    return Said(" ".join(words[:at]).strip(" ,;:"), tuple(words[at:]))


def understand(line: str, said: Said, country: str, zone: ZoneInfo, now: datetime) -> Understood:
    """What a line says of a site in a country and zone, at a present moment; else a refusal that says what to write."""
    today = now.astimezone(zone).date()
    day = _day(said.rest[0].strip(",;"), country, today)
    hour, counted = _hour(said.rest[1:])
    counts = _counts(counted)
    observed = datetime.combine(day, hour or _assumed_hour(day, today, now, zone), zone)
    night = day - timedelta(days=1) if hour is not None and hour < NOON else day
    cells = cells_of(counts)
    parts = sum(cell.persons for cell in cells)
    if "persons" not in counts and not parts:
        raise NO_PEOPLE()
    headcount = HeadcountIn(
        night=night,
        observed_at=observed,
        persons=counts.get("persons", parts),
        households=counts.get("households"),
        method=Method.HEAD_COUNT,
        cells=cells,
        persons_ever=counts.get("persons_ever"),
        as_said=" ".join(line.split())[:240],
    )
    return Understood(headcount, "persons" not in counts, hour is not None)


def with_source(headcount: HeadcountIn, method: Method, informant_post: str) -> HeadcountIn:
    """The same head-count with how it was come by and who said it."""
    return replace(headcount, method=method, informant_post=informant_post)


# --- day and hour ----------------------------------------------------------------------------------------------------


def day_first(country: str) -> bool:
    """Whether people of a country write the day before the month, by the Unicode locale data."""
    pattern: str = Locale.parse(f"und_{country}").date_formats["short"].pattern
    return pattern.index("d") < pattern.index("M")


def _is_day(word: str) -> bool:
    return bool(_DATE.fullmatch(word.strip(",;"))) or fold(word) in _TODAY | _YESTERDAY


def _day(word: str, country: str, today: date) -> date:
    if fold(word) in _TODAY | _YESTERDAY:
        return today if fold(word) in _TODAY else today - timedelta(days=1)
    found = _DATE.fullmatch(word)
    assert found is not None
    first, second, year = found.groups()
    day, month = (int(first), int(second)) if day_first(country) else (int(second), int(first))
    for candidate in _years(year, today):
        try:
            said = date(candidate, month, day)
        except ValueError:
            continue
        if year or said <= today:
            return said
    order = _("day") if day_first(country) else _("month")
    raise NOT_A_DAY(text=word, first=str(order), example="12/6" if day_first(country) else "6/12")


def _years(said: str | None, today: date) -> Iterable[int]:
    """The year as said, or else the last years: the day meant is the last one of that name (29 February too)."""
    if said:
        return [int(said) + (2000 if len(said) == 2 else 0)]
    return range(today.year, today.year - 5, -1)


def _hour(words: Sequence[str]) -> tuple[time | None, Sequence[str]]:
    found = _TIME.fullmatch(words[0].strip(",;")) if words else None
    if found is None:
        return None, words
    try:
        hour = time(int(found[1]), int(found[2] or found[3] or 0))
    except ValueError:
        raise NOT_A_TIME(text=words[0]) from None
    rest = words[1:]
    return hour, rest[1:] if rest and fold(rest[0]) in {"horas", "hrs", "h"} else rest


def _assumed_hour(day: date, today: date, now: datetime, zone: ZoneInfo) -> time:
    """The evening; of today no later than now, for nobody has counted what is to come."""
    local = now.astimezone(zone).time().replace(tzinfo=None, microsecond=0)
    return min(EVENING, local) if day == today else EVENING


# --- what was counted ------------------------------------------------------------------------------------------------


def _counts(words: Sequence[str]) -> dict[str, int]:
    """Words and numbers in pairs, either first, in one order throughout."""
    parts = [part for word in words for part in re.split(r"[\s,;:=]+", word) if part]
    counts: dict[str, int] = {}
    number_first = bool(parts) and bool(_NUMBER.fullmatch(parts[0]))
    for at in range(0, len(parts), 2):
        word, number = _pair(parts[at : at + 2], number_first)
        meaning = _WORDS[fold(word)]
        if meaning in counts:
            raise SAID_TWICE(word=word)
        counts[meaning] = number
    return counts


def _pair(pair: Sequence[str], number_first: bool) -> tuple[str, int]:
    word = next((part for part in pair if not _NUMBER.fullmatch(part)), None)
    if word is None:
        raise LONE_NUMBER(number=pair[0])
    if fold(word) not in _WORDS:
        raise UNKNOWN_WORD(word=word)
    number = next((part for part in pair if _NUMBER.fullmatch(part)), None)
    if number is None or (pair[0] == number) != number_first:
        raise NO_NUMBER(word=word)
    return word, int(number)


def cells_of(counts: Mapping[str, int]) -> list[CellIn]:
    """Counts as cells. Beside children, men and women are grown; without, they are all that are male and female.

    "Niños" alone are children of either sex; beside "niñas" they are boys.
    """
    young = counts.keys() & {"children", "boys", "girls"}
    grown = FROM_18 if young else UNKNOWN
    boys = Sex.MALE if "girls" in counts else Sex.UNKNOWN
    meant = {
        "men": (Sex.MALE, grown),
        "women": (Sex.FEMALE, grown),
        "boys": (boys, UNDER_18),
        "girls": (Sex.FEMALE, UNDER_18),
        "children": (Sex.UNKNOWN, UNDER_18),
    }
    added: dict[tuple[str, str], int] = {}
    for name, (sex, band) in meant.items():
        if name in counts:
            added[sex.value, band] = added.get((sex.value, band), 0) + counts[name]
    return [CellIn(sex=sex, band=band, persons=persons) for (sex, band), persons in added.items()]
