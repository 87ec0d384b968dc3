"""Committees of residents and the rota, as a plain list."""

from datetime import timedelta
from typing import Any
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
from cobijo.core.pages import carried_out, done, me
from cobijo.sites import queries, services
from cobijo.sites.committees.forms import CommitteeForm, TurnForm
from cobijo.sites.committees.models import Committee
from cobijo.sites.committees.queries import committee_for, committees_at, rota_at
from cobijo.sites.views.base import site_for, site_page

SHOWN = timedelta(days=6)


@require_GET
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The committees of a site, and the rota of the next seven days."""
    site, can = site_for(request, site_id)
    today = clock.today(queries.zone_of(site))
    more = {"committees": committees_at(site_id), "rota": rota_at(site_id, today, today + SHOWN)}
    return site_page(request, "sites/committees/list.html", site, can, "committees", **more)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Write a committee down."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    form = CommitteeForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.form_committee(
            act, committee_id=form.cleaned_data["new_id"], site_id=site_id, committee=form.committee()
        ),
    ):
        messages.success(request, _("The committee was written down."))
        return redirect("sites:committees", site_id)
    return site_page(request, "sites/committees/committee.html", site, can, "committees", form=form)


@require_http_methods(["GET", "POST"])
@login_required
def committee(request: HttpRequest, site_id: UUID, committee_id: UUID) -> HttpResponse:
    """Say anew how a committee stands, or that it is no more."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    found = committee_for(me(request), site_id, committee_id)
    if found is None:
        raise NOT_FOUND()
    form = CommitteeForm(request.POST or None, initial=_of(found))
    if carried_out(
        request,
        form,
        lambda act: services.change_committee(act, committee_id=committee_id, committee=form.committee()),
    ):
        messages.success(request, _("The committee was changed."))
        return redirect("sites:committees", site_id)
    return site_page(request, "sites/committees/committee.html", site, can, "committees", form=form, committee=found)


def _of(found: Committee) -> dict[str, Any]:
    elected = {True: "yes", False: "no", None: ""}[found.elected]
    names = ("kind", "name", "women", "men", "working", "led_by")
    return {name: getattr(found, name) for name in names} | {"elected": elected}


@require_POST
@login_required
def end(request: HttpRequest, site_id: UUID, committee_id: UUID) -> HttpResponse:
    """The committee is no more."""
    site_for(request, site_id, Permission.MANAGE_SITE)
    done(request, lambda act: services.end_committee(act, committee_id=committee_id), _("The committee has ended."))
    return redirect("sites:committees", site_id)


@require_http_methods(["GET", "POST"])
@login_required
def turn(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Put a committee on the rota; one turn after the other."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    standing = committees_at(site_id)
    form = TurnForm(standing, clock.today(queries.zone_of(site)), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.set_turn(
            act,
            turn_id=form.cleaned_data["new_id"],
            committee_id=UUID(form.cleaned_data["committee"]),
            turn=form.turn(),
        ),
    ):
        messages.success(request, _("The turn is on the rota."))
        return redirect("sites:turn" if "another" in request.POST else "sites:committees", site_id)
    return site_page(request, "sites/committees/turn.html", site, can, "committees", form=form, standing=standing)


@require_POST
@login_required
def void_turn(request: HttpRequest, site_id: UUID, turn_id: UUID) -> HttpResponse:
    """Take a turn out of the rota."""
    site_for(request, site_id, Permission.MANAGE_SITE)
    done(request, lambda act: services.void_turn(act, turn_id=turn_id), _("The turn was taken out."))
    return redirect("sites:committees", site_id)
