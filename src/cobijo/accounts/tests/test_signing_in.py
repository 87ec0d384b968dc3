"""Signing in: password, second factor, what nobody may do by themselves."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cobijo.accounts import passwords, services
from cobijo.accounts.models import Account
from cobijo.accounts.tests.entering import CODE, LOGIN, code_from, code_of, give_password, with_codes
from cobijo.core import clock
from tests.cast import PASSWORD, Cast, act, sign_in


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/me/").status_code == 200


def test_password_and_code_open_the_door(client: Client, cast: Cast) -> None:
    totp = with_codes(cast.ana)
    assert give_password(client, "ana").headers["Location"] == CODE
    assert not is_signed_in(client)
    assert client.post(CODE, {"code": code_of(totp)}).status_code == 302
    assert is_signed_in(client)


@pytest.mark.parametrize("login", ["ana@example.org", "ANA", " Ana@Example.org "])
def test_e_mail_and_capitals_do_as_well(client: Client, cast: Cast, login: str) -> None:
    totp = with_codes(cast.ana)
    give_password(client, login)
    client.post(CODE, {"code": code_of(totp)})
    assert is_signed_in(client)


def test_of_two_who_share_an_e_mail_the_password_tells_who_it_is(client: Client, cast: Cast) -> None:
    cast.carla.email = cast.ana.email
    cast.carla.set_password("otra-clave-larga-9")
    cast.carla.save()
    totp = with_codes(cast.carla)
    give_password(client, "ana@example.org", "otra-clave-larga-9")
    client.post(CODE, {"code": code_of(totp)})
    assert client.session["_auth_user_id"] == str(cast.carla.id)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: Client, cast: Cast) -> None:
    wrong, unknown = (_answer(give_password(Client(), login, "no-es-esta-clave")) for login in ("ana", "dora"))
    assert "no van juntos" in wrong
    assert wrong == unknown.replace("dora", "ana")


def _answer(response: Any) -> str:
    """A page without what differs each time."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def test_a_wrong_code_does_not_open(client: Client, cast: Cast) -> None:
    with_codes(cast.ana)
    give_password(client, "ana")
    answer = client.post(CODE, {"code": "123123"})
    assert answer.status_code == 200
    assert not is_signed_in(client)


def test_the_code_of_the_demonstration_does_not_open_anything_here(client: Client, cast: Cast) -> None:
    with_codes(cast.ana)
    give_password(client, "ana")
    client.post(CODE, {"code": "000000"})
    assert not is_signed_in(client)


def test_known_sign_ins_are_refused_outside_a_demonstration(cast: Cast) -> None:
    with pytest.raises(Exception, match="only for a demonstration"):
        services.open_for_demonstration(cast.ana.id, "demo")


def test_in_a_demonstration_everybodys_code_is_known(client: Client, cast: Cast, settings: Any) -> None:
    settings.DEBUG = settings.DEMO = True
    settings.MFA_TOTP_INSECURE_BYPASS_CODE = "000000"
    services.open_for_demonstration(cast.ana.id, "una-clave-de-todos")
    give_password(client, "ana", "una-clave-de-todos")
    client.post(CODE, {"code": "000000"})
    assert is_signed_in(client)


def test_a_code_opens_once(client: Client, cast: Cast) -> None:
    code = code_of(with_codes(cast.ana))
    give_password(client, "ana")
    client.post(CODE, {"code": code})
    other = Client()
    give_password(other, "ana")
    other.post(CODE, {"code": code})
    assert is_signed_in(client)
    assert not is_signed_in(other)


def test_the_secret_of_the_codes_is_sealed_in_the_database(client: Client, cast: Cast) -> None:
    browser = sign_in(cast.outsider)
    Authenticator.objects.all().delete()
    browser.get("/accounts/2fa/totp/activate/")
    secret = browser.session["mfa.totp.secret"]
    browser.post("/accounts/2fa/totp/activate/", {"code": code_from(secret)})
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert Authenticator.objects.count() == 2
    assert secret not in kept


def test_a_closed_or_ended_account_is_told_so_and_stays_outside(client: Client, cast: Cast) -> None:
    with_codes(cast.ana)
    Account.objects.filter(pk=cast.ana.pk).update(ends_at=clock.now())
    assert give_password(client, "ana").headers["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)
    assert client.get("/accounts/inactive/").status_code == 200


def test_an_end_that_comes_while_somebody_works_ends_the_session(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    assert is_signed_in(browser)
    Account.objects.filter(pk=cast.ana.pk).update(ends_at=clock.now())
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/email/",
        "/accounts/confirm-email/",
        "/accounts/login/code/",
        "/accounts/2fa/webauthn/signup/",
    ],
)
def test_what_accounts_do_not_offer_does_not_exist(client: Client, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, {"username": "x", "password1": PASSWORD, "email": "x@example.org"}).status_code == 404


def test_signing_in_leads_back_and_never_elsewhere(client: Client, cast: Cast) -> None:
    assert client.get("/accounts/me/").headers["Location"] == f"{LOGIN}?next=/accounts/me/"
    totp = with_codes(cast.ana)
    client.post(LOGIN, {"login": "ana", "password": PASSWORD, "next": "https://example.com/"})
    assert client.post(CODE, {"code": code_of(totp)}).headers["Location"] == "/"


def test_the_pages_come_in_the_language_of_the_account(client: Client, cast: Cast) -> None:
    services.choose_language(act(cast.ana), language="en")
    totp = with_codes(cast.ana)
    give_password(client, "ana")
    client.post(CODE, {"code": code_of(totp)})
    assert '<html lang="en">' in client.get("/accounts/me/").content.decode()


def test_signing_out_is_a_deliberate_act(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    assert browser.get("/accounts/logout/").status_code == 200
    assert is_signed_in(browser)
    browser.post("/accounts/logout/")
    assert not is_signed_in(browser)


# --- the one-use link ------------------------------------------------------------------------------------------------


def set_password(client: Client, path: str, password: str = "cuatro-palabras-en-fila") -> int:
    """Follow the link; gives the status of the last answer."""
    first = client.get(path)
    if first.status_code != 302:
        return first.status_code
    form = first.headers["Location"]
    return client.post(form, {"password1": password, "password2": password}).status_code


def test_the_link_sets_a_password_once(client: Client, cast: Cast) -> None:
    path = passwords.link_path(services.renew_password(act(cast.administrator), account_id=cast.ana.id))
    assert set_password(client, path) == 302
    assert Account.objects.get(pk=cast.ana.pk).check_password("cuatro-palabras-en-fila")
    assert not is_signed_in(client)
    assert set_password(Client(), path, "otra-clave-larga-9") == 200
    assert not Account.objects.get(pk=cast.ana.pk).check_password("otra-clave-larga-9")


def test_a_day_later_the_link_is_dead(client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    account = services.renew_password(act(cast.administrator), account_id=cast.ana.id)
    path = passwords.link_path(account)
    now = passwords.OneUse()._now()
    monkeypatch.setattr(passwords.OneUse, "_now", lambda _: now + timedelta(hours=25))
    assert set_password(client, path) == 200
    assert not Account.objects.get(pk=cast.ana.pk).has_usable_password()


def test_a_link_dies_with_the_account_and_with_the_next_link(client: Client, cast: Cast) -> None:
    first = passwords.link_path(services.renew_password(act(cast.administrator), account_id=cast.ana.id))
    services.renew_password(act(cast.administrator), account_id=cast.ana.id)
    assert set_password(client, first) == 200
    second = passwords.link_path(Account.objects.get(pk=cast.ana.pk))
    services.close_account(act(cast.administrator), account_id=cast.ana.id)
    assert set_password(client, second) == 200


@pytest.mark.parametrize("password", ["corta", "1234567890", "ana@example.org"])
def test_a_weak_password_is_refused(client: Client, cast: Cast, password: str) -> None:
    path = passwords.link_path(services.renew_password(act(cast.administrator), account_id=cast.ana.id))
    assert set_password(client, path, password) == 200
    assert not Account.objects.get(pk=cast.ana.pk).has_usable_password()
