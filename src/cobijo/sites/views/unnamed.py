"""The pages about people without a name yet: how many, who one of them is, that they left."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts.types import Permission
from cobijo.core.pages import carried_out, done, me
from cobijo.people.access import require_held_household
from cobijo.sites import queries, services
from cobijo.sites.unnamed.forms import CountForm, LeftForm, NameForm
from cobijo.sites.views.base import site_for, site_page


@login_required
@require_GET
def at_site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Everybody at a site whose name is not known yet, space by space."""
    site, can = site_for(request, site_id, Permission.STAY)
    lines = queries.unnamed_at(me(request), site_id)
    people = sum(line.persons for line in lines)
    return site_page(request, "sites/unnamed.html", site, can, "people", lines=lines, people=people)


@login_required
def count(request: HttpRequest, site_id: UUID, household_id: UUID) -> HttpResponse:
    """Say how many people of a household are here whose names are not known yet."""
    site, can = site_for(request, site_id, Permission.STAY)
    require_held_household(me(request), household_id)
    spaces = [(node.id, node.name) for node in queries.space_tree(site_id).nodes.values()]
    form = CountForm(site, spaces, request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.count_unnamed(act, household_id=household_id, site_id=site_id, unnamed=[form.number()]),
    ):
        messages.success(request, _counted(form.cleaned_data["persons"]))
        return redirect("web:household", household_id)
    more = {"form": form, "household": household_id, "title": _("Count people without a name")}
    lead = _("They count and have their places from now on. Write their names when there is time.")
    return site_page(request, "sites/of_household.html", site, can, "people", lead=lead, act=_("Count them"), **more)


def _counted(persons: int) -> str:
    return ngettext(
        "{persons} person without a name is counted.", "{persons} people without a name are counted.", persons
    ).format(persons=persons)


@login_required
def name(request: HttpRequest, unnamed_id: UUID) -> HttpResponse:
    """Register one of them by name."""
    line = queries.number_for(me(request), unnamed_id)
    site, can = site_for(request, line.site_id, Permission.STAY)
    form = NameForm(request.POST or None, initial={"sex": line.sex})
    stay = carried_out(
        request,
        form,
        lambda act: services.name_member(
            act, unnamed_id=unnamed_id, stay_id=form.cleaned_data["stay_id"], member=form.member()
        ),
    )
    if stay:
        messages.success(request, _("Registered by name. No total has changed."))
        return redirect("web:household", line.household_id)
    more = {"form": form, "household": line.household_id, "title": _("Write a name"), "line": line}
    lead = _("The stay begins when they came, so that no night's total changes.")
    return site_page(
        request, "sites/of_household.html", site, can, "people", lead=lead, act=_("Register by name"), **more
    )


@login_required
def leave(request: HttpRequest, unnamed_id: UUID) -> HttpResponse:
    """Record that some of them left."""
    line = queries.number_to_end(me(request), unnamed_id)
    site, can = site_for(request, line.site_id, Permission.STAY)
    form = LeftForm(request.POST or None, initial={"persons": line.persons})
    if carried_out(
        request,
        form,
        lambda act: services.check_out_unnamed(
            act,
            unnamed_id=unnamed_id,
            persons=form.cleaned_data["persons"],
            reason=form.cleaned_data["reason"],
            destination=form.cleaned_data["destination"],
        ),
    ):
        messages.success(request, _("Recorded. Their places are free."))
        if line.household_id is None:
            return redirect("sites:unnamed", line.site_id)
        return redirect("web:household", line.household_id)
    more = {"form": form, "household": line.household_id, "title": _("They left"), "line": line}
    return site_page(request, "sites/of_household.html", site, can, "people", lead="", act=_("Check out"), **more)


@require_POST
@login_required
def take_back(request: HttpRequest, unnamed_id: UUID) -> HttpResponse:
    """Take a number back that was entered in error."""
    line = queries.number_for(me(request), unnamed_id)
    done(request, lambda act: services.void_unnamed(act, unnamed_id=unnamed_id), _("The number is taken back."))
    return redirect("web:household", line.household_id)
