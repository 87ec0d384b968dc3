"""A real browser for the tests marked ``browser``: Debian's Chromium, driven by Playwright.

``page`` is a phone in Spanish that fails its test when the page it showed broke a rule of its own: a script or style
stopped by the content policy, an exception, an answer of 500.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but this machine can be reached, as in every other test.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]
PHONE = {"width": 360, "height": 740}
SECONDS = 10


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a process."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail("Chromium is missing. On Debian: apt-get install chromium")
    # Playwright keeps an event loop in this thread, and Django would refuse its database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=OPTIONS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def browser_context(chromium: Browser) -> Iterator[BrowserContext]:
    """A fresh profile: a phone in Guatemala, in Spanish."""
    context = chromium.new_context(viewport=PHONE, locale="es-GT", timezone_id="America/Guatemala")  # type: ignore[arg-type]
    context.set_default_timeout(SECONDS * 1000)
    yield context
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the page complained about so far; a test that expects one takes it away."""
    return []


@pytest.fixture
def page(browser_context: BrowserContext, complaints: list[str]) -> Iterator[Page]:
    """One tab of it; a complaint that is left fails the test."""
    tab = browser_context.new_page()

    def heard(message: ConsoleMessage) -> None:
        # A refused form is answered with 4xx, and Chromium writes that down as an error of the page.
        if message.type == "error" and "status of 4" not in message.text:
            complaints.append(message.text)

    def answered(response: Response) -> None:
        if response.status >= 500:
            complaints.append(f"{response.status} {response.url}")

    tab.on("console", heard)
    tab.on("response", answered)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def accessible() -> Callable[[Page], None]:
    """Call it with a page: axe's rules for WCAG 2.2 AA, with every violation said."""

    def look(tab: Page) -> None:
        results = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert results.violations_count == 0, results.generate_report()

    return look
