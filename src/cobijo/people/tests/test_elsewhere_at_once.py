"""Two who ask with one account at the same moment: real threads, and still no more answers than the limit."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from pytest_django import Settings

from cobijo.people import queries
from cobijo.people.queries import PaperShown
from cobijo.people.tests.test_elsewhere import OTHERS, log
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def test_two_at_once_get_no_more_answers_than_the_limit(cast: Cast, settings: Settings) -> None:
    settings.SHOWN_LIMIT = (6, 3600)
    papers = [PaperShown("GT", "cui", number) for number in OTHERS]
    queries.shown(cast.carla.id, papers[:1])  # makes the key that is made once
    ready = Barrier(2)

    def ask(begin: int) -> list[bool | None]:
        ready.wait(10)
        try:
            return queries.shown(cast.carla.id, papers[begin : begin + 4])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        answers = [one for some in threads.map(ask, (10, 20)) for one in some]
    assert sorted(answers, key=str) == [False] * 5 + [None] * 3
    assert len(log(cast.carla)) == 6
