"""Roles given and taken back."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pydantic import AwareDatetime

from cobijo.accounts import access
from cobijo.accounts.models import Grant, Reach
from cobijo.accounts.services.accounts import ALREADY_CLOSED, check_end, locked
from cobijo.accounts.types import Role
from cobijo.core import clock, rows
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, SUBJECT, Act, verb

OUTLIVES_RIGHT = Refusal(
    "accounts.outlives_right",
    _("Your own right to give this role ends before that. Choose an earlier day, or ask a colleague."),
    Ground.PERMISSION,
)
GRANTED_ALREADY = Refusal(
    "accounts.granted_already", _("This account has that role here already, for at least as long. Nothing is missing.")
)
GRANT_ENDED = Refusal("accounts.grant_ended", _("This role has ended already. Reload the page."))


@verb(
    "accounts.grant_role",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT, "role": PLAIN, "giving": PLAIN, "ends_at": PLAIN},
    says=_("Role given"),
)
def grant_role(
    act: Act,
    *,
    grant_id: UUID,
    account_id: UUID,
    role: Role,
    unit_id: UUID,
    giving: bool = False,
    ends_at: AwareDatetime | None = None,
) -> Grant:
    """Give a role in a unit and all below it; with ``giving``, the right to give that role there, without the role."""
    account = locked(act, account_id)
    if not account.is_open:
        raise ALREADY_CLOSED()
    check_end(ends_at)
    check_own_right(act.actor, role, unit_id, ends_at)
    same = access.grants_in_force().filter(account=account, role=role, unit=unit_id, giving=giving)
    if same.filter(_lasts(ends_at)).exists():
        raise GRANTED_ALREADY()
    return rows.add(
        Grant(
            id=grant_id,
            account=account,
            role=role,
            unit_id=unit_id,
            giving=giving,
            starts_at=clock.now(),
            ends_at=ends_at,
            given_by=act.actor,
        )
    )


@verb(
    "accounts.end_grant",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Role ended"),
)
def end_grant(act: Act, *, grant_id: UUID) -> Grant:
    """Take a role back, or give up one's own. What was done under it stands."""
    grant = Grant.objects.select_for_update().get(pk=grant_id)
    now = clock.now()
    if grant.ends_at is not None and grant.ends_at <= now:
        raise GRANT_ENDED()
    return rows.change(grant, ends_at=max(now, grant.starts_at))


def _lasts(ends_at: datetime | None) -> Q:
    return Q(ends_at=None) if ends_at is None else Q(ends_at=None) | Q(ends_at__gte=ends_at)


def check_own_right(actor: UUID, role: Role, unit: UUID, ends_at: datetime | None) -> None:
    """Refuse what would end later than one's own right to give it."""
    if access.authority(actor).command_line:
        return
    above = Reach.objects.filter(below=unit).values("above")
    rights = access.grants_in_force().filter(account=actor, role=role, giving=True, unit__in=above)
    if not rights.filter(_lasts(ends_at)).exists():
        raise OUTLIVES_RIGHT.about("ends_at")
