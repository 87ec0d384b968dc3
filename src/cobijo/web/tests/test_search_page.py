"""The search page: the words, why somebody is found, and what more can be said of them."""

import pytest
from django.test import Client
from django.urls import reverse

from cobijo.accounts.models import Account
from cobijo.people.tests.conftest import member, register
from cobijo.people.types import BirthIn, Sex
from tests.cast import Place, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(ana: Account, site_a: Place) -> Client:
    """Ana's, with three people at A."""
    people = [
        member("José María", "Sicay", second_surname="Tzoc", sex=Sex.MALE, birth=BirthIn(age_years=40)),
        member("José María", "Sicay", sex=Sex.MALE, birth=BirthIn(age_years=8), origin_place="El Rodeo"),
        member("Rosa", "Tum", sex=Sex.FEMALE),
    ]
    register(ana, site_a.id, people)
    return sign_in(ana)


def asked(browser: Client, **said: object) -> str:
    """What the page answers."""
    answer = browser.post(reverse("web:search"), said, headers={"accept-language": "en"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_hit_that_is_not_simply_the_name_says_why(browser: Client) -> None:
    page = asked(browser, q="chepe xikay")
    assert page.count("found by sounds alike, nickname") == 2
    assert "found by" not in asked(browser, q="rosa tum")


def test_what_is_said_beside_the_name_puts_the_likeliest_first_and_says_who_contradicts(browser: Client) -> None:
    page = asked(browser, q="jose sicay", age="41", years="2", sex="male", community="")
    first, second = page.split('<a class="line"')[1:3]
    assert "another age" not in first
    assert "another age" in second
    assert 'value="41"' in page
    page = asked(browser, q="jose sicay", age="", years="", sex="", community="el rodeo")
    assert "place of origin" in page.split('<a class="line"')[1]


def test_what_cannot_be_read_is_said_beside_its_field_and_the_words_still_count(browser: Client) -> None:
    page = asked(browser, q="rosa tum", age="old", years="3", sex="", community="")
    assert "Rosa Tum" in page
    assert "aria-invalid" in page or "error" in page


def test_nobody_is_offered_to_say_more_before_there_are_words(browser: Client) -> None:
    assert "Say more" not in browser.get(reverse("web:search"), headers={"accept-language": "en"}).content.decode()
