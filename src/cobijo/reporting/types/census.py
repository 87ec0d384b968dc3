"""Our own figures: their scope, tables by sex and age, a census and what it is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.ages import UNKNOWN, BandSet
from cobijo.core.drawing import BandCount
from cobijo.reporting.types.published import Published

SEXES: Final = ("female", "male", "other", "unknown")


class ScopeKind(models.TextChoices):
    """What a census is of."""

    SITE = "site", _("site")
    GROUP = "group", _("group of sites")
    AREA = "area", _("area")
    RESPONSE = "response", _("response")


class Kind(models.TextChoices):
    """The kinds of our own figures; they stand side by side and are never mixed (DESIGN section 4)."""

    REGISTERED = "registered", _("registered")
    COUNTED = "counted", _("counted")
    REPORTED = "reported", _("reported")


@dataclass(frozen=True)
class Scope:
    """What a figure is of. ``unit`` is where the right to see it is asked; ``zone`` the one its night is said in.

    ``began`` is the first day of its response. ``whole_list`` is False for a group to which other sites may belong that
    we do not know of.
    """

    kind: ScopeKind
    id: UUID
    name: str
    unit: UUID
    response: UUID
    response_name: str
    zone: str
    began: date
    bands: BandSet
    code: str = ""
    whole_list: bool = True


@dataclass(frozen=True)
class SexAge:
    """Persons by sex and age band, unknown sex and unknown age included; margins are summed from the cells."""

    bands: tuple[str, ...]
    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def at(self, sex: str, band: str) -> int:
        return self.cells.get((sex, band), 0)

    def of_sex(self, sex: str) -> int:
        return sum(self.at(sex, band) for band in self.bands)

    def of_band(self, band: str) -> int:
        return sum(self.at(sex, band) for sex in SEXES)

    @property
    def total(self) -> int:
        return sum(self.cells.values())

    def rows(self) -> list[BandCount]:
        """A row for each band, unknown age last, as drawings and prints take them; ``band`` is the band's code."""
        return [BandCount(band, *(self.at(sex, band) for sex in SEXES)) for band in self.bands]

    def as_json(self) -> dict[str, dict[str, int]]:
        return {sex: {band: self.at(sex, band) for band in self.bands} for sex in SEXES}

    @classmethod
    def of(cls, bands: Iterable[str], cells: Mapping[tuple[str, str], int]) -> "SexAge":
        """A table of these bands; what another set of bands counted apart stands under unknown age."""
        codes, fitting = tuple(bands), dict[tuple[str, str], int]()
        for (sex, band), persons in cells.items():
            key = (sex if sex in SEXES else UNKNOWN, band if band in codes else UNKNOWN)
            fitting[key] = fitting.get(key, 0) + persons
        return cls(codes, fitting)

    @classmethod
    def sum(cls, bands: Iterable[str], tables: Iterable["SexAge"]) -> "SexAge":
        cells: dict[tuple[str, str], int] = {}
        for table in tables:
            for key, persons in table.cells.items():
                cells[key] = cells.get(key, 0) + persons
        return cls.of(bands, cells)

    @classmethod
    def from_json(cls, bands: Iterable[str], kept: Mapping[str, Mapping[str, int]]) -> "SexAge":
        return cls.of(bands, {(sex, band): n for sex, row in kept.items() for band, n in row.items() if n})


@dataclass(frozen=True)
class SiteRow:
    """A site as figures speak of it. ``areas``: names from the country down; ``places`` None: not known.

    ``closed``: not open that night, already or yet.
    """

    id: UUID
    code: str
    name: str
    zone: str
    areas: tuple[str, ...] = ()
    places: int | None = None
    places_assumed: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Registered:
    """Registered stays on a night. ``away``: temporarily out that midnight; ``unnamed``: people of registered
    households whose names are not known yet. Both are counted, and said apart."""

    table: SexAge
    households: int
    away: int
    unnamed: int = 0

    @property
    def persons(self) -> int:
        return self.table.total


@dataclass(frozen=True)
class Reported:
    """A site's own head-count for a night, the newest one. ``contradicts``: its cells add up to more than its total.

    ``under_18`` and ``from_18`` are the halves a manager counts by eye; in the table they are of unknown age.
    ``split``: its parts were reckoned from a percentage, and are not used. ``carried_days``: so many days older than
    the night, for the site was silent. ``served_elsewhere``: people served there who sleep elsewhere, in no total.
    """

    persons: int
    households: int | None
    table: SexAge
    method: str
    informant_post: str
    as_said: str
    observed_at: datetime
    received_at: datetime
    contradicts: bool = False
    under_18: int = 0
    from_18: int = 0
    split: bool = False
    carried_days: int = 0
    served_elsewhere: int | None = None


@dataclass(frozen=True)
class Counted:
    """People counted on the spot who are registered by nobody: the guests of a night shelter, at its door.

    None of them is among the registered, so the two add up. ``under_18`` and ``from_18`` are what a door tells of ages.
    """

    table: SexAge
    counted_at: datetime
    under_18: int = 0
    from_18: int = 0

    @property
    def persons(self) -> int:
        return self.table.total


@dataclass(frozen=True)
class CalledRoll:
    """People counted at a site's roll-call of that night, and how many were registered there when it ended.

    They are mostly the registered themselves: the two stand beside each other and are never added up. ``unmarked``:
    registered and not looked for, so that nothing is known of them.
    """

    persons: int
    registered: int
    unmarked: int
    ended_at: datetime


@dataclass(frozen=True)
class Taken:
    """What a total takes of a site: its persons by sex and age, and its households, None where nobody said."""

    table: SexAge
    households: int | None
    persons: int


@dataclass(frozen=True)
class Mark:
    """A seal of the journal that figures rest on."""

    epoch: int
    number: int

    def __str__(self) -> str:
        return f"{self.epoch}.{self.number}"


@dataclass(frozen=True)
class Part:
    """One site of a census. Neither registered, counted nor reported: the site is unknown that night.

    A closed night keeps the figures as they were (``closed_at``, ``mark``); ``now`` is what the records say today.
    """

    site: SiteRow
    registered: Registered | None = None
    reported: Reported | None = None
    closed_at: datetime | None = None
    mark: Mark | None = None
    now: "Part | None" = None
    counted: Counted | None = None
    roll_call: CalledRoll | None = None

    @property
    def on_the_spot(self) -> int | None:
        """How many were counted on the spot, as shown beside the registered: at the roll-call, else at the door."""
        if self.roll_call is not None:
            return self.roll_call.persons
        return self.counted.persons if self.counted else None

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Which figures the total takes: those registered and the guests counted beside them, for nobody is in both.

        They outrank a head-count, because each of the registered can be looked for and asked.
        """
        own = [(Kind.REGISTERED, self.registered), (Kind.COUNTED, self.counted)]
        taken = tuple(kind for kind, figure in own if figure is not None)
        return taken or ((Kind.REPORTED,) if self.reported is not None else ())

    @property
    def takes(self) -> Kind | None:
        """The figure that makes most of what the total takes."""
        most = sorted(self.kinds, key=lambda kind: -self.persons_of(kind))
        return most[0] if most else None

    def persons_of(self, kind: Kind) -> int:
        """How many persons of that kind the total takes here."""
        figure = self._figure(kind)
        return figure.persons if figure is not None and kind in self.kinds else 0

    def _figure(self, kind: Kind) -> Registered | Counted | Reported | None:
        return {Kind.REGISTERED: self.registered, Kind.COUNTED: self.counted, Kind.REPORTED: self.reported}[kind]

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of a site that is open that night."""
        return self.takes is None and not self.site.closed

    @property
    def taken(self) -> Taken | None:
        """All the total takes here, of one kind or of two side by side."""
        figures = [figure for kind in self.kinds if (figure := self._figure(kind)) is not None]
        if not figures:
            return None
        tables = [one.table for one in figures]
        homes = [one.households for one in figures if not isinstance(one, Counted)]
        return Taken(
            table=tables[0] if len(tables) == 1 else SexAge.sum(tables[0].bands, tables),
            households=next(iter(homes), None),
            persons=sum(one.persons for one in figures),
        )

    @property
    def persons(self) -> int | None:
        return sum(map(self.persons_of, self.kinds)) if self.kinds else None

    def table_of(self, kind: Kind | None) -> SexAge | None:
        """By sex and age, what the total takes here of this kind (None: all of it)."""
        figure = self.taken if kind is None else self._figure(kind) if kind in self.kinds else None
        return figure.table if figure else None

    @property
    def beyond(self) -> int | None:
        """Persons reported less those the total takes by other figures, where the site has both."""
        if self.reported is None or self.taken is None or Kind.REPORTED in self.kinds:
            return None
        return self.reported.persons - self.taken.persons

    @property
    def since_closed(self) -> int | None:
        """How many more (or fewer) the records say today than when the night was closed."""
        if self.now is None or self.persons is None or self.now.persons is None:
            return None
        return self.now.persons - self.persons


@dataclass(frozen=True)
class GroupSum:
    """A group of sites within a larger census: the sum of its known parts, and what was published of it.

    ``whole_list``: no other site belongs to it.
    """

    id: UUID
    name: str
    whole_list: bool
    parts: tuple[Part, ...]
    published: tuple[Published, ...] = ()

    @property
    def known(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.takes)

    @property
    def persons(self) -> int | None:
        return sum(part.persons or 0 for part in self.known) if self.known else None

    @property
    def complete(self) -> bool:
        """Whether its sum is all of it: something is known of each site that is open that night."""
        return bool(self.known) and self.whole_list and not any(part.is_unknown for part in self.parts)


@dataclass(frozen=True)
class Census:
    """Who slept in a scope on a night: the sum of its known parts, each with its kind, and what others published.

    ``households`` counts a household once, also where its people are at two sites. ``expected``: persons planned to
    arrive, said of a forecast only and counted in nothing.
    """

    scope: Scope
    night: date
    ends_at: datetime
    forecast: bool
    computed_at: datetime
    parts: tuple[Part, ...]
    households: int | None
    expected: int = 0
    published: tuple[Published, ...] = ()
    groups: tuple[GroupSum, ...] = ()
    of_parts: Mapping[UUID, tuple[Published, ...]] = field(default_factory=dict)

    @property
    def known(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.takes)

    @property
    def unknown(self) -> tuple[Part, ...]:
        """The sites nothing is known of that night, closed ones left out."""
        return tuple(part for part in self.parts if part.is_unknown)

    @property
    def complete(self) -> bool:
        """Whether the total is everybody of the scope: no site of it is unknown, and no other site belongs to it."""
        return bool(self.known) and self.scope.whole_list and not self.unknown

    @property
    def persons(self) -> int | None:
        return sum(part.persons or 0 for part in self.known) if self.known else None

    @property
    def table(self) -> SexAge:
        """What the total takes, by sex and age; its sum is ``persons``."""
        return self.table_of(None)

    def table_of(self, kind: Kind | None) -> SexAge:
        """By sex and age, of this kind in the total (None: all of it)."""
        tables = [part.table_of(kind) for part in self.known]
        return SexAge.sum(self.scope.bands.codes(), [one for one in tables if one])

    def taking(self, kind: Kind) -> tuple[Part, ...]:
        """The sites of which the total takes a figure of this kind."""
        return tuple(part for part in self.known if kind in part.kinds)

    @property
    def away(self) -> int:
        return sum(part.registered.away for part in self.known if part.registered)

    @property
    def unnamed(self) -> int:
        return sum(part.registered.unnamed for part in self.known if part.registered)

    @property
    def places(self) -> int | None:
        """Places of the sites that have a figure, as far as they are known."""
        known = [part.site.places for part in self.known if part.site.places is not None]
        return sum(known) if known else None

    @property
    def closed(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.mark)

    @property
    def mark(self) -> Mark | None:
        """The seal a closed night rests on; a scope of several sites has none of its own."""
        return self.parts[0].mark if self.scope.kind is ScopeKind.SITE and self.parts else None

    @property
    def on_the_day(self) -> tuple[Published, ...]:
        return tuple(one for one in self.published if not one.month_only)

    @property
    def in_the_month(self) -> tuple[Published, ...]:
        return tuple(one for one in self.published if one.month_only)


@dataclass(frozen=True)
class NightCount:
    """How many were registered on a night, for a series."""

    night: date
    persons: int


def hours_before(census: Census, report: Reported) -> int:
    """How long before the midnight of the night a head-count was taken, in whole hours (negative: after it)."""
    return int((census.ends_at - report.observed_at) / timedelta(hours=1))


Json = dict[str, Any]
