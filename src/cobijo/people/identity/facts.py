"""Two records beside each other: what is known of each, what of it is alike, and where the writing parts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.algorithms.ages import Birth, Precision
from cobijo.algorithms.text import fold
from cobijo.core import clock
from cobijo.core import wording as core_wording
from cobijo.people import countries, sight, wording
from cobijo.people.identity import wording as words
from cobijo.people.models import Document, Membership, Person, Phone
from cobijo.people.types import Kinship, Sex

MOST_OF_A_HOME: Final = 3
"""So many others of a household are named; of more, how many there are."""
_ROUGHLY: Final = timedelta(days=3 * 365)
"""How far from the truth an age that was said may be, either way."""
_LIKE: Final = 0.5
"""From this likeness on it helps to see which letters part; below, all of it does."""

Span = tuple[date, date]
Pieces = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of one record. ``parts``: of several things, each by itself; ``span``: between which days a birth
    is."""

    text: str
    parts: frozenset[str] = frozenset()
    span: Span | None = None

    def parts_from(self, other: "Fact") -> bool:
        """Whether both are known and cannot both be so. More of the same is no difference, nor are accents."""
        if not self.text or not other.text:
            return False
        if self.span and other.span:
            return self.span[1] < other.span[0] or other.span[1] < self.span[0]
        if self.parts and other.parts:
            return not (self.parts <= other.parts or other.parts <= self.parts)
        return fold(self.text) != fold(other.text)


@dataclass(frozen=True, slots=True)
class Beside:
    """One fact of two records beside each other; ``differs`` where both are known and cannot both be so.

    What says where and among whom somebody was registered is not compared.
    """

    key: str
    name: str
    first: str
    second: str
    differs: bool

    @property
    def alike(self) -> bool:
        """Whether both say the same, so that one line says it."""
        return self.key not in words.AROUND and fold(self.first) == fold(self.second)

    @property
    def pieces(self) -> tuple[Pieces, Pieces]:
        """Both, in pieces, each with whether the other lacks it; in one where letters say nothing, or have little in
        common."""
        if self.key not in words.LETTERED:
            return [(self.first, False)], [(self.second, False)]
        return _pieces(self.first, self.second), _pieces(self.second, self.first)


def _pieces(one: str, other: str) -> Pieces:
    match = SequenceMatcher(None, _letters(one), _letters(other), autojunk=False)
    if match.ratio() < _LIKE:
        return [(one, False)]
    return [(one[start:end], tag != "equal") for tag, start, end, *_ in match.get_opcodes() if start < end]


def _letters(text: str) -> list[str]:
    return [fold(char) or char for char in text]


def side_by_side(first: dict[str, Fact], second: dict[str, Fact]) -> Iterable[Beside]:
    """What is known of either, in the order of ``wording.BESIDE``."""
    for key, said in words.BESIDE.items():
        one, other = first[key], second[key]
        if one.text or other.text:
            differs = key not in words.AROUND and one.parts_from(other)
            yield Beside(key, str(said), one.text, other.text, differs)


# --- what is known ---------------------------------------------------------------------------------------------------


def facts_of(actor: UUID, people: dict[UUID, Person]) -> dict[UUID, dict[str, Fact]]:
    """What stands beside each other of each person, by what it is called; four queries however many they are."""
    papers = _grouped(sight.visible_to(actor, Document.objects.filter(person__in=people)).order_by("country", "kind"))
    telephones = _grouped(sight.visible_to(actor, Phone.objects.filter(person__in=people)).order_by("number", "pk"))
    homes = _homes(actor, list(people))
    units = authority.units(actor, Permission.SEE_PEOPLE)
    known = set(units.filter(pk__in={one.registered_unit_id for one in people.values()}).values_list("pk", flat=True))
    return {
        pk: _facts(person)
        | {
            "documents": _several(map(_paper, papers.get(pk, []))),
            "phones": _several(one.number or one.as_written for one in telephones.get(pk, [])),
            "household": Fact(homes.get(pk, "")),
            "registered": Fact(_registered(person, person.registered_unit_id in known)),
        }
        for pk, person in people.items()
    }


def _facts(person: Person) -> dict[str, Fact]:
    area = person.origin_area.name if person.origin_area else ""
    return {
        "given_names": Fact(person.given_names),
        "surnames": Fact(" ".join(filter(None, (person.first_surname, person.second_surname)))),
        "married_name": Fact(person.married_name),
        "nicknames": Fact(person.nicknames),
        "born": _born(person.birth),
        "sex": Fact(str(Sex(person.sex).label) if person.sex != Sex.UNKNOWN else ""),
        "nationality": _several(countries.name(code) for code in person.nationalities),
        "languages": _several(wording.language(tag) for tag in person.languages),
        "origin": Fact(", ".join(filter(None, (person.origin_place, area)))),
    }


def _several(said: Iterable[str]) -> Fact:
    each = list(said)
    return Fact(", ".join(each), frozenset(each))


def _born(known: Birth) -> Fact:
    """The day as far as it is known, with the age, so that a day and an age can be compared by eye."""
    if known.latest is None:
        return Fact("")
    day, age = wording.birth(known), wording.age(known, clock.now().date())
    text = _("{day} ({age})").format(day=day, age=age) if day else age
    return Fact(text, span=_span(known.latest, known.precision))


def _span(latest: date, precision: Precision) -> Span:
    if precision is Precision.AGE:
        return latest - _ROUGHLY, latest + _ROUGHLY
    if precision is Precision.YEAR:
        return latest.replace(month=1, day=1), latest
    return (latest.replace(day=1) if precision is Precision.MONTH else latest), latest


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _paper(paper: Document) -> str:
    """A document in a line: its kind, and its number where it does not stand sealed."""
    return " ".join(filter(None, (wording.document(paper.country, paper.kind), paper.number)))


def _registered(person: Person, unit_is_known: bool) -> str:
    when = core_wording.moment(person.registered_at)
    return f"{when}, {person.registered_unit.name}" if unit_is_known else when


def _homes(actor: UUID, people: Sequence[UUID]) -> dict[UUID, str]:
    """The others of each person's household whom the reader may see, the eldest by name."""
    mine = dict(Membership.objects.filter(person__in=people, ends_at=None).values_list("person_id", "household_id"))
    members = Membership.objects.filter(household__in=mine.values(), ends_at=None)
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for one in sight.visible_to(actor, members).select_related("person").order_by("person__birth_date", "pk"):
        name = f"{wording.label(one.person)} ({Kinship(one.kinship).label})"
        found.setdefault(one.household_id, []).append((one.person_id, name))
    return {
        person: _some_of([name for other, name in found.get(home, []) if other != person])
        for person, home in mine.items()
    }


def _some_of(names: list[str]) -> str:
    more = len(names) - MOST_OF_A_HOME
    if more <= 1:  # the name of one more is no longer than that there is one
        return ", ".join(names)
    said = ngettext("{names} and {n} more", "{names} and {n} more", more)
    return said.format(names=", ".join(names[:MOST_OF_A_HOME]), n=more)
