"""Long work beside the web server: tasks kept in the database, carried out by the worker that `cobijo serve` starts.

A task takes ids only, and must stand being killed anywhere: it is not begun again by itself, the next one goes on. The
worker takes whatever is ready, so one whose worker was killed keeps no other waiting; it is called lost after a while.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Final

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task as django_task
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cobijo.core import chores

logger = logging.getLogger(__name__)
KEPT_DAYS: Final = 14
"""Days for which it is kept how a task ended."""
LOST_AFTER: Final = timedelta(days=2)
"""What runs for longer has surely lost its worker; if it has not, how it ends is noted all the same."""


class FailedError(Exception):
    """A task went wrong; the kind of trouble is all that is kept beside it, for a message may quote somebody."""


class LostError(Exception):
    """A task's worker was killed in the middle of it."""


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
    """Say of tasks whose worker was killed that they are lost, and let go of how tasks ended long ago."""
    now = timezone.now()
    lost = DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER)
    for path in lost.values_list("task_path", flat=True):
        logger.error("the task %s was lost: its worker was killed", path)
    how = f"{LostError.__module__}.{LostError.__qualname__}"
    lost.update(status=TaskResultStatus.FAILED, finished_at=now, exception_class_path=how)
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS, verbosity=0)


chores.daily("core.background", tidy)
