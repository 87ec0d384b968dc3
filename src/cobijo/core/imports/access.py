"""Who may see a list that was handed in, and take it back. Its kind says where; core knows no account."""

from uuid import UUID

from django.db.models import Q

from cobijo.core import records
from cobijo.core.imports import kinds
from cobijo.core.imports.models import ImportBatch
from cobijo.core.verbs import Act


def batches(actor: UUID) -> Q:
    """Those of the units for which the actor may hand such a list in."""
    condition = Q(pk__in=[])
    for kind in kinds.kinds():
        condition |= Q(kind=kind.name, unit__in=kind.units(actor))
    return condition


def may_undo_batch(act: Act, *, batch_id: UUID) -> UUID:
    batch = records.get_for(act.actor, ImportBatch, batch_id)
    return kinds.kind(batch.kind).may_undo(act.actor, batch.unit)


def may_undo_entry(act: Act, *, batch_id: UUID, entry: int) -> UUID:
    return may_undo_batch(act, batch_id=batch_id)
