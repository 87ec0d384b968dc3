"""A site's own head-count stands beside what is registered and changes nothing of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import SiteReport
from cobijo.sites.tests.shelter import ago, open_stays, receive
from cobijo.sites.types import CellIn, HeadcountIn, Method
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db


def headcount(**given: Any) -> HeadcountIn:
    said: dict[str, Any] = {
        "night": ago(30).date(),
        "observed_at": ago(30),
        "persons": 140,
        "households": 31,
        "method": Method.HEAD_COUNT,
        "informant_post": "coordinadora",
    }
    return HeadcountIn(**said | given)


def report(cast: Cast, given: HeadcountIn) -> SiteReport:
    return services.report_headcount(act(cast.beto), report_id=uuid7(), site_id=cast.a.id, headcount=given)


def test_a_count_by_sex_and_age_is_kept_with_who_said_it_and_how(cast: Cast) -> None:
    receive(cast.ana, cast.a)
    cells = [CellIn(sex="female", band="5-11", persons=20), CellIn(sex="unknown", band="0-17", persons=42)]
    kept = report(cast, headcount(cells=cells))
    assert (kept.persons, kept.method, kept.informant_post) == (140, "head_count", "coordinadora")
    assert set(kept.cells.values_list("band", "persons")) == {("5-11", 20), ("0-17", 42)}
    assert open_stays(cast.a) == 4


def test_the_parts_are_never_more_than_the_whole(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        report(cast, headcount(persons=10, cells=[CellIn(sex="male", band="18+", persons=11)]))
    assert refused.value.code == "sites.cells_exceed"
    assert refused.value.params == {"parts": 11, "persons": 10}


def test_a_band_the_response_does_not_use_is_refused_with_those_it_does(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        report(cast, headcount(cells=[CellIn(sex="male", band="6-11", persons=1)]))
    assert refused.value.code == "sites.unknown_band"
    assert "5-11" in refused.value.sentence


def test_one_cell_twice_is_refused(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        report(cast, headcount(cells=[CellIn(sex="male", band="18+", persons=1)] * 2))
    assert refused.value.code == "sites.cell_twice"


def test_no_count_stands_for_a_night_to_come(cast: Cast) -> None:
    tomorrow: date = (clock.now() + timedelta(days=2)).date()
    with pytest.raises(DomainError) as refused:
        report(cast, headcount(night=tomorrow))
    assert refused.value.code == "sites.night_to_come"


def test_an_analyst_reports_for_any_site_and_a_registrar_for_none(cast: Cast) -> None:
    services.report_headcount(act(cast.diego), report_id=uuid7(), site_id=cast.b.id, headcount=headcount())
    with pytest.raises(DomainError) as refused:
        services.report_headcount(act(cast.ana), report_id=uuid7(), site_id=cast.a.id, headcount=headcount())
    assert refused.value.code == "core.not_allowed"


def test_a_mistaken_count_is_taken_out(cast: Cast) -> None:
    kept = report(cast, headcount())
    services.void_report(act(cast.beto), report_id=kept.id)
    assert SiteReport.objects.get().voided_at is not None
