"""What people complain about, to whom it goes and by when it is answered, as ``data/complaints.toml`` has it."""

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.translation import get_language

from cobijo.algorithms import codes

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "complaints.toml"


@dataclass(frozen=True)
class ComplaintKind:
    """A kind of complaint. ``aside``: about staff, for the focal point outside the site. ``days`` until the answer."""

    code: str
    words: Mapping[str, str]
    aside: bool
    days: int

    @property
    def label(self) -> str:
        spanish = (get_language() or "es").startswith("es")
        return self.words["es"] if spanish else self.words["en"]


@cache
def kinds() -> Mapping[str, ComplaintKind]:
    """Every kind by its code, in the order of the form."""
    with DATA.open("rb") as file:
        told = tomllib.load(file)["kind"]
    return {one["code"]: ComplaintKind(one["code"], one, one["to"] == "focal", one["days"]) for one in told}


def draw_number() -> str:
    """A number for a complaint, that nobody can guess: ``Q ABC-DEF-G``, its last character a check."""
    return f"Q {codes.encode(secrets.randbelow(codes.CODES))}"


def as_number(text: str) -> str | None:
    """A number as somebody reads it off a slip, in the one way it is written; None for what is none."""
    bare = text.strip().upper().removeprefix("Q")
    try:
        return f"Q {codes.encode(codes.decode(bare))}"
    except codes.BadCode:
        return None
