"""Long tasks: kept in the database, carried out by the worker, and quoting nobody when they fail."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cobijo.core import background

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
done: list[int] = []


@background.task
def count(number: int) -> None:
    done.append(number)


@background.task
def stumble() -> None:
    raise ValueError("no such person as Rosa Choc")


def work() -> None:
    call_command("db_worker", batch=True, reload=False, startup_delay=False, verbosity=0)


def test_the_worker_carries_out_what_was_asked_for_once() -> None:
    count.enqueue(7)
    assert done == []
    work()
    work()
    assert done == [7]
    assert [str(one.status) for one in DBTaskResult.objects.all()] == ["SUCCESSFUL"]


def test_what_fails_keeps_the_kind_of_trouble_and_no_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        stumble.enqueue()
        work()
    (kept,) = DBTaskResult.objects.all()
    assert str(kept.status) == "FAILED"
    assert "ValueError" in kept.traceback
    assert "Rosa" not in kept.traceback
    assert "the task stumble failed" in caplog.text


def test_how_a_task_ended_is_let_go_of_in_time() -> None:
    count.enqueue(1)
    work()
    background.tidy()
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(finished_at="2018-06-03T12:00:00Z")
    background.tidy()
    assert not DBTaskResult.objects.exists()


def killed_in(since: timedelta) -> DBTaskResult[Any, Any]:
    """A task as it stands when its worker was killed in the middle of it, so long ago."""
    count.enqueue(3)
    kept = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    kept.claim("a worker that is no more")
    DBTaskResult.objects.filter(pk=kept.pk).update(started_at=timezone.now() - since)
    return kept


def test_a_task_whose_worker_was_killed_keeps_no_other_from_running() -> None:
    done.clear()
    killed_in(timedelta(hours=20))
    count.enqueue(8)
    work()
    assert done == [8]


def test_a_task_whose_worker_was_killed_does_not_run_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    young, old = killed_in(timedelta(hours=20)), killed_in(timedelta(days=3))
    with caplog.at_level(logging.ERROR):
        background.tidy()
    for one in (young, old):
        one.refresh_from_db()
    assert (young.status, old.status) == (TaskResultStatus.RUNNING, TaskResultStatus.FAILED)
    assert old.task_result.errors[0].exception_class is background.LostError
    assert "count was lost" in caplog.text
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at="2018-06-03T12:00:00Z")
    background.tidy()
    assert list(DBTaskResult.objects.all()) == [young]
