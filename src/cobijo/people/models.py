"""People as they have their names, their households, and what is known of them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from cobijo.algorithms import codes
from cobijo.algorithms.ages import Birth
from cobijo.algorithms.ages import Precision as Exactness
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, OnErasure, Purpose, Retention
from cobijo.people.types import (
    Basis,
    ConsentState,
    Feeding,
    Kinship,
    NeedCode,
    Precision,
    Presence,
    ScopeReason,
    Sex,
    VoidReason,
)

NAME = 120


class Person(models.Model):
    """One person, the same from the shelter door to the ministry.

    ``birth_date`` is the latest day consistent with what is known (age in doubt is a child); ``birth_precision`` says
    how exactly it is known. An erased person leaves an anonymous row of its own (``anonymous``) so that figures stand.
    A record that was found to be another's is ``merged_into`` that one and seen nowhere by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True, null=True)
    given_names = models.CharField(max_length=NAME, default="", blank=True)
    first_surname = models.CharField(max_length=NAME, default="", blank=True)
    second_surname = models.CharField(max_length=NAME, default="", blank=True)
    married_name = models.CharField(max_length=NAME, default="", blank=True)
    nicknames = models.CharField(max_length=NAME, default="", blank=True)
    newborn_unnamed = models.BooleanField(default=False)
    birth_date = models.DateField(null=True)
    birth_precision = models.CharField(max_length=8, choices=Precision.choices, default=Precision.UNKNOWN)
    birth_said_on = models.DateField(null=True)
    sex = models.CharField(max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)
    nationalities = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    self_identified = models.CharField(max_length=NAME, default="", blank=True)
    origin_area = models.ForeignKey("core.Area", on_delete=models.PROTECT, null=True)
    origin_place = models.CharField(max_length=240, default="", blank=True)
    wants_private = models.BooleanField(default=False)
    feeding = models.CharField(max_length=8, choices=Feeding.choices, default=Feeding.UNSAID, blank=True)
    diet = models.CharField(max_length=240, default="", blank=True)
    registered_at = models.DateTimeField()
    registered_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    anonymous = models.BooleanField(default=False)
    voided_at = models.DateTimeField(null=True)
    void_reason = models.CharField(max_length=8, choices=VoidReason.choices, default="", blank=True)
    merged_into = models.ForeignKey(
        "people.Person", on_delete=models.PROTECT, null=True, related_name="merged", db_index=False
    )

    declared: ClassVar = Declared(
        subject="id",
        by={
            Category.IDENTITY: (
                "number", "given_names", "first_surname", "second_surname", "married_name", "nicknames",
                "newborn_unnamed", "birth_date", "birth_precision", "birth_said_on", "sex", "nationalities",
                "languages", "self_identified",
            ),
            Category.LOCATION: ("origin_area", "origin_place"),
            Category.PROTECTION: ("wants_private",),
            Category.HEALTH: ("feeding", "diet"),
        },
        plain=("registered_at", "anonymous", "voided_at", "void_reason"),
    )  # fmt: skip

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(birth_date=None, birth_precision=Precision.UNKNOWN)
                | (Q(birth_date__isnull=False) & ~Q(birth_precision=Precision.UNKNOWN)),
                name="birth_has_precision",
            ),
            models.CheckConstraint(condition=Q(anonymous=True) | Q(number__isnull=False), name="person_has_code"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="nobody_is_merged_into_themselves"),
        ]
        # Of the few that were merged alone: SQLite would begin every query with all who were not.
        indexes = [models.Index(fields=["merged_into"], name="merged", condition=Q(merged_into__isnull=False))]

    @property
    def code(self) -> str:
        """The code said aloud; empty for an anonymous row."""
        return codes.encode(self.number) if self.number is not None else ""

    @property
    def birth(self) -> Birth:
        """When the person was born, as far as it is known."""
        return Birth(self.birth_date, Exactness(self.birth_precision))

    @property
    def name(self) -> str:
        """The name as the person has it, empty where none is known."""
        return " ".join(
            part for part in (self.given_names, self.first_surname, self.second_surname, self.married_name) if part
        )


class Household(models.Model):
    """People who live, sleep and eat together, related or not."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True)
    registered_at = models.DateTimeField()
    registered_unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("number", "registered_at", "voided_at"))

    @property
    def code(self) -> str:
        """The code said aloud."""
        return codes.encode(self.number)


class Membership(models.Model):
    """A person in a household, from one day to another. A person is in one household at a time."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    household = models.ForeignKey("people.Household", on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="memberships")
    kinship = models.CharField(max_length=12, choices=Kinship.choices)
    presence = models.CharField(max_length=12, choices=Presence.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("kinship",), Category.LOCATION: ("presence",)},
        plain=("starts_at", "ends_at"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends_at=None), name="one_open_membership"),
            models.UniqueConstraint(
                fields=["household"], condition=Q(ends_at=None, kinship=Kinship.HEAD), name="one_head"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="membership_ends_after_start"
            ),
        ]


class Document(models.Model):
    """An identity document. ``flags`` say what a check found odd; nothing refuses it.

    The number of a kind that ties a person to an authority they may fear stands in ``sealed``, and ``number`` is empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="documents")
    country = models.CharField(max_length=2)
    kind = models.CharField(max_length=24)
    number = models.CharField(max_length=40, default="", blank=True)
    sealed = models.BinaryField(null=True)
    flags = models.JSONField(default=list)
    seen = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("country", "kind", "number", "sealed", "flags")},
        plain=("seen", "recorded_at", "voided_at"),
    )


class Phone(models.Model):
    """A telephone by which a person can be reached. ``number`` is empty where what was written cannot be read."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="phones")
    number = models.CharField(max_length=20, default="", blank=True)
    as_written = models.CharField(max_length=40)
    answered_by = models.CharField(max_length=NAME, default="", blank=True)
    safe_to_call = models.BooleanField(null=True)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.CONTACT: ("number", "as_written", "answered_by", "safe_to_call")},
        plain=("voided_at",),
    )


class Need(models.Model):
    """A need at the door, from when to when."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(max_length=12, choices=NeedCode.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.HEALTH: ("code",)},
        plain=("starts_at", "ends_at"),
        retention=Retention.SHORT,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "code"], condition=Q(ends_at=None), name="one_open_need")
        ]


class Note(models.Model):
    """A case worker's sealed note about a person."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="notes")
    sealed = models.BinaryField()
    written_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    written_at = models.DateTimeField()

    declared: ClassVar = Declared(
        subject="person_id", by={Category.PROTECTION: ("sealed",)}, plain=("written_at",), purpose=Purpose.PROTECTION
    )


class LegalBasis(models.Model):
    """What a unit (a response) gives as its basis for a purpose, with the words said aloud, by language."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT)
    purpose = models.CharField(max_length=24, choices=[(purpose.value, purpose.value) for purpose in Purpose])
    basis = models.CharField(max_length=16, choices=Basis.choices)
    said_aloud = models.JSONField(default=dict)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(plain=("purpose", "basis", "said_aloud", "starts_at", "ends_at"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "purpose"], condition=Q(ends_at=None), name="one_basis_a_purpose")
        ]


class Consent(models.Model):
    """A person's answer to a purpose: rows are added, the newest counts, withdrawing acts at once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=ConsentState.choices)
    language = models.CharField(max_length=35)
    caregiver = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="+")
    child_assents = models.BooleanField(null=True)
    recorded_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT)
    at = models.DateTimeField()

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.PROTECTION: ("state", "child_assents"), Category.IDENTITY: ("language",)},
        plain=("purpose", "at"),
    )


class Protection(models.Model):
    """A person who is absent by name everywhere but for the workers named; the reason is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="protections")
    sealed_reason = models.BinaryField()
    asked_by_person = models.BooleanField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.PROTECTION: ("sealed_reason", "asked_by_person")},
        plain=("starts_at", "ends_at"),
        purpose=Purpose.PROTECTION,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ends_at=None), name="one_open_protection")
        ]


class NamedWorker(models.Model):
    """A worker who may see a protected person."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    protection = models.ForeignKey("people.Protection", on_delete=models.CASCADE, related_name="workers")
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE)

    declared: ClassVar = Declared(
        subject="protection__person_id", purpose=Purpose.PROTECTION, not_copied="says who works with the person"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["protection", "account"], name="a_worker_is_named_once")]


class BreakGlass(models.Model):
    """One record opened beyond one's scope, for four hours, with a sealed reason; reviewed afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    sealed_reason = models.BinaryField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reviewed_by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.PROTECTION: ("sealed_reason",)},
        plain=("starts_at", "ends_at", "reviewed_at", "justified"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    class Meta:
        verbose_name_plural = "openings by break-glass"


class PersonScope(models.Model):
    """Which unit knows a person, from when to when, and why. Access, search and sync read only this."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="scopes", db_index=False)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=12, choices=ScopeReason.choices)

    declared: ClassVar = Declared(subject="person_id", by={Category.LOCATION: ("why",)}, plain=("starts_at", "ends_at"))

    class Meta:
        indexes = [
            models.Index(fields=["unit", "ends_at", "person"], name="scope_unit"),
            models.Index(fields=["person", "unit", "ends_at"], name="scope_person"),
        ]


class SearchEntry(models.Model):
    """A person in the search index, by a local number that never leaves this node.

    ``tokens``: the ids of the words this person is found by, as ``searching.postings`` packs them.
    """

    id = models.AutoField(primary_key=True)
    person = models.OneToOneField("people.Person", on_delete=models.CASCADE, related_name="search_entry")
    tokens = models.BinaryField(default=bytes)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.IDENTITY: ("tokens",)},
        not_copied="numbers of the search index, which stand for words of the record",
    )

    class Meta:
        verbose_name_plural = "search entries"


class NewOrChanged(models.Model):
    """A person's record is new, or was changed, since it was looked for among the others (``identity.nightly``)."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey("people.SearchEntry", on_delete=models.CASCADE, related_name="+")

    declared: ClassVar = Declared(
        subject="entry__person_id", on_erasure=OnErasure.DELETE, not_copied="says that a record waits for the night"
    )


class SearchKey(models.Model):
    """One thing a person is found by but a name: a code, a document's or telephone's number.

    ``key`` is bytes (UTF-8), so that every database compares it alike, whatever the language it sorts text by.
    """

    class Kind(models.TextChoices):
        CODE = "c"
        DOCUMENT = "d"
        PHONE = "t"

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey("people.SearchEntry", on_delete=models.CASCADE, related_name="keys", db_index=False)
    kind = models.CharField(max_length=1, choices=Kind.choices)
    key = models.BinaryField(max_length=480)

    declared: ClassVar = Declared(
        subject="entry__person_id",
        by={Category.IDENTITY: ("key",)},
        plain=("kind",),
        on_erasure=OnErasure.DELETE,
        not_copied="words of the record once more, folded, to be found by",
    )

    class Meta:
        indexes = [
            models.Index(fields=["kind", "key", "entry"], name="search_by_key"),
            models.Index(fields=["entry", "kind", "key"], name="search_by_entry"),
        ]


class NameToken(models.Model):
    """A folded word that somebody's name has, or a mark (a sex, a year, a country); gone with the last who bears it.

    ``keys``: what it sounds like and is short for, as ``searching.words`` packs it.
    """

    id = models.AutoField(primary_key=True)
    word = models.CharField(max_length=41)
    keys = models.BinaryField(default=bytes)

    declared: ClassVar = Declared(plain=("word", "keys"))

    class Meta:
        # Not ``unique=True``, with which PostgreSQL gets a second index for beginnings: those are looked for elsewhere.
        constraints = [models.UniqueConstraint(fields=["word"], name="one_token_a_word")]


class NamePosting(models.Model):
    """The search entries of one token whose number begins alike: ``entries`` packed by ``searching.postings``."""

    pk = models.CompositePrimaryKey("token", "block")
    token = models.IntegerField()
    block = models.IntegerField()
    entries = models.BinaryField()

    declared: ClassVar = Declared(plain=("token", "block", "entries"))


class NameFresh(models.Model):
    """A token of an entry that has not been folded into its posting yet."""

    pk = models.CompositePrimaryKey("token", "entry")
    token = models.IntegerField()
    entry = models.IntegerField()

    declared: ClassVar = Declared(plain=("token", "entry"))

    class Meta:
        verbose_name_plural = "fresh tokens"


# The tables of this app's rooms. After the others, because erasing goes from the last to the first.
from cobijo.people.cards.models import Card, CardBatch  # noqa: E402, F401
from cobijo.people.identity.models import Merge, Pair  # noqa: E402, F401
from cobijo.people.paper.models import PaperBatch, PaperForm  # noqa: E402, F401
from cobijo.people.photos.models import Photo  # noqa: E402, F401
from cobijo.people.retention.models import RetentionRule, RetentionRun  # noqa: E402, F401
from cobijo.people.rights.models import GivenCopy, RightsRequest  # noqa: E402, F401
from cobijo.people.said.models import Collector, HouseholdSaid  # noqa: E402, F401
