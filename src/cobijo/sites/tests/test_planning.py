"""Expecting people: a decision, so that more people than places is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.people.models import Membership, PersonScope
from cobijo.people.types import Presence, ScopeReason
from cobijo.sites import services
from cobijo.sites.models import Stay
from cobijo.sites.tests.shelter import FAMILY, Family, Guest, check_out, open_stays, receive, stay
from cobijo.sites.types import CheckInOf
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    """A family that is registered at A and has left."""
    family = receive(cast.ana, cast.a)
    check_out(cast.ana, family)
    return family


def tomorrow() -> date:
    return (clock.now() + timedelta(days=1)).date()


def coming(cast: Cast, family: Family, space: str | None = None) -> list[CheckInOf]:
    place = cast.a.spaces[space].id if space else None
    return [CheckInOf(person_id=one, stay_id=uuid7(), space_id=place) for one in family.people.values()]


def test_a_planned_stay_keeps_a_place_and_is_not_counted_as_in(cast: Cast, family: Family) -> None:
    services.plan_stays(
        act(cast.ana), site_id=cast.a.id, arrivals=coming(cast, family, "Aula 2"), planned_for=tomorrow()
    )
    assert open_stays(cast.a) == 0
    assert Stay.objects.filter(state="planned").count() == 4
    assert PersonScope.objects.filter(unit=cast.a.unit, why=ScopeReason.EXPECTED).count() == 4
    assert Membership.objects.filter(ends_at=None, presence=Presence.LATER).count() == 4


def test_checking_in_makes_the_plan_come_true(cast: Cast, family: Family) -> None:
    plans = coming(cast, family, "Aula 2")
    services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=plans, planned_for=tomorrow())
    services.check_in(act(cast.ana), stay_id=plans[0].stay_id, site_id=cast.a.id, person_id=plans[0].person_id)
    begun = stay(plans[0].stay_id)
    assert (begun.state, begun.space_id) == ("in", cast.a.spaces["Aula 2"].id)


def test_checking_in_under_another_id_uses_the_plan_up(cast: Cast, family: Family) -> None:
    plans = coming(cast, family)
    services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=plans, planned_for=tomorrow())
    services.check_in(act(cast.ana), stay_id=uuid7(), site_id=cast.a.id, person_id=plans[0].person_id)
    assert stay(plans[0].stay_id).voided_at is not None
    assert open_stays(cast.a) == 1


def test_plans_count_against_the_places(cast: Cast, family: Family) -> None:
    services.plan_stays(
        act(cast.ana), site_id=cast.a.id, arrivals=coming(cast, family, "Aula 2"), planned_for=tomorrow()
    )
    other = receive(cast.ana, cast.a, FAMILY[:2])
    check_out(cast.ana, other)
    with pytest.raises(DomainError) as refused:
        services.plan_stays(
            act(cast.ana), site_id=cast.a.id, arrivals=coming(cast, other, "Aula 2"), planned_for=tomorrow()
        )
    assert refused.value.params == {"place": "Aula 2", "free": 1, "people": 2}


def test_only_who_manages_the_site_plans_beyond_its_places(cast: Cast) -> None:
    many = receive(cast.ana, cast.a, tuple(Guest(f"N{n}", 30 + n) for n in range(7)))
    check_out(cast.ana, many)
    given: dict[str, Any] = {"site_id": cast.a.id, "arrivals": coming(cast, many, "Aula 1"), "planned_for": tomorrow()}
    with pytest.raises(DomainError) as refused:
        services.plan_stays(act(cast.ana), **given, override="no hay otro lugar")
    assert refused.value.code == "core.not_allowed"
    services.plan_stays(act(cast.beto), **given, override="no hay otro lugar")
    assert Stay.objects.filter(state="planned").count() == 7


def test_a_blank_reason_overrides_nothing(cast: Cast) -> None:
    many = receive(cast.ana, cast.a, tuple(Guest(f"N{n}", 30 + n) for n in range(7)))
    check_out(cast.ana, many)
    with pytest.raises(DomainError) as refused:
        services.plan_stays(
            act(cast.beto),
            site_id=cast.a.id,
            arrivals=coming(cast, many, "Aula 1"),
            planned_for=tomorrow(),
            override="   ",
        )
    assert refused.value.code == "sites.goes_over"


def test_nobody_is_planned_twice_or_for_a_day_that_has_passed(cast: Cast, family: Family) -> None:
    services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=coming(cast, family), planned_for=tomorrow())
    with pytest.raises(DomainError) as refused:
        services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=coming(cast, family), planned_for=tomorrow())
    assert refused.value.code == "sites.already_expected"
    with pytest.raises(DomainError) as refused:
        services.plan_stays(
            act(cast.ana),
            site_id=cast.a.id,
            arrivals=coming(cast, family),
            planned_for=tomorrow() - timedelta(days=4),
        )
    assert refused.value.code == "sites.planned_in_past"


def test_a_plan_is_taken_out_by_who_manages_the_site(cast: Cast, family: Family) -> None:
    plans = coming(cast, family)
    services.plan_stays(act(cast.ana), site_id=cast.a.id, arrivals=plans, planned_for=tomorrow())
    with pytest.raises(DomainError) as refused:
        services.void_stay(act(cast.ana), stay_id=plans[0].stay_id)
    assert refused.value.code == "core.not_allowed"
    services.void_stay(act(cast.beto), stay_id=plans[0].stay_id)
    assert stay(plans[0].stay_id).voided_at is not None
