"""What a household says of itself: kept beside its members, never a limit, and never a way to learn of one hidden."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Account
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.core.verbs import Door
from cobijo.people import access, queries
from cobijo.people import services as people
from cobijo.people.models import Household, Person
from cobijo.people.said.models import Collector, HouseholdSaid
from cobijo.people.tests.cards.test_cards import printed
from cobijo.people.tests.conftest import member, persons, register
from cobijo.people.types import (
    BirthIn,
    CorrectionIn,
    EraseGround,
    Feeding,
    Flag,
    HouseholdFactsIn,
    Informant,
    Kinship,
    NeedCode,
)
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def facts(person: UUID, **given: Any) -> HouseholdFactsIn:
    return HouseholdFactsIn(said_id=uuid7(), person_id=person, **given)


def describe(who: Account, home: Household, person: UUID, **given: Any) -> HouseholdSaid:
    at = {"happened_at": given.pop("happened_at")} if "happened_at" in given else {}
    return people.describe_household(act(who, **at), household_id=home.id, facts=facts(person, **given))


def refused(code: str, do: Any) -> DomainError:
    with pytest.raises(DomainError) as error:
        do()
    assert error.value.code == code
    return error.value


@pytest.fixture
def maria(home: Household) -> UUID:
    return persons(home)["María José"]


# --- said ------------------------------------------------------------------------------------------------------------


def test_a_family_says_how_many_they_are_as_it_is_registered(cast: Cast) -> None:
    head = member("Rosa", "Xol", kinship=Kinship.HEAD)
    said = facts(head.person_id, size_said=6, here_said=4, animals=2, animals_said="dos perros, en el patio")
    home = people.register_household(act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=[head], facts=said)
    row = queries.said_of(cast.ana.id, home.id)
    assert row is not None
    assert (row.size, row.here, row.animals, row.animals_said) == (6, 4, 2, "dos perros, en el patio")


def test_what_was_said_limits_nobody_who_comes_later(cast: Cast, home: Household, maria: UUID) -> None:
    describe(cast.ana, home, maria, size_said=1, here_said=1)
    people.add_member(act(cast.ana), household_id=home.id, unit_id=cast.a.id, member=member("Nery"))
    assert home.memberships.filter(ends_at=None).count() == 6


def test_what_is_said_last_counts_and_what_was_said_before_is_kept(cast: Cast, home: Household, maria: UUID) -> None:
    describe(cast.ana, home, maria, size_said=5, informed_by=Informant.HEAD)
    describe(cast.ana, home, persons(home)["Martín"], size_said=7, informed_by=Informant.SPOUSE)
    row = queries.said_of(cast.ana.id, home.id)
    assert row is not None
    assert (row.size, row.informed_by) == (7, Informant.SPOUSE)
    assert HouseholdSaid.objects.count() == 2


def test_what_was_said_before_and_arrives_late_does_not_count_and_is_flagged(
    cast: Cast, home: Household, maria: UUID
) -> None:
    describe(cast.ana, home, maria, size_said=5)
    late = act(cast.ana, happened_at=clock.now() - timedelta(hours=3))
    given = {"said_id": str(uuid7()), "person_id": str(maria), "size_said": 9}
    receipt = operations.submit("people.describe_household", late, {"household_id": str(home.id), "facts": given})
    assert [flag["code"] for flag in receipt.flags] == [Flag.DESCRIBED_SINCE]
    row = queries.said_of(cast.ana.id, home.id)
    assert row is not None
    assert row.size == 5


def test_somebody_of_another_household_does_not_speak_for_this_one(cast: Cast, home: Household) -> None:
    other = register(cast.ana, cast.a.id, [member("Rosa")])
    error = refused("people.facts_of_nobody", lambda: describe(cast.ana, home, persons(other)["Rosa"], size_said=3))
    assert "facts.person_id" in error.fields


def test_facts_of_somebody_who_is_not_registered_with_them_register_nobody(cast: Cast) -> None:
    before = Person.objects.count()
    refused(
        "people.facts_of_nobody",
        lambda: people.register_household(
            act(cast.ana), household_id=uuid7(), unit_id=cast.a.id, members=[member("Rosa")], facts=facts(uuid7())
        ),
    )
    assert Person.objects.count() == before


@pytest.mark.parametrize("wrong", [{"size_said": 0}, {"size_said": 100}, {"here_said": -1}, {"animals": 3.9}])
def test_numbers_that_cannot_be_are_refused(cast: Cast, home: Household, maria: UUID, wrong: dict[str, Any]) -> None:
    refused("core.bad_arguments", lambda: describe(cast.ana, home, maria, **wrong))


# --- who learns of it ------------------------------------------------------------------------------------------------


def test_a_stranger_learns_nothing_and_says_nothing(cast: Cast, home: Household, maria: UUID) -> None:
    describe(cast.ana, home, maria, size_said=5)
    assert queries.said_of(cast.carla.id, home.id) is None
    refused("core.not_found", lambda: describe(cast.carla, home, maria, size_said=1))


def test_beside_fewer_names_the_size_is_not_shown_for_it_would_tell_of_one_who_is_hidden(
    cast: Cast, home: Household, maria: UUID
) -> None:
    describe(cast.ana, home, maria, size_said=5)
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=persons(home)["Ixchel"],
        why="Lo pide.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id],
    )
    assert queries.said_of(cast.ana.id, home.id) is None
    shown = queries.said_of(cast.case_worker.id, home.id)
    assert shown is not None
    assert shown.size == 5


def test_what_was_said_goes_with_who_said_it(cast: Cast, home: Household, maria: UUID) -> None:
    describe(cast.ana, home, maria, size_said=5, filled_by="Lucía Tum", animals_said="una gallina")
    people.name_collector(act(cast.ana), collector_id=uuid7(), household_id=home.id, person_id=maria, name="Berta Coy")
    operator = operations.act_of(UUID(int=0), Door.COMMAND)
    people.erase_person(operator, person_id=maria, ground=EraseGround.REQUEST)
    assert not HouseholdSaid.objects.exists()
    assert not Collector.objects.exists()
    assert "Lucía Tum" not in str(list(Intent.objects.values()))


# --- who else may receive --------------------------------------------------------------------------------------------


def test_a_collector_is_named_with_a_card_and_ended(cast: Cast, home: Household, maria: UUID) -> None:
    _batch, made = printed(cast.beto, cast.a.id)
    people.link_card(act(cast.ana), card=made[0].text, person_id=persons(home)["Martín"])
    named = people.name_collector(
        act(cast.ana),
        collector_id=uuid7(),
        household_id=home.id,
        person_id=maria,
        name="  Berta   Coy ",
        card=made[0].text,
    )
    [row] = queries.collectors_of(cast.ana.id, home.id)
    assert row.name == "Berta Coy"
    assert row.card.startswith("C-")
    people.end_collector(act(cast.ana), collector_id=named.id)
    assert queries.collectors_of(cast.ana.id, home.id) == []
    refused("people.collector_ended", lambda: people.end_collector(act(cast.ana), collector_id=named.id))


@pytest.mark.parametrize("name", ["", "   ", "\u200b"])
def test_a_collector_has_a_name(cast: Cast, home: Household, maria: UUID, name: str) -> None:
    with pytest.raises(DomainError):
        people.name_collector(act(cast.ana), collector_id=uuid7(), household_id=home.id, person_id=maria, name=name)
    assert not Collector.objects.exists()


def test_more_than_three_collectors_are_too_many_to_know(cast: Cast, home: Household, maria: UUID) -> None:
    for at in range(4):
        call: dict[str, Any] = {"household_id": home.id, "person_id": maria, "name": f"Berta {at}"}
        if at < 3:
            people.name_collector(act(cast.ana), collector_id=uuid7(), **call)
    error = refused(
        "people.collectors_many", lambda: people.name_collector(act(cast.ana), collector_id=uuid7(), **call)
    )
    assert "3" in error.sentence


def test_a_card_that_is_another_sites_is_unknown_for_a_collector(cast: Cast, home: Household, maria: UUID) -> None:
    _batch, theirs = printed(cast.carla, cast.b.id)
    refused(
        "people.card_unknown",
        lambda: people.name_collector(
            act(cast.ana), collector_id=uuid7(), household_id=home.id, person_id=maria, name="B", card=theirs[0].text
        ),
    )


# --- feeding and diet ------------------------------------------------------------------------------------------------


def test_what_an_infant_takes_and_what_anybody_eats_is_noted_with_the_needs(cast: Cast, home: Household) -> None:
    baby = member("Luz", birth=BirthIn(age_months=4), feeding=Feeding.FORMULA, diet="  sin leche ")
    people.add_member(act(cast.ana), household_id=home.id, unit_id=cast.a.id, member=baby)
    row = queries.person_row(cast.ana.id, baby.person_id)
    assert (row.feeding, row.diet) == (Feeding.FORMULA, "sin leche")
    people.set_needs(act(cast.ana), person_id=baby.person_id, needs=[NeedCode.INFANT], feeding=Feeding.BOTH, diet="")
    row = queries.person_row(cast.ana.id, baby.person_id)
    assert (row.feeding, row.diet) == (Feeding.BOTH, "")
    people.set_needs(act(cast.ana), person_id=baby.person_id, needs=[])
    assert queries.person_row(cast.ana.id, baby.person_id).feeding is Feeding.BOTH


def test_feeding_is_asked_of_nobody_over_a_year(cast: Cast, home: Household) -> None:
    child = member("Rosa", birth=BirthIn(age_years=9), feeding=Feeding.BREAST)
    error = refused("people.no_infant", lambda: register(cast.ana, cast.a.id, [child]))
    assert "members.0.feeding" in error.fields
    ixchel = persons(home)["Ixchel"]
    refused(
        "people.no_infant",
        lambda: people.set_needs(act(cast.ana), person_id=ixchel, needs=[], feeding=Feeding.BREAST),
    )


def test_a_diet_is_corrected_and_sealed_as_health(cast: Cast, maria: UUID) -> None:
    people.correct_person(act(cast.ana), correction=CorrectionIn(person_id=maria, diet="no mastica"))
    assert Person.objects.get(pk=maria).diet == "no mastica"
    assert "no mastica" not in str(list(Intent.objects.values()))
    assert access.get_for(cast.ana.id, Person, maria).diet == "no mastica"
