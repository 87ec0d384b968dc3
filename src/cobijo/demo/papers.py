"""Fictitious papers: documents whose check digits hold (or now and then do not), telephones nobody has, languages."""

import random

from cobijo.core.ids import uuid7
from cobijo.demo.families import Member
from cobijo.people.types import DocumentIn, PhoneIn

ODD = 0.02


class Papers:
    """Draws papers from the same seed as the families."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw

    def documents(self, member: Member) -> list[DocumentIn]:
        """A CUI for about two adults of three; children have one less often with them."""
        if self._draw.random() > (0.65 if member.years >= 18 else 0.2):
            return []
        number = self._cui()
        if self._draw.random() < ODD:
            number = number[:8] + str((int(number[8]) + 3) % 10) + number[9:]
        seen = self._draw.random() < 0.8
        return [DocumentIn(document_id=uuid7(), country="GT", kind="cui", number=number, seen=seen)]

    def _cui(self) -> str:
        """Eight digits, their check digit (sum of digit i times i + 1, modulo 11; 10 is left out), a municipality."""
        while True:
            digits = [self._draw.randrange(10) for _ in range(8)]
            check = sum(digit * (at + 2) for at, digit in enumerate(digits)) % 11
            if check < 10:
                return "".join(map(str, digits)) + str(check) + self._draw.choice(("0501", "0502", "0314", "0301"))

    def phones(self) -> list[PhoneIn]:
        """Numbers that begin with 0000, which no operator gives."""
        if self._draw.random() > 0.6:
            return []
        return [PhoneIn(phone_id=uuid7(), number=f"+502 0000 {self._draw.randrange(10_000):04d}", safe_to_call=True)]

    def languages(self) -> list[str]:
        """Spanish for nearly all; Kaqchikel beside it for some."""
        return ["es", "cak"] if self._draw.random() < 0.12 else ["es"]
