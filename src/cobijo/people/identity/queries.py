"""What is asked about pairs and merges: the queue side by side, and what making one, or two again, would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from cobijo.accounts import access as authority
from cobijo.accounts.queries import names_of
from cobijo.accounts.types import Permission
from cobijo.algorithms.text import fold
from cobijo.core import clock, images, owncopy, records
from cobijo.core import wording as core_wording
from cobijo.core.errors import DomainError
from cobijo.core.models import Intent
from cobijo.people import countries, hooks, sight, wording
from cobijo.people.identity import access, fates, pairing, services
from cobijo.people.identity import wording as words
from cobijo.people.identity.models import Merge, Pair
from cobijo.people.identity.refusals import ONE_RECORD
from cobijo.people.identity.types import Contradiction, FoundBy, MergeState, Outlook, PairState
from cobijo.people.models import Document, Membership, Person, Phone
from cobijo.people.queries.records import PersonLine, line_of
from cobijo.people.types import Kinship, Sex

AT_ONCE: Final = 10
"""Pairs of one page of the queue: what somebody can look at before a pause."""
WAITING: Final = (PairState.OPEN, PairState.UNSURE)


# --- pairs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one compared field says, in words, and its weight in bits: above nought for one person, below for two."""

    field: str
    level: str
    bits: float

    @property
    def against(self) -> bool:
        return self.bits < 0

    @property
    def signed(self) -> str:
        """The bits as the language in force writes them, with their sign."""
        return f"{'−' if self.against else '+'}{core_wording.number(abs(self.bits))}"


@dataclass(frozen=True, slots=True)
class Beside:
    """One fact of two records beside each other; ``differs`` where both are known and not alike but for accents.

    What says where and among whom somebody was registered is not ``compared``.
    """

    name: str
    first: str
    second: str
    compared: bool

    @property
    def differs(self) -> bool:
        return bool(self.compared and self.first and self.second and fold(self.first) != fold(self.second))


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as it is judged. ``older``: the record that was registered first, and is kept if nobody says otherwise."""

    id: UUID
    first: PersonLine
    second: PersonLine
    older: UUID
    probability: int
    evidence: tuple[Evidence, ...]
    facts: tuple[Beside, ...]
    state: PairState
    found_by: FoundBy
    found_at: datetime

    @property
    def percent(self) -> str:
        """The probability in per cent, as far as it says something."""
        return f"{self.probability / 10:.0f}" if 10 <= self.probability <= 990 else f"{self.probability / 10:.1f}"

    @property
    def lines(self) -> tuple[PersonLine, PersonLine]:
        return self.first, self.second

    @property
    def found_word(self) -> str:
        return str(self.found_by.label)

    @property
    def state_word(self) -> str:
        return str(self.state.label)


def pairs_for(actor: UUID, state: PairState = PairState.OPEN, limit: int = AT_ONCE) -> list[PairRow]:
    """The surest pairs in a state that the actor may judge; not those that wait for a second person."""
    found = _waiting(actor).filter(state=state).select_related(*_BOTH).order_by("-probability", "found_at", "pk")
    return _rows(actor, list(found[:limit]))


def pair_for(actor: UUID, *pair_ids: UUID) -> list[PairRow]:
    """These pairs, those that the actor may judge, in the order given."""
    found = {one.pk: one for one in _waiting(actor).filter(pk__in=pair_ids).select_related(*_BOTH)}
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


@dataclass(frozen=True, slots=True)
class Both:
    """Two records beside each other, the kept one first. ``older``: which was registered first."""

    first: PersonLine
    second: PersonLine
    older: UUID
    facts: tuple[Beside, ...]

    @property
    def lines(self) -> tuple[PersonLine, PersonLine]:
        return self.first, self.second


def beside(actor: UUID, kept_id: UUID, gone_id: UUID) -> Both:
    """Two people the actor holds, side by side; raises NOT_FOUND for any other."""
    sight.require_held(actor, {kept_id, gone_id})
    people = Person.objects.select_related("origin_area", "registered_unit").in_bulk([kept_id, gone_id])
    if len(people) < 2:
        raise ONE_RECORD()
    facts, older = _facts(actor, people), _older(people.values())
    return Both(
        line_of(people[kept_id]), line_of(people[gone_id]), older, tuple(_beside(facts[kept_id], facts[gone_id]))
    )


def _older(people: Iterable[Person]) -> UUID:
    return min(people, key=lambda one: (one.registered_at, one.pk)).pk


_BOTH: Final = ("first__origin_area", "second__origin_area", "first__registered_unit", "second__registered_unit")


def _waiting(actor: UUID) -> QuerySet[Pair]:
    waiting = Pair.objects.filter(~Q(pairing.waits_for_a_second()), state__in=WAITING)
    return access.visible_to(actor, waiting)


def _rows(actor: UUID, found: Sequence[Pair]) -> list[PairRow]:
    people = {person.pk: person for pair in found for person in (pair.first, pair.second)}
    facts = _facts(actor, people)
    return [
        PairRow(
            id=pair.pk,
            first=line_of(pair.first),
            second=line_of(pair.second),
            older=_older((pair.first, pair.second)),
            probability=pair.probability,
            evidence=tuple(_evidence(pair)),
            facts=tuple(_beside(facts[pair.first_id], facts[pair.second_id])),
            state=PairState(pair.state),
            found_by=FoundBy(pair.found_by),
            found_at=pair.found_at,
        )
        for pair in found
    ]


def _evidence(pair: Pair) -> Iterable[Evidence]:
    for field, level, decibits in pair.evidence:
        if decibits or level != "blank":
            yield Evidence(str(words.FIELDS.get(field, field)), str(words.LEVELS.get(level, level)), decibits / 10)


def _beside(first: dict[str, str], second: dict[str, str]) -> Iterable[Beside]:
    for name, said in words.BESIDE.items():
        if first[name] or second[name]:
            yield Beside(str(said), first[name], second[name], name not in words.AROUND)


def _facts(actor: UUID, people: dict[UUID, Person]) -> dict[UUID, dict[str, str]]:
    """What stands beside each other of each person, by what it is called; four queries however many they are."""
    papers = _grouped(sight.visible_to(actor, Document.objects.filter(person__in=people)).order_by("country", "kind"))
    telephones = _grouped(sight.visible_to(actor, Phone.objects.filter(person__in=people)).order_by("number", "pk"))
    homes = _homes(actor, list(people))
    units = authority.units(actor, Permission.SEE_PEOPLE)
    known = set(units.filter(pk__in={one.registered_unit_id for one in people.values()}).values_list("pk", flat=True))
    return {
        pk: _facts_of(person)
        | {
            "documents": ", ".join(_paper(one) for one in papers.get(pk, [])),
            "phones": ", ".join(one.number or one.as_written for one in telephones.get(pk, [])),
            "household": homes.get(pk, ""),
            "registered": _registered(person, person.registered_unit_id in known),
        }
        for pk, person in people.items()
    }


def _facts_of(person: Person) -> dict[str, str]:
    area, today = person.origin_area.name if person.origin_area else "", clock.now().date()
    return {
        "given_names": person.given_names,
        "surnames": " ".join(filter(None, (person.first_surname, person.second_surname))),
        "married_name": person.married_name,
        "nicknames": person.nicknames,
        "born": wording.birth(person.birth) or (wording.age(person.birth, today) if person.birth.latest else ""),
        "sex": str(Sex(person.sex).label) if person.sex != Sex.UNKNOWN else "",
        "nationality": ", ".join(countries.name(code) for code in person.nationalities),
        "languages": ", ".join(wording.language(tag) for tag in person.languages),
        "origin": ", ".join(filter(None, (person.origin_place, area))),
    }


def _grouped(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.person_id, []).append(row)
    return found


def _paper(paper: Document) -> str:
    """A document in a line: its kind, and its number where it does not stand sealed."""
    return " ".join(filter(None, (wording.document(paper.country, paper.kind), paper.number)))


def _registered(person: Person, unit_is_known: bool) -> str:
    when = core_wording.moment(person.registered_at)
    return f"{when}, {person.registered_unit.name}" if unit_is_known else when


def _homes(actor: UUID, people: Sequence[UUID]) -> dict[UUID, str]:
    """The others of each person's household whom the reader may see, by name."""
    mine = dict(Membership.objects.filter(person__in=people, ends_at=None).values_list("person_id", "household_id"))
    members = Membership.objects.filter(household__in=mine.values(), ends_at=None)
    found: dict[UUID, list[tuple[UUID, str]]] = {}
    for one in sight.visible_to(actor, members).select_related("person").order_by("person__birth_date", "pk"):
        name = f"{wording.label(one.person)} ({Kinship(one.kinship).label})"
        found.setdefault(one.household_id, []).append((one.person_id, name))
    return {
        person: ", ".join(name for other, name in found.get(home, []) if other != person)
        for person, home in mine.items()
    }


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
