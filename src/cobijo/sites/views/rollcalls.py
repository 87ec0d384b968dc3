"""Roll-calls of a site: the list, the sheet to mark on, the differences of one that ended, its print."""

from collections.abc import Callable
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts.types import Permission
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED, NOT_FOUND, DomainError
from cobijo.core.ids import uuid7
from cobijo.core.pages import PDF, act_of, carried_out, done, file_answer, me
from cobijo.core.verbs import Act
from cobijo.sites import services
from cobijo.sites.access import get_for
from cobijo.sites.guests.queries import night_at
from cobijo.sites.models import Site, Stay
from cobijo.sites.rollcalls import access, prints, queries
from cobijo.sites.rollcalls.forms import ExplainForm
from cobijo.sites.rollcalls.models import Difference, RollCall
from cobijo.sites.rollcalls.queries import DifferenceLine
from cobijo.sites.rollcalls.types import DifferenceKind
from cobijo.sites.rollcalls.words import words
from cobijo.sites.types import StayState
from cobijo.sites.views.base import Can, log_list, site_for, site_page

_READS = (Permission.STAY, Permission.MANAGE_SITE, Permission.GATE)

# --- the list --------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def index(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The roll-calls of a site, and the way to begin tonight's or to join the one under way."""
    site, can = site_for(request, site_id, *_READS)
    if request.method == "POST":
        return _begin(request, site)
    lines = queries.roll_calls_of(site)
    tonight = night_at(site, clock.now())
    more = {
        "lines": lines,
        "tonight": tonight,
        "under_way": next((line.row for line in lines if line.is_open and line.row.night == tonight), None),
        "runs": access.runs(me(request), site_id),
    }
    return site_page(request, "sites/rollcalls/list.html", site, can, "roll-calls", **more)


def _begin(request: HttpRequest, site: Site) -> HttpResponse:
    try:
        roll_call = services.begin_roll_call(act_of(request), roll_call_id=uuid7(), site_id=site.pk)
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("sites:roll-calls", site.pk)
    return redirect("sites:roll-call", site.pk, roll_call.pk)


# --- one of them -----------------------------------------------------------------------------------------------------


def _roll_call(request: HttpRequest, site_id: UUID, roll_call_id: UUID) -> tuple[Site, Can, RollCall]:
    site, can = site_for(request, site_id, *_READS)
    found = get_for(me(request), RollCall, roll_call_id)
    if found.site_id != site_id:
        raise NOT_FOUND()
    found.site = site
    return site, can, found


@require_http_methods(["GET", "POST"])
@login_required
def roll_call(request: HttpRequest, site_id: UUID, roll_call_id: UUID) -> HttpResponse:
    """The sheet of a roll-call under way, or the differences of one that ended. Posting ends it."""
    site, can, found = _roll_call(request, site_id, roll_call_id)
    if request.method == "POST":
        done(
            request,
            lambda act: services.end_roll_call(act, roll_call_id=roll_call_id),
            _("The roll-call has ended. What differs stands below."),
        )
        return redirect("sites:roll-call", site_id, roll_call_id)
    if found.ended_at is None:
        return _sheet(request, site, can, found)
    if not access.runs(me(request), site_id):
        return redirect("sites:roll-calls", site_id)
    return _differences(request, site, can, found)


def _sheet(request: HttpRequest, site: Site, can: Can, found: RollCall) -> HttpResponse:
    actor = me(request)
    rooms = queries.rooms(actor, found)
    log_list(request, site, sum(len(room.people) for room in rooms))
    more = {
        "roll_call": found,
        "rooms": rooms,
        "runs": access.runs(actor, site.pk),
        "here": _here(request, site, found),
        "states": ("waiting", "confirmed", "held"),
    }
    return site_page(request, "sites/rollcalls/sheet.html", site, can, "roll-calls", **more)


def _here(request: HttpRequest, site: Site, found: RollCall) -> dict[str, Any]:
    """What the sheet's script needs of this page and its reader."""
    return {
        "account": str(me(request)),
        "now": clock.now().isoformat(),
        "time": round(timezone.now().timestamp() * 1000),
        "site": {"id": str(site.pk), "zone": site.zone},
        "roll_call": str(found.pk),
        "words": words(),
        "state": queries.state(me(request), found),
        "urls": {
            "page": reverse("sites:roll-call", args=[site.pk, found.pk]),
            "state": reverse("sites:roll-call-state", args=[site.pk, found.pk]),
        },
    }


@require_GET
@login_required
def state(request: HttpRequest, site_id: UUID, roll_call_id: UUID) -> HttpResponse:
    """What is marked by now: ids and numbers, for the pages on which it is under way."""
    _site, _can, found = _roll_call(request, site_id, roll_call_id)
    answer = JsonResponse(queries.state(me(request), found))
    answer["Cache-Control"] = "no-store"
    return answer


# --- differences -----------------------------------------------------------------------------------------------------


def _differences(request: HttpRequest, site: Site, can: Can, found: RollCall, wrong: Any = None) -> HttpResponse:
    """The differences, each with what can be done about it and the words that explain it."""
    lines = queries.differences_of(me(request), found)
    log_list(request, site, sum(line.stay_id is not None for line in lines))
    forms = {line.id: _form(line) for line in lines if line.settled_at is None}
    if wrong is not None:
        forms[wrong[0]] = wrong[1]
    more = {
        "roll_call": found,
        "entries": [(line, forms.get(line.id)) for line in lines],
        "to_explain": len(forms),
        "words": queries.words_of_nameless(found),
        "title": _finding(found, lines),
        "wrong": wrong[1] if wrong else None,
    }
    return site_page(request, "sites/rollcalls/ended.html", site, can, "roll-calls", **more)


def _form(line: DifferenceLine, data: Any = None) -> ExplainForm:
    return ExplainForm(line.likely, data, prefix=str(line.id), auto_id="id_%s")


def _finding(found: RollCall, lines: list[DifferenceLine]) -> str:
    """What the roll-call found, in a sentence."""
    if not lines:
        return _("Marks and register agree")
    persons = sum(line.persons for line in lines)
    return ngettext(
        "One person differs between the marks and the register",
        "{persons} people differ between the marks and the register",
        persons,
    ).format(persons=persons)


@require_POST
@login_required
def explain(request: HttpRequest, site_id: UUID, difference_id: UUID) -> HttpResponse:
    """Explain a difference, or do first what one of its buttons says: back, moved, checked in."""
    row = get_for(me(request), Difference, difference_id)
    site, can, found = _roll_call(request, site_id, row.roll_call_id)
    if wanted := request.POST.get("do", ""):
        _do(request, row, wanted)
        return redirect("sites:roll-call", site_id, found.pk)
    line = next(one for one in queries.differences_of(me(request), found) if one.id == difference_id)
    form = _form(line, request.POST)
    if carried_out(
        request,
        form,
        lambda act: services.explain_difference(
            act,
            difference_id=difference_id,
            explanation=form.cleaned_data["explanation"],
            note=form.cleaned_data["note"],
        ),
    ):
        messages.success(request, _("Explained."))
        return redirect("sites:roll-call", site_id, found.pk)
    return _differences(request, site, can, found, wrong=(difference_id, form))


def _do(request: HttpRequest, row: Difference, wanted: str) -> None:
    """What a button of a difference does: a verb of its own, for who may call it."""
    stay = row.stay
    if stay is None:
        raise NOT_FOUND()
    known: dict[str, tuple[Callable[[Act], object], str]] = {
        "back": (lambda act: services.come_back(act, stay_id=stay.pk), _("Recorded as back.")),
        "move": (
            lambda act: services.move_space(act, stay_ids=[stay.pk], space_id=row.space_id),
            _("Recorded: sleeps there now."),
        ),
        "check_in": (lambda act: _check_in(act, stay, row), _("Checked in.")),
    }
    if wanted not in known:
        raise NOT_ALLOWED()
    verb, said = known[wanted]
    done(request, verb, said)


def _check_in(act: Act, stay: Stay, row: Difference) -> Stay:
    """By the planned stay, where that is what was marked; else by a new one."""
    planned = stay.state == StayState.PLANNED
    return services.check_in(
        act,
        stay_id=stay.pk if planned else uuid7(),
        site_id=stay.site_id,
        person_id=stay.person_id,
        space_id=row.space_id if row.kind == DifferenceKind.HERE_NOT_REGISTERED else None,
    )


@require_GET
@login_required
def record(request: HttpRequest, site_id: UUID, roll_call_id: UUID) -> HttpResponse:
    """The record of that night on paper: numbers, no names."""
    site, _can, found = _roll_call(request, site_id, roll_call_id)
    if found.ended_at is None or not access.runs(me(request), site_id):
        raise NOT_FOUND()
    lines = queries.differences_of(me(request), found)
    day = found.ended_at.astimezone(ZoneInfo(site.zone)).date()
    content = prints.record_pdf(found, lines)
    return file_answer(content, PDF, f"roll-call-{site.code}-{day.isoformat()}-internal.pdf", inline=True)
