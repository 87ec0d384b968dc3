"""What stands on a badge, and from what was scanned or typed back to it.

The bytes are those of a card (``algorithms.cards``) signed with a key of their own, so that no card of a resident is
ever a badge, and no badge a card. The number said aloud has a B before it. A badge names its bearer, the PIN proves it.
"""

import secrets
from typing import Final

from cobijo.algorithms import cards, codes
from cobijo.algorithms.text import clean
from cobijo.core import keys

LETTER: Final = "B"


class NotABadge(ValueError):  # noqa: N818 - it reads as what it is
    """A text that is neither the code nor the number of a badge made here."""


def spoken(number: int) -> str:
    """Return the number as it is said and printed: "B-ABC-DEF-G"."""
    return f"{LETTER}-{codes.encode(number)}"


def fresh() -> bytes:
    """The random bytes of a new badge."""
    return secrets.token_bytes(cards.SECRET)


def write(secret: bytes) -> str:
    """The text of its square code, signed with the newest key."""
    return cards.write(keys.signer(keys.BADGES)[1], secret)


def digest(secret: bytes) -> str:
    """What is kept of it."""
    return keys.keyed_hash(keys.DEVICE_MARKS, b"badge\x00" + secret)


def scanned(text: str) -> str | None:
    """The digest of a badge whose code was scanned; None for a number. Raises NotABadge."""
    if not cards.is_scanned(text):
        return None
    known = {cards.key_id(one): one for one in keys.verifiers(keys.BADGES)}
    try:
        return digest(cards.read(text, known))
    except cards.BadCard as bad:
        raise NotABadge from bad


def heard(text: str) -> int:
    """The number as it was said or typed, with its B or without. Raises NotABadge."""
    signs = "".join(sign for sign in clean(text).upper() if sign.isalnum())
    try:
        return codes.decode(signs[1:] if len(signs) == 8 and signs.startswith(LETTER) else signs)
    except codes.BadCode as bad:
        raise NotABadge from bad
