"""What tests of roll-calls say in one line."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from cobijo.accounts.models import Account
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.rollcalls.models import Difference, RollCall
from cobijo.sites.rollcalls.types import Explanation, MarkIn
from cobijo.sites.tests.shelter import submit
from tests.cast import Cast, act


def begin(who: Account, cast: Cast, night: date | None = None, **given: Any) -> RollCall:
    return services.begin_roll_call(act(who, **given), roll_call_id=uuid7(), site_id=cast.a.id, night=night)


def mark(who: Account, roll: RollCall, *stays: UUID, here: bool = True, space: UUID | None = None, **given: Any) -> Any:
    """Mark these stays, all the same; gives the receipt."""
    marks = [MarkIn(mark_id=uuid7(), stay_id=one, here=here, space_id=space) for one in stays]
    return submit("mark_present", who, act_given=given, roll_call_id=roll.pk, marks=marks)


def nameless(who: Account, roll: RollCall, persons: int, space: UUID | None = None, words: str = "") -> None:
    services.count_unknown(
        act(who), count_id=uuid7(), roll_call_id=roll.pk, persons=persons, space_id=space, words=words
    )


def end(who: Account, roll: RollCall, at: datetime | None = None) -> RollCall:
    given = {"happened_at": at} if at else {}
    services.end_roll_call(act(who, **given), roll_call_id=roll.pk)
    return RollCall.objects.get(pk=roll.pk)


def differences(roll: RollCall) -> list[tuple[str, UUID | None, int]]:
    rows = Difference.objects.filter(roll_call=roll).order_by("kind", "persons", "id")
    return [(row.kind, row.stay_id, row.persons) for row in rows]


def explain(who: Account, difference: Difference, explanation: Explanation, note: str = "") -> Difference:
    return services.explain_difference(act(who), difference_id=difference.pk, explanation=explanation, note=note)
