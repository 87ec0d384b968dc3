"""Rotation: new keys in the ring, people's keys wrapped anew. What was sealed before still opens."""

from django.db import transaction

from cobijo.core import keys
from cobijo.core.models import RingKey, SubjectKey

BATCH = 1_000


def rotate() -> int:
    """Add a new version of every key of the ring and wrap each person's key with the newest; gives how many.

    The keys that hash stay. Resumable: a run that was stopped is finished by the next.
    """
    purposes = set(RingKey.objects.values_list("purpose", flat=True)) - keys.HASHING
    for purpose in sorted(purposes | {keys.SUBJECTS}):
        keys.add_version(purpose)
    count = 0
    while wrapped := _wrap_batch():
        count += wrapped
    return count


def _wrap_batch() -> int:
    ring = keys.newest(keys.SUBJECTS)
    with transaction.atomic():
        rows = list(SubjectKey.objects.exclude(ring_key_id=ring).order_by("subject").select_for_update()[:BATCH])
        for row in rows:
            row.wrapped = keys.rewrap(row, ring)
            row.ring_key_id = ring
        SubjectKey.objects.bulk_update(rows, ["wrapped", "ring_key"])
    return len(rows)
