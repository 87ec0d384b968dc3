"""Taking a list back: the verbs of this room. Entering needs none of its own, each entry being a verb of its kind."""

from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from cobijo.core import erasure, images, rows
from cobijo.core.context import concerns, flag
from cobijo.core.imports import accepting, problems
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.types import BatchState, Problem, RowState
from cobijo.core.models import Intent, Mention, Outcome
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, Act, Door, verb


@verb(
    "core.undo_batch",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={},
    says=_("List taken back"),
)
def undo_batch(act: Act, *, batch_id: UUID) -> ImportBatch:
    """Begin to undo a list that was entered: its households one by one, the newest first. What waits is not entered.

    A household of which something was recorded since stays as it is.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.emptied_at is not None:
        raise accepting.UNDO_OVER()
    if not accepting.can_be_undone(batch):
        raise accepting.NOT_ENTERED()
    return rows.change(batch, state=BatchState.UNDOING, undone_by=act.actor)


@verb(
    "core.undo_entry",
    kind=DECISION,
    doors=frozenset({Door.IMPORT, Door.COMMAND}),
    offline=False,
    duty=ALONE,
    purpose=Purpose.SHELTER,
    personal={"entry": PLAIN},
    says=_("Entry of a list undone"),
)
def undo_entry(act: Act, *, batch_id: UUID, entry: int) -> ImportBatch:
    """Undo one entry of a list that is taken back, wholly or, where anything of it changed since, not at all."""
    batch = ImportBatch.objects.get(pk=batch_id)
    found = list(batch.rows.select_for_update().filter(entry=entry, state=RowState.ACCEPTED))
    if not found:
        return batch
    intent = Intent.objects.get(op_id=accepting.op_id_of(batch_id, entry))
    made = _made_by(intent)
    if _touched_since(intent) or not _put_back(intent):
        concerns(UUID(one) for one in intent.subjects)
        flag(problems.CHANGED_SINCE, operation=intent.op_id)
        rows.change_all(found, state=RowState.KEPT, problems=[Problem(problems.CHANGED_SINCE).as_json()])
        return batch
    # Past ``core.rows``: what is changed there of somebody is mentioned in the journal, and nobody is left to mention.
    batch.rows.filter(pk__in=[row.pk for row in found]).update(
        state=RowState.UNDONE, subject=None, digest="", problems=[]
    )
    erasure.take_out(made, act.actor)
    return batch


def _made_by(intent: Intent) -> list[UUID]:
    """The people there were not before this operation."""
    made = intent.images.filter(before=None).values_list("row", flat=True)
    return [UUID(one) for one in sorted({*intent.subjects} & {*made})]


def _touched_since(intent: Intent) -> bool:
    """Whether a later operation names any of these people, or one of them was erased."""
    if intent.outcomes.filter(kind=Outcome.Kind.ERASED).exists():
        return True
    return Mention.objects.filter(subject__in=intent.subjects, intent__gt=intent.pk).exists()


class _ChangedError(Exception):
    """A row is no longer as the operation left it."""


def _put_back(intent: Intent) -> bool:
    """Whether every row of an operation could be put back as it was; if not, none is."""
    try:
        with transaction.atomic():
            if images.undo(intent).changed_since:
                raise _ChangedError
    except (_ChangedError, models.ProtectedError, models.RestrictedError, IntegrityError):
        return False
    return True


def forget(subject: UUID) -> None:
    """Cut a person off the row they came in: its digest stays, so that the same row does not bring them back.

    Where the same row waits in another list, what it says is gone too, and that list's workbook with it.
    """
    theirs = ImportRow.objects.filter(subject=subject)
    same = ImportRow.objects.filter(digest__in=list(theirs.exclude(digest="").values_list("digest", flat=True)))
    ImportBatch.objects.filter(pk__in=list(same.values_list("batch_id", flat=True))).update(sealed_sheets=b"")
    same.update(sealed=b"")
    theirs.update(subject=None)
