"""Who is registered at another place, as the desk learns of it: by a document that was seen, by a card in the hand."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from cobijo.accounts.models import Account, Reading
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.models import Household, Person
from cobijo.people.types import DocumentIn, MemberIn
from tests.browser.test_cards import desk, printed
from tests.browser.test_desk import Desk, registered, sicay
from tests.cast import Place, act

__all__ = ["desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CUI = "2345678900101"


def elsewhere(carla: Account, site_b: Place) -> Household:
    """Somebody registered at B, with a document."""
    member = MemberIn(person_id=uuid7(), given_names="Tomasa", first_surname="Ixcoy")
    household = registered(carla, site_b, member)
    paper = DocumentIn(document_id=uuid7(), country="GT", kind="cui", number=CUI, seen=True)
    people.add_document(act(carla), person_id=member.person_id, document=paper)
    return household


def test_a_document_that_was_seen_says_that_its_bearer_is_registered_elsewhere_and_no_more(
    desk: Desk, ana: Account, carla: Account, site_a: Place, site_b: Place
) -> None:
    elsewhere(carla, site_b)
    desk.open(ana)
    desk.member("Rosa", "Tzul", "Xol", "34", "f")
    desk.page.locator("[data-part=more-switch]").click()
    desk.page.locator("[data-name=document_country]").select_option("GT")
    desk.page.locator("[data-name=document_kind]").select_option("cui")
    number, likely = desk.page.locator("[data-name=document_number]"), desk.page.locator("[data-part=likely]")
    with desk.page.expect_response("**/people/candidates") as answer:
        number.fill(CUI)
    assert answer.value.json()["elsewhere"] == [None]
    assert not Reading.objects.filter(what="shown").exists(), "typed and not seen"
    desk.page.locator("[data-name=document_seen]").check()
    expect(likely).to_contain_text("ya está registrada, en otro lugar")
    assert "Tomasa" not in desk.page.content()
    assert likely.locator("button").count() == 0
    assert desk.fits()
    number.fill(f"{CUI[:-1]}2")
    number.blur()
    expect(likely).to_be_hidden()
    assert Reading.objects.filter(what="shown").count() == 2
    number.fill(CUI)
    number.blur()
    expect(likely).to_be_visible()
    assert Reading.objects.filter(what="shown").count() == 2, "asked again, and counted once"
    number.focus()
    desk.save()
    assert Person.objects.count() == 2


def test_a_card_from_another_place_is_said_while_the_household_is_written_down(
    desk: Desk, ana: Account, carla: Account, site_a: Place, site_b: Place
) -> None:
    household = elsewhere(carla, site_b)
    one, *_ = printed(carla, site_b)
    people.link_card(act(carla), card=one.text, household_id=household.id)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.page.wait_for_timeout(100)
    desk.scan(one.text)
    told = desk.page.locator("[data-part=card-told]")
    expect(told).to_contain_text("una persona registrada en otro lugar")
    expect(told.locator("button")).to_be_hidden()
    expect(desk.page.locator("[data-part=card-kept]")).to_be_hidden()
    assert desk.fits()
    desk.save()
    assert Card.objects.get(number=one.number).household_id == household.id
    assert Household.objects.count() == 2


def test_a_card_of_somebody_here_leads_to_them_and_is_not_kept_for_another_household(
    desk: Desk, ana: Account, beto: Account, site_a: Place, live_server: LiveServer
) -> None:
    household = registered(ana, site_a, sicay())
    theirs, free, *_ = printed(beto, site_a)
    people.link_card(act(ana), card=theirs.text, household_id=household.id)
    desk.open(ana)
    desk.member("Jose Maria", "Xicay")
    desk.page.wait_for_timeout(100)
    desk.scan(theirs.text)
    told = desk.page.locator("[data-part=card-told]")
    expect(told).to_contain_text("José María Sicay Tzoc")
    told.locator("button").click()
    expect(desk.page.locator("#card-title")).to_have_text("José María Sicay Tzoc")
    desk.show("register")
    assert desk.page.locator("[data-name=given_names]").first.input_value() == "Jose Maria", "what was typed is there"
    desk.page.locator("[data-name=given_names]").first.focus()
    desk.page.wait_for_timeout(100)
    desk.scan(free.text)
    expect(desk.page.locator("[data-part=card-kept]")).to_be_visible()
    expect(told).to_be_hidden()
    desk.save()
    expect(desk.page.locator("[data-part=card-says]")).to_contain_text("El carné queda entregado")
