"""A family enters as its head and numbers: they count and have places at once, and are named one by one later."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from cobijo.accounts.models import Account
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.core.operations import Receipt
from cobijo.people.models import Membership, Person
from cobijo.people.types import BirthIn, Kinship, MemberIn, Sex
from cobijo.sites import access, occupancy, queries
from cobijo.sites.models import Space, Stay
from cobijo.sites.queries import SiteOverview
from cobijo.sites.queries.meals import expected_at_meals
from cobijo.sites.tests.shelter import FATHER, MOTHER, Family, Guest, ago, check_out, receive, stay, submit
from cobijo.sites.types import ArrivingIn, Flag, OutReason, SiteStatus, TransferWhy
from cobijo.sites.unnamed.models import Unnamed
from cobijo.sites.unnamed.types import UnnamedIn
from tests.cast import ZONE, Cast, Place, sign_in

pytestmark = pytest.mark.django_db

BOYS: dict[str, Any] = {"sex": Sex.MALE, "band": "5-11"}
WOMEN: dict[str, Any] = {"sex": Sex.FEMALE, "band": "25-59"}


def number(persons: int, space: UUID | None = None, **of: Any) -> UnnamedIn:
    return UnnamedIn(unnamed_id=uuid7(), persons=persons, space_id=space, **of)


def arrive(who: Account, place: Place, *numbers: UnnamedIn, head: Guest = MOTHER, **given: Any) -> Family:
    """A head by name and the rest of the family as numbers."""
    family = receive(who, place, (head,), **given)
    submit(
        "count_unnamed", who, household_id=family.household, site_id=place.id, unnamed=list(numbers), act_given=given
    )
    return family


def name_one(who: Account, counted: UnnamedIn, name: str = "Nery", **given: Any) -> Stay:
    member = MemberIn(
        person_id=uuid7(), given_names=name, sex=Sex.MALE, birth=BirthIn(age_years=7), kinship=Kinship.CHILD
    )
    stay_id = uuid7()
    submit("name_member", who, unnamed_id=counted.unnamed_id, stay_id=stay_id, member=member, act_given=given)
    return stay(stay_id)


def seen(place: Place) -> SiteOverview:
    return queries.site_overview(place.site)


# --- counting --------------------------------------------------------------------------------------------------------


def test_a_head_and_numbers_are_a_family_of_five_and_nobody_is_invented(cast: Cast) -> None:
    arrive(cast.ana, cast.a, number(3, **BOYS), number(1, **WOMEN))
    shown = seen(cast.a)
    assert (shown.registered, shown.unnamed, shown.households, shown.here) == (5, 4, 1, 5)
    assert (Person.objects.count(), Stay.objects.count()) == (1, 1)
    assert {row.band: (row.female, row.male) for row in shown.bands if row.total} == {"5-11": (0, 3), "25-59": (2, 0)}
    assert shown.days[-1].arrivals == 5


def test_one_entry_registers_the_head_and_counts_the_rest(cast: Cast) -> None:
    room = cast.a.spaces["Aula 2"].id
    head = ArrivingIn(
        person_id=uuid7(), given_names="Marta", sex=Sex.FEMALE, kinship=Kinship.HEAD, stay_id=uuid7(), space_id=room
    )
    receipt = submit(
        "receive_household", cast.ana, household_id=uuid7(), site_id=cast.a.id, members=[head],
        unnamed=[number(6, room, **BOYS)],
    )  # fmt: skip
    assert occupancy.read(cast.a.id).nodes[room].within == 7
    assert Flag.OVER_CAPACITY in [flag["code"] for flag in receipt.flags], "Aula 2 has five places"
    assert Flag.USE_RULE not in [flag["code"] for flag in receipt.flags], "she is not alone in the families' room"


def test_sex_and_age_need_not_be_known(cast: Cast) -> None:
    arrive(cast.ana, cast.a, number(2))
    [row] = [row for row in seen(cast.a).bands if row.unknown]
    assert row.unknown == 2


@pytest.mark.parametrize("band", ["5-12", "", "niños"])
def test_an_age_band_of_another_table_is_refused_by_name(cast: Cast, band: str) -> None:
    with pytest.raises(DomainError) as refused:
        arrive(cast.ana, cast.a, number(2, band=band))
    assert refused.value.code == "sites.unknown_band"
    assert "5-11" in refused.value.sentence
    assert not Unnamed.objects.exists()


@pytest.mark.parametrize("persons", [0, -3, 61])
def test_no_number_is_no_entry(cast: Cast, persons: int) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,))
    wrong = {"unnamed_id": str(uuid7()), "persons": persons}
    with pytest.raises(ValueError, match="persons"):
        submit("count_unnamed", cast.ana, household_id=family.household, site_id=cast.a.id, unnamed=[wrong])


# --- naming ----------------------------------------------------------------------------------------------------------


def test_naming_one_changes_no_total_of_any_night(cast: Cast) -> None:
    boys = number(2, cast.a.spaces["Aula 2"].id, **BOYS)
    arrive(cast.ana, cast.a, boys, happened_at=ago(30))
    before = [queries.site_overview(cast.a.site, ago(hours)).registered for hours in (29, 12, 1)]
    named = name_one(cast.ana, boys)
    assert [queries.site_overview(cast.a.site, ago(hours)).registered for hours in (29, 12, 1)] == before == [3, 3, 3]
    assert (named.space_id, named.in_at) == (boys.space_id, Unnamed.objects.get().in_at)
    assert (seen(cast.a).unnamed, seen(cast.a).registered) == (1, 3)


def test_with_the_last_one_named_the_number_is_gone(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys)
    name_one(cast.ana, boys, "Nery")
    name_one(cast.ana, boys, "Edin")
    assert (seen(cast.a).registered, seen(cast.a).unnamed) == (3, 0)
    assert Membership.objects.filter(household=family.household, ends_at=None).count() == 3
    with pytest.raises(DomainError) as refused:
        name_one(cast.ana, boys, "Otro")
    assert refused.value.code == "sites.all_named"
    assert Person.objects.count() == 3


def test_a_name_that_comes_late_for_nobody_left_is_one_more_and_flagged(cast: Cast) -> None:
    boys = number(1, **BOYS)
    arrive(cast.ana, cast.a, boys, happened_at=ago(30))
    name_one(cast.ana, boys, "Nery")
    member = MemberIn(person_id=uuid7(), given_names="Edin", kinship=Kinship.CHILD)
    receipt = submit(
        "name_member", cast.ana, unnamed_id=boys.unnamed_id, stay_id=uuid7(), member=member,
        act_given={"happened_at": ago(20)},
    )  # fmt: skip
    assert [flag["code"] for flag in receipt.flags] == [Flag.MORE_NAMED]
    assert seen(cast.a).registered == 3


# --- leaving ---------------------------------------------------------------------------------------------------------


def leave(who: Account, counted: UnnamedIn, persons: int, reason: OutReason = OutReason.HOME, **given: Any) -> None:
    submit("check_out_unnamed", who, unnamed_id=counted.unnamed_id, persons=persons, reason=reason, act_given=given)


def test_some_leave_and_the_rest_still_sleep_here(cast: Cast) -> None:
    boys = number(3, **BOYS)
    arrive(cast.ana, cast.a, boys, happened_at=ago(30))
    leave(cast.ana, boys, 2)
    assert (seen(cast.a).registered, seen(cast.a).days[-1].departures) == (2, 2)
    assert queries.site_overview(cast.a.site, ago(12)).registered == 4
    leave(cast.ana, boys, 1)
    assert (seen(cast.a).registered, seen(cast.a).unnamed) == (1, 0)


def test_more_than_there_are_cannot_leave(cast: Cast) -> None:
    boys = number(2, **BOYS)
    arrive(cast.ana, cast.a, boys)
    with pytest.raises(DomainError) as refused:
        leave(cast.ana, boys, 3)
    assert (refused.value.code, "2" in refused.value.sentence) == ("sites.more_than_counted", True)
    leave(cast.ana, boys, 2)
    with pytest.raises(DomainError) as again:
        leave(cast.ana, boys, 1)
    assert again.value.code == "sites.already_out"


def test_a_death_of_somebody_without_a_name_is_no_number(cast: Cast) -> None:
    boys = number(2, **BOYS)
    arrive(cast.ana, cast.a, boys)
    with pytest.raises(DomainError) as refused:
        leave(cast.ana, boys, 1, OutReason.DECEASED)
    assert refused.value.code == "sites.death_by_document"


def test_a_household_whose_named_member_left_still_counts(cast: Cast) -> None:
    family = arrive(cast.ana, cast.a, number(2, **BOYS), head=FATHER)
    check_out(cast.ana, family)
    assert (seen(cast.a).registered, seen(cast.a).households) == (2, 1)


def test_a_site_with_people_without_a_name_does_not_close(cast: Cast) -> None:
    family = arrive(cast.ana, cast.a, number(2, **BOYS))
    check_out(cast.ana, family)
    with pytest.raises(DomainError) as refused:
        submit("set_status", cast.beto, status_id=uuid7(), site_id=cast.a.id, status=SiteStatus.CLOSED, why="")
    assert refused.value.code == "sites.still_people_in"


def test_a_number_entered_in_error_counts_on_no_night(cast: Cast) -> None:
    boys = number(2, **BOYS)
    arrive(cast.ana, cast.a, boys, happened_at=ago(30))
    submit("void_unnamed", cast.ana, unnamed_id=boys.unnamed_id)
    assert queries.site_overview(cast.a.site, ago(12)).registered == seen(cast.a).registered == 1


# --- who may ---------------------------------------------------------------------------------------------------------


def test_nobody_elsewhere_sees_or_touches_a_number(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys)
    assert not access.visible_to(cast.carla.id, Unnamed.objects.all()).exists()
    touching: dict[str, dict[str, Any]] = {
        "void_unnamed": {},
        "check_out_unnamed": {"persons": 1, "reason": OutReason.HOME},
        "name_member": {"stay_id": uuid7(), "member": MemberIn(person_id=uuid7())},
    }
    for verb, more in touching.items():
        with pytest.raises(DomainError) as refused:
            submit(verb, cast.carla, unnamed_id=boys.unnamed_id, **more)
        assert refused.value.code == "core.not_found"
    with pytest.raises(DomainError) as refused:
        submit("count_unnamed", cast.carla, household_id=family.household, site_id=cast.b.id, unnamed=[number(1)])
    assert refused.value.code == "core.not_found"
    assert Unnamed.objects.get().persons == 2


# --- leaving and moving together -------------------------------------------------------------------------------------


def leave_together(who: Account, family: Family, *numbers: UnnamedIn, **given: Any) -> Receipt:
    ids = [one.unnamed_id for one in numbers]
    return submit(
        "check_out", who, stay_ids=family.all_stays(), reason=OutReason.FAMILY, destination="con su hermana",
        unnamed_ids=ids, act_given=given,
    )  # fmt: skip


def test_a_household_leaves_with_those_of_it_who_have_no_name(cast: Cast) -> None:
    boys, women = number(3, **BOYS), number(1, **WOMEN)
    family = arrive(cast.ana, cast.a, boys, women, happened_at=ago(30))
    leave_together(cast.ana, family, boys, women)
    shown = seen(cast.a)
    assert (shown.registered, shown.unnamed, shown.days[-1].departures) == (0, 0, 5)
    assert queries.site_overview(cast.a.site, ago(12)).registered == 5
    assert set(Unnamed.objects.values_list("out_reason", flat=True)) == {"family"}


def test_who_is_not_of_the_household_does_not_leave_with_it(cast: Cast) -> None:
    others = number(2, **BOYS)
    arrive(cast.ana, cast.a, others, head=FATHER)
    family = arrive(cast.ana, cast.a, number(1, **WOMEN))
    with pytest.raises(DomainError) as refused:
        leave_together(cast.ana, family, others)
    assert refused.value.code == "core.not_found"
    assert seen(cast.a).registered == 5


def test_a_number_that_left_already_is_refused_now_and_told_where_it_comes_late(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys, happened_at=ago(30))
    leave(cast.ana, boys, 2)
    with pytest.raises(DomainError) as refused:
        leave_together(cast.ana, family, boys)
    assert refused.value.code == "sites.already_out"
    receipt = leave_together(cast.ana, family, boys, happened_at=ago(5))
    assert Flag.LEFT_BEFORE in [flag["code"] for flag in receipt.flags]
    assert seen(cast.a).registered == 0


def propose(cast: Cast, family: Family, days: int = 0, **given: Any) -> UUID:
    transfer = uuid7()
    day = (clock.now() - timedelta(hours=6)).date() + timedelta(days=days)
    submit(
        "propose_transfer", cast.beto, transfer_id=transfer, to_site_id=cast.b.id, stay_ids=family.all_stays(),
        travels_on=day, **given,
    )  # fmt: skip
    return transfer


def test_a_transfer_takes_along_those_without_a_name(cast: Cast) -> None:
    boys = number(3, **BOYS)
    family = arrive(cast.ana, cast.a, boys, happened_at=ago(30))
    transfer = propose(cast, family)
    [line] = queries.transfers_for(cast.carla.id)
    assert (line.unnamed, line.waiting) == (3, 4)
    submit("accept_transfer", cast.carla, transfer_id=transfer, arrivals=[])
    assert (seen(cast.a).registered, seen(cast.b).registered, seen(cast.b).unnamed) == (0, 4, 3)
    assert queries.site_overview(cast.a.site, ago(12)).registered == 4
    left, arrived = Unnamed.objects.order_by("in_at")
    assert (left.out_reason, left.out_at, arrived.band) == ("transferred", arrived.in_at, "5-11")
    [settled] = queries.transfers_for(cast.carla.id, settled=True)
    assert settled.unnamed == 0


def test_accepted_ahead_they_come_with_the_first_who_arrives(cast: Cast) -> None:
    family = arrive(cast.ana, cast.a, number(3, **BOYS))
    transfer = propose(cast, family, days=2)
    submit("accept_transfer", cast.carla, transfer_id=transfer, arrivals=[])
    assert (seen(cast.a).registered, seen(cast.b).registered) == (4, 0)
    today = clock.today(ZoneInfo(ZONE))
    assert expected_at_meals(cast.a.site, today + timedelta(days=3)).made_of.unnamed == 0
    assert expected_at_meals(cast.b.site, today + timedelta(days=2)).made_of.unnamed == 3
    submit("check_in", cast.carla, stay_id=uuid7(), site_id=cast.b.id, person_id=family.people["Marta"])
    assert (seen(cast.a).registered, seen(cast.b).registered) == (0, 4)


def test_where_part_of_a_household_stays_its_numbers_stay_too(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, FATHER))
    boys = number(3, **BOYS)
    submit("count_unnamed", cast.ana, household_id=family.household, site_id=cast.a.id, unnamed=[boys])
    moving = replace(family, stays={"Marta": family.stays["Marta"]})
    submit("accept_transfer", cast.carla, transfer_id=propose(cast, moving, why=TransferWhy.NEEDS), arrivals=[])
    assert (seen(cast.a).registered, seen(cast.b).registered) == (4, 1)


def test_who_is_named_before_they_travel_travels_by_name(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys)
    transfer = propose(cast, family)
    name_one(cast.ana, boys, "Nery")
    submit("accept_transfer", cast.carla, transfer_id=transfer, arrivals=[])
    shown = seen(cast.b)
    assert (shown.registered, shown.unnamed, seen(cast.a).registered) == (3, 1, 0)
    assert Stay.objects.get(site=cast.b.site, person__given_names="Nery").state == "in"


def test_a_transfer_called_off_leaves_them_where_they_are(cast: Cast) -> None:
    family = arrive(cast.ana, cast.a, number(3, **BOYS))
    submit("withdraw_transfer", cast.beto, transfer_id=propose(cast, family))
    assert seen(cast.a).registered == 4
    assert queries.transfers_for(cast.carla.id, settled=True)[0].unnamed in (0, 3)
    again = propose(cast, family)
    submit("accept_transfer", cast.carla, transfer_id=again, arrivals=[])
    assert seen(cast.b).registered == 4


def test_more_than_there_are_places_for_is_refused_with_those_without_a_name(cast: Cast) -> None:
    family = arrive(cast.ana, cast.a, number(60, **BOYS))
    transfer = propose(cast, family)
    Space.objects.filter(site=cast.b.site).update(capacity=10)
    with pytest.raises(DomainError) as refused:
        submit("accept_transfer", cast.carla, transfer_id=transfer, arrivals=[])
    assert refused.value.params["people"] == 60
    assert refused.value.code == "sites.goes_over"


# --- beside whom nobody is seen any more -----------------------------------------------------------------------------


def test_its_manager_ends_a_number_beside_a_household_nobody_sees_any_more(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys)
    check_out(cast.ana, family)
    clock.move(timedelta(days=30))
    [line] = queries.unnamed_at(cast.beto.id, cast.a.id)
    assert (line.household_id, line.household, line.persons) == (None, "", 2)
    assert queries.unnamed_at(cast.ana.id, cast.a.id) == []
    for who in (cast.ana, cast.carla, cast.outsider):
        with pytest.raises(DomainError) as refused:
            leave(who, boys, 2)
        assert refused.value.code == "core.not_found"
    leave(cast.beto, boys, 2)
    assert seen(cast.a).registered == 0


def test_the_page_of_those_without_a_name_leads_to_their_leaving(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys)
    browser = sign_in(cast.beto)
    page = f"/sites/{cast.a.id}/unnamed/"
    assert f"/sites/unnamed/{boys.unnamed_id}/leave/" in browser.get(page).content.decode()
    assert page in browser.get(f"/sites/{cast.a.id}/people/").content.decode()
    check_out(cast.ana, family)
    clock.move(timedelta(days=30))
    browser = sign_in(cast.beto)
    shown = browser.get(page).content.decode()
    assert str(family.household) not in shown
    leaving = browser.get(f"/sites/unnamed/{boys.unnamed_id}/leave/")
    assert leaving.status_code == 200
    assert str(family.household) not in leaving.content.decode()
    given = {"persons": 2, "reason": "home", "op_id": uuid7(), "new_id": uuid7()}
    done = browser.post(f"/sites/unnamed/{boys.unnamed_id}/leave/", given)
    assert done["Location"] == page
    assert "<table" not in browser.get(page).content.decode()


def test_the_form_of_leaving_offers_them_and_they_leave_with_it(cast: Cast) -> None:
    boys = number(2, **BOYS)
    family = arrive(cast.ana, cast.a, boys)
    browser = sign_in(cast.ana)
    page = f"/sites/{cast.a.id}/stays/{family.all_stays()[0]}/leave/"
    assert str(boys.unnamed_id) in browser.get(page).content.decode()
    given = {
        "who": family.all_stays(), "unnamed": [boys.unnamed_id], "reason": "home", "op_id": uuid7(), "new_id": uuid7(),
    }  # fmt: skip
    assert browser.post(page, given).status_code == 302
    assert seen(cast.a).registered == 0
