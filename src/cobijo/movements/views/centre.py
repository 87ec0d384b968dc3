"""A centre: its movements, the calls that are due, its settings."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts import queries as accounts
from cobijo.accounts.types import Permission
from cobijo.core.pages import carried_out, done, me
from cobijo.movements import queries, services
from cobijo.movements.forms import CentreForm
from cobijo.movements.rules.centres import centre_at, site_of_centre
from cobijo.movements.types import CallOutcome, Direction
from cobijo.movements.views.base import centre_page, note, site_for


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Straight to the centre where there is one, or a choice of centres."""
    authority.require_anywhere(me(request), Permission.SEE_FIGURES)
    found = list(queries.centres_of(me(request), Permission.SEE_FIGURES))
    if len(found) == 1:
        return redirect("movements:centre", found[0])
    names = sorted(accounts.unit_names(found).items(), key=lambda pair: pair[1])
    return render(request, "movements/choose.html", {"centres": names})


@require_GET
@login_required
def centre(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Who arrives at a centre and what leaves it: open, and of the last days."""
    site = site_for(request, site_id)
    found = queries.movements_of(me(request), site_id)
    arrivals = [one for one in found if one.direction is Direction.ARRIVAL]
    departures = [one for one in found if one.direction is Direction.DEPARTURE]
    return centre_page(request, "movements/centre.html", site, "centre", arrivals=arrivals, departures=departures)


@require_GET
@login_required
def calls(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The calls people agreed to, the longest due first."""
    site = site_for(request, site_id, Permission.SEE_PEOPLE)
    found = queries.calls_due(me(request), site)
    note(request, len(found), site_id)
    return centre_page(request, "movements/calls.html", site, "calls", calls=found, outcomes=CallOutcome.choices)


@require_POST
@login_required
def called(request: HttpRequest, site_id: UUID, call_id: UUID) -> HttpResponse:
    """How a call went."""
    site_for(request, site_id, Permission.SEE_PEOPLE)
    said = request.POST.get("outcome", "")
    outcome = CallOutcome(said) if said in CallOutcome.values else None
    if outcome is None:
        messages.warning(request, _("Say how the call went."))
        return redirect("movements:calls", site_id)
    done(request, lambda act: services.record_call(act, call_id=call_id, outcome=outcome), _("The call is noted."))
    return redirect("movements:calls", site_id)


@require_http_methods(["GET", "POST"])
@login_required
def settings(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Which stations a centre has, and its hours and days."""
    site = site_for(request, site_id, Permission.MANAGE_SITE)
    site_of_centre(site_id)
    now = centre_at(site_id)
    start = {
        "station_codes": now.stations, "child_hours": now.child_hours, "call_after_days": now.call_after_days,
    }  # fmt: skip
    form = CentreForm(request.POST or None, initial=start)
    given = ("station_codes", "child_hours", "call_after_days")
    if carried_out(
        request,
        form,
        lambda act: services.set_centre(act, site_id=site_id, **{name: form.cleaned_data[name] for name in given}),
    ):
        messages.success(request, _("The centre is set up so."))
        return redirect("movements:settings", site_id)
    return centre_page(request, "movements/settings.html", site, "settings", form=form)
