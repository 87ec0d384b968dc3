"""What is in store, and the slips by which it comes and goes."""

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.assistance import catalogue, queries, services
from cobijo.assistance.forms import SlipForm
from cobijo.assistance.prints import slip_pdf
from cobijo.assistance.types import SlipKind
from cobijo.assistance.views.base import site_for, store_page
from cobijo.core.pages import PDF, carried_out, done, file_answer, me
from cobijo.sites.queries import sites_for

ON_A_PAGE: Final = 30
_VERBS: Final[Mapping[SlipKind, Callable[..., Any]]] = {
    SlipKind.RECEIVED: services.receive_goods,
    SlipKind.GIVEN: services.give_goods,
    SlipKind.COUNTED: services.count_store,
    SlipKind.LOST: services.lose_goods,
}


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Straight to the store where there is one, or a choice of sites."""
    authority.require_anywhere(me(request), Permission.SEE_FIGURES)
    lines, _total = sites_for(me(request))
    if len(lines) == 1:
        return redirect("assistance:store", lines[0].id)
    return render(request, "assistance/choose.html", {"lines": lines})


@require_GET
@login_required
def store(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """What the book says is there, by shelf."""
    site = site_for(request, site_id)
    shelves = queries.shelves(site_id)
    told = [
        line for _kind, lines in shelves for line in lines
        if line.stock.there > 0 and line.item in catalogue.items() and catalogue.items()[line.item].told
    ]  # fmt: skip
    exports = [
        {"url": reverse("assistance:store_file", args=[site_id, form]), "label": form.upper(), "kind": form}
        for form in ("csv", "xlsx")
    ]
    return store_page(request, "assistance/store.html", site, "store", shelves=shelves, told=told, exports=exports)


@require_http_methods(["GET", "POST"])
@login_required
def write(request: HttpRequest, site_id: UUID, kind: SlipKind) -> HttpResponse:
    """Write a slip: goods received, given out, counted or lost."""
    site = site_for(request, site_id, Permission.KEEP_STORE)
    shelf = [line for _kind, lines in queries.shelves(site_id) for line in lines]
    form = SlipForm(kind, shelf, request.POST or None)
    written = carried_out(
        request,
        form,
        lambda act: _VERBS[kind](act, slip_id=form.cleaned_data["new_id"], site_id=site_id, slip=form.slip()),
    )
    if written:
        messages.success(request, _("Slip {code} is written.").format(code=written[0].code))
        return redirect("assistance:slip", site_id, written[0].pk)
    return store_page(request, "assistance/write.html", site, "store", form=form, **_words(kind))


def _words(kind: SlipKind) -> dict[str, str]:
    return {
        SlipKind.RECEIVED: {"heading": _("Receive goods"), "button": _("Write the slip"), "column": _("Received")},
        SlipKind.GIVEN: {"heading": _("Give goods out"), "button": _("Write the slip"), "column": _("Given out")},
        SlipKind.COUNTED: {"heading": _("Count the store"), "button": _("Keep the count"), "column": _("There is")},
        SlipKind.LOST: {"heading": _("Lost or spoiled"), "button": _("Write it off"), "column": _("Lost")},
    }[kind]


# --- slips -----------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def slips(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The slips of a store, the newest first."""
    site = site_for(request, site_id)
    page = Paginator(queries.slips_of(me(request), site_id), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [queries.slip_line(slip) for slip in page.object_list]
    return store_page(request, "assistance/slips.html", site, "slips", page=page, lines=lines)


@require_GET
@login_required
def slip(request: HttpRequest, site_id: UUID, slip_id: UUID) -> HttpResponse:
    """One slip, to be read, printed or taken out."""
    site = site_for(request, site_id)
    found = queries.slip_for(me(request), site_id, slip_id)
    return store_page(request, "assistance/slip.html", site, "slips", slip=found)


@require_GET
@login_required
def slip_print(request: HttpRequest, site_id: UUID, slip_id: UUID) -> HttpResponse:
    """The slip on paper, with lines to sign on."""
    site = site_for(request, site_id)
    found = queries.slip_for(me(request), site_id, slip_id)
    return file_answer(slip_pdf(site, found), PDF, f"slip-{site.code}-{found.code}.pdf", inline=True)


@require_POST
@login_required
def void(request: HttpRequest, site_id: UUID, slip_id: UUID) -> HttpResponse:
    """Take a mistaken slip out."""
    site_for(request, site_id)
    done(request, lambda act: services.void_slip(act, slip_id=slip_id), _("The slip was taken out."))
    return redirect("assistance:slip", site_id, slip_id)
