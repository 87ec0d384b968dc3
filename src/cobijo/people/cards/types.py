"""What crosses this room's door: kinds, reasons and states of cards, and the answer to a scan."""

from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from pydantic import Field

MOST: Final = 1_000
"""Cards printed at once: some hundred sheets, which one person can still count."""

CardText = Annotated[str, Field(min_length=1, max_length=400)]
"""A card as it was scanned, or the number said aloud as it was typed."""


class CardKind(models.TextChoices):
    """What is printed."""

    CARD = "card", _("card")
    WRISTBAND = "wristband", _("wristband")


class EndReason(models.TextChoices):
    """Why a card no longer counts."""

    LOST = "lost", pgettext_lazy("card", "lost")
    REVOKED = "revoked", pgettext_lazy("card", "taken back")
    REPLACED = "replaced", pgettext_lazy("card", "replaced")
    VOIDED = "voided", pgettext_lazy("card", "damaged")


class CardState(models.TextChoices):
    """What a card is now: worked out from its row and its batch, never kept."""

    PRINTED = "printed", pgettext_lazy("card", "printed, not counted")
    COUNTED = "counted", pgettext_lazy("card", "not given out")
    LINKED = "linked", pgettext_lazy("card", "given out")
    LOST = "lost", pgettext_lazy("card", "reported lost")
    REVOKED = "revoked", pgettext_lazy("card", "taken back")
    REPLACED = "replaced", pgettext_lazy("card", "replaced by another")
    VOIDED = "voided", pgettext_lazy("card", "withdrawn")


@dataclass(frozen=True, slots=True)
class Printed:
    """One card as it goes to the printer, and is then forgotten: its number and the text of its square code."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Scanned:
    """A card that the reader may know of: what it is now, and whose."""

    card_id: UUID
    number: str
    state: CardState
    person_id: UUID | None
    household_id: UUID | None

    @property
    def is_live(self) -> bool:
        """Whether somebody has it and it counts."""
        return self.state is CardState.LINKED

    @property
    def is_free(self) -> bool:
        """Whether it can be given out."""
        return self.state in (CardState.PRINTED, CardState.COUNTED)

    @property
    def state_word(self) -> str:
        return str(self.state.label)
