"""What a list of head-counts can hold, what its columns may be called, and what is asked of the whole list."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import BAND_SETS, UNKNOWN
from cobijo.algorithms.cells import Cell, Unread, count
from cobijo.algorithms.text import fold
from cobijo.core import clock
from cobijo.core.errors import Sentence
from cobijo.core.imports.kinds import Choices, Field, Question, date_order
from cobijo.core.wording import day as day_in_words
from cobijo.people.types import Sex
from cobijo.sites.importing.fields import headings
from cobijo.sites.importing.reports.places import zone_of_unit
from cobijo.sites.types import FROM_18, UNDER_18, Method

DAYS_ASKED: Final = 7
"""For a list without days: as many are offered, from today back."""
CUT_OFFS: Final = ("06:00", "12:00", "18:00", "24:00")
SPLIT: Final = "split"

# --- columns by sex and age ------------------------------------------------------------------------------------------

_SEXES: Final[Mapping[Sex, Sequence[str]]] = {
    Sex.FEMALE: ("f", "mujeres", "mujer", "femenino", "ninas", "female", "women", "girls", "fem"),
    Sex.MALE: ("h", "hombres", "hombre", "masculino", "varones", "male", "men", "boys", "masc"),
    Sex.UNKNOWN: ("", "edad", "sin dato de sexo"),
}
_BANDS: Final = sorted(
    {band for one in BAND_SETS.values() for band in one.codes()} | {UNDER_18, FROM_18},
    key=lambda code: (code == UNKNOWN, [int(part) for part in code.strip("+").split("-")] if code != UNKNOWN else []),
)


def cell_name(sex: Sex, band: str) -> str:
    """The field of a column by sex and age band."""
    return f"cell_{sex.value}_{band}"


def cell_of_field(name: str) -> tuple[str, str]:
    """Sex and age band of such a field."""
    _cell, sex, band = name.split("_", 2)
    return sex, band


def _says_of_band(band: str) -> Sequence[str]:
    """What a band is called in headings."""
    if band == UNKNOWN:
        return ("sin dato", "edad no conocida", "edad desconocida", "unknown", "age unknown")
    if band.endswith("+"):
        low = band[:-1]
        said = (f"{low}", f"{low} y mas", f"{low} o mas", f"{low} anos y mas", f"mayores de {low}", f"{low} and over")
        return (*said, "adultos mayores", "adulto mayor", "older persons") if band == "60+" else said
    if band == "0":
        return ("menores de 1 ano", "menor de 1", "0 anos", "under 1")
    low, high = band.split("-")
    return (f"{low} {high}", f"{low} a {high}", f"{low} {high} anos", f"{low} a {high} anos", f"{low} to {high}")


def _cell_synonyms(sex: Sex, band: str) -> tuple[str, ...]:
    said = [f"{word} {ages}".strip() for word in _SEXES[sex] for ages in _says_of_band(band)]
    return tuple(said) if band != UNKNOWN or sex is not Sex.UNKNOWN else ("sin dato de sexo ni edad",)


def _cell_in_words(sex: Sex, band: str) -> str:
    ages = gettext("age not known") if band == UNKNOWN else gettext("{band} years").format(band=band)
    return f"{gettext('Sex not known') if sex is Sex.UNKNOWN else sex.label}, {ages}"


_in_words: Any = lazy(_cell_in_words, str)
CELLS: Final = tuple(
    Field(cell_name(sex, band), _in_words(sex, band), _cell_synonyms(sex, band), 20, signs=True)
    for band in _BANDS
    for sex in _SEXES
)
CELL_NAMES: Final = tuple(field.name for field in CELLS)


def read_headings(said: Sequence[str]) -> Sequence[str]:
    """Headings with the letters of the sexes made plain: M beside H is mujeres, beside F masculino, alone neither."""
    letters = {word for heading in said for word in fold(heading).split() if word in ("f", "h", "m")}
    if "m" not in letters or ("f" in letters) == ("h" in letters):
        return said
    meant = "mujeres" if "h" in letters else "masculino"
    return [" ".join(meant if word == "m" else word for word in fold(heading).split()) for heading in said]


# --- the other columns -----------------------------------------------------------------------------------------------


def _field(name: str, says: Sentence, takes: int = 40, *, signs: bool = False) -> Field:
    return Field(name, says, headings(__package__, "headings.txt")[name], takes, signs)


COUNTS: Final = ("persons", "households", "persons_ever", "households_ever", "served_elsewhere")
PARTS: Final = ("women", "men", "children", "boys", "girls")
REPORTS: Final = (
    _field("site", _("name of the site"), 160),
    _field("code", _("code of the site"), 20),
    _field("day", _("day of the report")),
    _field("hour", _("hour of the count")),
    _field("households", _("households now"), signs=True),
    _field("persons", _("people now"), signs=True),
    _field("households_ever", _("households since the opening"), signs=True),
    _field("persons_ever", _("people since the opening"), signs=True),
    _field("women", _("women"), signs=True),
    _field("men", _("men"), signs=True),
    _field("children", _("children of either sex"), signs=True),
    _field("boys", _("boys"), signs=True),
    _field("girls", _("girls"), signs=True),
    _field("served_elsewhere", _("served there, sleeping elsewhere"), signs=True),
    _field("origin", _("where the people are from"), 240),
    _field("method", _("how it was counted"), 80),
    _field("post", _("post of who said it, not their name"), 80),
    _field("kind", _("first, progress or final report"), 40),
    _field("urgent", _("urgent needs, in one column"), 240),
    _field("urgent_1", _("most urgent need"), 80),
    _field("urgent_2", _("second need"), 80),
    _field("urgent_3", _("third need"), 80),
    *CELLS,
)

# --- questions -------------------------------------------------------------------------------------------------------


def _nothing(_columns: Mapping[str, Sequence[Cell]]) -> None:
    return None


def _days(unit: UUID) -> Choices:
    """The last days, each by its date: a list looked at again tomorrow still is of the day it was of."""
    today = clock.today(zone_of_unit(unit))
    days = [today - timedelta(days=back) for back in range(DAYS_ASKED)]
    words = {0: gettext("today, {day}"), 1: gettext("yesterday, {day}")}
    said = [(day.isoformat(), words.get(back, "{day}").format(day=day_in_words(day))) for back, day in enumerate(days)]
    return [("", _("not said: every row waits")), *said]


def day_answered(text: str) -> date | None:
    """The day that was said of the whole list."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _split_likely(columns: Mapping[str, Sequence[Cell]]) -> str | None:
    """Whether the parts of every row are the same shares of their sum, as percentages give and counting does not."""
    rows = [_numbers(row) for row in zip(*columns.values(), strict=True)]
    whole = [row for row in rows if row is not None and sum(row) >= _TELLING]
    if len(columns) < _FEWEST or len(whole) < _FEWEST or len({sum(row) for row in whole}) < _FEWEST:
        return None
    shares = zip(*([((part - 1) / sum(row), (part + 1) / sum(row)) for part in row] for row in whole), strict=True)
    alike = all(max(low for low, _ in share) <= min(high for _, high in share) for share in shares)
    return SPLIT if alike else None


_TELLING, _FEWEST = 40, 3
"""A sum of fewer people, and fewer rows or columns, say nothing of percentages."""


def _numbers(row: Sequence[Cell]) -> list[int] | None:
    try:
        found = [count(cell) for cell in row]
    except Unread:
        return None
    return [number or 0 for number in found]


def _cut_offs() -> Iterator[tuple[str, Sentence]]:
    yield "", _("18:00, or now where that is still to come")
    for hour in CUT_OFFS:
        yield hour, hour


QUESTIONS: Final = (
    Question("day", _("Which day the list is of"), _days, (), _nothing, unless=("day",), kept=False),
    Question("cut_off", _("At what hour it was counted, where no hour is said"), list(_cut_offs()), (), _nothing),
    date_order("day"),
    Question(
        "method",
        _("How these numbers came about, where no row says it"),
        [("", _("not known: they are taken as estimates")), *((one.value, one.label) for one in Method)],
        (),
        _nothing,
        kept=False,
    ),
    Question(
        "parts",
        _("How the numbers by sex and age came about"),
        [("", _("like the whole")), (SPLIT, _("reckoned from a percentage: kept as said, in no table and no order"))],
        CELL_NAMES,
        _split_likely,
        kept=False,
    ),
)
