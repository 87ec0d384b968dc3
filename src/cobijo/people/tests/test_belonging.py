"""Households: who belongs, as what, and whether they are here."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cobijo.accounts.access import one_reading
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Outcome
from cobijo.people import services as people
from cobijo.people.models import Household, Membership
from cobijo.people.queries import household_of, household_row, members_for
from cobijo.people.tests.conftest import family, member, persons, register
from cobijo.people.types import Flag, Kinship, MovingIn, Presence
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def flags() -> list[str]:
    """What the last operation flagged."""
    return [flag["code"] for flag in Outcome.objects.latest("id").flags]


def test_the_household_is_listed_head_first_then_by_age(cast: Cast, home: Household) -> None:
    found = members_for(cast.ana.id, home.id)
    assert [(one.line.label, one.kinship) for one in found][:3] == [
        ("María José Quiej", Kinship.HEAD),
        ("Tomasa Núñez", Kinship.RELATIVE),
        ("Martín Chávez", Kinship.SPOUSE),
    ]
    assert {one.presence for one in found} == {Presence.HERE}


def test_listing_a_household_takes_the_same_queries_whatever_its_size(cast: Cast, home: Household) -> None:
    alone = register(cast.ana, cast.a.id, [member("Ana")])
    counts = []
    for household in (alone, home):
        with one_reading(), CaptureQueriesContext(connection) as asked:
            row = household_row(cast.ana.id, household.id)
        counts.append(len(asked))
    assert len(row.members) == 5
    assert counts[0] == counts[1] <= 5


def test_a_change_closes_what_was_so_and_opens_what_is(cast: Cast, home: Household) -> None:
    martin = persons(home)["Martín"]
    before = Membership.objects.get(person=martin)
    after = people.change_membership(
        act(cast.ana), person_id=martin, membership_id=uuid7(), presence=Presence.ELSEWHERE
    )
    before.refresh_from_db()
    assert before.ends_at == after.starts_at
    assert (after.kinship, after.presence, after.ends_at) == (Kinship.SPOUSE, Presence.ELSEWHERE, None)


def test_a_new_head_takes_over_in_two_steps(cast: Cast, home: Household) -> None:
    maria, martin = persons(home)["María José"], persons(home)["Martín"]

    def make(person: Any, kinship: Kinship, **given: Any) -> Membership:
        done = act(cast.ana, **given)
        return people.change_membership(done, person_id=person, membership_id=uuid7(), kinship=kinship)

    with pytest.raises(DomainError) as refused:
        make(martin, Kinship.HEAD)
    assert (refused.value.code, list(refused.value.fields)) == ("people.head_exists", ["kinship"])
    assert make(maria, Kinship.SPOUSE).kinship == Kinship.SPOUSE
    assert make(martin, Kinship.HEAD).kinship == Kinship.HEAD
    assert make(martin, Kinship.HEAD).kinship == Kinship.HEAD
    assert make(maria, Kinship.HEAD, happened_at=clock.now() - timedelta(hours=1)).kinship == Kinship.RELATIVE
    assert set(flags()) == {Flag.HEAD_KEPT, Flag.MOVED_SINCE}


def test_a_member_moves_to_another_household(cast: Cast, home: Household) -> None:
    other = register(cast.ana, cast.a.id, [member("Rosa", kinship=Kinship.HEAD)])
    tomasa = persons(home)["Tomasa"]
    arguments: dict[str, Any] = {"person_id": tomasa, "household_id": other.id, "kinship": Kinship.RELATIVE}
    people.move_member(act(cast.ana), membership_id=uuid7(), **arguments)
    assert "Tomasa" in persons(other)
    assert "Tomasa" not in persons(home)
    with pytest.raises(DomainError, match=r"people\.same_household"):
        people.move_member(act(cast.ana), membership_id=uuid7(), **arguments)


def test_nobody_moves_into_a_household_that_is_not_theirs_to_see(cast: Cast, home: Household) -> None:
    hidden = register(cast.carla, cast.b.id, family())
    for household in (hidden.id, uuid7()):
        with pytest.raises(DomainError, match=r"core\.not_found"):
            people.move_member(
                act(cast.ana),
                person_id=persons(home)["Tomasa"],
                household_id=household,
                membership_id=uuid7(),
                kinship=Kinship.RELATIVE,
            )


def test_a_household_is_formed_of_people_of_two(cast: Cast, home: Household) -> None:
    rosa = member("Rosa", kinship=Kinship.HEAD)
    register(cast.ana, cast.a.id, [rosa])
    people.change_membership(
        act(cast.ana), person_id=persons(home)["Martín"], membership_id=uuid7(), presence=Presence.LATER
    )
    moving = [
        MovingIn(person_id=rosa.person_id, membership_id=uuid7(), kinship=Kinship.HEAD),
        MovingIn(person_id=persons(home)["Martín"], membership_id=uuid7(), kinship=Kinship.SPOUSE),
    ]
    formed = people.new_household_of(act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=moving)
    assert set(persons(formed)) == {"Rosa", "Martín"}
    assert formed.memberships.get(person=persons(formed)["Martín"]).presence == Presence.LATER
    found = household_of(cast.ana.id, rosa.person_id)
    assert found is not None
    assert found.id == formed.id
    assert len(household_row(cast.ana.id, home.id).members) == 4


def test_a_household_formed_with_two_heads_or_the_same_person_twice_is_refused(cast: Cast, home: Household) -> None:
    one, two = list(persons(home).values())[:2]

    def form(*moving: MovingIn) -> None:
        people.new_household_of(act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=list(moving))

    with pytest.raises(DomainError, match=r"people\.two_heads"):
        form(*(MovingIn(person_id=who, membership_id=uuid7(), kinship=Kinship.HEAD) for who in (one, two)))
    with pytest.raises(DomainError, match=r"people\.person_twice"):
        form(*(MovingIn(person_id=one, membership_id=uuid7()) for _ in range(2)))


def test_who_belongs_to_no_household_has_no_place_to_change(cast: Cast, home: Household) -> None:
    martin = persons(home)["Martín"]
    Membership.objects.filter(person=martin).update(ends_at=clock.now())
    with pytest.raises(DomainError, match=r"people\.no_household"):
        people.change_membership(act(cast.ana), person_id=martin, membership_id=uuid7(), kinship=Kinship.SPOUSE)
    assert household_of(cast.ana.id, martin) is None


# --- a head one may not see ------------------------------------------------------------------------------------------


@pytest.fixture
def hidden_head(cast: Cast, home: Household) -> Household:
    """The family, whose head is protected: Elena alone may see her."""
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=persons(home)["María José"],
        why="La busca su esposo.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    return home


@pytest.mark.parametrize("hours_ago", [0, 3])
def test_a_new_head_is_taken_as_if_the_hidden_one_did_not_exist(
    cast: Cast, hidden_head: Household, hours_ago: int
) -> None:
    martin = persons(hidden_head)["Martín"]
    done = act(cast.ana, happened_at=clock.now() - timedelta(hours=hours_ago))
    Membership.objects.update(starts_at=clock.now() - timedelta(days=1))
    made = people.change_membership(done, person_id=martin, membership_id=uuid7(), kinship=Kinship.HEAD)
    assert made.kinship == Kinship.HEAD
    assert flags() == []
    kinships = {one.line.label: one.kinship for one in members_for(cast.case_worker.id, hidden_head.id)}
    assert kinships["Martín Chávez"] == Kinship.HEAD
    assert kinships["María José Quiej"] == Kinship.RELATIVE


def test_so_is_a_new_member_as_head(cast: Cast, hidden_head: Household) -> None:
    new = member("Rosa", kinship=Kinship.HEAD)
    made = people.add_member(act(cast.ana), household_id=hidden_head.id, unit_id=cast.a.id, member=new)
    assert made.kinship == Kinship.HEAD
    with pytest.raises(DomainError, match=r"people\.head_exists"):
        people.add_member(
            act(cast.ana), household_id=hidden_head.id, unit_id=cast.a.id, member=member("Luz", kinship=Kinship.HEAD)
        )
