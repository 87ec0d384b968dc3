"""Closing an account for good."""

from datetime import timedelta

import pytest

from cobijo.accounts import access, queries, services
from cobijo.accounts.access import TO_ONESELF
from cobijo.accounts.models import Account, Grant
from cobijo.accounts.services.accounts import ALREADY_CLOSED
from cobijo.accounts.types import Permission, Role
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from tests.cast import Cast, act, grant, sign_in


def refusal(who: Account, account: Account) -> str:
    with pytest.raises(DomainError) as refused:
        services.close_account(act(who), account_id=account.id)
    return refused.value.code


def test_grants_tokens_and_sessions_end_with_it(cast: Cast) -> None:
    browser = sign_in(cast.ana)
    token = services.make_token(
        act(cast.ana),
        token_id=uuid7(),
        label="hoja",
        permissions=[Permission.SEE_FIGURES],
        ends_at=clock.now() + timedelta(days=1),
    )
    assert browser.get("/accounts/me/").status_code == 200

    services.close_account(act(cast.administrator), account_id=cast.ana.id)

    assert access.authority(cast.ana.id).grants == ()
    assert not Grant.objects.filter(account=cast.ana, ends_at=None).exists()
    assert queries.account_of_token(token.secret) is None
    assert browser.get("/accounts/me/").status_code == 302


def test_others_may_not(cast: Cast) -> None:
    assert refusal(cast.auditor, cast.ana) == NOT_ALLOWED.code
    assert refusal(cast.beto, cast.ana) == NOT_FOUND.code
    assert refusal(cast.carla, cast.ana) == NOT_FOUND.code
    assert refusal(cast.outsider, cast.ana) == NOT_FOUND.code


def test_nobody_closes_their_own(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.administrator) == TO_ONESELF.code
    assert refusal(cast.ana, cast.ana) == TO_ONESELF.code


def test_twice_it_is_said_that_it_is_closed(cast: Cast) -> None:
    services.close_account(act(cast.administrator), account_id=cast.ana.id)
    assert refusal(cast.administrator, cast.ana) == ALREADY_CLOSED.code


def test_who_manages_another_unit_sees_a_helper_there_and_may_not_close_their_account(cast: Cast) -> None:
    grant(cast.outsider, Role.ADMINISTRATOR, cast.b.unit)
    grant(cast.ana, Role.GATEKEEPER, cast.b.unit)
    assert access.get_for(cast.outsider.id, Account, cast.ana.id)
    assert refusal(cast.outsider, cast.ana) == NOT_ALLOWED.code
