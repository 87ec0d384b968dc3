"""What the desk's document holds, and what its scripts may read beside the API."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cobijo.accounts.models import Account, Reading
from cobijo.core.ids import uuid7
from cobijo.people.types import Kinship
from cobijo.sites import services
from cobijo.sites.types import ArrivingIn, SiteStatus
from cobijo.web import desk_words
from tests.cast import Cast, Place, act, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def marta(ana: Account, site_a: Place) -> UUID:
    """Marta, asleep at A in Aula 1."""
    person, space = uuid7(), site_a.spaces["Aula 1"].id
    member = ArrivingIn(
        person_id=person, given_names="Marta", kinship=Kinship.HEAD, stay_id=uuid7(), space_id=space
    )  # fmt: skip
    services.receive_household(act(ana), household_id=uuid7(), site_id=site_a.id, members=[member])
    return person


def here(browser: Client) -> dict[str, Any]:
    """The data of the document."""
    text = browser.get(reverse("web:desk")).content.decode()
    found: dict[str, Any] = json.loads(
        text.partition('id="here" type="application/json">')[2].partition("</script>")[0]
    )
    return found


def stays_of(browser: Client, *people: UUID) -> dict[str, Any]:
    answer = browser.post(
        reverse("web:desk-stays"), {"people": [str(one) for one in people]}, content_type="application/json"
    )
    found: dict[str, Any] = answer.json()["stays"]
    return found


def test_the_document_knows_my_sites_and_nobody_who_sleeps_there(ana: Account, site_a: Place, marta: UUID) -> None:
    browser = sign_in(ana)
    [site] = here(browser)["sites"]
    assert (site["id"], site["can_register"], site["can_stay"], site["order"]) == (str(site_a.id), True, True, "dmy")
    answer = browser.get(reverse("web:desk"))
    assert "Marta" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_closed_site_is_not_offered(beto: Account, ana: Account, site_a: Place) -> None:
    services.set_status(act(beto), status_id=uuid7(), site_id=site_a.id, status=SiteStatus.CLOSED, why="")
    assert here(sign_in(ana))["sites"] == []


def test_who_sees_no_people_has_no_desk(cast: Cast) -> None:
    answers = [sign_in(who).get(reverse("web:desk")).status_code for who in (cast.diego, cast.outsider, cast.auditor)]
    assert set(answers) <= {403, 404}


def test_the_figures_are_of_my_site_only(ana: Account, site_a: Place, site_b: Place, marta: UUID) -> None:
    browser = sign_in(ana)
    now = browser.get(reverse("web:desk-figures", args=[site_a.id])).json()
    assert (now["registered"], now["free"], now["expected"], now["overdue"]) == (1, 30, 0, 0)
    rooms = {space["name"]: (space["within"], space["free"]) for space in now["spaces"]}
    assert rooms == {"Salón": (0, 20), "Aula 1": (1, 5), "Aula 2": (0, 5), "Carpa 1": (0, None)}
    strange = browser.get(reverse("web:desk-figures", args=[site_b.id]))
    none = browser.get(reverse("web:desk-figures", args=[uuid7()]))
    assert (strange.status_code, strange.content) == (none.status_code, none.content)
    assert strange.status_code in {403, 404}


def test_where_somebody_sleeps_is_told_to_their_site_and_logged(
    ana: Account, carla: Account, site_a: Place, marta: UUID
) -> None:
    seen = stays_of(sign_in(ana), marta, uuid7())
    assert list(seen) == [str(marta)]
    assert (seen[str(marta)]["state"], seen[str(marta)]["space"]) == ("in", "Aula 1")
    assert stays_of(sign_in(carla), marta) == {}
    assert sorted(Reading.objects.values_list("people", flat=True)) == [0, 1]


def test_what_is_no_list_of_people_is_refused(ana: Account) -> None:
    browser = sign_in(ana)
    for body in ("", "[]", '{"people": 3}', '{"people": ["x"]}'):
        assert browser.post(reverse("web:desk-stays"), body, content_type="application/json").status_code == 422


def test_the_catalogue_is_kept_by_the_browser_as_long_as_it_stays_the_same(client: Client) -> None:
    address = reverse("web:desk-catalogue", args=["es", desk_words.digest("es")])
    answer = client.get(address)
    assert "immutable" in answer["Cache-Control"]
    assert answer.json()["countries"][0] == ["GT", "Guatemala"]
    assert "immutable" not in client.get(address.replace(desk_words.digest("es"), "older"))["Cache-Control"]
    assert client.get(address.replace("/es/", "/xx/")).status_code == 404


def test_every_language_has_the_same_words() -> None:
    assert desk_words.digest("es") != desk_words.digest("en")
    assert len(desk_words.needs()) == 10, "each has one digit"
