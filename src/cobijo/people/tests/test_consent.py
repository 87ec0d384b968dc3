"""Consent on its legal basis: the newest answer counts, and withdrawing acts at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.people import services as people
from cobijo.people.models import Household
from cobijo.people.queries import answers_of, bases_at, may_use
from cobijo.people.tests.conftest import persons
from cobijo.people.types import Basis, ConsentIn, ConsentState
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
GIVEN, REFUSED, WITHDRAWN = ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN


def answer(cast: Cast, person: UUID, state: ConsentState, *, ago: timedelta = timedelta(), **given: Any) -> None:
    """A person answers about tracing, asked by Ana."""
    said = {"purpose": "tracing", "language": "quc"} | given
    record = ConsentIn(consent_id=uuid7(), person_id=person, state=state, **said)
    people.record_consent(act(cast.ana, happened_at=clock.now() - ago), answer=record)


def test_without_an_answer_nothing_may_be_used_and_a_withdrawal_acts_at_once(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    assert not may_use(maria, Purpose.TRACING)
    answer(cast, maria, GIVEN, ago=timedelta(minutes=2))
    assert may_use(maria, Purpose.TRACING)
    assert not may_use(maria, Purpose.ASSISTANCE)
    answer(cast, maria, WITHDRAWN, ago=timedelta(minutes=1))
    assert not may_use(maria, Purpose.TRACING)
    answer(cast, maria, GIVEN)
    assert may_use(maria, Purpose.TRACING)


def test_an_older_yes_that_arrives_late_does_not_undo_a_withdrawal(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    answer(cast, maria, WITHDRAWN)
    answer(cast, maria, GIVEN, ago=timedelta(hours=3))
    assert not may_use(maria, Purpose.TRACING)


def test_for_a_child_the_caregiver_answers_and_the_child_may_say_no(cast: Cast, home: Household) -> None:
    ixchel, maria = persons(home)["Ixchel"], persons(home)["María José"]
    with pytest.raises(DomainError) as refused:
        answer(cast, ixchel, GIVEN)
    assert (refused.value.code, list(refused.value.fields)) == ("people.caregiver_answers", ["answer.caregiver_id"])
    with pytest.raises(DomainError, match=r"people\.own_caregiver"):
        answer(cast, ixchel, GIVEN, caregiver_id=ixchel)
    answer(cast, ixchel, GIVEN, ago=timedelta(minutes=3), caregiver_id=maria, child_assents=True)
    assert may_use(ixchel, Purpose.TRACING)
    answer(cast, ixchel, GIVEN, ago=timedelta(minutes=2), caregiver_id=maria, child_assents=False)
    assert not may_use(ixchel, Purpose.TRACING)
    answer(cast, ixchel, REFUSED)
    assert not may_use(ixchel, Purpose.TRACING)


def test_a_childs_late_yes_without_a_caregiver_does_not_count(cast: Cast, home: Household) -> None:
    ixchel = persons(home)["Ixchel"]
    answer(cast, ixchel, GIVEN, ago=timedelta(hours=3))
    assert not may_use(ixchel, Purpose.TRACING)


def test_where_the_response_goes_by_another_basis_no_answer_is_needed(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]

    def state(basis: Basis) -> None:
        people.set_basis(
            act(cast.administrator),
            basis_id=uuid7(),
            unit_id=cast.response.pk,
            purpose=Purpose.SHELTER,
            basis=basis,
            said_aloud={"es": " Le preguntamos su nombre para darle un cupo. ", "quc": ""},
        )

    state(Basis.VITAL)
    assert may_use(maria, Purpose.SHELTER)
    [stated] = bases_at(cast.a.id)
    assert stated.basis == Basis.VITAL
    assert stated.said_aloud == {"es": "Le preguntamos su nombre para darle un cupo."}
    state(Basis.CONSENT)
    assert not may_use(maria, Purpose.SHELTER)
    assert [one.basis for one in bases_at(cast.a.id)] == [Basis.CONSENT]
    with pytest.raises(DomainError, match=r"core\.not_"):
        people.set_basis(
            act(cast.ana),
            basis_id=uuid7(),
            unit_id=cast.a.id,
            purpose=Purpose.SHELTER,
            basis=Basis.DUTY,
            said_aloud={},
        )


def test_a_purpose_nobody_knows_is_refused(cast: Cast, home: Household) -> None:
    with pytest.raises(DomainError, match=r"people\.unknown_purpose"):
        answer(cast, persons(home)["Martín"], GIVEN, purpose="advertising")


def test_the_newest_answers_are_listed_with_whether_they_count(cast: Cast, home: Household) -> None:
    maria = persons(home)["María José"]
    answer(cast, maria, GIVEN, ago=timedelta(minutes=5))
    answer(cast, maria, WITHDRAWN)
    answer(cast, maria, GIVEN, purpose="assistance")
    shown = [(one.purpose, one.state, one.counts, one.by) for one in answers_of(cast.ana.id, maria)]
    assert shown == [
        (Purpose.ASSISTANCE, GIVEN, True, "Ana Xicay"),
        (Purpose.TRACING, WITHDRAWN, False, "Ana Xicay"),
    ]


def test_a_caregiver_the_registrar_cannot_see_is_no_caregiver(cast: Cast, home: Household) -> None:
    with pytest.raises(DomainError, match=r"core\.not_found"):
        answer(cast, persons(home)["Ixchel"], GIVEN, caregiver_id=uuid7())
