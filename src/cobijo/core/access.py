"""Who may call core's own verbs: the operator at the machine."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.models import Area
from cobijo.core.verbs import Act, Door


def _areas(_actor: UUID) -> Q:
    """Areas are public."""
    return Q()


visible_to, get_for = records.doors({Area: _areas})


def may_put_area(act: Act, **_: Any) -> None:
    if act.door is not Door.COMMAND:
        raise NOT_ALLOWED()
