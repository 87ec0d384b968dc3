"""Accounts: made, corrected, closed."""

import re
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from cobijo.accounts import access
from cobijo.accounts.devices.models import Badge, Pin
from cobijo.accounts.devices.types import BadgeEnd
from cobijo.accounts.models import Account, Grant, Token
from cobijo.accounts.types import AccountIn, Email, Language, PersonalName
from cobijo.core import clock, rows
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, SUBJECT, About, Act, verb

BAD_USERNAME = Refusal(
    "accounts.bad_username",
    _("A user name has 2 to 40 small letters without accents, digits, dots or dashes, and begins with a letter."),
    Ground.INPUT,
)
USERNAME_TAKEN = Refusal(
    "accounts.username_taken",
    _("Another account has this user name. Add a second surname or a number."),
)
BAD_EMAIL = Refusal(
    "accounts.bad_email",
    _("This is not a whole e-mail address. Write it like nombre@example.org, or leave it empty."),
    Ground.INPUT,
)
UNKNOWN_LANGUAGE = Refusal(
    "accounts.unknown_language", _("The pages do not exist in this language. Choose one of the list."), Ground.INPUT
)
ENDS_IN_THE_PAST = Refusal(
    "accounts.ends_in_the_past", _("This day has passed already. Choose a later one."), Ground.INPUT
)
ALREADY_CLOSED = Refusal(
    "accounts.already_closed", _("This account is closed already. Nothing more can be done with it.")
)

_USERNAME: Final = re.compile(r"[a-z][a-z0-9._-]{1,39}")


@verb(
    "accounts.create_account",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"ends_at": PLAIN},
    says=_("Account made"),
)
def create_account(act: Act, *, account: AccountIn, unit_id: UUID, ends_at: AwareDatetime | None = None) -> Account:
    """Make an account that a unit answers for; it has no password until its one-use link is followed.

    The unit is the one whose managers may close it and let it back in; it gives no right there.
    """
    _check_username(account.username)
    _check_email(account.email, "account.email")
    check_language(account.language, "account.language")
    check_end(ends_at)
    new = Account(
        id=account.account_id,
        username=account.username,
        name=account.name,
        email=account.email,
        language=account.language,
        unit_id=unit_id,
        made_at=clock.now(),
        ends_at=ends_at,
    )
    new.set_unusable_password()
    return rows.add(new)


@verb(
    "accounts.change_account",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={
        "account_id": SUBJECT,
        "name": About("account_id", Category.IDENTITY),
        "email": About("account_id", Category.CONTACT),
        "ends_at": PLAIN,
    },
    says=_("Account corrected"),
)
def change_account(
    act: Act, *, account_id: UUID, name: PersonalName, email: Email, ends_at: AwareDatetime | None
) -> Account:
    """Correct the name and the e-mail of an account, or the moment it ends; nobody moves their own end."""
    account = locked(act, account_id)
    _check_email(email, "email")
    if ends_at != account.ends_at:
        if account.id == act.actor:
            raise access.TO_ONESELF.about("ends_at")
        check_end(ends_at)
    return rows.change(account, name=name, email=email, ends_at=ends_at)


@verb(
    "accounts.choose_language",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"language": PLAIN},
    says=_("Language chosen"),
)
def choose_language(act: Act, *, language: Language) -> Account:
    """Choose the language of one's own pages."""
    check_language(language, "language")
    return rows.change(locked(act, act.actor), language=language)


@verb(
    "accounts.close_account",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT},
    says=_("Account closed"),
)
def close_account(act: Act, *, account_id: UUID) -> Account:
    """Close an account for good: its grants, tokens, badge, PIN and sessions end with it."""
    account = locked(act, account_id)
    now = clock.now()
    for grant in Grant.objects.filter(account=account, ends_at=None):
        rows.change(grant, ends_at=max(now, grant.starts_at))
    for token in Token.objects.filter(account=account, revoked_at=None):
        rows.change(token, revoked_at=now)
    for badge in Badge.objects.filter(account=account, ended_at=None):
        rows.change(badge, ended_at=now, end_reason=BadgeEnd.LEFT)
    rows.remove(Pin.objects.filter(account=account))
    return rows.change(account, is_active=False, session_round=account.session_round + 1)


def locked(act: Act, account_id: UUID) -> Account:
    """The account the actor sees, locked until the act is done. Raises NOT_FOUND, or ALREADY_CLOSED."""
    access.get_for(act.actor, Account, account_id)
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.is_active:
        raise ALREADY_CLOSED()
    return account


def check_end(ends_at: datetime | None) -> None:
    """Refuse an end that has passed."""
    if ends_at is not None and ends_at <= clock.now():
        raise ENDS_IN_THE_PAST.about("ends_at")


def check_language(language: str, field: str) -> None:
    """Refuse a language the pages do not exist in."""
    if language not in dict(settings.LANGUAGES):
        raise UNKNOWN_LANGUAGE.about(field)


def _check_username(username: str) -> None:
    if not _USERNAME.fullmatch(username):
        raise BAD_USERNAME.about("account.username")
    if Account.objects.filter(username=username).exists():
        raise USERNAME_TAKEN.about("account.username")


def _check_email(email: str, field: str) -> None:
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise BAD_EMAIL.about(field) from error
