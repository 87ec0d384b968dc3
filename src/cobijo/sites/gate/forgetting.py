"""What is left of an erased person's passages: how many meals were taken, and nothing of who or when in the day.

Written past ``core.rows``: no image of it may be kept.
"""

from datetime import datetime, time
from typing import Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from cobijo.sites.gate.models import Passage
from cobijo.sites.gate.types import Way
from cobijo.sites.models import Stay

NOBODY: Final = UUID(int=0)


def forget(stay: Stay, copy: Stay | None) -> None:
    """Delete the passages of a stay; its meals go on with what is left of it, at noon and recorded by nobody."""
    meals = stay.passages.filter(way=Way.MEAL, undone_at=None) if copy is not None else ()
    zone = ZoneInfo(stay.site.zone)
    Passage.objects.bulk_create(
        Passage(
            id=uuid4(),
            site_id=stay.site_id,
            stay=copy,
            way=Way.MEAL,
            meal=passage.meal,
            at=datetime.combine(passage.at.astimezone(zone).date(), time(12), zone),
            by=NOBODY,
        )
        for passage in meals
    )
    stay.passages.all().delete()
