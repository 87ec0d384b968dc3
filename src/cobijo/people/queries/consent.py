"""On what basis a person's data may be used, and what they answered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from cobijo.accounts.queries import names_of
from cobijo.algorithms.ages import is_child
from cobijo.core.personal import Purpose
from cobijo.people import access, births
from cobijo.people.models import Consent, LegalBasis, Person
from cobijo.people.types import Basis, ConsentState


def may_use(person_id: UUID, purpose: Purpose) -> bool:
    """Whether a person's data may be used for a purpose at this moment.

    Where a unit that knows the person states another basis than consent, yes. Where consent is the basis, or nothing is
    stated, the newest answer must be a yes: for a child the caregiver's, and the child must not have said no.
    """
    answers = Consent.objects.filter(person=person_id, purpose=purpose).select_related("person")
    return _counts(_stated(person_id).get(purpose, set()), answers.order_by("-at", "-pk").first())


def allowed(unit_id: UUID, purpose: Purpose, people: Collection[UUID]) -> set[UUID]:
    """Those of these people whose data a unit may use for a purpose: asked once for a whole list.

    By what the unit itself goes by, stated there or above; nothing stated asks for each one's yes.
    """
    stated = {row.basis.value for row in bases_at(unit_id) if row.purpose is purpose}
    if stated and Basis.CONSENT not in stated:
        return set(people)
    newest: dict[UUID, Consent] = {}
    answers = Consent.objects.filter(person__in=people, purpose=purpose).select_related("person")
    for answer in answers.order_by("at", "pk"):
        newest[answer.person_id] = answer
    return {person for person, answer in newest.items() if _counts(stated, answer)}


def _counts(stated: Collection[str], answer: Consent | None) -> bool:
    if stated and Basis.CONSENT not in stated:
        return True
    if answer is None or answer.state != ConsentState.GIVEN or answer.child_assents is False:
        return False
    return answer.caregiver_id is not None or not is_child(answer.person.birth, births.said_on(answer.at))


def _stated(person_id: UUID) -> dict[str, set[str]]:
    """The bases that the units knowing a person, and those above them, state for each purpose."""
    registered = Person.objects.filter(pk=person_id).values_list("registered_unit", flat=True)
    units = [*access.units_knowing(person_id), *registered]
    found: dict[str, set[str]] = {}
    rows = LegalBasis.objects.filter(ends_at=None, unit__reaches__below__in=units)
    for purpose, basis in rows.values_list("purpose", "basis").distinct():
        found.setdefault(purpose, set()).add(basis)
    return found


@dataclass(frozen=True, slots=True)
class BasisRow:
    """What a unit goes by for a purpose, and the words said aloud by language tag."""

    purpose: Purpose
    basis: Basis
    said_aloud: dict[str, str]


def bases_at(unit_id: UUID) -> list[BasisRow]:
    """What counts at a unit: for each purpose the nearest statement, there or above."""
    found = LegalBasis.objects.filter(ends_at=None, unit__reaches__below=unit_id)
    nearest: dict[str, LegalBasis] = {}
    for row in found.annotate(depth=Count("unit__reached_by")).order_by("depth"):
        nearest[row.purpose] = row
    return [
        BasisRow(purpose, Basis(nearest[purpose].basis), nearest[purpose].said_aloud)
        for purpose in Purpose
        if purpose in nearest
    ]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A person's newest answer to a purpose."""

    purpose: Purpose
    state: ConsentState
    language: str
    caregiver: UUID | None
    child_assents: bool | None
    by: str
    at: datetime
    counts: bool

    @property
    def state_word(self) -> str:
        return str(self.state.label)


def answers_of(actor: UUID, person_id: UUID) -> list[AnswerRow]:
    """The newest answer of a person to each purpose, with whether the data may be used for it."""
    newest: dict[str, Consent] = {}
    rows = access.visible_to(actor, Consent.objects.filter(person=person_id).select_related("person"))
    for answer in rows.order_by("at", "pk"):
        newest[answer.purpose] = answer
    if not newest:
        return []
    names, stated = names_of({answer.recorded_by_id for answer in newest.values()}), _stated(person_id)
    return [
        AnswerRow(
            purpose=purpose,
            state=ConsentState(newest[purpose].state),
            language=newest[purpose].language,
            caregiver=newest[purpose].caregiver_id,
            child_assents=newest[purpose].child_assents,
            by=names.get(newest[purpose].recorded_by_id, ""),
            at=newest[purpose].at,
            counts=_counts(stated.get(purpose, set()), newest[purpose]),
        )
        for purpose in Purpose
        if purpose in newest
    ]
