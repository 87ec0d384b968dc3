"""How often one may ask: counted for each actor over all workers, and told when to go on."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from cobijo.api.limits import PerActor
from cobijo.api.tests.asking import Asker, problem
from cobijo.core.ids import uuid7
from cobijo.core.rest import Caller
from cobijo.core.verbs import Door
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_still_clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Three calls a minute, and no minute ends within a test."""
    settings.API_LIMITS = {"verbs": (3, 60), "people": (3, 60)}
    monkeypatch.setattr("cobijo.api.limits.time", lambda: 1_540_857_615.0)
    cache.clear()


def calls(limit: PerActor, caller: Caller) -> bool:
    request = RequestFactory().get("/")
    request.auth = caller  # type: ignore[attr-defined]  # as ninja leaves it
    return limit.allow_request(request)


def test_verbs_beyond_the_limit_are_refused_with_the_time_to_wait(cast: Cast) -> None:
    ana = Asker(cast.ana)
    answers = [ana.call("accounts.choose_language", {"language": "es"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert problem(answers[-1]) == (429, "api.too_many")
    assert answers[-1]["Retry-After"] == "45"


def test_openings_of_people_are_counted_even_of_nobody(cast: Cast) -> None:
    ana = Asker(cast.ana)
    assert [ana.get(f"/people/{uuid7()}").status_code for _ in range(4)] == [404, 404, 404, 429]


def test_one_actors_calls_do_not_count_for_another(cast: Cast) -> None:
    for who in (cast.ana, cast.beto):
        assert Asker(who).call("accounts.choose_language", {"language": "es"}).status_code == 200


def test_workers_count_together(db: None) -> None:
    one_worker, another = PerActor("people"), PerActor("people")
    caller = Caller(uuid7(), Door.API)
    assert [calls(one_worker, caller), calls(another, caller), calls(one_worker, caller)] == [True] * 3
    assert not calls(another, caller)


def test_a_new_minute_begins_anew(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    limit, caller = PerActor("people"), Caller(uuid7(), Door.API)
    assert [calls(limit, caller) for _ in range(4)] == [True, True, True, False]
    monkeypatch.setattr("cobijo.api.limits.time", lambda: 1_540_857_661.0)
    assert calls(limit, caller)
