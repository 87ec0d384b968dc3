"""A family at the door is registered and given a place in one entry."""

import pytest

from cobijo.core import operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent
from cobijo.people.models import Membership, Person, PersonScope
from cobijo.people.types import Presence, ScopeReason
from cobijo.sites.models import StatusChange, Stay
from cobijo.sites.tests.shelter import BOY, FAMILY, FATHER, GIRL, MOTHER, Guest, ago, open_stays, receive, stay
from cobijo.sites.types import Flag, SiteStatus
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_family_is_registered_and_checked_in_as_one_operation(cast: Cast) -> None:
    before = Intent.objects.count()
    family = receive(cast.ana, cast.a, space="Salón")
    assert Intent.objects.count() == before + 1
    assert open_stays(cast.a) == 4
    marta = stay(family.stays["Marta"])
    assert (marta.state, marta.household_id, marta.space_id) == ("in", family.household, cast.a.spaces["Salón"].id)
    assert family.flags == []


def test_the_site_knows_its_people_as_long_as_they_stay(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    scopes = PersonScope.objects.filter(person=family.people["Marta"], unit=cast.a.unit)
    assert scopes.get(why=ScopeReason.STAY).ends_at is None


def test_who_comes_later_is_registered_and_sleeps_nowhere_yet(cast: Cast) -> None:
    later = Guest("Julio", 36, FATHER.sex, FATHER.kinship, comes=False)
    family = receive(cast.ana, cast.a, (MOTHER, later, GIRL))
    assert open_stays(cast.a) == 2
    assert not Stay.objects.filter(person=family.people["Julio"]).exists()
    assert Person.objects.filter(pk=family.people["Julio"]).exists()


def test_who_checks_in_is_here_whatever_was_said(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    presences = Membership.objects.filter(household=family.household).values_list("presence", flat=True)
    assert set(presences) == {Presence.HERE}


def test_a_family_that_goes_over_is_in_and_flagged(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (*FAMILY, Guest("Nery", 61), Guest("Edin", 17, BOY.sex)), space="Aula 2")
    assert open_stays(cast.a) == 6
    over = [flag for flag in family.receipt.flags if flag["code"] == Flag.OVER_CAPACITY]
    assert over == [{"code": Flag.OVER_CAPACITY, "space": str(cast.a.spaces["Aula 2"].id), "over": "1"}]


def test_a_grown_man_in_the_women_s_room_is_in_and_flagged_and_a_boy_is_not(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, space="Aula 1")
    told = [flag["stay"] for flag in family.receipt.flags if flag["code"] == Flag.USE_RULE]
    assert told == [str(family.stays["Julio"])]


def test_one_alone_in_the_families_room_is_in_and_flagged(cast: Cast) -> None:
    assert receive(cast.ana, cast.a, (MOTHER,), space="Aula 2").flags == [Flag.USE_RULE]


def test_a_closed_site_takes_nobody_in(cast: Cast) -> None:
    StatusChange.objects.create(site=cast.a.site, status=SiteStatus.CLOSED, at=ago(1))
    with pytest.raises(DomainError) as refused:
        receive(cast.ana, cast.a)
    assert refused.value.code == "sites.closed"
    assert "Salón Municipal" in refused.value.sentence
    assert Person.objects.count() == 0


def test_who_came_before_the_site_closed_is_in_although_the_entry_comes_late(cast: Cast) -> None:
    StatusChange.objects.create(site=cast.a.site, status=SiteStatus.CLOSED, at=ago(1))
    family = receive(cast.ana, cast.a, happened_at=ago(2))
    assert family.flags == [Flag.SITE_CLOSED_SINCE]
    assert open_stays(cast.a) == 4


def test_who_came_after_the_site_closed_waits_for_review_when_the_entry_comes_late(cast: Cast) -> None:
    StatusChange.objects.create(site=cast.a.site, status=SiteStatus.CLOSED, at=ago(5))
    family = receive(cast.ana, cast.a, happened_at=ago(2))
    assert family.receipt.status is operations.Status.HELD
    assert open_stays(cast.a) == 0


def test_the_same_entry_sent_twice_is_one_family(cast: Cast) -> None:
    op_id = uuid7()
    family = receive(cast.ana, cast.a, op_id=op_id)
    with pytest.raises(DomainError) as refused:
        receive(cast.ana, cast.a, op_id=op_id)
    assert refused.value.code == "core.op_reused"
    assert open_stays(cast.a) == 4
    assert family.receipt.repeated is False


def test_a_registrar_receives_nobody_at_another_site(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        receive(cast.ana, cast.b)
    assert refused.value.code == "core.not_found"
