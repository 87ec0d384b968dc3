"""A shared device in a real browser: people change by badge and PIN, a volunteer begins, a page left alone locks."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from cobijo.accounts import services
from cobijo.accounts.devices import badges
from cobijo.accounts.devices.models import Badge, Device, Enrolment
from cobijo.accounts.models import Account
from cobijo.accounts.tests.devices.working import (
    COOKIE,
    OTHER_PIN,
    PIN,
    badge_of,
    let_in,
    may_make,
    sign,
    volunteer,
)
from cobijo.core.ids import uuid7
from tests.browser.test_cards import Camera, camera
from tests.cast import Cast, act, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["camera"]  # the fixture of the cards' tests, for a badge held before it

WIDE = {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def _nothing_counted(cast: Cast) -> None:
    cache.clear()


@pytest.fixture
def site(live_server: LiveServer, cast: Cast, browser_context: BrowserContext) -> str:
    """The address, in a browser that is a shared device of A."""
    be_shared(browser_context, live_server.url, cast)
    return str(live_server.url)


def be_shared(context: BrowserContext, url: str, cast: Cast) -> None:
    cookie = let_in(cast).browser.cookies[COOKIE].value
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": url, "httpOnly": True, "sameSite": "Strict"}])


def carry(context: BrowserContext, url: str, who: Account) -> None:
    """Be signed in with password and second factor."""
    session = sign_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def scan(page: Page, text: str) -> None:
    """What a scanner that types does: all signs at once, then Enter."""
    expect(page.locator("[data-badge]")).to_be_focused()
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def unlock(page: Page, badge: str, pin: str = PIN) -> None:
    scan(page, badge)
    expect(page.locator("[data-pin]")).to_be_focused()
    page.keyboard.type(pin)


def signed(cast: Cast, *who: Account) -> None:
    for one in who:
        sign(one)


# --- changing --------------------------------------------------------------------------------------------------------


def test_a_scan_and_six_digits_change_who_works(
    page: Page, site: str, cast: Cast, record_property: Callable[[str, Any], None]
) -> None:
    signed(cast, cast.ana, cast.beto)
    ana, beto = badge_of(cast, cast.ana), badge_of(cast, cast.beto, pin=OTHER_PIN)
    page.goto(f"{site}/device/")
    unlock(page, ana.text)
    page.locator("[data-ready]").wait_for()
    expect(page.locator(".menu-who strong")).to_have_text("Ana Xicay")
    before = time.perf_counter()
    page.get_by_role("button", name="Bloquear").click()
    unlock(page, beto.text, OTHER_PIN)
    page.locator("[data-ready]").wait_for()
    record_property("change_of_person_ms", round((time.perf_counter() - before) * 1000))
    expect(page.locator(".menu-who strong")).to_have_text("Beto Marroquín")


def test_the_number_and_the_digits_on_the_screen_do_as_well(page: Page, site: str, cast: Cast) -> None:
    signed(cast, cast.ana)
    number = badges.spoken(badge_of(cast, cast.ana).number)
    page.goto(f"{site}/device/")
    page.locator("[data-badge]").fill(number)
    for digit in "41" + PIN[1:]:
        if digit == "1" and page.locator("[data-pin]").input_value() == "4":
            page.locator(f"[data-digit='{digit}']").click()
            page.locator("[data-pad] [data-back]").click()
            continue
        page.locator(f"[data-digit='{digit}']").click()
    page.wait_for_url("**/desk/")


def test_a_badge_before_the_camera_opens(camera: Camera, live_server: LiveServer, cast: Cast) -> None:
    signed(cast, cast.ana)
    tab = camera(badge_of(cast, cast.ana).text)
    be_shared(tab.context, live_server.url, cast)
    tab.goto(f"{live_server.url}/device/")
    tab.locator("[data-camera]").click()
    expect(tab.locator("[data-pin]")).to_be_focused()
    tab.keyboard.type(PIN)
    tab.wait_for_url("**/desk/")


def test_it_opens_without_script(browser_context: BrowserContext, live_server: LiveServer, cast: Cast) -> None:
    signed(cast, cast.ana)
    browser = browser_context.browser
    assert browser is not None
    without = browser.new_context(java_script_enabled=False, locale="es-GT")
    be_shared(without, live_server.url, cast)
    page = without.new_page()
    page.goto(f"{live_server.url}/device/")
    page.locator("[data-badge]").fill(badge_of(cast, cast.ana).text)
    page.locator("[data-pin]").fill(PIN)
    page.get_by_role("button", name="Comenzar").click()
    page.wait_for_url("**/desk/")
    without.close()


def test_a_wrong_pin_and_an_unknown_badge_look_alike_and_nothing_typed_stays(page: Page, site: str, cast: Cast) -> None:
    known, unknown = badge_of(cast, cast.ana).text, badges.write(badges.fresh())
    page.goto(f"{site}/device/")
    seen = []
    for badge in (known, unknown):
        unlock(page, badge, OTHER_PIN)
        page.locator("[data-wrong]").wait_for()
        expect(page.locator("[data-badge]")).to_have_value("")
        expect(page.locator("[data-pin]")).to_have_value("")
        seen.append(page.locator("main").inner_text())
        page.goto(f"{site}/device/")
    assert seen[0] == seen[1]


def test_the_browser_is_not_asked_to_keep_the_pin(page: Page, site: str) -> None:
    page.goto(f"{site}/device/")
    field = page.locator("[data-pin]")
    assert field.get_attribute("type") == "text"
    assert field.get_attribute("autocomplete") == "off"
    assert field.evaluate("one => getComputedStyle(one).webkitTextSecurity") == "disc"


# --- locking ---------------------------------------------------------------------------------------------------------


def test_a_page_left_alone_locks_by_itself_and_ends_the_session(page: Page, site: str, cast: Cast) -> None:
    signed(cast, cast.ana)
    page.clock.install()
    page.goto(f"{site}/device/")
    unlock(page, badge_of(cast, cast.ana).text)
    page.locator("[data-ready]").wait_for()
    page.goto(f"{site}/accounts/me/")
    page.clock.fast_forward("29:00")
    page.keyboard.press("Shift")
    page.clock.fast_forward("29:00")
    page.wait_for_timeout(100)
    assert page.url.endswith("/accounts/me/")
    page.clock.fast_forward("02:00")
    page.wait_for_url("**/device/")
    page.goto(f"{site}/accounts/me/")
    assert page.url.endswith("/device/")


def test_alt_l_locks_every_tab_and_going_back_shows_nothing(page: Page, site: str, cast: Cast) -> None:
    signed(cast, cast.ana)
    page.goto(f"{site}/device/")
    unlock(page, badge_of(cast, cast.ana).text)
    page.locator("[data-ready]").wait_for()
    other = page.context.new_page()
    other.goto(f"{site}/accounts/me/")
    page.keyboard.press("Alt+l")
    page.locator("[data-unlock]").wait_for()
    other.wait_for_url("**/device/")
    page.go_back()
    page.wait_for_url("**/device/")
    expect(page.locator("[data-unlock]")).to_be_visible()


def test_a_device_shut_out_is_none_at_the_next_step(page: Page, site: str, cast: Cast) -> None:
    signed(cast, cast.ana)
    page.goto(f"{site}/device/")
    unlock(page, badge_of(cast, cast.ana).text)
    page.locator("[data-lock]").wait_for()
    services.revoke_device(act(cast.beto), device_id=Device.objects.get().pk)
    page.goto(f"{site}/accounts/me/")
    expect(page.locator("h1")).to_have_text("Este no es un aparato compartido")


# --- beginning -------------------------------------------------------------------------------------------------------


def test_a_volunteer_is_made_handed_the_device_and_at_work(
    page: Page, site: str, cast: Cast, record_property: Callable[[str, Any], None]
) -> None:
    may_make(cast)
    [badge] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
    carry(page.context, site, cast.beto)
    page.goto(f"{site}/accounts/volunteers/new/")
    began = time.perf_counter()
    keys = type_volunteer(page, badge.text)
    page.get_by_role("button", name="Entregar", exact=True).click()
    record_property("volunteer_made_ms", round((time.perf_counter() - began) * 1000))
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Firmar").click()
    for name in ("pin", "again"):
        page.locator(f"[name={name}]").fill(PIN)
    page.get_by_role("button", name="Poner el PIN").click()
    unlock(page, badge.text)
    page.locator("[data-ready]").wait_for()
    record_property("volunteer_working_ms", round((time.perf_counter() - began) * 1000))
    record_property("manager_keys", keys)
    expect(page.locator(".menu-who strong")).to_have_text("Lucía Pop")
    assert Badge.objects.get().account == Account.objects.get(is_volunteer=True)
    assert keys <= 20


def type_volunteer(page: Page, badge: str) -> int:
    """With the keyboard alone; gives how many keys the manager pressed, the scanner's left out."""
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.type("Lucía Pop")
    page.wait_for_timeout(100)  # hands are slower than a scanner
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.wait_for_timeout(100)
    page.keyboard.type(badge)
    page.keyboard.press("Enter")
    expect(page.locator("[data-badge]")).to_have_value(badge)
    expect(page.get_by_role("button", name="Hacer la cuenta")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/volunteers/*-*/")
    return len("Lucía Pop") + 3


def test_the_code_of_a_scanned_square_fills_itself_and_leaves_the_address(
    page: Page, live_server: LiveServer, cast: Cast
) -> None:
    felix = act(cast.administrator)
    code = services.invite_device(felix, enrolment_id=uuid7(), unit_id=cast.a.id, name="Portón").code
    page.goto(f"{live_server.url}/device/enrol/#{code}")
    expect(page.locator("[data-code]")).to_have_value(code)
    assert page.url == f"{live_server.url}/device/enrol/"
    page.get_by_role("button", name="Dar entrada").click()
    expect(page.locator("[data-unlock]")).to_be_visible()
    assert Enrolment.objects.get().used_at is not None


# --- every page, as somebody who cannot see finds it -----------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_whole_for_everybody(
    chromium: Browser, live_server: LiveServer, cast: Cast, accessible: Callable[[Page], None], scheme: Any, width: int
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, locale="es-GT", color_scheme=scheme)
    page, url = context.new_page(), str(live_server.url)
    look(page, f"{url}/device/", accessible)
    look(page, f"{url}/device/enrol/", accessible)
    be_shared(context, url, cast)
    look(page, f"{url}/device/", accessible)
    unlock(page, badge_of(cast, cast.ana).text, OTHER_PIN)
    page.locator("[data-wrong]").wait_for()
    accessible(page)
    lucia = volunteer(cast)
    may_make(cast)
    carry(context, url, cast.beto)
    mine = ("badges/", "badges/print/", "badges/link/", "devices/", "me/pin/", "volunteers/", "volunteers/new/")
    badge = Badge.objects.get(account=lucia)
    for path in (*mine, f"badges/{badge.pk}/end/", f"volunteers/{lucia.pk}/"):
        look(page, f"{url}/accounts/{path}", accessible)
    page.get_by_role("button", name="Entregar", exact=True).click()
    accessible(page)
    page.locator("[name=agreed]").check()
    page.get_by_role("button", name="Firmar").click()
    accessible(page)
    context.close()


def look(page: Page, address: str, accessible: Callable[[Page], None]) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{address} is {wide} pixels too wide"


def test_the_code_page_and_the_refused_page(
    page: Page, live_server: LiveServer, cast: Cast, accessible: Callable[[Page], None]
) -> None:
    carry(page.context, live_server.url, cast.administrator)
    page.goto(f"{live_server.url}/accounts/devices/invite/")
    page.locator("[name=name]").fill("Portón")
    page.get_by_role("button", name="Hacer el código").click()
    page.locator(".device-square svg").wait_for()
    accessible(page)
    page.context.clear_cookies()
    be_shared(page.context, live_server.url, cast)
    signed(cast, cast.ana)
    page.goto(f"{live_server.url}/device/")
    unlock(page, badge_of(cast, cast.ana).text)
    page.locator("[data-lock]").wait_for()
    page.goto(f"{live_server.url}/accounts/me/tokens/")
    expect(page.locator("h1")).to_have_text("No en un aparato compartido")
    accessible(page)
