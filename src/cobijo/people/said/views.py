"""The pages on which is written what a household says of itself, and who may receive for it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core.errors import NOT_ALLOWED, Sentence
from cobijo.core.pages import VerbForm, carried_out, done, me
from cobijo.people import sight
from cobijo.people.models import Household
from cobijo.people.queries.records import MemberRow, members_for
from cobijo.people.said import access, forms, queries, services
from cobijo.people.said.models import Collector

_asks = require_http_methods(["GET", "POST"])


@_asks
@login_required
def describe(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Write down what a household says of itself."""
    members = _speakers(me(request), household_id)
    form = forms.DescribeForm(members, request.POST or None, initial=_as_kept(me(request), household_id))
    if carried_out(
        request,
        form,
        lambda act: services.describe_household(act, household_id=household_id, facts=form.facts()),
    ):
        return _written(request, household_id, _("It is written down."))
    return _page(request, household_id, form, _("What the household says"), _("Write it down"))


def _as_kept(actor: UUID, household: UUID) -> dict[str, object]:
    row = queries.said_of(actor, household)
    if row is None:
        return {}
    return {
        "size": row.size,
        "here": row.here,
        "animals": row.animals,
        "animals_said": row.animals_said,
        "explained": row.explained_in,
    }


@_asks
@login_required
def name_collector(request: HttpRequest, household_id: UUID) -> HttpResponse:
    """Say who else may receive for a household."""
    form = forms.CollectorForm(_speakers(me(request), household_id), request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.name_collector(
            act,
            collector_id=form.cleaned_data["new_id"],
            household_id=household_id,
            person_id=form.cleaned_data["person"],
            name=form.cleaned_data["name"],
            card=form.cleaned_data["card"] or None,
        ),
    ):
        return _written(request, household_id, _("They may receive for the household."))
    return _page(request, household_id, form, _("Who else may receive"), _("Name them"))


@require_POST
@login_required
def end_collector(request: HttpRequest, collector_id: UUID) -> HttpResponse:
    """Say that somebody receives nothing for a household any more."""
    household = access.get_for(me(request), Collector, collector_id).household_id
    said = _("They receive nothing for the household any more.")
    done(request, lambda act: services.end_collector(act, collector_id=collector_id), said)
    return redirect("web:household", household_id=household)


def _speakers(actor: UUID, household: UUID) -> list[MemberRow]:
    """The members for whom the actor registers: who of them says it is asked."""
    sight.require_held_household(actor, household)
    found = [one for one in members_for(actor, household) if sight.holds_for(actor, Permission.REGISTER, one.line.id)]
    if not found:
        raise NOT_ALLOWED()
    return found


def _written(request: HttpRequest, household: UUID, said: Sentence) -> HttpResponse:
    messages.success(request, str(said))
    return redirect("web:household", household_id=household)


def _page(request: HttpRequest, household: UUID, form: VerbForm, heading: Sentence, button: Sentence) -> HttpResponse:
    home = sight.get_for(me(request), Household, household)
    if request.method == "GET":
        log_reading(me(request), ReadingKind.OPEN, "people.household", household)
    context = {"form": form, "home": home, "heading": heading, "button": button}
    return render(request, "people/said/form.html", context)
