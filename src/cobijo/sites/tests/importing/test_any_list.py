"""Whatever stands in a list: every row is taken, told or passed over, and the verb is asked nothing it cannot read."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.algorithms.cells import Cell
from cobijo.core import canonical, verbs
from cobijo.core.imports import accepting, batches, checking, problems
from cobijo.core.imports.types import Context, RowIn
from cobijo.people.models import Person
from cobijo.sites.importing import households
from cobijo.sites.importing.fields import HOUSEHOLDS
from cobijo.sites.importing.kinds import PEOPLE
from cobijo.sites.importing.members import Place
from cobijo.sites.tests.importing import books
from tests.access import table
from tests.cast import Cast

NAMES = [field.name for field in HOUSEHOLDS]
NOW = datetime(2018, 10, 29, 18, tzinfo=UTC)
SAID = [
    "Ana Tun", "XICAY, José", "34", "8 meses", "-3", "3.9", "130", "NaN", "03/04/2018", "31/02/1990", "33000", "jefa",
    "jefe", "hija", "M", "F", "N/S", "=1+1", "@x", "\u202e", "sí", "no", "aquí", "2.41E+12", "GT", "é" * 300, "1",
]  # fmt: skip
CELLS = st.one_of(
    st.sampled_from(SAID),
    st.text(max_size=40),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(date(1800, 1, 1), date(2200, 1, 1)),
)
ROWS = st.lists(st.dictionaries(st.sampled_from(NAMES), CELLS, max_size=12), max_size=8)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "grouping": st.sampled_from(["number", "heads", "blanks", "alone"]),
        "date_order": st.sampled_from(["dmy", "mdy", "ymd"]),
        "m_means": st.sampled_from(["male", "female"]),
    },
)


def rows_of(drawn: list[dict[str, Cell]]) -> list[RowIn]:
    columns = {name: at for at, name in enumerate(NAMES)}
    return [RowIn(number, cells, columns, number % 3 == 0) for number, cells in enumerate(drawn, 2)]


@given(ROWS, ANSWERS)
def test_every_row_is_in_one_entry_or_passed_over(drawn: list[dict[str, Cell]], answers: dict[str, str]) -> None:
    rows = rows_of(drawn)
    context = Context(UUID(int=0), UUID(int=1), NOW, NOW.date(), answers, Place("GT", ZoneInfo("UTC"), {}))
    plan = households.plan(rows, context)
    taken = [number for entry in plan.entries for number in entry.rows]
    assert sorted([*taken, *plan.passed]) == [row.number for row in rows]
    verb = verbs.registry["sites.receive_household"]
    for entry in plan.entries:
        told = [one for number in entry.rows for one in plan.problems.get(number, [])]
        told += [one for row in rows if row.number in entry.rows for one in checking.unfit(PEOPLE, row)]
        if not any(problems.blocks(one.code) for one in told):
            verb.arguments.model_validate_json(canonical.encode(entry.arguments))
            assert entry.happened_at is None or entry.happened_at < NOW


HEADINGS = ("Familia", "Nombre", "Edad", "Fecha nac.", "Sexo", "Parentesco", "Teléfono", "Aula", "Documento")
LINES = st.lists(st.lists(st.one_of(st.sampled_from(SAID), st.text(max_size=12)), max_size=9), min_size=1, max_size=7)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES, st.sampled_from(["number", "heads", "blanks", "alone"]))
def test_what_is_entered_is_what_was_ready_and_no_household_is_taken_by_half(
    cast: Cast, lines: list[list[str]], grouping: str
) -> None:
    with table.undone():
        content = books.text([HEADINGS, ("1", "Ana Tun", "30", "", "F", "jefa"), *lines])
        batch = batches.hand_in(cast.ana.id, "households", cast.a.id, "lista.csv", content)
        columns = {int(at): name for at, name in batch.columns.items()}
        batches.choose(batch, columns, batch.answers | {"grouping": grouping, "date_order": "dmy"})
        ready = {row.number for row in batch.rows.filter(state="ready")}
        assert sum(count for state, count in batch.counts.items() if state not in ("entries", "entered")) == (
            batch.rows.count()
        )
        if ready:
            accepting.accept(batch, cast.ana.id)
            accepting.carry_on()
        assert {row.number for row in batch.rows.filter(state__in=("accepted", "held", "refused"))} == ready
        assert Person.objects.count() == batch.rows.filter(state="accepted").count()
        by_entry: dict[int | None, set[str]] = {}
        for row in batch.rows.exclude(entry=None):
            by_entry.setdefault(row.entry, set()).add(row.state)
        assert all(len(states) == 1 or states.isdisjoint({"accepted", "held"}) for states in by_entry.values())
