"""The page of what is kept and for how long, for who runs a response: in numbers, nobody by name."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.ids import uuid7
from cobijo.core.pages import carried_out, done, me
from cobijo.people import services
from cobijo.people.retention import forms, queries
from cobijo.people.retention.types import DEFAULTS, RuleFor


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The rules of my responses, and what they would do now."""
    authority.require_anywhere(me(request), Permission.RUN_RESPONSE)
    return render(request, "people/retention/index.html", {"responses": queries.retention_for(me(request))})


@require_POST
@login_required
def preview(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Look at what would be done, so that a rule can be switched on."""
    said = _("This is what the rules would do now. Nothing was changed.")
    done(request, lambda act: services.preview_retention(act, run_id=uuid7(), unit_id=unit_id), said)
    return redirect("people:retention")


@require_http_methods(["GET", "POST"])
@login_required
def rule(request: HttpRequest, unit_id: UUID, category: str) -> HttpResponse:
    """Set one rule of a response."""
    authority.require(me(request), Permission.RUN_RESPONSE, unit_id)
    if category not in RuleFor.values:
        raise Http404
    of = RuleFor(category)
    row = next(one for one in queries.rules_at(unit_id) if one.rule is of)
    form = forms.RuleForm(request.POST or None, initial={"days": row.days, "on": row.on})
    if carried_out(
        request,
        form,
        lambda act: services.set_retention(
            act,
            rule_id=form.cleaned_data["new_id"],
            unit_id=unit_id,
            category=of,
            days=form.cleaned_data["days"],
            on=form.cleaned_data["on"],
        ),
    ):
        return redirect("people:retention")
    context = {"form": form, "row": row, "least": DEFAULTS[of].least}
    return render(request, "people/retention/rule.html", context)
