"""The second factor, demanded by role."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cobijo.accounts.second_factor import demand_on
from cobijo.accounts.tests.entering import code_from, give_password
from cobijo.accounts.types import Role
from tests.cast import PASSWORD, Cast, grant, sign_in

SET_UP = "/accounts/2fa/totp/activate/"


def set_up_codes(client: Client) -> None:
    """What a person does to set up codes. allauth announces it when it is committed: the test must commit."""
    client.get(SET_UP)
    client.post(SET_UP, {"code": code_from(client.session["mfa.totp.secret"])})


def test_whoever_has_set_none_up_is_led_there_and_can_do_nothing_else(client: Client, cast: Cast) -> None:
    give_password(client, "ana")
    for path in ("/accounts/me/", "/accounts/notices/", "/accounts/password/change/"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/2fa/?next=")
    assert client.post("/accounts/me/", {"language": "en"}).status_code == 302
    assert client.get("/accounts/2fa/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_set_up_without_typing_the_password_again_one_goes_on_at_once(client: Client, cast: Cast) -> None:
    give_password(client, "ana")
    set_up_codes(client)
    assert client.get("/accounts/me/").status_code == 200
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200


def test_a_session_that_did_not_show_it_is_asked(client: Client, cast: Cast) -> None:
    """Signed in with the password alone, while the second factor was set up in another browser."""
    give_password(client, "ana")
    sign_in(cast.ana)
    answer = client.get("/accounts/me/")
    assert answer.headers["Location"].startswith("/accounts/2fa/reauthenticate/?next=")


@pytest.mark.parametrize("path", [SET_UP, "/accounts/2fa/webauthn/add/", "/accounts/2fa/"])
def test_a_stolen_password_does_not_add_a_factor_of_the_thiefs(client: Client, cast: Cast, path: str) -> None:
    """The thief signed in before Ana set up hers, and types the password once more."""
    give_password(client, "ana")
    sign_in(cast.ana)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(path).headers["Location"].startswith("/accounts/2fa/reauthenticate/")


def test_a_program_is_answered_as_a_program(client: Client, cast: Cast) -> None:
    give_password(client, "ana")
    answer = client.get("/api/v1/people")
    assert answer.status_code == 403
    assert answer.json()["code"] == "accounts.second_factor_missing"


def test_a_part_of_a_page_leads_the_whole_page(client: Client, cast: Cast) -> None:
    give_password(client, "ana")
    assert client.get("/accounts/me/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/accounts/2fa/"


def test_who_has_no_role_is_not_asked(client: Client, cast: Cast) -> None:
    give_password(client, "hugo")
    assert client.get("/accounts/me/").status_code == 200


def test_the_right_to_give_a_role_asks_as_much_as_the_role(cast: Cast) -> None:
    assert not demand_on(cast.outsider.id).second_factor
    grant(cast.outsider, Role.REGISTRAR, cast.a.unit, giving=True)
    assert demand_on(cast.outsider.id).second_factor


def test_the_last_one_cannot_be_dropped(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    browser.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast.ana, type="totp").exists()


def test_the_last_passkey_cannot_be_dropped_either(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    Authenticator.objects.filter(user=cast.ana).delete()
    key = Authenticator.objects.create(user=cast.ana, type="webauthn", data={"name": "llave", "credential": {}})
    answer = browser.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert answer.status_code == 302
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_spare_codes_are_no_second_factor_by_themselves(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    browser.get("/accounts/2fa/recovery-codes/generate/")
    browser.post("/accounts/2fa/recovery-codes/generate/")
    assert Authenticator.objects.filter(user=cast.ana, type="recovery_codes").exists()
    browser.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=cast.ana, type="totp").exists()


@pytest.mark.django_db(transaction=True)
def test_a_spare_code_opens_once(client: Client, cast: Cast) -> None:
    give_password(client, "ana")
    set_up_codes(client)
    page = client.get("/accounts/2fa/recovery-codes/download/").content.decode()
    code = page.split()[-1]
    for expected in (True, False):
        other = Client()
        give_password(other, "ana")
        other.post("/accounts/2fa/authenticate/", {"code": code})
        assert (other.get("/accounts/me/").status_code == 200) is expected


@pytest.mark.parametrize("path", ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"])
def test_setting_up_later_asks_who_one_is(cast: Cast, path: str) -> None:
    browser = sign_in(cast.outsider)
    session = browser.session
    session["account_authentication_methods"] = [{"method": "password", "at": 0, "username": "hugo"}]
    session.save()
    assert browser.get(path).headers["Location"].startswith("/accounts/reauthenticate/")
