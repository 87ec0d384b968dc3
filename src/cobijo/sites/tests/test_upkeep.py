"""Tasks from what is below its norm, and the lists of opening and closing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import StatusChange
from cobijo.sites.types import SiteStatus
from cobijo.sites.upkeep.models import Task
from cobijo.sites.upkeep.queries import left_of, list_of, overdue, tasks_from, tasks_of
from cobijo.sites.upkeep.types import Checklist, ItemState, TaskIn, TaskState
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def code_of(call: Callable[[], Any]) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def put(cast: Cast, what: str = "Poner luz en las letrinas", **given: Any) -> Task:
    return services.set_task(act(cast.beto), task_id=uuid7(), site_id=cast.a.id, task=TaskIn(what=what, **given))


def tick(cast: Cast, item: str, state: ItemState = ItemState.DONE, which: Checklist = Checklist.CLOSING) -> None:
    services.tick_item(act(cast.beto), tick_id=uuid7(), site_id=cast.a.id, checklist=which, item=item, state=state)


def test_a_task_comes_from_an_indicator_and_is_its_owners_to_settle(cast: Cast) -> None:
    task = put(cast, indicator="toilets_lit", owner_id=cast.ana.id, due_on=clock.now().date() - DAY)
    assert tasks_from(cast.a.id) == {"toilets_lit": task}
    waiting, settled = tasks_of(cast.beto.id, cast.a.id)
    assert (waiting, settled, overdue(waiting, clock.now().date())) == ([task], [], 1)
    services.settle_task(act(cast.ana), task_id=task.pk, state=TaskState.DONE, outcome="Dos focos nuevos")
    assert tasks_from(cast.a.id) == {}
    settle: dict[str, Any] = {"task_id": task.pk, "state": TaskState.DONE}
    assert code_of(lambda: services.settle_task(act(cast.beto), **settle)) == "sites.task_settled"


def test_what_is_no_task(cast: Cast) -> None:
    assert code_of(lambda: put(cast, indicator="beds_of_gold")) == "sites.unknown_indicator"
    task = put(cast)
    given: dict[str, Any] = {"task_id": task.pk, "state": TaskState.OPEN}
    assert code_of(lambda: services.settle_task(act(cast.beto), **given)) == "sites.task_stays"


def test_a_task_is_given_to_a_colleague_of_the_site_and_to_nobody_else(cast: Cast) -> None:
    for stranger in (cast.carla.id, cast.outsider.id, uuid7()):
        assert code_of(lambda: put(cast, owner_id=stranger)) == "sites.owner_elsewhere"  # noqa: B023


def test_who_may(cast: Cast) -> None:
    task = put(cast)
    settle: dict[str, Any] = {"task_id": task.pk, "state": TaskState.DROPPED}
    assert code_of(lambda: services.settle_task(act(cast.ana), **settle)) == "core.not_allowed"
    assert code_of(lambda: services.settle_task(act(cast.carla), **settle)) == "core.not_found"


def test_a_list_is_ticked_off_and_the_newest_word_counts(cast: Cast) -> None:
    whole = len(list_of(cast.a.id, Checklist.CLOSING))
    tick(cast, "told")
    tick(cast, "posters", ItemState.NOT_APPLICABLE)
    assert len(left_of(cast.a.id, Checklist.CLOSING)) == whole - 2
    tick(cast, "told", ItemState.OPEN)
    assert len(left_of(cast.a.id, Checklist.CLOSING)) == whole - 1
    assert code_of(lambda: tick(cast, "golden")) == "sites.unknown_item"
    assert len(left_of(cast.a.id, Checklist.OPENING)) == len(list_of(cast.a.id, Checklist.OPENING))


def test_when_a_site_opens_again_its_list_of_closing_begins_anew(cast: Cast) -> None:
    tick(cast, "told")
    at = clock.now() + timedelta(seconds=1)
    StatusChange.objects.create(site=cast.a.site, status=SiteStatus.CLOSED, at=at)
    assert [line.item.code for line in list_of(cast.a.id, Checklist.CLOSING) if not line.is_open] == ["told"]
    StatusChange.objects.create(site=cast.a.site, status=SiteStatus.OPEN, at=at + DAY)
    assert all(line.is_open for line in list_of(cast.a.id, Checklist.CLOSING))
