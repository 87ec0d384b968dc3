"""Photos, by the digest of the file that holds the picture."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared


class Photo(models.Model):
    """A photo of a person; the newest that is not voided counts. The picture itself lies sealed in ``core.blobs``."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="photos")
    digest = models.CharField(max_length=64)
    taken_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("digest",)},
        plain=("taken_at", "voided_at"),
        left_out=("digest",),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person"], condition=Q(voided_at=None), name="one_live_photo")]
