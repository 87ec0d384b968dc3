"""One person in two records, from the warning at the desk to two records again, with real clicks."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from cobijo.core.ids import uuid7
from cobijo.people.models import Person
from cobijo.people.types import BirthIn, Kinship, Sex
from cobijo.sites import services as sites
from cobijo.sites.models import Stay
from cobijo.sites.types import ArrivingIn
from tests import twice
from tests.browser.conftest import Served, open_page
from tests.cast import act

pytestmark = pytest.mark.browser

HOURS = ("sites.Site",)
"""Opens and closes at hours of the day, which no image of a row has; no merge touches it."""


def sicay_comes_in(served: Served) -> str:
    """José María is registered and sleeps at A; gives his code."""
    cast, person = served.world.cast, uuid7()
    member = ArrivingIn(
        person_id=person, stay_id=uuid7(), space_id=cast.a.spaces["Salón"].id,
        given_names="José María", first_surname="Sicay", second_surname="Tzoc",
        birth=BirthIn(year=1984), sex=Sex.MALE, kinship=Kinship.HEAD,
    )  # fmt: skip
    sites.receive_household(act(cast.ana), household_id=uuid7(), site_id=cast.a.id, members=[member])
    return Person.objects.get(pk=person).code


def xicay_is_written_down(tab: Page, url: str) -> None:
    """Ana registers him again, sees the warning with its reasons, and is not sure."""
    open_page(tab, f"{url}/desk/#register")
    for words in ("Jose Maria", "Xicay", "Tzok", "1984", "m"):
        tab.keyboard.type(words)
        tab.keyboard.press("Tab")
    warning = tab.locator("[data-part=likely] .likely-one", has_text="José María Sicay Tzoc")
    expect(warning).to_contain_text("Duerme en Salón")
    expect(warning).to_contain_text("Nombres: todo igual")
    expect(warning).to_contain_text("Apellidos: coinciden ambos")
    warning.get_by_role("button", name="No sé").click()
    expect(warning).to_be_hidden()
    with tab.expect_response(lambda answer: "people.judge_pairs" in answer.url):
        tab.keyboard.press("Control+Enter")
    tab.locator(".result-code:not(:empty)").wait_for()


def find(tab: Page, words: str) -> None:
    """Type into the one search box."""
    tab.locator("#find").fill(words)
    with tab.expect_navigation():
        tab.locator("#find").press("Enter")


def test_registered_twice_made_one_and_two_again(served: Served, chromium: Browser, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        kept = sicay_comes_in(served)
    with served.profile(chromium, "ana", locale="es-GT") as profile:
        xicay_is_written_down(profile.new_page(), served.url)
    with django_db_blocker.unblock():
        gone = Person.objects.get(second_surname="Tzok").code
        before = twice.picture(without=HOURS)

    with served.profile(chromium, "beto", locale="es-GT") as profile:
        tab = profile.new_page()
        open_page(tab, f"{served.url}/people/pairs/")
        tab.get_by_role("link", name="No es seguro 1").click()
        pair = tab.locator("[data-pair]", has_text="José María Sicay Tzoc · Jose Maria Xicay Tzok")
        expect(pair.locator("tr.differs")).to_contain_text(["Apellidos"])
        expect(pair.locator(".reasons")).to_contain_text("coinciden ambos, aunque no todo está escrito igual")
        pair.get_by_text("Una persona", exact=True).click()
        tab.get_by_role("button", name="Guardar estas respuestas").click()
        expect(tab.locator("main")).to_contain_text(f"Se conserva {kept}. Lo que es de {gone} pasa a ella")
        tab.get_by_role("button", name="Unificar este par").click()
        tab.wait_for_url("**/people/merges/*/")
        merge = tab.url
        find(tab, gone)
        expect(tab.locator("main")).to_contain_text("José María Sicay Tzoc")
        expect(tab.locator("main")).to_contain_text(kept)
        with django_db_blocker.unblock():
            assert twice.unlike(before, twice.picture(without=HOURS))
            both = Person.objects.get(second_surname="Tzoc")
            assert Stay.objects.filter(person=both).count() == 2
        open_page(tab, merge)
        tab.get_by_role("button", name="Separar las fichas").click()
        expect(tab.get_by_text("Las dos fichas son dos otra vez.")).to_be_visible()

    with django_db_blocker.unblock():
        assert twice.unlike(before, twice.picture(without=HOURS)) == set()
