"""Pairs of records that may be one person's, and merges."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared
from cobijo.people.identity.types import FoundBy, MergeState, PairState


class Pair(models.Model):
    """Two records that may be one person's; ``first`` has the lower id.

    ``probability`` is per mille. ``evidence`` holds [field, level, tenths of a bit] in codes, never words of anybody.
    ``compared`` is a keyed digest of what was compared of both when the pair was last found or judged.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    first = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    probability = models.PositiveSmallIntegerField(default=0)
    evidence = models.JSONField(default=list)
    found_by = models.CharField(max_length=8, choices=FoundBy.choices)
    found_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=PairState.choices, default=PairState.OPEN)
    compared = models.CharField(max_length=64)
    judged_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="first_id",
        by={Category.IDENTITY: ("probability", "evidence", "state", "compared")},
        plain=("found_by", "found_at", "judged_at"),
        not_copied="says of two records that they may be one person's",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_pair_of_two"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_is_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["state", "-probability"], name="pairs_to_judge", condition=Q(state__in=["open", "unsure"])
            ),
        ]


class Merge(models.Model):
    """The act that made one of two records, or asks for it. ``op``: the operation whose images undo it.

    ``taken``: the fields of the kept record that were blank and are now what the other one said.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kept = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="merges")
    gone = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=MergeState.choices)
    contradictions = models.JSONField(default=list)
    taken = models.JSONField(default=list)
    asked_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    settled_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    op = models.UUIDField(null=True)

    declared: ClassVar = Declared(
        subject="kept_id",
        by={Category.IDENTITY: ("contradictions", "taken", "state")},
        plain=("asked_at", "settled_at"),
        not_copied="joins two records, of which the copy holds both",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(state__in=["asked", "done"]), name="a_record_is_merged_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="merge_is_of_two"),
        ]
