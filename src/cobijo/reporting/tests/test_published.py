"""Figures from outside: recorded with their source, beside ours, taken back when they were a mistake."""

from datetime import date
from typing import Any

import pytest

from cobijo.accounts.models import Account, Organisation, Unit
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.reporting import access, queries, services
from cobijo.reporting.models import PublishedFigure
from cobijo.reporting.tests.world import NIGHT, group
from cobijo.reporting.types import PublishedIn
from cobijo.sites.models import Response
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def record(cast: Cast, who: Account | None = None, **given: Any) -> PublishedFigure:
    place: dict[str, Any] = {
        key: given.pop(key, default)
        for key, default in (("site_id", None), ("group_id", None), ("response_id", cast.response.pk))
    }
    values: dict[str, Any] = {"about": "Todos los albergues", "value": 3509, "day": NIGHT, "source": "CONRED"} | given
    return services.record_published(act(who or cast.diego), figure_id=uuid7(), figure=PublishedIn(**values), **place)


def refused(cast: Cast, **given: Any) -> DomainError:
    with pytest.raises(DomainError) as found:
        record(cast, **given)
    return found.value


def test_a_figure_is_recorded_with_its_source(cast: Cast) -> None:
    made = record(cast, address="https://example.org/boletin", note="a las 21:00")
    found = queries.census(queries.of_unit(cast.response.pk), NIGHT).published

    assert [(one.id, one.value, one.source, one.address) for one in found] == [
        (made.pk, 3509, "CONRED", "https://example.org/boletin")
    ]


def test_of_a_month_only_the_month_is_kept(cast: Cast) -> None:
    assert record(cast, day=date(2018, 6, 17), month_only=True).day == date(2018, 6, 1)


def test_figures_that_contradict_each_other_are_both_recorded(cast: Cast) -> None:
    record(cast, value=3509)
    record(cast, value=4471, source="prensa")
    assert PublishedFigure.objects.count() == 2


def test_the_same_figure_is_recorded_once(cast: Cast) -> None:
    made = record(cast)
    assert refused(cast, note="other words").code == "reporting.same_figure"
    services.void_published(act(cast.diego), figure_id=made.pk)
    assert record(cast).pk != made.pk


def test_a_figure_is_of_one_thing_only(cast: Cast) -> None:
    both = group(cast.response, "Los dos", cast.a.site, cast.b.site)
    assert refused(cast, site_id=cast.a.id, group_id=both.pk).code == "reporting.one_scope"


def test_a_site_of_another_response_is_refused(cast: Cast) -> None:
    unit = Unit.objects.create(kind=Unit.Kind.RESPONSE, name="Otra", parent=cast.response.unit)
    Response.objects.create(
        unit=unit,
        country="GT",
        zone="America/Guatemala",
        started_on=NIGHT,
        controller=Organisation.objects.create(name="Otra"),
    )
    assert refused(cast, site_id=cast.a.id, response_id=unit.pk).code == "reporting.other_response"


def test_an_address_is_one_a_browser_can_open(cast: Cast) -> None:
    assert refused(cast, address="javascript:alert(1)").code == "reporting.no_address"


def test_a_figure_taken_back_is_no_longer_shown(cast: Cast) -> None:
    made = record(cast)
    services.void_published(act(cast.diego), figure_id=made.pk)

    assert queries.census(queries.of_unit(cast.response.pk), NIGHT).published == ()
    with pytest.raises(DomainError) as again:
        services.void_published(act(cast.diego), figure_id=made.pk)
    assert again.value.code == "reporting.already_void"


@pytest.mark.parametrize(
    ("who", "code"), [("beto", "core.not_allowed"), ("carla", "core.not_found"), ("outsider", "core.not_found")]
)
def test_only_who_publishes_records(cast: Cast, who: str, code: str) -> None:
    assert refused(cast, who=getattr(cast, who), site_id=cast.a.id).code == code


def test_a_site_sees_its_own_figures_and_no_others(cast: Cast) -> None:
    ours = record(cast, site_id=cast.a.id)
    record(cast, site_id=cast.b.id)
    record(cast)
    seen = access.visible_to(cast.beto.pk, PublishedFigure.objects.all())

    assert list(seen) == [ours]
    assert access.visible_to(cast.diego.pk, PublishedFigure.objects.all()).count() == 3
    assert access.visible_to(cast.outsider.pk, PublishedFigure.objects.all()).count() == 0
