"""What this app hears of after it is committed, and what it does once a day."""

from datetime import timedelta
from typing import Final

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import chores, clock, events, operations
from cobijo.core.verbs import Door
from cobijo.movements.models import Movement
from cobijo.movements.rules import children
from cobijo.movements.services import empty_list

KEPT: Final = timedelta(days=14)
"""How long what a list said of those who never came is kept."""

events.subscribe(
    "movements.children",
    {"movements.depart", "movements.leave_centre", "movements.board"},
    children.tell_held,
    kinds=frozenset({"held"}),
)


def empty_old_lists() -> int:
    """Let go what lists said of people who did not come, two weeks after they were expected; gives how many lists."""
    old = Movement.objects.filter(expected_at__lt=clock.now() - KEPT, emptied_at=None)
    due = list(old.exclude(travellers=None).values_list("pk", flat=True).distinct())
    for movement in due:
        empty_list(operations.act_of(COMMAND_LINE, Door.COMMAND), movement_id=movement)
    return len(due)


chores.daily("movements.lists", empty_old_lists)
