"""Asking for a list of people, agreeing to it, and taking a copy."""

from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.accounts.queries import accounts_holding
from cobijo.accounts.services import declare_notice, tell
from cobijo.accounts.types import Permission
from cobijo.algorithms.text import clean
from cobijo.core import codes, keys, nodes, rows
from cobijo.core.context import current
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, FREE, HERE, PLAIN, SECOND, Act, verb
from cobijo.reporting.people.lists import listed
from cobijo.reporting.people.models import ExportCopy, PeopleExport
from cobijo.reporting.people.refusals import ENDED, GROWN, NO_REASON, NOBODY, NOT_READY, NOT_WAITING, REFUSED
from cobijo.reporting.people.types import DAYS_OPEN, ExportPurpose, ExportState, ListKind, Reason
from cobijo.sites.queries import scopes

WAITS = declare_notice(
    "reporting.export_waits",
    _("{by} asks for a list of {people} people of {unit}. A second person looks at it: list {number}."),
)


def place(export: UUID) -> keys.Place:
    """Where the reason of a list stands sealed."""
    return keys.Place(PeopleExport._meta.db_table, str(export), "sealed_reason")


def reason_of(export: PeopleExport) -> str:
    """Why a list was asked for, opened."""
    return keys.unseal(place(export.pk), bytes(export.sealed_reason)).decode()


@verb(
    "reporting.ask_export",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={"what": PLAIN, "purpose": PLAIN, "reason": FREE},
    says=_("List of people asked for"),
)
def ask_export(
    act: Act, *, export_id: UUID, site_id: UUID, what: ListKind, purpose: ExportPurpose, reason: Reason
) -> PeopleExport:
    """Ask for a list of a site's people by name. Above the number the response allows, a second person agrees first."""
    words = clean(reason)
    if not words:
        raise NO_REASON.about("reason")
    people = listed(act.actor, site_id, what, Purpose(purpose)).people
    if not people:
        raise NOBODY()
    asked_at = current().recorded_at
    export = rows.add(
        PeopleExport(
            id=export_id,
            number=codes.take("people_export", nodes.here_id())[0] + 1,
            site_id=site_id,
            what=what,
            purpose=purpose,
            sealed_reason=keys.seal(keys.EXPORTS, place(export_id), words.encode()),
            people=people,
            needs_second=people > _alone(site_id),
            asked_by_id=act.actor,
            asked_at=asked_at,
            ends_at=asked_at + timedelta(days=DAYS_OPEN),
        )
    )
    if export.needs_second:
        others = set(accounts_holding(Permission.EXPORT_PEOPLE, site_id)) - {act.actor}
        tell(others, WAITS, by=act.actor, unit=site_id, people=people, number=export.number)
    return export


def _alone(site: UUID) -> int:
    """The most people on a list of this site that one person takes alone."""
    found = scopes.site(site)
    return found.response.export_alone if found else 0


@verb(
    "reporting.approve_export",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=SECOND,
    purpose=Purpose.SECURITY,
    personal={},
    decides_on="export_id",
    says=_("List of people agreed to"),
)
def approve_export(act: Act, *, export_id: UUID) -> PeopleExport:
    """Agree, as a second person, that a list of people is taken."""
    return _decided(act, export_id, "approved_at")


@verb(
    "reporting.refuse_export",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=SECOND,
    purpose=Purpose.SECURITY,
    personal={},
    decides_on="export_id",
    says=_("List of people refused"),
)
def refuse_export(act: Act, *, export_id: UUID) -> PeopleExport:
    """Refuse, as a second person, that a list of people is taken."""
    return _decided(act, export_id, "refused_at")


def _decided(act: Act, export_id: UUID, how: str) -> PeopleExport:
    export = PeopleExport.objects.select_for_update().get(pk=export_id)
    if export.state is not ExportState.WAITING:
        raise NOT_WAITING()
    return rows.change(export, decided_by_id=act.actor, **{how: current().recorded_at})


@verb(
    "reporting.take_copy",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.SECURITY,
    personal={},
    says=_("Copy of a list taken"),
)
def take_copy(act: Act, *, export_id: UUID, copy_id: UUID) -> ExportCopy:
    """Take a numbered copy of a list; what stands on it is what its taker may see at that moment."""
    export = PeopleExport.objects.select_for_update().get(pk=export_id)
    _require_ready(export)
    people = listed(act.actor, export.site_id, ListKind(export.what), Purpose(export.purpose)).people
    limit = _alone(export.site_id)
    if export.approved_at is None and people > limit:
        raise GROWN(people=people, limit=limit)
    return rows.add(
        ExportCopy(
            id=copy_id,
            export=export,
            number=export.copies.count() + 1,
            people=people,
            taken_by_id=act.actor,
            taken_at=current().recorded_at,
        )
    )


def _require_ready(export: PeopleExport) -> None:
    if export.state is ExportState.REFUSED:
        raise REFUSED()
    if export.state is ExportState.ENDED:
        raise ENDED()
    if export.state is ExportState.WAITING:
        raise NOT_READY()
