"""Premises: what they are and could take, and the acts by which a site is opened and closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.pages import PDF, act_of, carried_out, done, file_answer, me, table_answer
from cobijo.sites import exports, queries, services
from cobijo.sites.models import Site
from cobijo.sites.premises import prints
from cobijo.sites.premises.closing import HomeIn, StillIn, still_in
from cobijo.sites.premises.forms import ClosingForm, InventoryForm, OpeningForm, TogetherForm
from cobijo.sites.premises.models import SiteAct
from cobijo.sites.premises.queries import (
    act_for,
    acts_of,
    capacity,
    grounds_of,
    norms,
    people_of,
    premises_for,
)
from cobijo.sites.premises.types import ActKind, GroundKind
from cobijo.sites.types import SiteStatus, SpaceIn, SpaceKind, TransferWhy
from cobijo.sites.upkeep.queries import ItemLine, left_of
from cobijo.sites.upkeep.types import Checklist
from cobijo.sites.views.base import Can, log_list, site_for, site_page

_MEASURE = (Permission.MANAGE_SITE, Permission.RUN_RESPONSE, Permission.REPORT_SITE)
_SET_UP = (Permission.MANAGE_SITE, Permission.RUN_RESPONSE)

# --- what premises there are -----------------------------------------------------------------------------------------


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The sites that are not open, by how many people they could take."""
    least = _least(request)
    asked = f"?least={least}" if least else ""
    context = {
        "lines": premises_for(me(request), least=least),
        "least": least or "",
        "norms": norms(),
        "exports": exports.offered(lambda form: reverse("sites:premises-file", args=[form]) + asked),
    }
    return render(request, "sites/premises/index.html", context)


def _least(request: HttpRequest) -> int:
    said = request.GET.get("least", "")
    return int(said) if said.isdecimal() and len(said) < 7 else 0


@require_GET
@login_required
def index_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same as a file."""
    return table_answer(exports.of_premises(premises_for(me(request), least=_least(request))), form, "premises")


@require_GET
@login_required
def premises(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """What the premises of a site are, how many people they could take, and its acts."""
    site, can = site_for(request, site_id)
    grounds = grounds_of(site_id)
    more: dict[str, Any] = {
        "grounds": [(ground, people_of(ground)) for ground in grounds],
        "capacity": capacity(site_id),
        "norms": norms(),
        "rows": queries.facilities_of(site),
        "acts": acts_of(site_id),
        "status": queries.status_of(site),
        "new_spaces": len(_spaces_to_add(site_id)) if can.set_up else 0,
    }
    return site_page(request, "sites/premises/premises.html", site, can, "premises", **more)


@login_required
def inventory(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Measure and count the premises."""
    site, can = site_for(request, site_id, *_MEASURE)
    today = clock.today(queries.zone_of(site))
    form = InventoryForm(
        grounds_of(site_id), queries.facilities_of(site), request.POST or None, initial={"inventoried_on": today}
    )
    if carried_out(
        request, form, lambda act: services.take_inventory(act, site_id=site_id, inventory=form.inventory())
    ):
        messages.success(request, _("The inventory was kept."))
        return redirect("sites:premises", site_id)
    return site_page(request, "sites/premises/inventory.html", site, can, "premises", form=form)


@require_POST
@login_required
def spaces(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Make spaces of the roofed grounds that have none yet, with the places they could have."""
    site_for(request, site_id, *_SET_UP)
    new = _spaces_to_add(site_id)
    if new:
        said = ngettext("One space was added.", "{count} spaces were added.", len(new)).format(count=len(new))
        done(request, lambda act: services.add_spaces(act, site_id=site_id, spaces=new), said)
    return redirect("sites:spaces", site_id)


def _spaces_to_add(site_id: UUID) -> list[SpaceIn]:
    """The roofed grounds of which no space has the name, with computed and so assumed places."""
    known = {node.name.casefold() for node in queries.space_tree(site_id).nodes.values()}
    return [
        SpaceIn(
            space_id=uuid7(),
            name=ground.name,
            kind=SpaceKind.ROOM,
            capacity=people_of(ground),
            capacity_assumed=True,
            area_dm2=ground.area_dm2,
        )
        for ground in grounds_of(site_id)
        if ground.kind == GroundKind.ROOFED and ground.name.casefold() not in known
    ]


# --- opening ---------------------------------------------------------------------------------------------------------


@login_required
def open_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Open a site with an act."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    if queries.status_of(site) is SiteStatus.OPEN and request.method == "GET":
        messages.info(request, _("The site is open already."))
        return redirect("sites:premises", site_id)
    form = OpeningForm(_newest(site_id), request.POST or None, initial={"give_back_on": site.give_back_on})
    if carried_out(
        request,
        form,
        lambda act: services.open_site(
            act, act_id=form.cleaned_data["new_id"], site_id=site_id, opening=form.opening()
        ),
    ):
        messages.success(request, _("The site is open. Print the act and have it signed."))
        return redirect("sites:premises", site_id)
    left = _left(site, Checklist.OPENING)
    more = {"form": form, "title": _("Open the site"), "button": _("Open the site"), "left": left}
    return site_page(request, "sites/premises/act.html", site, can, "premises", **more)


def _newest(site_id: UUID, kind: ActKind | None = None) -> SiteAct | None:
    return next((act for act in acts_of(site_id) if kind is None or act.kind == kind), None)


# --- closing ---------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def close_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Close a site: first each household a way out or another site, then the act."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    if queries.status_of(site) is SiteStatus.CLOSED and request.method == "GET":
        messages.info(request, _("The site is closed already."))
        return redirect("sites:premises", site_id)
    form = ClosingForm(_newest(site_id, ActKind.OPENING), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.close_site(
            act, act_id=form.cleaned_data["new_id"], site_id=site_id, closing=form.closing()
        ),
    ):
        messages.success(request, _("The site is closed. Print the act and have it signed."))
        return redirect("sites:premises", site_id)
    found = still_in(me(request), site)
    if found.people:
        return _closing_page(request, site, can, found, form.non_field_errors())
    left = _left(site, Checklist.CLOSING)
    more = {"form": form, "title": _("Close the site"), "button": _("Close the site"), "left": left}
    return site_page(request, "sites/premises/act.html", site, can, "premises", **more)


def _left(site: Site, which: Checklist) -> list[ItemLine]:
    """What of the list of opening or closing is still to be done."""
    return left_of(site.pk, which)


def _closing_page(
    request: HttpRequest, site: Site, can: Can, found: StillIn, wrong: object = (), together: TogetherForm | None = None
) -> HttpResponse:
    log_list(request, site, sum(home.persons for home in found.homes))
    targets = queries.transfer_targets(site)
    form = together or TogetherForm(found.homes, targets, clock.today(queries.zone_of(site)))
    ticked = {home.key for home in form.chosen()} if form.is_bound and "homes" in form.cleaned_data else set()
    left = _left(site, Checklist.CLOSING)
    more = {"left": left, "found": found, "together": form, "targets": targets, "wrong": wrong, "ticked": ticked}
    return site_page(request, "sites/premises/close.html", site, can, "premises", **more)


@require_POST
@login_required
def close_together(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Propose several households to one other site, each by a transfer of its own."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    found = still_in(me(request), site)
    today = clock.today(queries.zone_of(site))
    form = TogetherForm(found.homes, queries.transfer_targets(site), today, request.POST)
    if not form.is_valid():
        return _closing_page(request, site, can, found, together=form)
    refused = [said for home in form.chosen() if (said := _propose(request, form, home))]
    proposed = len(form.chosen()) - len(refused)
    if proposed:
        said = ngettext(
            "One household was proposed. The other site answers.",
            "{count} households were proposed. The other site answers.",
            proposed,
        )
        messages.success(request, said.format(count=proposed))
    for sentence in refused:
        messages.warning(request, sentence)
    return redirect("sites:close", site_id)


def _propose(request: HttpRequest, form: TogetherForm, home: HomeIn) -> str:
    """Propose one household; what was refused of it, with its code, or nothing."""
    try:
        services.propose_transfer(
            act_of(request),
            transfer_id=uuid7(),
            to_site_id=form.cleaned_data["to_site"],
            stay_ids=home.stays,
            travels_on=form.cleaned_data["travels_on"],
            why=TransferWhy.CLOSING,
        )
    except DomainError as refusal:
        return f"{home.code}: {refusal.sentence}"
    return ""


# --- on paper --------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def act_print(request: HttpRequest, act_id: UUID, edition: str) -> HttpResponse:
    """An act as a PDF. That of a closing has figures, for whoever sees them; the owner's has few and no small ones."""
    if edition not in prints.EDITIONS:
        raise Http404
    act = act_for(me(request), act_id)
    _site, can = site_for(request, act.site_id)
    closing = act.kind == ActKind.CLOSING
    if closing and not can.figures:
        raise NOT_ALLOWED()
    opening = _before(act) if closing else None
    copy = _numbered(request, act) if closing and edition == prints.DESK else None
    name = f"{act.kind}-{act.site.code}-{act.number}-{edition}.pdf"
    return file_answer(prints.act_pdf(act, opening, edition, copy), PDF, name, inline=True)


def _numbered(request: HttpRequest, act: SiteAct) -> dict[str, str]:
    """The number of this copy by its line in the log of readings, and for whom it is."""
    reading = log_reading(me(request), ReadingKind.PRINT, "sites.siteact", unit=act.site_id)
    return {"number": str(reading.pk), "to": str(getattr(request.user, "name", ""))}


def _before(act: SiteAct) -> SiteAct | None:
    """The act of opening that a closing ends."""
    earlier = (one for one in acts_of(act.site_id) if one.kind == ActKind.OPENING and one.at <= act.at)
    return next(earlier, None)
