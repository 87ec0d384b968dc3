"""Correcting an account."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.access import TO_ONESELF
from cobijo.accounts.models import Account
from cobijo.accounts.services.accounts import ALREADY_CLOSED, BAD_EMAIL, ENDS_IN_THE_PAST
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from tests.cast import Cast, act


def change(who: Account, account: Account, **given: Any) -> Account:
    values = {"name": account.name, "email": account.email, "ends_at": account.ends_at} | given
    return services.change_account(act(who), account_id=account.id, **values)


def refusal(who: Account, account: Account, **given: Any) -> str:
    with pytest.raises(DomainError) as refused:
        change(who, account, **given)
    return refused.value.code


def test_an_administrator_corrects_a_name_an_e_mail_and_an_end(cast: Cast) -> None:
    ends_at = clock.now() + timedelta(days=3)
    change(cast.administrator, cast.ana, name="Ana Lucía Xicay", email="", ends_at=ends_at)
    found = Account.objects.get(pk=cast.ana.id)
    assert (found.name, found.email, found.ends_at) == ("Ana Lucía Xicay", "", ends_at)


def test_an_account_that_ended_may_nothing(cast: Cast) -> None:
    change(cast.administrator, cast.ana, ends_at=clock.now() + timedelta(days=3))
    clock.move(timedelta(days=4))
    assert access.authority(cast.ana.id).grants == ()


def test_others_may_not_nor_oneself(cast: Cast) -> None:
    assert refusal(cast.ana, cast.ana) == NOT_ALLOWED.code
    assert refusal(cast.auditor, cast.ana) == NOT_ALLOWED.code
    assert refusal(cast.beto, cast.ana) == NOT_FOUND.code
    assert refusal(cast.carla, cast.ana) == NOT_FOUND.code
    assert refusal(cast.outsider, cast.ana) == NOT_FOUND.code


def test_nobody_moves_their_own_end(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.administrator, ends_at=clock.now() + timedelta(days=3)) == TO_ONESELF.code
    assert change(cast.administrator, cast.administrator, name="Félix G.").name == "Félix G."


def test_what_does_not_fit_is_refused(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.ana, email="ana") == BAD_EMAIL.code
    assert refusal(cast.administrator, cast.ana, ends_at=clock.now() - timedelta(days=1)) == ENDS_IN_THE_PAST.code


def test_a_closed_account_stays_as_it_was(cast: Cast) -> None:
    services.close_account(act(cast.administrator), account_id=cast.ana.id)
    assert refusal(cast.administrator, cast.ana) == ALREADY_CLOSED.code
