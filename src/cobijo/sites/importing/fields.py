"""What a list of households can hold, what each column may be called, and what is asked of the whole list."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.cells import Cell, what_m_means
from cobijo.core.errors import Sentence
from cobijo.core.imports.kinds import Field, Question, date_order
from cobijo.people.types import Kinship
from cobijo.sites.importing import words

NUMBER, HEADS, BLANKS, ALONE = "number", "heads", "blanks", "alone"


@cache
def headings(package: str, file: str) -> Mapping[str, tuple[str, ...]]:
    """What each field is called in lists, from the table beside a module of that package."""
    table = files(package).joinpath(file).read_text(encoding="utf-8")
    lines = [line for line in table.splitlines() if line and not line.startswith("#")]
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        if not line.startswith(" "):
            name, said = line.split(":", 1)
        fields[name] = f"{fields[name]} {line}" if line.startswith(" ") else said
    return {name: tuple(one.strip() for one in said.split(",") if one.strip()) for name, said in fields.items()}


def _field(name: str, says: Sentence, takes: int = 120, *, signs: bool = False) -> Field:
    return Field(name, says, headings(__package__, "headings.txt")[name], takes, signs)


HOUSEHOLDS: Final = (
    _field("household", _("household number"), 40),
    _field("name", _("whole name")),
    _field("given_names", _("given names")),
    _field("first_name", _("first name")),
    _field("middle_name", _("second name")),
    _field("surnames", _("surnames")),
    _field("first_surname", _("first surname")),
    _field("second_surname", _("second surname")),
    _field("married_name", _("married name")),
    _field("nicknames", _("nickname")),
    _field("sex", _("sex"), 20),
    _field("age", _("age"), 40, signs=True),
    _field("age_months", _("age in months"), 20, signs=True),
    _field("birth", _("date of birth"), 40),
    _field("kinship", _("kinship"), 60),
    _field("presence", _("where they are"), 60),
    _field("document", _("document number"), 40),
    _field("document_kind", _("kind of document"), 40),
    _field("alien_number", _("US alien number"), 40),
    _field("phone", _("telephone"), 40, signs=True),
    _field("answered_by", _("who answers the telephone")),
    _field("nationality", _("nationality"), 60),
    _field("village", _("village or settlement of origin")),
    _field("municipality", _("municipality of origin")),
    _field("department", _("department of origin")),
    _field("origin", _("place of origin"), 240),
    _field("needs", _("needs at the door"), 240),
    _field("need_pregnant", _("is pregnant"), 60),
    _field("need_nursing", _("is nursing"), 60),
    _field("need_walks", _("walks with difficulty")),
    _field("need_medicine", _("needs medicine or a device")),
    _field("need_interpreter", _("needs an interpreter"), 60),
    _field("private", _("wants to speak in private"), 20),
    _field("space", _("space where they sleep"), 80),
    _field("arrival", _("day of arrival"), 40),
    _field("size", _("people of the household, as the list says"), 20, signs=True),
)


def _grouping(columns: Mapping[str, Sequence[Cell]]) -> str | None:
    """By number where most rows of the first kind have one, by heads where kinship names some."""
    if columns.get("household") and any(cell is not None for cell in columns["household"]):
        return NUMBER
    kinships = [words.kinship(cell) for cell in columns.get("kinship", ()) if isinstance(cell, str)]
    return HEADS if Kinship.HEAD in kinships else None


def _m_means(columns: Mapping[str, Sequence[Cell]]) -> str | None:
    return what_m_means(columns.get("sex", ()))


QUESTIONS: Final = (
    Question(
        "grouping",
        _("How the list tells one household from the next"),
        [
            ("", _("not said: every row waits")),
            (NUMBER, _("each household has its number")),
            (HEADS, _("each household begins with its head")),
            (BLANKS, _("a blank row stands between two households")),
            (ALONE, _("it does not: everybody is entered alone")),
        ],
        (),
        _grouping,
    ),
    date_order("birth", "age", "arrival"),
    Question(
        "m_means",
        _("What “M” means under sex"),
        [
            ("", _("not said: a row with M waits")),
            ("male", _("masculino, man")),
            ("female", _("mujer, woman")),
        ],
        ("sex",),
        _m_means,
    ),
)
