"""The calls people agreed to."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.core import rows
from cobijo.core.context import flag, is_late
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, FREE, Act, verb
from cobijo.movements.models import FollowCall
from cobijo.movements.refusals import CALLED_ALREADY
from cobijo.movements.types import CallOutcome, Flag

TRIES: Final = 3
"""After so many calls nobody answered, a call is given up."""
AGAIN: Final = timedelta(days=3)


@verb(
    "movements.record_call",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={"outcome": FREE},
    says=_("Called after the return"),
)
def record_call(act: Act, *, call_id: UUID, outcome: CallOutcome) -> FollowCall:
    """Say how a call went. Nobody reached: it is due again in three days, three times in all."""
    call = FollowCall.objects.select_for_update().get(pk=call_id)
    if call.settled_at is not None:
        if not is_late():
            raise CALLED_ALREADY()
        flag(Flag.ENDED_BEFORE, call=call.id)
        return call
    tries = call.tries + 1
    if outcome is CallOutcome.UNREACHED and tries < TRIES:
        return rows.change(call, tries=tries, outcome=outcome, due_on=act.happened_at.date() + AGAIN)
    return rows.change(call, tries=tries, outcome=outcome, settled_at=act.happened_at)
