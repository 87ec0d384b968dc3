"""The frame round every page: which task is current, what a role is led to, and what the browser asks for by itself."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cobijo.accounts.models import Account
from tests.cast import Cast, Place, sign_in

pytestmark = pytest.mark.django_db


def current(browser: Client, address: str) -> list[str]:
    """The tasks of the rail that are marked as where one is."""
    page = browser.get(address, headers={"Accept-Language": "en"}, follow=True).content.decode()
    rail = page.partition('<ul class="tasks">')[2].partition("</ul>")[0]
    found = re.findall(r'aria-current="page".*?<span>(.*?)</span>', rail)
    return [label for label in found if label]


def test_the_census_is_current_after_it_led_on_to_the_response(diego: Account) -> None:
    assert current(sign_in(diego), reverse("reporting:census")) == ["Census"]


def test_a_page_belongs_to_the_task_it_comes_from(beto: Account, site_a: Place) -> None:
    browser = sign_in(beto)
    assert current(browser, reverse("sites:spaces", args=[site_a.id])) == ["Site"]
    assert current(browser, reverse("sites:transfers")) == ["Transfers"]
    assert current(browser, reverse("web:search")) == ["Find"]
    assert current(browser, reverse("accounts:me")) == []


def test_who_may_open_a_record_in_an_emergency_finds_the_way(cast: Cast) -> None:
    way = reverse("people:break_glass")
    led = {
        account.username: f'href="{way}"' in sign_in(account).get(reverse("accounts:me")).content.decode()
        for account in (cast.ana, cast.beto, cast.case_worker, cast.auditor, cast.diego)
    }
    assert led == {"ana": False, "beto": True, "elena": True, "gloria": True, "diego": False}


def test_a_browser_that_asks_for_the_icon_gets_it(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert "core/mark" in answer["Location"]


@pytest.mark.parametrize("address", ["/no-such-page/", "/people/00000000-0000-0000-0000-000000000000/"])
def test_the_demonstration_says_in_our_words_that_a_page_is_not_there(
    ana: Account, settings: Any, address: str
) -> None:
    settings.DEBUG = settings.DEMO = True
    answer = sign_in(ana).get(address, headers={"Accept-Language": "en"})
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert "URLconf" not in answer.content.decode()
