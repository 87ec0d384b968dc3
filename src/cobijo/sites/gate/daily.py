"""What the ticker does once a day: visits of more than seven days ago go, and the words of them in the journal."""

from django.db import transaction

from cobijo.accounts.access import COMMAND_LINE
from cobijo.core import chores, clock, expiring
from cobijo.sites.gate.models import Visit
from cobijo.sites.gate.types import VISITS_KEPT


def forget_visits() -> int:
    """Leave nothing of visits older than they are kept; gives how many there were."""
    before = clock.now() - VISITS_KEPT
    with transaction.atomic():
        gone, _by_model = Visit.objects.filter(at__lt=before).delete()
        expiring.forget_words("sites.announce_visit", before, COMMAND_LINE)
    return gone


chores.daily("sites.visits", forget_visits)
