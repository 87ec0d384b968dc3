"""Consent, and the legal basis a unit states for each purpose."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms import text
from cobijo.algorithms.ages import Birth, is_child
from cobijo.core import rows
from cobijo.core.context import flag, is_late
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, PLAIN, Act, verb
from cobijo.people import births, drafting
from cobijo.people.drafting import Problem
from cobijo.people.models import Consent, LegalBasis, Person
from cobijo.people.refusals import CAREGIVER_ANSWERS, OWN_CAREGIVER, UNKNOWN_PURPOSE
from cobijo.people.types import Basis, ConsentIn, ConsentState, Flag, Language

SaidAloud = dict[Language, Annotated[str, Field(max_length=2_000)]]


@verb(
    "people.record_consent",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("Answer about data recorded"),
)
def record_consent(act: Act, *, answer: ConsentIn) -> Consent:
    """Record a person's answer to a purpose. The newest counts, so that a withdrawal acts at once."""
    birth = Person.objects.get(pk=answer.person_id).birth
    drafting.refuse(problems("answer.", answer, birth, act))
    return write(act, [answer], {answer.person_id: birth})[0]


def problems(path: str, answer: ConsentIn, birth: Birth, act: Act) -> Iterator[Problem]:
    """What is wrong with an answer. Late, a child's yes without a caregiver is taken and flagged."""
    if answer.purpose not in set(Purpose):
        yield f"{path}purpose", UNKNOWN_PURPOSE
    if answer.caregiver_id == answer.person_id:
        yield f"{path}caregiver_id", OWN_CAREGIVER
    if _lacks_caregiver(answer, birth, act) and not is_late():
        yield f"{path}caregiver_id", CAREGIVER_ANSWERS


def _lacks_caregiver(answer: ConsentIn, birth: Birth, act: Act) -> bool:
    """A no counts from whomever it comes; a yes for a child is the caregiver's."""
    child = is_child(birth, births.said_on(act.happened_at))
    return bool(child) and answer.state is ConsentState.GIVEN and answer.caregiver_id is None


def write(act: Act, answers: Sequence[ConsentIn], known: Mapping[UUID, Birth]) -> list[Consent]:
    """Insert answers that were found right; ``known`` holds the births of who gave them."""
    for answer in answers:
        if _lacks_caregiver(answer, known[answer.person_id], act):
            flag(Flag.CAREGIVER_MISSING, person=answer.person_id)
    given = [
        Consent(
            id=answer.consent_id,
            person_id=answer.person_id,
            purpose=answer.purpose,
            state=answer.state,
            language=answer.language,
            caregiver_id=answer.caregiver_id,
            child_assents=answer.child_assents,
            recorded_by_id=act.actor,
            at=act.happened_at,
        )
        for answer in answers
    ]
    if given:
        rows.add(*given)
    return given


@verb(
    "people.set_basis",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"purpose": PLAIN, "basis": PLAIN, "said_aloud": PLAIN},
    says=_("Legal basis stated"),
)
def set_basis(
    act: Act, *, basis_id: UUID, unit_id: UUID, purpose: Purpose, basis: Basis, said_aloud: SaidAloud
) -> LegalBasis:
    """State on what basis a unit uses people's data for a purpose, and the words in which that is explained aloud.

    ``said_aloud`` has the words by language tag. The basis stated before ends.
    """
    words = {language: text.clean(one) for language, one in said_aloud.items()}
    before = LegalBasis.objects.select_for_update().filter(unit=unit_id, purpose=purpose, ends_at=None)
    rows.change_all(before, ends_at=act.happened_at)
    return rows.add(
        LegalBasis(
            id=basis_id,
            unit_id=unit_id,
            purpose=purpose,
            basis=basis,
            said_aloud={language: one for language, one in words.items() if one},
            starts_at=act.happened_at,
        )
    )
