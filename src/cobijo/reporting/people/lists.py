"""The people of a list, as far as its taker may see them. A protected person is on none, whoever takes it.

Each column says which fields of people it shows, so that the registry of personal data answers whether it may stand on
paper: nothing of health, protection or contact does (a test holds every column to it).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.algorithms.ages import age_on
from cobijo.core import clock, wording
from cobijo.core.errors import NOT_FOUND, Sentence
from cobijo.core.personal import Category, Purpose
from cobijo.people.access import unprotected
from cobijo.people.queries import PersonLine, allowed, heads_among, line_of
from cobijo.reporting.exports.sheets import Cell
from cobijo.reporting.people.types import ListKind
from cobijo.sites.access import visible_to
from cobijo.sites.queries import nights, numbers_by_household, scopes, ways_out_said
from cobijo.sites.types import OPEN

EXPORTABLE: Final = frozenset({Category.IDENTITY, Category.LOCATION})
"""The categories of personal data a list may hold."""


@dataclass(frozen=True)
class Resident:
    """Somebody who stays at the site; ``since`` is a day on the site's clock."""

    line: PersonLine
    home: UUID | None
    household: str
    space: str
    since: date | None


@dataclass(frozen=True)
class Line:
    """What one line of a list is of: a person, or those of a household that the taker may see."""

    people: tuple[Resident, ...]
    head: Resident
    today: date
    unnamed: int = 0
    way_out: str = ""

    @cached_property
    def ages(self) -> list[int | None]:
        """The ages today, in completed years; None where one is not known."""
        return [age_on(one.line.birth, self.today) for one in self.people]

    def aged(self, first: int, last: int) -> int:
        """How many are of these ages."""
        return sum(age is not None and first <= age <= last for age in self.ages)

    @property
    def since(self) -> str:
        begun = [one.since for one in self.people if one.since]
        return min(begun).isoformat() if begun else ""

    @property
    def spaces(self) -> str:
        return ", ".join(dict.fromkeys(one.space for one in self.people if one.space))


@dataclass(frozen=True)
class Column:
    """A column: its head, which fields of people (``people.Person.sex``) it shows, and how it is read from a line."""

    head: Sentence
    shows: tuple[str, ...]
    read: Callable[[Line], Cell]


def _column(head: Sentence, shows: Sequence[str], read: Callable[[Line], Cell]) -> Column:
    return Column(head, tuple(shows), read)


_NAMES: Final = tuple(
    f"people.Person.{name}"
    for name in ("given_names", "first_surname", "second_surname", "married_name", "newborn_unnamed")
)
_AGES: Final = ("people.Person.birth_date", "people.Person.birth_precision")

_CODE = _column(_("Code"), ["people.Person.number"], lambda line: line.head.line.code)
_NAME = _column(_("Name"), _NAMES, lambda line: line.head.line.label)
_HEAD = _column(_("Head of household"), (*_NAMES, "people.Membership.kinship"), _NAME.read)
_SEX = _column(pgettext_lazy("person", "Sex"), ["people.Person.sex"], lambda line: line.head.line.sex_word)
_AGE = _column(pgettext_lazy("person", "Age"), _AGES, lambda line: line.head.line.age)
_HOME = _column(_("Household"), (), lambda line: line.head.household)
_SPACE = _column(_("Space"), (), lambda line: line.spaces)
_SINCE = _column(_("Here since"), ["sites.Stay.in_at"], lambda line: line.since)
_PERSONS = _column(_("Persons listed"), (), lambda line: len(line.people))
_UNNAMED = _column(_("Without a name yet"), (), lambda line: line.unnamed)
_WAY_OUT = _column(_("Way out"), (), lambda line: line.way_out)
_SIGNED = _column(_("Received (signature)"), (), lambda line: "")


def _aged(head: Sentence, first: int, last: int) -> Column:
    return _column(head, _AGES, lambda line: line.aged(first, last))


_BY_AGE = (
    _aged(_("Under 2"), 0, 1),
    _aged(_("2 to 11"), 2, 11),
    _aged(_("12 to 17"), 12, 17),
    _aged(_("18 to 59"), 18, 59),
    _aged(_("60 and older"), 60, 200),
    _column(_("Age not known"), _AGES, lambda line: line.ages.count(None)),
)

COLUMNS: Final[Mapping[ListKind, tuple[Column, ...]]] = {
    ListKind.RESIDENTS: (_CODE, _NAME, _SEX, _AGE, _HOME, _SPACE, _SINCE),
    ListKind.HOUSEHOLDS: (_HOME, _HEAD, _CODE, _PERSONS, _UNNAMED, _SPACE, _SINCE, _WAY_OUT),
    ListKind.DISTRIBUTION: (_HOME, _HEAD, _CODE, _PERSONS, _UNNAMED, *_BY_AGE, _SIGNED),
}
"""The lists there are. A list is added here, and needs nothing else."""


# --- who stands on one -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Listed:
    """A list as its taker gets it. ``without_yes``: people left out because they did not agree to the purpose."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    people: int
    without_yes: int

    @property
    def rows(self) -> list[list[Cell]]:
        return [[column.read(line) for column in self.columns] for line in self.lines]


def listed(actor: UUID, site: UUID, what: ListKind, purpose: Purpose) -> Listed:
    """The list as the actor may see it now; ``people`` counts those by name on it."""
    place = scopes.site(site)
    if place is None:
        raise NOT_FOUND()
    zone = ZoneInfo(place.zone)
    there = _residents(actor, site, zone)
    agreed = allowed(site, purpose, [one.line.id for one in there])
    found, today = [one for one in there if one.line.id in agreed], clock.today(zone)
    lines = (
        [Line((one,), one, today) for one in found] if what is ListKind.RESIDENTS else _homes(actor, site, found, today)
    )
    return Listed(COLUMNS[what], tuple(lines), len(found), len(there) - len(found))


def _residents(actor: UUID, site: UUID, zone: ZoneInfo) -> list[Resident]:
    """Those who stay there and whom the actor sees, protected people left out even for whoever is named for them."""
    there = visible_to(actor, nights.true_stays(scopes.only(site)).filter(state__in=OPEN))
    rows = there.filter(unprotected("person_id")).select_related("person", "household", "space")
    ordered = rows.order_by("space__place_in_list", "space__name", "household__number", "in_at", "id")
    return [
        Resident(
            line=line_of(stay.person),
            home=stay.household_id,
            household=stay.household.code if stay.household else "",
            space=stay.space.name if stay.space else "",
            since=wording.at_site(stay.in_at, zone).date() if stay.in_at else None,
        )
        for stay in ordered
    ]


def _homes(actor: UUID, site: UUID, people: Sequence[Resident], today: date) -> list[Line]:
    """A line for each household, and one for each person of none, in the order of the codes said aloud."""
    together: dict[UUID, list[Resident]] = {}
    for one in people:
        together.setdefault(one.home or one.line.id, []).append(one)
    heads = heads_among([one.line.id for one in people])
    unnamed, ways = numbers_by_household(site), ways_out_said(actor, together)
    lines = [
        Line(tuple(some), _head(some, heads), today, unnamed.get(home, 0), ways.get(home, ""))
        for home, some in together.items()
    ]
    return sorted(lines, key=lambda line: line.head.household or "~")


def _head(people: Sequence[Resident], heads: Collection[UUID]) -> Resident:
    """Who collects: the head of the household if they are on the list, else the oldest who is."""
    return min(people, key=lambda one: (one.line.id not in heads, one.line.birth.latest or date.max, one.line.code))
