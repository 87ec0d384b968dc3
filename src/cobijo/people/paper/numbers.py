"""The number of a form, as it is printed, said and scanned: a code with an F before it, as a card has a C."""

from typing import Final

from cobijo.algorithms import codes
from cobijo.algorithms.text import clean

LETTER: Final = "F"


def spoken(number: int) -> str:
    """Return the number as it is said and printed: "F-ABC-DEF-G"."""
    return f"{LETTER}-{codes.encode(number)}"


def barcode(number: int) -> str:
    """Return the number as the bars carry it: eight signs without dashes."""
    return spoken(number).replace("-", "")


def heard(text: str) -> int:
    """Return the number as typed or read from the bars, with its F or without; raise codes.BadCode."""
    signs = "".join(sign for sign in clean(text).upper() if sign.isalnum())
    return codes.decode(signs[1:] if len(signs) == 8 and signs.startswith(LETTER) else signs)
