"""Cards for the API: whose one is. Giving out and ending are verbs."""

from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from cobijo.core.rest import Answer, Asked
from cobijo.people.cards import queries
from cobijo.people.cards.types import CardState

cards = Router(tags=["people"])


class Shown(BaseModel):
    """A card as it was scanned, or its number as it was typed; nothing of it stands in an address."""

    model_config = ConfigDict(extra="forbid")

    card: Annotated[str, Field(min_length=1, max_length=400, examples=["C-8C0-ZZ6-Z"])]


class ScannedOut(Answer):
    """A card the caller may know of: what it is now, and who has it or had it."""

    id: UUID
    number: Annotated[str, Field(examples=["C-8C0-ZZ6-Z"])]
    state: CardState
    sentence: Annotated[str, Field(description="What it is now, in words.")]
    person_id: UUID | None
    household_id: UUID | None


@cards.post("/scan", response=ScannedOut, summary="Whose card is it")
def scan_card(request: Asked, shown: Shown) -> ScannedOut:
    """Logged, found or not. A card names somebody and proves nothing; of another's card nothing is known."""
    found = queries.scan(request.auth.actor, shown.card)
    return ScannedOut(
        id=found.card_id,
        number=found.number,
        state=found.state,
        sentence=found.state_word,
        person_id=found.person_id,
        household_id=found.household_id,
    )
