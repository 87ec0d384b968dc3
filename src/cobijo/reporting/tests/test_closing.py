"""A closed night keeps its figures, with the seal they rest on; what arrives later stands beside."""

import pytest

from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.reporting import queries, services
from cobijo.reporting.models import ClosedCensus
from cobijo.reporting.tests.world import NIGHT, away, clock_at, head_count, household, person, stay
from cobijo.reporting.types import Census
from tests.cast import Cast, Place, act

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def morning(cast: Cast) -> Cast:
    """The morning after a night with two people at A, one of them away, and a head-count of five."""
    clock_at("2018-10-30 07:00")
    stay(cast.a, household=household(cast.a))
    away(stay(cast.a, person(cast.a, "male", None)), "2018-10-29 12:00")
    head_count(cast.a, 5, cells={("female", "0-4"): 2})
    return cast


def close(cast: Cast, place: Place | None = None) -> ClosedCensus:
    return services.close_night(act(cast.beto), closed_id=uuid7(), site_id=(place or cast.a).id, night=NIGHT)


def figures(place: Place) -> Census:
    return queries.census(queries.of_site(place.id), NIGHT)


def test_the_closed_figures_are_those_that_were(morning: Cast) -> None:
    before = figures(morning.a)
    close(morning)
    stay(morning.a)
    after = figures(morning.a)

    assert (after.persons, after.households, after.away) == (2, 1, 1)
    assert after.table.as_json() == before.table.as_json()
    assert after.parts[0].reported == before.parts[0].reported
    assert after.parts[0].now is not None
    assert after.parts[0].now.persons == 3
    assert after.parts[0].since_closed == 1


def test_a_response_sums_the_closed_figures(morning: Cast) -> None:
    close(morning)
    stay(morning.a)
    stay(morning.b)
    whole = queries.census(queries.of_unit(morning.response.pk), NIGHT)

    assert whole.persons == 3
    assert [part.site.name for part in whole.closed] == ["Salón Municipal"]


def test_the_figures_rest_on_a_seal_of_the_journal(morning: Cast) -> None:
    first = close(morning)
    stay(morning.b)
    second = services.close_night(act(morning.carla), closed_id=uuid7(), site_id=morning.b.id, night=NIGHT)

    assert (second.seal_epoch, second.seal_number) == (1, 1), "the seal holds the closing of A's night"
    assert first.seal_number == 0, "nothing had been done through verbs before"
    mark = figures(morning.b).mark
    assert mark is not None
    assert str(mark) == "1.1"


def test_a_night_is_closed_once(morning: Cast) -> None:
    close(morning)
    with pytest.raises(DomainError) as refused:
        close(morning)
    assert refused.value.code == "reporting.already_closed"


def test_a_night_that_has_not_ended_stays_open(morning: Cast) -> None:
    clock_at("2018-10-29 23:50")
    with pytest.raises(DomainError) as refused:
        close(morning)
    assert refused.value.code == "reporting.night_not_over"


def test_a_night_nobody_knows_anything_of_is_not_closed(morning: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        services.close_night(act(morning.carla), closed_id=uuid7(), site_id=morning.b.id, night=NIGHT)
    assert refused.value.code == "reporting.nothing_known"


@pytest.mark.parametrize(
    ("who", "code"), [("ana", "core.not_allowed"), ("diego", "core.not_allowed"), ("carla", "core.not_found")]
)
def test_only_who_runs_the_site_closes_its_night(morning: Cast, who: str, code: str) -> None:
    with pytest.raises(DomainError) as refused:
        services.close_night(act(getattr(morning, who)), closed_id=uuid7(), site_id=morning.a.id, night=NIGHT)
    assert refused.value.code == code
