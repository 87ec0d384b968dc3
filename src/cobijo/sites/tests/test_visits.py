"""Visitors at the gate: the message is passed, and the gate learns nothing of whether there is anybody."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Account
from cobijo.core import clock, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Segment
from cobijo.core.operations import Receipt
from cobijo.sites import services
from cobijo.sites.gate import queries
from cobijo.sites.gate.daily import forget_visits
from cobijo.sites.gate.models import Visit
from cobijo.sites.gate.types import VisitState
from cobijo.sites.tests.gateway import gatekeeper, hide
from cobijo.sites.tests.shelter import FATHER, MOTHER, Family, ago, receive, submit
from cobijo.sites.types import OutReason
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, (MOTHER, FATHER), space="Salón", happened_at=ago(5))


@pytest.fixture
def otto(cast: Cast) -> Account:
    return gatekeeper(cast)


def asks(who: Account, cast: Cast, whom: str, visitor: str = "Rigoberto Paz", **given: Any) -> Receipt:
    return submit(
        "announce_visit",
        who,
        act_given=given,
        visit_id=uuid7(),
        site_id=cast.a.id,
        visitor_name=visitor,
        asked_for=whom,
    )


def refused(code: str, do: Any) -> None:
    with pytest.raises(DomainError) as refusal:
        do()
    assert refusal.value.code == code


def waiting(cast: Cast, who: Account) -> list[tuple[str, str, VisitState]]:
    lines = queries.visits_waiting(who.id, cast.a.site)
    return [(line.asked_for, line.told, line.state) for line in lines]


def test_the_gate_gets_one_answer_whoever_is_asked_for(cast: Cast, family: Family, otto: Account) -> None:
    hide(cast, family.people["Marta"])
    answers = [asks(otto, cast, whom) for whom in ("Marta Xicará", "Julio Xicará", "Nadie Conocido")]
    assert {(answer.status, answer.flags, type(answer.result)) for answer in answers} == {("applied", (), Visit)}
    assert len(queries.messages_passed(otto.id, cast.a.site)) == 3


def test_who_passes_messages_on_reads_them_and_the_words_lie_sealed(cast: Cast, otto: Account) -> None:
    asks(otto, cast, "Julio Xicará")
    assert waiting(cast, cast.ana) == [("Julio Xicará", "", VisitState.WAITING)]
    kept = str(list(Visit.objects.values()) + list(Intent.objects.values()) + list(Segment.objects.values()))
    assert "Julio" not in kept
    assert "Rigoberto" not in kept


def test_the_resident_is_told_and_comes(cast: Cast, family: Family, otto: Account) -> None:
    visit = asks(otto, cast, "Julio").result.pk
    services.tell_resident(act(cast.ana), visit_id=visit, person_id=family.people["Julio"])
    [(_whom, told, state)] = waiting(cast, cast.ana)
    assert (told.split()[0], state) == ("Julio", VisitState.TOLD)
    services.settle_visit(act(cast.ana), visit_id=visit, outcome=VisitState.CAME)
    assert waiting(cast, cast.ana) == []
    refused("sites.visit_settled", lambda: settle(cast.ana, visit))


def settle(who: Account, visit: UUID, outcome: VisitState = VisitState.LEFT) -> Visit:
    return services.settle_visit(act(who), visit_id=visit, outcome=outcome)


def test_of_a_protected_resident_only_who_is_named_learns_that_they_were_told(
    cast: Cast, family: Family, otto: Account
) -> None:
    marta = family.people["Marta"]
    hide(cast, marta)
    visit = asks(otto, cast, "Marta").result.pk
    for one in (marta, uuid7()):
        told = {"visit_id": visit, "person_id": one}
        refused("core.not_found", lambda told=told: services.tell_resident(act(cast.ana), **told))
    services.tell_resident(act(cast.case_worker), visit_id=visit, person_id=marta)
    assert waiting(cast, cast.ana) == [("Marta", "", VisitState.WAITING)], "as of somebody nobody knows"
    assert waiting(cast, cast.case_worker)[0][2] is VisitState.TOLD


def test_what_cannot_be_so_is_refused(cast: Cast, family: Family, otto: Account) -> None:
    visit = asks(otto, cast, "Julio").result.pk
    refused("sites.visit_still_open", lambda: settle(cast.ana, visit, VisitState.TOLD))
    refused("core.not_allowed", lambda: settle(otto, visit))
    refused("core.not_found", lambda: settle(cast.carla, visit))
    services.check_out(act(cast.ana), stay_ids=family.all_stays(), reason=OutReason.HOME)
    tell = {"visit_id": visit, "person_id": family.people["Julio"]}
    refused("sites.visit_not_here", lambda: services.tell_resident(act(cast.ana), **tell))


def test_after_seven_days_nothing_is_left_and_the_journal_still_verifies(cast: Cast, otto: Account) -> None:
    asks(otto, cast, "Julio Xicará")
    clock.move(timedelta(days=3))
    asks(otto, cast, "Ana")
    clock.move(timedelta(days=8))
    assert forget_visits() == 1
    assert Visit.objects.count() == 1
    words = Segment.objects.filter(intent__verb="sites.announce_visit", subject=None)
    assert words.count() == 1
    seals.seal_waiting()
    assert seals.verify()[0] == []
