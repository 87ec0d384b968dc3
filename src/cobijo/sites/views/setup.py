"""Setting a site up: its spaces, its facilities, what it is, whether it is open."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.pages import VerbForm, carried_out, done, me
from cobijo.sites import queries, services
from cobijo.sites.access import get_for
from cobijo.sites.models import Response, Site, Space
from cobijo.sites.setup_forms import FacilityForm, NewSiteForm, SiteForm, SpaceForm, StatusForm
from cobijo.sites.types import SiteStatus
from cobijo.sites.views.base import site_for, site_page

_SET_UP = (Permission.MANAGE_SITE, Permission.RUN_RESPONSE)

# --- spaces ----------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def spaces(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The spaces of a site, with who is in them for whoever sees figures."""
    site, can = site_for(request, site_id)
    tree = queries.space_tree(site_id)
    nodes = [node for top in tree.tops for node in top.downward()]
    return site_page(request, "sites/spaces.html", site, can, "spaces", tree=tree, nodes=nodes)


@login_required
def new_space(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Add a space; one after the other where several are added."""
    site, can = site_for(request, site_id, *_SET_UP)
    form = SpaceForm(queries.space_tree(site_id), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.add_spaces(act, site_id=site_id, spaces=[form.space(form.cleaned_data["new_id"])]),
    ):
        messages.success(request, _("{space} was added.").format(space=form.cleaned_data["name"]))
        return redirect("sites:new-space" if "another" in request.POST else "sites:spaces", site_id)
    return site_page(request, "sites/space.html", site, can, "spaces", form=form)


@login_required
def space(request: HttpRequest, site_id: UUID, space_id: UUID) -> HttpResponse:
    """Correct a space."""
    site, can = site_for(request, site_id, *_SET_UP)
    found = get_for(me(request), Space, space_id)
    tree = queries.space_tree(site_id)
    form = SpaceForm(tree, request.POST or None, initial=_of_space(found))
    if carried_out(request, form, lambda act: services.change_space(act, space=form.space(space_id))):
        messages.success(request, _("{space} was changed.").format(space=form.cleaned_data["name"]))
        return redirect("sites:spaces", site_id)
    node = tree.nodes.get(space_id)
    return site_page(request, "sites/space.html", site, can, "spaces", form=form, space=found, node=node)


def _of_space(space: Space) -> dict[str, Any]:
    names = ("name", "kind", "capacity", "capacity_assumed", "use_rule", "accessible")
    area = None if space.area_dm2 is None else space.area_dm2 / 100
    return {name: getattr(space, name) for name in names} | {"parent": space.parent_id or "", "area_m2": area}


@require_POST
@login_required
def close_space(request: HttpRequest, site_id: UUID, space_id: UUID) -> HttpResponse:
    """Take a space out of use."""
    site_for(request, site_id, *_SET_UP)
    done(request, lambda act: services.close_space(act, space_id=space_id), _("The space is out of use."))
    return redirect("sites:spaces", site_id)


# --- facilities ------------------------------------------------------------------------------------------------------


@login_required
def facilities(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Toilets, showers and taps as counted, and a form to count them again."""
    site, can = site_for(request, site_id)
    today = clock.today(queries.zone_of(site))
    form = FacilityForm(request.POST or None, initial={"counted_on": today}) if can.set_up else None
    if form is not None and carried_out(
        request,
        form,
        lambda act: services.count_facility(
            act, facility_id=form.cleaned_data["new_id"], site_id=site_id, facility=form.facility()
        ),
    ):
        messages.success(request, _("The count was kept."))
        return redirect("sites:facilities", site_id)
    rows = queries.facilities_of(site)
    return site_page(request, "sites/facilities.html", site, can, "facilities", form=form, rows=rows)


@require_POST
@login_required
def void_facility(request: HttpRequest, site_id: UUID, facility_id: UUID) -> HttpResponse:
    """Take a mistaken count out."""
    site_for(request, site_id, *_SET_UP)
    done(request, lambda act: services.void_facility(act, facility_id=facility_id), _("The count was taken out."))
    return redirect("sites:facilities", site_id)


# --- the site itself -------------------------------------------------------------------------------------------------


@login_required
def setup(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """What a site is, where, until when, and what its door says."""
    site, _can = site_for(request, site_id, *_SET_UP)
    form = SiteForm(request.POST or None, initial=_of_site(site))
    if carried_out(
        request,
        form,
        lambda act: services.change_site(act, site_id=site_id, site=form.site(site.area_id, site.zone)),
    ):
        messages.success(request, _("The site was changed."))
        return redirect("sites:site", site_id)
    return _setup_page(request, site_id, form, StatusForm(initial={"status": queries.status_of(site)}))


def _setup_page(request: HttpRequest, site_id: UUID, form: SiteForm, status: StatusForm) -> HttpResponse:
    site, can = site_for(request, site_id, *_SET_UP)
    inside = queries.registered_here(site_id)
    more = {"form": form, "status_form": status, "inside": inside, "status": queries.status_of(site)}
    return site_page(request, "sites/setup.html", site, can, "setup", **more)


@require_POST
@login_required
def status(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Open or close a site."""
    site, _can = site_for(request, site_id, *_SET_UP)
    form = StatusForm(request.POST)
    if carried_out(
        request,
        form,
        lambda act: services.set_status(
            act,
            status_id=form.cleaned_data["new_id"],
            site_id=site_id,
            status=form.cleaned_data["status"],
            why=form.cleaned_data["why"],
        ),
    ):
        word = SiteStatus(form.cleaned_data["status"]).label
        messages.success(request, _("From now on the site is {status}.").format(status=word))
        return redirect("sites:site", site_id)
    return _setup_page(request, site_id, SiteForm(initial=_of_site(site)), form)


def _of_site(site: Site) -> dict[str, Any]:
    names = (
        "kind", "official", "place", "latitude", "longitude", "give_back_on", "opens_at", "closes_at", "inferred",
    )  # fmt: skip
    others = [alias.name for alias in site.aliases.order_by("name") if alias.name != site.unit.name]
    words = {name: site.door_words.get(name, "") for name in ("hours", "rules", "complaints")}
    given = {name: getattr(site, name) for name in names}
    return given | words | {"name": site.unit.name, "aliases": "\n".join(others)}


@login_required
def new_site(request: HttpRequest) -> HttpResponse:
    """Add a site to a response."""
    actor = me(request)
    authority.require_anywhere(actor, Permission.RUN_RESPONSE)
    form = NewSiteForm(queries.responses_run_by(actor), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.add_site(
            act,
            site_id=form.cleaned_data["new_id"],
            response_id=form.cleaned_data["response"],
            site=form.site(),
            listed=form.cleaned_data["listed"],
        ),
    ):
        if form.cleaned_data["listed"]:
            messages.success(request, _("The site was added. Measure its premises."))
            return redirect("sites:inventory", form.cleaned_data["new_id"])
        messages.success(request, _("The site was added. Add its spaces, then open it."))
        return redirect("sites:spaces", form.cleaned_data["new_id"])
    return render(request, "sites/new.html", {"form": form})


# --- a response ------------------------------------------------------------------------------------------------------


@login_required
def close_response(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """Close a response once none of its sites is open."""
    found, form = get_for(me(request), Response, response_id), VerbForm(request.POST or None)
    authority.require(me(request), Permission.RUN_RESPONSE, response_id)
    if carried_out(request, form, lambda act: services.close_response(act, response_id=response_id)):
        messages.success(request, _("{response} is closed.").format(response=found.unit.name))
        return redirect("sites:list")
    seen = {"form": form, "response": found, "still_open": queries.open_sites(response_id)}
    return render(request, "sites/close_response.html", seen)
