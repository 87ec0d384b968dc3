"""One traveller at the centre: return, child, private talk, night, and how they leave."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.ids import uuid7
from cobijo.core.pages import carried_out, done, me
from cobijo.movements import queries, services
from cobijo.movements.forms import LeaveForm, ReleaseForm, ReturnForm, RouteForm, SettleForm
from cobijo.movements.models import ReturnRecord, Traveller
from cobijo.movements.types import Private, TravellerState
from cobijo.movements.views.base import centre_page, note, site_for
from cobijo.sites import services as sites
from cobijo.sites.queries import open_stay_ids
from cobijo.sites.types import CheckInOf


def _of(request: HttpRequest, traveller_id: UUID) -> tuple[Traveller, queries.Line, Any]:
    found, line = queries.traveller_for(me(request), traveller_id)
    site = site_for(request, found.movement.site_id, Permission.SEE_PEOPLE)
    note(request, 1, site.pk, traveller_id)
    return found, line, site


@require_GET
@login_required
def traveller(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """Who this is, with whom they came, what they said, what comes next."""
    found, line, site = _of(request, traveller_id)
    record = queries.return_of(me(request), found)
    lodged = bool(found.person_id and open_stay_ids(site.pk, [found.person_id]))
    cases = authority.holds(me(request), Permission.CASE_WORK, site.pk)
    context: dict[str, Any] = {
        "traveller": found,
        "line": line,
        "arrival": queries.name_of(found.movement),
        "record": record,
        "sealed": queries.sealed_words(me(request), record, cases) if record else {},
        "lodged": lodged,
        "visits": found.visits.exclude(ended_at=None).order_by("ended_at"),
        "settle": SettleForm() if cases and found.private == Private.ASKED else None,
        "here": line.state is TravellerState.HERE,
    }
    return centre_page(request, "movements/traveller.html", site, "board", **context)


@require_http_methods(["GET", "POST"])
@login_required
def returned(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """What somebody says of their return, at the interview or later."""
    found, line, site = _of(request, traveller_id)
    person = found.person_id
    if person is None:
        return redirect("movements:receive", found.movement_id, traveller_id)
    record = queries.return_of(me(request), found)
    cases = authority.holds(me(request), Permission.CASE_WORK, site.pk)
    form = ReturnForm(request.POST or None, initial=_as_said(record, found), sealed=cases)

    if carried_out(
        request,
        form,
        lambda act: services.record_return(
            act,
            traveller_id=traveller_id,
            record=form.record(
                record.pk if record else form.cleaned_data["new_id"], person, form.cleaned_data["new_id"]
            ),
        ),
    ):
        messages.success(request, _("The return is recorded."))
        return redirect("movements:traveller", traveller_id)
    return centre_page(request, "movements/return.html", site, "board", form=form, line=line, traveller=found)


def _as_said(record: ReturnRecord | None, found: Traveller) -> dict[str, Any]:
    if record is None:
        return {"country": found.movement.country}
    names = [name for name in ReturnForm.base_fields if hasattr(record, name)]
    family: dict[str, Any] = record.family_left
    return {name: getattr(record, name) for name in names} | family


@require_http_methods(["GET", "POST"])
@login_required
def route(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """With whom a child travels."""
    found, line, site = _of(request, traveller_id)
    form = RouteForm(request.POST or None, initial={"travels_with": found.travels_with})
    if carried_out(
        request,
        form,
        lambda act: services.route_child(
            act,
            traveller_id=traveller_id,
            travels_with=form.cleaned_data["travels_with"],
            stay_id=form.cleaned_data["new_id"],
        ),
    ):
        messages.success(request, _("Noted. Whoever protects children was told where it needs them."))
        return redirect("movements:traveller", traveller_id)
    return centre_page(request, "movements/route.html", site, "board", form=form, line=line, traveller=found)


@require_http_methods(["GET", "POST"])
@login_required
def release(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """Let a child go by the act of the competent authority."""
    found, line, site = _of(request, traveller_id)
    person = found.person_id
    if person is None:
        return redirect("movements:receive", found.movement_id, traveller_id)
    form = ReleaseForm(request.POST or None)
    if carried_out(
        request,
        form,
        lambda act: services.release_child(
            act,
            traveller_id=traveller_id,
            authority_act=form.act_for(person),
            destination=form.cleaned_data["destination"],
        ),
    ):
        messages.success(request, _("The child has left with the adult whom the act names."))
        return redirect("movements:traveller", traveller_id)
    return centre_page(request, "movements/release.html", site, "board", form=form, line=line, traveller=found)


@require_POST
@login_required
def settle(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """After a talk in private."""
    _found, _line, site = _of(request, traveller_id)
    if not authority.holds(me(request), Permission.CASE_WORK, site.pk):
        raise NOT_ALLOWED()
    form = SettleForm(request.POST)
    if carried_out(
        request,
        form,
        lambda act: services.settle_private(act, traveller_id=traveller_id, settled=form.cleaned_data["settled"]),
    ):
        messages.success(request, _("Noted."))
    return redirect("movements:traveller", traveller_id)


@require_http_methods(["GET", "POST"])
@login_required
def leave(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """Somebody leaves, with those of their household who go along."""
    found, line, site = _of(request, traveller_id)
    others = [] if line.home is None else _others(request, found, line)
    form = LeaveForm(others, request.POST or None, initial={"together": [str(one) for one, _name in others]})
    if carried_out(
        request,
        form,
        lambda act: services.leave_centre(
            act,
            traveller_ids=[traveller_id, *(UUID(one) for one in form.cleaned_data.get("together", ()))],
            way=form.cleaned_data["way"],
            destination=form.cleaned_data["destination"],
        ),
    ):
        messages.success(request, _("Noted that they left."))
        return redirect("movements:board", site.pk)
    return centre_page(request, "movements/leave.html", site, "board", form=form, line=line, traveller=found)


def _others(request: HttpRequest, found: Traveller, line: queries.Line) -> list[tuple[UUID, str]]:
    """Those of the household who came with the same movement and are here."""
    came = queries.manifest_of(me(request), found.movement)
    return [
        (one.id, one.label) for one in came
        if one.home == line.home and one.id != line.id and one.state is TravellerState.HERE
    ]  # fmt: skip


@require_POST
@login_required
def night(request: HttpRequest, traveller_id: UUID) -> HttpResponse:
    """Keep a place at the centre tonight for somebody who arrived late, and for their household."""
    found, line, site = _of(request, traveller_id)
    people = [found.person_id] if found.person_id else []
    for other, _name in _others(request, found, line) if line.home else ():
        also, _line = queries.traveller_for(me(request), other)
        people += [also.person_id] if also.person_id else []
    lodged = open_stay_ids(site.pk, people)
    arrivals = [CheckInOf(person_id=one, stay_id=uuid7()) for one in people if one not in lodged]
    tonight = clock.today(ZoneInfo(site.zone))
    if arrivals:
        done(
            request,
            lambda act: sites.plan_stays(act, site_id=site.pk, arrivals=arrivals, planned_for=tonight),
            _("A place for tonight is kept. They are checked in when they go to sleep."),
        )
    return redirect("movements:traveller", traveller_id)
