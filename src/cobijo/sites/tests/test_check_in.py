"""One open stay a person: what the desk may see is refused, what it may not see is never spoken of."""

from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Notice
from cobijo.accounts.types import Role
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people.models import Membership, PersonScope
from cobijo.people.types import Presence, ScopeReason
from cobijo.sites import services
from cobijo.sites.models import Death, Stay
from cobijo.sites.tests.shelter import (
    FATHER,
    GIRL,
    MOTHER,
    Family,
    Guest,
    ago,
    check_out,
    open_stays,
    receive,
    stay,
    submit,
)
from cobijo.sites.types import CheckInOf, Flag
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


def known_at_b(cast: Cast, person: UUID) -> None:
    """Carla's site knows the person, say because it registered them the day before."""
    PersonScope.objects.create(person_id=person, unit=cast.b.unit, starts_at=ago(1), why=ScopeReason.REGISTERED)


def test_who_comes_back_after_leaving_begins_a_new_stay(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family)
    again = services.check_in(act(cast.ana), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])
    assert (again.state, again.disputed) == ("in", False)
    assert Stay.objects.filter(person=family.people["Marta"]).count() == 2


def test_a_second_open_stay_at_one_s_own_site_is_refused(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        services.check_in(act(cast.ana), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])
    assert refused.value.code == "sites.already_in"
    assert "Salón Municipal" in refused.value.sentence
    assert open_stays(cast.a) == 4


def test_arriving_late_it_enters_disputed_and_the_census_counts_the_person_once(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(5))
    receipt = submit(
        "check_in",
        cast.ana,
        {"happened_at": ago(3)},
        stay_id=uuid7(),
        site_id=cast.a.id,
        person_id=family.people["Marta"],
    )
    assert [flag["code"] for flag in receipt.flags] == [Flag.SECOND_STAY]
    assert receipt.result.disputed
    assert open_stays(cast.a) == 4


def test_a_desk_that_may_not_see_the_other_stay_hears_nothing_of_it(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    known_at_b(cast, family.people["Marta"])
    receipt = submit("check_in", cast.carla, stay_id=uuid7(), site_id=cast.b.id, person_id=family.people["Marta"])
    assert receipt.flags == ({"code": Flag.TO_CONFIRM, "stay": str(receipt.result.id)},)
    assert receipt.result.disputed
    assert open_stays(cast.b) == 0


def test_only_who_manages_both_sites_is_told_of_two_stays(cast: Cast) -> None:
    grant(cast.diego, Role.SITE_MANAGER, cast.area)
    family = receive(cast.ana, cast.a)
    known_at_b(cast, family.people["Marta"])
    submit("check_in", cast.carla, stay_id=uuid7(), site_id=cast.b.id, person_id=family.people["Marta"])
    told = Notice.objects.filter(code="sites.second_stay")
    assert set(told.values_list("account_id", flat=True)) == {cast.diego.id}


def test_a_stay_that_lies_within_another_one_is_disputed_when_it_comes_late(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(9))
    check_out(cast.ana, family)
    late = services.check_in(
        act(cast.ana, happened_at=ago(4)), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"]
    )
    assert late.disputed


def test_a_household_comes_in_together_and_its_members_are_here(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, tuple(Guest(g.name, g.age, g.sex, g.kinship, comes=False) for g in _THREE))
    arrivals = [CheckInOf(person_id=person, stay_id=uuid7()) for person in family.people.values()]
    Membership.objects.filter(household=family.household).update(presence=Presence.LATER)
    services.check_in_household(act(cast.ana), household_id=family.household, site_id=cast.a.id, arrivals=arrivals)
    assert open_stays(cast.a) == 3
    here = Membership.objects.filter(household=family.household, ends_at=None, presence=Presence.HERE)
    assert here.count() == 3


_THREE = (MOTHER, FATHER, GIRL)


def test_somebody_of_another_household_does_not_slip_in_with_this_one(cast: Cast) -> None:
    family, other = receive(cast.ana, cast.a), receive(cast.ana, cast.a, (MOTHER,))
    check_out(cast.ana, family)
    check_out(cast.ana, other)
    arrivals = [CheckInOf(person_id=one.people["Marta"], stay_id=uuid7()) for one in (family, other)]
    with pytest.raises(DomainError) as refused:
        services.check_in_household(act(cast.ana), household_id=family.household, site_id=cast.a.id, arrivals=arrivals)
    assert refused.value.code == "sites.not_of_household"


def test_the_same_person_twice_in_one_entry_is_refused(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family)
    arrivals = [CheckInOf(person_id=family.people["Marta"], stay_id=uuid7()) for _ in range(2)]
    with pytest.raises(DomainError) as refused:
        services.check_in_household(act(cast.ana), household_id=family.household, site_id=cast.a.id, arrivals=arrivals)
    assert refused.value.code == "sites.person_twice"


def test_a_space_of_another_site_is_refused_now_and_left_out_late(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    check_out(cast.ana, family)
    given: dict[str, Any] = {
        "site_id": cast.a.id,
        "person_id": family.people["Marta"],
        "space_id": cast.b.spaces["Salón"].id,
    }
    with pytest.raises(DomainError) as refused:
        services.check_in(act(cast.ana), stay_id=uuid7(), **given)
    assert refused.value.code == "sites.unknown_space"
    receipt = submit("check_in", cast.ana, {"happened_at": ago(0.5)}, stay_id=uuid7(), **given)
    assert Flag.SPACE_UNKNOWN in [flag["code"] for flag in receipt.flags]
    assert receipt.result.space_id is None


def test_somebody_whose_death_is_recorded_does_not_come_in(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    check_out(cast.ana, family)
    Death.objects.create(
        person_id=family.people["Marta"], died_on=ago(1).date(), authority="RENAP", document="7", recorded_at=ago(1)
    )
    with pytest.raises(DomainError) as refused:
        services.check_in(act(cast.ana), stay_id=uuid7(), site_id=cast.a.id, person_id=family.people["Marta"])
    assert refused.value.code == "sites.recorded_dead"


def test_moving_to_another_room_is_a_fact_and_flagged_when_it_goes_over(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, space="Salón")
    receive(cast.ana, cast.a, (MOTHER, FATHER), space="Aula 2")
    receipt = submit("move_space", cast.ana, stay_ids=family.all_stays(), space_id=cast.a.spaces["Aula 2"].id)
    assert [flag["over"] for flag in receipt.flags] == ["1"]
    assert {stay(one).space_id for one in family.all_stays()} == {cast.a.spaces["Aula 2"].id}


def test_who_has_left_is_not_moved(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, space="Salón")
    check_out(cast.ana, family)
    with pytest.raises(DomainError) as refused:
        services.move_space(act(cast.ana), stay_ids=family.all_stays(), space_id=None)
    assert refused.value.code == "sites.already_out"


def test_a_site_without_a_status_is_not_open_yet_and_says_so(cast: Cast) -> None:
    cast.a.site.statuses.all().delete()
    family: Family = receive(cast.ana, cast.a)
    assert family.flags == [Flag.SITE_NOT_OPEN]
