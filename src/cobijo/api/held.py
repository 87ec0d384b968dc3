"""Operations that arrived late and in conflict, as far as the caller may settle them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router
from pydantic import Field

from cobijo.accounts import queries
from cobijo.core import complaints, journal
from cobijo.core.errors import DomainError
from cobijo.core.models import Outcome
from cobijo.core.rest import Answer, Asked, Page, Part, page

router = Router(tags=["held"])


class Reason(Answer):
    """Why an operation is held."""

    code: Annotated[str, Field(examples=["sites.transfer_settled"])]
    sentence: Annotated[str, Field(examples=["This transfer has been settled already."])]
    fields: dict[str, str]


class HeldEntry(Answer):
    """A held operation. Send it again, corrected, with ``amends``; or let it go with ``accounts.discard_held``."""

    op_id: UUID
    verb: str
    happened_at: datetime
    recorded_at: datetime
    unit_id: UUID | None
    mine: bool
    reason: Reason
    arguments: Annotated[dict[str, Any] | None, Field(description="What was sent; null where somebody else sent it.")]


@router.get("", response=Page[HeldEntry], summary="List the held operations you may settle")
def list_held(request: Asked, part: Query[Part]) -> Page[HeldEntry]:
    """Oldest first."""
    actor = request.auth.actor
    return page(queries.held_for(actor), ("id",), part, lambda rows: [_entry(actor, row) for row in rows], "held")


def _entry(actor: UUID, hold: Outcome) -> HeldEntry:
    intent = hold.intent
    mine = intent.actor == actor
    return HeldEntry(
        op_id=intent.op_id,
        verb=intent.verb,
        happened_at=intent.happened_at,
        recorded_at=intent.recorded_at,
        unit_id=intent.unit,
        mine=mine,
        reason=reason_of(complaints.from_outcome(hold)),
        arguments=journal.arguments_of(intent) if mine else None,
    )


def reason_of(error: DomainError) -> Reason:
    """Why an operation is held, in the reader's language."""
    fields = {name: str(sentence) for name, sentence in error.fields.items()}
    return Reason(code=error.code, sentence=error.sentence, fields=fields)
