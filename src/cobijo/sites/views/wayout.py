"""The pages about ways out: of one household, and of all of a site."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cobijo.accounts.types import Permission
from cobijo.core.pages import carried_out, me
from cobijo.people.access import require_held_household
from cobijo.sites import queries, services
from cobijo.sites.views.base import is_closing, log_list, site_for, site_page
from cobijo.sites.wayout.forms import WayOutForm
from cobijo.sites.wayout.models import WayOut


@require_GET
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The households of a site with their ways out, those without one first."""
    site, can = site_for(request, site_id, Permission.SEE_PEOPLE)
    homes = queries.homes_at(me(request), site)
    log_list(request, site, sum(home.persons for home in homes))
    return site_page(request, "sites/ways_out.html", site, can, "people", homes=homes, outlook=queries.outlook(site))


@login_required
def record(request: HttpRequest, site_id: UUID, household_id: UUID) -> HttpResponse:
    """Record what is known of a household's way out."""
    site, can = site_for(request, site_id, Permission.STAY, Permission.CASE_WORK)
    require_held_household(me(request), household_id)
    known = queries.way_out_of(me(request), household_id)
    form = WayOutForm(request.POST or None, initial=_initial(known))
    if carried_out(
        request,
        form,
        lambda act: services.record_way_out(
            act,
            way_out_id=form.cleaned_data["new_id"],
            household_id=household_id,
            site_id=site_id,
            way_out=form.way_out(),
        ),
    ):
        messages.success(request, _("Recorded. The earlier answers are kept."))
        return redirect("sites:close", site_id) if is_closing(request) else redirect("web:household", household_id)
    more = {"form": form, "household": household_id, "title": _("Way out"), "act": _("Save")}
    lead = _("How this household gets out of the shelter. Leave what is not known.")
    return site_page(request, "sites/of_household.html", site, can, "people", lead=lead, **more)


def _initial(known: WayOut | None) -> dict[str, object]:
    if known is None:
        return {}
    fields = ("house", "judged_by", "judged_on", "tenure", "intention", "solution", "papers")
    answer = {None: "", True: "yes", False: "no"}[known.accepted]
    return {name: getattr(known, name) for name in fields} | {"accepted": answer}
