"""Making an account."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts import access, services
from cobijo.accounts.models import Account
from cobijo.accounts.services.accounts import (
    BAD_EMAIL,
    BAD_USERNAME,
    ENDS_IN_THE_PAST,
    UNKNOWN_LANGUAGE,
    USERNAME_TAKEN,
)
from cobijo.accounts.types import AccountIn
from cobijo.core import clock, journal
from cobijo.core.errors import BAD_ARGUMENTS, NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from tests.cast import Cast, act


def make(who: Account, unit: UUID, ends_at: Any = None, **given: Any) -> Account:
    fixed: dict[str, Any] = {"account_id": uuid7(), "username": "ines", "name": "Inés Cúmez"}
    new = AccountIn(**fixed | given)
    return services.create_account(act(who), account=new, unit_id=unit, ends_at=ends_at)


def refusal(who: Account, unit: UUID, ends_at: Any = None, **given: Any) -> DomainError:
    with pytest.raises(DomainError) as refused:
        make(who, unit, ends_at, **given)
    return refused.value


def test_an_administrator_makes_one_that_cannot_sign_in_yet_and_may_nothing(cast: Cast) -> None:
    made = make(cast.administrator, cast.a.id, username=" Ines.C ", email="Ines@Example.org")
    found = Account.objects.get(pk=made.id)
    assert (found.username, found.email, found.language) == ("ines.c", "ines@example.org", "es")
    assert found.unit_id == cast.a.id
    assert not found.has_usable_password()
    assert access.authority(found.id).grants == ()


def test_the_name_stands_in_the_journal_only_sealed(cast: Cast) -> None:
    make(cast.administrator, cast.a.id)
    intent = Intent.objects.get(verb="accounts.create_account")
    assert "Cúmez" not in intent.arguments
    assert journal.arguments_of(intent)["account"]["name"] == "Inés Cúmez"


def test_others_may_not(cast: Cast) -> None:
    assert refusal(cast.beto, cast.a.id).code == NOT_ALLOWED.code
    assert refusal(cast.carla, cast.a.id).code == NOT_FOUND.code
    assert refusal(cast.outsider, cast.a.id).code == NOT_FOUND.code


def test_a_user_name_is_had_once_however_it_is_written(cast: Cast) -> None:
    error = refusal(cast.administrator, cast.a.id, username="ANA")
    assert error.code == USERNAME_TAKEN.code
    assert "account.username" in error.fields


@pytest.mark.parametrize("username", ["i", "inés", "1ines", "ines cumez", "ines@example.org", "i" * 41])
def test_a_user_name_can_be_typed_on_any_keyboard(cast: Cast, username: str) -> None:
    assert refusal(cast.administrator, cast.a.id, username=username).code == BAD_USERNAME.code


def test_two_people_may_share_an_e_mail(cast: Cast) -> None:
    made = make(cast.administrator, cast.a.id, email=cast.ana.email)
    assert made.email == cast.ana.email


def test_what_does_not_fit_is_said_beside_its_field(cast: Cast) -> None:
    assert refusal(cast.administrator, cast.a.id, email="ines@").code == BAD_EMAIL.code
    assert refusal(cast.administrator, cast.a.id, language="xx").code == UNKNOWN_LANGUAGE.code
    assert refusal(cast.administrator, cast.a.id, name="  ").code == BAD_ARGUMENTS.code


def test_an_end_lies_ahead(cast: Cast) -> None:
    past = clock.now() - timedelta(minutes=1)
    assert refusal(cast.administrator, cast.a.id, past).code == ENDS_IN_THE_PAST.code
    made = make(cast.administrator, cast.a.id, clock.now() + timedelta(days=7))
    assert made.is_open
    clock.move(timedelta(days=8))
    assert not made.is_open


def test_sent_twice_it_is_made_once(cast: Cast) -> None:
    once = act(cast.administrator)
    new = AccountIn(account_id=uuid7(), username="ines", name="Inés Cúmez")
    first = services.create_account(once, account=new, unit_id=cast.a.id)
    again = services.create_account(once, account=new, unit_id=cast.a.id)
    assert first == again
    assert Account.objects.filter(username="ines").count() == 1
