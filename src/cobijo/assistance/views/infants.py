"""Infants fed with formula: the health worker's own list, and the assessment of one."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.assistance import queries, services
from cobijo.assistance.forms import AssessForm
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.pages import carried_out, done, me
from cobijo.people import access as people_access
from cobijo.people.queries import lines

LISTED = "assistance.formulaassessment"


@require_GET
@login_required
def infants(request: HttpRequest) -> HttpResponse:
    """The infants I look after who are fed with formula."""
    authority.require_anywhere(me(request), Permission.HEALTH)
    found = queries.infants_for(me(request))
    if found:
        log_reading(me(request), ReadingKind.LIST, LISTED, people=len(found))
    return render(request, "assistance/infants.html", {"infants": found})


@require_http_methods(["GET", "POST"])
@login_required
def assess(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say that an infant is fed with formula, and which."""
    people_access.require_held(me(request), [person_id])
    if not people_access.holds_for(me(request), Permission.HEALTH, person_id):
        raise NOT_ALLOWED()
    form = AssessForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.assess_infant(
            act, assessment_id=form.cleaned_data["new_id"], person_id=person_id, kind=form.cleaned_data["kind"]
        ),
    ):
        messages.success(request, _("Assessed. Tomorrow's order reckons with it."))
        return redirect("web:person", person_id)
    [line] = lines(me(request), [person_id])
    standing = queries.assessment_of(me(request), person_id)
    return render(request, "assistance/assess.html", {"form": form, "line": line, "standing": standing})


@require_POST
@login_required
def end(request: HttpRequest, person_id: UUID, assessment_id: UUID) -> HttpResponse:
    """The infant is no longer fed with formula."""
    done(
        request,
        lambda act: services.end_assessment(act, assessment_id=assessment_id),
        _("Ended. Tomorrow's order reckons without it."),
    )
    return redirect("web:person", person_id)
