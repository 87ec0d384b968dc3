"""The verbs of shared devices: let one in, print and link badges, set PINs, make and keep on volunteers."""

import secrets
from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from pydantic import Field, StringConstraints

from cobijo.accounts import notices
from cobijo.accounts import queries as accounts
from cobijo.accounts.devices import access, badges, conduct, pins, queries, secret
from cobijo.accounts.devices.models import Badge, Device, Enrolment, Pin, Pledge
from cobijo.accounts.devices.refusals import (
    BADGE_ENDED,
    BADGE_TAKEN,
    CONDUCT_CHANGED,
    CONDUCT_SIGNED,
    ENROLMENT_OVER,
    HAS_BADGE,
    NO_PIN,
    NOT_FOR_VOLUNTEERS,
    PIN_NOT_HASHED,
    REVOKED_ALREADY,
    ROLE_TAKEN_BACK,
    SIGN_CONDUCT_FIRST,
)
from cobijo.accounts.devices.types import (
    INVITED_FOR,
    MOST_BADGES,
    VOLUNTEER_ROLES,
    VOLUNTEERS_STAY,
    BadgeEnd,
    Name,
    PrintedBadge,
    VolunteerIn,
)
from cobijo.accounts.models import Account
from cobijo.accounts.services.accounts import ALREADY_CLOSED, check_language, locked
from cobijo.accounts.services.grants import check_own_right, grant_role
from cobijo.accounts.types import Language, Permission, Role
from cobijo.algorithms.text import fold
from cobijo.core import clock, codes, nodes, rows
from cobijo.core.ids import uuid7
from cobijo.core.personal import Category, Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, SUBJECT, About, Act, verb

# --- devices ---------------------------------------------------------------------------------------------------------


@verb(
    "accounts.invite_device",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"name": PLAIN},
    says=_("Device invited"),
)
def invite_device(act: Act, *, enrolment_id: UUID, unit_id: UUID, name: Name) -> Enrolment:
    """Invite a device for a unit and all below it. Its code is on the result, this once; it works once, ten minutes."""
    code, now = secret.new_code(), datetime.now(UTC)
    enrolment = rows.add(
        Enrolment(
            id=enrolment_id,
            unit_id=unit_id,
            name=name,
            digest=secret.code_digest(code),
            made_by=act.actor,
            made_at=now,
            ends_at=now + INVITED_FOR,
        )
    )
    enrolment.code = code
    return enrolment


@verb(
    "accounts.enrol_device",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Device let in"),
)
def enrol_device(act: Act, *, enrolment_id: UUID, device_id: UUID) -> Device:
    """Let in the device that shows an invitation's code. What its cookie holds is on the result, this once."""
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment_id)
    now = datetime.now(UTC)
    if enrolment.used_at is not None or enrolment.ends_at <= now:
        raise ENROLMENT_OVER()
    rows.change(enrolment, used_at=now)
    hidden = secrets.token_urlsafe(32)
    device = rows.add(
        Device(
            id=device_id,
            unit_id=enrolment.unit_id,
            name=enrolment.name,
            digest=secret.device_digest(hidden),
            enrolled_by=act.actor,
            enrolled_at=clock.now(),
        )
    )
    notices.tell({act.actor}, notices.DEVICE_LET_IN, unit=enrolment.unit_id, name=enrolment.name)
    device.secret = hidden
    return device


@verb(
    "accounts.rename_device",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"name": PLAIN},
    says=_("Device renamed"),
)
def rename_device(act: Act, *, device_id: UUID, name: Name) -> Device:
    """Call a device something else."""
    return rows.change(_in_force(device_id), name=name)


@verb(
    "accounts.revoke_device",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Device shut out"),
)
def revoke_device(act: Act, *, device_id: UUID) -> Device:
    """Shut a device out: whoever is signed in there is not from its next request on, and no badge opens it."""
    return rows.change(_in_force(device_id), revoked_at=clock.now())


def _in_force(device_id: UUID) -> Device:
    device = Device.objects.select_for_update().get(pk=device_id)
    if device.revoked_at is not None:
        raise REVOKED_ALREADY()
    return device


# --- badges ----------------------------------------------------------------------------------------------------------


@verb(
    "accounts.print_badges",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"count": PLAIN},
    says=_("Badges printed"),
)
def print_badges(
    act: Act, *, unit_id: UUID, count: Annotated[int, Field(ge=1, le=MOST_BADGES)]
) -> tuple[PrintedBadge, ...]:
    """Make badges for a unit and all below it, nobody's yet. What stands on them is given back, once."""
    numbers = codes.take("badge", nodes.here_id(), count)
    made = [(number, badges.fresh()) for number in numbers]
    now = clock.now()
    rows.add(
        *(
            Badge(id=uuid7(), number=number, digest=badges.digest(one), unit_id=unit_id, printed_at=now)
            for number, one in made
        )
    )
    return tuple(PrintedBadge(number, badges.write(one)) for number, one in made)


@verb(
    "accounts.link_badge",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT},
    says=_("Badge given out"),
)
def link_badge(act: Act, *, badge_id: UUID, account_id: UUID) -> Badge:
    """Give a badge to a colleague. It opens nothing before they have set a PIN themselves."""
    account = Account.objects.select_for_update().get(pk=account_id)
    if not account.is_open:
        raise ALREADY_CLOSED()
    return _linked(badge_id, account_id)


def _linked(badge_id: UUID, account_id: UUID) -> Badge:
    badge = Badge.objects.select_for_update().get(pk=badge_id)
    if badge.ended_at is not None:
        raise BADGE_ENDED.about("badge_id")
    if badge.account_id is not None:
        raise BADGE_TAKEN.about("badge_id")
    if Badge.objects.filter(account=account_id, ended_at=None).exists():
        raise HAS_BADGE.about("account_id")
    return rows.change(badge, account_id=account_id, linked_at=clock.now())


@verb(
    "accounts.end_badge",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"reason": PLAIN},
    says=_("Badge ended"),
)
def end_badge(act: Act, *, badge_id: UUID, reason: BadgeEnd) -> Badge:
    """End a badge: whoever shows it opens nothing, and where it was used the session ends at once."""
    badge = Badge.objects.select_for_update().get(pk=badge_id)
    if badge.ended_at is not None:
        raise BADGE_ENDED()
    return rows.change(badge, ended_at=clock.now(), end_reason=reason)


# --- PINs ------------------------------------------------------------------------------------------------------------


def choose_pin(act: Act, *, account_id: UUID, pin: str) -> Account:
    """Set one's PIN, by its digits, which go no further than here. Raises SIX_DIGITS, EASY_PIN."""
    pins.check(pin, clock.now().date())
    return set_pin(act, account_id=account_id, encoded=pins.encode(account_id, pin))


@verb(
    "accounts.set_pin",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT, "encoded": About("account_id", Category.IDENTITY)},
    says=_("PIN set"),
)
def set_pin(
    act: Act, *, account_id: UUID, encoded: Annotated[str, StringConstraints(min_length=20, max_length=200)]
) -> Account:
    """Set one's own PIN, hashed already: the digits stand nowhere. The one before ends, and what it opened."""
    if not pins.is_encoded(encoded):
        raise PIN_NOT_HASHED.about("encoded")
    account = locked(act, account_id)
    if account.is_volunteer and not queries.has_pledged(account_id):
        raise SIGN_CONDUCT_FIRST()
    rows.remove(Pin.objects.filter(account=account))
    rows.add(Pin(id=uuid7(), account=account, encoded=encoded, set_at=clock.now()))
    notices.tell({account_id}, notices.PIN_SET, account=account_id)
    return account


@verb(
    "accounts.end_pin",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT},
    says=_("PIN ended"),
)
def end_pin(act: Act, *, account_id: UUID) -> None:
    """End a colleague's PIN; they set another one themselves. They and who audits the unit are told."""
    found = Pin.objects.select_for_update().filter(account=account_id).first()
    if found is None:
        raise NO_PIN()
    rows.remove([found])
    unit = Account.objects.values_list("unit_id", flat=True).get(pk=account_id)
    auditors = accounts.accounts_holding(Permission.AUDIT, unit) if unit else []
    notices.tell({account_id, *auditors}, notices.PIN_ENDED, by=act.actor, account=account_id)


# --- the code of conduct ---------------------------------------------------------------------------------------------


@verb(
    "accounts.sign_conduct",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"version": PLAIN, "language": PLAIN},
    says=_("Code of conduct signed"),
)
def sign_conduct(act: Act, *, pledge_id: UUID, version: Annotated[int, Field(ge=1)], language: Language) -> Pledge:
    """Sign the code of conduct in force, in the language one has read it in."""
    check_language(language, "language")
    if version != conduct.version():
        raise CONDUCT_CHANGED()
    if queries.has_pledged(act.actor):
        raise CONDUCT_SIGNED()
    return rows.add(
        Pledge(id=pledge_id, account_id=act.actor, conduct_version=version, language=language, at=clock.now())
    )


# --- volunteers ------------------------------------------------------------------------------------------------------


@verb(
    "accounts.add_volunteer",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Volunteer made"),
)
def add_volunteer(act: Act, *, volunteer: VolunteerIn, unit_id: UUID, badge_id: UUID | None = None) -> Account:
    """Make a volunteer's account: no e-mail, no password, one role at one site, over after seven days by itself.

    It works at shared devices of there, once the volunteer has signed the code of conduct and set a PIN.
    """
    if volunteer.role not in VOLUNTEER_ROLES:
        raise NOT_FOR_VOLUNTEERS.about("role")
    check_language(volunteer.language, "language")
    now = clock.now()
    account = Account(
        id=volunteer.account_id,
        username=_username(volunteer.name),
        name=volunteer.name,
        language=volunteer.language,
        unit_id=unit_id,
        made_at=now,
        ends_at=now + VOLUNTEERS_STAY,
        is_volunteer=True,
    )
    account.set_unusable_password()
    rows.add(account)
    _give_role(act, account, volunteer.role)
    if badge_id is not None:
        _linked(badge_id, account.id)
    return account


def _give_role(act: Act, account: Account, role: Role) -> None:
    assert account.unit_id is not None
    grant_role(
        act, grant_id=uuid7(), account_id=account.id, role=role, unit_id=account.unit_id, ends_at=account.ends_at
    )


_SIGNS: Final = "23456789abcdefghjkmnpqrstvwxyz"


def _username(name: str) -> str:
    """A user name nobody types: from the name, with signs of chance, so that it says nothing of who else there is."""
    words = [word for word in (_plain(part) for part in name.split()[:2]) if word]
    ending = "".join(secrets.choice(_SIGNS) for _at in range(6))
    return ".".join(["v", *words])[:32] + f".{ending}"


def _plain(word: str) -> str:
    return "".join(sign for sign in fold(word) if sign.isascii() and sign.isalpha())


@verb(
    "accounts.renew_volunteer",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"account_id": SUBJECT},
    says=_("Volunteer kept on"),
)
def renew_volunteer(act: Act, *, account_id: UUID) -> Account:
    """Keep a volunteer on for seven days from now, also when their days were over already."""
    account = locked(act, account_id)
    ends_at = clock.now() + VOLUNTEERS_STAY
    grants = list(access.ending_with(account).select_for_update())
    if not grants:
        raise ROLE_TAKEN_BACK()
    for grant in grants:
        check_own_right(act.actor, Role(grant.role), grant.unit_id, ends_at)
        rows.change(grant, ends_at=ends_at)
    return rows.change(account, ends_at=ends_at)
