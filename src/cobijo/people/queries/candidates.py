"""Who somebody about to be registered may be: people the reader sees already, each with the evidence.

A question at the desk, never a rule of a verb: nobody is refused by it, and it speaks of nobody whom the reader does
not see (TRUST.md). What lies beyond is looked at by night and goes to those who see both.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Final
from uuid import UUID

from django.db import models
from django.utils.translation import pgettext_lazy

from cobijo.algorithms.ages import Birth
from cobijo.algorithms.linkage.judging import Judged, judge
from cobijo.algorithms.text import fold
from cobijo.core import clock
from cobijo.people import access, births, phones
from cobijo.people.models import Membership, Person
from cobijo.people.queries.finding import search
from cobijo.people.queries.records import PersonLine, line_of
from cobijo.people.records import Record, columns, of_person
from cobijo.people.types import BirthIn, Sex

SHOWN: Final = 3
"""So many people are offered for each who is being registered."""
_LOOKED_AT: Final = 25
_POSSIBLE, _PROBABLE, _STRONG = 0.3, 0.8, 0.98
_BESIDE_NAME: Final = {"birth": 5, "phone": 4, "document": 3, "place": 2}
"""Kinds of evidence besides the name, each from the level on that agrees; sex agrees for half of all people."""
_HERE: Final = "here"
_AMONG: Final = 20_000
"""People of a response, in order of size: what the desk knows without counting, and telling, how many there are."""


@dataclass(frozen=True, slots=True)
class Sought:
    """Somebody about to be registered, as far as it says who they are: names in the order of a record's, the area and
    the place they come from, numbers of documents and telephones."""

    person_id: UUID
    names: tuple[str, str, str, str]
    sex: Sex
    birth: BirthIn
    origin: tuple[UUID | None, str] = (None, "")
    documents: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


class Strength(models.TextChoices):
    """How sure it is that two are one person."""

    STRONG = "strong", pgettext_lazy("same person", "almost surely")
    PROBABLE = "probable", pgettext_lazy("same person", "probably")
    POSSIBLE = "possible", pgettext_lazy("same person", "possibly")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody registered who may be the one at the desk.

    ``evidence``: field and level as linkage names them, and tenths of a bit.
    """

    person: PersonLine
    probability: float
    strength: Strength
    evidence: tuple[tuple[str, str, int], ...]


def candidates(actor: UUID, members: Sequence[Sought]) -> list[list[Candidate]]:
    """For each of these members the people the actor sees who may be they, the likeliest first, at most three."""
    now = clock.now()
    found = [_near(actor, member) for member in members]
    known = _known(actor, chain.from_iterable(found))
    at = {person.pk: len(members) + place for place, person in enumerate(known)}
    pairs = [(place, at[one]) for place in range(len(members)) for one in at]
    compared = [_record(one, now) for one in members] + [of_person(one) for one in known]
    judged = dict(zip(pairs, judge(columns(compared), pairs, among=_AMONG), strict=True))
    return [
        list(_offered(known, {one: judged[place, at[one]] for one in ids if one in at}))
        for place, ids in enumerate(found)
    ]


def strength_of(judged: Judged) -> Strength | None:
    """In words. A name alone, however rare, is never more than possible; None below that.

    The thresholds are those of case workers of family links (decision 0016).
    """
    kinds = sum(one.height >= _BESIDE_NAME.get(one.field, 99) for one in judged.evidence)
    if judged.probability >= _STRONG and kinds > 1:
        return Strength.STRONG
    if judged.probability >= _PROBABLE and kinds:
        return Strength.PROBABLE
    return Strength.POSSIBLE if judged.probability >= _POSSIBLE else None


def _offered(known: Iterable[Person], judged: dict[UUID, Judged]) -> Iterator[Candidate]:
    people = {person.pk: person for person in known}
    for one in sorted(judged, key=lambda pk: -judged[pk].probability)[:SHOWN]:
        strength = strength_of(judged[one])
        if strength is not None:
            evidence = tuple((each.field, each.level, round(10 * each.bits)) for each in judged[one].evidence)
            yield Candidate(line_of(people[one]), judged[one].probability, strength, evidence)


# --- who comes into question -----------------------------------------------------------------------------------------


def _near(actor: UUID, member: Sought) -> list[UUID]:
    """The people found by the member's names, documents and telephones."""
    found = _found_by(actor, member.names[:3], [*member.documents, *member.phones])
    return [one for one in found if one != member.person_id]


def _record(one: Sought, now: datetime) -> Record:
    """As it is compared; a birth that cannot be is not known."""
    impossible = births.problem(one.birth, now) is not None
    area, place = one.origin
    return Record(
        names=(*one.names, ""),
        sex=one.sex,
        birth=Birth.unknown() if impossible else births.read(one.birth, now),
        place=str(area or fold(place)),
        phone=next((phones.read(number, None) or number for number in one.phones), ""),
        document=next(iter(one.documents), ""),
        household=_HERE,
    )


def nearest(actor: UUID, person: Person) -> list[UUID]:
    """The people who come into question for somebody registered, as far as the actor sees them."""
    names = (person.given_names, person.first_surname, person.second_surname)
    papers = [one.number for one in person.documents.all() if one.voided_at is None]
    telephones = [one.number or one.as_written for one in person.phones.all() if one.voided_at is None]
    return [one for one in _found_by(actor, names, [*papers, *telephones]) if one != person.pk]


def _found_by(actor: UUID, names: Sequence[str], numbers: Sequence[str]) -> Iterable[UUID]:
    words = [" ".join(names).strip(), *numbers]
    return dict.fromkeys(hit.person_id for one in words if one for hit in search(actor, one, limit=_LOOKED_AT))


def _known(actor: UUID, ids: Iterable[UUID]) -> list[Person]:
    """These people, and the others of their households whom the actor sees: they are evidence too."""
    seen = access.visible_to(actor, Membership.objects.filter(ends_at=None))
    homes = seen.filter(person__in=set(ids := list(ids))).values_list("household", flat=True)
    others = seen.filter(household__in=set(homes)).values_list("person", flat=True)
    people = access.visible_to(actor, Person.objects.filter(pk__in={*ids, *others}))
    return list(people.order_by("pk").prefetch_related("documents", "phones", "memberships"))
