"""The desk's one document: what it holds for this reader, the words its scripts use, and what they read beside the API.

The catalogue of words and choices is the same for everybody and may be kept by the browser; whatever is about people is
read by the scripts when it is asked for, and kept nowhere.
"""

import json
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET, require_POST

from cobijo.accounts import access as authority
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import Permission, ReadingKind
from cobijo.algorithms.ages import BAND_SETS
from cobijo.core import clock
from cobijo.core.errors import BAD_ARGUMENTS, NOT_ALLOWED
from cobijo.people import queries as people
from cobijo.sites import queries as sites
from cobijo.sites.queries import scopes
from cobijo.sites.types import SiteStatus, StayState
from cobijo.web import desk_words as words

NOBODY: Final = UUID(int=0)
MONTH_FIRST: Final = frozenset({"US"})
"""Countries that write the month before the day."""
STATES: Final = ("waiting", "confirmed", "held", "over", "overdue", "planned", "disputed")
MOST_SITES: Final = 200
MOST_PEOPLE: Final = 60


@gzip_page
def page(request: HttpRequest) -> HttpResponse:
    """The document, in the reader's language, with their sites and what is said aloud there.

    It may be compressed: nothing anybody typed stands in it, and its token is masked anew each time.
    """
    context = {
        "here": _here(request, translation.get_language() or "en"),
        "sexes": words.sexes(),
        "kinships": words.kinships().items(),
        "presences": words.presences().items(),
        "needs": words.needs(),
        "reasons": words.reasons(),
        "states": STATES,
    }
    return render(request, "web/desk.html", context)


@login_not_required
@require_GET
@gzip_page
def catalogue(_request: HttpRequest, language: str, digest: str) -> HttpResponse:
    """Words and choices in a language. The digest in the address changes with them, so a browser may keep them."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        response = JsonResponse(words.catalogue(), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
    known = digest == words.digest(language)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if known else "public, max-age=60"
    return response


def _actor(request: HttpRequest) -> UUID:
    """Who is signed in. Raises NOT_ALLOWED where nobody is."""
    if request.user.pk is None:
        raise NOT_ALLOWED()
    return request.user.pk


# --- what is here ----------------------------------------------------------------------------------------------------


def _here(request: HttpRequest, language: str) -> dict[str, Any]:
    actor = _actor(request)
    found = sites_worked_at(actor)
    return {
        "account": str(actor),
        "now": clock.now().isoformat(),
        "time": round(timezone.now().timestamp() * 1000),
        "can": {"register": any(site["can_register"] for site in found)},
        "sites": found,
        "urls": {
            "catalogue": reverse("web:desk-catalogue", args=[language, words.digest(language)]),
            "figures": reverse("web:desk-figures", args=[NOBODY]),
            "stays": reverse("web:desk-stays"),
            "person": reverse("web:person", args=[NOBODY]),
            "photo": reverse("people:photo", args=[NOBODY]),
            "household": reverse("web:household", args=[NOBODY]),
            "site": reverse("sites:site", args=[NOBODY]),
        },
    }


def sites_worked_at(actor: UUID) -> list[dict[str, Any]]:
    """The sites where the actor works with people, those that are closed left out."""
    knows, registers, stays = (
        set(authority.unit_ids(actor, permission))
        for permission in (Permission.SEE_PEOPLE, Permission.REGISTER, Permission.STAY)
    )
    lines, _many = sites.sites_for(actor, part=slice(0, MOST_SITES))
    mine = [line.id for line in lines if line.id in knows and line.status is not SiteStatus.CLOSED]
    return [_site(one, one in registers, one in stays) for one in mine]


def _site(site_id: UUID, can_register: bool, can_stay: bool) -> dict[str, Any]:
    site = scopes.site(site_id)
    assert site is not None
    return {
        "id": str(site.pk),
        "name": site.unit.name,
        "zone": site.zone,
        "country": site.response.country,
        "order": "mdy" if site.response.country in MONTH_FIRST else "dmy",
        "can_register": can_register,
        "can_stay": can_stay,
        "bands": BAND_SETS[site.response.band_set].codes(),
        "bases": _bases(site.pk),
    }


def _bases(site: UUID) -> list[dict[str, Any]]:
    """What counts at a site as the basis for each purpose, with the words said aloud."""
    return [
        {
            "purpose": row.purpose,
            "label": words.purpose(row.purpose),
            "basis": row.basis,
            "basis_label": str(row.basis.label),
            "said_aloud": row.said_aloud,
        }
        for row in people.bases_at(site)
    ]


# --- what the scripts read -------------------------------------------------------------------------------------------


@require_GET
def figures(request: HttpRequest, site_id: UUID) -> HttpResponse:
    """A site's four figures and its spaces with their free places, now. Numbers, no names."""
    actor = _actor(request)
    authority.require(actor, Permission.SEE_FIGURES, site_id)
    site = scopes.site(site_id)
    if site is None:
        raise Http404
    now, tree = sites.site_overview(site), sites.space_tree(site_id)
    return JsonResponse(
        {
            "registered": now.registered,
            "free": tree.free,
            "expected": now.planned,
            "overdue": now.overdue,
            "spaces": [_space(node) for top in tree.tops for node in top.downward()],
        }
    )


def _space(node: sites.Node) -> dict[str, Any]:
    return {
        "id": str(node.id),
        "name": " · ".join(one.name for one in reversed(list(node.upward()))),
        "use_rule": node.use_rule,
        "within": node.within,
        "places": node.places,
        "free": node.free if node.whole else None,
        "over": node.over,
    }


@require_POST
def stays(request: HttpRequest) -> HttpResponse:
    """Where those of some people whom the reader may see are or are expected, at the reader's own sites. Logged."""
    actor = _actor(request)
    wanted = [line.id for line in people.lines(actor, _asked(request.body))]
    log_reading(actor, ReadingKind.LIST, "sites.stay", people=len(wanted))
    found = {str(person): _stay(actor, person) for person in wanted}
    return JsonResponse({"stays": found})


def _asked(body: bytes) -> list[UUID]:
    try:
        return [UUID(one) for one in json.loads(body)["people"][:MOST_PEOPLE]]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BAD_ARGUMENTS() from None


def _stay(actor: UUID, person: UUID) -> dict[str, Any] | None:
    """The stay that is open, else the one that is planned; a disputed one only where there is no other."""
    current = [one for one in sites.stays_of(actor, person) if one.state is not StayState.OUT]
    order = [StayState.IN, StayState.AWAY, StayState.PLANNED]
    current.sort(key=lambda one: (one.disputed, order.index(one.state)))
    if not current:
        return None
    line = current[0]
    return {
        "id": str(line.stay_id),
        "site_id": str(line.site_id),
        "site": line.site,
        "space": line.space,
        "state": line.state,
        "disputed": line.disputed,
    }
