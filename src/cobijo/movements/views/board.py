"""The live board: clerks take people at their station and let them go on; it asks anew every five seconds."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts.types import Permission
from cobijo.core.errors import DomainError, Ground
from cobijo.core.ids import uuid7
from cobijo.core.pages import act_of, me
from cobijo.movements import queries, services, stations
from cobijo.movements.types import VisitOutcome
from cobijo.movements.views.base import centre_page, note, site_for


@require_GET
@login_required
def board(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Everybody at the centre by station, or one station at which I work."""
    site = site_for(request, site_id, Permission.SEE_PEOPLE)
    found = queries.board(me(request), site)
    asked = request.GET.get("station", "")
    mine = next((column for column in found.columns if column.station.code == asked), None)
    people = sum(len(column.waiting) + len(column.at) for column in ([mine] if mine else found.columns))
    part = request.headers.get("HX-Request") == "true"
    if not part or request.GET.get("n") != str(people):
        note(request, people, site_id)
    address = reverse("movements:board", args=[site_id])
    context: dict[str, Any] = {
        "board": found,
        "mine": mine,
        "poll": f"{address}?station={mine.station.code if mine else ''}&n={people}",
        "columns": [mine] if mine else found.columns,
    }
    return centre_page(request, f"movements/{'parts/board' if part else 'board'}.html", site, "board", **context)


def _back(site_id: UUID, station: str) -> HttpResponse:
    known = station in stations.stations()
    return redirect(reverse("movements:board", args=[site_id]) + (f"?station={station}" if known else ""))


@require_POST
@login_required
def take(request: HttpRequest, site_id: UUID, traveller_id: UUID, station: str) -> HttpResponse:
    """Take somebody at a station. Whom a colleague was quicker to take is said, and the board is as it is now."""
    site_for(request, site_id, Permission.SEE_PEOPLE)
    try:
        services.begin_station(act_of(request), visit_id=uuid7(), traveller_id=traveller_id, station=station)
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING:
            raise
        messages.warning(request, refusal.sentence)
        return _back(site_id, station)
    _traveller, line = queries.traveller_for(me(request), traveller_id)
    if station == stations.REGISTRATION:
        return redirect("movements:receive", line.movement, traveller_id)
    if station == stations.INTERVIEW:
        return redirect("movements:return", traveller_id)
    return _back(site_id, station)


@require_POST
@login_required
def end(request: HttpRequest, site_id: UUID, visit_id: UUID) -> HttpResponse:
    """Let somebody go on from a station."""
    site_for(request, site_id, Permission.SEE_PEOPLE)
    said = request.POST.get("outcome", "")
    outcome = VisitOutcome(said) if said in VisitOutcome.values else VisitOutcome.DONE
    try:
        services.end_station(act_of(request), visit_id=visit_id, outcome=outcome)
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING:
            raise
        messages.warning(request, refusal.sentence)
    else:
        messages.success(request, _("Noted."))
    return _back(site_id, request.POST.get("station", ""))
