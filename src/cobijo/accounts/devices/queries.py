"""What is asked about devices, badges and volunteers: which there are, what was scanned, who has signed."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from cobijo.accounts.authority import gives, holds, unit_ids
from cobijo.accounts.devices import access, badges, conduct, secret
from cobijo.accounts.devices.models import Badge, Device, Enrolment, Pin, Pledge
from cobijo.accounts.devices.refusals import NOT_A_BADGE
from cobijo.accounts.devices.types import VOLUNTEER_ROLES, Working
from cobijo.accounts.models import Account, Grant, Unit
from cobijo.accounts.types import Permission, Role
from cobijo.core import clock

A_DAY = timedelta(days=1)

# --- devices ---------------------------------------------------------------------------------------------------------


def devices_for(actor: UUID) -> QuerySet[Device]:
    """The devices of units one runs, those in force first."""
    return access.visible_to(actor, Device.objects.select_related("unit")).order_by("revoked_at", "name", "enrolled_at")


def device_of(cookie: str) -> Working | None:
    """The device whose cookie this is; None for one that is unknown or shut out."""
    found = Device.objects.filter(digest=secret.device_digest(cookie), revoked_at=None).first() if cookie else None
    return Working(found.pk, found.unit_id, found.name) if found else None


def invitation_of(code: str) -> Enrolment | None:
    """The invitation a code belongs to; None for one that is unknown, used or over."""
    open_ones = Enrolment.objects.filter(used_at=None, ends_at__gt=datetime.now(UTC))
    return open_ones.filter(digest=secret.code_digest(code)).first()


def units_run(actor: UUID) -> list[tuple[UUID, str]]:
    """The units where the actor manages the site or the accounts, with their names, by name."""
    either = Q(pk__in=unit_ids(actor, Permission.MANAGE_SITE)) | Q(pk__in=unit_ids(actor, Permission.ACCOUNTS))
    return list(Unit.objects.filter(either).order_by("name").values_list("pk", "name"))


# --- badges ----------------------------------------------------------------------------------------------------------


def badge_shown(text: str) -> Badge | None:
    """The badge in use whose code was scanned or whose number was typed, whoever asks: for the lock screen alone."""
    try:
        digest = badges.scanned(text)
        found = Badge.objects.filter(digest=digest) if digest else Badge.objects.filter(number=badges.heard(text))
    except badges.NotABadge:
        return None
    return found.filter(ended_at=None, account__isnull=False).select_related("account").first()


def badge_to_give(actor: UUID, text: str) -> Badge:
    """The badge that was scanned or typed, if the actor may know of it. Raises NOT_A_BADGE alike for every other."""
    try:
        digest = badges.scanned(text)
        named = Badge.objects.filter(digest=digest) if digest else Badge.objects.filter(number=badges.heard(text))
    except badges.NotABadge:
        raise NOT_A_BADGE.about("badge") from None
    found = access.visible_to(actor, named).first()
    if found is None:
        raise NOT_A_BADGE.about("badge")
    return found


def badges_for(actor: UUID) -> QuerySet[Badge]:
    """The badges the actor may know of: in use first, then nobody's, then ended ones."""
    seen = access.visible_to(actor, Badge.objects.select_related("unit", "account"))
    return seen.order_by("ended_at", "-linked_at", "number")


def colleagues_for(actor: UUID) -> QuerySet[Account]:
    """Whom the actor may give a badge, by name; each with ``has_pin`` and ``live_badges``."""
    live = Prefetch("badges", queryset=Badge.objects.filter(ended_at=None), to_attr="live_badges")
    found = Account.objects.filter(access.colleagues(actor)).annotate(has_pin=Exists(_pin_of(OuterRef("pk"))))
    return found.prefetch_related(live).order_by("name", "username")


def _pin_of(account: OuterRef | UUID) -> QuerySet[Pin]:
    return Pin.objects.filter(account=account)


def live_badge_of(account: UUID) -> Badge | None:
    """The badge an account has."""
    return Badge.objects.filter(account=account, ended_at=None).first()


def pin_of(account: UUID) -> Pin | None:
    """The account's PIN; its digits stand nowhere."""
    return _pin_of(account).first()


def has_pledged(account: UUID) -> bool:
    """Whether the account has signed the code of conduct in force."""
    return Pledge.objects.filter(account=account, conduct_version=conduct.version()).exists()


# --- volunteers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class VolunteerRow:
    """A volunteer as their manager sees them. ``days``: days left, 0 on the last one; None when over."""

    id: UUID
    name: str
    unit: str
    roles: tuple[str, ...]
    ends_at: datetime | None
    days: int | None
    badge: str
    has_pin: bool
    has_signed: bool
    may_renew: bool

    @property
    def is_ready(self) -> bool:
        """Whether they can sign in: code of conduct, PIN, and a badge."""
        return self.has_pin and self.has_signed and bool(self.badge)


def volunteers_for(actor: UUID) -> list[VolunteerRow]:
    """The volunteers of the sites one manages, whose end is nearest first."""
    signed = Pledge.objects.filter(account=OuterRef("pk"), conduct_version=conduct.version())
    grants = Prefetch("grants", queryset=Grant.objects.filter(giving=False), to_attr="roles_had")
    mine = unit_ids(actor, Permission.MANAGE_SITE)
    found = colleagues_for(actor).filter(is_volunteer=True, unit__in=mine).annotate(has_signed=Exists(signed))
    rows = found.select_related("unit").prefetch_related(grants).order_by("ends_at", "name")
    return [_volunteer(actor, one) for one in rows]


def _volunteer(actor: UUID, one: Account) -> VolunteerRow:
    read = vars(one)
    kept = [grant for grant in read["roles_had"] if grant.ends_at == one.ends_at]
    left = one.ends_at - clock.now() if one.ends_at else None
    return VolunteerRow(
        id=one.pk,
        name=one.name,
        unit=one.unit.name if one.unit else "",
        roles=tuple(str(Role(grant.role).label) for grant in kept),
        ends_at=one.ends_at,
        days=_days(left) if left is not None and left > timedelta() else None,
        badge=read["live_badges"][0].spoken if read["live_badges"] else "",
        has_pin=read["has_pin"],
        has_signed=read["has_signed"],
        may_renew=bool(kept) and all(_gives(actor, grant) for grant in kept),
    )


def _days(left: timedelta) -> int:
    """As people count them: seven right after it was made, none on the last day."""
    return round(left / A_DAY) if left >= A_DAY else 0


def _gives(actor: UUID, grant: Grant) -> bool:
    return gives(actor, Role(grant.role), grant.unit_id)


def volunteer_for(actor: UUID, account_id: UUID) -> VolunteerRow | None:
    """One of them; None where it is not the actor's to manage."""
    return next((one for one in volunteers_for(actor) if one.id == account_id), None)


def roles_for_volunteers(actor: UUID, unit: UUID) -> list[Role]:
    """What the actor may make a volunteer there."""
    if not holds(actor, Permission.MANAGE_SITE, unit):
        return []
    return [role for role in VOLUNTEER_ROLES if gives(actor, role, unit)]


def sites_for_volunteers(actor: UUID) -> list[Unit]:
    """The units where the actor may make a volunteer, by name."""
    mine = Unit.objects.filter(pk__in=unit_ids(actor, Permission.MANAGE_SITE)).order_by("name")
    return [unit for unit in mine if roles_for_volunteers(actor, unit.pk)]


def ending_soon(actor: UUID) -> QuerySet[Account]:
    """The volunteers of one's sites whose account ends within a day."""
    now = clock.now()
    mine = Account.objects.filter(is_volunteer=True, is_active=True, unit__in=unit_ids(actor, Permission.MANAGE_SITE))
    return mine.filter(ends_at__gt=now, ends_at__lte=now + A_DAY)
