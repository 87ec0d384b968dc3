"""Devices, the invitations that made them, badges, PINs, and the code of conduct signed.

Of every secret only a digest is kept, made with a key of the ring: a stolen database opens nothing.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from cobijo.accounts.devices import badges
from cobijo.accounts.devices.types import BadgeEnd, BadgeState
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, Purpose, Retention


class Enrolment(models.Model):
    """An invitation: one code for one device of one unit. Its moments are the system's, as of every one-time code."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    code: str = ""
    """The code as it is shown, on the instance that was just made and nowhere else."""

    declared: ClassVar = Declared(plain=("name", "digest", "made_at", "ends_at", "used_at"))


class Device(models.Model):
    """A browser that is let in for a unit. ``digest``: keyed hash of the secret in its cookie."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    enrolled_by = models.UUIDField()
    enrolled_at = models.DateTimeField()
    last_heard_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    secret: str = ""
    """What goes into the cookie, on the instance that was just made and nowhere else."""

    declared: ClassVar = Declared(plain=("name", "digest", "enrolled_at", "last_heard_at", "revoked_at"))

    def __str__(self) -> str:
        return self.name


class Badge(models.Model):
    """A badge, printed for a unit and all below it. ``digest``: keyed hash of the secret on it."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    number = models.PositiveBigIntegerField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.Account", on_delete=models.PROTECT, null=True, related_name="badges")
    printed_at = models.DateTimeField()
    linked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=8, choices=BadgeEnd.choices, default="", blank=True)

    declared: ClassVar = Declared(
        subject="account_id",
        by={Category.IDENTITY: ("number", "digest")},
        plain=("printed_at", "linked_at", "ended_at", "end_reason"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(account__isnull=False, ended_at=None), name="one_live_badge_an_account"
            ),
            models.CheckConstraint(
                condition=Q(account=None, linked_at=None) | Q(account__isnull=False, linked_at__isnull=False),
                name="linked_badge_has_bearer",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, end_reason="") | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="ended_badge_has_reason",
            ),
        ]

    @property
    def spoken(self) -> str:
        """The number as it is said and printed."""
        return badges.spoken(self.number)

    @property
    def state(self) -> BadgeState:
        """What it is now."""
        if self.ended_at is not None:
            return BadgeState.ENDED
        return BadgeState.FREE if self.linked_at is None else BadgeState.LINKED


class Pin(models.Model):
    """An account's six digits, hashed; another PIN is another row. ``locked_until`` is the system's moment."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.OneToOneField("accounts.Account", on_delete=models.CASCADE, related_name="pin")
    encoded = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="account_id",
        by={Category.IDENTITY: ("encoded",)},
        plain=("set_at", "failures", "locked_until"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )


class Pledge(models.Model):
    """That an account has signed a version of the code of conduct, in the language it read it in."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="pledges")
    conduct_version = models.PositiveIntegerField()
    language = models.CharField(max_length=8)
    at = models.DateTimeField()

    declared: ClassVar = Declared(
        subject="account_id",
        plain=("conduct_version", "language", "at"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "conduct_version"], name="one_pledge_a_version"),
        ]
