"""Leaving, and with whom a child may leave."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Notice
from cobijo.accounts.types import Role
from cobijo.core import events, operations, seals
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people.models import Membership, PersonScope
from cobijo.people.types import Kinship, Presence, ScopeReason, Sex
from cobijo.sites import services
from cobijo.sites.models import AuthorityAct
from cobijo.sites.tests.shelter import (
    BOY,
    FATHER,
    GIRL,
    MOTHER,
    Guest,
    ago,
    check_out,
    open_stays,
    receive,
    stay,
    submit,
)
from cobijo.sites.types import AuthorityActIn, Flag, OutReason
from tests.cast import Cast, act, grant

pytestmark = pytest.mark.django_db


def release(person: UUID, **given: Any) -> AuthorityActIn:
    """The act of a judge that lets a child go with an aunt."""
    said: dict[str, Any] = {
        "authority": "Juzgado de la Niñez",
        "number": "01172-2018-00412",
        "official": "Lic. Rosa Canel",
        "receiving_adult": "Elvira Xicará",
        "receiving_kinship": "tía",
        "receiving_document": "DPI 2456",
    }
    return AuthorityActIn(act_id=uuid7(), person_id=person, **said | given)


def test_a_family_leaves_with_reason_and_destination_and_its_place_is_free(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, space="Aula 2")
    check_out(cast.ana, family, reason="rented", destination="colonia La Trinidad")
    marta = stay(family.stays["Marta"])
    assert (marta.state, marta.out_reason, marta.destination) == ("out", "rented", "colonia La Trinidad")
    assert marta.out_at is not None
    assert open_stays(cast.a) == 0
    assert Membership.objects.get(person=family.people["Marta"], ends_at=None).presence == Presence.ELSEWHERE


def test_the_site_knows_who_left_for_seven_days(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family)
    scope = PersonScope.objects.get(person=family.people["Marta"], unit=cast.a.unit, why=ScopeReason.STAY)
    left = stay(family.stays["Marta"]).out_at
    assert left is not None
    assert scope.ends_at == left + timedelta(days=7)


def test_who_left_does_not_leave_twice(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family)
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family)
    assert refused.value.code == "sites.already_out"


def test_arriving_late_the_earlier_record_of_leaving_stands(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,), happened_at=ago(9))
    check_out(cast.ana, family)
    left = stay(family.stays["Marta"]).out_at
    receipt = submit(
        "check_out", cast.ana, {"happened_at": ago(2)}, stay_ids=family.all_stays(), reason=OutReason.ABROAD
    )
    assert [flag["code"] for flag in receipt.flags] == [Flag.LEFT_BEFORE]
    assert (stay(family.stays["Marta"]).out_at, stay(family.stays["Marta"]).out_reason) == (left, "home")


def test_nobody_is_checked_out_as_dead(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, reason="deceased")
    assert refused.value.code == "sites.death_by_document"


def test_a_leaving_before_the_coming_is_moved_to_it_and_said(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER,), happened_at=ago(3))
    receipt = submit("check_out", cast.ana, {"happened_at": ago(4)}, stay_ids=family.all_stays(), reason=OutReason.HOME)
    marta = stay(family.stays["Marta"])
    assert Flag.OUT_BEFORE_IN in [flag["code"] for flag in receipt.flags]
    assert marta.out_at == marta.in_at


# --- children --------------------------------------------------------------------------------------------------------


def test_a_child_leaves_with_an_adult_of_the_household(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family, "Julio", "Lucía")
    assert open_stays(cast.a) == 2


@pytest.mark.parametrize("who", ["ana", "beto"])
def test_a_child_alone_does_not_leave_and_nobody_overrides_it(cast: Cast, who: str) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        check_out(getattr(cast, who), family, "Lucía", reason="family", destination="con la tía")
    assert refused.value.code == "sites.child_leaves_alone"
    assert open_stays(cast.a) == 4


def test_an_adult_of_another_household_takes_no_child_along(cast: Cast) -> None:
    family, other = receive(cast.ana, cast.a), receive(cast.ana, cast.a, (FATHER,))
    with pytest.raises(DomainError) as refused:
        services.check_out(act(cast.ana), stay_ids=[family.stays["Lucía"], other.stays["Julio"]], reason=OutReason.HOME)
    assert refused.value.code == "sites.child_leaves_alone"


def test_a_child_follows_an_adult_who_went_ahead_to_the_same_place_that_day(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family, "Julio", reason="family", destination="Finca El Capulín")
    check_out(cast.ana, family, "Lucía", reason="family", destination="finca el capulin")
    assert stay(family.stays["Lucía"]).state == "out"


def test_a_child_does_not_follow_to_another_place(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family, "Julio", reason="family", destination="Finca El Capulín")
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Lucía", reason="family", destination="Masagua")
    assert refused.value.code == "sites.child_leaves_alone"


def test_a_child_does_not_follow_who_left_two_days_ago(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(60))
    services.check_out(act(cast.ana, happened_at=ago(48)), stay_ids=[family.stays["Julio"]], reason=OutReason.HOME)
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Lucía")
    assert refused.value.code == "sites.child_leaves_alone"


def test_a_child_leaves_by_the_act_of_the_authority_which_is_kept(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    child = family.people["Lucía"]
    check_out(cast.ana, family, "Lucía", reason="family", authority_act=release(child))
    kept = AuthorityAct.objects.get(stay=family.stays["Lucía"])
    assert (kept.number, kept.receiving_kinship) == ("01172-2018-00412", "tía")


def test_the_act_for_one_child_lets_no_other_go(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Lucía", "Óscar", authority_act=release(family.people["Lucía"]))
    assert refused.value.code == "sites.child_leaves_alone"


def test_an_act_about_somebody_else_is_refused(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Marta", authority_act=release(family.people["Lucía"]))
    assert refused.value.code == "sites.act_of_nobody"


def test_a_child_who_is_gone_is_recorded_and_those_who_protect_children_are_told(cast: Cast) -> None:
    officer = cast.auditor
    grant(officer, Role.CHILD_PROTECTION, cast.response.unit)
    family = receive(cast.ana, cast.a)
    receipt = submit("check_out", cast.ana, stay_ids=[family.stays["Lucía"]], reason=OutReason.NO_WORD)
    assert [flag["code"] for flag in receipt.flags] == [Flag.CHILD_GONE]
    assert stay(family.stays["Lucía"]).out_reason == "no_word"
    told = Notice.objects.filter(code="sites.child_gone").values_list("account_id", flat=True)
    assert set(told) == {cast.beto.id, officer.id}


def test_a_family_that_is_gone_without_a_word_alerts_nobody(cast: Cast) -> None:
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family, reason="no_word")
    assert not Notice.objects.filter(code="sites.child_gone").exists()


def test_a_late_entry_of_a_child_who_left_alone_is_held_and_told_at_once(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, happened_at=ago(9))
    receipt = submit(
        "check_out", cast.ana, {"happened_at": ago(2)}, stay_ids=[family.stays["Lucía"]], reason=OutReason.FAMILY
    )
    assert receipt.status is operations.Status.HELD
    assert stay(family.stays["Lucía"]).state == "in"
    seals.seal_waiting()
    events.deliver()
    events.deliver()
    told = Notice.objects.filter(code="sites.child_leaving").values_list("account_id", flat=True)
    assert list(told) == [cast.beto.id]


def test_an_age_in_doubt_is_a_child_s(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, Guest("Dina", 17)))
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Dina")
    assert refused.value.code == "sites.child_leaves_alone"


def test_a_daughter_of_unknown_age_is_taken_for_a_child(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (MOTHER, Guest("Dina", None)))
    with pytest.raises(DomainError) as refused:
        check_out(cast.ana, family, "Dina")
    assert refused.value.code == "sites.child_leaves_alone"


def test_who_may_be_a_child_for_all_we_know_leaves_and_is_flagged(cast: Cast) -> None:
    cousin = Guest("Wilmer", None, Sex.MALE, Kinship.RELATIVE)
    family = receive(cast.ana, cast.a, (MOTHER, cousin))
    receipt = submit("check_out", cast.ana, stay_ids=[family.stays["Wilmer"]], reason=OutReason.HOME)
    assert [flag["code"] for flag in receipt.flags] == [Flag.AGE_UNKNOWN_ALONE]


def test_a_head_of_unknown_age_leads_the_children_out(cast: Cast) -> None:
    family = receive(cast.ana, cast.a, (Guest("Marta", None, Sex.FEMALE, Kinship.HEAD), GIRL, BOY))
    check_out(cast.ana, family)
    assert open_stays(cast.a) == 0
