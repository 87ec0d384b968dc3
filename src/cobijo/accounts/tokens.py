"""The form of a token: a sign, a public prefix by which it is found, and a secret of 256 random bits.

The sign lets a token that was published by mistake be found by a search. Of the secret a SHA-256 is kept: nothing
slower is needed for what cannot be guessed.
"""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

SIGN: Final = "cobijo"


@dataclass(frozen=True, slots=True)
class Parts:
    """A token taken apart."""

    prefix: str
    secret: str = field(repr=False)

    @property
    def whole(self) -> str:
        return f"{SIGN}_{self.prefix}_{self.secret}"

    @property
    def digest(self) -> str:
        """What is kept of the secret, hexadecimal."""
        return hashlib.sha256(self.secret.encode()).hexdigest()


def new() -> Parts:
    """A token nobody has seen."""
    return Parts(secrets.token_hex(5), secrets.token_urlsafe(32))


def parts_of(whole: str) -> Parts | None:
    """The parts of a token as a program sends it; None for what is none."""
    sign, _, rest = whole.partition("_")
    prefix, _, secret = rest.partition("_")
    return Parts(prefix, secret) if sign == SIGN and prefix and secret else None
