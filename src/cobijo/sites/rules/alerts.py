"""Who is told of what happened at a site: in ids and numbers, so that a notice shows nobody more than they may see."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts import services as accounts
from cobijo.accounts.queries import accounts_holding
from cobijo.accounts.types import Permission
from cobijo.core.models import Outcome
from cobijo.sites.models import Site, Stay
from cobijo.sites.refusals import CHILD_ALONE

CHILD_GONE: Final = accounts.declare_notice(
    "sites.child_gone", _("A child left {unit} without an adult of their household. Find out where the child is.")
)
CHILD_LEAVING: Final = accounts.declare_notice(
    "sites.child_leaving",
    _("An entry from {unit} says that a child left without an adult of their household. It is held for review."),
)
SECOND_STAY: Final = accounts.declare_notice(
    "sites.second_stay", _("A stay at {unit} is to be confirmed: the person is registered at another site of yours.")
)


def protectors(unit: UUID) -> set[UUID]:
    """Whoever manages a site, and its child-protection officers."""
    return {*accounts_holding(Permission.MANAGE_SITE, unit), *accounts_holding(Permission.CHILD_CASES, unit)}


def tell_child_gone(site: Site, stay: Stay) -> None:
    """A child is gone without an adult of their household."""
    accounts.tell(protectors(site.pk), CHILD_GONE, unit=site.pk, stay=stay.id)


def tell_disputed(site: Site, stays: Sequence[Stay]) -> None:
    """Only whoever manages every site a person is registered at learns that there is another."""
    for stay in stays:
        others = Stay.objects.filter(person=stay.person_id, disputed=False, voided_at=None, out_at=None)
        units = {site.pk, *others.exclude(in_at=None).values_list("site_id", flat=True)}
        both = set.intersection(*(set(accounts_holding(Permission.MANAGE_SITE, unit)) for unit in units))
        accounts.tell(both if len(units) > 1 else (), SECOND_STAY, unit=site.pk, stay=stay.id)


def tell_held(outcome: Outcome) -> None:
    """A late entry by which a child left alone is held, and nobody may wait for the inbox to hear of it."""
    unit = outcome.intent.unit
    if outcome.code == CHILD_ALONE.code and unit is not None:
        accounts.tell(protectors(unit), CHILD_LEAVING, unit=unit, entry=outcome.intent.op_id)
