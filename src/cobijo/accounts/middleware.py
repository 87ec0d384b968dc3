"""What is asked of each request: to be signed in, with a session neither idle nor too old, and with a second factor.

Every address asks for it but those marked with Django's ``login_not_required``; the API asks at its own door.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cobijo.accounts import access, second_factor
from cobijo.accounts.devices import sessions
from cobijo.accounts.devices.refusals import NOT_AT_A_SHARED_DEVICE, SIGN_CONDUCT_FIRST
from cobijo.accounts.models import Account
from cobijo.accounts.types import LOCKS_AFTER
from cobijo.core.errors import DomainError, Ground, Refusal

BEGAN: Final = "accounts.began"
SEEN: Final = "accounts.seen"
JUST_SIGNED_IN: Final = "cobijo.just_signed_in"
LONGEST_SESSION_SECONDS: Final = 12 * 3600
_WRITTEN_EVERY_SECONDS: Final = 60

SESSION_IDLE = Refusal(
    "accounts.session_idle",
    _("You were signed out because nothing was done for {minutes} minutes. Sign in to go on."),
    Ground.PERMISSION,
)
SESSION_OLD = Refusal(
    "accounts.session_old", _("You have been signed in for half a day. Sign in again to go on."), Ground.PERMISSION
)
FACTOR_MISSING = Refusal(
    "accounts.second_factor_missing",
    _("Your role asks for a second factor. Set one up, or show yours, before you go on."),
    Ground.PERMISSION,
)

ALWAYS_OPEN: Final = frozenset({"account_logout", "set_language", "healthz", "readyz"})
SETTING_UP: Final = ALWAYS_OPEN | {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate"}
"""The pages open to somebody who is asked for a second factor and has none yet."""
SHOWING: Final = ALWAYS_OPEN | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"}
"""The pages open to somebody who has one and has not shown it: whoever knows only a password must not add their own."""
AT_ANY_TIME: Final = ALWAYS_OPEN | {"device:lock", "device:end", "device:enrol", "device:conduct", "device:pin"}
"""The pages of a shared device itself."""
NOT_SHARED: Final = frozenset({"accounts:tokens", "accounts:pin"})
"""What is one's own and would outlive the session, beside all of signing in: never done at a shared device."""

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class Sessions:
    """Leads strangers to sign in, ends sessions, asks for second factors, reads an actor's grants once a request."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with access.one_reading(), _bounded(request):
            response = self.get_response(request)
        if JUST_SIGNED_IN in request.META and request.user.is_authenticated:
            say_in(response, request.user.language)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer in the view's stead where nobody is signed in, or the session is over or has not shown enough.

        None lets the view answer.
        """
        user = request.user
        if _is_for_a_program(request):
            return None
        if not isinstance(user, Account):
            return None if _is_for_strangers(request, view) else _led(request, sessions.entrance(request))
        demand = second_factor.demand_on(user.id)
        if over := _over(request, demand.idle_minutes):
            return _ended(request, over)
        if sessions.here(request):
            request.META[LOCKS_AFTER] = demand.idle_minutes
            return _at_shared_device(request)
        if demand.second_factor and not second_factor.was_shown(request, user):
            return _asked(request, user)
        return None


def _bounded(request: HttpRequest) -> AbstractContextManager[None]:
    """What bounds the answer to a request: the shared device whoever asks is signed in at. A token bounds its own."""
    return nullcontext() if _is_for_a_program(request) else sessions.honoured(request)


def _at_shared_device(request: HttpRequest) -> HttpResponse | None:
    """There a badge and a PIN stand for the second factor, and open nothing that would outlive the session.

    Nobody works before they have signed the code of conduct.
    """
    match = request.resolver_match
    page = match.view_name if match is not None else ""
    if page in AT_ANY_TIME:
        return None
    if not sessions.has_pledged(request):
        return _problem(SIGN_CONDUCT_FIRST(), 403) if _is_api(request) else _led(request, reverse("device:conduct"))
    if page in NOT_SHARED or page.startswith(("account_", "mfa_")):
        return render(request, "device/refused.html", {"sentence": NOT_AT_A_SHARED_DEVICE().sentence}, status=403)
    return None


def say_in(response: HttpResponseBase, language: str) -> None:
    """From this answer on, pages are in that language in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _is_for_a_program(request: HttpRequest) -> bool:
    """The API with a token: there the session's cookie counts for nothing."""
    return _is_api(request) and "Authorization" in request.headers


def _is_for_strangers(request: HttpRequest, view: Any) -> bool:
    """Views ask to be signed in unless they say otherwise, so that one forgotten is closed and not open."""
    return _is_api(request) or not getattr(view, "login_required", True)


def _is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _over(request: HttpRequest, idle_minutes: int) -> DomainError | None:
    """Why the session is over; otherwise notes that it is in use."""
    now, session = time.time(), request.session
    seen, began = session.get(SEEN, 0.0), session.get(BEGAN, 0.0)
    if now - seen > idle_minutes * 60:
        return SESSION_IDLE(minutes=idle_minutes)
    if now - began > LONGEST_SESSION_SECONDS:
        return SESSION_OLD()
    if now - seen > _WRITTEN_EVERY_SECONDS:
        session[SEEN] = now
    return None


def _ended(request: HttpRequest, why: DomainError) -> HttpResponse:
    logout(request)
    if _is_api(request):
        return _problem(why, 401)
    messages.warning(request, why.sentence)
    return _led(request, sessions.entrance(request))


def _asked(request: HttpRequest, user: Account) -> HttpResponse | None:
    """Lead to where a second factor is set up or shown; None on the way there."""
    kinds = {factor.type for factor in second_factor.factors_of(user.id)}
    match = request.resolver_match
    if match is not None and match.view_name in (SHOWING if kinds else SETTING_UP):
        return None
    if _is_api(request):
        return _problem(FACTOR_MISSING(), 403)
    if not kinds:
        return _led(request, reverse("mfa_index"))
    by_code = second_factor.CODES in kinds
    return _led(request, reverse("mfa_reauthenticate" if by_code else "mfa_reauthenticate_webauthn"))


def _led(request: HttpRequest, url: str) -> HttpResponse:
    """Lead a reader elsewhere, and back where they were going; a part of a page leads the whole page."""
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": url})
    if request.method == "GET" and not url.startswith(reverse("device:lock")):
        onward = QueryDict(mutable=True)
        onward[REDIRECT_FIELD_NAME] = request.get_full_path()
        url += f"?{onward.urlencode(safe='/')}"
    return HttpResponseRedirect(url)


def _problem(why: DomainError, status: int) -> HttpResponse:
    problem = {
        "type": "about:blank",
        "title": str(_("Sign in first")),
        "status": status,
        "code": why.code,
        "detail": why.sentence,
    }
    return JsonResponse(problem, status=status, content_type="application/problem+json")
