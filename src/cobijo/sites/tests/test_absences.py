"""Out for a time: work, school, a visit. The place stays theirs."""

from datetime import timedelta

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import Absence
from cobijo.sites.tests.shelter import Family, ago, check_out, open_stays, receive, stay, submit
from cobijo.sites.types import Flag
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(cast: Cast) -> Family:
    return receive(cast.ana, cast.a, happened_at=ago(9))


def step_out(cast: Cast, family: Family, name: str, hours: float | None = 4) -> None:
    back = clock.now() + timedelta(hours=hours) if hours else None
    services.step_out(act(cast.ana), absence_id=uuid7(), stay_id=family.stays[name], expected_back=back)


def test_who_is_out_for_a_time_keeps_their_place_and_comes_back(cast: Cast, family: Family) -> None:
    step_out(cast, family, "Julio")
    assert stay(family.stays["Julio"]).state == "away"
    assert open_stays(cast.a) == 4
    services.come_back(act(cast.ana), stay_id=family.stays["Julio"])
    absence = Absence.objects.get(stay=family.stays["Julio"])
    assert stay(family.stays["Julio"]).state == "in"
    assert stay(family.stays["Julio"]).expected_back is None
    assert absence.back_at is not None


def test_an_adult_need_not_say_when_they_return(cast: Cast, family: Family) -> None:
    step_out(cast, family, "Julio", None)
    assert stay(family.stays["Julio"]).expected_back is None


def test_a_child_goes_to_school_with_an_hour_to_be_back(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        step_out(cast, family, "Lucía", None)
    assert refused.value.code == "sites.child_needs_return"
    step_out(cast, family, "Lucía", 5)
    assert stay(family.stays["Lucía"]).state == "away"


def test_a_child_who_went_out_without_an_hour_is_recorded_and_flagged_when_the_entry_comes_late(
    cast: Cast, family: Family
) -> None:
    receipt = submit("step_out", cast.ana, {"happened_at": ago(2)}, absence_id=uuid7(), stay_id=family.stays["Lucía"])
    assert [flag["code"] for flag in receipt.flags] == [Flag.NO_RETURN_TIME]


def test_nobody_is_expected_back_before_they_leave(cast: Cast, family: Family) -> None:
    with pytest.raises(DomainError) as refused:
        step_out(cast, family, "Julio", -1)
    assert refused.value.code == "sites.back_before_leaving"


def test_nobody_goes_out_twice_or_comes_back_twice(cast: Cast, family: Family) -> None:
    step_out(cast, family, "Julio")
    with pytest.raises(DomainError) as refused:
        step_out(cast, family, "Julio")
    assert refused.value.code == "sites.already_away"
    services.come_back(act(cast.ana), stay_id=family.stays["Julio"])
    with pytest.raises(DomainError) as refused:
        services.come_back(act(cast.ana), stay_id=family.stays["Julio"])
    assert refused.value.code == "sites.not_away"


def test_who_comes_back_after_having_been_checked_out_is_said_when_the_entry_comes_late(
    cast: Cast, family: Family
) -> None:
    step_out(cast, family, "Julio")
    check_out(cast.ana, family, "Julio", reason="no_word")
    receipt = submit("come_back", cast.ana, {"happened_at": ago(0.5)}, stay_id=family.stays["Julio"])
    assert [flag["code"] for flag in receipt.flags] == [Flag.BACK_BUT_OUT]
    assert stay(family.stays["Julio"]).state == "out"


def test_an_absence_from_before_the_leaving_is_kept_as_over(cast: Cast, family: Family) -> None:
    check_out(cast.ana, family)
    left = stay(family.stays["Julio"]).out_at
    submit("step_out", cast.ana, {"happened_at": ago(3)}, absence_id=uuid7(), stay_id=family.stays["Julio"])
    assert Absence.objects.get(stay=family.stays["Julio"]).back_at == left
    assert stay(family.stays["Julio"]).state == "out"
