"""How the tests of signing in type what a person types."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.test import Client

from cobijo.accounts.models import Account
from tests.cast import PASSWORD, sign_in

LOGIN = "/accounts/login/"
CODE = "/accounts/2fa/authenticate/"


def give_password(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> Any:
    """Type user name or e-mail and password."""
    return client.post(LOGIN, {"login": login, "password": password}, **extra)


def with_codes(who: Account) -> Authenticator:
    """The account's TOTP, set up."""
    sign_in(who)
    found: Authenticator = Authenticator.objects.get(user=who, type=Authenticator.Type.TOTP)
    return found


def code_of(totp: Authenticator) -> str:
    """What the phone shows now."""
    return code_from(decrypt(totp.data["secret"]))


def code_from(secret: str) -> str:
    """What a phone with this secret shows now."""
    now = sorted(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, now[len(now) // 2]))


def grow_old(client: Client, seconds: float, *names: str) -> None:
    """Put moments that a session remembers into the past."""
    session = client.session
    for name in names:
        session[name] = time.time() - seconds
    session.save()
