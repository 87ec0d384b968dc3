"""What is done once a day, by the ticker: apps name it in ``ready()``. Nobody waits for it; a failed one is logged."""

import logging
from collections.abc import Callable

from cobijo.core import clock
from cobijo.core.models import Chore

logger = logging.getLogger(__name__)

_chores: dict[str, Callable[[], object]] = {}


def daily(name: str, chore: Callable[[], object]) -> None:
    """Name something to be done once a day (in UTC); the name must stay the same from version to version."""
    _chores[name] = chore


def do_what_is_due() -> list[str]:
    """Do what has not been done today; gives the names. What fails is tried again tomorrow."""
    today, done = clock.now().date().toordinal(), []
    for name, chore in _chores.items():
        kept, _made = Chore.objects.get_or_create(pk=name)
        if kept.mark >= today:
            continue
        Chore.objects.filter(pk=name).update(mark=today)
        try:
            chore()
        except Exception:
            logger.exception("the daily chore %s failed", name)
        done.append(name)
    return done
