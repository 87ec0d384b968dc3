"""The secrets of devices: the code of an invitation, what the cookie of a device holds, and their digests."""

import secrets
from typing import Final

from cobijo.algorithms.codes import ALPHABET
from cobijo.algorithms.text import clean
from cobijo.core import keys

SIGNS: Final = 12
"""Sixty bits: with the limit on tries and ten minutes of life, out of reach; short enough to be typed."""
_LIKE: Final = {"O": "0", "I": "1", "L": "1"}


def new_code() -> str:
    """A code for one invitation, as it is shown: "ABCD-EFGH-JKMN"."""
    signs = "".join(secrets.choice(ALPHABET) for _at in range(SIGNS))
    return "-".join(signs[at : at + 4] for at in range(0, SIGNS, 4))


def code_digest(code: str) -> str:
    """What is kept of a code, however it was typed."""
    signs = "".join(_LIKE.get(sign, sign) for sign in clean(code).upper() if sign.isalnum())
    return keys.keyed_hash(keys.DEVICE_MARKS, b"enrolment\x00" + signs.encode())


def device_digest(cookie: str) -> str:
    """What is kept of a device's secret."""
    return keys.keyed_hash(keys.DEVICE_MARKS, b"device\x00" + cookie.encode())
