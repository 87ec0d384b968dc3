"""Who may know what a household said, and who may write it down."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.verbs import Act
from cobijo.people import sight
from cobijo.people.models import Membership
from cobijo.people.said.models import Collector, HouseholdSaid
from cobijo.people.types import HouseholdFactsIn


def _said(actor: UUID) -> Q:
    """Of people the actor may see, where they may see everybody of the household.

    How many a family said they are, beside fewer names, would tell that one is hidden, or has moved on.
    """
    present = Membership.objects.filter(person__voided_at=None, person__anonymous=False, ends_at=None)
    unseen = present.filter(~sight.people(actor, "person"), household=OuterRef("household"))
    return sight.people(actor, "person") & ~Q(Exists(unseen))


def _collectors(actor: UUID) -> Q:
    return sight.people(actor, "person")


visible_to, get_for = records.doors({HouseholdSaid: _said, Collector: _collectors})


def may_describe_household(act: Act, *, household_id: UUID, facts: HouseholdFactsIn) -> UUID | None:
    return _of_household(act.actor, household_id, facts.person_id)


def may_name_collector(act: Act, *, household_id: UUID, person_id: UUID, **_: Any) -> UUID | None:
    return _of_household(act.actor, household_id, person_id)


def may_end_collector(act: Act, *, collector_id: UUID) -> UUID | None:
    collector = get_for(act.actor, Collector, collector_id)
    return sight.unit_holding(act.actor, collector.person_id, Permission.REGISTER)


def _of_household(actor: UUID, household: UUID, person: UUID) -> UUID | None:
    sight.require_held_household(actor, household)
    return sight.unit_holding(actor, person, Permission.REGISTER)
