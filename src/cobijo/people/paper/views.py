"""The pages of forms: batches, printing, what is still out there. Typing them in is a page of ``web``."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.pages import PDF, carried_out, done, file_answer, me
from cobijo.core.verbs import Act
from cobijo.people.paper import access, forms, prints, queries, services
from cobijo.people.paper.models import PaperBatch, PaperForm

_asks = require_http_methods(["GET", "POST"])


@require_GET
@login_required
def batches(request: HttpRequest) -> HttpResponse:
    """The batches that can be typed in at my sites, and how many forms of each are still out there."""
    authority.require_anywhere(me(request), Permission.REGISTER)
    context = {
        "batches": queries.form_batches_for(me(request)),
        "may_print": authority.authority(me(request)).has(Permission.MANAGE_SITE),
        "may_type": authority.authority(me(request)).has(Permission.STAY),
    }
    return render(request, "people/paper/batches.html", context)


@_asks
@login_required
def print_batch(request: HttpRequest) -> HttpResponse:
    """Make a batch; its page gives the file, as often as it is wanted."""
    authority.require_anywhere(me(request), Permission.MANAGE_SITE)
    form = forms.PrintForm(me(request), request.POST or None)
    made = carried_out(request, form, lambda act: _made(act, form))
    if made is None:
        return render(request, "people/paper/print.html", {"form": form})
    messages.success(request, str(_("The forms have their numbers. Print the file on both sides of the paper.")))
    return redirect("paper:batch", batch_id=made[0].pk)


def _made(act: Act, form: forms.PrintForm) -> PaperBatch:
    given = form.cleaned_data
    return services.print_forms(
        act,
        batch_id=given["new_id"],
        unit_id=given["unit"],
        count=given["count"],
        language=given["language"],
        card_batch_id=given["cards"],
    )


@require_GET
@login_required
def batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One batch: its file, the numbers still out there, those put away."""
    row = queries.form_batch_for(me(request), batch_id)
    found = queries.forms_of(me(request), batch_id)
    context = {
        "row": row,
        "out": [one for one in found if not one.end],
        "ended": [one for one in found if one.end],
    }
    return render(request, "people/paper/batch.html", context)


@require_GET
@login_required
def print_file(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """The forms of a batch, ready to print."""
    found = access.get_for(me(request), PaperBatch, batch_id)
    return file_answer(prints.pdf(found), PDF, f"forms-{found.number}.pdf")


@require_GET
@login_required
def print_one(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """One form once more, for the one that got wet."""
    found = access.get_for(me(request), PaperForm, form_id)
    return file_answer(prints.pdf(found.batch, [found]), PDF, f"form-{found.spoken}.pdf")


@require_POST
@login_required
def void(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Withdraw a batch."""
    said = _("The forms are withdrawn: none of them is typed in any more.")
    done(request, lambda act: services.void_forms(act, batch_id=batch_id), said)
    return redirect("paper:batches")


@_asks
@login_required
def end(request: HttpRequest, form_id: UUID) -> HttpResponse:
    """Say that a form is spoiled, lost or left blank."""
    row = access.get_for(me(request), PaperForm, form_id)
    form = forms.EndForm(request.POST or None)
    if carried_out(
        request, form, lambda act: services.end_form(act, form_id=form_id, reason=form.cleaned_data["reason"])
    ):
        messages.success(request, str(_("The form is put away.")))
        return redirect("paper:batch", batch_id=row.batch_id)
    return render(
        request,
        "people/paper/end.html",
        {"form": form, "row": queries.form_for(me(request), form_id), "batch_id": row.batch_id},
    )
