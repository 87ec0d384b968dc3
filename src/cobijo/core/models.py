"""What core keeps: nodes, keys, the journal and its seals, code blocks, areas."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.imports.models import ImportBatch, ImportMapping, ImportRow
from cobijo.core.personal import Category, Declared, Purpose, Retention

__all__ = [
    "Area", "Chore", "CodeBlock", "Cursor", "Image", "ImportBatch", "ImportMapping", "ImportRow", "Intent", "Mention",
    "Node", "Outcome", "RingKey", "Seal", "Segment", "SubjectKey", "Suppression",
]  # fmt: skip


class Node(models.Model):
    """An installation: this one (``here``), and later those it exchanges with. ``fictitious``: nobody in it is real."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=120, default="", blank=True)
    here = models.BooleanField(default=False)
    fictitious = models.BooleanField(default=False)
    epoch = models.PositiveIntegerField(default=1)
    controller = models.UUIDField(null=True)
    public_key = models.BinaryField(default=b"")

    declared: ClassVar = Declared(plain=("name", "here", "fictitious", "epoch", "public_key"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["here"], condition=Q(here=True), name="one_node_is_here")]


class RingKey(models.Model):
    """A key of the ring, wrapped by the node key. The newest of a purpose seals; older ones only open."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    purpose = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    wrapped = models.BinaryField()
    made_at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("purpose", "version", "wrapped", "made_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="one_key_a_version")]


class SubjectKey(models.Model):
    """One person's key, wrapped by the ring's newest ``subjects`` key. Destroying it is what forgetting means."""

    subject = models.UUIDField(primary_key=True)
    ring_key = models.ForeignKey("core.RingKey", on_delete=models.PROTECT)
    wrapped = models.BinaryField()

    declared: ClassVar = Declared(
        subject="subject",
        by={Category.IDENTITY: ("wrapped",)},
        purpose=Purpose.SECURITY,
        retention=Retention.JOURNAL,
        not_copied="a key, and nothing said of a person",
    )


class Intent(models.Model):
    """An operation as it was asked for. Written once; only ``seal`` is set later, when its batch is sealed."""

    id = models.BigAutoField(primary_key=True)
    op_id = models.UUIDField(unique=True)
    verb = models.CharField(max_length=80)
    version = models.PositiveSmallIntegerField()
    arguments = models.TextField()
    digests = models.JSONField()
    subjects = models.JSONField()
    actor = models.UUIDField()
    device = models.UUIDField(null=True)
    number = models.PositiveBigIntegerField(null=True)
    node = models.UUIDField()
    door = models.CharField(max_length=16)
    unit = models.UUIDField(null=True)
    amends = models.UUIDField(null=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    imprint = models.CharField(max_length=64)
    seal = models.ForeignKey("core.Seal", on_delete=models.PROTECT, null=True, related_name="+")

    declared: ClassVar = Declared(
        plain=(
            "verb", "version", "arguments", "digests", "subjects", "number", "door", "happened_at", "recorded_at",
            "imprint",
        )
    )  # fmt: skip

    class Meta:
        indexes = [
            models.Index(fields=["actor", "recorded_at"], name="intent_actor"),
        ]


class Segment(models.Model):
    """The personal part of an operation's arguments that belongs to one subject (or to none in particular), sealed.

    The salt of its digest lies inside the seal: with the row gone, the digest can no longer be guessed at.
    """

    id = models.BigAutoField(primary_key=True)
    intent = models.ForeignKey("core.Intent", on_delete=models.PROTECT, related_name="segments")
    place = models.PositiveSmallIntegerField()
    subject = models.UUIDField(null=True, db_index=True)
    sealed = models.BinaryField()

    declared: ClassVar = Declared(
        subject="subject",
        by={Category.IDENTITY: ("sealed",)},
        plain=("place",),
        purpose=Purpose.SECURITY,
        retention=Retention.JOURNAL,
        not_copied="what was entered, as the rows hold it; the copy lists each act with its day",
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["intent", "place"], name="one_segment_a_place")]


class Mention(models.Model):
    """Index of the journal by subject: whom an operation names or touches. Can be made again from the journal."""

    id = models.BigAutoField(primary_key=True)
    subject = models.UUIDField()
    intent = models.ForeignKey("core.Intent", on_delete=models.CASCADE)

    declared: ClassVar = Declared(subject="subject", not_copied="an index; the copy lists the acts it leads to")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "intent"], name="one_mention_an_intent")]


class Outcome(models.Model):
    """What became of an operation: applied, held, amended, discarded, erased. Rows are only added."""

    class Kind(models.TextChoices):
        APPLIED = "applied"
        HELD = "held"
        AMENDED = "amended"
        DISCARDED = "discarded"
        ERASED = "erased"

    id = models.BigAutoField(primary_key=True)
    intent = models.ForeignKey("core.Intent", on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.CharField(max_length=80, default="", blank=True)
    about = models.JSONField(default=dict)
    result_model = models.CharField(max_length=80, default="", blank=True)
    result_id = models.UUIDField(null=True, db_index=True)
    flags = models.JSONField(default=list)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    imprint = models.CharField(max_length=64)
    seal = models.ForeignKey("core.Seal", on_delete=models.PROTECT, null=True, related_name="+")

    declared: ClassVar = Declared(plain=("kind", "code", "about", "result_model", "flags", "at", "imprint"))

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="outcome_held", condition=Q(kind="held")),
        ]


class Seal(models.Model):
    """A signed batch of committed journal rows, chained to the one before. (epoch, number) is the feed's cursor."""

    id = models.BigAutoField(primary_key=True)
    epoch = models.PositiveIntegerField()
    number = models.PositiveBigIntegerField()
    node = models.UUIDField()
    made_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    signature = models.BinaryField()

    declared: ClassVar = Declared(plain=("epoch", "number", "made_at", "rows", "root", "previous", "hash", "signature"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["epoch", "number"], name="seals_are_numbered")]


class Image(models.Model):
    """A row as it was before an operation touched it (none: it did not exist), kept while that may be undone."""

    id = models.BigAutoField(primary_key=True)
    intent = models.ForeignKey("core.Intent", on_delete=models.PROTECT, related_name="images")
    model = models.CharField(max_length=80)
    row = models.CharField(max_length=40)
    subject = models.UUIDField(null=True, db_index=True)
    before = models.BinaryField(null=True)
    after = models.CharField(max_length=64, default="", blank=True)

    declared: ClassVar = Declared(
        subject="subject",
        by={Category.IDENTITY: ("before",)},
        plain=("model", "row", "after"),
        purpose=Purpose.SECURITY,
        retention=Retention.SHORT,
        not_copied="a row as it was before it was corrected, kept for a while so that this can be undone",
    )


class Cursor(models.Model):
    """How far a consumer of events has come in the sealed journal."""

    consumer = models.CharField(primary_key=True, max_length=80)
    epoch = models.PositiveIntegerField(default=1)
    number = models.PositiveBigIntegerField(default=0)

    declared: ClassVar = Declared(plain=("epoch", "number"))


class Chore(models.Model):
    """How far something that is done now and then has come: the day it was last done for, or a count."""

    name = models.CharField(primary_key=True, max_length=80)
    mark = models.PositiveBigIntegerField(default=0)

    declared: ClassVar = Declared(plain=("mark",))


class Suppression(models.Model):
    """A keyed hash of an erased subject's id: what arrives late about it is let go without a word."""

    hash = models.CharField(primary_key=True, max_length=64)
    at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("at",))


class CodeBlock(models.Model):
    """A run of code numbers leased to a node or device, from which codes said aloud are taken in order."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=16)
    first = models.PositiveBigIntegerField()
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    holder = models.UUIDField()
    leased_at = models.DateTimeField()

    declared: ClassVar = Declared(plain=("kind", "first", "size", "taken", "leased_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "first"], name="one_block_a_start")]


class Area(models.Model):
    """A place in the administrative tree: country, department, municipality and below, to any depth."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    parent = models.ForeignKey("core.Area", on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, default="", blank=True)
    country = models.CharField(max_length=2)
    pcode = models.CharField(max_length=20, null=True, blank=True)
    source = models.CharField(max_length=200, default="", blank=True)

    declared: ClassVar = Declared(plain=("name", "kind", "country", "pcode", "source"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pcode"], condition=Q(pcode__isnull=False), name="one_area_a_pcode"),
            models.UniqueConstraint(fields=["parent", "name"], name="one_area_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
