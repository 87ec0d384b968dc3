"""Which rules there are, and what they say."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.core.errors import Sentence
from cobijo.core.personal import Category

LONGEST: Final = 3_650


class RuleFor(models.TextChoices):
    """What a rule lets go. Where somebody was, and case notes, go with the person: past nights rest on the one, a
    protection in force on the other."""

    HEALTH = Category.HEALTH.value, _("health: needs at the door, diet, infant feeding")
    CONTACT = Category.CONTACT.value, _("contact: telephones")
    IDENTITY = Category.IDENTITY.value, _("the whole person")


REASONS: Final[dict[RuleFor, Sentence]] = {
    RuleFor.HEALTH: _("It serves the place, the queue and the meals of those who are here, and nobody who has left."),
    RuleFor.CONTACT: _("It serves to reach the person about their stay and what follows from it for a while."),
    RuleFor.IDENTITY: _("After the response has closed and its accounts are settled, figures need no names."),
}


@dataclass(frozen=True, slots=True)
class Default:
    """A rule as it stands before a response says otherwise: off, after so many days, never sooner than ``least``."""

    rule: RuleFor
    days: int
    least: int

    @property
    def whole_person(self) -> bool:
        return self.rule is RuleFor.IDENTITY

    @property
    def why(self) -> str:
        return str(REASONS[self.rule])


def _read() -> dict[RuleFor, Default]:
    text = (Path(__file__).with_name("rules.toml")).read_text(encoding="utf-8")
    found = [Default(RuleFor(one["category"]), one["days"], one["least"]) for one in tomllib.loads(text)["rule"]]
    return {one.rule: one for one in found}


DEFAULTS: Final = _read()

ClosedOn = Callable[[UUID], date | None]
"""When the response of this unit closed; a higher app knows."""
