"""A session at a shared device: what it carries, what ends it, what it may never do."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from cobijo.accounts import access, services
from cobijo.accounts.devices import conduct
from cobijo.accounts.devices.models import Badge, Device, Pin
from cobijo.accounts.devices.types import CARRIED, NOT_CARRIED, BadgeEnd
from cobijo.accounts.middleware import SEEN
from cobijo.accounts.models import Account, Grant, Token
from cobijo.accounts.tests.devices.working import LOCK, OTHER_PIN, Shared, badge_of, badge_whatever, let_in, sign
from cobijo.accounts.tests.entering import grow_old
from cobijo.accounts.types import Authority, Permission, Role
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.core.personal import Purpose
from tests.cast import Cast, Place, act, grant, sign_in


@pytest.fixture
def gate(cast: Cast) -> Shared:
    cache.clear()
    return let_in(cast)


def working(cast: Cast, shared: Shared, who: Account) -> Client:
    """The device with somebody signed in who has signed the code of conduct."""
    sign(who)
    badge = badge_whatever(cast, who) if who == cast.outsider else badge_of(cast, who)
    assert shared.unlock(badge.text).status_code == 302
    return shared.browser


def call(browser: Client, verb: str, **arguments: Any) -> Any:
    body = {"op_id": str(uuid7()), "arguments": arguments}
    return browser.post(f"/api/v1/verbs/{verb}", body, content_type="application/json")


def household(at: Place) -> dict[str, Any]:
    member = {"person_id": str(uuid7()), "given_names": "Delfina", "sex": "female", "birth": {"age_years": 30}}
    return {"household_id": str(uuid7()), "unit_id": str(at.id), "members": [member]}


# --- every act names the device --------------------------------------------------------------------------------------


def test_an_act_done_there_names_the_device_by_every_door(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.ana)
    assert call(browser, "people.register_household", **household(cast.a)).status_code == 200
    form = {"op_id": str(uuid7()), "new_id": str(uuid7()), "language": "en"}
    browser.post("/accounts/me/", form)
    done = Intent.objects.filter(actor=cast.ana.pk, verb__in=["people.register_household", "accounts.choose_language"])
    assert {one.device for one in done} == {gate.device.pk}
    assert done.count() == 2


def test_elsewhere_no_act_names_one_also_right_after(cast: Cast, gate: Shared) -> None:
    working(cast, gate, cast.ana)
    own = sign_in(cast.ana)
    assert call(own, "people.register_household", **household(cast.a)).status_code == 200
    assert Intent.objects.get(verb="people.register_household").device is None


def test_when_it_was_last_used_is_noted_at_most_once_a_minute(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.ana)
    browser.get("/accounts/me/")
    first = Device.objects.get(pk=gate.device.pk).last_heard_at
    assert first is not None
    browser.get("/accounts/me/")
    assert Device.objects.get(pk=gate.device.pk).last_heard_at == first
    clock.move(timedelta(minutes=2))
    browser.get("/accounts/me/")
    assert Device.objects.get(pk=gate.device.pk).last_heard_at > first  # type: ignore[operator]


# --- how far it reaches ----------------------------------------------------------------------------------------------


def at_device(who: Account, unit: UUID) -> Authority:
    with access.limited_to(who.pk, CARRIED, within=unit):
        return access.authority(who.pk)


def everything(cast: Cast) -> Account:
    """Hugo, who is given every role, and the right to give it, in the whole response."""
    for role in Role:
        grant(cast.outsider, role, cast.response.unit)
        grant(cast.outsider, role, cast.response.unit, giving=True)
    return cast.outsider


def test_a_shared_device_carries_no_more_than_it_may_whoever_is_there(cast: Cast) -> None:
    found = at_device(everything(cast), cast.a.id)
    assert found.permissions() == CARRIED
    assert found.permissions().isdisjoint(NOT_CARRIED)
    assert not found.units_giving()
    assert found.units_with(Permission.REGISTER) == {cast.a.id}


@pytest.mark.parametrize(
    "who", ["ana", "beto", "carla", "diego", "case_worker", "administrator", "auditor", "outsider"]
)
def test_it_is_never_more_than_the_account_holds(cast: Cast, who: str) -> None:
    account: Account = getattr(cast, who)
    alone, there = access.authority(account.pk), at_device(account, cast.a.id)
    assert there.permissions() <= alone.permissions()
    for permission in Permission:
        below = set(access.unit_ids(account.pk, permission))
        with access.limited_to(account.pk, CARRIED, within=cast.a.id):
            assert set(access.unit_ids(account.pk, permission)) <= below & {cast.a.id}


def test_somebody_of_two_sites_is_at_the_devices_site_only(cast: Cast, gate: Shared) -> None:
    grant(cast.ana, Role.REGISTRAR, cast.b.unit)
    browser = working(cast, gate, cast.ana)
    assert call(browser, "people.register_household", **household(cast.a)).status_code == 200
    assert call(browser, "people.register_household", **household(cast.b)).status_code == 404
    assert call(sign_in(cast.ana), "people.register_household", **household(cast.b)).status_code == 200


def test_a_device_of_an_area_reaches_its_sites_and_a_grant_below_stays_as_it_is(cast: Cast) -> None:
    assert set(_units(at_device(cast.diego, cast.area.id))) == {cast.area.id}
    assert set(_units(at_device(cast.ana, cast.area.id))) == {cast.a.id}
    assert set(_units(at_device(cast.carla, cast.a.id))) == set()


def _units(found: Authority) -> list[UUID]:
    return [one.unit for one in found.grants]


def test_the_bound_is_the_accounts_own_and_ends_with_the_block(cast: Cast) -> None:
    with access.limited_to(cast.ana.pk, CARRIED, within=cast.b.id):
        assert not access.holds(cast.ana.pk, Permission.REGISTER, cast.a.id)
        assert access.holds(cast.beto.pk, Permission.REGISTER, cast.a.id)
    assert access.holds(cast.ana.pk, Permission.REGISTER, cast.a.id)


# --- what is never done there ----------------------------------------------------------------------------------------

OWN_ADDRESSES = [
    "/accounts/me/tokens/", "/accounts/me/pin/", "/accounts/password/change/", "/accounts/password/set/",
    "/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/",
    "/accounts/reauthenticate/", "/accounts/2fa/reauthenticate/", "/accounts/login/",
]  # fmt: skip


@pytest.mark.parametrize("address", OWN_ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_is_set_up_there_that_would_outlive_the_session(
    cast: Cast, gate: Shared, address: str, method: str
) -> None:
    browser = working(cast, gate, cast.ana)
    assert getattr(browser, method)(address).status_code == 403


def test_the_api_is_no_way_round_it(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, everything(cast))
    ends = (clock.now() + timedelta(days=1)).isoformat()
    token = {"token_id": str(uuid7()), "label": "x", "permissions": ["see_people"], "ends_at": ends}
    assert call(browser, "accounts.make_token", **token).status_code == 403
    assert not Token.objects.exists()
    hashed = Pin.objects.get(account=cast.outsider).encoded
    mine = {"account_id": str(cast.outsider.pk), "encoded": hashed}
    assert call(browser, "accounts.set_pin", **mine).status_code == 403
    role = {"grant_id": str(uuid7()), "account_id": str(cast.ana.pk), "role": "case_worker", "unit_id": str(cast.a.id)}
    assert call(browser, "accounts.grant_role", **role).status_code in (403, 404)
    new = {"account_id": str(uuid7()), "name": "Otra", "role": "registrar"}
    assert call(browser, "accounts.add_volunteer", volunteer=new, unit_id=str(cast.a.id)).status_code == 403
    device = {"enrolment_id": str(uuid7()), "unit_id": str(cast.a.id), "name": "x"}
    assert call(browser, "accounts.invite_device", **device).status_code == 403
    assert not Grant.objects.filter(account=cast.ana, role=Role.CASE_WORKER).exists()


def test_records_opened_in_an_emergency_stay_closed_there(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.beto)
    opened = {"break_glass_id": str(uuid7()), "unit_id": str(cast.a.id), "code": "8C0-ZZ6-Z", "why": "x"}
    assert call(browser, "people.break_glass", **opened).status_code == 403
    assert browser.get("/people/break-glass/").status_code == 403


def test_case_notes_are_not_written_at_a_shared_device(cast: Cast, gate: Shared) -> None:
    grant(cast.case_worker, Role.REGISTRAR, cast.a.unit)
    browser = working(cast, gate, cast.case_worker)
    sent = household(cast.a)
    assert call(browser, "people.register_household", **sent).status_code == 200
    note = {"note_id": str(uuid7()), "person_id": sent["members"][0]["person_id"], "words": "x"}
    assert call(browser, "people.write_note", **note).status_code == 403
    assert call(sign_in(cast.case_worker), "people.write_note", **note).status_code == 200


# --- what ends it ----------------------------------------------------------------------------------------------------


def is_open(browser: Client) -> bool:
    return browser.get("/accounts/me/").status_code == 200


@pytest.mark.parametrize("how", ["device", "badge", "pin", "another pin", "account", "over", "closed"])
def test_it_ends_at_the_next_request_when_what_it_stands_on_is_gone(cast: Cast, gate: Shared, how: str) -> None:
    browser = working(cast, gate, cast.ana)
    assert is_open(browser)
    take_away(cast, gate, how)
    assert not is_open(browser)
    assert call(browser, "people.register_household", **household(cast.a)).status_code == 401
    assert browser.get("/desk/").headers["Location"] == LOCK


def take_away(cast: Cast, gate: Shared, how: str) -> None:
    beto, badge = act(cast.beto), Badge.objects.get(account=cast.ana)
    match how:
        case "device":
            services.revoke_device(beto, device_id=gate.device.pk)
        case "badge":
            services.end_badge(beto, badge_id=badge.pk, reason=BadgeEnd.LOST)
        case "pin":
            services.end_pin(beto, account_id=cast.ana.pk)
        case "another pin":
            services.choose_pin(act(cast.ana), account_id=cast.ana.pk, pin=OTHER_PIN)
        case "account":
            services.renew_password(act(cast.administrator), account_id=cast.ana.pk)
        case "over":
            Account.objects.filter(pk=cast.ana.pk).update(ends_at=clock.now() - timedelta(seconds=1))
        case "closed":
            services.close_account(act(cast.administrator), account_id=cast.ana.pk)


def test_a_device_shut_out_opens_to_no_badge(cast: Cast, gate: Shared) -> None:
    badge = badge_of(cast, cast.ana)
    services.revoke_device(act(cast.beto), device_id=gate.device.pk)
    assert gate.unlock(badge.text).status_code == 200
    assert gate.who is None


def test_its_session_is_worth_nothing_in_another_browser(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.ana)
    thief = Client()
    thief.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert not is_open(thief)
    assert not is_open(browser)


def test_its_session_is_worth_nothing_at_another_shared_device(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.ana)
    other = let_in(cast, name="Cocina").browser
    other.cookies["sessionid"] = browser.cookies["sessionid"].value
    assert not is_open(other)


def test_idle_it_ends_at_the_lock_screen_and_says_why(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.ana)
    grow_old(browser, 31 * 60, SEEN)
    answer = browser.get("/accounts/me/")
    assert answer.headers["Location"] == LOCK
    assert "30 minutos" in browser.get(LOCK).content.decode()


def test_the_page_says_how_it_is_locked_and_when_by_itself(cast: Cast, gate: Shared) -> None:
    page = working(cast, gate, cast.ana).get("/accounts/me/").content.decode()
    assert 'data-minutes="30"' in page
    assert "core/idle.js" in page
    own = sign_in(cast.ana).get("/accounts/me/").content.decode()
    assert "data-lock" not in own


def test_a_token_is_bounded_by_itself_and_not_by_the_device_its_cookie_names(cast: Cast, gate: Shared) -> None:
    browser = working(cast, gate, cast.ana)
    token = services.make_token(
        act(cast.ana), token_id=uuid7(), label="x", permissions=[Permission.SEE_FIGURES],
        ends_at=clock.now() + timedelta(days=1),
    )  # fmt: skip
    header = {"Authorization": f"Bearer {token.secret}"}
    body = {"op_id": str(uuid7()), "arguments": household(cast.a)}
    answer = browser.post(
        "/api/v1/verbs/people.register_household", body, content_type="application/json", headers=header
    )
    assert answer.status_code in (403, 404)


# --- the code of conduct first ---------------------------------------------------------------------------------------


def test_before_the_code_of_conduct_is_signed_nothing_is_open(cast: Cast, gate: Shared) -> None:
    assert gate.unlock(badge_of(cast, cast.ana).text).headers["Location"] == "/device/begin/"
    assert gate.browser.get("/desk/").headers["Location"] == "/device/begin/"
    assert call(gate.browser, "people.register_household", **household(cast.a)).status_code == 403
    page = gate.browser.get("/device/begin/").content.decode()
    assert "Lo que conozco aquí se queda aquí" in page
    sent = {"op_id": str(uuid7()), "new_id": str(uuid7()), "version": "1"}
    assert gate.browser.post("/device/begin/", sent).status_code == 200  # not marked
    assert gate.browser.post("/device/begin/", sent | {"agreed": "on"}).headers["Location"] == "/desk/"
    assert gate.browser.get("/desk/").status_code == 200


def test_a_new_version_is_signed_anew(cast: Cast, gate: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = working(cast, gate, cast.ana)
    monkeypatch.setattr(conduct, "version", lambda: 2)
    assert browser.get("/desk/").headers["Location"] == "/device/begin/"


def test_what_is_kept_of_it_is_who_when_and_in_which_language(cast: Cast, gate: Shared) -> None:
    working(cast, gate, cast.ana)
    pledge = cast.ana.pledges.get()
    assert (pledge.conduct_version, pledge.language) == (1, "es")
    assert type(pledge).declared.purpose == Purpose.SECURITY


def test_the_code_is_whole_in_both_languages() -> None:
    spanish, english = conduct.in_force("es"), conduct.in_force("en-GB")
    assert english.language == "en"
    assert len(spanish.sentences) == len(english.sentences) == 10
    assert conduct.in_force("ht") is spanish
