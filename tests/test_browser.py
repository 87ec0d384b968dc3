"""The browser the other browser tests lean on: it opens our pages and hears them complain."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Error, Page
from pytest_django.live_server_helper import LiveServer

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.pages")]


def test_a_page_that_is_not_there_is_for_everybody(
    page: Page, live_server: LiveServer, accessible: Callable[[Page], None]
) -> None:
    opened = page.goto(f"{live_server.url}/no-such-page")
    assert opened is not None
    assert opened.status == 404
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.lang") == "es"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    accessible(page)


def test_nothing_else_can_be_reached(page: Page) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org")


def test_what_the_content_policy_stops_is_heard(page: Page, live_server: LiveServer, complaints: list[str]) -> None:
    page.goto(f"{live_server.url}/healthz")
    page.evaluate("fetch('https://example.org').catch(() => null)")
    assert "Content Security Policy" in complaints[0]
    complaints.clear()
