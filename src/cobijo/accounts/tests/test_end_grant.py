"""Taking a role back."""

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.access import BEYOND_RIGHT
from cobijo.accounts.models import Account, Grant
from cobijo.accounts.services.grants import GRANT_ENDED
from cobijo.accounts.types import Role
from cobijo.core.errors import NOT_FOUND, DomainError
from tests.cast import Cast, act, grant


def of(account: Account) -> Grant:
    return Grant.objects.get(account=account, giving=False)


def refusal(who: Account, ended: Grant) -> str:
    with pytest.raises(DomainError) as refused:
        services.end_grant(act(who), grant_id=ended.id)
    return refused.value.code


def test_whoever_may_give_it_takes_it_back_at_once(cast: Cast) -> None:
    services.end_grant(act(cast.administrator), grant_id=of(cast.ana).id)
    assert access.authority(cast.ana.id).grants == ()


def test_anybody_gives_up_their_own(cast: Cast) -> None:
    services.end_grant(act(cast.ana), grant_id=of(cast.ana).id)
    assert access.authority(cast.ana.id).grants == ()


def test_others_may_not(cast: Cast) -> None:
    assert refusal(cast.beto, of(cast.ana)) == NOT_FOUND.code
    assert refusal(cast.carla, of(cast.ana)) == NOT_FOUND.code
    assert refusal(cast.outsider, of(cast.ana)) == NOT_FOUND.code
    assert refusal(cast.auditor, of(cast.ana)) == BEYOND_RIGHT.code


def test_the_right_to_give_another_role_is_not_enough(cast: Cast) -> None:
    grant(cast.beto, Role.GATEKEEPER, cast.a.unit, giving=True)
    assert refusal(cast.beto, of(cast.ana)) == BEYOND_RIGHT.code


def test_what_has_ended_is_not_ended_again(cast: Cast) -> None:
    ended = of(cast.ana)
    services.end_grant(act(cast.administrator), grant_id=ended.id)
    assert refusal(cast.administrator, ended) == GRANT_ENDED.code
