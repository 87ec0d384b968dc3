"""The page of the one tree of units: where things hang, and where another unit is put."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cobijo.accounts import access, queries, services
from cobijo.accounts.deskforms import OrganisationForm, UnitForm
from cobijo.accounts.models import Organisation, Unit
from cobijo.accounts.types import Permission
from cobijo.core.pages import carried_out, me
from cobijo.core.verbs import Act


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The units below which one may make others, and a form for another one."""
    access.require_anywhere(me(request), Permission.ACCOUNTS)
    form = _unit_form(request)
    if carried_out(request, form, lambda act: _create_unit(act, form)):
        messages.success(request, _("The unit is made."))
        return redirect("accounts:units")
    return _page(request, form, OrganisationForm())


@require_POST
@login_required
def record_organisation(request: HttpRequest) -> HttpResponse:
    """Record an organisation, to be named as the one that answers for a unit."""
    access.require_anywhere(me(request), Permission.ACCOUNTS)
    form = OrganisationForm(request.POST)
    if carried_out(request, form, lambda act: _create_organisation(act, form)):
        messages.success(request, _("The organisation is recorded."))
        return redirect("accounts:units")
    return _page(request, _unit_form(request, bound=False), form)


def _unit_form(request: HttpRequest, *, bound: bool = True) -> UnitForm:
    actor = me(request)
    organisations = access.visible_to(actor, Organisation.objects.order_by("name"))
    given = request.POST or None
    return UnitForm(queries.units_made_under(actor), organisations, given if bound else None)


def _page(request: HttpRequest, form: UnitForm, organisation_form: OrganisationForm) -> HttpResponse:
    actor = me(request)
    choices = queries.units_made_under(actor)
    rows = {unit.id: unit for unit in access.visible_to(actor, Unit.objects.select_related("organisation"))}
    context = {
        "units": [(choice.path, rows[choice.id]) for choice in choices],
        "form": form,
        "organisation_form": organisation_form,
    }
    return render(request, "accounts/units.html", context)


def _create_unit(act: Act, form: UnitForm) -> Unit:
    given = form.cleaned_data
    return services.create_unit(
        act,
        unit_id=given["new_id"],
        parent_id=given["parent"],
        kind=given["kind"],
        name=given["name"],
        organisation_id=given["organisation"],
    )


def _create_organisation(act: Act, form: OrganisationForm) -> Organisation:
    given = form.cleaned_data
    return services.create_organisation(
        act,
        organisation_id=given["new_id"],
        name=given["name"],
        country=given["country"].upper(),
        contact=given["contact"],
    )
