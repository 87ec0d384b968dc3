"""One movement: announced, corrected, its list, its arrival, its end."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.pages import carried_out, done, me
from cobijo.movements import queries, services
from cobijo.movements.forms import LINES, CancelForm, CountForm, ListForm, MovementForm, SeatForm
from cobijo.movements.models import Movement
from cobijo.movements.rules.centres import site_of_centre
from cobijo.movements.types import Direction
from cobijo.movements.views.base import centre_page, note, site_for


@require_http_methods(["GET", "POST"])
@login_required
def announce(request: HttpRequest, site_id: UUID, direction: Direction) -> HttpResponse:
    """Announce an arrival or a departure."""
    site = site_for(request, site_id, Permission.STAY)
    site_of_centre(site_id)
    zone = ZoneInfo(site.zone)
    now = clock.now().astimezone(zone)
    form = MovementForm(direction, zone, request.POST or None, initial={"day": now.date(), "hour": f"{now:%H}:00"})
    made = carried_out(
        request,
        form,
        lambda act: services.announce(
            act, movement_id=form.cleaned_data["new_id"], site_id=site_id, movement=form.movement()
        ),
    )
    if made:
        messages.success(request, _("Announced."))
        return redirect("movements:movement", made[0].pk)
    return centre_page(request, "movements/announce.html", site, "centre", form=form, departs=_departs(direction))


def _departs(direction: str) -> bool:
    return direction == Direction.DEPARTURE


@require_GET
@login_required
def movement(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """A movement with everybody on it: the list of an arrival, the seats of a departure."""
    found, line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id)
    sees = authority.holds(me(request), Permission.SEE_PEOPLE, found.site_id)
    more: dict[str, Any] = {"movement": found, "line": line}
    if line.direction is Direction.DEPARTURE:
        seated = queries.seated_on(me(request), found) if sees else []
        free = queries.without_seat(me(request), found) if sees and line.is_open else []
        more |= {"seated": seated, "form": SeatForm([(one.id, one.label) for one in free]), "free": free}
        note(request, len(seated) + len(free), found.site_id)
        return centre_page(request, "movements/departure.html", site, "centre", **more)
    people = queries.manifest_of(me(request), found) if sees else []
    note(request, len(people), found.site_id)
    more |= {"people": people, "count_form": CountForm(), "hidden": line.listed - len(people) if sees else 0}
    return centre_page(request, "movements/arrival.html", site, "centre", **more)


@require_POST
@login_required
def arrive(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """The movement is here."""
    queries.movement_for(me(request), movement_id)
    form = CountForm(request.POST)
    persons = form.cleaned_data.get("persons") if form.is_valid() else None
    done(
        request,
        lambda act: services.arrive(act, movement_id=movement_id, persons=persons),
        _("Arrived. Whoever is registered next stands on the board."),
    )
    return redirect("movements:movement", movement_id)


@require_POST
@login_required
def close(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Everybody of the movement is accounted for."""
    queries.movement_for(me(request), movement_id)
    done(request, lambda act: services.close_movement(act, movement_id=movement_id), _("Closed."))
    return redirect("movements:movement", movement_id)


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """The movement does not come, or does not leave."""
    found, line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id, Permission.MANAGE_SITE)
    form = CancelForm(request.POST or None)
    if carried_out(
        request, form, lambda act: services.cancel(act, movement_id=movement_id, why=form.cleaned_data["why"])
    ):
        messages.success(request, _("Cancelled."))
        return redirect("movements:movement", movement_id)
    return centre_page(request, "movements/cancel.html", site, "centre", form=form, movement=found, line=line)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Correct what was announced."""
    found, line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id, Permission.STAY)
    form = MovementForm(line.direction, ZoneInfo(site.zone), request.POST or None, initial=_as_announced(found))
    if carried_out(
        request, form, lambda act: services.change_movement(act, movement_id=movement_id, movement=form.movement())
    ):
        messages.success(request, _("Corrected."))
        return redirect("movements:movement", movement_id)
    context: dict[str, Any] = {"form": form, "departs": _departs(line.direction), "movement": found, "line": line}
    return centre_page(request, "movements/announce.html", site, "centre", **context)


def _as_announced(found: Movement) -> dict[str, Any]:
    local = found.expected_at.astimezone(ZoneInfo(found.site.zone))
    names = ("kind", "reference", "country", "place", "organisation", "seats", "persons")
    return {name: getattr(found, name) for name in names} | {"day": local.date(), "hour": f"{local:%H:%M}"}


@require_http_methods(["GET", "POST"])
@login_required
def type_list(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Type a few lines of a manifest."""
    found, line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id, Permission.STAY)
    form = ListForm(line.listed + 1, request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.list_travellers(act, movement_id=movement_id, travellers=form.travellers()),
    ):
        messages.success(request, _("Listed. Go on with the next lines, or back to the arrival."))
        return redirect("movements:type_list", movement_id)
    context: dict[str, Any] = {"form": form, "movement": found, "line": line, "many": LINES}
    return centre_page(request, "movements/type_list.html", site, "centre", **context)


@require_POST
@login_required
def drop(request: HttpRequest, movement_id: UUID, traveller_id: UUID) -> HttpResponse:
    """Take a line out of a list."""
    queries.movement_for(me(request), movement_id)
    done(request, lambda act: services.drop_traveller(act, traveller_id=traveller_id), _("The line is taken out."))
    return redirect("movements:movement", movement_id)
