"""Volunteers: made without e-mail, begun by themselves, kept on, let go; over by themselves after seven days."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from cobijo.accounts import access, services
from cobijo.accounts.devices import queries
from cobijo.accounts.devices.models import Badge, Pin, Pledge
from cobijo.accounts.devices.refusals import (
    BADGE_TAKEN,
    CONDUCT_CHANGED,
    CONDUCT_SIGNED,
    NOT_FOR_VOLUNTEERS,
    ROLE_TAKEN_BACK,
    SIGN_CONDUCT_FIRST,
)
from cobijo.accounts.devices.sessions import BEGINNER
from cobijo.accounts.devices.types import VolunteerIn
from cobijo.accounts.models import Account, Grant
from cobijo.accounts.services.grants import OUTLIVES_RIGHT
from cobijo.accounts.tests.devices.working import (
    OTHER_PIN,
    PIN,
    badge_of,
    let_in,
    may_make,
    sign,
    volunteer,
)
from cobijo.accounts.tests.entering import give_password
from cobijo.accounts.types import Permission, Role
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from tests.cast import PASSWORD, Cast, act, grant, sign_in

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def _no_tries_counted(db: None) -> None:
    cache.clear()


def make(cast: Cast, by: Account, role: Role = Role.REGISTRAR, unit: Any = None, badge: Any = None) -> Account:
    new = VolunteerIn(account_id=uuid7(), name="Lucía Pop", role=role)
    return services.add_volunteer(act(by), volunteer=new, unit_id=unit or cast.a.id, badge_id=badge)


def refusal_of(call: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def ids() -> dict[str, str]:
    return {"op_id": str(uuid7()), "new_id": str(uuid7())}


# --- making ----------------------------------------------------------------------------------------------------------


def test_a_volunteer_has_one_role_at_one_site_for_seven_days_and_no_password(cast: Cast) -> None:
    lucia = volunteer(cast)
    assert not lucia.has_usable_password()
    assert lucia.email == ""
    assert lucia.ends_at is not None
    assert abs(lucia.ends_at - clock.now() - WEEK) < timedelta(minutes=1)
    given = Grant.objects.get(account=lucia)
    assert (given.role, given.unit_id, given.giving, given.ends_at) == (Role.REGISTRAR, cast.a.id, False, lucia.ends_at)
    assert access.holds(lucia.pk, Permission.REGISTER, cast.a.id)


def test_it_is_over_by_itself(cast: Cast) -> None:
    lucia = volunteer(cast)
    clock.move(WEEK + timedelta(minutes=1))
    assert not access.holds(lucia.pk, Permission.REGISTER, cast.a.id)
    assert not Account.objects.get(pk=lucia.pk).is_open


def test_nobody_signs_in_to_it_from_elsewhere(cast: Cast, client: Client) -> None:
    lucia = volunteer(cast)
    for password in ("", PASSWORD, PIN, lucia.password):
        give_password(client, lucia.username, password)
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", [Role.SITE_MANAGER, Role.CASE_WORKER, Role.ADMINISTRATOR, Role.HEALTH_WORKER])
def test_a_role_beyond_the_door_the_desk_and_the_store_is_no_volunteers(cast: Cast, role: Role) -> None:
    may_make(cast, role)
    assert refusal_of(lambda: make(cast, cast.beto, role)) == NOT_FOR_VOLUNTEERS.code


def test_it_takes_managing_the_site_and_the_right_to_give_the_role(cast: Cast) -> None:
    assert refusal_of(lambda: make(cast, cast.beto)) == access.BEYOND_RIGHT.code
    may_make(cast, Role.REGISTRAR)
    make(cast, cast.beto)
    assert refusal_of(lambda: make(cast, cast.beto, Role.GATEKEEPER)) == access.BEYOND_RIGHT.code
    assert refusal_of(lambda: make(cast, cast.beto, unit=cast.b.id)) == NOT_FOUND.code
    assert refusal_of(lambda: make(cast, cast.administrator)) == NOT_ALLOWED.code  # gives every role, manages no site
    assert refusal_of(lambda: make(cast, cast.ana)) == NOT_ALLOWED.code
    assert refusal_of(lambda: make(cast, cast.outsider)) == NOT_FOUND.code


def test_it_does_not_outlive_the_right_to_give_the_role(cast: Cast) -> None:
    may_make(cast, Role.REGISTRAR)
    Grant.objects.filter(account=cast.beto, giving=True).update(ends_at=clock.now() + timedelta(days=2))
    assert refusal_of(lambda: make(cast, cast.beto)) == OUTLIVES_RIGHT.code
    assert not Account.objects.filter(is_volunteer=True).exists()


def test_two_of_one_name_are_two_and_neither_says_that_the_other_is(cast: Cast) -> None:
    one, other = volunteer(cast), volunteer(cast)
    assert one.username != other.username
    assert one.username.rsplit(".", 1)[0] == other.username.rsplit(".", 1)[0] == "v.lucia.pop"


@pytest.mark.parametrize("name", ["李小龙", "Ñ", "'; --", "<b>x</b>", "K'iche' Ajpop Xol Tzoc", "a" * 120])
def test_any_name_is_a_name(cast: Cast, name: str) -> None:
    made = volunteer(cast, name=name, badge=False)
    assert made.name == name
    assert made.username.isascii()
    assert len(made.username) <= 40


def test_a_badge_that_is_somebodys_stops_all_of_it(cast: Cast) -> None:
    may_make(cast)
    badge_of(cast, cast.ana)
    taken = Badge.objects.get(account=cast.ana)
    assert refusal_of(lambda: make(cast, cast.beto, badge=taken.pk)) == BADGE_TAKEN.code
    assert not Account.objects.filter(is_volunteer=True).exists()


# --- beginning -------------------------------------------------------------------------------------------------------


def handed_over(cast: Cast, lucia: Account, browser: Client | None = None) -> Client:
    beto = sign_in(cast.beto, browser)
    assert beto.post(f"/accounts/volunteers/{lucia.pk}/hand-over/").headers["Location"] == "/device/begin/"
    return beto


def begin(browser: Client, pin: str = PIN) -> Any:
    signed = browser.post("/device/begin/", ids() | {"version": "1", "agreed": "on"})
    assert signed.headers["Location"] == "/device/begin/pin/"
    return browser.post("/device/begin/pin/", ids() | {"pin": pin, "again": pin})


def test_from_nothing_to_work(cast: Cast) -> None:
    may_make(cast)
    gate = let_in(cast)
    [badge] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
    beto = sign_in(cast.beto, gate.browser)
    sent = ids() | {"name": "Lucía Pop", "role": "registrar", "badge": badge.text, "language": "es"}
    made = beto.post("/accounts/volunteers/new/", sent | {"unit": str(cast.a.id)})
    lucia = Account.objects.get(is_volunteer=True)
    assert made.headers["Location"] == f"/accounts/volunteers/{lucia.pk}/"
    assert begin(handed_over(cast, lucia, gate.browser)).headers["Location"] == "/device/"
    assert gate.unlock(badge.text).headers["Location"] == "/desk/"
    assert gate.browser.get("/desk/").status_code == 200


def test_handing_over_ends_the_managers_session_and_opens_nothing_but_beginning(cast: Cast) -> None:
    browser = handed_over(cast, volunteer(cast))
    assert "_auth_user_id" not in browser.session
    for address in ("/accounts/me/", "/desk/", "/accounts/volunteers/", "/people/break-glass/"):
        assert browser.get(address).status_code == 302
    sent = {"op_id": str(uuid7()), "arguments": {"language": "en"}}
    answer = browser.post("/api/v1/verbs/accounts.choose_language", sent, content_type="application/json")
    assert answer.status_code == 401


def test_no_pin_before_the_code_of_conduct(cast: Cast) -> None:
    lucia = volunteer(cast)
    browser = handed_over(cast, lucia)
    assert browser.get("/device/begin/pin/").headers["Location"] == "/device/begin/"
    browser.post("/device/begin/pin/", ids() | {"pin": PIN, "again": PIN})
    assert not Pin.objects.exists()
    assert refusal_of(lambda: services.choose_pin(act(lucia), account_id=lucia.pk, pin=PIN)) == SIGN_CONDUCT_FIRST.code


def test_it_is_over_after_a_quarter_of_an_hour_and_once_the_pin_is_set(cast: Cast) -> None:
    browser = handed_over(cast, volunteer(cast))
    session = browser.session
    session[BEGINNER] |= {"until": 0.0}
    session.save()
    assert browser.get("/device/begin/").headers["Location"] == "/device/"
    done = handed_over(cast, volunteer(cast, name="Otra"))
    begin(done)
    assert done.get("/device/begin/pin/").headers["Location"] == "/device/"
    assert BEGINNER not in done.session


def test_who_has_a_pin_is_not_handed_over_for_another_until_it_is_ended(cast: Cast) -> None:
    lucia = volunteer(cast)
    begin(handed_over(cast, lucia))
    beto = sign_in(cast.beto)
    beto.post(f"/accounts/volunteers/{lucia.pk}/hand-over/")
    assert "_auth_user_id" in beto.session
    beto.post(f"/accounts/volunteers/{lucia.pk}/anew/")
    assert not Pin.objects.exists()
    assert begin_again(handed_over(cast, lucia)).status_code == 302
    assert Pin.objects.get().account == lucia


def begin_again(browser: Client) -> Any:
    """Who has signed goes straight to the PIN."""
    assert browser.get("/device/begin/").headers["Location"] == "/device/begin/pin/"
    return browser.post("/device/begin/pin/", ids() | {"pin": OTHER_PIN, "again": OTHER_PIN})


def test_only_a_volunteer_of_ones_own_site_is_handed_over(cast: Cast) -> None:
    lucia = volunteer(cast)
    for who in (cast.carla, cast.ana, cast.administrator, cast.outsider):
        browser = sign_in(who)
        assert browser.post(f"/accounts/volunteers/{lucia.pk}/hand-over/").status_code == 404
        assert BEGINNER not in browser.session


def test_an_unready_badge_opens_nothing(cast: Cast) -> None:
    gate = let_in(cast)
    may_make(cast)
    [badge] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
    make(cast, cast.beto, badge=Badge.objects.get(number=badge.number).pk)
    assert gate.unlock(badge.text, "").status_code == 200
    assert gate.who is None


def test_a_version_that_is_not_in_force_is_not_signed_and_none_twice(cast: Cast) -> None:
    lucia = volunteer(cast)
    other = refusal_of(lambda: services.sign_conduct(act(lucia), pledge_id=uuid7(), version=2, language="es"))
    assert other == CONDUCT_CHANGED.code
    sign(lucia)
    assert refusal_of(lambda: sign(lucia)) == CONDUCT_SIGNED.code
    assert Pledge.objects.count() == 1


# --- kept on, let go -------------------------------------------------------------------------------------------------


def test_seven_more_days_from_now_also_when_they_were_over(cast: Cast) -> None:
    lucia = volunteer(cast)
    clock.move(timedelta(days=9))
    renewed = services.renew_volunteer(act(cast.beto), account_id=lucia.pk)
    assert renewed.ends_at == Grant.objects.get(account=lucia).ends_at
    assert access.holds(lucia.pk, Permission.REGISTER, cast.a.id)
    clock.move(timedelta(days=17))
    assert not access.holds(lucia.pk, Permission.REGISTER, cast.a.id)


def test_a_role_that_was_taken_back_is_not_renewed(cast: Cast) -> None:
    lucia = volunteer(cast)
    services.end_grant(act(cast.beto), grant_id=Grant.objects.get(account=lucia).pk)
    assert refusal_of(lambda: services.renew_volunteer(act(cast.beto), account_id=lucia.pk)) == ROLE_TAKEN_BACK.code


def test_nobody_keeps_themselves_on_or_anybody_elses(cast: Cast) -> None:
    lucia = volunteer(cast)
    grant(lucia, Role.SITE_MANAGER, cast.a.unit)
    grant(lucia, Role.REGISTRAR, cast.a.unit, giving=True)
    assert refusal_of(lambda: services.renew_volunteer(act(lucia), account_id=lucia.pk)) == access.TO_ONESELF.code
    assert refusal_of(lambda: services.renew_volunteer(act(cast.carla), account_id=lucia.pk)) == NOT_FOUND.code
    Grant.objects.filter(account=cast.beto, giving=True).delete()
    assert refusal_of(lambda: services.renew_volunteer(act(cast.beto), account_id=lucia.pk)) == access.BEYOND_RIGHT.code


def test_an_account_that_is_no_volunteers_is_not_renewed(cast: Cast) -> None:
    may_make(cast)
    assert refusal_of(lambda: services.renew_volunteer(act(cast.beto), account_id=cast.ana.pk)) == NOT_ALLOWED.code


def test_who_manages_the_site_lets_go_at_once_also_at_a_shared_device(cast: Cast) -> None:
    lucia = volunteer(cast)
    gate = let_in(cast)
    sign(cast.beto)
    gate.unlock(badge_of(cast, cast.beto).text)
    gate.browser.post(f"/accounts/volunteers/{lucia.pk}/close/")
    assert not Account.objects.get(pk=lucia.pk).is_active
    assert Badge.objects.get(account=lucia).end_reason == "left"


def test_who_manages_another_site_does_not(cast: Cast) -> None:
    lucia = volunteer(cast)
    for who in (cast.carla, cast.ana, cast.outsider):
        assert refusal_of(lambda who=who: services.close_account(act(who), account_id=lucia.pk)) in (
            NOT_FOUND.code, NOT_ALLOWED.code,
        )  # fmt: skip
    assert refusal_of(lambda: services.close_account(act(cast.beto), account_id=cast.ana.pk)) in (
        NOT_FOUND.code, NOT_ALLOWED.code,
    )  # fmt: skip


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_list_says_who_is_not_ready_and_how_long_each_has(cast: Cast) -> None:
    lucia = volunteer(cast)
    page = sign_in(cast.beto).get("/accounts/volunteers/").content.decode()
    assert "Lucía Pop" in page
    assert "7 días" in page
    [row] = queries.volunteers_for(cast.beto.pk)
    assert not row.is_ready
    sign(lucia)
    services.choose_pin(act(lucia), account_id=lucia.pk, pin=PIN)
    [row] = queries.volunteers_for(cast.beto.pk)
    assert row.is_ready
    assert queries.volunteers_for(cast.carla.pk) == []


def test_a_longer_list_costs_no_more_queries(cast: Cast, django_assert_max_num_queries: Any) -> None:
    volunteer(cast)
    beto = sign_in(cast.beto)
    beto.get("/accounts/volunteers/")
    with django_assert_max_num_queries(40):
        beto.get("/accounts/volunteers/")
    for _ in range(15):
        volunteer(cast)
    with django_assert_max_num_queries(40):
        beto.get("/accounts/volunteers/")


def test_who_may_not_make_any_reads_why(cast: Cast) -> None:
    beto = sign_in(cast.beto)
    assert "facultad" in beto.get("/accounts/volunteers/new/").content.decode()
    assert sign_in(cast.ana).get("/accounts/volunteers/").status_code == 403


def test_what_the_badge_field_refuses_stands_beside_it_and_the_name_is_kept(cast: Cast) -> None:
    may_make(cast)
    sent = ids() | {"name": "Lucía Pop", "role": "registrar", "badge": "nada", "language": "es", "unit": str(cast.a.id)}
    answer = sign_in(cast.beto).post("/accounts/volunteers/new/", sent)
    assert "badge" in answer.context["form"].errors
    assert "Lucía Pop" in answer.content.decode()
    assert not Account.objects.filter(is_volunteer=True).exists()


def test_the_page_of_the_site_says_whose_days_end(cast: Cast) -> None:
    volunteer(cast)
    beto = sign_in(cast.beto)
    page = f"/sites/{cast.a.id}/"
    assert "/accounts/volunteers/" not in main(beto.get(page))
    clock.move(timedelta(days=6, hours=3))
    assert "/accounts/volunteers/" in main(beto.get(page))
    assert "/accounts/volunteers/" not in main(sign_in(cast.ana).get(page))


def main(answer: Any) -> str:
    return str(answer.content.decode().split("<main")[1].split("</main")[0])
