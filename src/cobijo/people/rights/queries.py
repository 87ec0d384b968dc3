"""What is asked about people's requests, and the own copy itself."""

from base64 import b64encode
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from cobijo.accounts.queries import answerable_for, names_of, unit_names
from cobijo.core import clock, journal, nodes, owncopy, verbs, wording
from cobijo.core.models import Outcome
from cobijo.people import sealing
from cobijo.people.identity.following import merged_of
from cobijo.people.models import Person
from cobijo.people.queries.records import PersonLine, line_of, lines
from cobijo.people.rights import access
from cobijo.people.rights.models import RightsRequest
from cobijo.people.rights.types import Answered, AskedBy, RefusalGround, RightKind

# --- requests --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the queue. ``line`` is None for a person who is erased, or no longer the reader's to see."""

    id: UUID
    number: int
    kind: RightKind
    unit_id: UUID
    unit: str
    line: PersonLine | None
    erased: bool
    asked_on: date
    due_on: date
    overdue: bool
    received_by: str
    mine: bool
    answered_at: datetime | None
    outcome: Answered | None
    waits_to_be_erased: bool

    @property
    def kind_words(self) -> str:
        return str(self.kind.label)

    @property
    def outcome_words(self) -> str:
        return str(self.outcome.label) if self.outcome else ""


@dataclass(frozen=True, slots=True)
class RequestOpened:
    """One request with its words, opened."""

    row: RequestRow
    language: str
    asked_by: str
    words: str
    ground: str
    reply: str


def requests_for(actor: UUID) -> list[RequestRow]:
    """The requests of the actor's units: what waits first, by the day on which it is due, then the newest answers."""
    found = access.visible_to(actor, RightsRequest.objects.all())
    waiting = list(found.filter(answered_at=None).select_related("unit").order_by("due_on", "number"))
    done = list(found.filter(answered_at__isnull=False).select_related("unit").order_by("-answered_at")[:100])
    return _rows(actor, [*(one for one in done if one.waits_to_be_erased), *waiting,
                         *(one for one in done if not one.waits_to_be_erased)])  # fmt: skip


def requests_of(actor: UUID, person_id: UUID) -> list[RequestRow]:
    """What a person asked at the actor's units, newest first."""
    found = access.visible_to(actor, RightsRequest.objects.filter(person=person_id).select_related("unit"))
    return _rows(actor, list(found.order_by("-asked_on", "-number")))


def request_for(actor: UUID, request_id: UUID) -> RequestOpened:
    """One request, opened; raises NOT_FOUND for who may not know of it."""
    request = access.get_for(actor, RightsRequest, request_id)
    return RequestOpened(
        row=_rows(actor, [request])[0],
        language=request.language,
        asked_by=str(AskedBy(request.asked_by).label) if request.asked_by else "",
        words=opened(request, "sealed_words"),
        ground=str(RefusalGround(request.ground).label) if request.ground else "",
        reply=opened(request, "sealed_reply"),
    )


def opened(request: RightsRequest, field: str) -> str:
    """Words of a request; none once the person is erased."""
    sealed = bytes(getattr(request, field))
    if not sealed or request.person_id is None:
        return ""
    return sealing.open_one(sealed, request.person_id, sealing.place(RightsRequest, request.pk, field))


def _rows(actor: UUID, found: list[RightsRequest]) -> list[RequestRow]:
    names = names_of(one.received_by_id for one in found)
    seen = {line.id: line for line in lines(actor, [one.person_id for one in found if one.person_id])}
    today = wording.at_site(clock.now()).date()
    return [
        RequestRow(
            id=one.pk,
            number=one.number,
            kind=RightKind(one.kind),
            unit_id=one.unit_id,
            unit=one.unit.name,
            line=seen.get(one.person_id) if one.person_id else None,
            erased=one.person_id is None,
            asked_on=one.asked_on,
            due_on=one.due_on,
            overdue=one.is_overdue(today),
            received_by=names.get(one.received_by_id, ""),
            mine=one.received_by_id == actor,
            answered_at=one.answered_at,
            outcome=Answered(one.outcome) if one.outcome else None,
            waits_to_be_erased=one.waits_to_be_erased,
        )
        for one in found
    ]


# --- the own copy ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ActSaid:
    """Something that was done about the person: what it is called, when, and in the name of which unit."""

    words: str
    at: datetime
    unit: str


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """Everything kept about a person, in the language in force, and who answers for it."""

    line: PersonLine
    sections: tuple[owncopy.Section, ...]
    acts: tuple[ActSaid, ...]
    controller: str
    contact: str
    made_at: datetime
    fictitious: bool

    def as_json(self) -> dict[str, Any]:
        """The same for a program to read; pictures as base64."""
        return {
            "code": self.line.code,
            "controller": {"name": self.controller, "contact": self.contact},
            "made_at": self.made_at.isoformat(),
            "fictitious": self.fictitious,
            "kept": [
                {
                    "record": section.label,
                    "heading": section.heading,
                    "entries": [_entry(record) for record in section.records],
                }
                for section in self.sections
            ],
            "done": [{"what": one.words, "at": one.at.isoformat(), "where": one.unit} for one in self.acts],
        }


def _entry(record: owncopy.Record) -> dict[str, Any]:
    said = [{"field": one.name, "label": one.word, "value": one.value} for one in record.said]
    return {"fields": said} | ({"jpeg": b64encode(record.picture).decode()} if record.picture else {})


def own_copy(person_id: UUID) -> OwnCopy:
    """The copy of a person. Goes past ``access``: ask ``services.give_copy`` first, which says who may."""
    person = Person.objects.get(pk=person_id)
    merged = [one.pk for one in merged_of(person_id)]
    controller, contact = answerable_for(person.registered_unit_id)
    return OwnCopy(
        line=line_of(person),
        sections=tuple(owncopy.sections(person_id, *merged)),
        acts=tuple(_acts(person_id, *merged)),
        controller=controller,
        contact=contact,
        made_at=clock.now(),
        fictitious=nodes.is_fictitious(),
    )


def _acts(*people: UUID) -> list[ActSaid]:
    """What the journal knows was done about the person, oldest first; who did it is a colleague's matter."""
    applied = Outcome.objects.filter(intent=OuterRef("pk"), kind=Outcome.Kind.APPLIED)
    found = list(journal.of_subjects(people).filter(Exists(applied)).order_by("happened_at", "id"))
    names = unit_names(row.unit for row in found if row.unit)
    return [
        ActSaid(verbs.words_of(row.verb), row.happened_at, names.get(row.unit, "") if row.unit else "") for row in found
    ]
