"""How sites stand against norms: a site's page and print, rounds, and sites beside each other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.pages import PDF, carried_out, done, file_answer, me, table_answer
from cobijo.sites import exports, services
from cobijo.sites.access import get_for
from cobijo.sites.models import Response, Site
from cobijo.sites.standards import prints
from cobijo.sites.standards.forms import AnswersForm, NormsForm, RoundForm
from cobijo.sites.standards.models import Round
from cobijo.sites.standards.queries import (
    Standing,
    doubts_of,
    ranking,
    responses_looked_at,
    round_for,
    rounds_of,
    set_of_response,
    setting_of,
    standing,
)
from cobijo.sites.upkeep.queries import tasks_from
from cobijo.sites.views.base import Can, site_for, site_page

_SEES = (Permission.SEE_FIGURES, Permission.REPORT_SITE, Permission.MANAGE_SITE, Permission.RUN_RESPONSE)
_LOOKS = (Permission.MANAGE_SITE, Permission.REPORT_SITE)
LATEST = 12

# --- a site ----------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """How a site stands: what is below its norm and what would meet it, what is unknown, and everything else."""
    site, can = site_for(request, site_id, *_SEES)
    stands = standing(site)
    more: dict[str, Any] = {
        "stands": stands,
        "gaps": [(line, tasks.get(line.indicator.code)) for tasks in [tasks_from(site_id)] for line in stands.gaps],
        "rounds": list(rounds_of(site_id)[:LATEST]),
        "looks": can.manage or can.report,
        "doubts": doubts_of(stands.round) if stands.round else [],
    }
    return site_page(request, "sites/standards/site.html", site, can, "standards", **more)


@require_GET
@login_required
def site_print(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The same on paper."""
    site, _can = site_for(request, site_id, *_SEES)
    return file_answer(prints.standing_pdf(standing(site)), PDF, f"standards-{site.code}.pdf", inline=True)


# --- rounds ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Begin to look at a site."""
    site, can = site_for(request, site_id, *_LOOKS)
    setting = setting_of(site)
    initial = {"phase": setting.phase, "regime": setting.regime, "norm_set": setting.norm_set.code}
    form = RoundForm(request.POST or None, initial=initial)
    if carried_out(
        request,
        form,
        lambda act: services.begin_round(
            act, round_id=form.cleaned_data["new_id"], site_id=site_id, opening=form.opening()
        ),
    ):
        return redirect("sites:round", site_id, form.cleaned_data["new_id"])
    return site_page(request, "sites/standards/begin.html", site, can, "standards", form=form)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: HttpRequest, site_id: UUID, round_id: UUID) -> HttpResponse:
    """A round under way: its questions. One that has ended: what it found, and what does not go together."""
    site, can = site_for(request, site_id, *_SEES)
    found = _round(request, site_id, round_id)
    if found.ended_at is not None or not (can.manage or can.report):
        return _ended(request, site, can, found)
    form = _form_of(found, request)
    if carried_out(
        request,
        form,
        lambda act: services.answer_round(act, round_id=round_id, answers=form.answers(), services=form.served()),
    ):
        if "end" in request.POST and done(
            request, lambda act: services.end_round(act, round_id=round_id), _("The round has ended.")
        ):
            return redirect("sites:standards", site_id)
        messages.success(request, _("The answers were kept. Go on, or end the round."))
        return redirect("sites:round", site_id, round_id)
    more = {"form": form, "round": found}
    return site_page(request, "sites/standards/round.html", site, can, "standards", **more)


def _round(request: HttpRequest, site_id: UUID, round_id: UUID) -> Round:
    found = round_for(me(request), site_id, round_id)
    if found is None:
        raise NOT_FOUND()
    return found


def _form_of(found: Round, request: HttpRequest) -> AnswersForm:
    lines = prints.lines_of_round(found)
    said = {one.indicator: one for one in found.answers.all()}
    served = {one.service: one for one in found.services.all()}
    return AnswersForm(lines, said, served, request.POST or None)


def _ended(request: HttpRequest, site: Site, can: Can, found: Round) -> HttpResponse:
    more = {
        "round": found,
        "lines": [line for line in prints.lines_of_round(found, as_then=True) if line.is_known or line.is_out],
        "services": found.services.all(),
        "doubts": doubts_of(found),
        "looks": can.manage or can.report,
    }
    return site_page(request, "sites/standards/ended.html", site, can, "standards", **more)


@require_POST
@login_required
def void(request: HttpRequest, site_id: UUID, round_id: UUID) -> HttpResponse:
    """Take a mistaken round out."""
    site_for(request, site_id, *_LOOKS)
    _round(request, site_id, round_id)
    done(request, lambda act: services.void_round(act, round_id=round_id), _("The round was taken out."))
    return redirect("sites:standards", site_id)


# --- sites beside each other -----------------------------------------------------------------------------------------


def _chosen(request: HttpRequest) -> tuple[list[Response], Response | None]:
    """The responses a reader can look at, and the one asked for."""
    actor = me(request)
    if not authority.authority(actor).has(Permission.SEE_FIGURES):
        raise NOT_ALLOWED()
    responses = responses_looked_at(actor)
    asked = request.GET.get("response", "")
    named = next((one for one in responses if str(one.pk) == asked), None)
    return responses, named or (responses[0] if responses else None)


@require_GET
@login_required
def all_sites(request: HttpRequest) -> HttpResponse:
    """The open sites of a response, the one with the worst gap first."""
    responses, response = _chosen(request)
    ranks = ranking(me(request), response) if response else []
    offered = (
        exports.offered(lambda form: f"{reverse('sites:standards-file', args=[form])}?response={response.pk}")
        if response and ranks
        else []
    )
    context = {
        "responses": responses,
        "response": response,
        "ranks": ranks,
        "norm_set": set_of_response(response) if response else None,
        "exports": offered,
        "runs": response is not None and authority.holds(me(request), Permission.RUN_RESPONSE, response.pk),
    }
    return render(request, "sites/standards/all.html", context)


@require_GET
@login_required
def all_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file: every indicator of every site, unknown ones as such."""
    _responses, response = _chosen(request)
    if response is None:
        raise NOT_FOUND()
    stands: list[Standing] = [rank.standing for rank in ranking(me(request), response)]
    return table_answer(exports.of_standards(stands), form, "standards")


@require_http_methods(["GET", "POST"])
@login_required
def norms_of(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """By which norms a response goes."""
    response = get_for(me(request), Response, response_id)
    authority.require(me(request), Permission.RUN_RESPONSE, response_id)
    form = NormsForm(request.POST or None, initial={"norm_set": set_of_response(response).code})
    if carried_out(
        request,
        form,
        lambda act: services.choose_norms(
            act,
            choice_id=form.cleaned_data["new_id"],
            response_id=response_id,
            norm_set=form.cleaned_data["norm_set"],
        ),
    ):
        messages.success(request, _("From now on sites are judged by these norms. Rounds keep theirs."))
        return redirect("sites:list")
    return render(request, "sites/standards/norms.html", {"form": form, "response": response})
