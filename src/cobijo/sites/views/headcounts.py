"""A site's own head-count: in one line that is shown back before it is kept, or in a form."""

from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.errors import DomainError
from cobijo.core.pages import carried_out, done, me
from cobijo.sites import headcount_line, queries, services
from cobijo.sites.headcount_forms import HeadcountForm, LineConfirmedForm, LineForm
from cobijo.sites.headcount_line import Understood
from cobijo.sites.models import Site
from cobijo.sites.views.base import site_for, site_page


@login_required
def line(request: HttpRequest) -> HttpResponse:
    """A head-count in one line: typed, shown back, then kept."""
    authority.require_anywhere(me(request), Permission.REPORT_SITE)
    if "confirmed" in request.POST:
        return _confirmed(request)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        try:
            site, understood = _read(request, form.cleaned_data["line"], now)
        except DomainError as refusal:
            form.add_error("line", refusal.sentence)
        else:
            again = LineConfirmedForm(initial={"line": form.cleaned_data["line"], "read_at": now.timestamp()})
            return _shown_back(request, again, site, understood)
    return render(request, "sites/line.html", {"form": form})


def _read(request: HttpRequest, typed: str, now: datetime) -> tuple[Site, Understood]:
    said = headcount_line.take_apart(typed)
    site = queries.resolve_site(me(request), said.site)
    authority.require(me(request), Permission.REPORT_SITE, site.pk)
    return site, headcount_line.understand(typed, said, site.response.country, ZoneInfo(site.zone), now)


def _shown_back(request: HttpRequest, form: LineConfirmedForm, site: Site, understood: Understood) -> HttpResponse:
    context = {
        "form": form,
        "site": site,
        "zone": ZoneInfo(site.zone),
        "understood": understood,
        "parts": queries.cells_in_words(understood.headcount.cells),
    }
    return render(request, "sites/line_confirm.html", context)


def _confirmed(request: HttpRequest) -> HttpResponse:
    form = LineConfirmedForm(request.POST)
    if not form.is_valid():
        return redirect("sites:headcount-line")
    given = form.cleaned_data
    site, understood = _read(request, given["line"], datetime.fromtimestamp(given["read_at"], UTC))
    headcount = headcount_line.with_source(understood.headcount, given["method"], given["informant_post"])
    if not carried_out(
        request,
        form,
        lambda act: services.report_headcount(act, report_id=given["new_id"], site_id=site.pk, headcount=headcount),
    ):
        return _shown_back(request, form, site, understood)
    messages.success(request, _("The head-count of {site} was kept.").format(site=site.unit.name))
    return redirect("sites:headcount-line")


# --- the form of a site ----------------------------------------------------------------------------------------------


@login_required
def headcount(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Report a head-count of one site, and see the last ones."""
    site, can = site_for(request, site_id, Permission.REPORT_SITE)
    zone = ZoneInfo(site.zone)
    now = clock.now().astimezone(zone)
    first = {"day": now.date(), "hour": now.time().replace(second=0, microsecond=0)}
    form = HeadcountForm(queries.bands_counted(site), request.POST or None, initial=first)
    if carried_out(
        request,
        form,
        lambda act: services.report_headcount(
            act, report_id=form.cleaned_data["new_id"], site_id=site_id, headcount=form.headcount(zone)
        ),
    ):
        messages.success(request, _("The head-count was kept. It stands beside what is registered."))
        return redirect("sites:headcount", site_id)
    reports = queries.reports_of(site)
    return site_page(request, "sites/headcount.html", site, can, "headcount", form=form, reports=reports)


@require_POST
@login_required
def void(request: HttpRequest, site_id: UUID, report_id: UUID) -> HttpResponse:
    """Take a mistaken head-count out."""
    site_for(request, site_id, Permission.REPORT_SITE)
    done(request, lambda act: services.void_report(act, report_id=report_id), _("The head-count was taken out."))
    return redirect("sites:headcount", site_id)
