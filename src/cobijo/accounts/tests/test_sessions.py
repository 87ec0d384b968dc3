"""How long a session lasts."""

import pytest
from django.test import Client

from cobijo.accounts.middleware import BEGAN, LONGEST_SESSION_SECONDS, SEEN
from cobijo.accounts.second_factor import demand_on
from cobijo.accounts.tests.entering import grow_old
from cobijo.accounts.types import ROLES, Role
from tests.cast import Cast, grant, sign_in


def leads_to_sign_in(client: Client, path: str = "/accounts/me/") -> bool:
    answer = client.get(path)
    return answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("who", ["ana", "case_worker", "diego", "administrator"])
def test_it_ends_after_the_idle_time_of_the_role(cast: Cast, who: str) -> None:
    account = getattr(cast, who)
    browser = sign_in(account)
    minutes = demand_on(account.id).idle_minutes
    grow_old(browser, minutes * 60 - 5, SEEN)
    assert not leads_to_sign_in(browser)
    grow_old(browser, minutes * 60 + 5, SEEN)
    assert leads_to_sign_in(browser)
    assert leads_to_sign_in(browser)


def test_the_shortest_of_the_roles_counts(cast: Cast) -> None:
    assert demand_on(cast.ana.id).idle_minutes == ROLES[Role.REGISTRAR].idle_minutes
    grant(cast.ana, Role.CASE_WORKER, cast.b.unit)
    assert demand_on(cast.ana.id).idle_minutes == ROLES[Role.CASE_WORKER].idle_minutes


def test_it_is_said_why(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    grow_old(browser, 3600, SEEN)
    browser.get("/accounts/me/")
    assert "30 minutos" in browser.get("/accounts/login/").content.decode()


def test_work_keeps_it_alive_for_half_a_day_and_no_longer(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    grow_old(browser, 120, SEEN)
    before = browser.session[SEEN]
    assert not leads_to_sign_in(browser)
    assert browser.session[SEEN] > before
    grow_old(browser, LONGEST_SESSION_SECONDS + 5, BEGAN)
    assert leads_to_sign_in(browser)


def test_looking_twice_in_a_minute_writes_nothing(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    before = browser.session[SEEN]
    browser.get("/accounts/me/")
    assert browser.session[SEEN] == before


def test_a_program_with_a_cookie_is_told_in_its_own_way(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    grow_old(browser, 3600, SEEN)
    answer = browser.get("/api/v1/people")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_session_nobody_knows_the_age_of_is_over(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    session = browser.session
    del session[SEEN]
    session.save()
    assert leads_to_sign_in(browser)


def test_pages_of_somebody_signed_in_are_kept_nowhere(cast: Cast) -> None:
    assert sign_in(cast.ana).get("/accounts/me/").headers["Cache-Control"] == "no-store"
