"""Every row looked at: what its kind finds wrong, what no kind lets pass, and what was entered before."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from cobijo.algorithms.cells import Cell, says_nothing, written
from cobijo.algorithms.text import fold
from cobijo.core.imports import kinds, problems, sealing
from cobijo.core.imports.kinds import Kind
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.types import BatchState, Plan, Problem, RowIn, RowState, cell_of

OPEN: Final = (RowState.READY, RowState.WRONG, RowState.KNOWN, RowState.REFUSED)
"""The states of rows that are looked at again."""
ENTERED: Final = (RowState.ACCEPTED, RowState.HELD, RowState.KEPT)
"""The states of rows of which something stands in the register."""
_FOUND: Final = ("digest", "entry", "problems", "state")
_PIECE: Final = 900
"""How many digests are asked of the database at once."""


def check(batch: ImportBatch) -> None:
    """Look at every row that is open, and write down what is wrong with it and which entry it belongs to."""
    of = kinds.kind(batch.kind)
    rows = list(batch.rows.filter(state__in=OPEN).order_by("number"))
    given = [row_in(batch, row) for row in rows]
    plan = plan_of(batch, of, given)
    digests = {one.number: digest_of(batch, of, one) for one in given}
    _find_twice(plan, digests)
    known = _known(batch, digests.values())
    entries = {number: entry.rows[0] for entry in plan.entries for number in entry.rows}
    there = {number for number, digest in digests.items() if digest in known}
    _find_known_in_part(plan, there)
    _let_wait(plan)
    changed = []
    for row in rows:
        before = [getattr(row, name) for name in _FOUND]
        row.digest, row.entry = digests[row.number], entries.get(row.number)
        found = [] if row.number in there else plan.problems.get(row.number, [])
        row.problems = [one.as_json() for one in found]
        row.state = _state(row, found, plan, there)
        if before != [getattr(row, name) for name in _FOUND]:
            changed.append(row)
    with transaction.atomic():
        write(changed, _FOUND)
        batch.counts = counts(batch)
        batch.state = BatchState.CHECKED if batch.accepted_at is None or batch.counts["ready"] else BatchState.DONE
        batch.save(update_fields=["counts", "state"])


def write(rows: list[ImportRow], names: Sequence[str]) -> None:
    """Write these fields of many rows that are there: as an insertion that meets them, the fastest way there is."""
    ImportRow.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=list(names)
    )


def _state(row: ImportRow, found: Sequence[Problem], plan: Plan, there: set[int]) -> RowState:
    if row.number in there:
        return RowState.KNOWN
    if row.number in plan.passed:
        return RowState.PASSED
    wrong = any(problems.blocks(one.code) for one in found) or row.entry is None
    return RowState.WRONG if wrong else RowState.READY


def counts(batch: ImportBatch) -> dict[str, int]:
    """How many rows are in each state, and how many entries are ready."""
    states = list(batch.rows.values_list("state", "entry"))
    found = {str(state): sum(1 for one, _entry in states if one == state) for state in RowState}
    found["entries"] = len({entry for one, entry in states if one == RowState.READY})
    found["entered"] = len({entry for one, entry in states if one == RowState.ACCEPTED})
    return found


# --- rows as their kind reads them -----------------------------------------------------------------------------------


def row_in(batch: ImportBatch, row: ImportRow) -> RowIn:
    """A row with its cells by field, those that say nothing left out."""
    raw = sealing.cells_of(batch, row)
    columns = {field: int(column) for column, field in batch.columns.items()}
    cells = {field: cell_of(raw[at]) for field, at in columns.items() if at < len(raw)}
    said = {field: cell for field, cell in cells.items() if not says_nothing(cell)}
    return RowIn(row.number, said, columns, row.apart)


def plan_of(batch: ImportBatch, of: Kind, given: Iterable[RowIn]) -> Plan:
    """What a kind makes of rows, with what is wrong whatever the kind."""
    found = list(given)
    context = of.context(batch.accepted_by or batch.actor, batch.unit, batch.answers)
    plan = of.plan(found, context)
    for row in found:
        plan.add(row.number, *unfit(of, row))
    return plan


def unfit(of: Kind, row: RowIn) -> Iterable[Problem]:
    """Cells that no list of this kind holds: formulas, and more text than fits."""
    for name, cell in row.cells.items():
        field, text = of.field(name), written(cell)
        if isinstance(cell, str) and text.startswith(("=", "@") if field.signs else ("=", "@", "+", "-")):
            yield row.problem(problems.FORMULA, name)
        elif len(text) > field.takes:
            yield row.problem(problems.TOO_LONG, name)


def shown(cell: Any) -> str:
    """A cell as JSON has it, as a page shows it."""
    return written(cell_of(cell))


# --- the same again --------------------------------------------------------------------------------------------------


def digest_of(batch: ImportBatch, of: Kind, row: RowIn) -> str:
    """The keyed digest of what a row says, the order of columns and the way it is written apart; empty for nobody."""
    if not any(name in row.cells for name in of.identity):
        return ""
    said = [f"{name}={_alike(cell)}" for name, cell in sorted(row.cells.items())]
    said += [beside] if (beside := of.beside(row, batch.answers)) else []
    return sealing.digest("row", batch.kind, str(batch.unit), *said)


def _alike(cell: Cell) -> str:
    return fold(written(cell))


def _find_twice(plan: Plan, digests: Mapping[int, str]) -> None:
    first: dict[str, int] = {}
    for number, digest in digests.items():
        if digest and digest in first:
            plan.add(number, Problem(problems.TWICE, None, first[digest]))
        elif digest:
            first[digest] = number


def _known(batch: ImportBatch, digests: Iterable[str]) -> set[str]:
    """Those of the digests that were entered in this unit before; what was undone counts no more."""
    asked = sorted({digest for digest in digests if digest})
    found: set[str] = set()
    for at in range(0, len(asked), _PIECE):
        piece = asked[at : at + _PIECE]
        rows = ImportRow.objects.filter(digest__in=piece, state__in=ENTERED)
        found.update(rows.values_list("digest", flat=True))
    return found


def _find_known_in_part(plan: Plan, there: set[int]) -> None:
    """Households of which some were entered before and some are new: nobody is added to a household unseen."""
    for entry in plan.entries:
        known = [number for number in entry.rows if number in there]
        if known and len(known) < len(entry.rows):
            for number in entry.rows:
                if number not in there:
                    plan.add(number, Problem(problems.KNOWN_IN_PART, None, known[0]))


def _let_wait(plan: Plan) -> None:
    """A household is entered whole: its good rows wait for those that are not."""
    for entry in plan.entries:
        wrong = [number for number in entry.rows if _blocked(plan, number)]
        if wrong:
            for number in entry.rows:
                if number not in wrong:
                    plan.add(number, Problem(problems.WAITS, None, wrong[0]))


def _blocked(plan: Plan, number: int) -> bool:
    return any(problems.blocks(one.code) for one in plan.problems.get(number, []))
