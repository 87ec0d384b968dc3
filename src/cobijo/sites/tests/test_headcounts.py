"""A site's own head-count stands beside what is registered and changes nothing of it."""

from datetime import date, timedelta
from typing import Any

import pytest

from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import SiteReport
from cobijo.sites.tests.shelter import ago, open_stays, receive, submit
from cobijo.sites.types import CellIn, Flag, HeadcountIn, Method, ReportKind, Urgent
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


# --- a row of reports ------------------------------------------------------------------------------------------------


def flags(cast: Cast, given: HeadcountIn, **act_given: Any) -> list[str]:
    receipt = submit(
        "report_headcount", cast.beto, report_id=uuid7(), site_id=cast.a.id, headcount=given, act_given=act_given
    )
    return [flag["code"] for flag in receipt.flags]


def test_reports_of_a_site_are_numbered_and_say_what_a_daily_form_asks(cast: Cast) -> None:
    report(cast, headcount(kind=ReportKind.INITIAL))
    kept = report(
        cast,
        headcount(
            persons_ever=212,
            households_ever=50,
            served_elsewhere=18,
            origin="Los Lotes, El Rodeo",
            urgent=[Urgent.WATER, Urgent.BEDDING],
        ),
    )
    assert (kept.number, kept.kind, kept.persons_ever, kept.served_elsewhere) == (2, "progress", 212, 18)
    assert kept.urgent == ["water", "bedding"]


def test_after_the_final_report_no_more_is_taken_until_that_one_is_taken_out(cast: Cast) -> None:
    final = report(cast, headcount(kind=ReportKind.FINAL, observed_at=ago(30)))
    with pytest.raises(DomainError) as refused:
        report(cast, headcount(observed_at=ago(5), night=ago(5).date()))
    assert refused.value.code == "sites.reported_finally"
    report(cast, headcount(observed_at=ago(40), night=ago(40).date()))
    services.void_report(act(cast.beto), report_id=final.pk)
    assert report(cast, headcount(observed_at=ago(5), night=ago(5).date())).number == 3


def test_a_report_that_comes_late_after_the_final_one_is_taken_and_flagged(cast: Cast) -> None:
    report(cast, headcount(kind=ReportKind.FINAL, observed_at=ago(30)))
    given = headcount(observed_at=ago(20), night=ago(20).date())
    assert flags(cast, given, happened_at=ago(20)) == [Flag.AFTER_FINAL]


@pytest.mark.parametrize(
    ("said", "flagged"),
    [
        ({"persons": 30, "households": 31}, [Flag.FEWER_THAN_HOUSEHOLDS]),
        ({"persons": 140, "persons_ever": 139}, [Flag.MORE_THAN_EVER]),
        ({"households": 31, "households_ever": 30}, [Flag.MORE_THAN_EVER]),
        ({"persons": 0, "households": 0, "persons_ever": 0}, []),
    ],
)
def test_what_cannot_be_is_taken_as_said_and_asked_again(cast: Cast, said: dict[str, Any], flagged: list[str]) -> None:
    assert flags(cast, headcount(**said)) == flagged
