"""Manifests as lists handed in: what is taken, what is refused, what is said."""

import pytest

from cobijo.core.imports import accepting, batches, checking, sealing
from cobijo.core.imports.models import ImportBatch
from cobijo.core.imports.types import RowState
from cobijo.core.services import undo_batch
from cobijo.movements import queries
from cobijo.movements import sealing as listed
from cobijo.movements.importing.refusing import is_refused
from cobijo.movements.models import Movement
from cobijo.movements.tests.centre import announced, centre
from cobijo.people.models import Person
from cobijo.sites.tests.importing.books import xlsx
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db
HEAD = ("No.", "Nombres", "Apellidos", "Sexo", "Edad", "Identidad", "Grupo")


@pytest.fixture
def there(cast: Cast) -> Cast:
    return centre(cast)


def hand_in(cast: Cast, movement: Movement | None, *rows: tuple[object, ...]) -> ImportBatch:
    batch = batches.hand_in(cast.ana.id, "manifests", cast.a.id, "vuelo.xlsx", xlsx(list(rows)))
    answers = dict(batch.answers) | {"m_means": "male"} | ({"movement": str(movement.pk)} if movement else {})
    batches.choose(batch, {int(at): field for at, field in batch.columns.items()}, answers)
    return batch


def enter(cast: Cast, batch: ImportBatch) -> None:
    accepting.accept(batch, cast.ana.id)
    while accepting.enter_next(batch):
        pass
    batch.refresh_from_db()


def problems(batch: ImportBatch) -> dict[int, list[str]]:
    return {row.number: [one[0] for one in row.problems] for row in batch.rows.all() if row.problems}


def test_a_manifest_becomes_a_list_and_nobody_is_registered(there: Cast) -> None:
    flight = announced(there)
    people = Person.objects.count()
    batch = hand_in(
        there, flight, HEAD,
        (1, "Rosa", "Mejía Paz", "F", 30, "0801199012345", "A"), (2, "Lito", "Mejía", "M", 9, None, "A"),
        (3, "Omar", "Cruz", "M", 41, None, None),
    )  # fmt: skip
    enter(there, batch)
    found = queries.manifest_of(there.ana.id, flight)
    assert [(one.line, one.label, one.group) for one in found] == [
        (1, "Rosa Mejía Paz", 1), (2, "Lito Mejía", 1), (3, "Omar Cruz", None),
    ]  # fmt: skip
    assert Person.objects.count() == people
    assert not batch.rows.exclude(sealed=b"").exists()


def test_a_column_about_crimes_is_dropped_before_anything_of_it_is_kept(there: Cast) -> None:
    head = (*HEAD, "Delito", "Observaciones")
    batch = hand_in(
        there, announced(there), head, (1, "Rosa", "Mejía", "F", 30, None, None, "robo agravado", "ninguna"),
        (2, "Omar", "Cruz", "M", 30, None, None, "ninguno", "orden de captura en Houston"),
    )  # fmt: skip
    assert batch.refused == [[0, 7], [0, 8]]
    kept = [
        sealing.sheets_of(batch),
        sealing.head_of(batch),
        *(sealing.cells_of(batch, row) for row in batch.rows.all()),
    ]
    assert not [word for word in ("robo", "captura", "Delito") if word in str(kept)]
    assert checking.counts(batch)[RowState.READY] == 2


@pytest.mark.parametrize("heading", ["Delito", "ANTECEDENTES PENALES", "Criminal record", "Captura", "Huellas"])
def test_headings_of_courts_and_police_are_refused(heading: str) -> None:
    assert is_refused(heading, [])


@pytest.mark.parametrize("cell", ["Mara Lucía", "Delgado", "Ciudad Barrios", "Santa Bárbara", "Cárdenas", "Prisca"])
def test_names_and_places_are_not_taken_for_crimes(cell: str) -> None:
    assert not is_refused("Nombres", [cell])


def test_the_same_document_twice_waits_and_the_same_name_is_told(there: Cast) -> None:
    batch = hand_in(
        there, announced(there), HEAD,
        (1, "Rosa", "Mejía", "F", 30, "0801199012345", None), (2, "Rosita", "Mejía", "F", 31, "0801199012345", None),
        (3, "Omar", "Cruz", "M", 41, None, None), (4, "Omar", "Cruz", "M", 41, None, "B"),
    )  # fmt: skip
    said = problems(batch)
    assert said[3] == ["movements.import_same_document"]
    assert said[5] == ["movements.import_same_name"]
    counts = checking.counts(batch)
    assert (counts[RowState.READY], counts[RowState.WRONG]) == (3, 1)


def test_four_hundred_rows_for_a_hundred_and_eighty_seats_are_all_taken_and_it_is_said(there: Cast) -> None:
    flight = announced(there, seats=180)
    rows = [(at, f"Nombre{at}", f"Apellido{at}", "F", 20 + at % 50, None, None) for at in range(1, 401)]
    batch = hand_in(there, flight, HEAD, *rows)
    over = [number for number, codes in problems(batch).items() if "movements.import_over_seats" in codes]
    assert (checking.counts(batch)[RowState.READY], len(over)) == (400, 220)


def test_a_list_of_which_nobody_says_the_arrival_waits(there: Cast) -> None:
    batch = hand_in(there, None, HEAD, (1, "Rosa", "Mejía", "F", 30, None, None))
    assert problems(batch) == {2: ["movements.import_no_movement"]}
    assert checking.counts(batch)[RowState.READY] == 0


def test_a_list_taken_back_leaves_nobody_expected(there: Cast) -> None:

    flight = announced(there)
    batch = hand_in(there, flight, HEAD, (1, "Rosa", "Mejía", "F", 30, None, None))
    enter(there, batch)
    assert len(listed.open_listed(flight.travellers.all())) == 1
    undo_batch(act(there.beto), batch_id=batch.pk)
    batch.refresh_from_db()
    while accepting.undo_next(batch):
        batch.refresh_from_db()
    assert not flight.travellers.exists()
