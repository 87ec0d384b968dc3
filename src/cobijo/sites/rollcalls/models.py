"""Roll-calls, their marks, people counted without a name, and differences."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, OnErasure
from cobijo.sites.rollcalls.types import Acted, DifferenceKind, Explanation, RollState


class RollCall(models.Model):
    """The roll-call of a site and a night. One of a night is under way at a time; whoever begins another joins it.

    The numbers are those of its end and stay, whatever becomes of the people. ``registered``: who should have been
    here, ``nameless`` of them by number only; ``away``: temporarily out by the register; ``here`` and ``absent``: as
    marked; ``nameless_here``: counted without a name; ``unmarked``: nobody looked. ``guests``: of a night shelter, as
    counted at its door by then.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="roll_calls")
    night = models.DateField()
    state = models.CharField(max_length=8, choices=RollState.choices, default=RollState.OPEN)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    registered = models.PositiveIntegerField(default=0)
    nameless = models.PositiveIntegerField(default=0)
    away = models.PositiveIntegerField(default=0)
    guests = models.PositiveIntegerField(default=0)
    here = models.PositiveIntegerField(default=0)
    nameless_here = models.PositiveIntegerField(default=0)
    absent = models.PositiveIntegerField(default=0)
    unmarked = models.PositiveIntegerField(default=0)
    markers = models.PositiveIntegerField(default=0)

    declared: ClassVar = Declared(
        plain=(
            "night", "state", "begun_at", "ended_at", "registered", "nameless", "away", "guests", "here",
            "nameless_here", "absent", "unmarked", "markers",
        )
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["site", "night"], condition=Q(state="open"), name="one_open_roll_call_a_night"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at=None) | Q(state="ended", ended_at__isnull=False),
                name="ended_roll_call_has_its_end",
            ),
        ]
        indexes = [models.Index(fields=["site", "night", "ended_at"], name="roll_call_of_night")]

    @property
    def counted(self) -> int:
        """How many people were counted."""
        return self.here + self.nameless_here


class Mark(models.Model):
    """What an account saw of a person at a roll-call. Rows are added; of each account the newest counts.

    ``space`` None: where the person is registered.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    roll_call = models.ForeignKey("sites.RollCall", on_delete=models.PROTECT, related_name="marks")
    stay = models.ForeignKey("sites.Stay", on_delete=models.PROTECT, related_name="marks")
    space = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="+")
    here = models.BooleanField()
    at = models.DateTimeField()
    by = models.UUIDField()

    declared: ClassVar = Declared(subject="stay__person_id", by={Category.LOCATION: ("here", "at")})

    class Meta:
        indexes = [models.Index(fields=["roll_call", "stay"], name="mark_of_stay")]


class NamelessCount(models.Model):
    """People without a name counted in a space at a roll-call (None: in no particular one). The newest counts.

    ``sealed_words``: what was said of them, for whoever registers them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    roll_call = models.ForeignKey("sites.RollCall", on_delete=models.PROTECT, related_name="nameless_counts")
    space = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="+")
    persons = models.PositiveIntegerField()
    sealed_words = models.BinaryField(default=b"")
    at = models.DateTimeField()
    by = models.UUIDField()

    declared: ClassVar = Declared(plain=("persons", "sealed_words", "at"))


class Difference(models.Model):
    """What marks and register do not agree on: of one person, or of so many without a name (``person`` None).

    ``space``: where they were seen, or where they are registered and were not seen. Once the person is erased it stands
    without them, so that the numbers of the night still add up.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    roll_call = models.ForeignKey("sites.RollCall", on_delete=models.PROTECT, related_name="differences")
    kind = models.CharField(max_length=20, choices=DifferenceKind.choices)
    stay = models.ForeignKey("sites.Stay", on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    space = models.ForeignKey("sites.Space", on_delete=models.PROTECT, null=True, related_name="+")
    persons = models.PositiveIntegerField(default=1)
    explanation = models.CharField(max_length=20, choices=Explanation.choices, default="", blank=True)
    acted = models.CharField(max_length=12, choices=Acted.choices, default="", blank=True)
    sealed_note = models.BinaryField(default=b"")
    settled_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.LOCATION: ("kind", "explanation", "acted", "sealed_note")},
        plain=("persons", "settled_at"),
        on_erasure=OnErasure.UNLINK,
        left_out=("sealed_note",),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, explanation="") | (Q(settled_at__isnull=False) & ~Q(explanation="")),
                name="settled_difference_is_explained",
            ),
        ]
        indexes = [models.Index(fields=["roll_call", "settled_at"], name="difference_of_roll_call")]
