"""Who sets the rules of a response and sees what they do: who runs it, in numbers. The operator runs them."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import records
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.verbs import Act
from cobijo.people.retention.models import RetentionRule, RetentionRun


def _of_response(actor: UUID) -> Q:
    return Q(unit__in=authority.unit_ids(actor, Permission.RUN_RESPONSE))


visible_to, get_for = records.doors({RetentionRule: _of_response, RetentionRun: _of_response})


def _may_run(act: Act, *, unit_id: UUID, **_: Any) -> UUID:
    return authority.require(act.actor, Permission.RUN_RESPONSE, unit_id)


may_set_retention = may_preview_retention = _may_run


def _operator(act: Act, **_: Any) -> None:
    if not authority.authority(act.actor).command_line:
        raise NOT_ALLOWED()


may_expire = may_finish_retention = _operator
