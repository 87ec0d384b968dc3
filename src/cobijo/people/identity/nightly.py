"""Whoever is new or changed is looked for among everybody else, each night; who may be one person goes to the queue.

Nobody is asked and nobody is told: what is found is seen by whoever sees both (``access``). Killed anywhere, the next
run goes on where this one was, and ends with the same queue.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from uuid import UUID

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms.linkage import engine
from cobijo.algorithms.linkage.judging import Judged, judge, of_found
from cobijo.core import background, chores, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people.identity import services
from cobijo.people.identity.types import MOST, EvidenceIn, FoundBy, PairIn
from cobijo.people.models import Person, SearchEntry
from cobijo.people.queries.candidates import nearest
from cobijo.people.records import Record, columns, of_person

AT_ONCE: Final = 50
"""People looked for between two marks of how far it is: so much is done again after a kill."""
CUT: Final = engine.CUT


@background.task
def look_for_pairs() -> None:
    """Look for whoever is new or changed since the last time."""
    look()


def look() -> int:
    """Look for everybody who waits; gives how many were looked for."""
    done = 0
    waiting = SearchEntry.objects.filter(changes__gt=0).order_by("pk").values_list("pk", "person", "changes")
    while some := list(waiting[:AT_ONCE]):
        queue(_found([person for _entry, person, _changes in some]))
        for entry, _person, changes in some:  # who was changed meanwhile waits on
            SearchEntry.objects.filter(pk=entry, changes=changes).update(changes=0)
        done += len(some)
    return done


def _found(ids: Sequence[UUID]) -> Iterator[PairIn]:
    """The pairs of these people with anybody else."""
    people = {person.pk: person for person in _records(ids)}
    near = {one: nearest(COMMAND_LINE, person) for one, person in people.items()}
    others = {person.pk: person for person in _records(other for found in near.values() for other in found)}
    everybody = list({**people, **others}.values())
    at = {person.pk: place for place, person in enumerate(everybody)}
    both = {tuple(sorted((one, other))) for one, found in near.items() for other in found if other in at}
    pairs = [(at[first], at[second]) for first, second in sorted(both)]
    judged = judge(columns(map(of_person, everybody)), pairs, among=SearchEntry.objects.count())
    for (first, second), said in zip(sorted(both), judged, strict=True):
        if said.probability >= CUT:
            yield _pair(first, second, said)


def _records(ids: Iterable[UUID]) -> list[Person]:
    found = Person.objects.filter(pk__in=set(ids), anonymous=False, voided_at=None, merged_into=None)
    return list(found.prefetch_related("documents", "phones", "memberships"))


def _pair(first: UUID, second: UUID, said: Judged) -> PairIn:
    evidence = [EvidenceIn(field=one.field, level=one.level, decibits=round(10 * one.bits)) for one in said.evidence]
    probability = round(1000 * said.probability)
    return PairIn(pair_id=uuid7(), first_id=first, second_id=second, probability=probability, evidence=evidence)


def queue(pairs: Iterable[PairIn], found_by: FoundBy = FoundBy.JOB) -> int:
    """Put pairs into the queue, by the verb, some at a time; gives how many there were."""
    some, count = [], 0
    for pair in pairs:
        some.append(pair)
        count += 1
        if len(some) == MOST:
            _queue(some, found_by)
            some = []
    if some:
        _queue(some, found_by)
    return count


def _queue(pairs: list[PairIn], found_by: FoundBy) -> None:
    services.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=pairs, found_by=found_by)


# --- a whole registry ------------------------------------------------------------------------------------------------


def whole(say: Callable[[str, int, int], None]) -> int:
    """Compare everybody with everybody, as a list would be; gives how many pairs went to the queue."""
    people = Person.objects.filter(anonymous=False, voided_at=None, merged_into=None).order_by("pk")
    rows = people.prefetch_related("documents", "phones", "memberships").iterator(chunk_size=2_000)
    ids: list[UUID] = []
    found = engine.link(columns(_noted(rows, ids)), say=say)
    return queue(_linked(found, ids))


def _noted(people: Iterable[Person], ids: list[UUID]) -> Iterator[Record]:
    for person in people:
        ids.append(person.pk)
        yield of_person(person)


def _linked(found: engine.Found, ids: Sequence[UUID]) -> Iterator[PairIn]:
    for at in range(len(found.one)):
        first, second = sorted((ids[int(found.one[at])], ids[int(found.other[at])]))
        yield _pair(first, second, of_found(found, at))


chores.daily("people.pairs", look_for_pairs.enqueue)
