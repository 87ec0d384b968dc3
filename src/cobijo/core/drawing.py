"""Geometry of the drawings of figures: from numbers to positions, without text, colour or Django.

Lengths are percentages of the drawing's width, written as SVG attributes ("12.5%"), so that a drawing fills a
phone and a desk alike while its letters keep their size; heights are pixels. Every axis of a bar starts at
zero. A count of None is hidden or not known: it is drawn as nothing, and the table beneath says so.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

ROW_HEIGHT = 26
BAR_HEIGHT = 18
LABEL_DROP = 14
"""From the top of a bar down to the baseline of the words beside it, in pixels."""

UNKNOWN_APART = 10
"""People of unknown age stand a little below the pyramid: they are no age."""

PYRAMID_MIDDLE = 11.5
"""Half the width kept free in the middle for the names of the bands, in percent."""

PYRAMID_REACH = 27.0
"""The longest bar to each side, in percent; what is left carries the number."""

DAYS_REACH = 88
"""The tallest bar, above or below the axis, in pixels; the other side takes what its own tallest needs."""

DAYS_LABEL = 18
"""Height kept for a number at the end of a bar, for the name of a side and for the dates, in pixels."""

DAYS_ALL_NAMED = 14
"""With more days than this, only the first of each week is named and only the peaks are numbered."""


class SexCounts(Protocol):
    """One age band: how many of each sex; None where the count is hidden or not known."""

    @property
    def band(self) -> str: ...
    @property
    def female(self) -> int | None: ...
    @property
    def male(self) -> int | None: ...
    @property
    def other(self) -> int | None: ...
    @property
    def unknown(self) -> int | None: ...
    @property
    def total(self) -> int | None: ...


class DayCounts(Protocol):
    """One day of a site: how many came and how many left; None where hidden or not known."""

    @property
    def day(self) -> dt.date: ...
    @property
    def arrivals(self) -> int | None: ...
    @property
    def departures(self) -> int | None: ...


@dataclass(frozen=True)
class BandCount:
    """The plain form of SexCounts; its total is the sum, or None when a part is hidden."""

    band: str
    female: int | None
    male: int | None
    other: int | None = 0
    unknown: int | None = 0

    @property
    def total(self) -> int | None:
        return _sum((self.female, self.male, self.other, self.unknown))


@dataclass(frozen=True)
class DayCount:
    """The plain form of DayCounts."""

    day: dt.date
    arrivals: int | None
    departures: int | None


@dataclass(frozen=True)
class Measure:
    """One bar against the places: its value, and where the part beyond them starts and how wide it is."""

    value: int
    over_x: str
    over_width: str
    over: int


@dataclass(frozen=True)
class FigureBar:
    """Registered and counted against places; `over` and `free` speak of the registered, both 0 when full."""

    registered: Measure
    counted: Measure | None
    places: int | None
    places_x: str
    over: int
    free: int

    @property
    def full(self) -> bool:
        return self.places is not None and self.over == 0 and self.free == 0


@dataclass(frozen=True)
class PyramidRow:
    """One band of a pyramid: top of its bars, baseline of its words, its bars, where their numbers stand."""

    counts: SexCounts
    y: int
    text_y: int
    female_x: str
    female_width: str
    male_x: str
    male_width: str
    male_end: str


@dataclass(frozen=True)
class Pyramid:
    """A population pyramid: rows from the oldest down, unknown age last; the bands as given; their totals."""

    rows: tuple[PyramidRow, ...]
    bands: tuple[SexCounts, ...]
    totals: SexCounts
    height: int
    not_drawn: int

    @property
    def hides(self) -> bool:
        return any(value is None for band in self.bands for value in _four(band))


@dataclass(frozen=True)
class DayBar:
    """One day: its two bars, its middle, and whether its date and its numbers are written."""

    counts: DayCounts
    x: str
    width: str
    middle: str
    up_y: int
    up_height: int
    down_height: int
    up_text_y: int
    down_text_y: int
    named: bool
    up_numbered: bool
    down_numbered: bool


@dataclass(frozen=True)
class DayBars:
    """Arrivals above the axis and departures below it, day by day."""

    days: tuple[DayBar, ...]
    axis_y: int
    departures_y: int
    dates_y: int
    height: int
    arrivals: int | None
    departures: int | None

    @property
    def first(self) -> dt.date:
        return self.days[0].counts.day

    @property
    def last(self) -> dt.date:
        return self.days[-1].counts.day


def figure_bar(registered: int, counted: int | None, places: int | None) -> FigureBar:
    """Lay registered and counted beside the places, on one axis that ends at the greatest of the three."""
    end = max(registered, counted or 0, places or 0, 1)
    return FigureBar(
        registered=_measure(registered, places, end),
        counted=None if counted is None else _measure(counted, places, end),
        places=places,
        places_x=_percent(100 * (places or 0) / end),
        over=0 if places is None else max(registered - places, 0),
        free=0 if places is None else max(places - registered, 0),
    )


def pyramid(rows: Iterable[SexCounts], totals: SexCounts | None = None) -> Pyramid:
    """Lay out the bands, given youngest first and unknown age last, to the scale of the greatest drawn count.

    People of other or unknown sex have no side in a pyramid: `not_drawn` says how many, the table has them.
    `totals` is given where the columns must not be summed from the cells (figures with hidden cells).
    """
    bands = tuple(rows)
    most = max([value or 0 for band in bands for value in (band.female, band.male)], default=0) or 1
    downward = (*reversed(bands[:-1]), *bands[-1:])
    drawn = tuple(_pyramid_row(band, place, most, place == len(bands) - 1) for place, band in enumerate(downward))
    beside = sum((band.other or 0) + (band.unknown or 0) for band in bands)
    return Pyramid(drawn, bands, totals or _totals(bands), len(bands) * ROW_HEIGHT + UNKNOWN_APART, beside)


def day_bars(rows: Sequence[DayCounts]) -> DayBars:
    """Lay out the days in the order given; arrivals and departures share one scale."""
    most = max([value or 0 for row in rows for value in (row.arrivals, row.departures)], default=0) or 1
    axis_y = 2 * DAYS_LABEL + max((_height(row.arrivals, most) for row in rows), default=0)
    departures_y = axis_y + max((_height(row.departures, most) for row in rows), default=0) + 2 * DAYS_LABEL
    return DayBars(
        days=tuple(_day_bar(rows, place, most, axis_y) for place in range(len(rows))),
        axis_y=axis_y,
        departures_y=departures_y,
        dates_y=departures_y + DAYS_LABEL + 2,
        height=departures_y + DAYS_LABEL + 8,
        arrivals=_sum(row.arrivals for row in rows),
        departures=_sum(row.departures for row in rows),
    )


def _measure(value: int, places: int | None, end: int) -> Measure:
    within = value if places is None else min(value, places)
    over = value - within
    return Measure(value, _percent(100 * within / end), _percent(100 * over / end), over)


def _pyramid_row(counts: SexCounts, place: int, most: int, apart: bool) -> PyramidRow:
    female = PYRAMID_REACH * (counts.female or 0) / most
    male = PYRAMID_REACH * (counts.male or 0) / most
    left, right = 50 - PYRAMID_MIDDLE, 50 + PYRAMID_MIDDLE
    top = place * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) // 2 + (UNKNOWN_APART if apart else 0)
    return PyramidRow(
        counts=counts,
        y=top,
        text_y=top + LABEL_DROP,
        female_x=_percent(left - female),
        female_width=_percent(female),
        male_x=_percent(right),
        male_width=_percent(male),
        male_end=_percent(right + male),
    )


def _day_bar(rows: Sequence[DayCounts], place: int, most: int, axis_y: int) -> DayBar:
    counts, slot = rows[place], 100 / len(rows)
    up = _height(counts.arrivals, most)
    down = _height(counts.departures, most)
    few = len(rows) <= DAYS_ALL_NAMED
    return DayBar(
        counts=counts,
        x=_percent(slot * place + slot * 0.15),
        width=_percent(slot * 0.7),
        middle=_percent(slot * (place + 0.5)),
        up_y=axis_y - up,
        up_height=up,
        down_height=down,
        up_text_y=axis_y - up - 5,
        down_text_y=axis_y + down + 14,
        named=few or place % 7 == 0,
        up_numbered=_numbered(counts.arrivals, few, [row.arrivals for row in rows], place),
        down_numbered=_numbered(counts.departures, few, [row.departures for row in rows], place),
    )


def _height(value: int | None, most: int) -> int:
    """A count that is not zero is never drawn as nothing."""
    return max(round(DAYS_REACH * value / most), 1) if value else 0


def _numbered(value: int | None, few: bool, series: Sequence[int | None], place: int) -> bool:
    if not value:
        return False
    peak = max(count or 0 for count in series)
    return few or (value == peak and series.index(value) == place)


def _totals(bands: Sequence[SexCounts]) -> BandCount:
    return BandCount(
        band="",
        female=_sum(band.female for band in bands),
        male=_sum(band.male for band in bands),
        other=_sum(band.other for band in bands),
        unknown=_sum(band.unknown for band in bands),
    )


def _four(counts: SexCounts) -> tuple[int | None, ...]:
    return counts.female, counts.male, counts.other, counts.unknown


def _sum(values: Iterable[int | None]) -> int | None:
    """A sum with a hidden part would give the hidden part away: it is hidden too."""
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total


def _percent(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"
