"""The pages of cards, as a browser sees them."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from cobijo.accounts.models import Reading
from cobijo.algorithms import cards
from cobijo.core.ids import uuid7
from cobijo.people import queries
from cobijo.people import services as people
from cobijo.people.cards.models import CardBatch
from cobijo.people.cards.types import CardState, EndReason
from cobijo.people.models import Household
from cobijo.people.tests.cards.test_cards import give, printed
from cobijo.people.tests.conftest import persons
from tests.cast import Cast, act, sign_in

pytestmark = pytest.mark.django_db


def ids() -> dict[str, str]:
    """The hidden ids a form carries."""
    return {"op_id": str(uuid7()), "new_id": str(uuid7())}


@pytest.fixture
def ana(cast: Cast) -> Client:
    return sign_in(cast.ana)


@pytest.fixture
def beto(cast: Cast) -> Client:
    return sign_in(cast.beto)


@pytest.fixture
def maria(home: Household) -> UUID:
    return persons(home)["María José"]


@pytest.mark.parametrize("count", ["0", "1001", "3.5", "-1", "NaN", ""])
def test_a_number_that_cannot_be_is_said_beside_the_question(cast: Cast, beto: Client, count: str) -> None:
    given = ids() | {"unit": str(cast.a.id), "kind": "card", "count": count, "layout": "sheet"}
    answer = beto.post("/cards/print/", given)
    assert answer.status_code == 200
    assert "wrong" in answer.content.decode()
    assert not CardBatch.objects.exists()


def test_a_unit_of_others_is_not_to_choose(cast: Cast, beto: Client) -> None:
    given = ids() | {"unit": str(cast.b.id), "kind": "card", "count": "3", "layout": "sheet"}
    assert beto.post("/cards/print/", given).status_code == 200
    assert not CardBatch.objects.exists()


def test_a_batch_is_counted_and_withdrawn(cast: Cast, beto: Client) -> None:
    batch, _made = printed(cast.beto, cast.a.id, 5)
    page = f"/cards/batches/{batch.id}/"
    refused = beto.post(page, ids() | {"counted": "6"})
    assert "se imprimieron 5 carnés" in refused.content.decode()
    beto.post(page, ids() | {"counted": "4"})
    said = beto.get(page).content.decode()
    assert "Un carné se imprimió y no se contó" in said
    assert "Dejan de servir 4 carnés" in said
    beto.post(f"{page}void/")
    assert "Anulado" in beto.get(page).content.decode()
    assert sign_in(cast.ana).post(f"{page}void/", follow=True).status_code == 200
    listed = beto.get("/cards/").content.decode()
    assert "anulado" in listed


# --- giving out ------------------------------------------------------------------------------------------------------


def test_a_card_is_given_replaced_and_ended_on_the_persons_page(cast: Cast, ana: Client, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    page = f"/cards/people/{maria}/"
    wrong = ana.post(page, ids() | {"card": "C-000-000-1"})
    assert "Compárelo con el carné" in wrong.content.decode()
    assert ana.post(page, ids() | {"card": made[0].text}).status_code == 302
    shown = ana.get(f"/people/{maria}/").content.decode()
    assert cards.spoken(made[0].number) in shown
    assert "Cambiar el carné" in shown
    ana.post(page, ids() | {"card": made[1].text, "reason": "lost"})
    live, before = queries.cards_of(cast.ana.id, person=maria)
    assert (live.number, before.state) == (cards.spoken(made[1].number), CardState.LOST)
    assert ana.post(f"/cards/{live.id}/end/", ids() | {"reason": "revoked"}).status_code == 302
    assert not any(one.is_live for one in queries.cards_of(cast.ana.id, person=maria))


def test_a_household_gets_a_card_on_its_page(cast: Cast, ana: Client, home: Household) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    ana.post(f"/cards/households/{home.id}/", ids() | {"card": cards.spoken(made[0].number)})
    assert cards.spoken(made[0].number) in ana.get(f"/households/{home.id}/").content.decode()


def test_a_scanned_card_leads_straight_to_who_has_it(cast: Cast, ana: Client, home: Household, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    give(cast.ana, made[0].text, maria)
    people.link_card(act(cast.ana), card=made[1].text, household_id=home.id)
    for shown in (made[0].text, cards.spoken(made[0].number)):
        assert ana.post("/cards/scan/", {"card": shown})["Location"] == f"/people/{maria}/"
        assert ana.post("/search/", {"q": shown})["Location"] == f"/people/{maria}/"
    assert ana.post("/search/", {"q": made[1].text})["Location"] == f"/households/{home.id}/"
    free = ana.post("/search/", {"q": made[2].text}).content.decode()
    assert "sin contar" in free
    assert made[2].text not in free
    assert "Se puede entregar" in ana.post("/cards/scan/", {"card": made[2].text}).content.decode()


def test_a_lost_card_names_who_had_it_to_who_may_know(cast: Cast, ana: Client, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    card = give(cast.ana, made[0].text, maria)
    people.end_card(act(cast.ana), card_id=card.id, reason=EndReason.LOST)
    said = ana.post("/search/", {"q": made[0].text}).content.decode()
    assert "reportado como perdido" in said
    assert f"/people/{maria}/" in said


def test_the_search_of_a_stranger_finds_nothing_whatever_the_card_is(cast: Cast, home: Household, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    give(cast.ana, made[0].text, maria)
    carla, answers = sign_in(cast.carla), set()
    signs = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|value="[A-Z2-7]{136}"')
    for one in made:
        answers.add(signs.sub("", carla.post("/search/", {"q": one.text}).content.decode()))
    assert len(answers) == 1
    assert not Reading.objects.filter(actor=cast.carla.id, what="scan", people__gt=0).exists()


def test_the_api_says_whose_a_card_is(cast: Cast, ana: Client, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    give(cast.ana, made[0].text, maria)

    def ask(who: Client, card: str) -> Any:
        return who.post("/api/v1/cards/scan", {"card": card}, content_type="application/json")

    found = ask(ana, made[0].text).json()
    assert (found["state"], found["person_id"], found["number"]) == (
        "linked", str(maria), cards.spoken(made[0].number),
    )  # fmt: skip
    carla = sign_in(cast.carla)
    answers = {
        (ask(carla, one).status_code, ask(carla, one).content) for one in (cards.spoken(made[0].number), made[1].text)
    }
    assert len(answers) == 1
    elsewhere = ask(carla, made[0].text)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "people.card_elsewhere")
    assert str(maria) not in elsewhere.content.decode()


def test_the_page_too_says_that_a_card_in_the_hand_is_of_somebody_elsewhere(cast: Cast, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    give(cast.ana, made[0].text, maria)
    carla = sign_in(cast.carla)
    assert "registrada en otro lugar" in carla.post("/cards/scan/", {"card": made[0].text}).content.decode()
    assert "registrada en otro lugar" not in carla.post("/cards/scan/", {"card": made[1].text}).content.decode()
