"""A night shelter in one line, and how guests are counted at its door."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.accounts.models import Account
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.types import CellIn
from tests.cast import ZONE, Cast, act

EVENING, MORNING = time(18), time(6)
GUATEMALA = ZoneInfo(ZONE)


def night_shelter(cast: Cast) -> Cast:
    """The hall is a night shelter, open from six in the evening to six in the morning."""
    cast.a.site.opens_at, cast.a.site.closes_at = EVENING, MORNING
    cast.a.site.save()
    return cast


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), GUATEMALA)


def tonight() -> date:
    return clock.today(GUATEMALA)


def count(
    cast: Cast, *cells: tuple[str, str, int], night: date | None = None, who: Account | None = None, **given: Any
) -> UUID:
    tally: UUID = given.pop("tally_id", uuid7())
    services.count_guests(
        act(who or cast.ana),
        tally_id=tally,
        site_id=given.pop("site_id", cast.a.id),
        night=night or tonight(),
        cells=[CellIn(sex=sex, band=band, persons=persons) for sex, band, persons in cells],
        observed_at=given.pop("observed_at", clock.now()),
    )
    return tally
