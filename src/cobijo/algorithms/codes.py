"""Codes said aloud: the number of a person or household as seven characters, the last one a check.

Alphabet: Crockford's base 32 (no I, L, O, U): https://www.crockford.com/base32.html. Check character: the
scheme of H. M. Damm, "Total anti-symmetrische Quasigruppen" (Marburg 2004), example 5.2, over the field of 32
elements: it detects every single wrong character and every two neighbours exchanged.

The number is scrambled first by a fixed bijection of 30 bits, so that households registered one after the
other do not carry neighbouring codes and a code does not say how many there are. This hides order and count
from a casual reader; it is no secret, anyone with this file can undo it. What must not be guessed needs a
random key, not a code.
"""

from typing import Literal

from cobijo.algorithms.text import clean

Reason = Literal["length", "character", "check"]

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = 32**6  # numbers run from 0 to CODES - 1

_BITS = 30
_VALUE = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_SEPARATORS = frozenset(" -‐‑‒–—−_.")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1, irreducible over GF(2)
# Odd factors are bijections of 30 bits; between them the high half is folded into the low one. The first step
# keeps number 0 from being 000-000-0, which people type for "none".
_FIRST = 0x1B873593
_FACTORS = (0x2C1B3C6D, 0x297A2D39)
_INVERSES = tuple(pow(factor, -1, CODES) for factor in _FACTORS)


class BadCode(ValueError):  # noqa: N818 - it reads as what it is: a bad code
    """A text that is no code, with the reason as a word a page can turn into a sentence.

    "length": not seven characters; "character": a sign that no code has; "check": a slip, the check does not
    fit.
    """

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


def encode(number: int) -> str:
    """Return the code of a number from 0 to CODES - 1, as it is shown: "ABC-DEF-G". ValueError beyond."""
    if not 0 <= number < CODES:
        raise ValueError(f"a code holds numbers from 0 to {CODES - 1}, not {number}")
    digits = _digits(_scramble(number))
    shown = "".join(ALPHABET[digit] for digit in (*digits, _damm(digits)))
    return f"{shown[:3]}-{shown[3:6]}-{shown[6]}"


def decode(text: str) -> int:
    """Return the number of a code as typed or heard; raise BadCode with the reason.

    Small letters, spaces and dashes anywhere are fine; O is read as 0, I and L as 1.
    """
    digits = _read(text)
    if _damm(digits) != 0:
        raise BadCode("check")
    scrambled = 0
    for digit in digits[:-1]:
        scrambled = (scrambled << 5) | digit
    return _unscramble(scrambled)


def looks_like_code(text: str) -> bool:
    """Say whether a text typed into a search box should be looked up as a code.

    True for a code whose check fits, and for anything written in the groups 3-3-1 with dashes, so that a slip
    in a code is answered as a slip. One name of seven letters in 32 passes by chance: look for names as well.
    """
    try:
        digits = _read(text)
    except BadCode:
        return False
    grouped = [len(group) for group in clean(text).split("-")] == [3, 3, 1]
    return grouped or _damm(digits) == 0


def _read(text: str) -> list[int]:
    """Return the seven values of a text, the last one the check."""
    chars = [char for char in clean(text).upper() if char not in _SEPARATORS]
    if len(chars) != 7:
        raise BadCode("length")
    if any(char not in _VALUE for char in chars):
        raise BadCode("character")
    return [_VALUE[char] for char in chars]


def _digits(number: int) -> list[int]:
    return [(number >> shift) & 31 for shift in range(_BITS - 5, -1, -5)]


def _damm(digits: list[int]) -> int:
    """Return the check of some digits; of digits with their check it is 0.

    The quasigroup is a * b = x(a + b) in GF(32): with zeros on its diagonal, so the interim value is the
    check.
    """
    interim = 0
    for digit in digits:
        interim = (interim ^ digit) << 1
        if interim > 31:
            interim ^= _POLYNOMIAL
    return interim


def _scramble(number: int) -> int:
    number ^= _FIRST
    for factor in _FACTORS:
        number = (number ^ (number >> 15)) * factor % CODES
    return number ^ (number >> 15)


def _unscramble(number: int) -> int:
    # A shift by half the width is its own inverse.
    for inverse in reversed(_INVERSES):
        number = (number ^ (number >> 15)) * inverse % CODES
    return number ^ (number >> 15) ^ _FIRST
