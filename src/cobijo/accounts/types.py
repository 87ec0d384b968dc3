"""Roles, permissions and what a person who signs in amounts to."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import StringConstraints

from cobijo.core.personal import Category, Declared, Purpose, Retention

PersonalName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]
Email = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=254)]
Language = Annotated[str, StringConstraints(max_length=8)]


LOCKS_AFTER: Final = "cobijo.locks_after"
"""Under which name a request from a shared device carries after how many idle minutes its page locks."""


class Permission(StrEnum):
    """One thing a role includes. A grant gives a role's permissions in a unit and all below it."""

    SEE_FIGURES = "see_figures"
    """Totals of a site or area, exact."""
    SEE_PEOPLE = "see_people"
    """Persons and households by name: find, open."""
    REGISTER = "register"
    """Register and correct persons and households."""
    STAY = "stay"
    """Check in, out, away and back."""
    GATE = "gate"
    """Photo, code, in and out, nothing else."""
    MANAGE_SITE = "manage_site"
    """Spaces, facilities, status, transfers, overrides; settles held entries of the site."""
    REPORT_SITE = "report_site"
    """Head-counts of a site."""
    PUBLISH = "publish"
    """Record published figures, close a census, release figures outside."""
    CASE_WORK = "case_work"
    """Sealed notes, protected persons, neutral mark, deaths."""
    CHILD_CASES = "child_cases"
    """Sealed records of children."""
    KEEP_STORE = "keep_store"
    """The store's book of a site: received, given, counted, lost."""
    HEALTH = "health"
    """Health needs in detail."""
    RUN_RESPONSE = "run_response"
    """Make sites, responses, groups of sites, legal bases."""
    ACCOUNTS = "accounts"
    """Make accounts and units; give roles within one's giving right."""
    AUDIT = "audit"
    """Read the log of openings, searches and exports; review break-glass."""
    BREAK_GLASS = "break_glass"
    """Open one record beyond one's scope for four hours."""
    EXPORT_PEOPLE = "export_people"
    """Take lists of people by name, for a purpose and with a reason."""


class Role(models.TextChoices):
    """The roles of TRUST.md."""

    REGISTRAR = "registrar", _("registrar")
    SITE_MANAGER = "site_manager", _("site manager")
    GATEKEEPER = "gatekeeper", _("gatekeeper")
    CASE_WORKER = "case_worker", _("case worker")
    CHILD_PROTECTION = "child_protection", _("child-protection officer")
    HEALTH_WORKER = "health_worker", _("health worker")
    DISTRIBUTION = "distribution_officer", _("distribution officer")
    HUB = "hub_officer", _("hub officer")
    ANALYST = "analyst", _("analyst")
    ADMINISTRATOR = "administrator", _("administrator")
    AUDITOR = "auditor", _("auditor")


@dataclass(frozen=True, slots=True)
class RoleRules:
    """What a role includes, whether it demands a second factor, and after how many idle minutes its session ends."""

    permissions: frozenset[Permission]
    second_factor: bool
    idle_minutes: int


def _rules(second_factor: bool, idle_minutes: int, *permissions: Permission) -> RoleRules:
    return RoleRules(frozenset(permissions), second_factor, idle_minutes)


PERMISSION_WORDS: Final = {
    Permission.SEE_FIGURES: _("see figures"),
    Permission.SEE_PEOPLE: _("find and open people"),
    Permission.REGISTER: _("register and correct people"),
    Permission.STAY: _("check in and out"),
    Permission.GATE: _("work at the gate"),
    Permission.MANAGE_SITE: _("manage a site"),
    Permission.REPORT_SITE: _("report head-counts"),
    Permission.PUBLISH: _("record and release figures"),
    Permission.CASE_WORK: _("work on cases"),
    Permission.CHILD_CASES: _("work on children's cases"),
    Permission.KEEP_STORE: _("keep the store"),
    Permission.HEALTH: _("see health needs"),
    Permission.RUN_RESPONSE: _("set up responses and sites"),
    Permission.ACCOUNTS: _("manage accounts"),
    Permission.AUDIT: _("audit"),
    Permission.BREAK_GLASS: _("open one record in an emergency"),
    Permission.EXPORT_PEOPLE: _("take lists of people"),
}
"""What each permission is called on a page."""

_P = Permission
ROLES: Final[Mapping[Role, RoleRules]] = {
    Role.REGISTRAR: _rules(True, 30, _P.SEE_FIGURES, _P.SEE_PEOPLE, _P.REGISTER, _P.STAY, _P.GATE),
    Role.SITE_MANAGER: _rules(
        True, 30,
        _P.SEE_FIGURES, _P.SEE_PEOPLE, _P.REGISTER, _P.STAY, _P.GATE, _P.MANAGE_SITE, _P.REPORT_SITE, _P.KEEP_STORE,
        _P.BREAK_GLASS, _P.EXPORT_PEOPLE,
    ),
    Role.GATEKEEPER: _rules(True, 60, _P.GATE),
    Role.CASE_WORKER: _rules(
        True, 15, _P.SEE_FIGURES, _P.SEE_PEOPLE, _P.REGISTER, _P.CASE_WORK, _P.BREAK_GLASS, _P.EXPORT_PEOPLE
    ),
    Role.CHILD_PROTECTION: _rules(
        True, 15, _P.SEE_FIGURES, _P.SEE_PEOPLE, _P.CASE_WORK, _P.CHILD_CASES, _P.BREAK_GLASS
    ),
    Role.HEALTH_WORKER: _rules(True, 15, _P.SEE_FIGURES, _P.SEE_PEOPLE, _P.HEALTH),
    Role.DISTRIBUTION: _rules(True, 30, _P.SEE_FIGURES, _P.KEEP_STORE),
    Role.HUB: _rules(True, 30),
    Role.ANALYST: _rules(True, 60, _P.SEE_FIGURES, _P.PUBLISH, _P.REPORT_SITE),
    Role.ADMINISTRATOR: _rules(True, 15, _P.ACCOUNTS, _P.RUN_RESPONSE),
    Role.AUDITOR: _rules(True, 15, _P.AUDIT),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A grant in force: a role in a unit, or (``giving``) the right to give that role there."""

    role: Role
    unit: UUID
    giving: bool = False


@dataclass(frozen=True, slots=True)
class Authority:
    """What an actor may do at this moment: the grants in force. Empty for whoever has none, is closed or unknown.

    ``command_line`` marks the operator at the machine, who holds the keys anyway and acts under the nil id. ``limit``
    is what the token in use was made for, or what a shared device carries (``shared``): nothing beyond it counts,
    whatever the account holds.
    """

    actor: UUID
    grants: tuple[Held, ...] = ()
    command_line: bool = False
    limit: frozenset[Permission] | None = None
    shared: bool = False

    def units_with(self, permission: Permission) -> frozenset[UUID]:
        """The units at whose top this permission is held (it reaches everything below them)."""
        if not self.allows(permission):
            return frozenset()
        return frozenset(
            grant.unit for grant in self.grants if not grant.giving and permission in ROLES[grant.role].permissions
        )

    def units_giving(self, role: Role | None = None) -> frozenset[UUID]:
        """The units at whose top the right to give this role is held; without a role, any role."""
        if not self.allows(Permission.ACCOUNTS):
            return frozenset()
        return frozenset(grant.unit for grant in self.grants if grant.giving and role in (None, grant.role))

    def has(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere."""
        return self.command_line or bool(self.units_with(permission))

    def roles(self) -> tuple[Role, ...]:
        """The roles held or given, each once, in the order of ``Role``."""
        held = {grant.role for grant in self.grants}
        return tuple(role for role in Role if role in held)

    def permissions(self) -> frozenset[Permission]:
        """Every permission held anywhere."""
        return frozenset(permission for permission in Permission if self.has(permission))

    def allows(self, permission: Permission) -> bool:
        """Whether the token in use, if there is one, was made for this; says nothing of what is held."""
        return self.limit is None or permission in self.limit


@dataclass(frozen=True, slots=True)
class TokenOwner:
    """Who a token speaks for, the most it may be used for, and the account's language."""

    account: UUID
    permissions: frozenset[Permission]
    language: str


@dataclass(frozen=True, kw_only=True)
class AccountIn:
    """A new account: what it is called, how it is reached, in which language it reads. The e-mail may be empty."""

    account_id: UUID
    username: Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, max_length=80)]
    name: PersonalName
    email: Email = ""
    language: Language = "es"

    declared: ClassVar = Declared(
        subject="account_id",
        by={Category.IDENTITY: ("username", "name"), Category.CONTACT: ("email",)},
        plain=("language",),
        purpose=Purpose.SECURITY,
        retention=Retention.ACCOUNT,
    )


class UnitKind(models.TextChoices):
    """What a unit of the tree is."""

    RESPONSE = "response", _("response")
    AREA = "area", _("area")
    ORGANISATION = "organisation", _("organisation")
    SITE = "site", _("site")


class ReadingKind(models.TextChoices):
    """How somebody looked at people."""

    OPEN = "open", _("opened")
    SEARCH = "search", _("searched")
    LIST = "list", _("listed")
    SCAN = "scan", _("scanned")
    PRINT = "print", _("printed")
    EXPORT = "export", _("exported")
    SHOWN = "shown", _("was shown a card or document of")


class DiscardReason(models.TextChoices):
    """Why an entry that was held for review is let go."""

    DONE_ALREADY = "done_already", _("it was done already")
    MISTAKE = "mistake", _("it was entered by mistake")
    OVERTAKEN = "overtaken", _("what happened since makes it pointless")
    OTHER = "other", _("another reason")
