"""Complaints: writing one down, those of a site, one of them, those addressed to a focal point, and who that is."""

from typing import Any
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
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.pages import PDF, act_of, carried_out, done, file_answer, me
from cobijo.sites import queries, services
from cobijo.sites.access import get_for
from cobijo.sites.complaints import prints
from cobijo.sites.complaints.access import AT_THE_SITE, focal_unit, is_focal_point
from cobijo.sites.complaints.forms import AnswerForm, ComplaintForm, FocalForm, HandForm, ReopenForm, SlipsForm
from cobijo.sites.complaints.queries import (
    Opened,
    addressed_to,
    answer_to,
    complaint_for,
    complaints_of,
    could_be_focal_points,
    focal_points,
)
from cobijo.sites.complaints.types import ComplaintState
from cobijo.sites.models import Response
from cobijo.sites.rules.owners import owners_at
from cobijo.sites.views.base import site_for, site_page

_FILES = (*AT_THE_SITE, Permission.REPORT_SITE)
_SEES = (Permission.MANAGE_SITE, Permission.CASE_WORK)

# --- at a site -------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The complaints that are the site's to answer, and where those about staff go; the same whatever was filed."""
    site, can = site_for(request, site_id, *_FILES)
    sees = _holds_any(request, site_id)
    waiting, answered = complaints_of(me(request), site_id) if sees else ([], [])
    if waiting or answered:
        log_reading(me(request), ReadingKind.LIST, "sites.complaint", unit=site_id)
    today = clock.today(queries.zone_of(site))
    more = {"waiting": waiting, "answered": answered, "sees": sees, "today": today, "slips": SlipsForm()}
    return site_page(request, "sites/complaints/list.html", site, can, "complaints", **more)


def _holds_any(request: HttpRequest, site_id: UUID) -> bool:
    return any(authority.holds(me(request), permission, site_id) for permission in _SEES)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Write a complaint down. What comes after it is the same whatever it is about."""
    site, can = site_for(request, site_id, *_FILES)
    form = ComplaintForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.file_complaint(
            act, complaint_id=form.cleaned_data["new_id"], site_id=site_id, complaint=form.complaint()
        ),
    ):
        said = _("Written down, and on its way to who answers. Give them this number to keep: {number}")
        messages.success(request, said.format(number=form.number))
        return redirect("sites:complaints", site_id)
    return site_page(request, "sites/complaints/new.html", site, can, "complaints", form=form)


@require_GET
@login_required
def slips(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Blank forms with numbers to tear off."""
    site, _can = site_for(request, site_id, *_FILES)
    form = SlipsForm(request.GET or None)
    count = form.cleaned_data["count"] if form.is_valid() else 2
    return file_answer(prints.slips_pdf(site, count), PDF, f"complaints-{site.code}.pdf", inline=True)


@require_POST
@login_required
def ask(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Hand out the answer to whoever shows the number of a slip."""
    site, can = site_for(request, site_id, *_FILES)
    number = request.POST.get("number", "")[:24]
    more: dict[str, Any] = {"number": number, "answer": answer_to(me(request), number)}
    return site_page(request, "sites/complaints/asked.html", site, can, "complaints", **more)


# --- one of them -----------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def complaint(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """A complaint with its words, and its answer."""
    opened = complaint_for(me(request), complaint_id)
    answered = opened.complaint.state == ComplaintState.ANSWERED
    if answered:
        form: AnswerForm | ReopenForm = ReopenForm(request.POST or None)
    else:
        form = AnswerForm(request.POST or None)
    if carried_out(request, form, lambda act: _settle(act, complaint_id, form)):
        messages.success(request, _("The answer was kept.") if not answered else _("It waits for an answer again."))
        return redirect("sites:complaint", complaint_id)
    _log(request, opened)
    more = {"opened": opened, "complaint": opened.complaint, "form": form, "hand": _hand_form(opened)}
    return _page(request, opened, more)


def _settle(act: Any, complaint_id: UUID, form: AnswerForm | ReopenForm) -> None:
    if isinstance(form, ReopenForm):
        services.reopen_complaint(act, complaint_id=complaint_id, why=form.cleaned_data["why"])
    else:
        services.answer_complaint(act, complaint_id=complaint_id, answer=form.said())


def _hand_form(opened: Opened, data: Any = None) -> HandForm:
    found = opened.complaint
    owners = None if found.aside else owners_at(found.site_id)
    return HandForm(owners, data, initial={"owner": found.owner_id, "due_on": found.due_on}, prefix="hand")


def _page(request: HttpRequest, opened: Opened, more: dict[str, Any]) -> HttpResponse:
    """Within the site's tabs, or, about staff, in a frame of its own that speaks of no work at the site."""
    if opened.complaint.aside:
        more["zone"] = queries.zone_of(opened.complaint.site)
        return render(request, "sites/complaints/aside.html", more)
    site, can = site_for(request, opened.complaint.site_id)
    return site_page(request, "sites/complaints/complaint.html", site, can, "complaints", **more)


def _log(request: HttpRequest, opened: Opened) -> None:
    """One about staff is logged under the unit of its focal point: nothing of it stands under the site."""
    found = opened.complaint
    if not found.aside:
        log_reading(me(request), ReadingKind.OPEN, "sites.complaint", found.pk, unit=found.site_id)
        return
    unit = focal_unit(me(request), found.site_id)
    log_reading(me(request), ReadingKind.OPEN, "sites.complaint", unit=unit)


@require_POST
@login_required
def hand(request: HttpRequest, complaint_id: UUID) -> HttpResponse:
    """Say who sees to a complaint, and by when."""
    opened = complaint_for(me(request), complaint_id)
    form = _hand_form(opened, request.POST)
    if form.is_valid():
        done(
            request,
            lambda _act: services.hand_complaint(
                act_of(request, form.cleaned_data["op_id"]), complaint_id=complaint_id, hand=form.hand()
            ),
            _("Kept."),
        )
    else:
        messages.warning(request, _("Nothing was kept: write the day with day, month and year."))
    return redirect("sites:complaint", complaint_id)


# --- focal points ----------------------------------------------------------------------------------------------------


@require_GET
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The complaints about staff that are addressed to the reader."""
    if not is_focal_point(me(request)):
        raise NOT_ALLOWED()
    waiting, answered = addressed_to(me(request))
    return render(request, "sites/complaints/mine.html", {"waiting": waiting, "answered": answered})


@require_http_methods(["GET", "POST"])
@login_required
def focal(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Who gets the complaints about staff of a response's sites."""
    response = get_for(me(request), Response, response_id)
    authority.require(me(request), Permission.RUN_RESPONSE, response_id)
    form = FocalForm(could_be_focal_points(me(request), response_id), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.name_focal_point(
            act,
            focal_point_id=form.cleaned_data["new_id"],
            unit_id=response_id,
            account_id=form.cleaned_data["account"],
        ),
    ):
        messages.success(request, _("Named. Complaints about staff go there from now on, and those that waited."))
        return redirect("sites:focal-points", response_id)
    context = {"response": response, "form": form, "points": focal_points(me(request), response)}
    return render(request, "sites/complaints/focal.html", context)


@require_POST
@login_required
def end_focal(request: HttpRequest, response_id: UUID, focal_point_id: UUID) -> HttpResponse:
    """Somebody is focal point no more."""
    authority.require(me(request), Permission.RUN_RESPONSE, response_id)
    done(
        request,
        lambda act: services.end_focal_point(act, focal_point_id=focal_point_id),
        _("Ended. Complaints wait for the one who follows."),
    )
    return redirect("sites:focal-points", response_id)
