"""Long work beside the web server: tasks kept in the database, carried out by the worker that `cobijo serve` starts.

A task takes ids only, and must stand being killed anywhere: it is not begun again by itself, the next one goes on.
"""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.core.management import call_command
from django_tasks import task as django_task
from django_tasks.base import Task

from cobijo.core import chores

logger = logging.getLogger(__name__)
KEPT_DAYS: Final = 14
"""Days for which it is kept how a task ended."""


class FailedError(Exception):
    """A task went wrong; the kind of trouble is all that is kept beside it, for a message may quote somebody."""


def task(function: Callable[..., None]) -> Task[..., None]:
    """Make a function of a module a task; ``enqueue`` it with arguments that are ids, numbers or nothing."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            function(*args, **kwargs)
        except Exception as trouble:
            logger.exception("the task %s failed", function.__name__)
            raise FailedError(type(trouble).__name__) from None

    return django_task()(guarded)


def tidy() -> None:
    """Let go of how tasks ended long ago."""
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS, verbosity=0)


chores.daily("core.background", tidy)
