"""Fictitious households of five as a desk registers them: names, births, papers of some, a telephone of the head."""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from cobijo.core.ids import uuid7

SIZE: Final = 5
NAMES: Final = Path(__file__).parent.parent / "data" / "names.toml"
_KINSHIPS: Final = ("head", "spouse", "child", "child", "relative")
_AGES: Final = ((24, 60), (22, 58), (6, 17), (0, 10), (18, 88))
_PLACES: Final = ("El Rodeo", "San Miguel Los Lotes", "La Reina", "Las Lajas", "Ceilán")
_CHECKED_DIGITS: Final = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is written down."""

    given: str
    first: str
    second: str


class Families:
    """Draws households from a seed: the same seed, the same households (but for their ids)."""

    def __init__(self, draw: random.Random) -> None:
        names = tomllib.loads(NAMES.read_text(encoding="utf-8"))
        self.draw = draw
        self._given = {
            sex: [name for pool, some in names["given"].items() if pool.split("_")[0] == sex for name in some]
            for sex in ("female", "male")
        }
        surnames = names["surnames"]
        self._surnames, self._weights = list(surnames), list(surnames.values())

    def words(self) -> list[str]:
        """Every name that can be drawn."""
        return [*self._given["female"], *self._given["male"], *self._surnames]

    # --- names and numbers -------------------------------------------------------------------------------------------

    def names(self, sexes: list[str]) -> list[Name]:
        """The names of a household, the head first: children have a surname of each parent."""
        first, second, third, fourth = self.draw.choices(self._surnames, self._weights, k=4)
        surnames = [(first, second), (third, fourth), (first, third), (first, third), (second, fourth)]
        return [Name(self.given(sex), *pair) for sex, pair in zip(sexes, surnames, strict=False)]

    def given(self, sex: str) -> str:
        """One given name or two."""
        pool = self._given[sex]
        one, other = self.draw.choice(pool), self.draw.choice(pool)
        return one if one == other or self.draw.random() < 0.3 else f"{one} {other}"

    def cui(self) -> str:
        """Eight digits, their check digit (the sum of digit i times i + 1, modulo 11), a municipality's code."""
        while True:
            digits = [self.draw.randrange(10) for _ in range(_CHECKED_DIGITS)]
            check = sum(digit * (at + 2) for at, digit in enumerate(digits)) % 11
            if check < 10:
                return "".join(map(str, digits)) + f"{check}0501"

    def phone(self) -> str:
        """Eight digits that begin with 5."""
        return f"5{self.draw.randrange(10_000_000):07d}"

    # --- a household as it is sent -----------------------------------------------------------------------------------

    def household(self, site: UUID, space: UUID, today: date, size: int = SIZE) -> dict[str, Any]:
        """The arguments of ``sites.receive_household`` as plain JSON."""
        sexes = [self.draw.choice(("female", "male")) for _ in range(size)]
        members = [
            self._member(at, sex, name, today) | {"space_id": str(space)}
            for at, (sex, name) in enumerate(zip(sexes, self.names(sexes), strict=True))
        ]
        answer = {"purpose": "tracing", "state": "given", "language": "es"}
        return {
            "household_id": str(uuid7()),
            "site_id": str(site),
            "members": members,
            "answers": [answer | {"consent_id": str(uuid7()), "person_id": members[0]["person_id"]}],
        }

    def _member(self, at: int, sex: str, name: Name, today: date) -> dict[str, Any]:
        youngest, oldest = _AGES[at]
        years = self.draw.randint(youngest, oldest)
        born = today - timedelta(days=365 * years + self.draw.randrange(1, 364))
        return {
            "person_id": str(uuid7()),
            "stay_id": str(uuid7()),
            "kinship": _KINSHIPS[at],
            "given_names": name.given,
            "first_surname": name.first,
            "second_surname": name.second,
            "sex": sex,
            "birth": {"day": born.day, "month": born.month, "year": born.year},
            "nationalities": ["GT"],
            "languages": ["es"],
            "origin_place": self.draw.choice(_PLACES),
            "documents": self._documents() if years >= 18 and self.draw.random() < 0.7 else [],
            "phones": [{"phone_id": str(uuid7()), "number": self.phone(), "safe_to_call": True}] if at == 0 else [],
            "needs": self._needs(years),
        }

    def _documents(self) -> list[dict[str, Any]]:
        return [{"document_id": str(uuid7()), "country": "GT", "kind": "cui", "number": self.cui(), "seen": True}]

    def _needs(self, years: int) -> list[str]:
        if years == 0:
            return ["infant"]
        return ["medicine"] if self.draw.random() < 0.08 else []
