"""The figures that are written: published ones, closed nights, and what is given out."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from cobijo.core import clock, rows, seals
from cobijo.core.context import current
from cobijo.core.errors import Ground, Refusal
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, Act, verb
from cobijo.reporting import closing, scopes, suppressing
from cobijo.reporting.census import census
from cobijo.reporting.evening.services import sign_sheet, write_message
from cobijo.reporting.models import ClosedCensus, PublishedFigure, Release
from cobijo.reporting.people.services import approve_export, ask_export, refuse_export, take_copy
from cobijo.reporting.types import Census, Json, PublishedIn, Scope

__all__ = [
    "approve_export",
    "ask_export",
    "close_night",
    "print_door",
    "record_published",
    "refuse_export",
    "release_figures",
    "sign_sheet",
    "take_copy",
    "void_published",
    "write_message",
]

ONE_SCOPE = Refusal(
    "reporting.one_scope",
    _("A published figure is of one site, of one group of sites, or of the whole response. Choose one of them."),
    Ground.INPUT,
)
OTHER_RESPONSE = Refusal(
    "reporting.other_response",
    _("The site or group belongs to another response. Choose one of this response."),
    Ground.INPUT,
)
NO_ADDRESS = Refusal(
    "reporting.no_address",
    _("An address begins with https:// or http://. Copy it from the browser, or leave it out."),
    Ground.INPUT,
)
SAME_FIGURE = Refusal(
    "reporting.same_figure",
    _("This figure of {source} for that day is recorded already. Look at the list of published figures."),
)
ALREADY_VOID = Refusal("reporting.already_void", _("This figure was taken back already. Nothing is left to do."))
NIGHT_NOT_OVER = Refusal(
    "reporting.night_not_over",
    _("The night of {night} has not ended there: what is known is a forecast. Come back after midnight."),
)
NOTHING_KNOWN = Refusal(
    "reporting.nothing_known",
    _("Nothing is known of the night of {night} there. Register who was there, or report a head-count first."),
)
ALREADY_CLOSED = Refusal(
    "reporting.already_closed", _("The night of {night} is closed already. Its figures stay as they are.")
)


@verb(
    "reporting.record_published",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Published figure recorded"),
)
def record_published(
    act: Act, *, figure_id: UUID, response_id: UUID, site_id: UUID | None, group_id: UUID | None, figure: PublishedIn
) -> PublishedFigure:
    """Record a number somebody outside published, with its source.

    Of a site, of a group of sites, or (neither given) of the whole response. Two sources that contradict each other are
    both recorded.
    """
    _check_scope(response_id, site_id, group_id)
    if figure.address and not figure.address.startswith(("https://", "http://")):
        raise NO_ADDRESS.about("address")
    values = asdict(figure) | {
        "day": figure.day.replace(day=1) if figure.month_only else figure.day,
        "apart": figure.apart or "",
    }
    scope = {"response_id": response_id, "site_id": site_id, "group_id": group_id}
    if _is_recorded(**scope, **values):
        raise SAME_FIGURE(source=figure.source)
    return rows.add(PublishedFigure(id=figure_id, recorded_at=current().recorded_at, **scope, **values))


def _check_scope(response: UUID, site: UUID | None, group: UUID | None) -> None:
    if site and group:
        raise ONE_SCOPE.about("site_id", "group_id")
    if site and scopes.of_site(site).response != response:
        raise OTHER_RESPONSE.about("site_id")
    if group and scopes.of_group(group).response != response:
        raise OTHER_RESPONSE.about("group_id")


def _is_recorded(**values: Any) -> bool:
    """Whether a figure says the same of the same already; what is only remarked on it makes no other one."""
    remarks = {"address", "note", "inferred", "replayed", "unit", "apart"}
    same = {name: value for name, value in values.items() if name not in remarks}
    return PublishedFigure.objects.filter(**same, voided_at=None).exists()


@verb(
    "reporting.void_published",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Published figure taken out"),
)
def void_published(act: Act, *, figure_id: UUID) -> PublishedFigure:
    """Take back a published figure that was recorded by mistake: it is no longer shown."""
    figure = PublishedFigure.objects.select_for_update(no_key=True).get(pk=figure_id)
    if figure.voided_at is not None:
        raise ALREADY_VOID()
    return rows.change(figure, voided_at=current().recorded_at)


@verb(
    "reporting.close_night",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"night": PLAIN},
    says=_("Night closed"),
)
def close_night(act: Act, *, closed_id: UUID, site_id: UUID, night: date) -> ClosedCensus:
    """Settle a night of a site: its figures stay as they are now, with the seal of the journal they rest on.

    What arrives later about that night is still recorded, and shown beside the closed figures.
    """
    found = _of_the_past(scopes.of_site(site_id), night)
    part = found.parts[0]
    if part.mark is not None:
        raise ALREADY_CLOSED(night=night.isoformat())
    seals.seal_waiting()
    seal = seals.last()
    return rows.add(
        ClosedCensus(
            id=closed_id,
            site_id=site_id,
            night=night,
            figures=closing.keep(part),
            seal_epoch=seal.epoch if seal else 0,
            seal_number=seal.number if seal else 0,
            closed_at=current().recorded_at,
        )
    )


def _of_the_past(scope: Scope, night: date) -> Census:
    """The census of a night that is over and of which something is known."""
    if clock.is_forecast(night, ZoneInfo(scope.zone)):
        raise NIGHT_NOT_OVER(night=night.isoformat())
    found = census(scope, night)
    if found.persons is None:
        raise NOTHING_KNOWN(night=night.isoformat())
    return found


@verb(
    "reporting.release_figures",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"night": PLAIN},
    says=_("Figures released"),
)
def release_figures(act: Act, *, release_id: UUID, unit_id: UUID, night: date) -> Release:
    """Give out the figures of a night of a site, an area or a response, suppressed, and remember what was shown.

    Hidden is 1 to 4 and what would give it away, also against what was given out or published of that night before.
    """
    scope = scopes.of_unit(unit_id)
    _of_the_past(scope, night)
    shown = suppressing.part_for(scope, suppressing.plan(scope.response, night))
    return _give_out(release_id, scope, night, shown)


@verb(
    "reporting.print_door",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"night": PLAIN},
    says=_("Door sheet printed"),
)
def print_door(act: Act, *, release_id: UUID, site_id: UUID, night: date) -> Release:
    """Print the page for the door of a site: its total is out from then on, and later releases reckon with it."""
    scope = scopes.of_site(site_id)
    part = census(scope, night).parts[0]
    total = suppressing.door_total(scope, night, part.persons)
    shown: Json = {"rows": [{"id": str(scope.id), "persons": total, "by_sex_age": {}}], "groups": []}
    return _give_out(release_id, scope, night, shown, door=True)


def _give_out(release: UUID, scope: Scope, night: date, shown: Json, *, door: bool = False) -> Release:
    released_at = current().recorded_at
    return rows.add(
        Release(id=release, unit_id=scope.unit, night=night, door=door, shown=shown, released_at=released_at)
    )
