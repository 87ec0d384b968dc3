"""The pages of a census: of a response, an area or a group of sites, and of one site."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import wording
from cobijo.core.ids import uuid7
from cobijo.core.pages import done, me
from cobijo.reporting import access, drawing, nights, saying, services, showing, suppressing
from cobijo.reporting.census import census
from cobijo.reporting.scopes import path_of
from cobijo.reporting.series import series
from cobijo.reporting.types import ScopeKind
from cobijo.reporting.views.asking import night_for, scope_for, scopes_of


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Straight to the figures there are for this reader, or a choice where there are several."""
    authority.require_anywhere(me(request), Permission.SEE_FIGURES)
    found = scopes_of(me(request))
    if len(found) == 1:
        night = request.GET.get("night", "")
        address = reverse("reporting:scope", args=[path_of(found[0]), found[0].id])
        return redirect(f"{address}?night={nights.read(night)}" if night else address)
    choices = [(one, path_of(one)) for one in found]
    return render(request, "reporting/choose.html", {"choices": choices})


@require_GET
@login_required
def scope(request: HttpRequest, path: str, scope_id: UUID) -> HttpResponse:
    """The census of a night: who slept there, what the total is made of, what others published."""
    asked = scope_for(request, path, scope_id)
    if asked.kind is ScopeKind.SITE and path != "sites":
        return redirect("reporting:scope", "sites", asked.id)
    found = census(asked, night_for(request, asked))
    if asked.kind is ScopeKind.SITE:
        return render(request, "reporting/site.html", showing.site_page(me(request), found))
    return render(request, "reporting/sites.html", showing.sites_page(me(request), found, request.GET.get("page")))


@require_GET
@login_required
def days(request: HttpRequest, path: str, scope_id: UUID) -> HttpResponse:
    """Persons registered night by night: a part of a page for the script, a page of its own without one."""
    asked = scope_for(request, path, scope_id)
    night = night_for(request, asked)
    found = series(asked, night)
    part = request.headers.get("HX-Request") == "true"
    context = {
        "scope": asked,
        "night": night,
        "series": found,
        "drawn": drawing.draw(found),
        "title": saying.series_finding(found) if found.nights else "",
        "back": reverse("reporting:scope", args=[path, scope_id]) + f"?night={night}",
    }
    response = render(request, "reporting/parts/series.html" if part else "reporting/days.html", context)
    response.headers["Vary"] = "HX-Request"
    return response


# --- deciding --------------------------------------------------------------------------------------------------------


@require_POST
@login_required
def close(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Settle a night of a site."""
    asked = scope_for(request, "sites", site_id)
    night = night_for(request, asked)
    done(
        request,
        lambda act: services.close_night(act, closed_id=uuid7(), site_id=site_id, night=night),
        _("The night of {night} is closed.").format(night=wording.day(night)),
    )
    return redirect(reverse("reporting:scope", args=["sites", site_id]) + f"?night={night}")


@require_POST
@login_required
def release(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Give out the figures of a night, suppressed."""
    asked = scope_for(request, "units", unit_id)
    night = night_for(request, asked)
    if access.may_publish(me(request), asked):
        suppressing.plan(asked.response, night)  # searched for here, the verb finds it and holds nobody up
    done(
        request,
        lambda act: services.release_figures(act, release_id=uuid7(), unit_id=unit_id, night=night),
        _("The figures of {night} are ready to be passed on.").format(night=wording.day(night)),
    )
    return redirect(reverse("reporting:scope", args=[path_of(asked), unit_id]) + f"?night={night}#released")
