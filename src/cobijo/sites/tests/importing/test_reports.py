"""A list of head-counts of several sites: read, asked what its rows do not say, entered once, taken back."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cobijo.accounts.models import Account
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.imports import accepting, batches, marking, problems
from cobijo.core.imports.models import ImportBatch
from cobijo.core.imports.services import undo_batch
from cobijo.core.imports.types import BatchState, RowState
from cobijo.core.models import Image
from cobijo.sites import services
from cobijo.sites.importing.reports.reading import hour_of
from cobijo.sites.models import SiteReport
from cobijo.sites.tests.importing import books
from cobijo.sites.types import ReportKind
from tests.cast import ZONE, Cast, act

pytestmark = pytest.mark.django_db
ZONE_HERE = ZoneInfo(ZONE)
HEADINGS = ("Albergue", "Fecha", "Hora", "Familias", "Personas", "Acumulado", "Método")
DAY = date(2018, 10, 27)


@pytest.fixture(autouse=True)
def _an_evening_in_october(cast: Cast) -> None:
    """It is 20:00 of 29 October 2018 at the sites."""
    clock.move(datetime(2018, 10, 29, 20, tzinfo=ZONE_HERE) - clock.now())


def hand_in(cast: Cast, rows: Sequence[Sequence[Any]], who: Account | None = None, **answers: str) -> ImportBatch:
    """Reports of the response handed in by its analyst, the columns as guessed, checked."""
    unit = cast.response.unit.id if who is None else cast.a.id
    batch = batches.hand_in((who or cast.diego).id, "site_reports", unit, "reporte.xlsx", books.xlsx(rows))
    batches.choose(batch, {int(at): name for at, name in batch.columns.items()}, batch.answers | answers)
    return batch


def enter(batch: ImportBatch) -> None:
    accepting.accept(batch, batch.actor)
    accepting.carry_on()
    batch.refresh_from_db()


def said(batch: ImportBatch) -> dict[int, list[str]]:
    rows = batch.rows.exclude(problems=[]).order_by("number")
    return {row.number: [one[0].rpartition(".")[2].removeprefix("report_") for one in row.problems] for row in rows}


def states(batch: ImportBatch) -> list[str]:
    return list(batch.rows.order_by("number").values_list("state", flat=True))


def sentences(batch: ImportBatch, number: int) -> list[str]:
    row = batch.rows.get(number=number)
    return [marking.sentence([None] * 9, one) for one in row.problems]


def one(cast: Cast, headings: Sequence[str], *row: Any, method: str = "") -> ImportBatch:
    """One row about A of the 27th at 18:00, with more columns."""
    start = ("Albergue", "Fecha", "Hora")
    return hand_in(cast, [(*start, *headings), ("S014", DAY, "18:00", *row)], method=method)


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_a_list_of_head_counts_becomes_a_report_of_each_site(cast: Cast) -> None:
    batch = hand_in(
        cast,
        [
            ("REPORTE DIARIO DE ALBERGUES",),
            HEADINGS,
            ("Salón Municipal", DAY, "18:00", 31, 140, 212, "conteo"),
            ("s027", DAY, time(6), 12, 60, None, "lista"),
            ("TOTAL", None, None, 43, 200, 212, None),
        ],
    )
    assert said(batch) == {}
    assert states(batch) == ["ready", "ready", "passed"]
    enter(batch)
    assert (batch.state, batch.counts["entered"]) == (BatchState.DONE, 2)
    a = SiteReport.objects.get(site=cast.a.site)
    assert (a.persons, a.households, a.persons_ever, a.method, a.night) == (140, 31, 212, "head_count", DAY)
    assert a.observed_at == datetime(2018, 10, 27, 18, tzinfo=ZONE_HERE)
    b = SiteReport.objects.get(site=cast.b.site)
    assert (b.persons, b.method, b.night) == (60, "list", DAY - timedelta(days=1))


def test_nothing_says_how_it_was_counted_so_it_is_an_estimate_and_never_a_head_count(cast: Cast) -> None:
    batch = one(cast, ("Personas",), 140)
    enter(batch)
    assert SiteReport.objects.get().method == "estimate"


def test_how_it_was_counted_is_said_once_for_the_list_and_a_row_may_say_otherwise(cast: Cast) -> None:
    headings = ("Albergue", "Fecha", "Personas", "Método")
    batch = hand_in(cast, [headings, ("S014", DAY, 140, None), ("S027", DAY, 60, "de oídas")], method="head_count")
    enter(batch)
    assert dict(SiteReport.objects.values_list("site__number", "method")) == {14: "head_count", 27: "hearsay"}


def test_a_way_of_counting_nobody_knows_is_an_estimate_and_told(cast: Cast) -> None:
    batch = one(cast, ("Personas", "Método"), 140, "a ojo de buen cubero", method="head_count")
    assert said(batch) == {2: ["unknown_method"]}
    enter(batch)
    assert SiteReport.objects.get().method == "estimate"


def test_a_number_said_to_be_about_so_many_makes_an_estimate(cast: Cast) -> None:
    batch = one(cast, ("Personas",), "más de 880", method="head_count")
    assert said(batch) == {2: ["about"]}
    enter(batch)
    assert SiteReport.objects.values_list("persons", "method").get() == (880, "estimate")


# --- which site ------------------------------------------------------------------------------------------------------


def test_a_site_written_wrong_is_told_with_the_names_near_to_it(cast: Cast) -> None:
    batch = hand_in(
        cast,
        [
            ("Albergue", "Fecha", "Personas"),
            ("Salon Munisipal", DAY, 10),
            ("Xyz", DAY, 10),
            (None, DAY, 10),
        ],
    )
    assert said(batch) == {2: ["near_site"], 3: ["unknown_site"], 4: ["no_site"]}
    assert "Salón Municipal" in sentences(batch, 2)[0]


def test_a_name_that_two_sites_have_is_told_with_both(cast: Cast) -> None:
    for place in (cast.a, cast.b):
        place.site.aliases.create(name="Zona 1", folded="zona 1")
    batch = hand_in(cast, [("Albergue", "Fecha", "Personas"), ("Zona 1", DAY, 10)])
    assert said(batch) == {2: ["several_sites"]}
    assert "Instituto Experimental, Salón Municipal" in sentences(batch, 2)[0]


def test_a_list_handed_in_for_one_site_need_not_name_it(cast: Cast) -> None:
    batch = hand_in(cast, [("Fecha", "Personas"), (DAY, 140)], cast.beto)
    enter(batch)
    assert SiteReport.objects.get().site == cast.a.site


def test_nobody_learns_from_a_list_of_sites_where_they_do_not_report(cast: Cast) -> None:
    batch = hand_in(cast, [("Albergue", "Fecha", "Personas"), ("S027", DAY, 10), ("Instituto", DAY, 1)], cast.beto)
    assert said(batch) == {2: ["unknown_site"], 3: ["unknown_site"]}
    for who in (cast.ana, cast.carla, cast.case_worker, cast.outsider):
        with pytest.raises(DomainError):
            hand_in(cast, [("Albergue", "Personas"), ("S014", 1)], who)


# --- when ------------------------------------------------------------------------------------------------------------


HOURS: list[tuple[Any, time]] = [
    ("18:00", time(18)),
    ("6:30 p. m.", time(18, 30)),
    ("6 PM", time(18)),
    ("18h", time(18)),
    ("18 horas", time(18)),
    (18, time(18)),
    (0.75, time(18)),
    (time(6, 15), time(6, 15)),
    ("12 am", time(0)),
    ("06.45", time(6, 45)),
]


@pytest.mark.parametrize(("cell", "hour"), HOURS)
def test_an_hour_is_read_as_people_write_it(cell: Any, hour: time) -> None:
    assert hour_of(cell) == (hour, False)


def test_midnight_is_the_end_of_the_day_that_is_said(cast: Cast) -> None:
    batch = hand_in(cast, [("Albergue", "Fecha", "Hora", "Personas"), ("S014", DAY, "24:00", 140)])
    enter(batch)
    assert SiteReport.objects.get().night == DAY
    assert SiteReport.objects.get().observed_at == datetime(2018, 10, 28, tzinfo=ZONE_HERE)


def test_an_hour_nobody_can_read_and_one_that_is_still_to_come_wait(cast: Cast) -> None:
    rows = [("Albergue", "Fecha", "Hora", "Personas"), ("S014", DAY, "25:00", 1), ("S014", "29/10/2018", "23:00", 1)]
    batch = hand_in(cast, rows)
    assert said(batch) == {2: ["unread_hour"], 3: ["future"]}


def test_a_list_without_days_waits_until_its_day_is_said(cast: Cast) -> None:
    batch = hand_in(cast, [("Albergue", "Personas"), ("S014", 140)])
    assert said(batch) == {2: ["no_day"]}
    batches.choose(batch, {0: "site", 1: "persons"}, {"day": "2018-10-28"})
    enter(batch)
    assert SiteReport.objects.get().night == date(2018, 10, 28)


def test_the_same_numbers_of_the_next_day_are_another_report(cast: Cast) -> None:
    rows = [("Albergue", "Personas"), ("S014", 140)]
    enter(hand_in(cast, rows, day="2018-10-27"))
    again = hand_in(cast, rows, day="2018-10-28")
    assert "day" not in batches.hand_in(cast.diego.id, "site_reports", again.unit, "x", books.xlsx(rows)).answers
    enter(again)
    assert SiteReport.objects.count() == 2
    assert states(hand_in(cast, rows, day="2018-10-27")) == [RowState.KNOWN]


def test_a_month_is_no_day_of_a_count(cast: Cast) -> None:
    batch = hand_in(cast, [("Albergue", "Fecha", "Personas"), ("S014", "2018-06", 880)])
    assert said(batch) == {2: ["part_of_a_day"]}


def test_a_day_that_can_be_two_waits_for_the_order_of_dates(cast: Cast) -> None:
    batch = hand_in(cast, [("Albergue", "Fecha", "Personas"), ("S014", "05/10/2018", 1)])
    assert said(batch) == {2: ["ambiguous_date"]}


# --- the numbers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        (("Familias", "Personas"), (140, 31), "fewer_than_households"),
        (("Personas", "Acumulado"), (140, 31), "more_than_ever"),
        (("Personas", "Mujeres", "Hombres"), (10, 6, 5), "parts_exceed"),
        (("Personas", "Mujeres", "Hombres"), (20, 6, 5), "parts_short"),
        (("Personas",), (-3,), "negative"),
        (("Personas",), (3.9,), "fraction"),
        (("Personas",), ("muchas",), "unread_number"),
        (("Personas",), (2_000_000,), "too_much"),
        (("Familias", "Personas"), (31, None), "no_persons"),
        (("Mujeres", "Hombres"), (6, 5), "summed"),
    ],
)
def test_numbers_that_cannot_be_are_told_at_their_cell(
    cast: Cast, headings: Sequence[str], row: Sequence[Any], expected: str
) -> None:
    batch = one(cast, headings, *row)
    assert said(batch) == {2: [expected]}
    blocks = problems.blocks(batch.rows.get().problems[0][0])
    assert states(batch) == ["wrong" if blocks else "ready"]


def test_a_site_that_says_no_number_is_silent_and_no_report(cast: Cast) -> None:
    batch = one(cast, ("Familias", "Personas"), None, "N/S")
    assert states(batch) == ["passed"]


def test_nought_people_is_a_report(cast: Cast) -> None:
    enter(one(cast, ("Familias", "Personas"), 0, 0))
    assert SiteReport.objects.get().persons == 0


def test_parts_by_sex_and_age_under_two_rows_of_headings_are_kept(cast: Cast) -> None:
    upper = ("Albergue", "Fecha", "Personas", "0-4", None, "18-24", None)
    lower = (None, None, None, "H", "M", "H", "M")
    batch = hand_in(cast, [upper, lower, ("S014", DAY, 40, 3, 4, 8, 25)], method="head_count")
    enter(batch)
    cells = set(SiteReport.objects.get().cells.values_list("sex", "band", "persons"))
    assert cells == {("male", "0-4", 3), ("female", "0-4", 4), ("male", "18-24", 8), ("female", "18-24", 25)}


def test_an_age_the_response_does_not_count_apart_is_told_and_stays_in_the_total(cast: Cast) -> None:
    batch = one(cast, ("Personas", "Mujeres 0-5", "Mujeres 25-59"), 20, 3, 4)
    assert said(batch) == {2: ["other_band", "parts_short"]}
    enter(batch)
    assert list(SiteReport.objects.get().cells.values_list("band", flat=True)) == ["25-59"]


def test_parts_that_are_the_same_share_everywhere_are_asked_about(cast: Cast) -> None:
    headings = ("Albergue", "Fecha", "Personas", "F 0-4", "H 0-4", "F 25-59", "H 25-59")
    shares = (0.1, 0.12, 0.4, 0.38)
    totals = (100, 250, 430, 610)
    rows = [("S014", date(2018, 10, 20 + at), n, *(round(n * one) for one in shares)) for at, n in enumerate(totals)]
    batch = hand_in(cast, [headings, *rows])
    assert batch.answers["parts"] == "split"
    enter(batch)
    assert set(SiteReport.objects.values_list("split", flat=True)) == {True}
    counted = [("S027", date(2018, 10, 20 + at), 60, 5 + at, 9, 20 - at, 22) for at in range(4)]
    assert "parts" not in hand_in(cast, [headings, *counted]).answers


# --- what is said beside it ------------------------------------------------------------------------------------------


def test_what_a_daily_report_says_beside_its_numbers_is_kept(cast: Cast) -> None:
    batch = one(
        cast,
        ("Personas", "Tipo de reporte", "Atendidos fuera", "Procedencia", "Necesidades", "Cargo"),
        140, "Avance No. 4", 18, "Los Lotes", "1. agua, colchonetas y frazadas; pañales", "coordinadora",
    )  # fmt: skip
    assert said(batch) == {}
    enter(batch)
    kept = SiteReport.objects.get()
    assert (kept.kind, kept.served_elsewhere, kept.origin) == ("progress", 18, "Los Lotes")
    assert (kept.urgent, kept.informant_post) == (["water", "bedding", "hygiene"], "coordinadora")


def test_the_name_of_who_said_it_has_no_column(cast: Cast) -> None:
    batch = one(cast, ("Personas", "Informante", "Responsable", "Teléfono"), 140, "Marta Xicay", "Ana Tun", "5555 1234")
    assert set(batch.columns.values()) == {"site", "day", "hour", "persons"}


def test_needs_and_kinds_of_report_nobody_knows_are_told(cast: Cast) -> None:
    batch = one(cast, ("Personas", "Tipo de reporte", "Necesidades"), 140, "raro", "agua, oro, luz, ropa, comida")
    assert said(batch) == {2: ["unknown_kind", "not_urgent"]}
    enter(batch)
    assert SiteReport.objects.get().urgent == ["water", "light", "clothes"]


def test_what_begins_like_a_formula_is_refused(cast: Cast) -> None:
    batch = one(cast, ("Personas", "Procedencia"), 140, "=1+1")
    assert said(batch) == {2: ["formula"]}


# --- twice, and back -------------------------------------------------------------------------------------------------


def test_one_site_twice_at_one_hour_waits(cast: Cast) -> None:
    batch = hand_in(
        cast,
        [
            HEADINGS,
            ("S014", DAY, "18:00", 31, 140),
            ("salón municipal", DAY, "6 pm", 30, 139),
            ("S014", DAY, "19:00", 1, 2),
        ],
    )
    assert said(batch) == {2: ["twice"], 3: ["twice"]}


def test_a_report_of_an_hour_that_has_one_is_told_and_counts(cast: Cast) -> None:
    enter(one(cast, ("Personas",), 140))
    batch = one(cast, ("Personas",), 138)
    assert said(batch) == {2: ["reported"]}
    enter(batch)
    assert list(SiteReport.objects.order_by("number").values_list("number", "persons")) == [(1, 140), (2, 138)]


def test_after_the_final_report_of_a_site_its_rows_wait(cast: Cast) -> None:
    enter(one(cast, ("Personas", "Tipo de reporte"), 140, "final"))
    batch = hand_in(cast, [("Albergue", "Fecha", "Personas"), ("S014", "28/10/2018", 12)])
    assert said(batch) == {2: ["reported_finally"]}
    assert "1" in sentences(batch, 2)[0]
    assert SiteReport.objects.get().kind == ReportKind.FINAL


def test_a_list_of_reports_taken_back_leaves_none_but_those_changed_since(cast: Cast) -> None:
    batch = hand_in(cast, [HEADINGS, ("S014", DAY, "18:00", 31, 140), ("S027", DAY, "18:00", 3, 14)])
    enter(batch)
    services.void_report(act(cast.diego), report_id=SiteReport.objects.get(site=cast.b.site).pk)
    undo_batch(act(cast.diego), batch_id=batch.pk)
    accepting.carry_on()
    assert states(batch) == ["undone", "kept"]
    assert SiteReport.objects.get().site == cast.b.site
    assert (
        not Image.objects.filter(before=None, model="sites.sitereport")
        .exclude(row=str(SiteReport.objects.get().pk))
        .exists()
    )
    assert states(hand_in(cast, [HEADINGS, ("S014", DAY, "18:00", 31, 140)])) == ["ready"]


def test_numbers_of_reports_go_on_after_one_was_taken_back(cast: Cast) -> None:
    first = one(cast, ("Personas",), 140)
    enter(first)
    enter(hand_in(cast, [("Albergue", "Fecha", "Personas"), ("S014", "28/10/2018", 12)]))
    undo_batch(act(cast.diego), batch_id=first.pk)
    accepting.carry_on()
    enter(hand_in(cast, [("Albergue", "Fecha", "Personas"), ("S014", "29/10/2018", 10)]))
    assert list(SiteReport.objects.order_by("number").values_list("number", flat=True)) == [2, 3]
