"""Letting a device in: an invitation, its code, the cookie."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cobijo.accounts import services
from cobijo.accounts.devices import secret
from cobijo.accounts.devices.models import Device, Enrolment
from cobijo.accounts.devices.refusals import ENROLMENT_OVER, REVOKED_ALREADY
from cobijo.accounts.models import Account, Grant, Notice
from cobijo.accounts.tests.devices.working import COOKIE, let_in
from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from tests.cast import Cast, act, grant, sign_in

ENROL = "/device/enrol/"


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> None:
    cache.clear()


def invite(cast: Cast, who: Account | None = None) -> Enrolment:
    by = act(who or cast.administrator)
    return services.invite_device(by, enrolment_id=uuid7(), unit_id=cast.a.id, name="Tableta azul")


def show(code: str, browser: Client | None = None) -> Any:
    return (browser or Client()).post(ENROL, {"code": code})


# --- the code --------------------------------------------------------------------------------------------------------


def test_the_code_lets_one_browser_in_in_the_name_of_who_invited(cast: Cast) -> None:
    browser = Client()
    answer = show(invite(cast).code, browser)
    assert answer.headers["Location"] == "/device/"
    device = Device.objects.get()
    assert (device.unit_id, device.name, device.enrolled_by) == (cast.a.id, "Tableta azul", cast.administrator.pk)
    assert Intent.objects.get(verb="accounts.enrol_device").actor == cast.administrator.pk
    assert "Tableta azul" in browser.get("/device/").content.decode()


def test_the_cookie_is_for_this_browsers_requests_alone_and_lasts(cast: Cast) -> None:
    cookie = show(invite(cast).code).cookies[COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == 400 * 24 * 3600
    assert len(cookie.value) >= 43  # 256 bits


def test_under_tls_the_cookie_is_the_hosts_own(cast: Cast, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = show(invite(cast).code).cookies["__Host-cobijo-device"]
    assert cookie["secure"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")


@pytest.mark.parametrize("typed", ["{lower}", "  {code} ", "{bare}", "{alike}"])
def test_it_is_typed_as_people_type(cast: Cast, typed: str) -> None:
    code = invite(cast).code
    alike = code.replace("0", "O").replace("1", "l")
    assert show(typed.format(code=code, lower=code.lower(), bare=code.replace("-", ""), alike=alike)).status_code == 302


def test_it_works_once(cast: Cast) -> None:
    code = invite(cast).code
    assert show(code).status_code == 302
    assert show(code).status_code == 200
    assert Device.objects.count() == 1


def test_it_works_for_ten_minutes_of_the_systems_clock(cast: Cast) -> None:
    invitation = invite(cast)
    clock.move(timedelta(days=-900))
    assert invitation.ends_at - datetime.now(UTC) > timedelta(minutes=9)
    Enrolment.objects.filter(pk=invitation.pk).update(ends_at=datetime.now(UTC) - timedelta(seconds=1))
    assert show(invitation.code).status_code == 200
    with pytest.raises(DomainError) as refused:
        services.enrol_device(act(cast.administrator), enrolment_id=invitation.pk, device_id=uuid7())
    assert refused.value.code == ENROLMENT_OVER.code


def test_unknown_used_over_and_no_longer_allowed_are_answered_alike(cast: Cast) -> None:
    used, over, unknown = invite(cast), invite(cast), secret.new_code()
    show(used.code)
    Enrolment.objects.filter(pk=over.pk).update(ends_at=datetime.now(UTC))
    taken_back = invite(cast, other_administrator(cast))
    Grant.objects.filter(account=cast.diego, role=Role.ADMINISTRATOR).delete()
    answers = [show(code) for code in (unknown, used.code, over.code, taken_back.code, "")]
    errors = [answer.context["form"].errors.get("code") for answer in answers]
    assert errors[0] == errors[1] == errors[2] == errors[3]
    assert Device.objects.count() == 1


def other_administrator(cast: Cast) -> Account:
    grant(cast.diego, Role.ADMINISTRATOR, cast.a.unit)
    return cast.diego


def test_guessing_is_stopped_for_the_address(cast: Cast) -> None:
    good = invite(cast).code
    for _ in range(20):
        show(secret.new_code())
    assert show(good).status_code == 200
    assert not Device.objects.exists()


def test_neither_code_nor_cookie_is_kept(cast: Cast) -> None:
    invitation = invite(cast)
    browser = Client()
    show(invitation.code, browser)
    kept = str([*Enrolment.objects.values(), *Device.objects.values()])
    assert invitation.code not in kept
    assert invitation.code.replace("-", "") not in kept
    assert browser.cookies[COOKIE].value not in kept
    assert Enrolment.objects.get().digest != secret.device_digest(invitation.code)


def test_a_code_is_no_cookie_and_a_cookie_no_code(cast: Cast) -> None:
    invitation = invite(cast)
    browser = Client()
    browser.cookies[COOKIE] = invitation.code
    assert "data-unlock" not in browser.get("/device/").content.decode()
    show(invitation.code, browser)
    assert show(browser.cookies[COOKIE].value).status_code == 200


def test_who_invited_is_told_that_a_device_was_let_in(cast: Cast) -> None:
    show(invite(cast).code)
    assert Notice.objects.get(code="accounts.device_let_in").account == cast.administrator


# --- who may ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "code"), [("beto", NOT_ALLOWED), ("ana", NOT_ALLOWED), ("carla", NOT_FOUND)])
def test_only_who_manages_accounts_there_invites(cast: Cast, who: str, code: Any) -> None:
    with pytest.raises(DomainError) as refused:
        invite(cast, getattr(cast, who))
    assert refused.value.code == code.code


def test_an_invitation_is_its_makers_alone(cast: Cast) -> None:
    invitation = invite(cast)
    with pytest.raises(DomainError) as refused:
        services.enrol_device(act(cast.beto), enrolment_id=invitation.pk, device_id=uuid7())
    assert refused.value.code == NOT_FOUND.code


def test_whoever_manages_the_site_sees_it_and_shuts_it_out_and_a_stranger_knows_of_none(cast: Cast) -> None:
    device = let_in(cast).device
    assert "Tableta azul" in sign_in(cast.beto).get("/accounts/devices/").content.decode()
    assert "Tableta azul" not in sign_in(cast.carla).get("/accounts/devices/").content.decode()
    for stranger in (cast.carla, cast.outsider):
        with pytest.raises(DomainError) as refused:
            services.revoke_device(act(stranger), device_id=device.pk)
        assert refused.value.code == NOT_FOUND.code
    services.revoke_device(act(cast.beto), device_id=device.pk)
    with pytest.raises(DomainError) as refused:
        services.rename_device(act(cast.beto), device_id=device.pk, name="Otra")
    assert refused.value.code == REVOKED_ALREADY.code


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_code_is_shown_once_as_text_and_square(cast: Cast) -> None:
    felix = sign_in(cast.administrator)
    sent = {"op_id": str(uuid7()), "new_id": str(uuid7()), "name": "Tableta azul", "unit": str(cast.a.id)}
    page = felix.post("/accounts/devices/invite/", sent).content.decode()
    code = page.split('<span class="code">')[1].split("<")[0]
    assert "<svg" in page
    assert felix.post("/accounts/devices/invite/", sent).status_code == 302
    assert Enrolment.objects.count() == 1
    assert show(code).status_code == 302


def test_it_is_renamed_and_shut_out_on_its_page(cast: Cast) -> None:
    device, beto = let_in(cast).device, sign_in(cast.beto)
    sent = {"op_id": str(uuid7()), "new_id": str(uuid7()), "name": "Cocina"}
    beto.post(f"/accounts/devices/{device.pk}/rename/", sent)
    assert Device.objects.get().name == "Cocina"
    beto.post(f"/accounts/devices/{device.pk}/revoke/")
    assert Device.objects.get().revoked_at is not None
    assert beto.get(f"/accounts/devices/{device.pk}/revoke/").status_code == 405
