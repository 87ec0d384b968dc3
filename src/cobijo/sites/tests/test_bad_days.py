"""What is rarely wrong, and what is said or flagged then."""

from datetime import timedelta
from typing import Any

import pytest

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.types import Role
from cobijo.core import clock, erasure
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import Stay
from cobijo.sites.tests.shelter import FAMILY, MOTHER, Family, ago, check_out, receive, stay, submit
from cobijo.sites.tests.test_transfers import accept, propose, today
from cobijo.sites.types import (
    CheckInOf,
    Flag,
    OutReason,
    SiteIn,
    SiteKind,
    SpaceIn,
    SpaceKind,
    TransferArrivalIn,
    TransferState,
)
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, FAMILY[:2], happened_at=ago(9))


def flags(verb: str, cast: Cast, hours: float, **given: Any) -> list[str]:
    """What is flagged of an act that comes so many hours late."""
    return [flag["code"] for flag in submit(verb, cast.ana, {"happened_at": ago(hours)}, **given).flags]


def plan(cast: Cast, family: Family) -> Stay:
    """Marta is expected at A again, having left."""
    check_out(cast.ana, family)
    arrivals = [CheckInOf(person_id=family.people["Marta"], stay_id=uuid7())]
    return services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=arrivals, planned_for=today())


# --- refused ---------------------------------------------------------------------------------------------------------


def test_who_is_expected_and_has_not_come_neither_leaves_nor_goes_out(cast: Cast, family: Family) -> None:
    expected = plan(cast, family)
    with pytest.raises(DomainError) as refused:
        services.check_out(act(cast.ana), stay_ids=[expected.id], reason=OutReason.HOME)
    assert refused.value.code == "sites.not_in"
    with pytest.raises(DomainError) as refused:
        services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=expected.id)
    assert refused.value.code == "sites.not_in"


def test_people_of_two_sites_are_not_checked_out_at_once(cast: Cast, family: Family) -> None:
    moved = receive(cast.ana, cast.a, (MOTHER,))
    accept(cast, propose(cast, moved), moved)
    there = Stay.objects.get(site=cast.b.site)
    with pytest.raises(DomainError) as refused:
        services.check_out(act(cast.carla), stay_ids=[there.id, family.stays["Marta"]], reason=OutReason.HOME)
    assert refused.value.code == "core.not_found"
    for one in (cast.a, cast.b):
        grant(cast.diego, Role.SITE_MANAGER, one.unit)
    with pytest.raises(DomainError) as refused:
        services.check_out(act(cast.diego), stay_ids=[there.id, family.stays["Marta"]], reason=OutReason.HOME)
    assert refused.value.code == "sites.different_sites"


def test_a_transfer_of_whom_nobody_is_left_is_not_accepted(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    for person in family.people.values():
        erasure.erase(person, COMMAND_LINE)
    with pytest.raises(DomainError) as refused:
        services.accept_transfer(act(cast.carla), transfer_id=transfer.id, arrivals=[])
    assert refused.value.code == "sites.nobody_left_to_move"


def test_a_transfer_of_stays_taken_out_ends_by_itself(cast: Cast, family: Family) -> None:
    transfer = propose(cast, family)
    for one in family.all_stays():
        services.void_stay(act(cast.beto), stay_id=one)
    transfer.refresh_from_db()
    assert transfer.state == TransferState.WITHDRAWN


def test_only_people_of_the_transfer_are_accepted(cast: Cast, family: Family) -> None:
    other = receive(cast.ana, cast.a, (MOTHER,))
    strange = [TransferArrivalIn(from_stay_id=other.stays["Marta"], new_stay_id=uuid7())]
    with pytest.raises(DomainError) as refused:
        services.accept_transfer(act(cast.carla), transfer_id=propose(cast, family).id, arrivals=strange)
    assert refused.value.code == "sites.not_of_transfer"


def test_a_closed_space_is_closed(cast: Cast) -> None:
    tent = cast.a.spaces["Carpa 1"].id
    services.close_space(act(cast.beto), space_id=tent)
    with pytest.raises(DomainError) as refused:
        services.close_space(act(cast.beto), space_id=tent)
    assert refused.value.code == "sites.space_closed"
    with pytest.raises(DomainError) as refused:
        services.change_space(act(cast.beto), space=SpaceIn(space_id=tent, name="X", kind=SpaceKind.TENT))
    assert refused.value.code == "sites.space_closed"


def test_an_area_that_is_in_no_list_is_left_out(cast: Cast) -> None:
    nowhere = SiteIn(name="Iglesia Bethel", kind=SiteKind.CHURCH, area_id=uuid7())
    with pytest.raises(DomainError) as refused:
        services.change_site(act(cast.beto), site_id=cast.a.id, site=nowhere)
    assert refused.value.code == "sites.unknown_area"


# --- accepted and flagged --------------------------------------------------------------------------------------------


def test_a_leaving_that_comes_late_of_who_was_never_in_changes_nothing(cast: Cast, family: Family) -> None:
    expected = plan(cast, family)
    assert flags("check_out", cast, 1, stay_ids=[expected.id], reason=OutReason.HOME) == [Flag.NOT_COME]
    assert stay(expected.id).state == "planned"


def test_a_second_going_out_that_comes_late_leaves_the_first(cast: Cast, family: Family) -> None:
    one = family.stays["Julio"]
    back = clock.now() + timedelta(hours=4)
    services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=one, expected_back=back)
    assert flags("step_out", cast, 1, absence_id=uuid7(), stay_id=one) == [Flag.AWAY_ALREADY]
    assert stay(one).expected_back == back


def test_a_return_that_comes_late_of_who_was_not_out_is_said(cast: Cast, family: Family) -> None:
    assert flags("come_back", cast, 1, stay_id=family.stays["Julio"]) == [Flag.NOT_AWAY]


def test_somebody_recorded_as_dead_who_came_in_earlier_enters_disputed(cast: Cast, family: Family) -> None:
    check_out(cast.ana, family)
    services.record_death(
        act(cast.beto),
        death_id=uuid7(),
        person_id=family.people["Julio"],
        died_on=today(-1),
        authority="RENAP",
        document="118",
    )
    come = uuid7()
    given = {"stay_id": come, "site_id": cast.a.id, "person_id": family.people["Julio"]}
    assert Flag.DEAD_COMES in flags("check_in", cast, 1, **given)
    assert stay(come).disputed


def test_a_death_before_the_day_of_leaving_is_said(cast: Cast, family: Family) -> None:
    check_out(cast.ana, family)
    receipt = submit(
        "record_death",
        cast.beto,
        death_id=uuid7(),
        person_id=family.people["Julio"],
        died_on=today(-2),
        authority="RENAP",
        document="118",
    )
    assert [flag["code"] for flag in receipt.flags] == [Flag.DIED_BEFORE_LEAVING]
