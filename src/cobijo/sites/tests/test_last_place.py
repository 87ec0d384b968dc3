"""Two clerks at once, each on a connection of their own: real threads, a real database."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import Stay
from cobijo.sites.tests.shelter import FATHER, GIRL, MOTHER, check_out, open_stays, receive
from cobijo.sites.tests.test_transfers import accept, propose
from cobijo.sites.types import Flag, TransferState
from tests.cast import Cast, act

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each of these gave, or the refusal it ended in; all begin at the same moment."""
    ready = Barrier(len(acts))

    def run(one: Callable[[], Any]) -> Any:
        ready.wait(10)
        try:
            return one()
        except DomainError as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_two_clerks_at_the_last_place_both_families_are_in_and_one_is_flagged(cast: Cast) -> None:
    receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL), space="Aula 2")
    families = at_once(
        lambda: receive(cast.ana, cast.a, (MOTHER, FATHER), space="Aula 2"),
        lambda: receive(cast.beto, cast.a, (MOTHER, FATHER), space="Aula 2"),
    )
    assert open_stays(cast.a) == 7
    assert sorted(family.flags for family in families) == [[], [Flag.OVER_CAPACITY]]


def test_two_clerks_check_in_the_same_person_and_one_is_told(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    check_out(cast.ana, family)

    def come(who: Any) -> Stay:
        return services.check_in(act(who), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])

    answers = at_once(lambda: come(cast.ana), lambda: come(cast.beto))
    codes = sorted(answer.code if isinstance(answer, DomainError) else "in" for answer in answers)
    assert codes == ["in", "sites.already_in"]
    assert open_stays(cast.a) == 1


def test_a_family_that_leaves_while_its_transfer_is_accepted_is_in_one_place_or_gone(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, FATHER))
    transfer = propose(cast, family)
    at_once(lambda: check_out(cast.ana, family), lambda: accept(cast, transfer, family))
    transfer.refresh_from_db()
    assert open_stays(cast.a) == 0
    assert open_stays(cast.b) == (2 if transfer.state == TransferState.ACCEPTED else 0)
