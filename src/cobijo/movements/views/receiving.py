"""Receiving people of an arrival: those the list expects together, somebody beside it, somebody known already."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.accounts.types import Permission
from cobijo.core.ids import uuid7
from cobijo.core.pages import carried_out, done, me
from cobijo.movements import queries, services
from cobijo.movements.forms import ReceiveForm
from cobijo.movements.models import Movement
from cobijo.movements.types import TravellerIn, TravellerState
from cobijo.movements.views.base import centre_page, note, site_for
from cobijo.people.queries import PaperShown, shown


@require_http_methods(["GET", "POST"])
@login_required
def receive(request: HttpRequest, movement_id: UUID, traveller_id: UUID) -> HttpResponse:
    """Receive somebody the list expects, with whom it says they travel; who may be known already is shown first."""
    found, _line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id, Permission.STAY)
    traveller, line = queries.traveller_for(me(request), traveller_id)
    if traveller.state in (TravellerState.HERE, TravellerState.GONE):
        return redirect("movements:traveller", traveller_id)
    group = queries.group_of(me(request), traveller)
    words = queries.listed_words(group)
    listed = [
        (one.pk, one.subject or uuid7(), words.get(one.pk, {}) | {"travels_with": one.travels_with}) for one in group
    ]
    maybe = queries.may_be(me(request), [(one.pk, words.get(one.pk, {})) for one in group])
    form = ReceiveForm(listed, request.POST or None)
    if (done_with := _received(request, form, found)) is not None:
        return done_with
    note(request, len(group) + sum(len(some) for some in maybe.values()), found.site_id)
    members = [(member, maybe.get(member.traveller, [])) for member in form.groups()]
    context: dict[str, Any] = {"form": form, "movement": found, "line": line, "members": members}
    return centre_page(request, "movements/receive.html", site, "board", **context)


@require_http_methods(["GET", "POST"])
@login_required
def beside(request: HttpRequest, movement_id: UUID) -> HttpResponse:
    """Receive somebody who is not on the list; ``people`` in the address says how many of one household."""
    found, line = queries.movement_for(me(request), movement_id)
    site = site_for(request, found.site_id, Permission.STAY)
    many = request.GET.get("people", "1")
    count = min(max(int(many), 1), 12) if many.isdigit() else 1
    form = ReceiveForm([(uuid7(), uuid7(), {}) for _at in range(count)], request.POST or None)
    if (done_with := _received(request, form, found)) is not None:
        return done_with
    members: list[Any] = [(member, []) for member in form.groups()]
    context: dict[str, Any] = {
        "form": form,
        "movement": found,
        "line": line,
        "members": members,
        "beside": True,
        "count": count,
    }
    return centre_page(request, "movements/receive.html", site, "board", **context)


def _received(request: HttpRequest, form: ReceiveForm, found: Movement) -> HttpResponse | None:
    if request.method != "POST" or not form.is_valid():
        return None
    members = form.members()
    household = form.cleaned_data["household_id"]
    made = carried_out(
        request,
        form,
        lambda act: services.receive_travellers(act, movement_id=found.pk, household_id=household, members=members),
    )
    if made is None:
        return None
    messages.success(request, _("Received. Their card is linked on the page of each person."))
    _say_if_elsewhere(request, members)
    return redirect(reverse("movements:board", args=[found.site_id]) + "?station=registration")


def _say_if_elsewhere(request: HttpRequest, members: list[TravellerIn]) -> None:
    """A document that was seen may be of somebody registered where the reader does not look: only that is said."""
    seen = [PaperShown(one.country, one.kind, one.number) for member in members for one in member.documents if one.seen]
    if seen and any(shown(me(request), seen)):
        messages.warning(
            request, _("A document that was seen is of somebody registered elsewhere. Case workers find out by night.")
        )


@require_POST
@login_required
def known(request: HttpRequest, movement_id: UUID, traveller_id: UUID) -> HttpResponse:
    """Receive somebody by the record they have already."""
    found, _line = queries.movement_for(me(request), movement_id)
    try:
        person = UUID(request.POST.get("person", ""))
    except ValueError:
        messages.warning(request, _("Choose which of the people found this is."))
        return redirect("movements:receive", movement_id, traveller_id)
    done(
        request,
        lambda act: services.receive_known(act, movement_id=movement_id, traveller_id=traveller_id, person_id=person),
        _("Received. Nobody was registered a second time."),
    )
    return redirect(reverse("movements:board", args=[found.site_id]) + "?station=registration")
