"""Tokens: made once seen, bounded by what the account may, taken back."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from cobijo.accounts import access, queries, services
from cobijo.accounts.models import Account, Grant, Token
from cobijo.accounts.services.accounts import ENDS_IN_THE_PAST
from cobijo.accounts.services.tokens import LASTS_TOO_LONG, MORE_THAN_HELD, MOST, TOKEN_REVOKED, TOO_MANY_TOKENS
from cobijo.accounts.types import Permission, Role
from cobijo.core import clock, operations
from cobijo.core.errors import BAD_ARGUMENTS, NOT_FOUND, NOT_THIS_DOOR, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Segment
from cobijo.core.verbs import Door
from tests.cast import Cast, act, grant

FIGURES = (Permission.SEE_FIGURES,)


def make(who: Account, permissions: Sequence[Permission] = FIGURES, ends_at: datetime | None = None) -> Token:
    return services.make_token(
        act(who),
        token_id=uuid7(),
        label="hoja de cálculo",
        permissions=list(permissions),
        ends_at=ends_at or clock.now() + timedelta(days=30),
    )


def refusal(who: Account, permissions: Sequence[Permission] = FIGURES, ends_at: datetime | None = None) -> str:
    with pytest.raises(DomainError) as refused:
        make(who, permissions, ends_at)
    return refused.value.code


def test_the_secret_opens_the_account_it_was_made_for(cast: Cast) -> None:
    token = make(cast.diego)
    owner = queries.account_of_token(token.secret)
    assert owner is not None
    assert owner.account == cast.diego.id
    assert owner.permissions == frozenset(FIGURES)


def test_the_secret_is_kept_nowhere(cast: Cast) -> None:
    token = make(cast.diego)
    secret = token.secret.rpartition("_")[2]
    assert Token.objects.get(pk=token.pk).secret == ""
    kept = [str(row) for row in Token.objects.values_list()] + [str(row) for row in Intent.objects.values_list()]
    assert secret not in "".join(kept)
    assert not any(secret.encode() in bytes(row.sealed) for row in Segment.objects.all())


@pytest.mark.parametrize(
    "wrong", ["", "x", "cobijo_", "cobijo__", "Bearer {}", "{}x", "other_{}", "cobijo_0000000000_{}"]
)
def test_what_is_not_the_secret_opens_nothing(cast: Cast, wrong: str) -> None:
    token = make(cast.diego)
    assert queries.account_of_token(wrong.format(token.secret)) is None


def test_a_prefix_with_another_secret_opens_nothing(cast: Cast) -> None:
    one, other = make(cast.diego), make(cast.diego)
    assert queries.account_of_token(f"cobijo_{one.prefix}_{other.secret.split('_', 2)[2]}") is None


def test_it_ends_by_itself_and_with_its_account(cast: Cast) -> None:
    token = make(cast.diego)
    clock.move(timedelta(days=31))
    assert queries.account_of_token(token.secret) is None
    clock.move(timedelta())
    Account.objects.filter(pk=cast.diego.pk).update(ends_at=clock.now())
    assert queries.account_of_token(token.secret) is None


def test_its_authority_is_what_both_it_and_its_account_may(cast: Cast) -> None:
    make(cast.beto, FIGURES)
    with access.limited_to(cast.beto.id, FIGURES):
        assert access.holds(cast.beto.id, Permission.SEE_FIGURES, cast.a.id)
        assert not access.holds(cast.beto.id, Permission.SEE_PEOPLE, cast.a.id)
        assert access.holds(cast.ana.id, Permission.SEE_PEOPLE, cast.a.id)
    assert access.holds(cast.beto.id, Permission.SEE_PEOPLE, cast.a.id)
    Grant.objects.filter(account=cast.beto).update(ends_at=clock.now())
    with access.limited_to(cast.beto.id, FIGURES):
        assert not access.holds(cast.beto.id, Permission.SEE_FIGURES, cast.a.id)


def test_a_token_not_made_for_accounts_gives_no_role(cast: Cast) -> None:
    with access.limited_to(cast.administrator.id, [Permission.RUN_RESPONSE]):
        assert not access.gives(cast.administrator.id, Role.REGISTRAR, cast.a.id)
    with access.limited_to(cast.administrator.id, [Permission.ACCOUNTS]):
        assert access.gives(cast.administrator.id, Role.REGISTRAR, cast.a.id)


def test_within_one_reading_the_limit_is_not_mixed_up_with_the_account(cast: Cast) -> None:
    with access.one_reading():
        assert access.authority(cast.beto.id).has(Permission.SEE_PEOPLE)
        with access.limited_to(cast.beto.id, FIGURES):
            assert not access.authority(cast.beto.id).has(Permission.SEE_PEOPLE)
        assert access.authority(cast.beto.id).has(Permission.SEE_PEOPLE)


def test_nobody_lends_what_they_do_not_hold(cast: Cast) -> None:
    assert refusal(cast.diego, [Permission.SEE_PEOPLE]) == MORE_THAN_HELD.code
    assert refusal(cast.outsider) == MORE_THAN_HELD.code
    grant(cast.outsider, Role.ANALYST, cast.a.unit)
    assert make(cast.outsider)


def test_it_lasts_a_year_at_most_and_not_into_the_past(cast: Cast) -> None:
    assert refusal(cast.diego, ends_at=clock.now() + timedelta(days=400)) == LASTS_TOO_LONG.code
    assert refusal(cast.diego, ends_at=clock.now() - timedelta(days=1)) == ENDS_IN_THE_PAST.code
    assert refusal(cast.diego, []) == BAD_ARGUMENTS.code


def test_there_are_not_too_many_of_them(cast: Cast) -> None:
    for _ in range(MOST):
        token = make(cast.diego)
    assert refusal(cast.diego) == TOO_MANY_TOKENS.code
    services.revoke_token(act(cast.diego), token_id=token.id)
    assert make(cast.diego)


def test_a_token_cannot_make_a_token(cast: Cast) -> None:
    through_api = operations.act_of(cast.diego.id, Door.API)
    with pytest.raises(DomainError) as refused:
        services.make_token(
            through_api, token_id=uuid7(), label="x", permissions=list(FIGURES), ends_at=clock.now() + timedelta(1)
        )
    assert refused.value.code == NOT_THIS_DOOR.code


def test_taken_back_it_opens_nothing_at_once(cast: Cast) -> None:
    token = make(cast.diego)
    services.revoke_token(act(cast.diego), token_id=token.id)
    assert queries.account_of_token(token.secret) is None
    with pytest.raises(DomainError) as refused:
        services.revoke_token(act(cast.diego), token_id=token.id)
    assert refused.value.code == TOKEN_REVOKED.code


@pytest.mark.parametrize("who", ["administrator", "carla", "outsider"])
def test_only_its_owner_takes_it_back(cast: Cast, who: str) -> None:
    token = make(cast.diego)
    with pytest.raises(DomainError) as refused:
        services.revoke_token(act(getattr(cast, who)), token_id=token.id)
    assert refused.value.code == NOT_FOUND.code
