"""How the tests of shared devices come by one: a browser let in, a badge in somebody's hand, a PIN."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client

from cobijo.accounts import services
from cobijo.accounts.devices import badges, pins
from cobijo.accounts.devices.models import Badge, Device, Pin
from cobijo.accounts.devices.types import PrintedBadge, VolunteerIn
from cobijo.accounts.models import Account
from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.ids import uuid7
from tests.cast import Cast, Place, act, grant

COOKIE = "cobijo-device"
LOCK = "/device/"
PIN = "407126"
OTHER_PIN = "918263"


@dataclass(slots=True)
class Shared:
    """A shared device: its browser, its row."""

    browser: Client
    device: Device

    def unlock(self, badge: str, pin: str = PIN) -> Any:
        return self.browser.post(LOCK, {"badge": badge, "pin": pin})

    @property
    def who(self) -> str | None:
        """Whose session there is in it."""
        return self.browser.session.get("_auth_user_id")


def let_in(cast: Cast, unit: UUID | None = None, name: str = "Tableta azul") -> Shared:
    """A device of A, or of another unit, let in as people do it: by the code of an invitation."""
    felix = act(cast.administrator)
    invitation = services.invite_device(felix, enrolment_id=uuid7(), unit_id=unit or cast.a.id, name=name)
    browser = Client()
    answer = browser.post("/device/enrol/", {"code": invitation.code})
    assert answer.status_code == 302, answer.content.decode()
    return Shared(browser, Device.objects.latest("enrolled_at"))


def badge_of(cast: Cast, who: Account, place: Place | None = None, pin: str = PIN) -> PrintedBadge:
    """A badge for somebody who works at A, with their PIN set."""
    at = place or cast.a
    manager = cast.beto if at is cast.a else cast.carla
    [printed] = services.print_badges(act(manager), unit_id=at.id, count=1)
    badge = Badge.objects.get(number=printed.number)
    services.link_badge(act(manager), badge_id=badge.pk, account_id=who.pk)
    if pin:
        services.choose_pin(act(who), account_id=who.pk, pin=pin)
    return printed


def may_make(cast: Cast, *roles: Role) -> None:
    """Beto may give these roles at A."""
    given = set(cast.beto.grants.filter(giving=True).values_list("role", flat=True))
    for role in roles or (Role.REGISTRAR, Role.GATEKEEPER, Role.DISTRIBUTION):
        if role not in given:
            grant(cast.beto, role, cast.a.unit, giving=True)


def volunteer(cast: Cast, role: Role = Role.REGISTRAR, name: str = "Lucía Pop", badge: bool = True) -> Account:
    """A volunteer Beto has just made, with a badge and nothing else."""
    may_make(cast, role)
    badge_id = None
    if badge:
        [printed] = services.print_badges(act(cast.beto), unit_id=cast.a.id, count=1)
        badge_id = Badge.objects.get(number=printed.number).pk
    new = VolunteerIn(account_id=uuid7(), name=name, role=role)
    return services.add_volunteer(act(cast.beto), volunteer=new, unit_id=cast.a.id, badge_id=badge_id)


def sign(who: Account) -> None:
    """Somebody signs the code of conduct in force."""
    services.sign_conduct(act(who), pledge_id=uuid7(), version=1, language="es")


def badge_whatever(cast: Cast, who: Account) -> PrintedBadge:
    """A badge and a PIN as rows, for somebody no manager would find."""
    hidden, number = badges.fresh(), 7_000 + Badge.objects.count()
    now = clock.now()
    Badge.objects.create(
        number=number, digest=badges.digest(hidden), unit=cast.a.unit, account=who, printed_at=now, linked_at=now
    )
    Pin.objects.create(account=who, encoded=pins.encode(who.pk, PIN), set_at=now)
    return PrintedBadge(number, badges.write(hidden))
