"""What every answer carries: a strict content policy, no framing, no guessing of kinds, nothing personal in caches."""

import pytest
from django.conf import settings
from django.test import Client, override_settings
from pytest_django import Settings

pytestmark = [pytest.mark.urls("tests.pages"), pytest.mark.django_db]

# A page, a failure, an outage, a page that is not there, a static file, a probe.
ADDRESSES = ["/plain", "/fault", "/busy", "/no-such-page", "/static/core/cobijo.css", "/healthz"]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_guarded(visitor: Client, address: str) -> None:
    headers = visitor.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http:" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_cannot_be_framed(visitor: Client) -> None:
    assert visitor.get("/plain")["X-Frame-Options"] == "DENY"


def test_a_view_that_forgets_to_ask_who_is_there_is_closed(visitor: Client) -> None:
    answer = visitor.get("/forgotten")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/forgotten")
    posted = visitor.post("/forgotten", headers={"HX-Request": "true"})
    assert (posted.text, posted.headers["HX-Redirect"]) == ("", "/accounts/login/")


def test_what_a_signed_in_reader_sees_is_kept_nowhere(visitor: Client) -> None:
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert visitor.get("/plain")["Cache-Control"] == "no-store"
    assert visitor.get("/no-such-page")["Cache-Control"] == "no-store"


def test_what_a_token_opens_is_kept_nowhere(visitor: Client) -> None:
    assert visitor.get("/plain", headers={"Authorization": "Bearer x"})["Cache-Control"] == "no-store"


def test_what_is_the_same_for_everybody_may_be_kept(visitor: Client) -> None:
    visitor.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    assert "public" in visitor.get("/public")["Cache-Control"]
    assert "Cache-Control" not in Client().get("/plain")


def test_cookies_stay_with_us_and_off_the_scripts() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == settings.CSRF_COOKIE_SAMESITE == "Lax"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "127.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "127.0.0.1"),
    ],
)
def test_only_our_own_servers_are_believed_about_addresses(
    visitor: Client, settings: Settings, proxies: int, forwarded: str, address: str
) -> None:
    settings.PROXIES = proxies
    assert visitor.get("/plain", headers={"X-Forwarded-For": forwarded}).text == address


@override_settings(ALLOWED_HOSTS=["cobijo.example"])
def test_other_names_are_not_answered(visitor: Client) -> None:
    assert visitor.get("/plain", headers={"Host": "evil.example"}).status_code == 400


def test_a_name_typed_into_the_address_is_in_no_log(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    for address in ("/people/Zubiñagárate/", "/no-such-page", "/api/v1/people/Zubiñagárate"):
        assert visitor.get(address).status_code == 404
    assert caplog.text == ""
    visitor.get("/fault")
    assert "/fault" in caplog.text
