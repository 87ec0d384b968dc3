"""Taking a record out, and forgetting a person."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core import clock, erasure, rows
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, PLAIN, SUBJECT, Act, Door, verb
from cobijo.people import hooks, index
from cobijo.people.models import Membership, Person
from cobijo.people.types import EraseGround, VoidReason

Ground = Annotated[EraseGround, Field(strict=False)]


@verb(
    "people.void_person",
    kind=DECISION,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT, "reason": PLAIN},
    says=_("Record taken out"),
)
def void_person(act: Act, *, person_id: UUID, reason: VoidReason) -> None:
    """Take out a record that should not be: entered by mistake, or twice. Nobody sees or finds it any more."""
    hooks.voiding(person_id)
    person = Person.objects.select_for_update().get(pk=person_id)
    rows.change(person, voided_at=clock.now(), void_reason=reason)
    for membership in Membership.objects.filter(person=person, ends_at=None):
        rows.change(membership, ends_at=max(act.happened_at, membership.starts_at))
    index.take_out(person)


@verb(
    "people.erase_person",
    kind=DECISION,
    doors=frozenset({Door.COMMAND}),
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"person_id": SUBJECT, "ground": PLAIN},
    says=_("Person erased"),
)
def erase_person(act: Act, *, person_id: UUID, ground: Ground) -> None:
    """Forget a person: rows, key and journal segments are destroyed, figures stay whole.

    What deleted rows leave in the database's files goes when ``core.erasure.scrub_database`` runs after the commit, as
    the command ``cobijo erase`` does.
    """
    erasure.erase(person_id, act.actor)
