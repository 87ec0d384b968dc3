"""A household leaves a site, or is proposed to another one. What will happen is said in numbers before it does."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND
from cobijo.core.pages import carried_out, me
from cobijo.sites import queries, services
from cobijo.sites.access import get_for
from cobijo.sites.forms import LeavingForm, ProposalForm
from cobijo.sites.models import Stay
from cobijo.sites.queries import NumberLine, Occupant
from cobijo.sites.types import OutReason
from cobijo.sites.views.base import back_from, log_list, site_for, site_page


def _household(request: HttpRequest, site_id: UUID, stay_id: UUID) -> list[Occupant]:
    """The open stays of the household of a stay, as far as the reader may see them; none if all have left."""
    stay = get_for(me(request), Stay, stay_id)
    found = queries.household_at(me(request), site_id, stay.household_id, stay_id)
    if stay.site_id != site_id:
        raise NOT_FOUND()
    return found


def _numbers(request: HttpRequest, site_id: UUID, stay_id: UUID) -> list[NumberLine]:
    """Those of the household of a stay who are at the site without a name."""
    home = Stay.objects.values_list("household_id", flat=True).get(pk=stay_id)
    return [one for one in queries.unnamed_of(me(request), home) if one.site_id == site_id] if home else []


def _gone(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Nobody of the household is in any more: the form was sent twice, or somebody was quicker."""
    messages.info(request, _("They have left already."))
    return redirect("sites:people", site_id)


@login_required
def leave(request: HttpRequest, site_id: UUID, stay_id: UUID) -> HttpResponse:
    """Check a household out, or those of it who leave."""
    site, can = site_for(request, site_id, Permission.STAY)
    household = _household(request, site_id, stay_id)
    if not household:
        return _gone(request, site_id)
    numbers = _numbers(request, site_id, stay_id)
    form = LeavingForm(household, numbers, request.POST or None)
    if request.GET.get("reason") in OutReason.values:
        form.fields["reason"].initial = request.GET["reason"]
    if carried_out(
        request,
        form,
        lambda act: services.check_out(
            act,
            stay_ids=form.cleaned_data["who"],
            reason=form.cleaned_data["reason"],
            destination=form.cleaned_data["destination"],
            authority_act=form.authority_act(),
            unnamed_ids=form.cleaned_data["unnamed"],
        ),
    ):
        with_them = sum(one.persons for one in numbers if one.id in form.cleaned_data["unnamed"])
        messages.success(request, _checked_out(len(form.cleaned_data["who"]) + with_them))
        return back_from(request, site_id, "sites:people")
    log_list(request, site, len(household))
    people = len(household) + sum(one.persons for one in numbers)
    return site_page(request, "sites/leave.html", site, can, "people", form=form, numbers=numbers, people=people)


def _checked_out(people: int) -> str:
    return ngettext(
        "{people} person checked out, {people} place free.",
        "{people} people checked out, {people} places free.",
        people,
    ).format(people=people)


@login_required
def propose(request: HttpRequest, site_id: UUID, stay_id: UUID) -> HttpResponse:
    """Propose that a household moves to another site."""
    site, can = site_for(request, site_id, Permission.MANAGE_SITE)
    household = _household(request, site_id, stay_id)
    if not household:
        return _gone(request, site_id)
    targets = queries.transfer_targets(site)
    form = ProposalForm(household, targets, request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.propose_transfer(
            act,
            transfer_id=form.cleaned_data["new_id"],
            to_site_id=form.cleaned_data["to_site"],
            stay_ids=form.cleaned_data["who"],
            travels_on=form.cleaned_data["travels_on"],
            why=form.cleaned_data["why"],
        ),
    ):
        messages.success(request, _("Proposed. The other site now expects them and answers."))
        return redirect("sites:transfers")
    log_list(request, site, len(household))
    along = sum(one.persons for one in _numbers(request, site_id, stay_id))
    more = {"form": form, "household": household, "targets": targets, "now": clock.now(), "along": along}
    return site_page(request, "sites/propose.html", site, can, "people", **more)
