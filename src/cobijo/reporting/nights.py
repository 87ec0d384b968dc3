"""Nights as they are asked for: typed at the machine, or standing in an address."""

import re
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from cobijo.core import clock
from cobijo.core.errors import Ground, Refusal
from cobijo.reporting.types import Scope

_FORM: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST, _LAST = date(1900, 1, 1), date(2200, 12, 31)

NO_DATE = Refusal(
    "reporting.no_date",
    _("“{text}” is no date of the calendar. Write it as year, month and day: 2018-10-29."),
    Ground.INPUT,
)


def read(text: str) -> date:
    """The day written as year-month-day. Raises NO_DATE."""
    try:
        day = date.fromisoformat(text) if _FORM.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not _FIRST <= day <= _LAST:
        raise NO_DATE.about("date", text=text)
    return day


def tonight(scope: Scope) -> date:
    """The night that is coming, or has begun, where the scope is."""
    return clock.today(ZoneInfo(scope.zone))
