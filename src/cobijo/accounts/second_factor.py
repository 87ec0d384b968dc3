"""What is asked of an account beyond its password, by its roles, and whether a session has shown it."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest

from cobijo.accounts import access
from cobijo.accounts.models import Account
from cobijo.accounts.types import ROLES

CODES: Final = Authenticator.Type.TOTP
KINDS: Final = (CODES, Authenticator.Type.WEBAUTHN)
_JUST_SET_UP: Final = "accounts.second_factor"
IDLE_MINUTES_WITHOUT_ROLE: Final = 30


@dataclass(frozen=True, slots=True)
class Demand:
    """The strictest of what an account's roles ask for."""

    second_factor: bool
    idle_minutes: int


def demand_on(account: UUID) -> Demand:
    """What the account's roles, held or given, ask for together."""
    rules = [ROLES[role] for role in access.authority(account).roles()]
    return Demand(
        second_factor=any(rule.second_factor for rule in rules),
        idle_minutes=min((rule.idle_minutes for rule in rules), default=IDLE_MINUTES_WITHOUT_ROLE),
    )


def factors_of(account: UUID) -> list[Authenticator]:
    """The second factors an account has set up; spare codes are none by themselves."""
    return list(set_up_by(account).order_by("created_at"))


def set_up_by(account: OuterRef | UUID) -> QuerySet[Authenticator]:
    """The same as a query; with an outer reference, for a list of accounts."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=account, type__in=KINDS)
    return found


def is_needed(account: UUID, authenticator: Authenticator) -> bool:
    """Whether the account's roles demand a second factor and it has no other than this one."""
    others = [factor for factor in factors_of(account) if factor.pk != authenticator.pk]
    return demand_on(account).second_factor and not others


def was_shown(request: HttpRequest, user: Account) -> bool:
    """Whether this account's second factor was used in this session, or set up in it."""
    records = get_authentication_records(request, user)
    if any(record.get("method") == "mfa" for record in records):
        return True
    return bool(request.session.get(_JUST_SET_UP) == str(user.pk))


def note_set_up(request: HttpRequest, user: Any) -> None:
    """Remember that this session has just set up a second factor, and so has shown it."""
    request.session[_JUST_SET_UP] = str(user.pk)
