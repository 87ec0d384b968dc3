"""One row of a list as a member of a household: read cell by cell, with what is wrong beside what was understood."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.algorithms import cells
from cobijo.algorithms.cells import AgeSaid, Cell, DaySaid, Odd, Unread, written
from cobijo.algorithms.names import parsing
from cobijo.algorithms.text import fold
from cobijo.core.ids import uuid7
from cobijo.core.imports import problems as core_problems
from cobijo.core.imports.kinds import order_in
from cobijo.core.imports.types import Context, Problem, RowIn
from cobijo.people.types import Kinship, NeedCode, Presence
from cobijo.sites.importing import problems, words

NOON: Final = time(12)
_NEWBORN: Final = frozenset({"recien nacido", "recien nacida", "rn", "bebe", "bebe sin nombre", "newborn", "baby"})
_ROUNDED = re.compile(r"\d[.,]\d+ ?[eE]\+?\d+")
_OF_AN_AGE: Final = {
    Odd.NEGATIVE: problems.NEGATIVE_AGE,
    Odd.TOO_MUCH: problems.OLD_AGE,
    Odd.FRACTION: problems.PART_AGE,
}
_PERSONAL: Final = frozenset(
    {
        "name", "given_names", "first_name", "middle_name", "surnames", "first_surname", "second_surname",
        "married_name", "nicknames", "sex", "age", "age_months", "birth", "kinship", "document", "alien_number",
    }
)  # fmt: skip
"""Fields of which one says that a row is about somebody; the others are merged or filled down."""


@dataclass(frozen=True, slots=True)
class Place:
    """What is read of a site once: its country, zone, and its spaces in use by folded name (None: two of that name)."""

    country: str
    zone: ZoneInfo
    spaces: dict[str, UUID | None]


@dataclass(slots=True)
class Member:
    """A row as understood. ``given`` are arguments of the verb, ``said`` the words of kinship left out of it."""

    row: RowIn
    person_id: UUID = field(default_factory=uuid7)
    given: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kinship: Kinship | None = None
    presence: Presence = Presence.HERE
    birth: tuple[Any, ...] = ()
    arrival: datetime | None = None
    space: UUID | None = None

    def say(self, code: str, name: str | None = None, other: int | None = None) -> None:
        self.problems.append(self.row.problem(code, name, other))

    @property
    def name(self) -> str:
        """The name folded, its parts in order."""
        parts = ("given_names", "first_surname", "second_surname", "married_name")
        return fold(" ".join(str(self.given.get(part, "")) for part in parts))

    def arguments(self) -> dict[str, Any]:
        """The member as the verb takes it, as plain JSON."""
        here = self.presence is Presence.HERE
        return self.given | {
            "person_id": str(self.person_id),
            "kinship": (self.kinship or Kinship.UNRELATED).value,
            "presence": self.presence.value,
            "stay_id": str(uuid7()) if here else None,
            "space_id": str(self.space) if here and self.space else None,
        }


def says_of_somebody(row: RowIn) -> bool:
    """Whether a row says anything of a person: one with only a number or a room is an empty line of a form."""
    return not _PERSONAL.isdisjoint(row.cells)


def read(row: RowIn, context: Context) -> Member:
    """A row as a member of a household."""
    member, place = Member(row), context.data
    assert isinstance(place, Place)
    _read_name(member)
    _read_birth(member, context)
    _read_sex(member, context)
    _read_kinship(member)
    _read_presence(member)
    _read_papers(member, place)
    _read_phone(member)
    _read_origin(member)
    _read_needs(member)
    _read_space(member, place)
    _read_arrival(member, context, place)
    return member


def _text(member: Member, name: str) -> str:
    return written(member.row.get(name))


# --- who -------------------------------------------------------------------------------------------------------------


def _read_name(member: Member) -> None:
    parts = _name_in_one(member) if _is_in_one(member) else _name_in_parts(member)
    given = parts.get("given_names", "")
    if fold(given) in _NEWBORN:
        parts["given_names"] = ""
        member.given["newborn_unnamed"] = True
    for name in ("name", "given_names", "first_name", "surnames", "first_surname"):
        text = _text(member, name)
        if text and not any(char.isalpha() for char in text):
            member.say(problems.NO_LETTERS, name)
    member.given |= {name: text for name, text in parts.items() if text}
    if nicknames := _text(member, "nicknames"):
        member.given["nicknames"] = nicknames
    if not member.name and not member.given.get("newborn_unnamed"):
        member.say(problems.NO_NAME)


def _is_in_one(member: Member) -> bool:
    beside = ("surnames", "first_surname", "given_names", "first_name")
    return bool(member.row.get("name")) and not any(member.row.get(name) for name in beside)


def _name_in_one(member: Member) -> dict[str, str]:
    parsed = parsing.parse(_text(member, "name"))
    if not parsed.sure:
        member.say(problems.NAME_UNSURE, "name")
    return {
        "given_names": parsed.given_names,
        "first_surname": parsed.first_surname,
        "second_surname": parsed.second_surname,
        "married_name": parsed.married_name,
    }


def _name_in_parts(member: Member) -> dict[str, str]:
    given = [_text(member, name) for name in ("given_names", "first_name", "middle_name")]
    if not any(given):
        given = [_text(member, "name")]
    first, second, married = parsing.parse_surnames(_text(member, "surnames"))
    return {
        "given_names": " ".join(text for text in given if text),
        "first_surname": _text(member, "first_surname") or first,
        "second_surname": _text(member, "second_surname") or second,
        "married_name": _text(member, "married_name") or married,
    }


# --- birth and sex ---------------------------------------------------------------------------------------------------


def _read_birth(member: Member, context: Context) -> None:
    """An age where a date is asked for, and a date where an age is, are what they are."""
    for name in ("birth", "age"):
        cell = member.row.get(name)
        if cell is None:
            continue
        said = _day_or_age(member, name, cell, context)
        if isinstance(said, DaySaid):
            member.birth = ("day", said.year, said.month, said.day)
            member.given["birth"] = {"year": said.year, "month": said.month, "day": said.day}
            return
        if said is not None:
            _take_age(member, said)
            return
    _read_months(member)


def _day_or_age(member: Member, name: str, cell: Cell, context: Context) -> DaySaid | AgeSaid | None:
    """What a cell under date of birth or age says; what it cannot be read as is told."""
    try:
        return _day(cell, context) if name == "birth" else cells.age(cell)
    except Unread as unread:
        first = unread.code
    if _may_be_the_other(name, cell, first):
        try:
            return cells.age(cell) if name == "birth" else _day(cell, context)
        except Unread as unread:
            first = unread.code if name == "age" else first
    _tell_unread(member, name, first)
    return None


def _day(cell: Cell, context: Context) -> DaySaid | None:
    return cells.day(cell, order_in(context), context.today)


def _may_be_the_other(name: str, cell: Cell, code: Odd) -> bool:
    """Whether a cell that is no date may be an age ("8 meses", 34), or one that is no age a date."""
    return code is Odd.UNREAD and (name == "birth" or not isinstance(cell, int | float))


def _tell_unread(member: Member, name: str, code: Odd) -> None:
    if name == "birth" or code in (Odd.AMBIGUOUS, Odd.FUTURE, Odd.NO_SUCH_DAY):
        member.say(core_problems.OF_A_DAY.get(code, core_problems.UNREAD_DATE), name)
    else:
        member.say(_OF_AN_AGE.get(code, problems.UNREAD_AGE), name)


def _take_age(member: Member, said: AgeSaid) -> None:
    member.birth = ("age", said.years, said.months)
    member.given["birth"] = {"age_years": said.years, "age_months": said.months}


def _read_months(member: Member) -> None:
    try:
        months = cells.count(member.row.get("age_months"))
    except Unread as unread:
        member.say(core_problems.OF_A_NUMBER.get(unread.code, core_problems.UNREAD_NUMBER), "age_months")
        return
    if months is not None and months > 12 * cells.OLDEST:
        member.say(problems.OLD_AGE, "age_months")
    elif months is not None:
        _take_age(member, AgeSaid(months // 12, months % 12))


def _read_sex(member: Member, context: Context) -> None:
    try:
        found = cells.sex(member.row.get("sex"), context.answers.get("m_means"))
    except Unread as unread:
        member.say(problems.UNSAID_M if unread.code is Odd.AMBIGUOUS else problems.UNREAD_SEX, "sex")
        return
    if found:
        member.given["sex"] = found


# --- in the household ------------------------------------------------------------------------------------------------


def _read_kinship(member: Member) -> None:
    text = _text(member, "kinship")
    if not text:
        return
    member.kinship = words.kinship(text)
    if member.kinship is None:
        member.kinship = Kinship.RELATIVE
        member.say(problems.UNKNOWN_KINSHIP, "kinship")


def _read_presence(member: Member) -> None:
    text = _text(member, "presence")
    if not text:
        return
    found = words.presence(text)
    if found is None:
        member.say(problems.UNKNOWN_PRESENCE, "presence")
    else:
        member.presence = found


def _read_space(member: Member, place: Place) -> None:
    text = _text(member, "space")
    if not text:
        return
    member.space = place.spaces.get(fold(text))
    if member.space is None:
        member.say(problems.UNKNOWN_SPACE, "space")


def _read_arrival(member: Member, context: Context, place: Place) -> None:
    """A day stands for its noon, so that it is neither the night before nor the one after; today for this moment."""
    cell = member.row.get("arrival")
    hour = cell.time() if isinstance(cell, datetime) and cell.time() != time() else NOON
    try:
        said = _day(cell, context)
    except Unread as unread:
        member.say(core_problems.OF_A_DAY.get(unread.code, core_problems.UNREAD_DATE), "arrival")
        return
    day = said.whole if said else None
    if day is not None:
        member.arrival = min(datetime.combine(day, hour, place.zone), context.now)
    elif said:
        member.say(core_problems.UNREAD_DATE, "arrival")


# --- papers, telephone, origin ---------------------------------------------------------------------------------------


def _read_papers(member: Member, place: Place) -> None:
    found = [*_document(member, place), *_alien_number(member)]
    if found:
        member.given["documents"] = found
    text = _text(member, "nationality")
    if text:
        code = words.nationality(text)
        if code:
            member.given["nationalities"] = [code]
        else:
            member.say(problems.UNKNOWN_NATIONALITY, "nationality")


def _document(member: Member, place: Place) -> Iterator[dict[str, Any]]:
    number, kind = _text(member, "document"), _text(member, "document_kind")
    if not number or fold(number) in ("ninguno", "ninguna", "no tiene", "no", "none"):
        return
    if _ROUNDED.fullmatch(number):
        member.say(problems.ROUNDED, "document")
        return
    named = words.document(kind, place.country) if kind else None
    if kind and named is None:
        member.say(problems.UNKNOWN_DOCUMENT, "document_kind")
    country, code = named or (place.country, "other" if kind else words.OF_A_COUNTRY.get(place.country, "other"))
    yield {"document_id": str(uuid7()), "country": country, "kind": code, "number": number}


def _alien_number(member: Member) -> Iterator[dict[str, Any]]:
    number = _text(member, "alien_number")
    if number:
        yield {"document_id": str(uuid7()), "country": "US", "kind": "alien_number", "number": number}


def _read_phone(member: Member) -> None:
    text = _text(member, "phone")
    if not text or fold(text) in ("no tiene", "no", "ninguno", "none"):
        return
    if _ROUNDED.fullmatch(text):
        member.say(problems.ROUNDED, "phone")
    elif not any(char.isdigit() for char in text):
        member.say(problems.NO_PHONE, "phone")
    else:
        answered_by = _text(member, "answered_by")
        member.given["phones"] = [{"phone_id": str(uuid7()), "number": text, "answered_by": answered_by}]


def _read_origin(member: Member) -> None:
    """From the smallest to the largest, as people say it."""
    said = [_text(member, name) for name in ("origin", "village", "municipality", "department")]
    place = ", ".join(dict.fromkeys(text for text in said if text))
    if place:
        member.given["origin_place"] = place[:240]


# --- needs -----------------------------------------------------------------------------------------------------------


def _read_needs(member: Member) -> None:
    found = list(_needs_in_words(member))
    for code in ("pregnant", "nursing", "walks", "medicine", "interpreter"):
        if _ticked(member, f"need_{code}"):
            found.append(code)
    if _ticked(member, "private") or words.PRIVATE in found:
        member.given["wants_private"] = True
    needs = [NeedCode(code).value for code in dict.fromkeys(found) if words.is_need(code)]
    if needs:
        member.given["needs"] = needs


def _needs_in_words(member: Member) -> Iterator[str]:
    text = _text(member, "needs")
    if not text or fold(text) in ("no", "ninguna", "ninguno", "none"):
        return
    for part in re.split(r"[,;/+]| y | e | and ", text):
        code = words.need(part)
        if code:
            yield code
        elif part.strip():
            member.say(problems.NOT_A_NEED, "needs")


def _ticked(member: Member, name: str) -> bool:
    """Whether a need is ticked. What else stands in the cell ("insulina") says that it is, and is not kept."""
    cell = member.row.get(name)
    try:
        return bool(cells.yes(cell))
    except Unread:
        return fold(written(cell)) not in ("ninguna", "ninguno", "no tiene", "none")
