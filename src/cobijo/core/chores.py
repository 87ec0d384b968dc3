"""What the ticker does once a day, or every little while: apps name it in ``ready()``.

Nobody waits for it; a failed one is logged.
"""

import logging
from collections.abc import Callable

from cobijo.core import clock
from cobijo.core.models import Chore

logger = logging.getLogger(__name__)

_chores: dict[str, Callable[[], object]] = {}
_often: dict[str, Callable[[], object]] = {}


def daily(name: str, chore: Callable[[], object]) -> None:
    """Name something to be done once a day (in UTC); the name must stay the same from version to version."""
    _chores[name] = chore


def often(name: str, chore: Callable[[], object]) -> None:
    """Name something that is asked every half minute or so whether it has anything to do, and mostly has not."""
    _often[name] = chore


def do_what_is_often_asked() -> None:
    """Ask each of these whether it has anything to do."""
    for name, chore in _often.items():
        try:
            chore()
        except Exception:
            logger.exception("the chore %s failed", name)


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
