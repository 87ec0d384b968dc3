"""Lists on their way in. What they say of people is sealed, and gone as soon as it is entered or two weeks old.

The unit, and who handed a list in, are bare ids: core knows no account. A kind says who may see the batches of a unit.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.imports.types import BatchState, RowState
from cobijo.core.personal import Category, Declared, OnErasure, Retention


class ImportBatch(models.Model):
    """One list as it was handed in.

    ``sealed_sheets`` is the whole workbook as it was opened, ``sealed_name`` what its file was called, ``sealed_head``
    its headings: all under the ring's key, since those who stand in it are nobody's record yet. The workbook goes when
    entering begins. ``file_digest`` is keyed. ``sheet`` counts from 0, ``head_at`` from the first row of that sheet;
    ``columns`` says which field a column holds. ``refused``: the sheets and columns (counted from 0) that were dropped.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=40)
    unit = models.UUIDField()
    actor = models.UUIDField()
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.READ)
    sealed_name = models.BinaryField(default=b"")
    sealed_sheets = models.BinaryField(default=b"")
    sealed_head = models.BinaryField(default=b"")
    file_digest = models.CharField(max_length=64, db_index=True)
    sheet = models.PositiveSmallIntegerField(default=0)
    head_at = models.PositiveIntegerField(default=0)
    head_height = models.PositiveSmallIntegerField(default=1)
    columns = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    refused = models.JSONField(default=list)
    made_at = models.DateTimeField()
    accepted_by = models.UUIDField(null=True)
    accepted_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    emptied_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=(
            "kind", "state", "sealed_name", "sealed_sheets", "sealed_head", "file_digest", "sheet", "head_at",
            "head_height", "columns", "answers", "counts", "refused", "made_at", "accepted_at",
            "emptied_at",
        )
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "import batches"
        indexes = [
            models.Index(fields=["state"], name="batch_under_way", condition=Q(state__in=["accepting", "undoing"])),
            models.Index(fields=["unit", "made_at"], name="batch_of_unit"),
        ]


class ImportRow(models.Model):
    """A row below the headings. ``entry`` is the number of the first row of its household.

    ``sealed`` holds its cells until it is entered; ``digest`` is keyed and stays, so that the same row is known again.
    ``problems`` holds codes, columns and row numbers only. ``subject`` is the person it became.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey("core.ImportBatch", on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    entry = models.PositiveIntegerField(null=True)
    apart = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=RowState.choices)
    problems = models.JSONField(default=list)
    sealed = models.BinaryField(default=b"")
    digest = models.CharField(max_length=64, default="", blank=True)
    op_id = models.UUIDField(null=True)
    subject = models.UUIDField(null=True, db_index=True)

    declared: ClassVar = Declared(
        subject="subject",
        by={Category.IDENTITY: ("sealed", "digest")},
        plain=("number", "entry", "apart", "state", "problems"),
        retention=Retention.SHORT,
        on_erasure=OnErasure.UNLINK,
        not_copied="a row of a list, empty once the person is entered; the act of entering is listed",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="one_import_row_a_number")]
        indexes = [
            models.Index(fields=["batch", "entry", "number"], name="import_entry"),
            models.Index(
                fields=["digest"], name="import_row_known", condition=Q(state__in=["accepted", "held", "kept"])
            ),
        ]


class ImportMapping(models.Model):
    """Which column held which field in a list with these headings, and what was answered: for the next one.

    ``owner`` is the organisation or unit that keeps its lists so.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=40)
    owner = models.UUIDField()
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    used_at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("kind", "headings", "columns", "answers", "used_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "owner", "headings"], name="one_mapping_a_list")]
