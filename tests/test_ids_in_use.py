"""Ids of new records come from outside, and no try of one may become a way to ask who is registered."""

from uuid import UUID

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account, Notice
from cobijo.core import operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.verbs import Door
from cobijo.people import services as people
from cobijo.people.models import Household, Person
from cobijo.people.types import EraseGround, Kinship, MemberIn
from tests.cast import Cast, Place, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def register(who: Account, at: Place, person: UUID, household: UUID | None = None) -> None:
    member = MemberIn(person_id=person, given_names="Rosa", kinship=Kinship.HEAD)
    people.register_household(act(who), household_id=household or uuid7(), unit_id=at.id, members=[member])


def refusal(who: Account, at: Place, person: UUID, household: UUID | None = None) -> tuple[str, str, dict[str, object]]:
    with pytest.raises(DomainError) as refused:
        register(who, at, person, household)
    return refused.value.code, refused.value.sentence, dict(refused.value.fields)


def told() -> list[tuple[UUID, str]]:
    found = Notice.objects.filter(code="accounts.id_collision")
    return list(found.values_list("account_id", "about__account"))


def too_old() -> UUID:
    """An id that nobody can be making now."""
    return UUID(int=uuid7().int - (40 * 86_400_000 << 80))


def test_an_id_in_use_is_refused_in_the_words_of_one_that_cannot_be_new(cast: Cast) -> None:
    person, household = uuid7(), uuid7()
    register(cast.ana, cast.a, person, household)
    answers = {
        str(refusal(cast.carla, cast.b, person)),
        str(refusal(cast.carla, cast.b, uuid7(), household)),
        str(refusal(cast.carla, cast.b, too_old())),
    }
    assert len(answers) == 1
    assert (Person.objects.count(), Household.objects.count()) == (1, 1)


def test_who_tries_one_is_told_of_once_a_day(cast: Cast) -> None:
    person = uuid7()
    register(cast.ana, cast.a, person)
    for _ in range(3):
        refusal(cast.carla, cast.b, person)
    assert told() == [(cast.auditor.id, str(cast.carla.id))]


def test_ones_own_entry_sent_again_as_a_new_one_is_no_matter_for_others(cast: Cast) -> None:
    person, household = uuid7(), uuid7()
    register(cast.ana, cast.a, person, household)
    assert refusal(cast.ana, cast.a, person, household)[0] == "core.id_refused"
    assert refusal(cast.ana, cast.a, too_old())[0] == "core.id_refused"
    assert told() == []


def test_the_id_of_an_erased_person_is_answered_like_one_in_use(cast: Cast) -> None:
    gone, there = uuid7(), uuid7()
    register(cast.ana, cast.a, gone)
    register(cast.ana, cast.a, there)
    command = operations.act_of(COMMAND_LINE, Door.COMMAND)
    people.erase_person(command, person_id=gone, ground=EraseGround.REQUEST)
    assert refusal(cast.carla, cast.b, gone) == refusal(cast.carla, cast.b, there)
    assert not Person.objects.filter(pk=gone).exists()
