"""Who something can be given to: a colleague who works at the site."""

from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts.queries import accounts_holding, names_of
from cobijo.accounts.types import Permission
from cobijo.core.errors import Ground, Refusal

OWNER_ELSEWHERE = Refusal(
    "sites.owner_elsewhere",
    _("Nobody of this account works at the site. Choose a colleague from the list."),
    Ground.INPUT,
)
WORKING: Final = (
    Permission.MANAGE_SITE,
    Permission.STAY,
    Permission.CASE_WORK,
    Permission.KEEP_STORE,
    Permission.HEALTH,
)


def owners_at(site: UUID) -> list[tuple[UUID, str]]:
    """The colleagues of a site something can be given to, by name."""
    found = {account for permission in WORKING for account in accounts_holding(permission, site)}
    return sorted(names_of(found).items(), key=lambda one: one[1])


def check(owner: UUID | None, site: UUID, field: str) -> None:
    """Refuse somebody who does not work at the site, and an account there is not, alike."""
    if owner is not None and owner not in {account for account, _name in owners_at(site)}:
        raise OWNER_ELSEWHERE.about(field)
