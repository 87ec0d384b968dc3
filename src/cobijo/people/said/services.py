"""The verbs about what a household says: describe it, name and end who may receive for it."""

from collections.abc import Collection
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms import text
from cobijo.core import rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, SUBJECT, About, Act, verb
from cobijo.people.cards import finding
from cobijo.people.cards.models import Card
from cobijo.people.cards.refusals import CARD_ENDED
from cobijo.people.cards.types import CardText
from cobijo.people.models import Household, Membership
from cobijo.people.refusals import COLLECTOR_ENDED, COLLECTORS_MANY, FACTS_OF_NOBODY, NO_MEMBER, NO_WORDS
from cobijo.people.said.models import Collector, HouseholdSaid
from cobijo.people.types import Flag, HouseholdFactsIn, Name

MOST: Final = 3
"""Who may receive for one household at a time: enough for a neighbour and a relative, few enough to know them."""


@verb(
    "people.describe_household",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Household described"),
)
def describe_household(act: Act, *, household_id: UUID, facts: HouseholdFactsIn) -> HouseholdSaid:
    """Write down what a household says of itself: it counts until something newer is said.

    Said late, after something newer, it is kept beside that and flagged.
    """
    _require_member(household_id, facts.person_id, FACTS_OF_NOBODY.about("facts.person_id"))
    household = Household.objects.select_for_update().get(pk=household_id)
    before = household.said.filter(voided_at=None).first()
    said = draft(act, household_id, facts)
    if before is not None and before.said_at > act.happened_at:
        flag(Flag.DESCRIBED_SINCE, household=household_id)
        said.voided_at = current().recorded_at
    elif before is not None:
        rows.change(before, voided_at=current().recorded_at)
    return rows.add(said)


def begin(act: Act, household_id: UUID, facts: HouseholdFactsIn, members: Collection[UUID]) -> None:
    """Write down what a household says that is being registered by an act under way."""
    if facts.person_id not in members:
        raise FACTS_OF_NOBODY.about("facts.person_id")
    rows.add(draft(act, household_id, facts))


def draft(act: Act, household_id: UUID, facts: HouseholdFactsIn) -> HouseholdSaid:
    """The row of what was said, not yet written."""
    return HouseholdSaid(
        id=facts.said_id,
        household_id=household_id,
        person_id=facts.person_id,
        size_said=facts.size_said,
        here_said=facts.here_said,
        animals=facts.animals,
        animals_said=text.clean(facts.animals_said),
        informed_by=facts.informed_by,
        filled_by=text.clean(facts.filled_by),
        explained_in=facts.explained_in or "",
        said_at=act.happened_at,
    )


@verb(
    "people.name_collector",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={
        "person_id": SUBJECT,
        "name": About("person_id", Category.IDENTITY),
        "card": About("person_id", Category.IDENTITY),
    },
    says=_("Somebody may receive for the household"),
)
def name_collector(
    act: Act,
    *,
    collector_id: UUID,
    household_id: UUID,
    person_id: UUID,
    name: Annotated[Name, Field(min_length=1)],
    card: CardText | None = None,
) -> Collector:
    """Say who may receive for a household beside its members, and the card they show. ``person_id``: who said so."""
    _require_member(household_id, person_id, NO_MEMBER.about("person_id"))
    if not text.clean(name):
        raise NO_WORDS.about("name")
    household = Household.objects.select_for_update().get(pk=household_id)
    if household.collectors.filter(ends_at=None).count() >= MOST and not is_late():
        raise COLLECTORS_MANY.about("name", limit=MOST)
    return rows.add(
        Collector(
            id=collector_id,
            household=household,
            person_id=person_id,
            name=text.clean(name),
            card=_shown(act, card) if card else None,
            starts_at=act.happened_at,
        )
    )


def _shown(act: Act, card: str) -> Card:
    """The card of this code or number; one that counts no more names nobody."""
    found = finding.seen(act.actor, card)
    if found.ended_at is not None:
        raise CARD_ENDED.about("card")
    return found


@verb(
    "people.end_collector",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Somebody receives for the household no more"),
)
def end_collector(act: Act, *, collector_id: UUID) -> Collector:
    """Say that somebody receives nothing for a household from now on."""
    collector = Collector.objects.select_for_update().get(pk=collector_id)
    if collector.ends_at is not None:
        if is_late():  # somebody was quicker to say the same
            return collector
        raise COLLECTOR_ENDED()
    return rows.change(collector, ends_at=max(act.happened_at, collector.starts_at))


def _require_member(household: UUID, person: UUID, refusal: Exception) -> None:
    """Refuse now who belongs to another household; late, they may have moved since."""
    if not is_late() and not Membership.objects.filter(household=household, person=person, ends_at=None).exists():
        raise refusal
