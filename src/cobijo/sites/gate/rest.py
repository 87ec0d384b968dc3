"""The gate for the API: whom a card or code means. What happens there is recorded by verbs."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Router
from pydantic import BaseModel, ConfigDict, Field

from cobijo.core.rest import Answer, Asked
from cobijo.sites import access
from cobijo.sites.gate import queries
from cobijo.sites.gate.queries import GateLine
from cobijo.sites.gate.types import Meal, Way
from cobijo.sites.models import Site

gate = Router(tags=["gate"])


class Shown(BaseModel):
    """A card as it was scanned, its number, or a person's code, at the gate of a site."""

    model_config = ConfigDict(extra="forbid")

    site_id: UUID
    card: Annotated[str, Field(min_length=1, max_length=400, examples=["C-8C0-ZZ6-Z"])]


class GateLineOut(Answer):
    """Somebody who stays there. ``name`` is null for whoever finds nobody by name."""

    stay_id: UUID
    code: str
    name: str | None
    photo_id: UUID | None
    away: bool
    since: Annotated[datetime | None, Field(description="When they went out, where they are out.")]
    expected_back: datetime | None
    overdue: bool
    child: Annotated[bool | None, Field(description="Null: the age is not known.")]
    to_confirm: Annotated[bool, Field(description="The stay is disputed: send them to the desk.")]
    likeliest: Way


class GateOut(Answer):
    """Whom a card or code means at a gate, and who else of the household stays there."""

    shown: list[GateLineOut]
    mates: list[GateLineOut]
    household: str | None
    people: int
    out: int
    child: Annotated[bool, Field(description="Whether somebody shown is a child.")]
    leaves_with: Annotated[list[str], Field(description="Grown-ups of the household with whom a child leaves.")]
    meal: Annotated[Meal, Field(description="The meal of this hour.")]


@gate.post("/scan", response=GateOut, summary="Whom a card means at the gate")
def scan_at_gate(request: Asked, shown: Shown) -> GateOut:
    """Logged, found or not. A card names somebody and proves nothing: the photo is for comparing."""
    actor = request.auth.actor
    site = access.get_for(actor, Site, shown.site_id)
    found = queries.scan(actor, site, shown.card)
    return GateOut(
        shown=[_line(line) for line in found.shown],
        mates=[_line(line) for line in found.mates],
        household=found.household or None,
        people=found.people,
        out=found.out,
        child=found.child_shown,
        leaves_with=list(found.leaves_with),
        meal=found.meal,
    )


def _line(line: GateLine) -> GateLineOut:
    return GateLineOut(
        stay_id=line.stay_id,
        code=line.code,
        name=line.name or None,
        photo_id=line.photo,
        away=line.away,
        since=line.since,
        expected_back=line.expected_back,
        overdue=line.overdue,
        child=line.child,
        to_confirm=line.disputed,
        likeliest=line.likeliest,
    )
