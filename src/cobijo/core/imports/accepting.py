"""What is good of a list entered: one verb for each entry, in small steps, so that others register meanwhile.

Each entry is one operation, in one transaction with the state of its rows: whoever is killed goes on where
the database stands, and two who work on one batch never enter the same household twice.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from cobijo.core import clock, images, operations
from cobijo.core.errors import DomainError, Refusal
from cobijo.core.imports import batches, checking, kinds, problems
from cobijo.core.imports.kinds import Kind
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.types import BatchState, Context, Plan, Problem, RowState
from cobijo.core.models import Intent
from cobijo.core.operations import Receipt, Status
from cobijo.core.verbs import Door

logger = logging.getLogger(__name__)

TOGETHER, PAUSE = 3, 0.01
"""Entries a transaction, for each waits for the disk; and seconds between two, for SQLite has one writer."""
_CHUNK: Final = 40

NOTHING_READY = Refusal(
    "core.import_nothing_ready",
    _("No row of this list is ready to be entered. Correct the rows that are marked first."),
)
UNDO_OVER = Refusal(
    "core.import_undo_over",
    _("This list was handed in more than two weeks ago and can no longer be undone as a whole. Correct single people."),
)
NOT_ENTERED = Refusal(
    "core.import_not_entered", _("Nothing of this list has been entered, so there is nothing to undo.")
)


def accept(batch: ImportBatch, actor: UUID) -> None:
    """Begin to enter what is ready, on behalf of the actor. The workbook as handed in is no longer needed."""
    with transaction.atomic():
        found = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if found.state != BatchState.CHECKED:
            raise batches.UNDER_WAY()
        if not found.rows.filter(state=RowState.READY).exists():
            raise NOTHING_READY()
        kinds.kind(found.kind).may(actor, found.unit)
        batches.remember(found)
        found.state, found.accepted_by, found.accepted_at = BatchState.ACCEPTING, actor, clock.now()
        found.sealed_sheets = b""
        found.save()
    batch.refresh_from_db()


def carry_on(seconds: float | None = None) -> int:
    """Go on with whatever is under way, for so many seconds; gives how many entries were done."""
    until = time.monotonic() + seconds if seconds is not None else None
    done = 0
    for batch in ImportBatch.objects.filter(state__in=(BatchState.ACCEPTING, BatchState.UNDOING)).order_by("made_at"):
        step = enter_next if batch.state == BatchState.ACCEPTING else undo_next
        while (until is None or time.monotonic() < until) and (some := step(batch, until)):
            done += some
    return done


# --- entering --------------------------------------------------------------------------------------------------------


def enter_next(batch: ImportBatch, until: float | None = None) -> int:
    """Enter some more entries; gives how many, 0 where the list is done."""
    of = kinds.kind(batch.kind)
    waiting = batch.rows.filter(state=RowState.READY).order_by("entry")
    entries = list(waiting.values_list("entry", flat=True).distinct()[:_CHUNK])
    if not entries:
        _finish(batch, BatchState.ACCEPTING, BatchState.DONE)
        return 0
    context = of.context(batch.accepted_by or batch.actor, batch.unit, batch.answers)
    return _each(entries, until, lambda entry: _enter(batch, of, context, entry))


def _each(entries: list[int | None], until: float | None, step: Callable[[int], None]) -> int:
    for at in range(0, len(entries), TOGETHER):
        some = entries[at : at + TOGETHER]
        with transaction.atomic():
            for entry in some:
                step(entry or 0)
        time.sleep(PAUSE)
        if until is not None and time.monotonic() > until:
            return at + len(some)
    return len(entries)


def _finish(batch: ImportBatch, before: BatchState, after: BatchState) -> None:
    ImportBatch.objects.filter(pk=batch.pk, state=before).update(state=after, counts=checking.counts(batch))
    batch.refresh_from_db()


def op_id_of(batch: UUID, entry: int) -> UUID:
    """The id of the operation that enters an entry: the same whenever and however often it is tried."""
    return uuid.uuid5(batch, str(entry))


def _enter(batch: ImportBatch, of: Kind, context: Context, entry: int) -> None:
    """Enter one entry. What nobody thought of is one household's trouble, and not the whole list's.

    The log says the kind of trouble and its places in the program, never its message (config.logs), and which row.
    """
    try:
        _enter_one(batch, of, context, entry)
    except OperationalError:
        raise
    except Exception:
        logger.exception("row %s of list %s was not taken", entry, batch.pk)
        rows = list(batch.rows.filter(entry=entry, state=RowState.READY))
        _settle(rows, RowState.REFUSED, {row.number: [Problem(problems.NOT_TAKEN)] for row in rows})


def _enter_one(batch: ImportBatch, of: Kind, context: Context, entry: int) -> None:
    with transaction.atomic():
        held = batch.rows.select_for_update().filter(entry=entry, state=RowState.READY).order_by("number")
        rows = list(held)
        if not rows:
            return
        plan = of.plan([checking.row_in(batch, row) for row in rows], context)
        if len(plan.entries) != 1 or any(problems.blocks(one.code) for one in _all(plan)):
            _refuse(rows, plan)
            return
        _take(batch, of, rows, plan)


def _all(plan: Plan) -> Iterator[Problem]:
    for found in plan.problems.values():
        yield from found


def _take(batch: ImportBatch, of: Kind, rows: list[ImportRow], plan: Plan) -> None:
    """Run the verb, and write down with it what became of the rows."""
    [entry] = plan.entries
    act = operations.act_of(
        batch.accepted_by or batch.actor,
        Door.IMPORT,
        op_id=op_id_of(batch.pk, rows[0].entry or 0),
        happened_at=entry.happened_at or clock.now(),
    )
    try:
        receipt = operations.submit(of.verb, act, entry.arguments)
    except DomainError as refusal:
        said = Problem(refusal.code, params=refusal.params)
        _settle(rows, RowState.REFUSED, {row.number: [said] for row in rows})
        return
    for row in rows:
        row.op_id, row.sealed = act.op_id, b""
        row.subject = entry.people.get(row.number) if receipt.status is Status.APPLIED else None
    _settle(rows, RowState.HELD if receipt.status is Status.HELD else RowState.ACCEPTED, _told(rows, plan, receipt))


def _told(rows: list[ImportRow], plan: Plan, receipt: Receipt) -> dict[int, list[Problem]]:
    """What is said of rows that were taken: what their kind told, and why an entry is held."""
    told = {row.number: plan.problems.get(row.number, []) for row in rows}
    if receipt.reason is not None:
        told[rows[0].number] = [*told[rows[0].number], Problem(receipt.reason.code, params=receipt.reason.params)]
    return told


def _refuse(rows: list[ImportRow], plan: Plan) -> None:
    """What was ready is so no longer: a room closed, a day passed."""
    _settle(rows, RowState.WRONG, plan.problems)


def _settle(rows: list[ImportRow], state: RowState, told: dict[int, list[Problem]]) -> None:
    for row in rows:
        row.state, row.problems = state, [one.as_json() for one in told.get(row.number, [])]
    checking.write(rows, ["state", "problems", "sealed", "op_id", "subject"])


# --- undoing ---------------------------------------------------------------------------------------------------------


def undo_next(batch: ImportBatch, until: float | None = None) -> int:
    """Undo some more entries, the newest first; gives how many, 0 where all are undone that can be."""
    waiting = batch.rows.filter(state=RowState.ACCEPTED).order_by("-entry")
    entries = list(waiting.values_list("entry", flat=True).distinct()[:_CHUNK])
    if not entries:
        _finish(batch, BatchState.UNDOING, BatchState.UNDONE)
        return 0
    return _each(entries, until, lambda entry: _undo(batch, entry))


def _undo(batch: ImportBatch, entry: int) -> None:
    act = operations.act_of(
        batch.undone_by or batch.actor, Door.IMPORT, op_id=uuid.uuid5(op_id_of(batch.pk, entry), "undo")
    )
    try:
        operations.submit("core.undo_entry", act, {"batch_id": batch.pk, "entry": entry})
    except DomainError as refusal:  # whoever began to undo may not any more
        rows = list(batch.rows.filter(entry=entry, state=RowState.ACCEPTED))
        said = Problem(refusal.code, params=refusal.params)
        _settle(rows, RowState.KEPT, {row.number: [said] for row in rows})


# --- keeping no longer than needed -----------------------------------------------------------------------------------


def tidy() -> int:
    """Empty the batches whose time has passed: nothing of their rows is left to read, and nothing can be undone."""
    over = ImportBatch.objects.filter(emptied_at=None, made_at__lt=clock.now() - batches.KEPT)
    emptied = 0
    for batch in over.exclude(state__in=(BatchState.ACCEPTING, BatchState.UNDOING)):
        with transaction.atomic():
            ops = batch.rows.exclude(op_id=None).values_list("op_id", flat=True).distinct()
            for intent in Intent.objects.filter(op_id__in=ops):
                images.let_go(intent)
            batch.rows.update(sealed=b"")
            batch.sealed_name = batch.sealed_sheets = batch.sealed_head = b""
            batch.emptied_at = clock.now()
            if batch.state in (BatchState.READ, BatchState.CHECKED):
                batch.state = BatchState.DONE
            batch.save()
        emptied += 1
    return emptied


def can_be_undone(batch: ImportBatch) -> bool:
    """Whether anything of a list was entered that its time still allows to be undone."""
    return (
        batch.state in (BatchState.CHECKED, BatchState.ACCEPTING, BatchState.DONE)
        and batch.accepted_at is not None
        and batch.emptied_at is None
        and batch.made_at > clock.now() - timedelta(days=batches.KEPT.days)
    )
