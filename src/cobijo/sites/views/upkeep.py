"""What is to be done at a site: its tasks, and the lists of opening and closing."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND
from cobijo.core.ids import uuid7
from cobijo.core.pages import carried_out, done, me
from cobijo.sites import queries, services
from cobijo.sites.access import get_for
from cobijo.sites.incidents.models import Incident
from cobijo.sites.rules.owners import owners_at
from cobijo.sites.standards.norms import indicators
from cobijo.sites.standards.queries import standing
from cobijo.sites.types import SiteStatus
from cobijo.sites.upkeep.forms import SettleForm, TaskForm
from cobijo.sites.upkeep.queries import list_of, overdue, task_for, tasks_of
from cobijo.sites.upkeep.types import Checklist, ItemState, TaskState
from cobijo.sites.views.base import site_for, site_page

_SEES = (Permission.SEE_FIGURES, Permission.REPORT_SITE, Permission.MANAGE_SITE, Permission.RUN_RESPONSE)


@require_GET
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The tasks of a site, the first due on top, and the list of what comes next: opening or closing."""
    site, can = site_for(request, site_id, *_SEES)
    waiting, settled = tasks_of(me(request), site_id)
    today = clock.today(queries.zone_of(site))
    is_open = queries.status_of(site) is SiteStatus.OPEN
    lists = [(which, list_of(site_id, which)) for which in (Checklist if not is_open else reversed(Checklist))]
    more = {
        "waiting": waiting,
        "settled": settled,
        "today": today,
        "overdue": overdue(waiting, today),
        "lists": [(which, lines, sum(line.is_open for line in lines)) for which, lines in lists],
        "actor": me(request),
    }
    return site_page(request, "sites/upkeep/tasks.html", site, can, "tasks", **more)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Set a task, from an indicator below its norm or from an incident."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    indicator = indicators().get(request.GET.get("indicator", ""))
    incident = _incident(request)
    gap = next((one for one in standing(site).gaps if one.indicator == indicator), None) if indicator else None
    first = gap.suggestion or gap.indicator.name if gap else indicator.name if indicator else ""
    form = TaskForm(owners_at(site_id), request.POST or None, initial={"what": first})
    code, incident_id = indicator.code if indicator else "", incident.pk if incident else None
    if carried_out(
        request,
        form,
        lambda act: services.set_task(
            act, task_id=form.cleaned_data["new_id"], site_id=site_id, task=form.task(code, incident_id)
        ),
    ):
        messages.success(request, _("The task was set."))
        return redirect("sites:tasks", site_id)
    more = {"form": form, "indicator": indicator, "incident": incident}
    return site_page(request, "sites/upkeep/new.html", site, can, "tasks", **more)


def _incident(request: HttpRequest) -> Incident | None:
    said = request.GET.get("incident", "")
    try:
        return get_for(me(request), Incident, UUID(said)) if said else None
    except ValueError:
        raise NOT_FOUND() from None


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: HttpRequest, site_id: UUID, task_id: UUID) -> HttpResponse:
    """Say that a task is done, or dropped."""
    site, can = site_for(request, site_id)
    task = task_for(me(request), site_id, task_id)
    if task is None:
        raise NOT_FOUND()
    if task.owner_id != me(request):
        site_for(request, site_id, Permission.MANAGE_SITE)
    form = SettleForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.settle_task(
            act, task_id=task_id, state=form.cleaned_data["state"], outcome=form.cleaned_data["outcome"]
        ),
    ):
        messages.success(request, _("The task is settled."))
        return redirect("sites:tasks", site_id)
    more = {"form": form, "task": task, "is_open": task.state == TaskState.OPEN}
    return site_page(request, "sites/upkeep/settle.html", site, can, "tasks", **more)


@require_POST
@login_required
def tick(request: HttpRequest, site_id: UUID, checklist: str, item: str) -> HttpResponse:
    """Say how an item of a list stands."""
    site_for(request, site_id, Permission.MANAGE_SITE)
    state = request.POST.get("state", "")
    if checklist not in Checklist.values or state not in ItemState.values:
        raise NOT_FOUND()
    done(
        request,
        lambda act: services.tick_item(
            act,
            tick_id=uuid7(),
            site_id=site_id,
            checklist=Checklist(checklist),
            item=item,
            state=ItemState(state),
        ),
        _("Kept."),
    )
    return redirect("sites:tasks", site_id)
