"""Guessing passwords is stopped, for one account from one address, for a while."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cobijo.accounts.models import Notice
from cobijo.accounts.tests.entering import CODE, code_of, give_password, with_codes
from tests.cast import Cast, sign_in

LIMIT = 5


@pytest.fixture(autouse=True)
def _no_failures_before(cast: Cast) -> None:
    cache.clear()


def guess(login: str, times: int, address: str = "10.0.0.7") -> int:
    """Type a wrong password so many times; gives the last status."""
    for _ in range(times):
        answer = give_password(Client(), login, "adivinanza-tonta", REMOTE_ADDR=address)
    return int(answer.status_code)


def status(login: str, address: str = "10.0.0.7") -> int:
    """What the right password gets: 302 inside, 429 stopped."""
    return int(give_password(Client(), login, REMOTE_ADDR=address).status_code)


def test_after_five_wrong_passwords_the_right_one_waits_too(cast: Cast) -> None:
    assert guess("ana", LIMIT - 1) == 200
    assert guess("ana", 1) == 429
    assert status("ana") == 429


def test_the_answer_says_how_long(cast: Cast) -> None:
    guess("ana", LIMIT)
    answer = give_password(Client(), "ana", REMOTE_ADDR="10.0.0.7")
    assert "15 minutos" in answer.content.decode()
    assert answer.headers["Retry-After"] == "900"


def test_colleagues_at_the_same_address_are_let_in(cast: Cast) -> None:
    guess("ana", LIMIT)
    assert status("beto") == 302


def test_from_another_address_the_account_is_open(cast: Cast) -> None:
    guess("ana", LIMIT)
    assert status("ana", address="10.0.0.8") == 302


def test_user_name_and_e_mail_are_counted_together(cast: Cast) -> None:
    guess("ana", 2)
    guess("ANA@example.org", 2)
    assert guess("Ana", 1) == 429


def test_signing_in_rightly_forgets_the_wrong_ones(cast: Cast) -> None:
    totp = with_codes(cast.ana)
    guess("ana", LIMIT - 1)
    client = Client(REMOTE_ADDR="10.0.0.7")
    give_password(client, "ana")
    client.post(CODE, {"code": code_of(totp)})
    assert guess("ana", LIMIT - 1) == 200


def test_after_the_cool_off_one_may_try_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    guess("ana", LIMIT)
    for minutes, expected in ((14, 429), (16, 302)):
        later = timezone.now() + timedelta(minutes=minutes)
        monkeypatch.setattr("django.core.cache.backends.db.tz_now", lambda later=later: later)
        assert status("ana") == expected


def test_an_unknown_name_is_stopped_like_a_known_one(cast: Cast) -> None:
    assert guess("nadie", LIMIT) == 429


def test_the_account_and_its_auditors_are_told_once(cast: Cast) -> None:
    guess("ana", LIMIT + 3)
    told = Notice.objects.filter(code="accounts.locked_out")
    assert {notice.account_id for notice in told} == {cast.ana.id, cast.auditor.id}
    assert told.count() == 2


# --- codes of the second factor --------------------------------------------------------------------------------------

CODES = 10


@pytest.mark.parametrize(("wrong", "expected"), [(CODES - 1, 302), (CODES, 200)])
def test_after_ten_wrong_codes_the_right_one_waits_too(cast: Cast, wrong: int, expected: int) -> None:
    totp = with_codes(cast.ana)
    for before in range(wrong):  # each from elsewhere, and the password given anew
        client = Client(REMOTE_ADDR=f"10.0.0.{before}")
        give_password(client, "ana")
        assert client.post(CODE, {"code": "abcdef"}).status_code == 200
    client = Client(REMOTE_ADDR="10.0.1.1")
    give_password(client, "ana")
    assert client.post(CODE, {"code": code_of(totp)}).status_code == expected
    assert Notice.objects.filter(account=cast.ana.id, code="accounts.locked_out").exists() == (expected == 200)


def test_the_right_code_forgets_the_wrong_ones(cast: Cast) -> None:
    totp = with_codes(cast.ana)
    for code in ("abcdef", "abcdef", code_of(totp)):
        client = Client()
        give_password(client, "ana")
        client.post(CODE, {"code": code})
    client = Client()
    give_password(client, "ana")
    for _ in range(CODES - 1):
        client.post(CODE, {"code": "abcdef"})
    assert "_auth_user_id" not in client.session
    assert not Notice.objects.filter(code="accounts.locked_out").exists()


def test_codes_typed_while_signing_in_and_in_a_session_are_counted_together(cast: Cast) -> None:
    totp, session, stranger = with_codes(cast.ana), sign_in(cast.ana), Client()
    give_password(stranger, "ana")
    for at in range(CODES):
        client, where = (session, "/accounts/2fa/reauthenticate/") if at % 2 else (stranger, CODE)
        assert client.post(where, {"code": "abcdef"}).status_code == 200
    answer = session.post("/accounts/2fa/reauthenticate/", {"code": code_of(totp)})
    assert answer.status_code == 200
    assert "hasta por una hora no se acepta otro" in answer.content.decode()
    assert Notice.objects.filter(account=cast.ana.id, code="accounts.locked_out").exists()
