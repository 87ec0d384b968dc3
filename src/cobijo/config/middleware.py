"""What meets every request before and after the apps: outages said plainly, nothing personal in caches."""

import sys
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.config.trouble import Kind, explain

GetResponse = Callable[[HttpRequest], HttpResponseBase]

TITLE = _("Cobijo cannot answer at the moment")
ABSENT = _(
    "The database does not answer. What you just sent may not have been saved: wait a minute, "
    "look, and send it again if it is missing."
)
BUSY = _("Many people are writing at this moment, and what you just sent was not saved. Send it again.")
FULL = _(
    "The disk of this installation is full, and what you just sent was not saved. "
    "Tell whoever runs it; note it on paper until then."
)
CLOSED = _(
    "This installation cannot write to its disk, and what you just sent was not saved. "
    "Tell whoever runs it; note it on paper until then."
)
UNPREPARED = _("This installation is being updated. Wait a minute, then load the page again.")

SENTENCES: Final[dict[Kind, Promise]] = {
    Kind.ABSENT: ABSENT,
    Kind.BUSY: BUSY,
    Kind.FULL: FULL,
    Kind.CLOSED: CLOSED,
    Kind.UNPREPARED: UNPREPARED,
}
RETRY_SECONDS = 30
NOTED = "cobijo.trouble"


class Outages:
    """Answers 503 with a sentence where the database or the disk failed, whichever layer met it.

    Django turns an exception into a response at each middleware, so the outermost one sees only a 500; the
    signal tells which trouble was behind it. Programs get problem+json, people a page that asks nothing of
    the database.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        got_request_exception.connect(note_trouble, dispatch_uid="cobijo.config.middleware")

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        kind: Kind | None = request.META.get(NOTED)
        if kind is None or response.status_code < 500:
            return response
        return unavailable(request, kind)


def note_trouble(request: HttpRequest | None = None, **_: Any) -> None:
    """Keep with the request what kind of trouble its exception was."""
    trouble = explain(sys.exc_info()[1])
    if request is not None and trouble is not None and trouble.kind in SENTENCES:
        request.META[NOTED] = trouble.kind


def unavailable(request: HttpRequest, kind: Kind) -> HttpResponse:
    """The 503 for this trouble, as the caller reads it."""
    sentence = str(SENTENCES[kind])
    response = _problem(kind, sentence) if request.path_info.startswith("/api/") else _page(sentence)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _problem(kind: Kind, sentence: str) -> HttpResponse:
    problem = {
        "type": "about:blank",
        "title": str(TITLE),
        "status": 503,
        "code": f"config.{kind}",
        "detail": sentence,
    }
    return JsonResponse(problem, status=503, content_type="application/problem+json")


def _page(sentence: str) -> HttpResponse:
    return HttpResponse(render_to_string("config/unavailable.html", {"title": TITLE, "sentence": sentence}), status=503)


class NoStore:
    """Keeps pages of a signed-in reader, and answers to a token, out of every cache.

    A view that declares its answer public (``Cache-Control: public``) is believed: it holds nobody's data.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_personal(request, response) and "public" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store"
        return response


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    name = settings.SESSION_COOKIE_NAME
    return name in request.COOKIES or name in response.cookies or "Authorization" in request.headers


class ClientAddress:
    """Puts the visitor's own address where the program looks for it, COBIJO_PROXIES servers standing in between.

    Only the last so many entries of X-Forwarded-For are believed: each was written by a server of ours, the
    ones before them by anybody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        hops = [hop.strip() for hop in request.META.pop("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        proxies: int = settings.PROXIES
        if 0 < proxies <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-proxies]
        return self.get_response(request)
