"""A child is born into its mother's household and space; a death is recorded by document only."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.models import Membership, Person
from cobijo.people.types import BirthIn, Kinship, PersonIn, Sex
from cobijo.sites import queries, services
from cobijo.sites.models import Death
from cobijo.sites.tests.shelter import MOTHER, Family, ago, check_out, open_stays, receive, stay
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, space="Aula 1")


def test_a_newborn_without_a_name_sleeps_where_its_mother_does(cast: Cast, family: Family) -> None:
    child = PersonIn(person_id=uuid7(), newborn_unnamed=True, sex=Sex.FEMALE)
    born = services.register_birth(act(cast.ana), child=child, mother_id=family.people["Marta"], stay_id=uuid7())
    assert (born.household_id, born.space_id) == (family.household, cast.a.spaces["Aula 1"].id)
    assert Membership.objects.get(person=child.person_id).kinship == Kinship.CHILD
    assert Person.objects.get(pk=child.person_id).birth_date == (clock.now() - timedelta(hours=6)).date()
    assert open_stays(cast.a) == 5


def test_a_birth_on_another_day_is_kept_as_said(cast: Cast, family: Family) -> None:
    day = ago(72).date()
    child = PersonIn(person_id=uuid7(), birth=BirthIn(day=day.day, month=day.month, year=day.year))
    services.register_birth(act(cast.ana), child=child, mother_id=family.people["Marta"], stay_id=uuid7())
    assert Person.objects.get(pk=child.person_id).birth_date == day


def test_the_newborn_of_a_protected_mother_is_as_hidden_as_she_is(cast: Cast, family: Family) -> None:
    people.protect_person(
        act(cast.case_worker),
        protection_id=uuid7(),
        person_id=family.people["Marta"],
        why="La buscan.",
        asked_by_person=True,
        worker_ids=[cast.case_worker.id, cast.beto.id],
    )
    child = PersonIn(person_id=uuid7(), newborn_unnamed=True)
    services.register_birth(act(cast.beto), child=child, mother_id=family.people["Marta"], stay_id=uuid7())
    assert open_stays(cast.a) == 5
    for who, sees in ((cast.ana, 3), (cast.beto, 5), (cast.case_worker, 5)):
        assert queries.occupants(who.id, cast.a.id).total == sees


def test_a_mother_who_has_left_is_checked_in_first(cast: Cast, family: Family) -> None:
    check_out(cast.ana, family)
    child = PersonIn(person_id=uuid7())
    with pytest.raises(DomainError) as refused:
        services.register_birth(act(cast.ana), child=child, mother_id=family.people["Marta"], stay_id=uuid7())
    assert refused.value.code == "sites.mother_not_here"


def record(cast: Cast, family: Family, days_ago: int = 0) -> Death:
    return services.record_death(
        act(cast.case_worker),
        death_id=uuid7(),
        person_id=family.people["Julio"],
        died_on=(clock.now() - timedelta(days=days_ago, hours=6)).date(),
        authority="RENAP Escuintla",
        document="Certificado 118-2018",
    )


def test_a_death_by_document_ends_the_stay_on_its_day(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(24 * 6))
    record(cast, family, days_ago=3)
    julio = stay(family.stays["Julio"])
    assert (julio.state, julio.out_reason) == ("out", "deceased")
    assert julio.out_at is not None
    assert (julio.out_at - timedelta(hours=6)).date() == (clock.now() - timedelta(days=3, hours=6)).date()


def test_a_registrar_records_no_death_and_a_site_manager_does(cast: Cast, family: Family) -> None:
    given: dict[str, Any] = {
        "person_id": family.people["Julio"],
        "died_on": ago(30).date(),
        "authority": "RENAP",
        "document": "118-2018",
    }
    with pytest.raises(DomainError) as refused:
        services.record_death(act(cast.ana), death_id=uuid7(), **given)
    assert refused.value.code == "core.not_allowed"
    services.record_death(act(cast.beto), death_id=uuid7(), **given)
    assert stay(family.stays["Julio"]).state == "out"


def test_a_death_is_recorded_once_and_not_before_it_happened(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        record(cast, family, days_ago=-3)
    assert refused.value.code == "sites.died_later"
    record(cast, family)
    with pytest.raises(DomainError) as refused:
        record(cast, family)
    assert refused.value.code == "sites.died_twice"


def test_a_death_without_a_document_is_refused(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    with pytest.raises(DomainError) as refused:
        services.record_death(
            act(cast.case_worker),
            death_id=uuid7(),
            person_id=family.people["Marta"],
            died_on=ago(30).date(),
            authority="RENAP",
            document="",
        )
    assert refused.value.code == "core.bad_arguments"
