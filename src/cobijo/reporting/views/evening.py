"""The page of the evening sheet: read it, sign it, print it, and copy its message."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.core.ids import uuid7
from cobijo.core.pages import act_of, carried_out, me
from cobijo.reporting import access, scopes, services
from cobijo.reporting.evening import prints
from cobijo.reporting.evening.forms import SheetForm
from cobijo.reporting.evening.gathering import gather
from cobijo.reporting.evening.models import EveningSheet
from cobijo.reporting.evening.sections import sections
from cobijo.reporting.evening.types import SheetKind
from cobijo.reporting.views.asking import night_for, scope_for
from cobijo.reporting.views.files import pdf_of

LATEST = 7


@require_http_methods(["GET", "POST"])
@login_required
def evening(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The sheet as it stands now; whoever manages the site signs it."""
    asked = scope_for(request, "sites", site_id)
    before = access.visible_to(me(request), EveningSheet.objects.filter(site=site_id)).order_by("-number")
    last = before.first()
    first: dict[str, Any] = {"kind": SheetKind.PROGRESS if last else SheetKind.INITIAL}
    first |= {"signed_post": last.signed_post, "phone": last.phone} if last else {}
    may_sign = access.may_close(me(request), asked)
    form = SheetForm(request.POST or None, initial=first) if may_sign else None
    if form is not None and (
        signed := carried_out(
            request,
            form,
            lambda act: services.sign_sheet(
                act, sheet_id=form.cleaned_data["new_id"], site_id=site_id, sheet=form.sheet()
            ),
        )
    ):
        messages.success(request, _("Sheet {number} is signed.").format(number=signed[0].number))
        return redirect(reverse("reporting:evening", args=[site_id]) + "#signed")
    found, team = gather(site_id), access.sees_people(me(request), asked)
    context = {
        "scope": asked,
        "evening": found,
        "sections": [one for one in sections(found) if (team or not one.desk) and (one.rows or one.sentences)],
        "form": form,
        "sheets": list(before[:LATEST]),
        "may_hang_up": access.may_hang_up(me(request), asked),
    }
    return render(request, "reporting/evening.html", context)


@require_POST
@login_required
def message(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The text to paste into a message; from then on its total is out."""
    asked = scope_for(request, "sites", site_id)
    night = night_for(request, asked)
    released = services.write_message(act_of(request), release_id=uuid7(), site_id=site_id, night=night)
    return render(request, "reporting/message.html", {"scope": asked, "message": released.shown["message"]})


@require_GET
@login_required
def draft(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The sheet on paper as it stands now."""
    asked = scope_for(request, "sites", site_id)
    found = gather(site_id)
    content = prints.draft(me(request), str(getattr(request.user, "name", "")), found)
    return pdf_of(content, f"evening-{asked.code}-{found.night.isoformat()}-draft.pdf")


@require_GET
@login_required
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """A sheet on paper as it was signed."""
    found = access.get_for(me(request), EveningSheet, sheet_id)
    asked = scopes.of_site(found.site_id)
    content = prints.signed(me(request), str(getattr(request.user, "name", "")), asked, found)
    return pdf_of(content, f"evening-{asked.code}-{found.night.isoformat()}-{found.number}.pdf")
