"""Tokens for programs: made by the account they speak for, bounded, revocable."""

from datetime import timedelta
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime, Field, StringConstraints

from cobijo.accounts import access, tokens
from cobijo.accounts.models import Token
from cobijo.accounts.services.accounts import check_end
from cobijo.accounts.types import Permission
from cobijo.core import clock, rows
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, Act, Door, verb

AT_A_DESK: Final = frozenset({Door.DESK, Door.COMMAND})
"""A token cannot make a token: what was lent would outlive its taking back."""
LONGEST: Final = timedelta(days=366)
MOST: Final = 20

MORE_THAN_HELD = Refusal(
    "accounts.more_than_held",
    _("A token cannot do more than you may. Leave out what your roles do not include."),
    Ground.PERMISSION,
)
LASTS_TOO_LONG = Refusal(
    "accounts.token_lasts_too_long", _("A token lasts a year at most. Choose an earlier day."), Ground.INPUT
)
TOO_MANY_TOKENS = Refusal(
    "accounts.too_many_tokens", _("You have {most} tokens in use. Revoke one that is no longer needed."), Ground.LIMIT
)
TOKEN_REVOKED = Refusal("accounts.token_revoked", _("This token is revoked already. Reload the page."))


@verb(
    "accounts.make_token",
    kind=DECISION,
    doors=AT_A_DESK,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"label": PLAIN, "permissions": PLAIN, "ends_at": PLAIN},
    says=_("Token made"),
)
def make_token(
    act: Act,
    *,
    token_id: UUID,
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)],
    permissions: Annotated[list[Permission], Field(min_length=1, max_length=len(Permission))],
    ends_at: AwareDatetime,
) -> Token:
    """Make a token for a program that acts in one's name. Its secret is on the result, this once, and kept nowhere."""
    check_end(ends_at)
    now = clock.now()
    if ends_at > now + LONGEST:
        raise LASTS_TOO_LONG.about("ends_at")
    if set(permissions) - access.authority(act.actor).permissions():
        raise MORE_THAN_HELD.about("permissions")
    if Token.objects.filter(account=act.actor, revoked_at=None, ends_at__gt=now).count() >= MOST:
        raise TOO_MANY_TOKENS(most=MOST)
    parts = tokens.new()
    token = Token(
        id=token_id,
        account_id=act.actor,
        label=label,
        prefix=parts.prefix,
        digest=parts.digest,
        permissions=sorted(set(permissions)),
        made_at=now,
        ends_at=ends_at,
    )
    rows.add(token)
    token.secret = parts.whole
    return token


@verb(
    "accounts.revoke_token",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Token revoked"),
)
def revoke_token(act: Act, *, token_id: UUID) -> Token:
    """Take a token back at once."""
    token = Token.objects.select_for_update().get(pk=token_id)
    if token.revoked_at is not None:
        raise TOKEN_REVOKED()
    return rows.change(token, revoked_at=clock.now())
