"""A session at a shared device: what opens it, what it stands on, how far it reaches.

It stands on four things at once, looked at on every request: the device's cookie, the device in force, the badge in
use, and the PIN it was opened with. It reaches as far as the grants of its account within the device's unit, and not
to what a shared device never carries.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cobijo.accounts import notices
from cobijo.accounts import queries as accounts
from cobijo.accounts.authority import authority, limited_to
from cobijo.accounts.devices import conduct, pins, queries
from cobijo.accounts.devices.models import Badge, Device
from cobijo.accounts.devices.refusals import DEVICE_REVOKED
from cobijo.accounts.devices.types import CARRIED, Working
from cobijo.accounts.models import Account
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.context import at_device

DEVICE: Final = "accounts.device"
BADGE: Final = "accounts.badge"
PIN: Final = "accounts.pin"
PLEDGED: Final = "accounts.pledged"
BEGINNER: Final = "accounts.beginner"
HERE: Final = "cobijo.device"
"""Under which name a request carries the device at which whoever asks is signed in."""

COOKIE_DAYS: Final = 400
HANDED_OVER_SECONDS: Final = 15 * 60
HEARD_EVERY: Final = timedelta(minutes=1)
BACKEND: Final = "cobijo.accounts.backend.SignIn"

# --- the device's cookie ---------------------------------------------------------------------------------------------


def cookie_name() -> str:
    """Its name; under TLS one that a browser takes from this very host alone, and over TLS alone."""
    return "__Host-cobijo-device" if settings.SESSION_COOKIE_SECURE else "cobijo-device"


def give_cookie(response: HttpResponse, hidden: str) -> None:
    """From this answer on, this browser is the device."""
    response.set_cookie(
        cookie_name(),
        hidden,
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def device_at(request: HttpRequest) -> Working | None:
    """The device this browser is; None for one that was never let in, or is shut out."""
    return queries.device_of(request.COOKIES.get(cookie_name(), ""))


def entrance(request: HttpRequest) -> str:
    """Where whoever is not signed in goes: at a shared device its lock screen, elsewhere to sign in."""
    return reverse("device:lock" if cookie_name() in request.COOKIES else "account_login")


# --- opening one -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """Whom a badge and a PIN let in."""

    account: Account
    badge: Badge
    pin: UUID


def tries_left(request: HttpRequest, device: Working) -> bool:
    """Whether the device may be tried at all: after twenty wrong ones in ten minutes it rests, whosever they were."""
    return ratelimit.consume(request, action="badge", key=str(device.id), dry_run=True)


def opened_by(request: HttpRequest, device: Working, badge_text: str, pin: str) -> Opened | None:
    """Whom this badge and this PIN let in at this device.

    None alike, after the same steps, for no badge, another installation's, an ended one, an account that has ended or
    has nothing to do here, no PIN, a wrong one, and a badge that rests.
    """
    badge = queries.badge_shown(badge_text)
    known = badge.account if badge is not None else None
    account = known if known is not None and known.is_open and _works_at(device, known.pk) else None
    outcome = pins.tried(account.pk if account else None, pin)
    if outcome is pins.Tried.RIGHT and account is not None and badge is not None:
        found = queries.pin_of(account.pk)
        return Opened(account, badge, found.pk) if found else None
    ratelimit.consume(request, action="badge", key=str(device.id))
    if account is not None and outcome is pins.Tried.STOPPED:
        auditors = accounts.accounts_holding(Permission.AUDIT, device.unit)
        notices.tell({account.pk, *auditors}, notices.PINS_TRIED, account=account.pk, unit=device.unit)
    return None


def _works_at(device: Working, account: UUID) -> bool:
    with limited_to(account, CARRIED, within=device.unit):
        return bool(authority(account).permissions())


def begin(request: HttpRequest, device: Working, opened: Opened) -> str:
    """Sign in whom the badge let in, and give where they go: to the code of conduct, or where they work."""
    request.session.flush()
    login(request, opened.account, backend=BACKEND)
    request.session[DEVICE] = str(device.id)
    request.session[BADGE] = str(opened.badge.pk)
    request.session[PIN] = str(opened.pin)
    if not queries.has_pledged(opened.account.pk):
        return reverse("device:conduct")
    request.session[PLEDGED] = conduct.version()
    with limited_to(opened.account.pk, CARRIED, within=device.unit):
        return landing(opened.account.pk)


def landing(actor: UUID) -> str:
    """Where the actor works: the desk, or wherever the first page leads."""
    return reverse("web:desk" if authority(actor).has(Permission.REGISTER) else "web:home")


# --- honouring one ---------------------------------------------------------------------------------------------------


@contextmanager
def honoured(request: HttpRequest) -> Iterator[None]:
    """While a request from a shared device is answered, its account may do what such a device carries, and every act
    names the device. A session that no longer stands is ended first.
    """
    if DEVICE not in request.session:
        yield
        return
    device = _standing(request)
    if device is None or not isinstance(request.user, Account):
        logout(request)
        messages.warning(request, DEVICE_REVOKED().sentence)
        yield
        return
    request.META[HERE] = device
    token = at_device.set(device.id)
    try:
        with limited_to(request.user.pk, CARRIED, within=device.unit):
            yield
    finally:
        at_device.reset(token)


def here(request: HttpRequest) -> Working | None:
    """The device at which whoever asks is signed in by badge and PIN."""
    found = request.META.get(HERE)
    return found if isinstance(found, Working) else None


def _standing(request: HttpRequest) -> Working | None:
    device, session = device_at(request), request.session
    if device is None or session[DEVICE] != str(device.id):
        return None
    opened_with = Badge.objects.filter(pk=session[BADGE], account__pin=session[PIN], ended_at=None)
    if not opened_with.filter(account=request.user.pk).exists():
        return None
    _note_heard(device.id)
    return device


def _note_heard(device: UUID) -> None:
    """At most once a minute."""
    now = clock.now()
    long_ago = Q(last_heard_at=None) | Q(last_heard_at__lt=now - HEARD_EVERY)
    if Device.objects.filter(long_ago, pk=device).exists():
        Device.objects.filter(pk=device).update(last_heard_at=now)


def has_pledged(request: HttpRequest) -> bool:
    """Whether the code of conduct in force was signed before this session went on."""
    return bool(request.session.get(PLEDGED) == conduct.version())


def note_pledge(request: HttpRequest) -> None:
    """The code of conduct was signed in this session."""
    request.session[PLEDGED] = conduct.version()


# --- a device handed over to somebody who begins ---------------------------------------------------------------------


def hand_over(request: HttpRequest, account: UUID) -> None:
    """End the session of whoever hands over, and let one account sign the code of conduct and set its PIN, no more."""
    logout(request)
    request.session[BEGINNER] = {"account": str(account), "until": time.time() + HANDED_OVER_SECONDS}


def beginner(request: HttpRequest) -> Account | None:
    """To whom this browser was handed over, within the last quarter of an hour."""
    given = request.session.get(BEGINNER)
    if not given or given["until"] < time.time():
        return None
    account = Account.objects.filter(pk=given["account"], is_active=True).first()
    return account if account is not None and account.is_open and account.is_volunteer else None


def end_hand_over(request: HttpRequest) -> None:
    """The one who began has a PIN."""
    request.session.flush()
