"""What happened to a person, from the journal: as much of it as the reader's own units did."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from cobijo.accounts import access as authority
from cobijo.accounts.queries import names_of
from cobijo.accounts.types import Permission
from cobijo.core import journal, verbs
from cobijo.core.models import Outcome
from cobijo.core.personal import Purpose
from cobijo.people import access
from cobijo.people.identity.following import merged_of
from cobijo.people.models import Person

MOST: Final = 100

_CASE_WORK: Final = frozenset({Purpose.PROTECTION, Purpose.SECURITY})
"""What is done for these purposes, only case workers read."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: the verb and what it is called, when, by whom, in which unit's name."""

    op_id: UUID
    verb: str
    sentence: str
    at: datetime
    by: str
    unit: str


def timeline(actor: UUID, person_id: UUID) -> list[Entry]:
    """What happened to a person the actor may see, newest first, at most a hundred entries.

    Only what was done in the name of a unit where the actor sees people: a former site learns nothing of the next.
    """
    access.get_for(actor, Person, person_id)
    applied = Outcome.objects.filter(intent=OuterRef("pk"), kind=Outcome.Kind.APPLIED)
    sealed = [verb.name for verb in verbs.registry.values() if verb.purpose in _CASE_WORK]
    mine = Q(unit__in=authority.unit_ids(actor, Permission.SEE_PEOPLE)) & ~Q(verb__in=sealed)
    cases = Q(unit__in=authority.unit_ids(actor, Permission.CASE_WORK), verb__in=sealed)
    records = [person_id, *(one.pk for one in merged_of(person_id))]
    named = journal.of_subjects(records) if len(records) > 1 else journal.of_subject(person_id)
    rows = named.filter(mine | cases, Exists(applied)).order_by("-happened_at", "-id")
    found = list(rows.only("op_id", "verb", "happened_at", "actor", "unit")[:MOST])
    names = names_of(row.actor for row in found)
    units = authority.units(actor, Permission.SEE_PEOPLE).filter(pk__in={row.unit for row in found if row.unit})
    unit_names = dict(units.values_list("pk", "name"))
    return [
        Entry(
            row.op_id,
            row.verb,
            verbs.words_of(row.verb),
            row.happened_at,
            names.get(row.actor, ""),
            unit_names.get(row.unit, "") if row.unit else "",
        )
        for row in found
    ]
