"""From a person as given to the rows that are kept: everything is checked before anything is written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from cobijo.algorithms import documents, text
from cobijo.algorithms.ages import Birth, Precision
from cobijo.core import rows
from cobijo.core.access import visible_to
from cobijo.core.context import flag
from cobijo.core.errors import Refusal
from cobijo.core.ids import uuid7
from cobijo.core.models import Area
from cobijo.core.verbs import Act
from cobijo.people import births, countries, index, phones, sealing
from cobijo.people.models import Document, Need, Person, Phone
from cobijo.people.refusals import NO_INFANT, NO_NUMBER, UNKNOWN_AREA, UNKNOWN_COUNTRY
from cobijo.people.types import CorrectionIn, DocumentIn, Flag, PersonIn, PhoneIn

Problem = tuple[str, Refusal]
"""The path of an argument's field, and what is wrong with it."""

_WORDS = (
    "given_names",
    "first_surname",
    "second_surname",
    "married_name",
    "nicknames",
    "self_identified",
    "origin_place",
    "diet",
)
_AS_GIVEN = ("newborn_unnamed", "sex", "nationalities", "languages", "origin_area_id", "feeding")


@dataclass(frozen=True, slots=True)
class Drafted:
    """A person's rows, not yet written."""

    person: Person
    documents: list[Document]
    phones: list[Phone]
    needs: list[Need]


# --- checking --------------------------------------------------------------------------------------------------------


def refuse(problems: Iterable[Problem]) -> None:
    """Raise the first problem's refusal, with every problem said beside its field."""
    found = list(problems)
    if found:
        raise found[0][1]({path: refusal.sentence for path, refusal in found})


def problems_of(path: str, given: PersonIn | CorrectionIn, act: Act) -> Iterator[Problem]:
    """What is wrong with a person as typed; ``path`` is where they stand among the arguments."""
    if given.birth is not None and (wrong := births.problem(given.birth, act.happened_at)):
        yield f"{path}.birth", wrong
    elif given.feeding and given.birth is not None and births.is_over_a_year(given.birth, act.happened_at):
        yield f"{path}.feeding", NO_INFANT
    if not set(given.nationalities or ()) <= countries.codes():
        yield f"{path}.nationalities", UNKNOWN_COUNTRY
    if isinstance(given, PersonIn):
        for at, document in enumerate(given.documents):
            yield from problems_of_document(f"{path}.documents.{at}.", document)
        for at, phone in enumerate(given.phones):
            yield from problems_of_phone(f"{path}.phones.{at}.", phone)


def problems_of_document(path: str, given: DocumentIn) -> Iterator[Problem]:
    """A document needs a country that exists and something as its number; what the number is, is never refused."""
    if given.country not in countries.codes():
        yield f"{path}country", UNKNOWN_COUNTRY
    if not text.clean(given.number):
        yield f"{path}number", NO_NUMBER


def problems_of_phone(path: str, given: PhoneIn) -> Iterator[Problem]:
    """A telephone needs at least one digit."""
    if not any(char.isdigit() for char in given.number):
        yield f"{path}number", NO_NUMBER


def problems_of_areas(act: Act, areas: dict[str, UUID | None]) -> Iterator[Problem]:
    """Areas, by the path of their field, that are in no list."""
    wanted = {area for area in areas.values() if area is not None}
    if not wanted:
        return
    known = set(visible_to(act.actor, Area.objects.filter(pk__in=wanted)).values_list("pk", flat=True))
    yield from ((path, UNKNOWN_AREA) for path, area in areas.items() if area in wanted - known)


# --- drafting --------------------------------------------------------------------------------------------------------


def values_of(given: PersonIn | CorrectionIn, act: Act) -> dict[str, Any]:
    """Columns of a person as given; what is None (only a correction has it) is left out."""
    said = {part.name: getattr(given, part.name) for part in fields(given)}
    values: dict[str, Any] = {name: text.clean(said[name]) for name in _WORDS if said[name] is not None}
    values |= {name: said[name] for name in _AS_GIVEN if said[name] is not None}
    if given.birth is not None:
        values |= _birth(births.read(given.birth, act.happened_at), act)
    if values.get("given_names"):
        values["newborn_unnamed"] = False
    return values


def _birth(birth: Birth, act: Act) -> dict[str, Any]:
    by_age = birth.precision is Precision.AGE
    return {
        "birth_date": birth.stored(),
        "birth_precision": birth.precision.value,
        "birth_said_on": births.said_on(act.happened_at) if by_age else None,
    }


def draft(act: Act, given: PersonIn, number: int, unit_id: UUID, country: str | None) -> Drafted:
    """A new person's rows, with what is odd about them flagged. ``country`` is where telephones without one belong."""
    person = Person(
        id=given.person_id,
        number=number,
        wants_private=given.wants_private,
        registered_at=act.happened_at,
        registered_unit_id=unit_id,
        **values_of(given, act),
    )
    if births.contradicts(given.birth, act.happened_at):
        flag(Flag.AGE_DIFFERS, person=person.id)
    if not person.name and not person.newborn_unnamed:
        flag(Flag.NO_NAME, person=person.id)
    return Drafted(
        person,
        [draft_document(act, person, one) for one in given.documents],
        [draft_phone(person, one, country) for one in given.phones],
        [draft_need(act, person.id, code) for code in dict.fromkeys(given.needs)],
    )


def draft_document(act: Act, person: Person, given: DocumentIn) -> Document:
    """A document's row. The number of a sensitive kind is sealed; any other is kept as written, with what looks odd."""
    number = text.clean(given.number)
    year = person.birth_date.year if person.birth_date and person.birth_precision != Precision.AGE else None
    odd = [str(one) for one in documents.flags(given.country, given.kind, number, year)]
    if odd:
        flag(Flag.DOCUMENT_ODD, person=person.id, document=given.document_id)
    sensitive = documents.kind_of(given.country, given.kind).sensitive
    return Document(
        id=given.document_id,
        person=person,
        country=given.country,
        kind=given.kind,
        number="" if sensitive else number,
        sealed=sealing.close(number, person.id, sealing.place(Document, given.document_id, "sealed"))
        if sensitive
        else None,
        flags=odd,
        seen=given.seen,
        recorded_at=act.happened_at,
    )


def draft_phone(person: Person, given: PhoneIn, country: str | None) -> Phone:
    """A telephone's row."""
    written = text.clean(given.number)
    number = phones.read(written, country)
    if not number:
        flag(Flag.PHONE_UNREAD, person=person.id, phone=given.phone_id)
    return Phone(
        id=given.phone_id,
        person=person,
        number=number,
        as_written=written,
        answered_by=text.clean(given.answered_by),
        safe_to_call=given.safe_to_call,
    )


def draft_need(act: Act, person_id: UUID, code: str) -> Need:
    """A need's row."""
    return Need(id=uuid7(), person_id=person_id, code=code, starts_at=act.happened_at)


def write(drafted: Sequence[Drafted]) -> None:
    """Insert the drafted rows, each model in one statement, and what people are found by."""
    people = [one.person for one in drafted]
    papers = [row for one in drafted for row in one.documents]
    telephones = [row for one in drafted for row in one.phones]
    needs = [row for one in drafted for row in one.needs]
    rows.add(*people, *papers, *telephones, *needs)
    index.write(people, papers, telephones)
