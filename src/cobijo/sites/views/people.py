"""What happens to one person at a site: they go out for a time, a child is born, somebody dies."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND
from cobijo.core.pages import carried_out, me
from cobijo.people.access import unit_holding
from cobijo.people.queries import PersonLine, lines
from cobijo.sites import queries, services
from cobijo.sites.access import get_for
from cobijo.sites.forms import AwayForm, BirthForm, DeathForm
from cobijo.sites.models import Stay
from cobijo.sites.views.base import back_from, log_list, site_for, site_page


@login_required
def away(request: HttpRequest, site_id: UUID, stay_id: UUID) -> HttpResponse:
    """Record that somebody goes out for a time."""
    site, can = site_for(request, site_id, Permission.STAY)
    stay = get_for(me(request), Stay, stay_id)
    if stay.site_id != site_id:
        raise NOT_FOUND()
    zone = ZoneInfo(site.zone)
    form = AwayForm(request.POST or None, initial={"day": clock.today(zone)})
    if carried_out(
        request,
        form,
        lambda act: services.step_out(
            act, absence_id=form.cleaned_data["new_id"], stay_id=stay_id, expected_back=form.expected_back(zone)
        ),
    ):
        messages.success(request, _("Recorded. Their place stays theirs."))
        return back_from(request, site_id, "sites:people")
    log_list(request, site, 1)
    [line] = lines(me(request), [stay.person_id])
    return site_page(request, "sites/away.html", site, can, "people", form=form, line=line)


# --- the beginning and the end ---------------------------------------------------------------------------------------


def _line(request: HttpRequest, person_id: UUID) -> PersonLine:
    """The person a page is about; its opening is logged."""
    found = lines(me(request), [person_id])
    if not found:
        raise NOT_FOUND()
    if request.method == "GET":
        log_reading(me(request), ReadingKind.OPEN, "people.person", person_id)
    return found[0]


@login_required
def birth(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Register a newborn into the mother's household and where she sleeps."""
    mother = _line(request, person_id)
    stay = next((one for one in queries.stays_of(me(request), person_id) if one.is_open), None)
    if stay is None:
        raise NOT_ALLOWED()
    form = BirthForm(request.POST or None, initial={"born_on": clock.today(ZoneInfo(stay.zone))})
    if carried_out(
        request,
        form,
        lambda act: services.register_birth(
            act, child=form.child(), mother_id=person_id, stay_id=form.cleaned_data["stay_id"]
        ),
    ):
        messages.success(request, _("The child is registered and sleeps where its mother does."))
        return redirect(_page_of(form.cleaned_data["new_id"]))
    context = {"form": form, "line": mother, "stay": stay, "back": _page_of(person_id)}
    return render(request, "sites/birth.html", context)


@login_required
def death(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Record a death from the document of the authority."""
    dead = _line(request, person_id)
    unit_holding(me(request), person_id, Permission.CASE_WORK, Permission.MANAGE_SITE)
    form = DeathForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.record_death(
            act,
            death_id=form.cleaned_data["new_id"],
            person_id=person_id,
            **{name: form.cleaned_data[name] for name in ("died_on", "authority", "document")},
        ),
    ):
        messages.success(request, _("The death is recorded, and the stay has ended."))
        return redirect(_page_of(person_id))
    stays = [one for one in queries.stays_of(me(request), person_id) if one.is_open]
    context = {"form": form, "line": dead, "stays": stays, "back": _page_of(person_id)}
    return render(request, "sites/death.html", context)


def _page_of(person_id: UUID) -> str:
    return reverse("web:person", args=[person_id])
