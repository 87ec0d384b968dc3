"""Organisations, the tree of units, accounts and what they are granted."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from cobijo.accounts.types import ReadingKind, Role, UnitKind
from cobijo.core import clock
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Declared, Purpose, Retention


class Organisation(models.Model):
    """Who answers for people, data or a site: a ministry, a municipality, a church, an agency."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    name = models.CharField(max_length=160)
    country = models.CharField(max_length=2, default="", blank=True)
    contact = models.CharField(max_length=240, default="", blank=True)

    declared: ClassVar = Declared(plain=("name", "country", "contact"))

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A node of the one tree of response, area, organisation and site; a Site shares its Unit's id."""

    Kind = UnitKind

    id = models.UUIDField(primary_key=True, default=uuid7)
    parent = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=12, choices=UnitKind.choices)
    name = models.CharField(max_length=160)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True)
    area = models.ForeignKey("core.Area", on_delete=models.PROTECT, null=True)

    declared: ClassVar = Declared(plain=("kind", "name"))

    def __str__(self) -> str:
        return self.name


class Reach(models.Model):
    """The tree laid flat: ``above`` reaches ``below`` (each unit reaches itself). Kept by the verbs on units."""

    id = models.BigAutoField(primary_key=True)
    above = models.ForeignKey("accounts.Unit", on_delete=models.CASCADE, related_name="reaches")
    below = models.ForeignKey("accounts.Unit", on_delete=models.CASCADE, related_name="reached_by")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["above", "below"], name="one_reach")]


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """Someone who signs in. Made by a colleague with the right to; there is no self sign-up.

    ``unit`` answers for the account: who manages accounts there may close it, or renew how it is signed in to. Raising
    ``session_round`` ends every session of the account. A volunteer signs in by badge and PIN, at shared devices only.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    username = models.CharField(_("user name"), max_length=80, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(max_length=8, default="es")
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT, null=True, related_name="accounts")
    is_active = models.BooleanField(default=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    session_round = models.PositiveIntegerField(default=0)
    is_volunteer = models.BooleanField(default=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects: ClassVar[AccountManager] = AccountManager()

    declared: ClassVar = Declared(
        subject="id",
        by={
            Category.IDENTITY: ("username", "name", "password"),
            Category.CONTACT: ("email",),
        },
        plain=("language", "is_active", "made_at", "ends_at", "last_login", "session_round", "is_volunteer"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether one can sign in to it: not closed, and its end not reached."""
        return self.is_active and (self.ends_at is None or self.ends_at > clock.now())

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Django's, which changes with the password, and with ``session_round`` as well."""
        return salted_hmac(
            "cobijo.accounts.session", f"{self.password}\x1f{self.session_round}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: see ``access``."""
        return False


class Grant(models.Model):
    """A role in a unit for a time, or with ``giving`` the right to give that role there (which does not include it)."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    unit = models.ForeignKey("accounts.Unit", on_delete=models.PROTECT)
    giving = models.BooleanField(default=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    given_by = models.UUIDField()

    declared: ClassVar = Declared(
        subject="account_id",
        plain=("role", "giving", "starts_at", "ends_at"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")), name="grant_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["account", "role", "unit", "giving"], condition=Q(ends_at=None), name="one_open_grant"
            ),
        ]


class Reading(models.Model):
    """One opening, search or export of people: by whom, in which role and unit, of whom, how many, why. Ids only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField()
    role = models.CharField(max_length=24, choices=Role.choices, default="", blank=True)
    what = models.CharField(max_length=8, choices=ReadingKind.choices)
    model = models.CharField(max_length=80)
    record = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    people = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=32, default="", blank=True)

    declared: ClassVar = Declared(plain=("at", "role", "what", "model", "people", "reason"))

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="reading_at"),
            models.Index(fields=["actor", "at"], name="reading_actor"),
            models.Index(fields=["record", "at"], name="reading_record"),
        ]


class Notice(models.Model):
    """Something an account must be told: a code whose sentence the page has, with ids and numbers only."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="notices")
    code = models.CharField(max_length=40)
    about = models.JSONField(default=dict)
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    declared: ClassVar = Declared(
        subject="account_id",
        plain=("code", "about", "at", "seen_at"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )

    class Meta:
        indexes = [models.Index(fields=["account", "seen_at", "at"], name="notice_of_account")]


class Token(models.Model):
    """What a program signs in with in an account's name. Of its secret only a digest is kept.

    ``permissions`` bound it: it may do what is in them and what its account may do, whichever is less.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey("accounts.Account", on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    permissions = models.JSONField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    secret: str = ""
    """The whole token, on the instance that was just made and nowhere else."""

    declared: ClassVar = Declared(
        subject="account_id",
        plain=("label", "prefix", "digest", "permissions", "made_at", "ends_at", "revoked_at"),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )


from cobijo.accounts.devices.models import Badge, Device, Enrolment, Pin, Pledge  # noqa: E402, F401
