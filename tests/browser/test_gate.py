"""The gate and the roll-call in the browser: a phone in one hand, two people marking at once, a clock a day off."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served, open_page

pytestmark = pytest.mark.browser

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def gate(served: Served, tab: Page) -> Page:
    open_page(tab, f"{served.url}/sites/{served.world.cast.a.id}/gate/")
    tab.wait_for_selector("[data-gate][data-ready]")
    return tab


def code_of(served: Served, tab: Page, name: str) -> str:
    """The code of somebody of A, as it stands on their page."""
    person = next(one.people[name] for one in served.world.families() if name in one.people)
    open_page(tab, f"{served.url}/people/{person}/")
    return tab.locator(".code").first.inner_text()


def look(tab: Page, text: str) -> None:
    tab.locator("#gate-card").fill(text)
    tab.locator("#gate-card").press("Enter")


def entries(tab: Page) -> Any:
    return tab.locator(".gate-entry")


def test_out_in_two_taps_and_taken_back(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "ana", **PHONE) as context:
        tab = context.new_page()
        code = code_of(served, tab, "Juana")
        before = entries(gate(served, tab)).count()
        look(tab, code)
        expect(tab.locator(".gate-person input:checked")).to_have_count(1)
        expect(tab.locator("[data-way=out]")).to_be_focused()
        tab.keyboard.press("Enter")
        expect(entries(tab)).to_have_count(before + 1)
        undo = entries(tab).first.locator("[data-part=undo]")
        expect(undo).to_be_visible()
        expect(tab.locator("#gate-card")).to_be_focused()
        undo.click()
        expect(entries(tab)).to_have_count(before)


def test_a_family_goes_out_together_and_the_child_is_not_alone(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "ana", **PHONE) as context:
        tab = context.new_page()
        codes = [code_of(served, tab, name) for name in ("Lucía", "Juana")]
        gate(served, tab)
        for at, code in enumerate(codes, 1):
            look(tab, code)
            expect(tab.locator(".gate-person input:checked")).to_have_count(at)
        tab.locator("#gate-back").fill("23:59")
        tab.locator("[data-way=out]").click()
        for at in range(2):
            expect(entries(tab).nth(at).locator("[data-part=undo]")).to_be_visible()
            expect(entries(tab).nth(at).locator("[data-part=odd]")).to_be_hidden()
        for _ in range(2):
            count = entries(tab).count()
            entries(tab).first.locator("[data-part=undo]").click()
            expect(entries(tab)).to_have_count(count - 1)


def test_wrong_cards_are_said_in_a_sentence(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "ana", **PHONE) as context:
        tab = context.new_page()
        gate(served, tab)
        for text in ("hola", "C-000-000-0", served.world.cards[-1]):
            look(tab, text)
            expect(tab.locator("[data-part=refused]")).to_be_visible()
            expect(tab.locator("[data-part=shown]")).to_be_hidden()


def test_a_phone_whose_clock_is_a_day_ahead_records_now(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "ana", **PHONE) as context:
        tab = context.new_page()
        code = code_of(served, tab, "Juana")
        tab.clock.install(time=datetime.now(UTC) + timedelta(days=1))
        gate(served, tab)
        look(tab, code)
        tab.locator("[data-way=meal]").click()
        undo = entries(tab).first.locator("[data-part=undo]")
        expect(undo).to_be_visible()
        undo.click()


# --- roll-call -------------------------------------------------------------------------------------------------------


def sheet(served: Served, tab: Page) -> Page:
    roll = served.world.ids["roll_call"]
    open_page(tab, f"{served.url}/sites/{served.world.cast.a.id}/roll-calls/{roll}/")
    tab.wait_for_selector("[data-roll][data-ready]")
    return tab


def opened(tab: Page, served: Served, space: str) -> Any:
    room = tab.locator(f'[data-room="{served.world.cast.a.spaces[space].id}"]')
    if room.get_attribute("open") is None:
        room.locator("summary").click()
    return room


def line(served: Served, tab: Page, name: str) -> Any:
    stay = next(one.stays[name] for one in served.world.families() if name in one.stays)
    return tab.locator(f'[data-stay="{stay}"]')


def test_two_people_mark_at_once_and_seen_is_seen(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "ana", **PHONE) as one, served.profile(chromium, "beto", **PHONE) as other:
        ana, beto = sheet(served, one.new_page()), sheet(served, other.new_page())
        for tab in (ana, beto):
            opened(tab, served, "Salón")
        line(served, ana, "Marta").locator("[data-here=yes]").click()
        line(served, beto, "Marta").locator("[data-here=no]").click()
        for tab in (ana, beto):
            here = line(served, tab, "Marta").locator("[data-here=yes]")
            expect(here).to_have_attribute("aria-pressed", "true", timeout=15_000)
        expect(ana.locator("[data-part=with]")).to_contain_text("Beto", timeout=15_000)


def test_a_roll_call_by_phone_with_three_differences_resolved(served: Served, chromium: Browser) -> None:
    with served.profile(chromium, "beto", **PHONE) as context:
        tab = context.new_page()
        code = code_of(served, tab, "Marta")
        sheet(served, tab)
        room = opened(tab, served, "Salón")
        line(served, tab, "Tomás").locator("[data-here=no]").click()
        room.locator("[data-all]").click()
        expect(line(served, tab, "Lucía").locator("[data-here=yes]")).to_have_attribute("aria-pressed", "true")
        aula = opened(tab, served, "Aula 2")
        aula.locator("[data-more]").click()
        tab.locator(".roll-scan summary").click()
        tab.locator("#roll-room").select_option(str(served.world.cast.a.spaces["Aula 2"].id))
        tab.locator("#roll-card").fill(code)
        tab.locator("#roll-card").press("Enter")
        expect(line(served, tab, "Marta").locator("[data-part=says]")).not_to_be_empty()
        tab.wait_for_timeout(1_500)
        with tab.expect_navigation():
            tab.locator("[data-part=end] button").click()
        expect(tab.locator("form.roll-explain")).to_have_count(3)
        _explain_all(served, tab)
        expect(tab.locator("form.roll-explain")).to_have_count(0)
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _explain_all(served: Served, tab: Page) -> None:
    """Tomás left without word, Marta sleeps in the other room now, and one more is to be registered."""
    leave = tab.locator('a[href*="/leave/"]').first
    with tab.expect_navigation():
        leave.click()
    stay = served.world.choc.stays["Tomás"]
    for box in tab.locator("input[name=who]").all():
        box.set_checked(box.get_attribute("value") == str(stay))
    tab.locator("[name=reason][value=no_word]").check()
    with tab.expect_navigation():
        tab.locator("main form.form button[type=submit]").first.click()
    with tab.expect_navigation():
        tab.locator("button[name=do][value=move]").click()
    while tab.locator("form.roll-explain").count():
        form = tab.locator("form.roll-explain").first
        choice = form.locator("select")
        if not choice.input_value():
            choice.select_option("not_registered_yet")
        with tab.expect_navigation():
            form.locator("button").click()
