"""The pages of lists of people: ask, agree or refuse, take a copy, and see who has one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError, Ground
from cobijo.core.ids import uuid7
from cobijo.core.pages import act_of, carried_out, done, file_answer, me
from cobijo.core.verbs import Act
from cobijo.reporting.people import files, forms, queries, services
from cobijo.reporting.people.models import PeopleExport
from cobijo.reporting.people.types import DAYS_OPEN, ListForm
from cobijo.sites import services as sites
from cobijo.sites.queries import responses_run_by, scopes

_asks = require_http_methods(["GET", "POST"])


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The lists of my sites, and for who runs a response up to how many people one person takes alone."""
    found = authority.authority(me(request))
    may_ask = found.has(Permission.EXPORT_PEOPLE)
    if not (may_ask or found.has(Permission.AUDIT) or found.has(Permission.RUN_RESPONSE)):
        raise NOT_ALLOWED()
    context = {
        "exports": queries.exports_for(me(request)),
        "may_ask": may_ask,
        "sees": may_ask or found.has(Permission.AUDIT),
        "responses": [scopes.response(one) for one, _name in responses_run_by(me(request))],
    }
    return render(request, "reporting/people/index.html", context)


@_asks
@login_required
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a list."""
    authority.require_anywhere(me(request), Permission.EXPORT_PEOPLE)
    form = forms.AskForm(me(request), request.POST or None, initial={"site": request.GET.get("site", "")})
    asked = carried_out(request, form, lambda act: _asked(act, form))
    if asked:
        if asked[0].needs_second:
            messages.success(request, _("The list is asked for. A second person looks at it first; they were told."))
        else:
            messages.success(request, _("The list is ready: take your copy."))
        return redirect("exports:export", asked[0].pk)
    return render(request, "reporting/people/ask.html", {"form": form, "days": DAYS_OPEN})


def _asked(act: Act, form: forms.AskForm) -> PeopleExport:
    given = form.cleaned_data
    return services.ask_export(
        act,
        export_id=given["new_id"],
        site_id=given["site"],
        what=given["what"],
        purpose=given["purpose"],
        reason=given["reason"],
    )


@require_GET
@login_required
def export(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """One list: its reason, its copies, and what is to be done with it."""
    row, reason, copies = queries.export_for(me(request), export_id)
    return render(request, "reporting/people/export.html", {"row": row, "reason": reason, "copies": copies})


@require_POST
@login_required
def approve(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Agree to a list as a second person."""
    done(request, lambda act: services.approve_export(act, export_id=export_id), _("The list can be taken now."))
    return redirect("exports:export", export_id)


@require_POST
@login_required
def refuse(request: HttpRequest, export_id: UUID) -> HttpResponse:
    """Refuse a list as a second person."""
    done(request, lambda act: services.refuse_export(act, export_id=export_id), _("The list is refused."))
    return redirect("exports:export", export_id)


@require_POST
@login_required
def take(request: HttpRequest, export_id: UUID, form: str) -> HttpResponse:
    """Take a copy: the answer is the file, made now."""
    if form not in ListForm.values:
        raise Http404
    try:
        copy = services.take_copy(act_of(request), export_id=export_id, copy_id=uuid7())
    except DomainError as refusal:
        if refusal.ground is Ground.MISSING:
            raise
        messages.warning(request, refusal.sentence)
        return redirect("exports:export", export_id)
    file = files.made(me(request), copy, ListForm(form))
    return file_answer(file.content, file.kind, file.name)


@_asks
@login_required
def limit(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Say up to how many people one person takes a list alone."""
    authority.require(me(request), Permission.RUN_RESPONSE, response_id)
    response = scopes.response(response_id)
    if response is None:
        raise NOT_FOUND()
    form = forms.LimitForm(request.POST or None, initial={"people": response.export_alone})
    if carried_out(
        request,
        form,
        lambda act: sites.set_export_alone(act, response_id=response_id, people=form.cleaned_data["people"]),
    ):
        messages.success(request, _("The number is set."))
        return redirect("exports:index")
    return render(request, "reporting/people/limit.html", {"form": form, "response": response})
