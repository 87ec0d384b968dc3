"""Night shelters: the tally at the door, and person-nights."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.pages import carried_out, done, table_answer
from cobijo.sites import exports, queries, services
from cobijo.sites.guests.forms import PeriodForm, TallyForm
from cobijo.sites.guests.queries import TallyLine, is_open_at, night_at, person_nights, tallies_of
from cobijo.sites.models import Site
from cobijo.sites.views.base import site_for, site_page

_COUNT = (Permission.STAY, Permission.REPORT_SITE)
SHOWN: Final = timedelta(days=29)
MOST: Final = timedelta(days=730)


@login_required
def guests(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The tally of tonight's guests, or of another night."""
    site, can = site_for(request, site_id, *_COUNT)
    now = clock.now()
    night = night_at(site, now)
    former = tallies_of(site, night)
    form = TallyForm(night, former[0] if former else None, request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.count_guests(
            act,
            tally_id=form.cleaned_data["new_id"],
            site_id=site_id,
            night=form.cleaned_data["night"],
            cells=form.cells(),
            observed_at=now,
        ),
    ):
        people = sum(cell.persons for cell in form.cells())
        messages.success(request, _("Saved: {people} guests by now.").format(people=people))
        if former and former[0].id != form.cleaned_data["seen"] and form.cleaned_data["night"] == night:
            messages.warning(request, _between(former[0]))
        return redirect("sites:guests", site_id)
    more = {
        "form": form,
        "night": night,
        "former": former,
        "is_open": is_open_at(site, now),
        "tree": queries.space_tree(site_id),
    }
    return site_page(request, "sites/guests/tally.html", site, can, "guests", **more)


def _between(other: TallyLine) -> str:
    """That somebody else saved a count of the same night since this page was opened."""
    said = _(
        "Another count of this night was saved meanwhile, of {people} guests. Yours stands now: check it is of all."
    )
    return said.format(people=other.persons)


@require_POST
@login_required
def void(request: HttpRequest, site_id: UUID, tally_id: UUID) -> HttpResponse:
    """Take a mistaken count of guests out."""
    site_for(request, site_id, *_COUNT)
    done(request, lambda act: services.void_tally(act, tally_id=tally_id), _("The count of guests was taken out."))
    return redirect("sites:guests", site_id)


# --- person-nights ---------------------------------------------------------------------------------------------------


@require_GET
@login_required
def nights(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """How many people slept at a site night by night: registered and counted apart."""
    site, can = site_for(request, site_id, Permission.SEE_FIGURES)
    first, last = _period(request, site)
    found = person_nights(Site.objects.filter(pk=site_id), first, last)
    asked = "?" + urlencode(
        {f"{name}_{part}": getattr(day, part) for name, day in _ends(first, last) for part in ("day", "month", "year")}
    )
    more = {
        "form": PeriodForm(initial=dict(_ends(first, last))),
        "first": first,
        "last": last,
        "found": found,
        "lines": found.lines[::-1],
        "exports": exports.offered(lambda form: reverse("sites:nights-file", args=[site_id, form]) + asked),
    }
    return site_page(request, "sites/guests/nights.html", site, can, "nights", **more)


@require_GET
@login_required
def nights_file(request: HttpRequest, site_id: UUID, form: str) -> HttpResponse:
    """The same as a file."""
    site, _can = site_for(request, site_id, Permission.SEE_FIGURES)
    first, last = _period(request, site)
    table = exports.of_nights(site, person_nights(Site.objects.filter(pk=site_id), first, last))
    return table_answer(table, form, f"person-nights-{site.code}-{first.isoformat()}-{last.isoformat()}-internal")


def _ends(first: date, last: date) -> list[tuple[str, date]]:
    return [("first", first), ("last", last)]


def _period(request: HttpRequest, site: Site) -> tuple[date, date]:
    """From which night to which: as asked for, the last thirty where nothing sensible is."""
    last = clock.today(queries.zone_of(site)) - timedelta(days=1)
    form = PeriodForm(request.GET)
    if form.is_valid() and form.cleaned_data["first"] <= form.cleaned_data["last"]:
        first, last = form.cleaned_data["first"], min(form.cleaned_data["last"], last)
        return max(first, last - MOST), last
    return last - SHOWN, last
