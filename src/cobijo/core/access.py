"""Who may call core's own verbs: the operator at the machine; a list is taken back by whom its kind says."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.imports.access import batches, may_undo_batch, may_undo_entry
from cobijo.core.imports.models import ImportBatch
from cobijo.core.models import Area
from cobijo.core.verbs import Act, Door

__all__ = ["get_for", "may_put_area", "may_undo_batch", "may_undo_entry", "visible_to"]


def _areas(_actor: UUID) -> Q:
    """Areas are public."""
    return Q()


visible_to, get_for = records.doors({Area: _areas, ImportBatch: batches})


def may_put_area(act: Act, **_: Any) -> None:
    if act.door is not Door.COMMAND:
        raise NOT_ALLOWED()
