"""The code of conduct, as data: read once from ``accounts/data/conduct.toml``. Raises KeyError where parts lack."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).resolve().parent.parent / "data" / "conduct.toml"
DEFAULT: Final = "es"


@dataclass(frozen=True, slots=True)
class Conduct:
    """A version of it in one language."""

    version: int
    language: str
    title: str
    opening: str
    sentences: tuple[str, ...]
    signing: str


@cache
def _all() -> dict[str, Conduct]:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    version = int(data.pop("version"))
    return {
        language: Conduct(version, language, one["title"], one["opening"], tuple(one["sentences"]), one["signing"])
        for language, one in data.items()
    }


def in_force(language: str) -> Conduct:
    """The one in force, in this language or in Spanish."""
    return _all().get(language[:2]) or _all()[DEFAULT]


def version() -> int:
    """The version in force: who has signed an older one signs again."""
    return _all()[DEFAULT].version
