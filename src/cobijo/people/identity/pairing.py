"""What becomes of pairs: found, judged, remembered, and looked at again only when what was compared has changed."""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.algorithms.linkage.comparing import MEANINGS
from cobijo.core import canonical, keys, rows
from cobijo.core.context import concerns, current
from cobijo.core.verbs import Act
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.refusals import UNKNOWN_EVIDENCE
from cobijo.people.identity.types import EvidenceIn, FoundBy, JudgedIn, MergeState, PairIn, PairState
from cobijo.people.models import Document, Person, Phone

LEVELS: Final = {field: frozenset(levels) for field, levels in MEANINGS.items()}
"""The evidence there is: what each compared field can say. Nothing else is kept, so no word of anybody is."""
_COMPARED: Final = (
    "given_names", "first_surname", "second_surname", "married_name", "nicknames", "birth_date", "birth_precision",
    "sex", "origin_area_id", "origin_place",
)  # fmt: skip


def in_order(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Two ids as a pair has them."""
    return (one, other) if one < other else (other, one)


def of_two(one: UUID, other: UUID) -> QuerySet[Pair]:
    """The pair of two people, if there is one."""
    first, second = in_order(one, other)
    return Pair.objects.select_for_update().filter(first=first, second=second)


def compared(people: Sequence[UUID]) -> dict[UUID, list[Any]]:
    """What is compared of these people, of those who stand by themselves."""
    found: dict[UUID, list[Any]] = {
        one.pk: [getattr(one, name) for name in _COMPARED]
        for one in Person.objects.filter(pk__in=people, anonymous=False, voided_at=None, merged_into=None)
    }
    numbers: list[tuple[UUID, Any]] = [
        *Phone.objects.filter(person__in=found, voided_at=None).values_list("person_id", "number"),
    ]
    papers = Document.objects.filter(person__in=found, voided_at=None)
    numbers += [(person, paper) for person, *paper in papers.values_list("person_id", "country", "kind", "number")]
    for person, number in sorted(numbers, key=str):
        found[person].append(number)
    return found


def digest(one: list[Any], other: list[Any]) -> str:
    """A keyed digest of what is compared of two people."""
    return keys.keyed_hash(keys.COMPARED, canonical.encode([one, other]))


def queue(pairs: Iterable[PairIn], found_by: FoundBy) -> None:
    """Put pairs into the queue; a judged one only if what is compared has changed since."""
    wanted = {in_order(one.first_id, one.second_id): one for one in pairs if one.first_id != one.second_id}
    known = {(one.first_id, one.second_id): one for one in _known(wanted)}
    facts = compared(list({person for both in wanted for person in both}))
    new: list[Pair] = []
    for both, one in wanted.items():
        if all(person in facts for person in both):
            mark = digest(*(facts[person] for person in both))
            if both in known:
                _find_again(known[both], one, mark, found_by)
            else:
                new.append(_new(one, both, mark, found_by))
    if new:
        concerns(person for pair in new for person in (pair.first_id, pair.second_id))
        rows.add(*new)


def _known(wanted: Iterable[tuple[UUID, UUID]]) -> QuerySet[Pair]:
    both = list(wanted)
    found = Pair.objects.select_for_update().filter(first__in=[one for one, _ in both])
    return found.filter(second__in=[other for _, other in both]).order_by("pk")


def _new(one: PairIn, both: tuple[UUID, UUID], mark: str, found_by: FoundBy) -> Pair:
    return Pair(
        id=one.pair_id,
        first_id=both[0],
        second_id=both[1],
        probability=one.probability,
        evidence=_evidence(one.evidence),
        compared=mark,
        found_by=found_by,
        found_at=current().recorded_at,
    )


def _find_again(known: Pair, one: PairIn, mark: str, found_by: FoundBy) -> None:
    """A pair that was found before: what was said of it stands, unless what was compared has changed."""
    found: dict[str, Any] = {"probability": one.probability, "evidence": _evidence(one.evidence)}
    if known.compared != mark:
        found |= {"compared": mark, "found_by": found_by, "found_at": current().recorded_at}
        found |= {"state": PairState.OPEN, "judged_by_id": None, "judged_at": None}
    elif known.state != PairState.OPEN or all(getattr(known, name) == value for name, value in found.items()):
        return
    concerns([known.first_id, known.second_id])
    rows.change(known, **found)


def _evidence(lines: Sequence[EvidenceIn]) -> list[list[Any]]:
    """Evidence as it is kept; refuses what is no code of ours."""
    found = [[one.field, one.level, one.decibits] for one in lines]
    if any(one.level not in LEVELS.get(one.field, frozenset()) for one in lines):
        raise UNKNOWN_EVIDENCE()
    return found


def judge(act: Act, one: JudgedIn) -> None:
    """Keep what somebody says of two people."""
    first, second = in_order(one.first_id, one.second_id)
    concerns([first, second])
    facts = compared([first, second])
    said = {
        "state": PairState(one.verdict.value),
        "compared": digest(facts[first], facts[second]),
        "judged_by_id": act.actor,
        "judged_at": current().recorded_at,
    }
    known = of_two(first, second).first()
    if known is not None:
        rows.change(known, **said)
        return
    now = current().recorded_at
    rows.add(Pair(id=one.pair_id, first_id=first, second_id=second, found_by=FoundBy.DESK, found_at=now, **said))


def waits_for_a_second() -> Exists:
    """The condition on pairs that somebody wants to make one, and a second person decides."""
    asked = Merge.objects.filter(state=MergeState.ASKED)
    one_way = Q(kept=OuterRef("first"), gone=OuterRef("second"))
    return Exists(asked.filter(one_way | Q(kept=OuterRef("second"), gone=OuterRef("first"))))
