"""Six digits: which may be chosen, how they are kept, and how trying them is counted.

A million PINs are tried in an hour against a hash alone. So what is hashed is keyed first with a key of the ring, which
is not in the database; and at the lock screen each try is counted in the database before it is looked at.
"""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final
from uuid import UUID

from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.db import transaction

from cobijo.accounts.devices.models import Pin
from cobijo.accounts.devices.refusals import EASY_PIN, SIX_DIGITS
from cobijo.core import keys

DIGITS: Final = 6
TRIES: Final = 5
RESTS: Final = timedelta(minutes=15)
LONGEST_REST: Final = timedelta(hours=24)

_UP = "01234567890123456789"
_NOBODY = UUID(int=0)


def check(pin: str, today: date) -> None:
    """Refuse what is no PIN, and what anybody would try first: one digit, a run, a repeated part, the day's date."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        raise SIX_DIGITS.about("pin")
    repeated = any(pin == pin[:size] * (DIGITS // size) for size in (1, 2, 3))
    doubled = pin[::2] == pin[1::2] and _is_run(pin[::2])
    if repeated or doubled or _is_run(pin) or pin in _dates(today):
        raise EASY_PIN.about("pin")


def _is_run(digits: str) -> bool:
    return digits in _UP or digits[::-1] in _UP


def _dates(day: date) -> set[str]:
    """The day as people write it with six digits, and the day and the month with the whole year's four."""
    d, m, y = f"{day:%d}", f"{day:%m}", f"{day:%y}"
    return {d + m + y, m + d + y, y + m + d, y + d + m, f"{day:%m%Y}", f"{day:%Y%m}"}


def encode(account: UUID, pin: str) -> str:
    """What is kept of a PIN."""
    return make_password(_keyed(account, pin))


def is_encoded(text: str) -> bool:
    """Whether a text is what ``encode`` gives."""
    try:
        identify_hasher(text)
    except ValueError:
        return False
    return True


def _keyed(account: UUID, pin: str) -> str:
    return keys.keyed_hash(keys.PINS, account.bytes + b"\x00" + pin.encode())


@lru_cache(maxsize=1)
def _nobodys() -> str:
    """A hash to compare with where there is no PIN, so that a wrong badge takes as long as a wrong PIN."""
    return make_password("nobody's")


class Tried(StrEnum):
    """What became of a try. Stopped: wrong, and the one after which the badge rests."""

    RIGHT = "right"
    WRONG = "wrong"
    STOPPED = "stopped"


def tried(account: UUID | None, pin: str) -> Tried:
    """Try a PIN for an account; counted first, and looked at only where its badge does not rest.

    Whatever is wrong takes the same steps, also where there is no account and no PIN.
    """
    counted = _count(account) if account is not None else None
    encoded = counted.encoded if counted is not None else _nobodys()
    right = check_password(_keyed(account or _NOBODY, pin), encoded)
    if counted is None:
        return Tried.WRONG
    if right:
        Pin.objects.filter(pk=counted.pk).update(failures=0, locked_until=None)
        return Tried.RIGHT
    return Tried.WRONG if counted.locked_until is None else Tried.STOPPED


def _count(account: UUID) -> Pin | None:
    """The account's PIN with one try more against it; None where there is none, or it rests."""
    now = datetime.now(UTC)
    with transaction.atomic():
        pin = Pin.objects.select_for_update().filter(account=account).first()
        if pin is None or (pin.locked_until is not None and pin.locked_until > now):
            return None
        pin.failures += 1
        pin.locked_until = now + rest_after(pin.failures) if pin.failures % TRIES == 0 else None
        Pin.objects.filter(pk=pin.pk).update(failures=pin.failures, locked_until=pin.locked_until)
    return pin


def rest_after(failures: int) -> timedelta:
    """How long a badge rests after so many wrong PINs: a quarter of an hour, and each time twice as long."""
    rounds = min(failures // TRIES, 10)
    return min(RESTS * (1 << (rounds - 1)), LONGEST_REST)
