"""A household moves to another site: proposed by the one, accepted by the other, together."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Notice
from cobijo.core import clock, operations
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people.models import Membership, PersonScope
from cobijo.people.types import Kinship, Presence, ScopeReason, Sex
from cobijo.sites import services
from cobijo.sites.access import visible_to
from cobijo.sites.models import AuthorityAct, StatusChange, Stay, Transfer
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
from cobijo.sites.tests.test_check_out import release
from cobijo.sites.types import CheckInOf, Flag, SiteStatus, TransferArrivalIn, TransferState, TransferWhy
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, space="Salón")


def today(days: int = 0) -> Any:
    return (clock.now() - timedelta(hours=6)).date() + timedelta(days=days)


def propose(cast: Cast, family: Family, *names: str, days: int = 0, **given: Any) -> Transfer:
    ids = [family.stays[name] for name in names] or family.all_stays()
    return services.propose_transfer(
        act(cast.beto), transfer_id=uuid7(), to_site_id=cast.b.id, stay_ids=ids, travels_on=today(days), **given
    )


def arrivals(family: Family, *names: str, space: UUID | None = None) -> list[TransferArrivalIn]:
    return [
        TransferArrivalIn(from_stay_id=family.stays[name], new_stay_id=uuid7(), space_id=space)
        for name in names or family.stays
    ]


def accept(cast: Cast, transfer: Transfer, family: Family, *names: str, **given: Any) -> Transfer:
    space = given.pop("space", None)
    return services.accept_transfer(
        act(cast.carla),
        transfer_id=transfer.id,
        arrivals=arrivals(family, *names, space=cast.b.spaces[space].id if space else None),
        **given,
    )


def expected_at_b(cast: Cast, family: Family) -> int:
    now = clock.now()
    scopes = PersonScope.objects.filter(unit=cast.b.unit, why=ScopeReason.EXPECTED, person__in=family.people.values())
    return scopes.exclude(ends_at__lte=now).count()


# --- proposed and accepted -------------------------------------------------------------------------------------------


def test_the_other_site_expects_a_proposed_household_and_knows_who_they_are(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    assert transfer.state == TransferState.PROPOSED
    assert expected_at_b(cast, family) == 4
    assert open_stays(cast.a) == 4


def test_accepted_the_household_sleeps_at_the_other_site_together(cast: Cast, family: Family) -> None:
    accept(cast, propose(cast, family), family, space="Salón")
    assert (open_stays(cast.a), open_stays(cast.b)) == (0, 4)
    left = stay(family.stays["Marta"])
    assert (left.state, left.out_reason, left.destination) == ("out", "transferred", "")
    there = Stay.objects.get(site=cast.b.site, person=family.people["Marta"])
    assert there.in_at == left.out_at
    assert there.household_id == family.household
    presences = Membership.objects.filter(household=family.household, ends_at=None).values_list("presence", flat=True)
    assert set(presences) == {Presence.HERE}


def test_who_is_not_given_a_space_comes_along_without_one(cast: Cast, family: Family) -> None:
    accept(cast, propose(cast, family), family, "Marta", "Lucía", space="Salón")
    assert open_stays(cast.b) == 4
    assert Stay.objects.get(site=cast.b.site, person=family.people["Julio"]).space_id is None


def test_accepted_before_the_day_of_travel_places_are_kept_and_each_arrives_by_checking_in(
    cast: Cast, family: Family
) -> None:
    transfer = propose(cast, family, days=2)
    given = arrivals(family)
    services.accept_transfer(act(cast.carla), transfer_id=transfer.id, arrivals=given)
    assert (open_stays(cast.a), open_stays(cast.b)) == (4, 0)
    assert Stay.objects.filter(site=cast.b.site, state="planned", planned_for=today(2)).count() == 4
    services.check_in(
        act(cast.carla), stay_id=given[0].new_stay_id, site_id=cast.b.id, person_id=family.people["Marta"]
    )
    assert (open_stays(cast.a), open_stays(cast.b)) == (3, 1)
    assert stay(family.stays["Marta"]).out_reason == "transferred"


def test_who_arrives_before_anybody_accepted_is_in_and_the_transfer_is_accepted(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    coming = [CheckInOf(person_id=person, stay_id=uuid7()) for person in family.people.values()]
    services.check_in_household(act(cast.carla), household_id=family.household, site_id=cast.b.id, arrivals=coming)
    transfer.refresh_from_db()
    assert (open_stays(cast.a), open_stays(cast.b)) == (0, 4)
    assert transfer.state == TransferState.ACCEPTED
    assert not Stay.objects.filter(disputed=True).exists()


# --- capacity --------------------------------------------------------------------------------------------------------


def test_more_people_than_places_is_refused_with_the_numbers(cast: Cast, family: Family) -> None:
    receive(cast.carla, cast.b, (MOTHER, FATHER, *(Guest(f"N{n}", 20) for n in range(2))), space="Aula 2")
    transfer = propose(cast, family)
    with pytest.raises(DomainError) as refused:
        accept(cast, transfer, family, space="Aula 2")
    assert refused.value.code == "sites.goes_over"
    assert refused.value.params == {"place": "Aula 2", "free": 1, "people": 4}


def test_with_a_reason_it_goes_over_and_is_flagged(cast: Cast, family: Family) -> None:
    receive(cast.carla, cast.b, (MOTHER, FATHER, *(Guest(f"N{n}", 20) for n in range(2))), space="Aula 2")
    transfer = propose(cast, family)
    receipt = submit(
        "accept_transfer",
        cast.carla,
        transfer_id=transfer.id,
        arrivals=arrivals(family, space=cast.b.spaces["Aula 2"].id),
        override="una noche, mientras secan las carpas",
    )
    assert {"code": Flag.OVER_CAPACITY, "space": str(cast.b.spaces["Aula 2"].id), "over": "3"} in receipt.flags
    assert open_stays(cast.b) == 8


def test_a_late_acceptance_that_goes_over_is_held(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(8))
    receive(cast.carla, cast.b, (MOTHER, FATHER, *(Guest(f"N{n}", 20) for n in range(2))), space="Aula 2")
    transfer = propose(cast, family)
    given = arrivals(family, space=cast.b.spaces["Aula 2"].id)
    receipt = submit("accept_transfer", cast.carla, {"happened_at": ago(1)}, transfer_id=transfer.id, arrivals=given)
    assert receipt.status is operations.Status.HELD
    assert open_stays(cast.a) == 4


# --- households and children -----------------------------------------------------------------------------------------


def test_a_household_is_not_parted_without_a_reason(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        propose(cast, family, "Julio")
    assert refused.value.code == "sites.parts_household"
    assert refused.value.params == {"staying": 3}
    assert propose(cast, family, "Julio", why=TransferWhy.WORK).why == TransferWhy.WORK


def test_two_households_do_not_share_a_transfer(cast: Cast, family: Family) -> None:
    other = receive(cast.ana, cast.a, (MOTHER,))
    with pytest.raises(DomainError) as refused:
        services.propose_transfer(
            act(cast.beto),
            transfer_id=uuid7(),
            to_site_id=cast.b.id,
            stay_ids=[*family.all_stays(), *other.all_stays()],
            travels_on=today(),
        )
    assert refused.value.code == "sites.one_household"


def test_a_child_is_not_transferred_alone_whatever_the_reason(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        propose(cast, family, "Lucía", why=TransferWhy.FAMILY)
    assert refused.value.code == "sites.child_leaves_alone"


def test_a_child_follows_an_adult_who_was_transferred_that_day(cast: Cast, family: Family) -> None:
    accept(cast, propose(cast, family, "Julio", why=TransferWhy.ROOM), family, "Julio")
    propose(cast, family, "Lucía", why=TransferWhy.ROOM)
    assert Transfer.objects.filter(state=TransferState.PROPOSED).count() == 1


def test_the_authority_s_act_moves_a_child_and_ends_with_the_transfer(cast: Cast, family: Family) -> None:
    given = release(family.people["Lucía"])
    transfer = propose(cast, family, "Lucía", why=TransferWhy.FAMILY, authority_act=given)
    assert AuthorityAct.objects.filter(stay=family.stays["Lucía"]).exists()
    services.withdraw_transfer(act(cast.beto), transfer_id=transfer.id)
    assert not AuthorityAct.objects.exists()


def test_a_child_whose_mother_left_another_way_is_not_accepted_alone(cast: Cast) -> None:
    pair = receive(cast.ana, cast.a, (MOTHER, GIRL))
    transfer = propose(cast, pair)
    check_out(cast.ana, pair, "Marta", reason="abroad")
    with pytest.raises(DomainError) as refused:
        accept(cast, transfer, pair)
    assert refused.value.code == "sites.child_leaves_alone"
    assert stay(pair.stays["Lucía"]).state == "in"


def test_a_child_who_arrives_alone_is_in_and_those_who_protect_children_are_told(cast: Cast) -> None:
    pair = receive(cast.ana, cast.a, (MOTHER, GIRL))
    propose(cast, pair)
    check_out(cast.ana, pair, "Marta", reason="abroad")
    receipt = submit("check_in", cast.carla, stay_id=uuid7(), site_id=cast.b.id, person_id=pair.people["Lucía"])
    assert Flag.CHILD_GONE in [flag["code"] for flag in receipt.flags]
    assert list(Notice.objects.filter(code="sites.child_gone").values_list("account_id", flat=True)) == [cast.beto.id]
    assert open_stays(cast.b) == 1


def test_a_child_who_is_checked_in_before_the_mother_beside_her_alarms_nobody(cast: Cast) -> None:
    pair = receive(cast.ana, cast.a, (MOTHER, GIRL))
    propose(cast, pair)
    receipt = submit("check_in", cast.carla, stay_id=uuid7(), site_id=cast.b.id, person_id=pair.people["Lucía"])
    assert receipt.flags == ()
    assert not Notice.objects.exists()


# --- not going through -----------------------------------------------------------------------------------------------


def test_refused_the_other_site_knows_them_no_more(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    services.refuse_transfer(act(cast.carla), transfer_id=transfer.id)
    assert expected_at_b(cast, family) == 0
    assert open_stays(cast.a) == 4


def test_withdrawn_after_it_was_accepted_the_kept_places_are_free(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family, days=2)
    accept(cast, transfer, family)
    services.withdraw_transfer(act(cast.beto), transfer_id=transfer.id)
    assert not Stay.objects.filter(site=cast.b.site, voided_at=None).exists()
    assert expected_at_b(cast, family) == 0


def test_a_settled_transfer_is_settled(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    accept(cast, transfer, family)
    for verb in (services.refuse_transfer, services.withdraw_transfer):
        who = cast.carla if verb is services.refuse_transfer else cast.beto
        with pytest.raises(DomainError) as refused:
            verb(act(who), transfer_id=transfer.id)
        assert refused.value.code == "sites.transfer_settled"


def test_who_leaves_another_way_is_expected_no_more_and_the_transfer_ends(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    check_out(cast.ana, family)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.WITHDRAWN
    assert expected_at_b(cast, family) == 0


def test_who_left_before_the_transfer_was_accepted_stays_out_of_it(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    check_out(cast.ana, family, "Julio", reason="rented")
    accept(cast, transfer, family)
    assert open_stays(cast.b) == 3
    assert not Stay.objects.filter(site=cast.b.site, person=family.people["Julio"]).exists()


def test_nobody_moves_to_the_site_they_are_at_or_to_a_closed_one(cast: Cast, family: Family) -> None:
    given: dict[str, Any] = {"transfer_id": uuid7(), "stay_ids": family.all_stays(), "travels_on": today()}
    with pytest.raises(DomainError) as refused:
        services.propose_transfer(act(cast.beto), to_site_id=cast.a.id, **given)
    assert refused.value.code == "sites.same_site"
    StatusChange.objects.create(site=cast.b.site, status=SiteStatus.CLOSED, at=ago(1))
    with pytest.raises(DomainError) as refused:
        services.propose_transfer(act(cast.beto), to_site_id=cast.b.id, **given)
    assert refused.value.code == "sites.closed"


def test_nobody_is_in_two_transfers_at_once(cast: Cast, family: Family) -> None:
    propose(cast, family)
    with pytest.raises(DomainError) as refused:
        propose(cast, family)
    assert refused.value.code == "sites.already_moving"


def test_nobody_travels_yesterday(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        propose(cast, family, days=-1)
    assert refused.value.code == "sites.travel_in_past"


# --- who may ---------------------------------------------------------------------------------------------------------


def test_the_sending_site_does_not_accept_and_the_receiving_one_does_not_withdraw(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    with pytest.raises(DomainError) as refused:
        services.accept_transfer(act(cast.beto), transfer_id=transfer.id, arrivals=[])
    assert refused.value.code == "core.not_allowed"
    with pytest.raises(DomainError) as refused:
        services.withdraw_transfer(act(cast.carla), transfer_id=transfer.id)
    assert refused.value.code == "core.not_allowed"


def test_a_registrar_proposes_nothing(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        services.propose_transfer(
            act(cast.ana),
            transfer_id=uuid7(),
            to_site_id=cast.b.id,
            stay_ids=family.all_stays(),
            travels_on=today(),
        )
    assert refused.value.code == "core.not_allowed"


def test_the_receiving_site_sees_the_people_and_not_the_stays_they_come_from(cast: Cast, family: Family) -> None:
    propose(cast, family)
    assert not visible_to(cast.carla.id, Stay.objects.filter(pk__in=family.all_stays())).exists()


def test_the_husband_s_record_does_not_say_where_the_wife_moved(cast: Cast) -> None:
    couple = receive(cast.ana, cast.a, (FATHER, Guest("Marta", 34, Sex.FEMALE, Kinship.HEAD)))
    accept(cast, propose(cast, couple, "Marta", why=TransferWhy.ASKED), couple, "Marta")
    seen = visible_to(cast.ana.id, Stay.objects.filter(household=couple.household))
    assert {one.site_id for one in seen} == {cast.a.id}
    assert {one.destination for one in seen} == {""}
    assert not visible_to(cast.ana.id, Stay.objects.filter(site=cast.b.site)).exists()
