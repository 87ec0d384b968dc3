"""The queue of pairs worked through by keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.identity.types import EvidenceIn, PairIn
from cobijo.people.types import Kinship, MemberIn
from tests.browser.conftest import Served, open_page
from tests.cast import act

pytestmark = pytest.mark.browser


def put_forward(served: Served, name: str, probability: int) -> str:
    """Somebody registered twice at A, as the job finds them; gives the pair's id."""
    cast, both = served.world.cast, [uuid7(), uuid7()]
    for person, surname in zip(both, ("Sicay", "Xicay"), strict=True):
        member = MemberIn(person_id=person, given_names=name, first_surname=surname, kinship=Kinship.HEAD)
        people.register_household(act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=[member])
    pair = PairIn(
        pair_id=uuid7(),
        first_id=both[0],
        second_id=both[1],
        probability=probability,
        evidence=[EvidenceIn(field="surname", level="one sound", decibits=84)],
    )
    people.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=[pair])
    return pair.pair_id.hex


def test_arrows_go_from_pair_to_pair_and_digits_answer(
    served: Served, chromium: Browser, django_db_blocker: Any
) -> None:
    with django_db_blocker.unblock():
        rosa, ixchel, tomas, juana = (
            put_forward(served, name, 999 - at) for at, name in enumerate(("Rosa", "Ixchel", "Tomás", "Juana"))
        )
    with served.profile(chromium, "beto", locale="es-GT") as profile:
        tab = profile.new_page()
        open_page(tab, f"{served.url}/people/pairs/")
        for key in ("2", "ArrowDown", "ArrowUp", "3", "1"):
            tab.keyboard.press(key)
        assert tab.locator(f"[name=pair_{rosa}][value=different]").is_checked()
        assert tab.locator(f"[name=pair_{ixchel}][value=unsure]").is_checked()
        assert tab.locator(f"[name=pair_{tomas}][value=same]").is_checked()
        tab.keyboard.press("2")
        assert tab.locator("[data-last]").inner_text() == "Respondió: Dos personas. Juana Sicay · Juana Xicay"
        assert tab.locator("[data-answered]").inner_text() == "4 de 5 con respuesta"
        tab.keyboard.press("u")
        assert tab.locator("[data-last]").inner_text() == "Respuesta deshecha. Juana Sicay · Juana Xicay"
        assert not tab.locator(f"[name=pair_{juana}]:checked").count()
        tab.get_by_role("button", name="Guardar estas respuestas").click()
        tab.get_by_role("button", name="Unificar este par").click()
        tab.wait_for_url("**/people/merges/*/")
        tab.get_by_role("button", name="Separar las fichas").click()
        assert tab.get_by_text("Las dos fichas son dos otra vez.").is_visible()


def test_ten_pairs_take_eleven_keys_and_a_verdict_can_be_changed_after(
    served: Served, chromium: Browser, django_db_blocker: Any
) -> None:
    names = ["Ana", "Berta", "Celia", "Delia", "Elsa", "Fidelia", "Gilda", "Hilda", "Irma", "Julia"]
    with django_db_blocker.unblock():
        ids = [put_forward(served, name, 1000) for name in names]
    with served.profile(chromium, "beto", locale="es-GT") as profile:
        tab = profile.new_page()
        open_page(tab, f"{served.url}/people/pairs/")
        for key in ["2"] * 9 + ["3"]:
            tab.keyboard.press(key)
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        assert tab.get_by_text("Se recuerdan 10 respuestas.").is_visible()
        tab.get_by_role("navigation", name="Posibles duplicados según lo que se dijo").get_by_role(
            "link", name="Dos personas"
        ).click()
        mistaken = tab.locator(f"[data-pair]:has([name=pair_{ids[0]}])")
        mistaken.get_by_text("No es seguro").click()
        with tab.expect_navigation():
            tab.keyboard.press("Control+Enter")
        assert not tab.locator(f"[name=pair_{ids[0]}]").count()
        open_page(tab, f"{served.url}/people/pairs/?state=unsure")
        assert tab.locator(f"[name=pair_{ids[0]}]").count()
