"""What accounts is asked by pages and by other apps."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from cobijo.accounts import access, tokens
from cobijo.accounts.models import Account, Grant, Organisation, Reach, Token, Unit
from cobijo.accounts.types import ROLES, Permission, Role, TokenOwner, UnitKind
from cobijo.core import clock, journal
from cobijo.core.models import Outcome

# --- those who sign in -----------------------------------------------------------------------------------------------


def names_of(accounts: Iterable[UUID]) -> dict[UUID, str]:
    """The names of accounts by id, for pages that say who did what; the command line has none."""
    return dict(Account.objects.filter(pk__in=set(accounts)).values_list("pk", "name"))


def organisation_of(unit: UUID) -> UUID:
    """The organisation that answers for a unit, its own or the nearest one above; the unit itself where none does."""
    at = Unit.objects.filter(pk=unit).first()
    while at is not None:
        if at.organisation_id is not None:
            found: UUID = at.organisation_id
            return found
        at = at.parent
    return unit


def answerable_for(unit: UUID) -> tuple[str, str]:
    """The name and contact of the organisation that answers for a unit; empty where none is stated."""
    found = Organisation.objects.filter(pk=organisation_of(unit)).values_list("name", "contact").first()
    return found or ("", "")


def accounts_holding(permission: Permission, unit: UUID) -> list[UUID]:
    """The accounts that hold a permission in a unit now, by a grant there or above."""
    roles = [role for role, rules in ROLES.items() if permission in rules.permissions]
    above = Reach.objects.filter(below=unit).values("above")
    found = access.grants_in_force().filter(role__in=roles, giving=False, unit__in=above)
    return sorted(set(found.values_list("account_id", flat=True)))


def accounts_seen(actor: UUID) -> QuerySet[Account]:
    """The accounts the actor may see, by name, each with the grants in force the actor may see as ``in_force``."""
    grants = access.visible_to(actor, access.grants_in_force()).select_related("unit").order_by("giving", "role")
    rows = access.visible_to(actor, Account.objects.select_related("unit"))
    return rows.prefetch_related(Prefetch("grants", queryset=grants, to_attr="in_force")).order_by("name", "username")


def grants_of(account: UUID) -> QuerySet[Grant]:
    """The grants of an account that count now, roles first, then rights to give."""
    found = access.grants_in_force().filter(account=account)
    return found.select_related("unit").order_by("giving", "role", "starts_at")


# --- the tree --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit to choose, named by its way from the top as far as the actor knows it."""

    id: UUID
    path: str


def unit_choices(units: Iterable[UUID] | QuerySet[Reach, UUID], known: QuerySet[Unit]) -> list[UnitChoice]:
    """Units with their ways, sorted by them; ``known`` are the units whose names may be shown."""
    names = {row.id: row for row in known.only("id", "name", "parent_id")}
    return sorted((UnitChoice(one, _path(one, names)) for one in set(units) if one in names), key=lambda one: one.path)


def _path(unit: UUID, names: dict[UUID, Unit]) -> str:
    steps: list[str] = []
    at: UUID | None = unit
    while at in names:
        steps.insert(0, names[at].name)
        at = names[at].parent_id
    return " › ".join(steps)


def units_of_accounts(actor: UUID) -> list[UnitChoice]:
    """The units in which the actor makes accounts."""
    return _choices(actor, access.unit_ids(actor, Permission.ACCOUNTS))


def units_made_under(actor: UUID) -> list[UnitChoice]:
    """The units below which the actor may make others; below a site there is none."""
    mine = access.authority(actor)
    tops = mine.units_with(Permission.ACCOUNTS) | mine.units_with(Permission.RUN_RESPONSE)
    below = Reach.objects.filter(above__in=tops).exclude(below__kind=UnitKind.SITE)
    return _choices(actor, below.values_list("below_id", flat=True))


def units_giving(actor: UUID) -> list[UnitChoice]:
    """The units in which the actor may give some role."""
    tops = access.authority(actor).units_giving()
    return _choices(actor, Reach.objects.filter(above__in=tops).values_list("below_id", flat=True))


def roles_given(actor: UUID) -> list[Role]:
    """The roles the actor may give somewhere."""
    found = access.authority(actor)
    return [role for role in Role if found.command_line or found.units_giving(role)]


def _choices(actor: UUID, units: QuerySet[Reach, UUID]) -> list[UnitChoice]:
    return unit_choices(units, access.visible_to(actor, Unit.objects.all()))


@dataclass(frozen=True, slots=True)
class WorkUnit:
    """A unit in which somebody works: its name, and what it is."""

    id: UUID
    kind: UnitKind
    name: str


def units_worked_in(actor: UUID) -> list[WorkUnit]:
    """The units at which the actor holds a role."""
    tops = {grant.unit for grant in access.authority(actor).grants if not grant.giving}
    return [WorkUnit(unit.id, UnitKind(unit.kind), unit.name) for unit in Unit.objects.filter(pk__in=tops)]


def unit_names(units: Iterable[UUID]) -> dict[UUID, str]:
    """The names of units by id."""
    return dict(Unit.objects.filter(pk__in=set(units)).values_list("pk", "name"))


# --- held entries ----------------------------------------------------------------------------------------------------


def held_for(actor: UUID) -> QuerySet[Outcome]:
    """The holds an actor may settle, oldest first."""
    return journal.held().filter(access.settled_by(actor))


# --- tokens ----------------------------------------------------------------------------------------------------------

_NO_DIGEST = "0" * 64


def account_of_token(secret: str) -> TokenOwner | None:
    """Who the token a program sent speaks for; None for one that is unknown, ended or revoked, or of a closed account.

    Whatever is wrong takes the same steps, and the digests are compared in constant time.
    """
    parts = tokens.parts_of(secret) or tokens.Parts("", "")
    now = clock.now()
    in_use = Token.objects.filter(
        Q(account__ends_at=None) | Q(account__ends_at__gt=now),
        prefix=parts.prefix,
        revoked_at=None,
        ends_at__gt=now,
        account__is_active=True,
    )
    token = in_use.select_related("account").first()
    fits = hmac.compare_digest(token.digest if token else _NO_DIGEST, parts.digest)
    if token is None or not fits:
        return None
    return TokenOwner(token.account_id, frozenset(Permission(one) for one in token.permissions), token.account.language)


def tokens_in_use(account: UUID) -> QuerySet[Token]:
    """The account's tokens that work."""
    return Token.objects.filter(account=account, revoked_at=None, ends_at__gt=clock.now())


def tokens_of(account: UUID) -> QuerySet[Token]:
    """The account's tokens, those in use first."""
    return Token.objects.filter(account=account).order_by(F("revoked_at").desc(nulls_first=True), "-made_at")
