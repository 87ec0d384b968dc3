"""The lock screen: badge and PIN, and one answer to everything that does not open."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from cobijo.accounts import services
from cobijo.accounts.devices import badges, pins
from cobijo.accounts.devices.models import Badge, Device, Pin
from cobijo.accounts.devices.refusals import DOES_NOT_OPEN
from cobijo.accounts.devices.types import BadgeEnd
from cobijo.accounts.models import Account, Grant, Notice
from cobijo.accounts.tests.devices.working import (
    LOCK,
    OTHER_PIN,
    PIN,
    Shared,
    badge_of,
    badge_whatever,
    let_in,
    sign,
    volunteer,
)
from cobijo.accounts.types import Role
from cobijo.algorithms import cards
from cobijo.core import clock, keys
from tests.cast import Cast, act, grant, sign_in

FORM_TOKEN = re.compile(r"[A-Za-z0-9]{64}")


@pytest.fixture
def gate(cast: Cast) -> Shared:
    """The shared device at A, and no tries counted from elsewhere."""
    cache.clear()
    return let_in(cast)


def said(answer: Any) -> str:
    """What is answered, without what differs each time anyway."""
    return FORM_TOKEN.sub("", answer.content.decode())


# --- opening ---------------------------------------------------------------------------------------------------------


def test_badge_and_pin_open_the_desk(cast: Cast, gate: Shared) -> None:
    badge = badge_of(cast, cast.ana)
    sign(cast.ana)
    answer = gate.unlock(badge.text)
    assert answer.headers["Location"] == "/desk/"
    assert gate.who == str(cast.ana.pk)
    assert gate.browser.get("/desk/").status_code == 200


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}"])
def test_the_number_is_typed_as_it_comes(cast: Cast, gate: Shared, typed: str) -> None:
    number = badges.spoken(badge_of(cast, cast.ana).number)
    text = typed.format(number, lower=number.lower(), bare=number.removeprefix("B-").replace("-", ""))
    assert gate.unlock(text).status_code == 302


def test_one_person_gives_way_to_another_and_nothing_of_the_first_stays(cast: Cast, gate: Shared) -> None:
    first, second = badge_of(cast, cast.ana), badge_of(cast, cast.beto, pin=OTHER_PIN)
    gate.unlock(first.text)
    session, old = gate.browser.session.session_key, gate.browser.cookies["sessionid"].value
    gate.unlock(second.text, OTHER_PIN)
    assert gate.who == str(cast.beto.pk)
    assert gate.browser.session.session_key != session
    thief = Client()
    thief.cookies["sessionid"] = old
    assert thief.get("/accounts/me/").status_code == 302


def test_opening_the_lock_screen_locks(cast: Cast, gate: Shared) -> None:
    gate.unlock(badge_of(cast, cast.ana).text)
    gate.browser.get(LOCK)
    assert gate.who is None
    assert gate.browser.get("/desk/").headers["Location"] == LOCK


def test_the_button_locks_and_only_by_post(cast: Cast, gate: Shared) -> None:
    gate.unlock(badge_of(cast, cast.ana).text)
    assert gate.browser.get("/device/lock/").status_code == 405
    assert gate.who is not None
    assert gate.browser.post("/device/lock/").headers["Location"] == LOCK
    assert gate.who is None


def test_each_speaks_their_language(cast: Cast, gate: Shared) -> None:
    Account.objects.filter(pk=cast.ana.pk).update(language="en")
    gate.unlock(badge_of(cast, cast.ana).text)
    assert '<html lang="en">' in gate.browser.get("/device/begin/").content.decode()


# --- what does not open, and says nothing of why ---------------------------------------------------------------------


def test_whatever_does_not_open_is_answered_alike(cast: Cast, gate: Shared) -> None:
    gate.browser.get(LOCK)  # which says that the device was let in
    answers = {why: said(gate.unlock(badge, pin)) for why, (badge, pin) in bad_tries(cast).items()}
    with override("es"):
        sentence = str(DOES_NOT_OPEN.sentence)
    assert sentence in answers["nothing at all"]
    assert {why for why, answer in answers.items() if answer != answers["nothing at all"]} == set()
    assert gate.who is None


def test_whatever_does_not_open_is_hashed_once_so_that_none_is_quicker(
    cast: Cast, gate: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = bad_tries(cast)
    hashed: list[str] = []

    def check(password: str, encoded: str) -> bool:
        hashed.append(encoded)
        return False

    monkeypatch.setattr(pins, "check_password", check)
    counts = {}
    for why, (badge, pin) in tries.items():
        hashed.clear()
        gate.unlock(badge, pin)
        counts[why] = len(hashed)
    assert set(counts.values()) == {1}, counts


def bad_tries(cast: Cast) -> dict[str, tuple[str, str]]:
    """One of each: badge and PIN."""
    good = badge_of(cast, cast.ana)
    stranger = badge_of(cast, cast.carla, cast.b)
    no_pin = badge_of(cast, cast.beto, pin="")
    ended, gone, over = (badge_of(cast, volunteer_with_pin(cast, name)) for name in ("Inés", "Ixchel", "Irma"))
    services.end_badge(act(cast.beto), badge_id=Badge.objects.get(number=ended.number).pk, reason=BadgeEnd.LOST)
    services.close_account(act(cast.beto), account_id=holder(gone.number).pk)
    Account.objects.filter(pk=holder(over.number).pk).update(ends_at=clock.now() - timedelta(minutes=1))
    [free] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
    of_a_resident = cards.write(keys.signer(keys.CARDS)[1], badges.fresh())
    unknown = badges.write(badges.fresh())
    return {
        "nothing at all": ("", ""),
        "wrong PIN": (good.text, OTHER_PIN),
        "no PIN": (good.text, ""),
        "PIN too long": (good.text, PIN + "0"),
        "badge too long": ("A" * 500, PIN),
        "somebody of another site": (stranger.text, PIN),
        "has set no PIN": (no_pin.text, PIN),
        "ended badge": (ended.text, PIN),
        "closed account": (gone.text, PIN),
        "account over": (over.text, PIN),
        "nobody's badge": (free.text, PIN),
        "a resident's card": (of_a_resident, PIN),
        "a resident's number": (cards.spoken(good.number), PIN),
        "never printed": (unknown, PIN),
        "altered": (good.text[:-1] + ("A" if good.text[-1] != "A" else "B"), PIN),
        "no text of ours": ("'; DROP TABLE accounts_badge; --", PIN),
        "bytes": ("\x00\u202e\U0001f3e0", PIN),
        "a number that is none": ("B-000-000-1", PIN),
    }  # fmt: skip


def volunteer_with_pin(cast: Cast, name: str) -> Account:
    who = volunteer(cast, name=name, badge=False)
    sign(who)
    return who


def holder(number: int) -> Account:
    found = Badge.objects.get(number=number).account
    assert found is not None
    return found


def test_a_device_that_is_none_asks_for_no_badge(cast: Cast) -> None:
    badge = badge_of(cast, cast.ana)
    browser = Client()
    assert "data-unlock" not in browser.get(LOCK).content.decode()
    browser.post(LOCK, {"badge": badge.text, "pin": PIN})
    assert "_auth_user_id" not in browser.session


def test_a_made_up_cookie_is_no_device(cast: Cast) -> None:
    badge = badge_of(cast, cast.ana)
    browser = Client()
    browser.cookies["cobijo-device"] = "A" * 43
    browser.post(LOCK, {"badge": badge.text, "pin": PIN})
    assert "_auth_user_id" not in browser.session


def test_nothing_of_the_secrets_is_in_the_database(cast: Cast, gate: Shared) -> None:
    badge_of(cast, cast.ana)
    cookie = gate.browser.cookies["cobijo-device"].value
    assert cookie not in {value for row in Device.objects.values_list() for value in map(str, row)}
    encoded = Pin.objects.get(account=cast.ana).encoded
    assert PIN not in encoded
    assert not check_password(PIN, encoded)  # not without the ring's key


def test_the_pin_of_one_is_not_the_pin_of_another_with_the_same_digits(cast: Cast) -> None:
    badge_of(cast, cast.ana)
    Pin.objects.create(account=cast.beto, encoded=Pin.objects.get(account=cast.ana).encoded, set_at=clock.now())
    assert pins.tried(cast.ana.pk, PIN) is pins.Tried.RIGHT
    assert pins.tried(cast.beto.pk, PIN) is pins.Tried.WRONG


# --- guessing --------------------------------------------------------------------------------------------------------


def test_after_five_wrong_pins_the_badge_rests_also_from_the_right_one(cast: Cast, gate: Shared) -> None:
    badge = badge_of(cast, cast.ana)
    for _ in range(5):
        gate.unlock(badge.text, OTHER_PIN)
    assert gate.unlock(badge.text, PIN).status_code == 200
    assert gate.who is None
    rest_over(cast.ana)
    assert gate.unlock(badge.text, PIN).status_code == 302
    assert Pin.objects.get(account=cast.ana).failures == 0


def rest_over(who: Account) -> None:
    Pin.objects.filter(account=who).update(locked_until=datetime.now(UTC) - timedelta(seconds=1))


def test_it_rests_twice_as_long_each_time(cast: Cast) -> None:
    badge_of(cast, cast.ana)
    rests = []
    for _round in range(3):
        for _try in range(5):
            assert pins.tried(cast.ana.pk, OTHER_PIN) is not pins.Tried.RIGHT
        until = Pin.objects.get(account=cast.ana).locked_until
        assert until is not None
        rests.append(round((until - datetime.now(UTC)).total_seconds() / 60))
        rest_over(cast.ana)
    assert rests == [15, 30, 60]
    assert pins.rest_after(10_000) == timedelta(hours=24)


def test_while_it_rests_no_try_is_counted_or_looked_at(cast: Cast) -> None:
    badge_of(cast, cast.ana)
    for _ in range(9):
        pins.tried(cast.ana.pk, OTHER_PIN)
    assert Pin.objects.get(account=cast.ana).failures == 5


def test_another_device_and_the_demonstrations_clock_change_nothing(cast: Cast, gate: Shared) -> None:
    badge = badge_of(cast, cast.ana)
    other = let_in(cast, name="Cocina")
    for _ in range(5):
        gate.unlock(badge.text, OTHER_PIN)
    clock.move(timedelta(days=2))
    assert other.unlock(badge.text, PIN).status_code == 200


def test_the_bearer_and_the_auditors_are_told_once(cast: Cast, gate: Shared) -> None:
    badge = badge_of(cast, cast.ana)
    for _ in range(8):
        gate.unlock(badge.text, OTHER_PIN)
    told = Notice.objects.filter(code="accounts.pins_tried")
    assert {one.account_id for one in told} == {cast.ana.pk, cast.auditor.pk}
    assert told.count() == 2


def test_one_pin_tried_on_many_badges_stops_the_device(cast: Cast, gate: Shared) -> None:
    badge = badge_of(cast, cast.ana)
    for number in range(20):
        gate.unlock(badges.spoken(number + 900), PIN)
    assert gate.unlock(badge.text, PIN).status_code == 200
    assert gate.who is None
    assert let_in(cast, name="Cocina").unlock(badge.text, PIN).status_code == 302


# --- where it reaches ------------------------------------------------------------------------------------------------


def test_who_works_above_works_here_and_who_only_gives_roles_does_not(cast: Cast, gate: Shared) -> None:
    grant(cast.outsider, Role.GATEKEEPER, cast.response.unit)
    assert gate.unlock(badge_whatever(cast, cast.outsider).text).status_code == 302
    only_gives = grant(cast.diego, Role.REGISTRAR, cast.a.unit, giving=True)
    Grant.objects.filter(account=cast.diego).exclude(pk=only_gives.pk).delete()
    assert gate.unlock(badge_whatever(cast, cast.diego).text).status_code == 200


def test_a_password_still_signs_in_at_the_same_browser(cast: Cast, gate: Shared) -> None:
    sign_in(cast.ana, gate.browser)
    assert gate.browser.get("/accounts/me/tokens/").status_code == 200
