"""Persons and households for the API: explicit answers, read through ``access``, each reading logged."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Final
from uuid import UUID

from django.utils.text import capfirst
from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.core.rest import Answer, Asked
from cobijo.people import access, queries
from cobijo.people.cards.rest import cards as cards  # noqa: PLC0414 - the API puts an app's routers together from here
from cobijo.people.identity import wording
from cobijo.people.models import Membership, Person
from cobijo.people.paper.rest import forms as forms  # noqa: PLC0414 - likewise
from cobijo.people.types import BirthIn, FoundBy, Kinship, NeedCode, Precision, Presence, Sex, Traits

people = Router(tags=["people"])
households = Router(tags=["people"])

ADDRESSES: Final = {"people.person": "/people/{id}", "people.household": "/households/{id}"}


# --- answers ---------------------------------------------------------------------------------------------------------


class BirthOut(Answer):
    """A birth as it is known: the latest day that agrees with what was said, and how exactly it is known."""

    latest: date | None
    precision: Precision


class PersonLine(Answer):
    """A person in a list. ``label`` is never empty: where no name is known it says what is."""

    id: UUID
    code: str
    label: str
    sex: Sex
    birth: BirthOut


class DocumentOut(Answer):
    """An identity document; ``flags`` say what a check found odd."""

    id: UUID
    country: str
    kind: str
    number: Annotated[str | None, Field(description="Masked but for its end, or null, for who has no need of it.")]
    seen: bool
    flags: list[str]


class PhoneOut(Answer):
    """A telephone."""

    id: UUID
    number: Annotated[str, Field(description="Masked but for its end for who has no need of it.")]
    answered_by: str
    safe_to_call: bool | None


class BelongingOut(Answer):
    """The household a person belongs to, as what, and where the person is."""

    household_id: UUID
    kinship: Kinship
    presence: Presence


class PersonOut(PersonLine):
    """A person."""

    given_names: str
    first_surname: str
    second_surname: str
    married_name: str
    nicknames: str
    newborn_unnamed: bool
    nationalities: list[str]
    languages: list[str]
    self_identified: str
    origin_area_id: UUID | None
    origin_place: str
    wants_private: bool
    needs: list[NeedCode]
    documents: list[DocumentOut]
    phones: list[PhoneOut]
    belongs: BelongingOut | None
    photo_id: Annotated[UUID | None, Field(description="A browser shows it from /people/photos/{id}/.")]
    registered_at: datetime
    registered_unit_id: UUID


class MemberOut(Answer):
    """A member of a household."""

    person: PersonLine
    kinship: Kinship
    presence: Presence


class HouseholdOut(Answer):
    """A household with the members the caller may see: nobody else is named or counted."""

    id: UUID
    code: str
    registered_at: datetime
    members: list[MemberOut]


class Sought(BaseModel):
    """What people are searched by; nothing of it stands in an address."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[
        str, Field(min_length=2, max_length=120, description="Names or their beginning, a code, a document, a phone.")
    ]
    unit_id: Annotated[UUID | None, Field(description="Only people known at this unit and below it.")] = None
    sex: Annotated[Sex, Field(description="What else is known weighs: who contradicts it comes last.")] = Sex.UNKNOWN
    age: Annotated[int | None, Field(strict=True, ge=0, le=120, description="Today, in years.")] = None
    years: Annotated[int, Field(strict=True, ge=0, le=20, description="The age, give or take so many years.")] = 3
    area_id: Annotated[UUID | None, Field(description="The area they come from, with all below it.")] = None
    community: Annotated[str, Field(max_length=120, description="Where they come from, in words.")] = ""
    limit: Annotated[int, Field(strict=True, ge=1, le=50)] = 25


class HitOut(Answer):
    """A person found, and why. ``name`` stands before what else is said of names; ``other_…`` is what does not fit."""

    person: PersonLine
    why: list[FoundBy]


class Found(Answer):
    """The people found. More words find fewer."""

    items: list[HitOut]


class BirthSaid(BaseModel):
    """A birth as typed: any part of a date, or an age."""

    day: Annotated[int, Field(ge=1, le=31)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    year: Annotated[int, Field(ge=1890, le=2100)] | None = None
    age_years: Annotated[int, Field(ge=0, le=120)] | None = None
    age_months: Annotated[int, Field(ge=0, le=59)] | None = None


class NumberSaid(BaseModel):
    """A document or a telephone, by its number."""

    number: Annotated[str, Field(max_length=40)]


class PaperSaid(NumberSaid):
    """A document; without ``seen`` it is asked about only among the people the caller sees."""

    country: Annotated[str, Field(max_length=2)] = ""
    kind: Annotated[str, Field(max_length=24)] = ""
    seen: Annotated[bool, Field(strict=True, description="Somebody saw the document itself.")] = False


class ArrivingPerson(BaseModel):
    """A member of a household about to be registered; what else the verb takes of them says nothing of who they are."""

    person_id: UUID
    given_names: Annotated[str, Field(max_length=120)] = ""
    first_surname: Annotated[str, Field(max_length=120)] = ""
    second_surname: Annotated[str, Field(max_length=120)] = ""
    married_name: Annotated[str, Field(max_length=120)] = ""
    birth: BirthSaid = BirthSaid()
    sex: Sex = Sex.UNKNOWN
    origin_area_id: UUID | None = None
    origin_place: Annotated[str, Field(max_length=240)] = ""
    documents: Annotated[list[PaperSaid], Field(max_length=8)] = []
    phones: Annotated[list[NumberSaid], Field(max_length=8)] = []


class Arriving(BaseModel):
    """The members of a household about to be registered."""

    model_config = ConfigDict(extra="forbid")

    members: Annotated[list[ArrivingPerson], Field(min_length=1, max_length=40)]


class EvidenceOut(Answer):
    """What one compared field says: how much, in tenths of a bit for or against, and in words."""

    field: str
    level: str
    decibits: int
    said: str


class CandidateOut(Answer):
    """Somebody registered who may be the member: ``strong`` and ``probable`` rest on more than a name."""

    person: PersonLine
    strength: queries.Strength
    said: str
    evidence: list[EvidenceOut]


class CandidatesOut(Answer):
    """For each member, in the order given, the people who may be they, the likeliest first."""

    members: list[list[CandidateOut]]
    elsewhere: Annotated[
        list[bool | None],
        Field(
            description="For each member whether a document of theirs that was seen is of somebody registered whom the "
            "caller does not see; null where that is not asked."
        ),
    ]


# --- reading ---------------------------------------------------------------------------------------------------------


@people.post("/search", response=Found, summary="Search people")
def search_people(request: Asked, sought: Sought) -> Found:
    """By any of their names as heard or typed, a code, a document or a telephone. Logged, with how many were found."""
    actor = request.auth.actor
    traits = Traits(
        sex=sought.sex, age=sought.age, years=sought.years, area_id=sought.area_id, community=sought.community
    )
    hits = queries.search(actor, sought.words, unit=sought.unit_id, traits=traits, limit=sought.limit)
    lines = {line.id: line for line in queries.lines(actor, [hit.person_id for hit in hits])}
    log_reading(actor, ReadingKind.SEARCH, "people.person", people=len(lines))
    seen = [hit for hit in hits if hit.person_id in lines]
    return Found(items=[HitOut(person=line_out(lines[hit.person_id]), why=list(map(FoundBy, hit.why))) for hit in seen])


@people.post("/candidates", response=CandidatesOut, summary="Who members to be registered may be")
def find_candidates(request: Asked, arriving: Arriving) -> CandidatesOut:
    """Among the people the caller sees; of anybody else only that a document that was seen is theirs, so often an hour.

    Nothing is registered or refused by it. Logged as a search, and each document that was seen with whom it led to.
    """
    actor = request.auth.actor
    found = queries.candidates(actor, [_sought(one) for one in arriving.members])
    log_reading(actor, ReadingKind.SEARCH, "people.person", people=sum(map(len, found)))
    members = [[_candidate(one) for one in those] for those in found]
    return CandidatesOut(members=members, elsewhere=_elsewhere(actor, arriving.members))


@people.get("/{uuid:person_id}", response=PersonOut, summary="Open a person")
def get_person(request: Asked, person_id: UUID) -> PersonOut:
    """Logged as an opening."""
    actor = request.auth.actor
    person = access.get_for(actor, Person, person_id)
    log_reading(actor, ReadingKind.OPEN, "people.person", person.id)
    return _person(actor, person)


@households.get("/{uuid:household_id}", response=HouseholdOut, summary="Open a household")
def get_household(request: Asked, household_id: UUID) -> HouseholdOut:
    """Logged as an opening."""
    actor = request.auth.actor
    row = queries.household_row(actor, household_id)
    log_reading(actor, ReadingKind.OPEN, "people.household", row.id, people=len(row.members))
    members = [MemberOut(person=line_out(one.line), kinship=one.kinship, presence=one.presence) for one in row.members]
    return HouseholdOut(id=row.id, code=row.code, registered_at=row.registered_at, members=members)


def _sought(one: ArrivingPerson) -> queries.Sought:
    return queries.Sought(
        person_id=one.person_id,
        names=(one.given_names, one.first_surname, one.second_surname, one.married_name),
        sex=one.sex,
        birth=BirthIn(**one.birth.model_dump()),
        origin=(one.origin_area_id, one.origin_place),
        documents=tuple(each.number for each in one.documents),
        phones=tuple(each.number for each in one.phones),
    )


def _elsewhere(actor: UUID, members: Sequence[ArrivingPerson]) -> list[bool | None]:
    """For each member what is known of the documents that were seen, all asked about at once."""
    papers = [(at, paper) for at, one in enumerate(members) for paper in one.documents if paper.seen]
    said = queries.shown(actor, [queries.PaperShown(one.country, one.kind, one.number) for _, one in papers])
    answers: list[bool | None] = [None] * len(members)
    for (at, _paper), answer in zip(papers, said, strict=True):
        if answers[at] is not True and answer is not None:
            answers[at] = answer
    return answers


def _candidate(one: queries.Candidate) -> CandidateOut:
    lines = [
        EvidenceOut(field=field, level=level, decibits=much, said=f"{wording.FIELDS[field]}: {wording.LEVELS[level]}")
        for field, level, much in one.evidence
    ]
    return CandidateOut(
        person=line_out(one.person), strength=one.strength, said=capfirst(str(one.strength.label)), evidence=lines
    )


def line_out(line: queries.PersonLine) -> PersonLine:
    """A person's line as the API gives it."""
    return PersonLine(**_line(line))


def _line(line: queries.PersonLine) -> dict[str, object]:
    birth = BirthOut(latest=line.birth.latest, precision=Precision(line.birth.precision))
    return {"id": line.id, "code": line.code, "label": line.label, "sex": line.sex, "birth": birth}


def _person(actor: UUID, person: Person) -> PersonOut:
    photo = queries.photo_of(actor, person.id)
    return PersonOut(
        **_line(queries.line_of(person)),
        given_names=person.given_names,
        first_surname=person.first_surname,
        second_surname=person.second_surname,
        married_name=person.married_name,
        nicknames=person.nicknames,
        newborn_unnamed=person.newborn_unnamed,
        nationalities=person.nationalities,
        languages=person.languages,
        self_identified=person.self_identified,
        origin_area_id=person.origin_area_id,
        origin_place=person.origin_place,
        wants_private=person.wants_private,
        needs=[NeedCode(code) for code in queries.need_codes(actor, person.id)],
        documents=_documents(actor, person.id),
        phones=_phones(actor, person.id),
        belongs=_belonging(actor, person.id),
        photo_id=photo.id if photo else None,
        registered_at=person.registered_at,
        registered_unit_id=person.registered_unit_id,
    )


def _documents(actor: UUID, person_id: UUID) -> list[DocumentOut]:
    return [
        DocumentOut(
            id=one.id, country=one.country, kind=one.kind, number=one.number, seen=one.seen, flags=list(one.flags)
        )
        for one in queries.documents_of(actor, person_id)
    ]


def _phones(actor: UUID, person_id: UUID) -> list[PhoneOut]:
    return [
        PhoneOut(id=one.id, number=one.number, answered_by=one.answered_by, safe_to_call=one.safe_to_call)
        for one in queries.phones_of(actor, person_id)
    ]


def _belonging(actor: UUID, person_id: UUID) -> BelongingOut | None:
    found = access.visible_to(actor, Membership.objects.filter(person=person_id, ends_at=None)).first()
    if found is None:
        return None
    return BelongingOut(
        household_id=found.household_id, kinship=Kinship(found.kinship), presence=Presence(found.presence)
    )
