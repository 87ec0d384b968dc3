"""Centres, movements, who is on them, where they are in the centre, what they say of their return, who travels on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.algorithms import codes
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, OnErasure, Purpose
from cobijo.movements.types import (
    CallOutcome,
    Direction,
    MovementKind,
    MovementState,
    PassengerState,
    Private,
    TravellerState,
    TravelsWith,
    VisitOutcome,
    Way,
)


class Centre(models.Model):
    """How a reception centre works: its stations in order, a child's longest stay, after how many days it calls.

    A centre nobody has set up has the usual ones.
    """

    site = models.OneToOneField("sites.Site", on_delete=models.PROTECT, primary_key=True, related_name="+")
    stations = models.JSONField(default=list)
    child_hours = models.PositiveSmallIntegerField(default=72)
    call_after_days = models.PositiveSmallIntegerField(default=30)

    declared: ClassVar = Declared(plain=("stations", "child_hours", "call_after_days"))


class Movement(models.Model):
    """People who arrive at a centre together, or leave it. ``at``: when it arrived or left; None until then."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    site = models.ForeignKey("sites.Site", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=MovementKind.choices)
    direction = models.CharField(max_length=10, choices=Direction.choices)
    state = models.CharField(max_length=10, choices=MovementState.choices, default=MovementState.ANNOUNCED)
    country = models.CharField(max_length=2, default="", blank=True)
    place = models.CharField(max_length=240, default="", blank=True)
    organisation = models.CharField(max_length=120, default="", blank=True)
    reference = models.CharField(max_length=40, default="", blank=True)
    expected_at = models.DateTimeField()
    at = models.DateTimeField(null=True)
    seats = models.PositiveIntegerField(null=True)
    persons = models.PositiveIntegerField(null=True)
    why = models.CharField(max_length=240, default="", blank=True)
    emptied_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        plain=(
            "kind", "direction", "state", "country", "place", "organisation", "reference", "expected_at", "at",
            "seats", "persons", "why", "emptied_at",
        )
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["site", "expected_at"], name="movement_expected")]

    def __str__(self) -> str:
        return self.reference or str(MovementKind(self.kind).label)


class Traveller(models.Model):
    """Somebody on a movement: expected by its list, or come.

    ``subject`` is the id their record has, or will have once they are registered; what a list says of them is
    ``sealed`` under its key until then, and gone when they are received. ``person`` is the record. ``line`` None: came
    beside the list.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    movement = models.ForeignKey("movements.Movement", on_delete=models.PROTECT, related_name="travellers")
    subject = models.UUIDField(null=True, db_index=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    line = models.PositiveSmallIntegerField(null=True)
    seat = models.CharField(max_length=8, default="", blank=True)
    group = models.PositiveSmallIntegerField(null=True)
    sealed = models.BinaryField(default=b"")
    mark = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=8, choices=TravellerState.choices, default=TravellerState.EXPECTED)
    travels_with = models.CharField(max_length=12, choices=TravelsWith.choices, default="", blank=True)
    private = models.CharField(max_length=8, choices=Private.choices, default="", blank=True)
    received_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=12, choices=Way.choices, default="", blank=True)
    voided_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="subject",
        by={
            Category.IDENTITY: ("line", "seat", "group", "sealed", "mark"),
            Category.LOCATION: ("state", "received_at", "gone_at", "way"),
            Category.PROTECTION: ("travels_with", "private"),
        },
        plain=("voided_at",),
        on_erasure=OnErasure.UNLINK,
        left_out=("sealed", "mark"),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "line"],
                condition=Q(voided_at=None, line__isnull=False),
                name="one_traveller_a_line",
            ),
            models.UniqueConstraint(
                fields=["movement", "person"],
                condition=Q(voided_at=None, state__in=["here", "gone"]),
                name="one_traveller_a_person",
            ),
        ]
        indexes = [
            models.Index(fields=["movement", "state"], name="traveller_state"),
            models.Index(fields=["movement", "mark"], name="traveller_mark"),
        ]


class StationVisit(models.Model):
    """A traveller called to a station, or with its clerk. Nobody is with two clerks at once."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    traveller = models.ForeignKey("movements.Traveller", on_delete=models.CASCADE, related_name="visits")
    station = models.CharField(max_length=16)
    called_at = models.DateTimeField(null=True)
    began_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=VisitOutcome.choices, default="", blank=True)

    declared: ClassVar = Declared(
        subject="traveller__subject",
        by={Category.LOCATION: ("station", "called_at", "began_at", "ended_at", "outcome")},
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["traveller"], condition=Q(ended_at=None), name="one_station_at_a_time")
        ]


class ReturnRecord(models.Model):
    """What somebody says of their return. Ill-treatment and fear are sealed, for case workers alone."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    traveller = models.OneToOneField("movements.Traveller", on_delete=models.CASCADE, related_name="returned")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    country = models.CharField(max_length=2, default="", blank=True)
    authority = models.CharField(max_length=120, default="", blank=True)
    apprehended_on = models.DateField(null=True)
    departed_on = models.DateField(null=True)
    days_detained = models.PositiveIntegerField(null=True)
    years_abroad = models.PositiveSmallIntegerField(null=True)
    times_returned = models.PositiveSmallIntegerField(null=True)
    family_left = models.JSONField(default=dict)
    documents = models.JSONField(default=list)
    belongings_kept = models.CharField(max_length=240, default="", blank=True)
    sealed_treatment = models.BinaryField(default=b"")
    sealed_fear = models.BinaryField(default=b"")
    destination_area = models.ForeignKey("core.Area", on_delete=models.PROTECT, null=True, related_name="+")
    destination = models.CharField(max_length=240, default="", blank=True)
    met_by = models.CharField(max_length=120, default="", blank=True)
    contact_phone = models.CharField(max_length=40, default="", blank=True)
    needs_night = models.BooleanField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={
            Category.PROTECTION: (
                "country", "authority", "apprehended_on", "departed_on", "days_detained", "years_abroad",
                "times_returned", "family_left", "belongings_kept", "sealed_treatment", "sealed_fear",
            ),
            Category.IDENTITY: ("documents",),
            Category.LOCATION: ("destination", "needs_night"),
            Category.CONTACT: ("met_by", "contact_phone"),
        },
        plain=("at",),
    )  # fmt: skip


class FollowCall(models.Model):
    """A call somebody agreed to, to hear how they are. Open until it was made, declined, or given up."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    traveller = models.ForeignKey("movements.Traveller", on_delete=models.CASCADE, related_name="calls")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    phone = models.CharField(max_length=40)
    answered_by = models.CharField(max_length=120, default="", blank=True)
    hour = models.CharField(max_length=60, default="", blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=CallOutcome.choices, default="", blank=True)
    settled_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="person_id",
        by={Category.CONTACT: ("due_on", "phone", "answered_by", "hour", "outcome")},
        plain=("tries", "settled_at"),
        purpose=Purpose.ASSISTANCE,
    )

    class Meta:
        indexes = [models.Index(fields=["due_on"], condition=Q(settled_at=None), name="call_due")]


class Passenger(models.Model):
    """A seat on a departure, with the number of its ticket; one that is open a person."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    movement = models.ForeignKey("movements.Movement", on_delete=models.PROTECT, related_name="passengers")
    traveller = models.ForeignKey("movements.Traveller", on_delete=models.CASCADE, related_name="seats")
    seat = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField(unique=True)
    destination = models.CharField(max_length=240, default="", blank=True)
    state = models.CharField(max_length=8, choices=PassengerState.choices, default=PassengerState.BOOKED)
    at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="traveller__subject",
        by={Category.LOCATION: ("seat", "destination", "state", "at")},
        plain=("number",),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "seat"], condition=~Q(state="no_show"), name="one_passenger_a_seat"
            ),
            models.UniqueConstraint(
                fields=["traveller"], condition=Q(state__in=["booked", "aboard"]), name="one_open_seat"
            ),
        ]

    @property
    def ticket(self) -> str:
        """The number of the ticket as it is said aloud."""
        return codes.encode(self.number)
