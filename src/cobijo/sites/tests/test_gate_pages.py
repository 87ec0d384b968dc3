"""The pages of the gate and of roll-calls, by whoever they are for and by whoever they are not."""

from typing import Any

import pytest
from django.urls import reverse

from cobijo.accounts.models import Account, Reading
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.gate.models import Visit
from cobijo.sites.models import Stay
from cobijo.sites.rollcalls.models import Difference, RollCall
from cobijo.sites.tests.gateway import gatekeeper, hide, passes
from cobijo.sites.tests.rolls import begin, end, mark, nameless
from cobijo.sites.tests.shelter import FATHER, GIRL, MOTHER, Family, ago, receive, stay
from cobijo.sites.tests.test_pages import browser_of, page, post
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, (MOTHER, FATHER, GIRL), space="Salón", happened_at=ago(50))


@pytest.fixture
def otto(cast: Cast) -> Account:
    return gatekeeper(cast)


def test_the_gate_of_a_gatekeeper_names_nobody(cast: Cast, family: Family, otto: Account) -> None:
    passes(otto, cast, family, "Marta", "out")
    shown = page(otto, "gate", cast.a.id)
    assert "Card or code" in shown
    assert "Marta" not in shown
    assert "Marta" in page(cast.ana, "gate", cast.a.id)
    assert Reading.objects.filter(what="list", unit=cast.a.id).count() == 2


def test_the_gatekeeper_reads_that_a_message_was_passed_and_not_what_came_of_it(
    cast: Cast, family: Family, otto: Account
) -> None:
    visit = uuid7()
    asked = {"visitor_name": "Rigoberto Paz", "asked_for": "Julio"}
    services.announce_visit(act(otto), visit_id=visit, site_id=cast.a.id, **asked)
    before = page(otto, "gate", cast.a.id).count("Message passed")
    services.tell_resident(act(cast.ana), visit_id=visit, person_id=family.people["Julio"])
    shown = page(otto, "gate", cast.a.id)
    assert shown.count("Message passed") == before
    assert not {"Julio", "Rigoberto"} & set(shown.split())
    assert browser_of(otto).get(reverse("sites:visits", args=[cast.a.id])).status_code == 403


def test_who_passes_messages_on_finds_tells_and_settles(cast: Cast, family: Family, otto: Account) -> None:
    visit = uuid7()
    services.announce_visit(
        act(otto), visit_id=visit, site_id=cast.a.id, visitor_name="Rigoberto Paz", asked_for="Julio Xicará"
    )
    assert "Rigoberto Paz" in page(cast.ana, "visits", cast.a.id)
    found = post(cast.ana, "visits", cast.a.id, status=200, visit=visit, words="Julio")
    assert reverse("sites:tell", args=[cast.a.id, visit, family.people["Julio"]]) in found
    post(cast.ana, "tell", cast.a.id, visit, family.people["Julio"])
    post(cast.ana, "settle-visit", cast.a.id, visit, outcome="came")
    assert Visit.objects.get().state == "came"


def test_a_roll_call_is_begun_marked_ended_and_explained_on_its_pages(cast: Cast, family: Family) -> None:
    post(cast.ana, "roll-calls", cast.a.id)
    roll = RollCall.objects.get()
    sheet = page(cast.ana, "roll-call", cast.a.id, roll.pk)
    assert all(name in sheet for name in ("Marta", "Julio", "Lucía", "Aula 2", "Here without a name"))
    mark(cast.ana, roll, family.stays["Julio"], here=False)
    mark(cast.ana, roll, family.stays["Lucía"], space=cast.a.spaces["Aula 2"].id)
    nameless(cast.ana, roll, 2, cast.a.spaces["Aula 2"].id, "Dos muchachos.")
    post(cast.ana, "roll-call", cast.a.id, roll.pk)
    shown = page(cast.ana, "roll-call", cast.a.id, roll.pk)
    assert "4 people differ" in shown
    assert "Dos muchachos." in shown
    moved = Difference.objects.get(kind="other_space")
    post(cast.ana, "explain-difference", cast.a.id, moved.pk, do="move")
    assert stay(family.stays["Lucía"]).space_id == cast.a.spaces["Aula 2"].id
    given: dict[str, Any] = {f"{moved.pk}-{name}": uuid7() for name in ("op_id", "new_id")}
    said: dict[str, Any] = {f"{moved.pk}-explanation": "elsewhere_in_site"}
    post(cast.ana, "explain-difference", cast.a.id, moved.pk, **given | said)
    assert Difference.objects.get(pk=moved.pk).acted == "moved"
    answer = browser_of(cast.ana).get(reverse("sites:roll-call-print", args=[cast.a.id, roll.pk]))
    assert answer.content.startswith(b"%PDF")


def test_an_act_opened_from_a_roll_call_leads_back_to_it(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    mark(cast.ana, roll, family.stays["Julio"], here=False)
    end(cast.ana, roll)
    url = reverse("sites:leave", args=[cast.a.id, family.stays["Julio"]]) + f"?roll={roll.pk}"
    given = {"op_id": uuid7(), "new_id": uuid7(), "who": family.stays["Julio"], "reason": "no_word"}
    answer = browser_of(cast.ana).post(url, given)
    assert answer.status_code == 302, answer.content.decode()
    assert answer["Location"] == reverse("sites:roll-call", args=[cast.a.id, roll.pk])
    assert Stay.objects.get(pk=family.stays["Julio"]).state == "out"


def test_a_protected_resident_is_called_without_a_name(cast: Cast, family: Family, otto: Account) -> None:
    hide(cast, family.people["Marta"])
    roll, salon = begin(cast.ana, cast), cast.a.spaces["Salón"].id
    for who in (cast.ana, otto):
        sheet = page(who, "roll-call", cast.a.id, roll.pk)
        assert "(1 is registered)" in sheet
        assert not [said for said in ("Marta", str(family.stays["Marta"])) if said in sheet]
    mark(cast.ana, roll, family.stays["Julio"], family.stays["Lucía"])
    nameless(cast.ana, roll, 1, salon)
    ended = end(cast.ana, roll)
    assert (ended.counted, ended.registered, ended.unmarked, ended.differences.count()) == (3, 3, 0, 0)


def test_one_who_is_protected_and_not_here_is_missed_by_number(cast: Cast, family: Family) -> None:
    hide(cast, family.people["Marta"])
    roll, salon = begin(cast.ana, cast), cast.a.spaces["Salón"].id
    nameless(cast.ana, roll, 0, salon)
    end(cast.ana, roll)
    one = Difference.objects.get()
    assert (one.kind, one.persons, one.person_id) == ("registered_not_here", 1, None)


def test_strangers_see_no_roll_call(cast: Cast, family: Family) -> None:
    roll = begin(cast.ana, cast)
    for name in ("roll-call", "roll-call-state"):
        answer = browser_of(cast.carla).get(reverse(f"sites:{name}", args=[cast.a.id, roll.pk]))
        assert answer.status_code == 404
    assert browser_of(cast.diego).get(reverse("sites:roll-call", args=[cast.a.id, roll.pk])).status_code == 403


def test_who_is_out_since_yesterday_without_an_hour_is_not_forgotten(cast: Cast, family: Family) -> None:
    passes(cast.ana, cast, family, "Julio", "out", act_given={"happened_at": ago(30)})
    passes(cast.ana, cast, family, "Marta", "out")
    shown = page(cast.beto, "overdue", cast.a.id)
    assert "Out since yesterday or before" in shown
    assert "Julio" in shown
    assert "Marta" not in shown, "she went out today"
    assert "Lucía" in shown, "whom to ask"
