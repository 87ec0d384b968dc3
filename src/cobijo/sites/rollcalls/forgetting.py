"""What is left of an erased person's roll-calls: the numbers of the night, and differences of nobody.

Written past ``core.rows``: no image of it may be kept.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from cobijo.sites.models import Stay
from cobijo.sites.rollcalls.models import Difference, Mark


def forget(person: UUID, stays: Sequence[Stay]) -> None:
    """Delete the marks of these stays; their differences go on as those of so many."""
    Mark.objects.filter(stay__in=stays).delete()
    Difference.objects.filter(Q(person=person) | Q(stay__in=stays)).update(person=None, stay=None, sealed_note=b"")
