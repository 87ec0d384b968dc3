"""Lists that were asked for, as pages show them: by whom, what for, and who has a copy. Nobody on them is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count

from cobijo.accounts import access as authority
from cobijo.accounts.queries import names_of
from cobijo.accounts.types import Permission
from cobijo.reporting.people import access
from cobijo.reporting.people.models import PeopleExport
from cobijo.reporting.people.services import reason_of
from cobijo.reporting.people.types import ExportPurpose, ExportState, ListKind

NEWEST = 100


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A copy that somebody has."""

    number: int
    people: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A list in a list. ``may_decide``, ``may_take``: what the reader may do with it now."""

    id: UUID
    number: int
    what: ListKind
    purpose: ExportPurpose
    site: str
    zone: ZoneInfo
    people: int
    state: ExportState
    by: str
    at: datetime
    ends_at: datetime
    decided_by: str
    copies: int
    may_decide: bool
    may_take: bool

    @property
    def waits(self) -> bool:
        return self.state is ExportState.WAITING

    @property
    def what_words(self) -> str:
        return str(self.what.label)

    @property
    def purpose_words(self) -> str:
        return str(self.purpose.label)

    @property
    def state_words(self) -> str:
        return str(self.state.label)


def exports_for(actor: UUID) -> list[ExportRow]:
    """The newest lists of the actor's sites, those that wait for a second person first."""
    rows = access.visible_to(actor, PeopleExport.objects.select_related("site__unit"))
    counted = rows.annotate(taken=Count("copies")).order_by("-asked_at", "-number")[:NEWEST]
    return sorted(_rows(actor, list(counted)), key=lambda one: not one.waits)


def export_for(actor: UUID, export_id: UUID) -> tuple[ExportRow, str, list[CopyRow]]:
    """One list with its reason, opened, and its copies; raises NOT_FOUND for who may not know of it."""
    export = access.get_for(actor, PeopleExport, export_id)
    rows = PeopleExport.objects.select_related("site__unit").annotate(taken=Count("copies")).filter(pk=export_id)
    copies = list(export.copies.order_by("-number"))
    names = names_of(copy.taken_by_id for copy in copies)
    handed = [CopyRow(one.number, one.people, names.get(one.taken_by_id, ""), one.taken_at) for one in copies]
    return _rows(actor, list(rows))[0], reason_of(export), handed


def _rows(actor: UUID, found: list[PeopleExport]) -> list[ExportRow]:
    names = names_of({one for row in found for one in (row.asked_by_id, row.decided_by_id) if one})
    mine = set(authority.unit_ids(actor, Permission.EXPORT_PEOPLE))
    return [_row(actor, row, names, row.site_id in mine) for row in found]


def _row(actor: UUID, row: PeopleExport, names: Mapping[UUID, str], mine: bool) -> ExportRow:
    return ExportRow(
        id=row.pk,
        number=row.number,
        what=ListKind(row.what),
        purpose=ExportPurpose(row.purpose),
        site=row.site.unit.name,
        zone=ZoneInfo(row.site.zone),
        people=row.people,
        state=row.state,
        by=names.get(row.asked_by_id, ""),
        at=row.asked_at,
        ends_at=row.ends_at,
        decided_by=names.get(row.decided_by_id, "") if row.decided_by_id else "",
        copies=vars(row)["taken"],
        may_decide=mine and row.state is ExportState.WAITING and row.asked_by_id != actor,
        may_take=mine and row.state is ExportState.READY,
    )
