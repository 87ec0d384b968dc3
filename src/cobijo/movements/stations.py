"""The stations as data, read once from ``data/stations.toml``."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

DATA: Final = Path(__file__).resolve().parent / "data" / "stations.toml"
REGISTRATION, CHILDREN, PRIVATE, INTERVIEW, TRANSPORT = "registration", "children", "private", "interview", "transport"


@dataclass(frozen=True)
class Station:
    """A station and who goes there: ``all``, ``private`` or ``children``."""

    code: str
    es: str
    en: str
    who: str
    usual: bool
    icon: str

    @property
    def name(self) -> str:
        return self.en if (get_language() or "es").startswith("en") else self.es


@cache
def stations() -> Mapping[str, Station]:
    """Every station by its code, in the usual order. Raises KeyError or TypeError where the data do not fit."""
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {code: Station(code=code, **row) for code, row in told.items()}


def usual() -> list[str]:
    """The stations of a centre that nobody has set up."""
    return [one.code for one in stations().values() if one.usual]
