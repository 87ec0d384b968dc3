"""Whatever stands in a list of head-counts: every row is taken, told or passed over, and no verb is asked nonsense."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cobijo.algorithms.ages import BAND_SETS
from cobijo.algorithms.cells import Cell, says_nothing
from cobijo.core import canonical, verbs
from cobijo.core.imports import checking, problems
from cobijo.core.imports.types import Context, RowIn
from cobijo.sites.importing.kinds import REPORTS
from cobijo.sites.importing.reports import plan as reports
from cobijo.sites.importing.reports.fields import REPORTS as FIELDS
from cobijo.sites.importing.reports.places import Known, Places
from cobijo.sites.types import FROM_18, UNDER_18

NAMES = [field.name for field in FIELDS]
NOW = datetime(2018, 10, 29, 18, tzinfo=UTC)
HERE = ZoneInfo("America/Guatemala")
BANDS = frozenset({*BAND_SETS["default"].codes(), UNDER_18, FROM_18})
SITES = [
    Known(uuid4(), "Salón Municipal", HERE, BANDS, None, frozenset()),
    Known(uuid4(), "Escuela 12", HERE, BANDS, (3, datetime(2018, 10, 1, tzinfo=UTC)), frozenset({NOW})),
]
PLACES = Places(
    {one.id: one for one in SITES},
    {14: SITES[0].id, 27: SITES[1].id},
    {"salon municipal": frozenset({SITES[0].id}), "escuela 12": frozenset({SITES[1].id})},
    HERE,
)
SAID = [
    "S014", "s27", "Escuela", "Salon Munisipal", "140", "unas 140", "-3", "3.9", "NaN", "1e9", "18:00", "24:00",
    "25:61", "6 p. m.", "27/10/2018", "2018-06", "31/02/2018", "conteo", "rumor", "inicial", "final", "agua; luz, oro",
    "N/S", "=1+1", "\u202e", "é" * 300,
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(SAID),
    st.text(max_size=30),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)),  # noqa: DTZ001 - a spreadsheet knows no zone
    st.times(),
)
FEW = st.sampled_from(["site", "code", "day", "hour", "persons", "households", "women", "cell_female_0-4"])
ROWS = st.lists(st.dictionaries(st.one_of(FEW, st.sampled_from(NAMES)), CELLS, max_size=9), max_size=6)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "day": st.sampled_from(["2018-10-28", "2018-10-31", "x"]),
        "cut_off": st.sampled_from(["06:00", "24:00", "x"]),
        "date_order": st.sampled_from(["dmy", "mdy", "ymd"]),
        "method": st.sampled_from(["head_count", "x"]),
        "parts": st.sampled_from(["split", "x"]),
    },
)


@given(ROWS, ANSWERS)
def test_every_row_is_one_report_or_passed_over(drawn: list[dict[str, Cell]], answers: dict[str, str]) -> None:
    columns = {name: at for at, name in enumerate(NAMES)}
    said = [{name: cell for name, cell in row.items() if not says_nothing(cell)} for row in drawn]
    rows = [RowIn(number, cells, columns) for number, cells in enumerate(said, 2)]
    context = Context(UUID(int=0), UUID(int=1), NOW, NOW.date(), answers, PLACES)
    plan = reports.plan(rows, context)
    assert sorted([*(number for entry in plan.entries for number in entry.rows), *plan.passed]) == [
        row.number for row in rows
    ]
    verb = verbs.registry["sites.report_headcount"]
    for row, entry in [(row, one) for row in rows for one in plan.entries if one.rows == [row.number]]:
        told = [*plan.problems.get(row.number, []), *checking.unfit(REPORTS, row)]
        if not any(problems.blocks(one.code) for one in told):
            taken = verb.arguments.model_validate_json(canonical.encode(entry.arguments))
            headcount = taken.headcount  # type: ignore[attr-defined]  # of the verb's own model
            assert headcount.observed_at <= NOW
            assert sum(cell.persons for cell in headcount.cells) <= headcount.persons
