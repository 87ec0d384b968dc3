"""Giving a role: never beyond one's right, never to oneself."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.access import BEYOND_RIGHT, TO_ONESELF
from cobijo.accounts.models import Account, Grant, Unit
from cobijo.accounts.services.accounts import ALREADY_CLOSED, ENDS_IN_THE_PAST
from cobijo.accounts.services.grants import GRANTED_ALREADY, OUTLIVES_RIGHT
from cobijo.accounts.types import Permission, Role
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from tests.cast import Cast, act, grant


def give(who: Account, to: Account, role: Role, unit: Unit, **given: Any) -> Grant:
    return services.grant_role(act(who), grant_id=uuid7(), account_id=to.id, role=role, unit_id=unit.id, **given)


def refusal(who: Account, to: Account, role: Role, unit: Unit, **given: Any) -> str:
    with pytest.raises(DomainError) as refused:
        give(who, to, role, unit, **given)
    return refused.value.code


def test_the_role_is_held_in_the_unit_and_all_below_it(cast: Cast) -> None:
    give(cast.administrator, cast.ana, Role.CASE_WORKER, cast.area)
    assert access.holds(cast.ana.id, Permission.CASE_WORK, cast.b.id)
    assert not access.holds(cast.ana.id, Permission.CASE_WORK, cast.response.unit_id)


def test_the_right_to_give_a_role_does_not_include_the_role(cast: Cast) -> None:
    give(cast.administrator, cast.ana, Role.CASE_WORKER, cast.a.unit, giving=True)
    assert not access.holds(cast.ana.id, Permission.CASE_WORK, cast.a.id)
    assert access.gives(cast.ana.id, Role.CASE_WORKER, cast.a.id)


def test_a_role_ends_by_itself(cast: Cast) -> None:
    give(cast.administrator, cast.ana, Role.CASE_WORKER, cast.a.unit, ends_at=clock.now() + timedelta(days=7))
    clock.move(timedelta(days=8))
    assert not access.holds(cast.ana.id, Permission.CASE_WORK, cast.a.id)


def test_holding_a_role_is_no_right_to_give_it(cast: Cast) -> None:
    assert refusal(cast.case_worker, cast.case_worker, Role.CASE_WORKER, cast.a.unit) == BEYOND_RIGHT.code
    grant(cast.beto, Role.REGISTRAR, cast.a.unit, giving=True)
    assert refusal(cast.beto, cast.ana, Role.SITE_MANAGER, cast.a.unit) == BEYOND_RIGHT.code


def test_a_right_at_a_site_reaches_neither_up_nor_across(cast: Cast) -> None:
    grant(cast.beto, Role.GATEKEEPER, cast.a.unit, giving=True)
    assert give(cast.beto, cast.ana, Role.GATEKEEPER, cast.a.unit)
    assert refusal(cast.beto, cast.ana, Role.GATEKEEPER, cast.area) == NOT_FOUND.code
    assert refusal(cast.beto, cast.ana, Role.GATEKEEPER, cast.b.unit) == NOT_FOUND.code


def test_nobody_gives_to_themselves(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.administrator, Role.CASE_WORKER, cast.a.unit) == TO_ONESELF.code


def test_what_is_given_ends_no_later_than_the_right(cast: Cast) -> None:
    right = grant(cast.beto, Role.GATEKEEPER, cast.a.unit, giving=True)
    Grant.objects.filter(pk=right.pk).update(ends_at=clock.now() + timedelta(days=7))
    assert refusal(cast.beto, cast.ana, Role.GATEKEEPER, cast.a.unit) == OUTLIVES_RIGHT.code
    later = clock.now() + timedelta(days=8)
    assert refusal(cast.beto, cast.ana, Role.GATEKEEPER, cast.a.unit, ends_at=later) == OUTLIVES_RIGHT.code
    assert give(cast.beto, cast.ana, Role.GATEKEEPER, cast.a.unit, ends_at=clock.now() + timedelta(days=6))


def test_a_strangers_account_does_not_exist(cast: Cast) -> None:
    grant(cast.carla, Role.REGISTRAR, cast.b.unit, giving=True)
    assert refusal(cast.carla, cast.ana, Role.REGISTRAR, cast.b.unit) == NOT_FOUND.code
    assert refusal(cast.outsider, cast.ana, Role.REGISTRAR, cast.a.unit) == NOT_FOUND.code


def test_an_end_lies_ahead(cast: Cast) -> None:
    past = clock.now() - timedelta(days=1)
    assert refusal(cast.administrator, cast.ana, Role.HUB, cast.a.unit, ends_at=past) == ENDS_IN_THE_PAST.code


def test_what_is_held_for_longer_is_not_given_again(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.ana, Role.REGISTRAR, cast.a.unit) == GRANTED_ALREADY.code
    ends_at = clock.now() + timedelta(days=7)
    again = refusal(cast.administrator, cast.ana, Role.REGISTRAR, cast.a.unit, ends_at=ends_at)
    assert again == GRANTED_ALREADY.code


def test_a_closed_or_ended_account_is_given_nothing(cast: Cast) -> None:
    services.close_account(act(cast.administrator), account_id=cast.ana.id)
    assert refusal(cast.administrator, cast.ana, Role.HUB, cast.a.unit) == ALREADY_CLOSED.code
    Account.objects.filter(pk=cast.beto.pk).update(ends_at=clock.now())
    assert refusal(cast.administrator, cast.beto, Role.HUB, cast.a.unit) == ALREADY_CLOSED.code


def test_the_administrator_gives_away_what_he_does_not_hold_and_still_sees_no_people(cast: Cast) -> None:
    give(cast.administrator, cast.ana, Role.CASE_WORKER, cast.a.unit)
    assert not access.authority(cast.administrator.id).has(Permission.SEE_PEOPLE)
