"""Signing in with a real browser: a passkey from first to last, and every page as somebody who cannot see finds it."""

from collections.abc import Callable, Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import BrowserContext, CDPSession, Page
from pytest_django.live_server_helper import LiveServer

from cobijo.accounts import notices, passwords, services
from cobijo.accounts.models import Account
from cobijo.accounts.types import ReadingKind
from cobijo.core.ids import uuid7
from tests.cast import PASSWORD, Cast, act, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _nothing_counted(cast: Cast) -> None:
    cache.clear()


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """The address passkeys know: a name, not a number."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def finger(browser_context: BrowserContext, page: Page) -> Iterator[CDPSession]:
    """A phone's own passkeys, whose owner always holds a finger on it."""
    session = browser_context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    shows = {"isUserVerified": True, "automaticPresenceSimulation": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | shows})
    yield session
    session.detach()


def enter(page: Page, site: str, who: Account) -> None:
    """Type user name and password."""
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Nombre de usuario o correo").fill(who.username)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Iniciar sesión", exact=True).click()


def add_passkey(page: Page, *, alone: bool) -> None:
    page.get_by_role("link", name="Agregar una llave de acceso").click()
    if alone:
        page.get_by_label("Entrar solo con ella").check()
    page.get_by_role("button", name="Agregar la llave").click()
    page.wait_for_url("**/recovery-codes/")


def test_a_passkey_is_set_up_as_second_factor_and_asked_for_the_next_time(
    page: Page, site: str, cast: Cast, finger: CDPSession
) -> None:
    enter(page, site, cast.ana)
    add_passkey(page, alone=False)
    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("button", name="Cerrar sesión").click()
    enter(page, site, cast.ana)
    page.get_by_role("button", name="Usar una llave de acceso").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(f"{site}/accounts/me/")
    assert page.locator("h1").inner_text() == "Ana Xicay"


def test_a_passkey_alone_opens_the_door(page: Page, site: str, cast: Cast, finger: CDPSession) -> None:
    enter(page, site, cast.ana)
    add_passkey(page, alone=True)
    page.goto(f"{site}/accounts/logout/")
    page.get_by_role("button", name="Cerrar sesión").click()
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.goto(f"{site}/accounts/me/")
    assert page.locator("h1").inner_text() == "Ana Xicay"


def test_without_a_passkey_it_is_said_what_to_do(page: Page, site: str, cast: Cast, finger: CDPSession) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_role("button", name="Entrar con una llave de acceso").click()
    page.get_by_text("El navegador no entregó ninguna llave").wait_for()


def test_signing_in_works_without_script(site: str, cast: Cast, browser_context: BrowserContext) -> None:
    browser = browser_context.browser
    assert browser is not None
    without = browser.new_context(java_script_enabled=False, locale="es-GT")
    page = without.new_page()
    enter(page, site, cast.outsider)
    page.goto(f"{site}/accounts/me/")
    assert page.locator("h1").inner_text() == "Hugo Nadie"
    without.close()


# --- every page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(cast: Cast) -> Cast:
    """The cast, with something to show on every page."""
    services.log_reading(cast.ana.id, ReadingKind.OPEN, "people.person", uuid7())
    notices.tell([cast.ana.id], notices.LOCKED_OUT, account=cast.ana.id)
    return cast


OUTSIDE = ["/accounts/login/", "/accounts/inactive/"]
OWN = [
    "/accounts/me/",
    "/accounts/me/tokens/",
    "/accounts/notices/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/logout/",
]


def look_at(page: Page, url: str, accessible: Callable[[Page], None]) -> None:
    """Open a page in both themes: reachable by all, and no wider than the phone."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        opened = page.goto(url)
        assert opened is not None
        assert opened.status == 200, url
        assert page.locator("h1").count() == 1, url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url
        accessible(page)


def carry(context: BrowserContext, site: str, who: Account) -> None:
    """Sign somebody in without the pages of signing in."""
    value = sign_in(who).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": value, "url": site}])


@pytest.mark.parametrize("path", OUTSIDE)
def test_the_pages_outside(page: Page, site: str, cast: Cast, accessible: Callable[[Page], None], path: str) -> None:
    look_at(page, site + path, accessible)


def test_the_page_of_the_one_use_link(page: Page, site: str, cast: Cast, accessible: Callable[[Page], None]) -> None:
    account = services.renew_password(act(cast.administrator), account_id=cast.ana.id)
    look_at(page, site + passwords.link_path(account), accessible)
    look_at(page, f"{site}/accounts/password/reset/key/{account.id.hex}-wrong/", accessible)


def test_the_pages_of_my_own(
    page: Page, site: str, filled: Cast, accessible: Callable[[Page], None], browser_context: BrowserContext
) -> None:
    carry(browser_context, site, filled.ana)
    for path in OWN:
        look_at(page, site + path, accessible)


def test_the_pages_of_setting_up(
    page: Page, site: str, cast: Cast, accessible: Callable[[Page], None], browser_context: BrowserContext
) -> None:
    carry(browser_context, site, cast.outsider)
    Authenticator.objects.all().delete()
    look_at(page, f"{site}/accounts/2fa/", accessible)
    look_at(page, f"{site}/accounts/2fa/totp/activate/", accessible)


def test_the_pages_of_those_who_manage(
    page: Page, site: str, filled: Cast, accessible: Callable[[Page], None], browser_context: BrowserContext
) -> None:
    carry(browser_context, site, filled.administrator)
    for path in ("", "new/", "units/", f"{filled.ana.id}/", f"{filled.ana.id}/change/"):
        look_at(page, f"{site}/accounts/{path}", accessible)


def test_the_page_of_those_who_audit(
    page: Page, site: str, filled: Cast, accessible: Callable[[Page], None], browser_context: BrowserContext
) -> None:
    carry(browser_context, site, filled.auditor)
    look_at(page, f"{site}/accounts/readings/", accessible)


def test_the_pages_of_a_bad_day(page: Page, site: str, cast: Cast, accessible: Callable[[Page], None]) -> None:
    for _ in range(5):
        page.goto(f"{site}/accounts/login/")
        page.get_by_label("Nombre de usuario o correo").fill("ana")
        page.get_by_label("Contraseña").fill("adivinanza-tonta")
        page.get_by_role("button", name="Iniciar sesión", exact=True).click()
    page.get_by_text("Espere un poco").wait_for()
    accessible(page)
