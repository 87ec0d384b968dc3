"""Seats of a departure: given, boarded, not used; the list that is signed."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts.types import Permission
from cobijo.core.ids import uuid7
from cobijo.core.pages import PDF, done, file_answer, me
from cobijo.movements import queries, services
from cobijo.movements.prints import passengers_pdf
from cobijo.movements.views.base import note, site_for


@require_POST
@login_required
def give(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Give somebody a seat."""
    queries.movement_for(me(request), movement_id)
    who, seat = request.POST.get("traveller", ""), request.POST.get("seat", "").strip()
    try:
        traveller = UUID(who)
    except ValueError:
        return redirect("movements:movement", movement_id)
    done(
        request,
        lambda act: services.assign_seat(
            act,
            passenger_id=uuid7(),
            movement_id=movement_id,
            traveller_id=traveller,
            seat=int(seat) if seat.isdigit() and 0 < int(seat) <= 2_000 else None,
            destination=request.POST.get("destination", "").strip()[:240],
        ),
        _("The seat is given."),
    )
    return redirect("movements:movement", movement_id)


@require_POST
@login_required
def board(request: HttpRequest, movement_id: UUID, passenger_id: UUID) -> HttpResponse:
    """Somebody sits in the vehicle."""
    queries.movement_for(me(request), movement_id)
    done(request, lambda act: services.board(act, passenger_id=passenger_id), _("Aboard."))
    return redirect("movements:movement", movement_id)


@require_POST
@login_required
def no_show(request: HttpRequest, movement_id: UUID, passenger_id: UUID) -> HttpResponse:
    """Somebody with a seat does not travel."""
    queries.movement_for(me(request), movement_id)
    done(request, lambda act: services.no_show(act, passenger_id=passenger_id), _("The seat is free again."))
    return redirect("movements:movement", movement_id)


@require_POST
@login_required
def depart(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """The departure leaves with those aboard."""
    queries.movement_for(me(request), movement_id)
    done(request, lambda act: services.depart(act, movement_id=movement_id), _("It has left."))
    return redirect("movements:movement", movement_id)


@require_GET
@login_required
def passengers_print(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """The list of a departure on paper, a line to sign for each."""
    found, line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id, Permission.SEE_PEOPLE)
    seated = queries.seated_on(me(request), found)
    note(request, len(seated), found.site_id)
    name = f"passengers-{site.code}-{found.expected_at.date().isoformat()}.pdf"
    return file_answer(passengers_pdf(site, line, seated), PDF, name, inline=True)
