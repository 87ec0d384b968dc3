"""Helping an account back in: a new password by a one-use link, the second factor set up anew."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access, notices, queries
from cobijo.accounts.models import Account, Notice
from cobijo.accounts.services.accounts import locked
from cobijo.accounts.types import Permission
from cobijo.core import clock, rows
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, SUBJECT, Act, verb

APART: Final = timedelta(days=7)
"""Within this time one person may not do both halves of taking an account over."""

OTHER_HALF = Refusal(
    "accounts.other_half",
    _(
        "You did the other half of letting this person back in within the last seven days. A colleague does this half, "
        "so that nobody can take over an account alone."
    ),
    Ground.PERMISSION,
)


@verb(
    "accounts.renew_password",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT},
    says=_("Password ended, new link handed out"),
)
def renew_password(act: Act, *, account_id: UUID) -> Account:
    """End an account's password and sessions; a new one is set by its one-use link (``passwords.link_path``)."""
    account = locked(act, account_id)
    _ask_other_hands(act, account, notices.SECOND_FACTOR_RESET)
    account.set_unusable_password()
    rows.change(account, password=account.password, session_round=account.session_round + 1)
    _tell(act, account, notices.PASSWORD_RENEWED)
    return account


@verb(
    "accounts.reset_second_factor",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT},
    says=_("Second factor forgotten"),
)
def reset_second_factor(act: Act, *, account_id: UUID) -> Account:
    """Forget an account's second factor and end its sessions; at the next sign-in it sets up another."""
    account = locked(act, account_id)
    _ask_other_hands(act, account, notices.PASSWORD_RENEWED)
    rows.remove(Authenticator.objects.filter(user=account))
    rows.change(account, session_round=account.session_round + 1)
    _tell(act, account, notices.SECOND_FACTOR_RESET)
    return account


def _ask_other_hands(act: Act, account: Account, other_half: str) -> None:
    if access.authority(act.actor).command_line:
        return
    lately = Notice.objects.filter(account=account, code=other_half, at__gt=clock.now() - APART)
    if lately.filter(about__by=str(act.actor)).exists():
        raise OTHER_HALF()


def _tell(act: Act, account: Account, code: str) -> None:
    """The account itself, and who audits the unit that answers for it."""
    auditors = queries.accounts_holding(Permission.AUDIT, account.unit_id) if account.unit_id else []
    notices.tell({account.id, *auditors}, code, by=act.actor, account=account.id)


# --- the demonstration -----------------------------------------------------------------------------------------------


def open_for_demonstration(account_id: UUID, password: str) -> None:
    """Give an account a known password and a second factor whose code is the demonstration's.

    Raises ImproperlyConfigured outside debug and demonstration, where such a door must never stand.
    """
    if not (settings.DEBUG and settings.DEMO):
        raise ImproperlyConfigured("Known sign-ins are made only for a demonstration in debug.")
    account = Account.objects.get(pk=account_id)
    account.set_password(password)
    account.save(update_fields=["password"])
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    Authenticator.objects.get_or_create(
        user=account, type=Authenticator.Type.TOTP, defaults={"data": {"secret": secret}}
    )
