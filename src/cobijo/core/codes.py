"""Codes said aloud, taken from blocks leased to each node and device, so that two places never give the same one."""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from cobijo.core import clock
from cobijo.core.models import CodeBlock

BLOCK = 1_000


def lease(kind: str, holder: UUID, size: int = BLOCK) -> CodeBlock:
    """Lease the next free run of numbers of a kind to a holder (a node's or device's id)."""
    with transaction.atomic():
        top = CodeBlock.objects.filter(kind=kind).aggregate(top=Max(F("first") + F("size")))["top"] or 0
        return CodeBlock.objects.create(kind=kind, first=top, size=size, holder=holder, leased_at=clock.now())


def take(kind: str, holder: UUID, count: int = 1) -> list[int]:
    """The next numbers of the holder's blocks, leasing as needed. Called inside a verb: a refusal gives them back."""
    numbers: list[int] = []
    while len(numbers) < count:
        block = _open_block(kind, holder)
        some = min(count - len(numbers), block.size - block.taken)
        numbers += range(block.first + block.taken, block.first + block.taken + some)
        CodeBlock.objects.filter(pk=block.pk).update(taken=F("taken") + some)
    return numbers


def _open_block(kind: str, holder: UUID) -> CodeBlock:
    open_blocks = CodeBlock.objects.filter(kind=kind, holder=holder, taken__lt=F("size"))
    return open_blocks.select_for_update().order_by("first").first() or lease(kind, holder)
