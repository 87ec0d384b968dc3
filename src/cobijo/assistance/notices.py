"""Who is told that formula, bottles or teats came or went: health workers and whoever manages the site."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext_lazy as _

from cobijo.accounts import services as accounts
from cobijo.accounts.queries import accounts_holding
from cobijo.accounts.types import Permission
from cobijo.assistance import catalogue
from cobijo.assistance.models import StoreSlip
from cobijo.assistance.types import LineIn, SlipKind

RECEIVED: Final = accounts.declare_notice(
    "assistance.formula_received",
    _(
        "{unit} received infant formula, bottles or teats (slip {slip}). Formula goes only to infants whom a health "
        "worker has assessed; bottles and teats go to nobody: cups are used."
    ),
)
GIVEN: Final = accounts.declare_notice(
    "assistance.formula_given",
    _(
        "Infant formula, bottles or teats were given out at {unit} (slip {slip}). Make sure that it was for infants "
        "whom a health worker has assessed."
    ),
)
_TOLD: Final = {SlipKind.RECEIVED: RECEIVED, SlipKind.GIVEN: GIVEN}


def tell_of_formula(slip: StoreSlip, lines: Iterable[LineIn]) -> None:
    """Tell of a slip that has any of these on it; a count or a loss tells nobody."""
    code = _TOLD.get(SlipKind(slip.kind))
    if code is None or not any(catalogue.items()[line.item].told for line in lines):
        return
    told = {
        *accounts_holding(Permission.HEALTH, slip.site_id),
        *accounts_holding(Permission.MANAGE_SITE, slip.site_id),
    }
    accounts.tell(told, code, unit=slip.site_id, slip=slip.code)
