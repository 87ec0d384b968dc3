"""What is asked about pairs and merges: the queue side by side, and what making one, or two again, would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cobijo.accounts.queries import names_of
from cobijo.core import images, owncopy, records
from cobijo.core import wording as core_wording
from cobijo.core.errors import DomainError
from cobijo.core.models import Intent
from cobijo.people import hooks, sight
from cobijo.people.identity import access, fates, pairing, scoring, services
from cobijo.people.identity import wording as words
from cobijo.people.identity.facts import Beside, facts_of, side_by_side
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.refusals import ONE_RECORD
from cobijo.people.identity.types import Contradiction, FoundBy, MergeState, Outlook, PairState
from cobijo.people.models import Person
from cobijo.people.queries.records import PersonLine, line_of

AT_ONCE: Final = 10
"""Pairs of one page of the queue: what somebody can look at before a pause."""
WAITING: Final = (PairState.OPEN, PairState.UNSURE)


# --- pairs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one compared field says, in words, and its weight in bits: above nought for one person, below for two.

    ``otherwise``: it counts as the same and is written in another way.
    """

    field: str
    level: str
    bits: float
    otherwise: bool = False

    @property
    def against(self) -> bool:
        return self.bits < 0

    @property
    def signed(self) -> str:
        """The bits as the language in force writes them, with their sign."""
        return f"{'−' if self.against else '+'}{core_wording.number(abs(self.bits))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    """Two records beside each other. ``older``: which was registered first, and is kept if nobody says otherwise."""

    first: PersonLine
    second: PersonLine
    older: UUID
    facts: tuple[Beside, ...]
    evidence: tuple[Evidence, ...]

    @property
    def lines(self) -> tuple[PersonLine, PersonLine]:
        return self.first, self.second

    @property
    def alike(self) -> tuple[Beside, ...]:
        """What both say, of what is compared."""
        return tuple(one for one in self.facts if one.alike)

    @property
    def for_one(self) -> tuple[Evidence, ...]:
        """What speaks for one person."""
        return tuple(one for one in self.evidence if not one.against)

    @property
    def for_two(self) -> tuple[Evidence, ...]:
        """What speaks for two people."""
        return tuple(one for one in self.evidence if one.against)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow(Both):
    """A pair as it is judged, by whom and when if it was."""

    id: UUID
    probability: int
    state: PairState
    found_by: FoundBy
    found_at: datetime
    judged_by: str
    judged_at: datetime | None

    @property
    def percent(self) -> str:
        """The probability in per cent, as far as it says something; nothing is wholly sure."""
        shown = min(self.probability, 999) / 10
        return f"{shown:.0f}" if 1 <= shown <= 99 else f"{shown:.1f}"

    @property
    def found_word(self) -> str:
        return str(self.found_by.label)

    @property
    def state_word(self) -> str:
        return str(self.state.label)


def pairs_for(actor: UUID, state: PairState = PairState.OPEN, limit: int = AT_ONCE) -> list[PairRow]:
    """Pairs in a state that the actor may judge, not those that wait for a second person.

    The surest first; of those somebody has judged, the newest.
    """
    order = ("-probability", "found_at", "pk") if state is PairState.OPEN else ("-judged_at", "pk")
    found = _not_asked(actor).filter(state=state).select_related(*_BOTH).order_by(*order)
    return _rows(actor, list(found[:limit]))


def pair_for(actor: UUID, *pair_ids: UUID) -> list[PairRow]:
    """These pairs, those that the actor may judge, in the order given."""
    judgeable = _not_asked(actor).exclude(state=PairState.SAME)
    found = {one.pk: one for one in judgeable.filter(pk__in=pair_ids).select_related(*_BOTH)}
    return _rows(actor, [found[one] for one in pair_ids if one in found])


def count_pairs(actor: UUID) -> dict[PairState, int]:
    """How many pairs of each state the actor may judge."""
    found = dict(_waiting(actor).values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in WAITING}


def pairs_of(actor: UUID, person_id: UUID) -> list[PersonLine]:
    """The people whose record may be this person's too, by pairs that wait for a verdict."""
    found = _waiting(actor).filter(Q(first=person_id) | Q(second=person_id)).select_related("first", "second")
    return [
        line_of(pair.second if pair.first_id == person_id else pair.first)
        for pair in found.order_by("-probability", "pk")[:AT_ONCE]
    ]


def beside(actor: UUID, kept_id: UUID, gone_id: UUID) -> Both:
    """Two people the actor holds, side by side; raises NOT_FOUND for any other."""
    sight.require_held(actor, {kept_id, gone_id})
    people = Person.objects.select_related("origin_area", "registered_unit").in_bulk([kept_id, gone_id])
    if len(people) < 2:
        raise ONE_RECORD()
    facts, older = facts_of(actor, people), _older(people.values())
    found = tuple(side_by_side(facts[kept_id], facts[gone_id]))
    _probability, evidence = scoring.of({kept_id: (kept_id, gone_id)})[kept_id]
    return Both(
        first=line_of(people[kept_id]),
        second=line_of(people[gone_id]),
        older=older,
        facts=found,
        evidence=tuple(_evidence(evidence, found)),
    )


def _older(people: Iterable[Person]) -> UUID:
    return min(people, key=lambda one: (one.registered_at, one.pk)).pk


_BOTH: Final = ("first__origin_area", "second__origin_area", "first__registered_unit", "second__registered_unit")


def _not_asked(actor: UUID) -> QuerySet[Pair]:
    return access.visible_to(actor, Pair.objects.filter(~Q(pairing.waits_for_a_second())))


def _waiting(actor: UUID) -> QuerySet[Pair]:
    return _not_asked(actor).filter(state__in=WAITING)


def _rows(actor: UUID, found: Sequence[Pair]) -> list[PairRow]:
    people = {person.pk: person for pair in found for person in (pair.first, pair.second)}
    facts = facts_of(actor, people)
    names = names_of(pair.judged_by_id for pair in found if pair.judged_by_id)
    scored = scoring.of({pair.pk: (pair.first_id, pair.second_id) for pair in found if not pair.evidence})
    rows = []
    for pair in found:
        both = tuple(side_by_side(facts[pair.first_id], facts[pair.second_id]))
        probability, evidence = scored.get(pair.pk, (pair.probability, pair.evidence))
        row = PairRow(
            id=pair.pk,
            first=line_of(pair.first),
            second=line_of(pair.second),
            older=_older((pair.first, pair.second)),
            probability=probability,
            evidence=tuple(_evidence(evidence, both)),
            facts=both,
            state=PairState(pair.state),
            found_by=FoundBy(pair.found_by),
            found_at=pair.found_at,
            judged_by=names.get(pair.judged_by_id, "") if pair.judged_by_id else "",
            judged_at=pair.judged_at,
        )
        rows.append(row)
    return rows


def _evidence(said: Iterable[Sequence[Any]], facts: Iterable[Beside]) -> Iterable[Evidence]:
    unlike = {one.key for one in facts if one.differs}
    for field, level, decibits in said:
        if decibits or level != "blank":
            otherwise = level in words.ALIKE and words.STANDS_AS.get(field) in unlike
            field_word, level_word = str(words.FIELDS.get(field, field)), str(words.LEVELS.get(level, level))
            yield Evidence(field_word, level_word, decibits / 10, otherwise)


# --- merges ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A merge. ``gone`` is the record that goes, or has gone; ``mine``: the reader asked for it."""

    id: UUID
    kept: PersonLine
    gone: PersonLine
    state: MergeState
    contradictions: tuple[str, ...]
    asked_by: str
    asked_at: datetime
    settled_by: str
    settled_at: datetime | None
    mine: bool

    @property
    def state_word(self) -> str:
        return str(self.state.label)

    @property
    def waits(self) -> bool:
        return self.state is MergeState.ASKED

    @property
    def is_done(self) -> bool:
        return self.state is MergeState.DONE


def merge_for(actor: UUID, merge_id: UUID) -> MergeRow:
    """A merge; raises NOT_FOUND for who may not know of it."""
    return _merges(actor, [access.get_for(actor, Merge, merge_id)])[0]


def merges_waiting(actor: UUID) -> list[MergeRow]:
    """The merges that wait for a second person, the oldest first."""
    found = access.visible_to(actor, Merge.objects.filter(state=MergeState.ASKED))
    return _merges(actor, list(found.select_related("kept", "gone").order_by("asked_at", "pk")))


def merges_of(actor: UUID, person_id: UUID) -> list[MergeRow]:
    """What was made one with a person's record, or waits to be."""
    mine = Q(kept=person_id, state__in=[MergeState.ASKED, MergeState.DONE]) | Q(gone=person_id, state=MergeState.ASKED)
    found = access.visible_to(actor, Merge.objects.filter(mine))
    return _merges(actor, list(found.select_related("kept", "gone").order_by("asked_at", "pk")))


def _merges(actor: UUID, found: Sequence[Merge]) -> list[MergeRow]:
    names = names_of(one for row in found for one in (row.asked_by_id, row.settled_by_id) if one)
    return [
        MergeRow(
            id=row.pk,
            kept=line_of(row.kept),
            gone=line_of(row.gone),
            state=MergeState(row.state),
            contradictions=tuple(str(Contradiction(one).label) for one in row.contradictions),
            asked_by=names.get(row.asked_by_id, ""),
            asked_at=row.asked_at,
            settled_by=names.get(row.settled_by_id, "") if row.settled_by_id else "",
            settled_at=row.settled_at,
            mine=row.asked_by_id == actor,
        )
        for row in found
    ]


def merge_outlook(actor: UUID, kept_id: UUID, gone_id: UUID) -> Outlook:
    """What making one of two would do, as far as it is the actor's to know; raises NOT_FOUND for who holds not both."""
    sight.require_held(actor, {kept_id, gone_id})
    outlook = Outlook()
    for model, field in fates.moving():
        if model in records.kinds():
            count = records.visible_to(actor, model._default_manager.filter(**{field: gone_id})).count()
            if count:
                outlook.moves[owncopy.called(model)] = count
    hooks.foretold(actor, kept_id, gone_id, outlook)
    return outlook


@dataclass(frozen=True, slots=True)
class UndoOutlook:
    """What taking a merge back would do: rows that were changed since and keep the change, by what they are called;
    those among them that were the other's go back with it. ``possible`` is false where the time to do it has passed."""

    possible: bool
    back: dict[str, int]
    left: dict[str, int]


def unmerge_outlook(actor: UUID, merge_id: UUID) -> UndoOutlook:
    """What of a merge cannot be put back as it was, because it was changed since; of rows the actor may see."""
    merge = access.get_for(actor, Merge, merge_id)
    try:
        intent = services.undoing(merge)
    except DomainError:
        return UndoOutlook(False, {}, {})
    return UndoOutlook(True, *_changed(actor, merge, intent))


def _changed(actor: UUID, merge: Merge, intent: Intent) -> tuple[dict[str, int], dict[str, int]]:
    back: dict[str, int] = {}
    left: dict[str, int] = {}
    theirs = services.rows_of(intent, merge.gone_id)
    for label, row in images.changed_since(intent):
        model = images.model_of(label)
        if label in services.NOT_PUT_BACK or model not in records.kinds():
            continue
        if records.visible_to(actor, model._default_manager.filter(pk=row)).exists():
            counts = back if (label, row) in theirs else left
            counts[owncopy.called(model)] = counts.get(owncopy.called(model), 0) + 1
    return back, left
