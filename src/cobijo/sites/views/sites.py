"""The list of sites, a site at a glance, its people, and who is not back yet."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock, panels
from cobijo.core.pages import done, me
from cobijo.sites import queries, services
from cobijo.sites.forms import RosterForm
from cobijo.sites.guests.queries import TallyLine, is_open_at, night_at, tallies_of
from cobijo.sites.models import Site
from cobijo.sites.queries import RosterFilter, SiteOverview
from cobijo.sites.rollcalls.models import RollCall
from cobijo.sites.types import SiteStatus
from cobijo.sites.views.base import log_list, site_for, site_page

ON_A_PAGE = 25
NEARLY = 14
"""So many days before a site is given back it is said among what is due."""


@require_GET
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """The sites one works with: how full they are, by name."""
    actor, text = me(request), request.GET.get("q", "")
    status = SiteStatus(chosen) if (chosen := request.GET.get("status", "")) in SiteStatus.values else None
    page = max(int(said) if (said := request.GET.get("page", "1")).isdigit() else 1, 1)
    part = slice((page - 1) * ON_A_PAGE, page * ON_A_PAGE)
    lines, total = queries.sites_for(actor, text=text, status=status, part=part)
    context = {
        "lines": lines,
        "total": total,
        "text": text,
        "status": status,
        "statuses": SiteStatus,
        "page": page,
        "before": page - 1,
        "after": page + 1 if total > page * ON_A_PAGE else 0,
        "responses": (responses := queries.responses_run_by(actor)),
        "may_add": bool(responses),
        "may_compare": authority.authority(actor).has(Permission.SEE_FIGURES),
        "may_report": authority.authority(actor).has(Permission.REPORT_SITE),
    }
    return render(request, "sites/list.html", context)


# --- one site --------------------------------------------------------------------------------------------------------


@require_GET
@login_required
def site(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A site at a glance, for whoever manages it; without figures for whoever only sets it up."""
    found, can = site_for(request, site_id)
    now = clock.now()
    shut = None if is_open_at(found, now) else found.opens_at
    seen: dict[str, Any] = {"status": queries.status_of(found), "shut": shut}
    if can.figures:
        overview = queries.site_overview(found)
        seen |= {
            "overview": overview,
            "report": queries.newest_report(found),
            "pyramid_title": _pyramid_title(overview),
            "days_title": _days_title(overview),
            "due": _anything_due(overview),
            "nearly": NEARLY,
            "outlook": queries.outlook(found) if can.people else None,
            "guests": (guests := _guests(found, now) if found.opens_at else None),
            "roll_call": (rolled := _roll_call(found, now)),
            "counted": rolled.counted if rolled else guests.persons if guests else None,
            "erased": queries.erased_still_in(found) if overview.erased and can.stay else (),
            "panels": panels.of_page("site", me(request), found),
        }
    return site_page(request, "sites/site.html", found, can, "site", **seen)


def _guests(site: Site, now: datetime) -> TallyLine | None:
    """The count of this night's guests that stands."""
    former = tallies_of(site, night_at(site, now))
    return former[0] if former else None


def _roll_call(site: Site, now: datetime) -> RollCall | None:
    """The newest roll-call that ended, while it is of this night or the one before."""
    newest = queries.last_roll_call(site)
    recent = newest is not None and newest.night >= night_at(site, now) - timedelta(days=1)
    return newest if recent else None


def _pyramid_title(overview: SiteOverview) -> str:
    """What the pyramid shows, in a sentence: the share of children."""
    children = sum(band.total or 0 for band in overview.bands if band.band in _UNDER_18)
    if not overview.registered:
        return _("Nobody is registered")
    if not children:
        return _("No children among {people} people").format(people=overview.registered)
    return ngettext(
        "{children} child among {people} people", "{children} children among {people} people", children
    ).format(children=children, people=overview.registered)


_UNDER_18 = {"0-4", "5-11", "12-17", "0-5", "6-11", "0-6", "7-12", "13-17", "0", "1-5", "6-17"}


def _days_title(overview: SiteOverview) -> str:
    """Whether the site filled or emptied in the days shown."""
    came = sum(day.arrivals or 0 for day in overview.days)
    left = sum(day.departures or 0 for day in overview.days)
    if not came and not left:
        return _("Nobody came and nobody left in fourteen days")
    if came == left:
        return _("As many came as left: {people}").format(people=came)
    said = _("{more} more came than left") if came > left else _("{more} more left than came")
    return said.format(more=abs(came - left))


def _anything_due(overview: SiteOverview) -> bool:
    due = overview.due
    back = due.give_back_in is not None and due.give_back_in <= NEARLY
    open_points = (
        due.asked, due.leaving, due.coming, due.returning, overview.overdue, overview.disputed, overview.erased,
        len(overview.over), overview.places.over,
    )  # fmt: skip
    return back or any(open_points)


@require_POST
@login_required
def let_go(request: HttpRequest, site_id: UUID, stay_id: UUID) -> HttpResponse:
    """Record that somebody without a record has left."""
    site_for(request, site_id, Permission.STAY)
    done(request, lambda act: services.check_out_erased(act, stay_id=stay_id), _("Recorded. One place is free."))
    return redirect("sites:site", site_id)


# --- its people ------------------------------------------------------------------------------------------------------


@login_required
def people(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The people of a site by name. What the list is narrowed to is posted and stands in no address."""
    found, can = site_for(request, site_id, Permission.SEE_PEOPLE)
    form = RosterForm(queries.space_tree(site_id), request.POST or None)
    wanted, page = RosterFilter(), 1
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        wanted = RosterFilter(given["space"], given["state"], given["need"], given["disputed"])
        page = given["page"] or 1
    roster = queries.occupants(me(request), site_id, wanted, page)
    log_list(request, found, len(roster.rows))
    kept = [(name, request.POST[name]) for name in ("space", "state", "need", "disputed") if request.POST.get(name)]
    unnamed = sum(line.persons for line in queries.unnamed_at(me(request), site_id)) if can.stay else 0
    more = {"form": form, "roster": roster, "narrowed": wanted != RosterFilter(), "kept": kept, "unnamed": unnamed}
    return site_page(request, "sites/people.html", found, can, "people", **more)


@require_GET
@login_required
def overdue(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Whoever went out for a time and should be back."""
    found, can = site_for(request, site_id, Permission.SEE_PEOPLE)
    late, unsaid = queries.overdue(me(request), site_id), queries.out_without_hour(me(request), found)
    log_list(request, found, len(late) + len(unsaid))
    asked = queries.whom_to_ask(me(request), site_id, [*late, *unsaid])
    more = {
        "late": [(one, asked.get(one.stay_id)) for one in late],
        "unsaid": [(one, asked.get(one.stay_id)) for one in unsaid],
    }
    return site_page(request, "sites/overdue.html", found, can, "overdue", **more)


@require_POST
@login_required
def come_back(request: HttpRequest, site_id: UUID, stay_id: UUID) -> HttpResponse:
    """Record that somebody is back."""
    site_for(request, site_id, Permission.STAY)
    done(request, lambda act: services.come_back(act, stay_id=stay_id), _("Recorded as back."))
    return redirect("sites:overdue", site_id)


@require_POST
@login_required
def settle(request: HttpRequest, site_id: UUID, stay_id: UUID) -> HttpResponse:
    """Say whether a stay that is to be confirmed is so."""
    site_for(request, site_id, Permission.MANAGE_SITE)
    stands = request.POST.get("stands") == "yes"
    said = _("The stay counts from now on.") if stands else _("The stay was taken out.")
    done(request, lambda act: services.settle_dispute(act, stay_id=stay_id, stands=stands), said)
    return redirect("sites:people", site_id)
