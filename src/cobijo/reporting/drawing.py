"""Geometry of a series of nights: from numbers to positions, without text, colour or Django.

Widths are percentages of the drawing, heights are pixels, as in ``core.drawing``. The axis starts at zero; nights stand
where their day is, also where some are left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from cobijo.reporting.series import PublishedPoint, Series
from cobijo.reporting.types import NightCount

HEIGHT: Final = 150
"""From the axis up to the greatest number, in pixels."""
TOP: Final = 22
"""Room above for the number of the peak."""
FOOT: Final = 22
"""Room below for the days."""
LEFT, RIGHT = 1.0, 91.0
"""Where the first and the last night stand, in percent; what is left carries the last number."""


@dataclass(frozen=True)
class Line:
    """From one night to the next."""

    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True)
class Mark:
    """A number on the drawing. ``anchor``: on which side of it its words begin."""

    x: str
    y: int
    text_y: int
    value: int
    night: date
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawn:
    """A series as lines and marks: its peak and its last night named, and what others published."""

    lines: tuple[Line, ...]
    peak: Mark | None
    last: Mark
    published: tuple[Mark, ...]
    first_night: date
    last_night: date
    axis_y: int
    days_y: int
    height: int


def draw(series: Series) -> Drawn | None:
    """Lay a series out; None where there is no night."""
    if not series.nights:
        return None
    scale = _Scale(series.nights, series.published)
    marks = [scale.mark(one.night, one.persons) for one in series.nights]
    peak, last = max(marks, key=lambda mark: mark.value), marks[-1]
    return Drawn(
        lines=tuple(Line(a.x, a.y, b.x, b.y) for a, b in pairwise(marks)),
        peak=peak if peak.value > last.value else None,
        last=last,
        published=tuple(scale.mark(one.night, one.value) for one in series.published),
        first_night=series.nights[0].night,
        last_night=series.nights[-1].night,
        axis_y=TOP + HEIGHT,
        days_y=TOP + HEIGHT + FOOT - 4,
        height=TOP + HEIGHT + FOOT,
    )


class _Scale:
    def __init__(self, nights: Sequence[NightCount], published: Sequence[PublishedPoint]) -> None:
        self.first = nights[0].night
        self.days = max((nights[-1].night - self.first).days, 1)
        self.most = max([one.persons for one in nights] + [one.value for one in published]) or 1

    def mark(self, night: date, value: int) -> Mark:
        along = (night - self.first).days / self.days
        y = TOP + HEIGHT - round(HEIGHT * value / self.most)
        anchor = "start" if along < 0.1 else "end" if along > 0.9 else "middle"
        return Mark(f"{LEFT + (RIGHT - LEFT) * along:.2f}%", y, y - 8, value, night, anchor)
