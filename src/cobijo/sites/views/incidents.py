"""Incidents of a site: its log, one of them, and how it is seen to."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.pages import carried_out, me
from cobijo.sites import queries, services
from cobijo.sites.incidents.forms import FollowForm, IncidentForm
from cobijo.sites.incidents.queries import Full, incident_for, incidents_of
from cobijo.sites.incidents.types import IncidentState
from cobijo.sites.rules.owners import owners_at
from cobijo.sites.upkeep.models import Task
from cobijo.sites.upkeep.types import TaskState
from cobijo.sites.views.base import site_for, site_page

_SEES = (Permission.SEE_PEOPLE, Permission.MANAGE_SITE)
_RECORDS = (Permission.MANAGE_SITE, Permission.STAY, Permission.CASE_WORK)


@require_GET
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The incidents of a site that the reader may see; what happened is read one by one."""
    site, can = site_for(request, site_id, *_SEES)
    waiting, closed = incidents_of(me(request), site_id)
    records = any(authority.holds(me(request), one, site_id) for one in _RECORDS)
    more = {"waiting": waiting, "closed": closed, "records": records}
    return site_page(request, "sites/incidents/list.html", site, can, "incidents", **more)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Write an incident down."""
    site, can = site_for(request, site_id, *_RECORDS)
    form = IncidentForm(queries.space_tree(site_id), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.record_incident(
            act, incident_id=form.cleaned_data["new_id"], site_id=site_id, incident=form.incident()
        ),
    ):
        messages.success(request, _("The incident was written down."))
        return redirect("sites:incident", form.cleaned_data["new_id"])
    return site_page(request, "sites/incidents/new.html", site, can, "incidents", form=form)


@require_http_methods(["GET", "POST"])
@login_required
def incident(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """An incident with its words, and how it is seen to."""
    full = incident_for(me(request), incident_id)
    found = full.incident
    site, can = site_for(request, found.site_id)
    follows = (
        found.owner_id == me(request) or can.manage or authority.holds(me(request), Permission.CASE_WORK, found.site_id)
    )
    form = FollowForm(owners_at(found.site_id), request.POST or None, initial=_of(full)) if follows else None
    if form is not None and carried_out(
        request, form, lambda act: services.follow_incident(act, incident_id=incident_id, follow=form.follow())
    ):
        messages.success(request, _("Kept."))
        return redirect("sites:incident", incident_id)
    log_reading(
        me(request), ReadingKind.OPEN, "sites.incident", incident_id, people=len(full.people), unit=found.site_id
    )
    tasks = Task.objects.filter(incident=found, state=TaskState.OPEN).order_by("due_on")
    more = {"full": full, "incident": found, "form": form, "tasks": tasks}
    return site_page(request, "sites/incidents/incident.html", site, can, "incidents", **more)


def _of(full: Full) -> dict[str, object]:
    found = full.incident
    return {
        "owner": found.owner_id,
        "due_on": found.due_on,
        "told": found.told,
        "outcome": full.outcome,
        "lesson": full.lesson,
        "closed": found.state == IncidentState.CLOSED,
    }
