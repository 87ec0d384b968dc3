"""The gate of a site: one document, whose script looks cards up and posts verbs; and the messages of visitors."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.core import clock
from cobijo.core.errors import NOT_ALLOWED
from cobijo.core.pages import done, me
from cobijo.people import queries as people
from cobijo.sites import services
from cobijo.sites.gate import queries
from cobijo.sites.gate.access import tells
from cobijo.sites.gate.queries import PassageLine
from cobijo.sites.gate.types import Meal, VisitState
from cobijo.sites.gate.words import words
from cobijo.sites.models import Site, Stay
from cobijo.sites.types import OPEN
from cobijo.sites.views.base import site_for, site_page

NOBODY = UUID(int=0)
MOST_FOUND = 8


@require_GET
@login_required
def gate(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """The gate: scan, see the face, one button. Whom a card means is read by the script and kept nowhere."""
    site, can = site_for(request, site_id, Permission.GATE)
    actor = me(request)
    lines = queries.recent(actor, site)
    if lines:
        log_reading(actor, ReadingKind.LIST, "sites.stay", people=len({line.code for line in lines}), unit=site_id)
    more = {
        "here": _here(request, site, lines),
        "meals": Meal.choices,
        "meal": queries.meal_at(site, clock.now()),
        "passed": queries.passed_today(site),
        "passed_on": queries.messages_passed(actor, site),
        "may_tell": tells(actor, site_id),
        "states": ("waiting", "confirmed", "held"),
    }
    return site_page(request, "sites/gate/gate.html", site, can, "gate", **more)


def _here(request: HttpRequest, site: Site, lines: list[PassageLine]) -> dict[str, Any]:
    """What the script needs of this page and its reader."""
    return {
        "account": str(me(request)),
        "now": clock.now().isoformat(),
        "time": round(timezone.now().timestamp() * 1000),
        "site": {"id": str(site.pk), "zone": site.zone},
        "words": words(),
        "recent": [_passage(line) for line in lines],
        "urls": {
            "page": reverse("sites:gate", args=[site.pk]),
            "photo": reverse("sites:gate-photo", args=[site.pk, NOBODY]),
        },
    }


def _passage(line: PassageLine) -> dict[str, Any]:
    return {
        "id": str(line.id),
        "who": line.name or line.code,
        "way": line.way,
        "meal": line.meal,
        "at": line.at.isoformat(),
        "odd": list(line.odd),
        "may_undo": line.may_undo,
    }


@require_GET
@login_required
def photo(request: HttpRequest, site_id: UUID, photo_id: UUID) -> HttpResponse:
    """The face of somebody who stays here: ours from the first byte to the last, kept by no cache."""
    site_for(request, site_id, Permission.GATE)
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'inline; filename="photo.jpg"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(
        queries.face_at_gate(me(request), site_id, photo_id), content_type="image/jpeg", headers=headers
    )


# --- visits ----------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
@login_required
def visits(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """Visitors who wait outside, for whoever passes messages on; residents are looked for by name, by post."""
    site, can = site_for(request, site_id)
    actor = me(request)
    if not tells(actor, site_id):
        raise NOT_ALLOWED()
    lines = queries.visits_waiting(actor, site)
    asked = request.POST.get("visit", "")
    typed = request.POST.get("words", "").strip()
    sought = next((line for line in lines if str(line.id) == asked), None)
    found = _residents(actor, site_id, typed or sought.asked_for) if sought else []
    more = {"lines": lines, "sought": sought, "typed": typed, "found": found, "outcomes": _outcomes()}
    return site_page(request, "sites/gate/visits.html", site, can, "visits", **more)


def _residents(actor: UUID, site_id: UUID, typed: str) -> list[people.PersonLine]:
    """The residents of the site the actor may see who fit the words; the search is logged."""
    hits = [hit.person_id for hit in people.search(actor, typed, unit=site_id, limit=MOST_FOUND)]
    here = set(Stay.objects.filter(person__in=hits, site=site_id, state__in=OPEN, voided_at=None).values_list(
        "person_id", flat=True
    ))  # fmt: skip
    lines = people.lines(actor, [one for one in hits if one in here])
    log_reading(actor, ReadingKind.SEARCH, "people.person", people=len(lines), unit=site_id)
    return lines


def _outcomes() -> list[tuple[str, str]]:
    return [
        (VisitState.CAME.value, _("The resident comes")),
        (VisitState.DECLINED.value, _("Does not come")),
        (VisitState.LEFT.value, _("The visitor left")),
    ]


@require_POST
@login_required
def tell(request: HttpRequest, site_id: UUID, visit_id: UUID, person_id: UUID) -> HttpResponse:
    """Record that a resident was told."""
    site_for(request, site_id)
    done(
        request,
        lambda act: services.tell_resident(act, visit_id=visit_id, person_id=person_id),
        _("Recorded: the resident was told."),
    )
    return redirect("sites:visits", site_id)


@require_POST
@login_required
def settle(request: HttpRequest, site_id: UUID, visit_id: UUID) -> HttpResponse:
    """Say how a visit ended."""
    site_for(request, site_id)
    said = request.POST.get("outcome", "")
    outcome = VisitState(said) if said in VisitState.values else VisitState.WAITING
    done(request, lambda act: services.settle_visit(act, visit_id=visit_id, outcome=outcome), _("Recorded."))
    return redirect("sites:visits", site_id)
