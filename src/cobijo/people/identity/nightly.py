"""Whoever is new or changed is looked for among everybody else, each night; who may be one person goes to the queue.

Nobody is asked and nobody is told: what is found is seen by whoever sees both (``access``). Killed anywhere, the next
run goes on where this one was, and ends with the same queue.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from cobijo.accounts.access import COMMAND_LINE
from cobijo.algorithms.linkage import engine
from cobijo.algorithms.linkage.judging import Judged, judge, of_found
from cobijo.algorithms.linkage.processes import Share, alone
from cobijo.algorithms.linkage.weights import Weights
from cobijo.core import background, chores, operations
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people.identity import services
from cobijo.people.identity.models import Pair
from cobijo.people.identity.pairing import in_order
from cobijo.people.identity.types import MOST, EvidenceIn, PairIn, PairState
from cobijo.people.models import Membership, NewOrChanged, Person, SearchEntry
from cobijo.people.queries.candidates import nearest
from cobijo.people.records import Record, columns, of_person

AT_ONCE: Final = 50
"""People looked for between two marks of how far it is: so much is done again after a kill."""
CUT: Final = engine.CUT
MANY: Final = 1_000
TIMES_QUICKER: Final = 100
"""One of many compared with everybody takes about so many times less than one looked for alone (measured)."""
_LEAST: Final = 0.002
"""Two who are less probably one by what is theirs alone, no household makes one."""
_SAID_EVERY: Final = 1_000
_FORGOTTEN_AT_ONCE: Final = 10_000


@background.task
def look_for_pairs() -> None:
    """Look for whoever is new or changed since the last time."""
    look()


def look() -> int:
    """Look for everybody who waits; gives how many were looked for.

    Where many do, as after a large list, everybody is compared with everybody, which is then quicker.
    """
    waiting = NewOrChanged.objects.values("entry").distinct().count()
    if waiting > MANY and waiting * TIMES_QUICKER > SearchEntry.objects.count():
        whole(_silently)
    done = 0
    while some := _waiting():
        rows = list(NewOrChanged.objects.filter(entry__in=some).values_list("pk", flat=True))
        for _ in queue(_found(list(some.values()))):
            pass
        _looked_for(rows)
        done += len(some)
    return done


def _silently(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def _looked_for(rows: Sequence[int]) -> None:
    """These wait no more; who was changed meanwhile has a row more, and waits on.

    All or none: whom one is looked for with is part of what is found, so after a kill the same people go together.
    """
    NewOrChanged.objects.filter(pk__in=rows).delete()


def _waiting() -> dict[int, UUID]:
    """The first who wait: entry and person."""
    first = NewOrChanged.objects.order_by("entry").values_list("entry", "entry__person").distinct()
    return dict(first[:AT_ONCE])


def _found(ids: Sequence[UUID]) -> Iterator[PairIn]:
    """The pairs of these people with anybody else."""
    people = {person.pk: person for person in _records(ids)}
    near = {one: nearest(COMMAND_LINE, person) for one, person in people.items()}
    others = {person.pk: person for person in _records(other for found in near.values() for other in found)}
    among = SearchEntry.objects.count()
    pairs = sorted({in_order(one, other) for one, found in near.items() for other in found if other in others})
    likely = [pair for pair, said in _judged_pairs(people | others, pairs, among) if said.probability >= _LEAST]
    for (first, second), said in _judged_at_home(likely, among):
        if said.probability >= CUT:
            yield _pair(first, second, said)


def _judged_at_home(pairs: Sequence[tuple[UUID, UUID]], among: int) -> Iterator[tuple[tuple[UUID, UUID], Judged]]:
    """Pairs judged with the others of both households: who has their own people with them is less likely another."""
    both = {one for pair in pairs for one in pair}
    of = dict(_memberships(person__in=both).values_list("person", "household"))
    members = defaultdict[UUID, list[UUID]](list)
    for household, person in _memberships(household__in=set(of.values())).values_list("household", "person"):
        members[household].append(person)
    home = {one: members[of[one]] if one in of else [one] for one in both}
    crossed = {in_order(a, b) for one, other in pairs for a in home[one] for b in home[other] if a != b}
    everybody = {person.pk: person for person in _records({*both, *chain.from_iterable(home.values())})}
    known = sorted(pair for pair in crossed.union(pairs) if set(pair) <= everybody.keys())
    wanted = set(pairs)
    return (found for found in _judged_pairs(everybody, known, among) if found[0] in wanted)


def _memberships(**of: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(ends_at=None, **of).order_by("pk")


def _judged_pairs(
    people: Mapping[UUID, Person], pairs: Sequence[tuple[UUID, UUID]], among: int
) -> Iterator[tuple[tuple[UUID, UUID], Judged]]:
    at = {one: place for place, one in enumerate(people)}
    judged = judge(
        columns(map(of_person, people.values())), [(at[one], at[other]) for one, other in pairs], among=among
    )
    return zip(pairs, judged, strict=True)


def _records(ids: Iterable[UUID]) -> list[Person]:
    found = Person.objects.filter(pk__in=set(ids), anonymous=False, voided_at=None, merged_into=None)
    return list(found.order_by("pk").prefetch_related("documents", "phones", "memberships"))


def _pair(first: UUID, second: UUID, said: Judged) -> PairIn:
    evidence = [EvidenceIn(field=one.field, level=one.level, decibits=round(10 * one.bits)) for one in said.evidence]
    probability = round(1000 * said.probability)
    return PairIn(pair_id=uuid7(), first_id=first, second_id=second, probability=probability, evidence=evidence)


def queue(pairs: Iterable[PairIn]) -> Iterator[list[PairIn]]:
    """Put pairs into the queue, by the verb, as many at a time as it takes; gives those that are in."""
    source = iter(pairs)
    while some := list(islice(source, MOST)):
        services.queue_pairs(operations.act_of(COMMAND_LINE, Door.COMMAND), pairs=some)
        yield some


# --- a whole registry ------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Looked:
    """What a look through everybody came to.

    ``compared``: pairs of records that were compared. ``pairs``: those that may be one person's; of them ``new`` were
    not known, and of ``judged`` somebody has said already what they are. ``capped``: as `engine.Found` has it.
    """

    people: int
    compared: int
    pairs: int
    new: int = 0
    judged: int = 0
    capped: dict[str, tuple[int, int]] = field(default_factory=dict)


def whole(say: engine.Say, *, cut: float = CUT, share: Share = alone, learnt: Weights | None = None) -> Looked:
    """Compare everybody with everybody, as a list would be, and put who may be one person into the queue.

    Nobody of them waits for the night any more. ``cut``, ``share``, ``learnt``: as `engine.link` takes them.
    """
    waiting = list(NewOrChanged.objects.values_list("pk", flat=True))
    people = Person.objects.filter(anonymous=False, voided_at=None, merged_into=None).order_by("pk")
    rows = people.prefetch_related("documents", "phones", "memberships").iterator(chunk_size=2_000)
    ids: list[UUID] = []
    found = engine.link(columns(_noted(rows, ids, say)), cut=cut, say=say, share=share, learnt=learnt)
    looked = Looked(people=len(ids), compared=found.compared, pairs=len(found.one), capped=found.capped)
    before = Pair.objects.count()
    for done, some in enumerate(queue(_linked(found, ids)), start=1):
        looked.judged += _judged(some)
        say("putting pairs into the queue", min(done * MOST, looked.pairs), looked.pairs)
    looked.new = Pair.objects.count() - before
    for start in range(0, len(waiting), _FORGOTTEN_AT_ONCE):
        _looked_for(waiting[start : start + _FORGOTTEN_AT_ONCE])
    return looked


def _judged(pairs: Iterable[PairIn]) -> int:
    """Of how many of these pairs somebody has said what they are."""
    wanted = {in_order(one.first_id, one.second_id) for one in pairs}
    known = Pair.objects.filter(~Q(state=PairState.OPEN), first__in={first for first, _second in wanted})
    return len(wanted.intersection(known.values_list("first", "second")))


def _noted(people: Iterable[Person], ids: list[UUID], say: engine.Say) -> Iterator[Record]:
    for person in people:
        ids.append(person.pk)
        if len(ids) % _SAID_EVERY == 0:
            say("reading people", len(ids), 0)
        yield of_person(person)


def _linked(found: engine.Found, ids: Sequence[UUID]) -> Iterator[PairIn]:
    for at in range(len(found.one)):
        first, second = in_order(ids[int(found.one[at])], ids[int(found.other[at])])
        yield _pair(first, second, of_found(found, at))


chores.daily("people.pairs", look_for_pairs.enqueue)
