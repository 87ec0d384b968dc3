"""Correcting what is known of a person: names and birth, documents, telephones, needs at the door."""

from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms import text
from cobijo.algorithms.ages import age_on
from cobijo.core import clock, rows
from cobijo.core.context import current, flag, is_late
from cobijo.core.journal import of_subject
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, PLAIN, SUBJECT, About, Act, verb
from cobijo.people import births, drafting, index, places
from cobijo.people.models import Document, Need, Person, Phone
from cobijo.people.refusals import NO_INFANT
from cobijo.people.types import CorrectionIn, Country, DocumentIn, Feeding, Flag, Line, NeedCode, PhoneIn

Needs = Annotated[list[NeedCode], Field(max_length=8)]


@verb(
    "people.correct_person",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Record corrected"),
)
def correct_person(act: Act, *, correction: CorrectionIn) -> Person:
    """Correct a person's names, birth, sex, languages or place of origin; what is None stays as it was."""
    problems = drafting.problems_of("correction", correction, act)
    areas = drafting.problems_of_areas(act, {"correction.origin_area_id": correction.origin_area_id})
    drafting.refuse([*problems, *areas])
    person = _locked(correction.person_id)
    if is_late() and _corrected_since(act, person.id):
        flag(Flag.CORRECTED_SINCE, person=person.id)
    if correction.birth is not None and births.contradicts(correction.birth, act.happened_at):
        flag(Flag.AGE_DIFFERS, person=person.id)
    values = drafting.values_of(correction, act)
    if values:
        rows.change(person, **values)
        index.rewrite(person)
    return person


def _corrected_since(act: Act, person_id: UUID) -> bool:
    """Whether a correction of something that happened after this act is already in."""
    return of_subject(person_id).filter(verb="people.correct_person", happened_at__gt=act.happened_at).exists()


def _locked(person_id: UUID) -> Person:
    return Person.objects.select_for_update().get(pk=person_id)


# --- documents and telephones ----------------------------------------------------------------------------------------


@verb(
    "people.add_document",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT, "document": About("person_id", Category.IDENTITY)},
    says=_("Document added"),
)
def add_document(act: Act, *, person_id: UUID, document: DocumentIn) -> Document:
    """Record an identity document as shown or said. What looks odd is flagged; whose it is elsewhere is not asked."""
    drafting.refuse(drafting.problems_of_document("document.", document))
    person = _locked(person_id)
    added = rows.add(drafting.draft_document(act, person, document))
    index.rewrite(person)
    return added


@verb(
    "people.void_document",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Document taken out"),
)
def void_document(act: Act, *, document_id: UUID) -> None:
    """Take out a document that was recorded by mistake."""
    document = Document.objects.select_related("person").get(pk=document_id)
    rows.change(document, voided_at=clock.now())
    index.rewrite(document.person)


@verb(
    "people.add_phone",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"person_id": SUBJECT, "phone": About("person_id", Category.CONTACT), "country": PLAIN},
    says=_("Telephone added"),
)
def add_phone(act: Act, *, person_id: UUID, phone: PhoneIn, country: Country | None = None) -> Phone:
    """Record a telephone. One without a country belongs to ``country`` or the unit's; what cannot be read is kept."""
    drafting.refuse(drafting.problems_of_phone("phone.", phone))
    person = _locked(person_id)
    country = country or places.country_at(act.actor, current().unit)
    added = rows.add(drafting.draft_phone(person, phone, country))
    index.rewrite(person)
    return added


@verb(
    "people.void_phone",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Telephone taken out"),
)
def void_phone(act: Act, *, phone_id: UUID) -> None:
    """Take out a telephone that is wrong or no longer the person's."""
    phone = Phone.objects.select_related("person").get(pk=phone_id)
    rows.change(phone, voided_at=clock.now())
    index.rewrite(phone.person)


# --- needs -----------------------------------------------------------------------------------------------------------


@verb(
    "people.set_needs",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={
        "person_id": SUBJECT,
        "needs": About("person_id", Category.HEALTH),
        "wants_private": About("person_id", Category.PROTECTION),
        "feeding": About("person_id", Category.HEALTH),
        "diet": About("person_id", Category.HEALTH),
    },
    says=_("Needs noted"),
)
def set_needs(
    act: Act,
    *,
    person_id: UUID,
    needs: Needs,
    wants_private: bool | None = None,
    feeding: Feeding | None = None,
    diet: Line | None = None,
) -> Person:
    """Say which needs at the door a person has now; those not named end. None leaves the rest as it is.

    ``feeding``: what an infant takes; ``diet``: what changes the meals of anybody.
    """
    person = _locked(person_id)
    if feeding and (age_on(person.birth, births.said_on(act.happened_at)) or 0) >= 1:
        raise NO_INFANT.about("feeding")
    before = list(Need.objects.filter(person=person_id, ends_at=None))
    rows.change_all([need for need in before if need.code not in needs], ends_at=act.happened_at)
    missing = [code for code in dict.fromkeys(needs) if code not in {need.code for need in before}]
    new = [drafting.draft_need(act, person_id, code) for code in missing]
    if new:
        rows.add(*new)
    said = {"wants_private": wants_private, "feeding": feeding, "diet": None if diet is None else text.clean(diet)}
    changed = {name: value for name, value in said.items() if value is not None and value != getattr(person, name)}
    if changed:
        rows.change(person, **changed)
    return person
