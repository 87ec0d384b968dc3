"""Committees and the rota as pages and the sheet of the evening show them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cobijo.sites.access import visible_to
from cobijo.sites.committees.models import Committee, Turn
from cobijo.sites.committees.types import DayPart, Working


@dataclass(frozen=True, slots=True)
class CommitteeLine:
    """A committee that stands."""

    id: UUID
    name: str
    women: int | None
    men: int | None
    elected: bool | None
    working: Working
    led_by: str


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A turn of the rota."""

    id: UUID
    committee: str
    day: date
    part: DayPart
    persons: int
    note: str


def committees_at(site: UUID) -> list[CommitteeLine]:
    """The committees of a site that stand; the caller has asked whether the site may be seen."""
    found = Committee.objects.filter(site=site, ended_at=None).order_by("formed_at", "id")
    return [
        CommitteeLine(one.pk, str(one), one.women, one.men, one.elected, Working(one.working), one.led_by)
        for one in found
    ]


def rota_at(site: UUID, first: date, last: date) -> list[TurnLine]:
    """The turns of a site from a day to another, in their order."""
    turns = Turn.objects.filter(committee__site=site, voided_at=None, day__gte=first, day__lte=last)
    parts = {part: at for at, part in enumerate(DayPart)}
    rows = [
        TurnLine(one.pk, str(one.committee), one.day, DayPart(one.part), one.persons, one.note)
        for one in turns.select_related("committee").order_by("day", "committee__formed_at", "id")
    ]
    return sorted(rows, key=lambda row: (row.day, parts[row.part]))


def committee_for(actor: UUID, site: UUID, committee: UUID) -> Committee | None:
    """A committee of a site that the actor may see."""
    return visible_to(actor, Committee.objects.filter(site=site, pk=committee)).first()
