"""Renewing a password and a second factor: told to the account, and never both by one pair of hands."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from cobijo.accounts import access, notices, services
from cobijo.accounts.access import TO_ONESELF
from cobijo.accounts.models import Account, Notice
from cobijo.accounts.services.accounts import ALREADY_CLOSED
from cobijo.accounts.services.signin import OTHER_HALF
from cobijo.accounts.types import Role
from cobijo.core import clock, operations
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.verbs import Act, Door
from tests.cast import PASSWORD, Cast, act, grant, sign_in

HALVES = [services.renew_password, services.reset_second_factor]


def refusal(half: object, how: Act, account: Account) -> str:
    with pytest.raises(DomainError) as refused:
        half(how, account_id=account.id)  # type: ignore[operator]
    return refused.value.code


def test_an_ended_password_opens_nothing_and_ends_the_sessions(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    services.renew_password(act(cast.administrator), account_id=cast.ana.id)
    assert not Account.objects.get(pk=cast.ana.pk).check_password(PASSWORD)
    assert browser.get("/accounts/me/").status_code == 302


def test_a_forgotten_second_factor_ends_the_sessions_and_keeps_the_password(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    services.reset_second_factor(act(cast.administrator), account_id=cast.ana.id)
    assert not Authenticator.objects.filter(user=cast.ana).exists()
    assert Account.objects.get(pk=cast.ana.pk).check_password(PASSWORD)
    assert browser.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize("half", HALVES)
def test_the_account_and_the_auditors_are_told(cast: Cast, half: object) -> None:
    half(act(cast.administrator), account_id=cast.ana.id)  # type: ignore[operator]
    told = Notice.objects.order_by("account")
    assert {notice.account_id for notice in told} == {cast.ana.id, cast.auditor.id}
    [(_, sentence), _other] = notices.sentences(told)
    assert "Félix Güitz" in sentence
    assert "Ana Xicay" in sentence


@pytest.mark.parametrize(("first", "second"), [HALVES, HALVES[::-1]])
def test_one_person_does_not_take_an_account_over(cast: Cast, first: object, second: object) -> None:
    first(act(cast.administrator), account_id=cast.ana.id)  # type: ignore[operator]
    assert refusal(second, act(cast.administrator), cast.ana) == OTHER_HALF.code
    grant(cast.outsider, Role.ADMINISTRATOR, cast.area)
    second(act(cast.outsider), account_id=cast.ana.id)  # type: ignore[operator]


def test_after_a_week_the_same_person_may_help_again(cast: Cast) -> None:
    services.renew_password(act(cast.administrator), account_id=cast.ana.id)
    clock.move(timedelta(days=8))
    services.reset_second_factor(act(cast.administrator), account_id=cast.ana.id)


def test_the_operator_at_the_machine_may_do_both(cast: Cast) -> None:
    for half in HALVES:
        half(operations.act_of(access.COMMAND_LINE, Door.COMMAND), account_id=cast.ana.id)


@pytest.mark.parametrize("half", HALVES)
def test_others_may_not(cast: Cast, half: object) -> None:
    assert refusal(half, act(cast.auditor), cast.ana) == NOT_ALLOWED.code
    assert refusal(half, act(cast.beto), cast.ana) == NOT_FOUND.code
    assert refusal(half, act(cast.carla), cast.ana) == NOT_FOUND.code
    assert refusal(half, act(cast.outsider), cast.ana) == NOT_FOUND.code


@pytest.mark.parametrize("half", HALVES)
def test_nobody_lets_themselves_back_in(cast: Cast, half: object) -> None:
    assert refusal(half, act(cast.administrator), cast.administrator) == TO_ONESELF.code


@pytest.mark.parametrize("half", HALVES)
def test_a_closed_account_is_not_opened_again(cast: Cast, half: object) -> None:
    services.close_account(act(cast.administrator), account_id=cast.ana.id)
    assert refusal(half, act(cast.administrator), cast.ana) == ALREADY_CLOSED.code
