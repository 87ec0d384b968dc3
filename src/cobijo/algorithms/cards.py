"""What a card carries: 85 bytes in a square code, and a number said aloud.

The bytes are the version (1), the id of the key that signed (4), a random secret (16) and an Ed25519 signature
(RFC 8032) over all before it (64). Nothing in them says of whom, where, when or by whom: two cards of one key share
their first five bytes, and those are the version and the key's id, which is a digest of the key and no date or name.

As text they are base 32 (RFC 4648), which fills 85 bytes without padding to 136 signs. Capitals and digits are the
alphanumeric mode of a square code (ISO/IEC 18004), and the signs that a scanner types alike whatever the layout of the
keyboard it imitates; base 45 would be shorter by eight signs and would not survive a Spanish one.

The number is a code of ``codes`` with a C before it, so that nobody takes it for the code of a person or household.
A card names, it does not prove: whoever has photographed one has it too.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from cobijo.algorithms import codes
from cobijo.algorithms.text import clean

Reason = Literal["text", "version", "key", "signature"]

VERSION: Final = 1
KEY_ID: Final = 4
SECRET: Final = 16
SIGNATURE: Final = 64
SIGNS: Final = 136
"""How many signs a card's text has."""
LETTER: Final = "C"

_SIGNED = 1 + KEY_ID + SECRET
_PURPOSE = b"cobijo card\x00"  # a signature made for something else with the same key would be no card


class BadCard(ValueError):  # noqa: N818 - it reads as what it is: a bad card
    """A text that is no card of ours, with the reason as a word.

    "text": not the signs of a card; "version": one we do not know; "key": signed by a key we do not know (another
    installation's); "signature": altered or made up.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def key_id(public: Ed25519PublicKey) -> bytes:
    """The four bytes by which a card names its key: the beginning of the key's SHA-256."""
    return hashlib.sha256(public.public_bytes_raw()).digest()[:KEY_ID]


def write(signer: Ed25519PrivateKey, secret: bytes) -> str:
    """Return the text of a card that carries these 16 random bytes."""
    if len(secret) != SECRET:
        raise ValueError(f"a card carries {SECRET} bytes, not {len(secret)}")
    signed = bytes([VERSION]) + key_id(signer.public_key()) + secret
    return base64.b32encode(signed + signer.sign(_PURPOSE + signed)).decode()


def read(text: str, known: Mapping[bytes, Ed25519PublicKey]) -> bytes:
    """Return the secret of a card as scanned; raise BadCard. ``known``: the keys by their ids.

    Small letters and blanks, which some scanners add, are fine.
    """
    raw = _bytes(text)
    if raw[0] != VERSION:
        raise BadCard("version")
    public = known.get(raw[1 : 1 + KEY_ID])
    if public is None:
        raise BadCard("key")
    try:
        public.verify(raw[_SIGNED:], _PURPOSE + raw[:_SIGNED])
    except InvalidSignature as error:
        raise BadCard("signature") from error
    return raw[1 + KEY_ID : _SIGNED]


def _bytes(text: str) -> bytes:
    signs = _signs(text)
    if len(signs) != SIGNS:
        raise BadCard("text")
    try:
        return base64.b32decode(signs)
    except ValueError as error:
        raise BadCard("text") from error


def _signs(text: str) -> str:
    """What was scanned or typed, in capitals and without blanks and dashes."""
    return "".join(sign for sign in clean(text).upper() if sign.isalnum())


def is_scanned(text: str) -> bool:
    """Whether a text is as long as what a scanner reads from the square code, and so no number said aloud."""
    return len(_signs(text)) > 2 * len(codes.ALPHABET)


def spoken(number: int) -> str:
    """Return the number as it is said and printed: "C-ABC-DEF-G"."""
    return f"{LETTER}-{codes.encode(number)}"


def barcode(number: int) -> str:
    """Return the number as the bars carry it: eight signs without dashes."""
    return spoken(number).replace("-", "")


def heard(text: str) -> int:
    """Return the number as said, typed or read from the bars, with its C or without; raise codes.BadCode."""
    signs = _signs(text)
    return codes.decode(signs[1:] if len(signs) == 8 and signs.startswith(LETTER) else signs)


def looks_like_number(text: str) -> bool:
    """Whether a text typed into a search box may be a card's number: its C, seven signs, and the check fits."""
    signs = _signs(text)
    if len(signs) != 8 or not signs.startswith(LETTER):
        return False
    try:
        codes.decode(signs[1:])
    except codes.BadCode:
        return False
    return True
