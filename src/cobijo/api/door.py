"""What meets every request to the API: its size and type, its language, and the form of every answer."""

import functools
import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from cobijo.api import problems

LARGEST: Final = 1_000_000
"""Bytes of a body, at most."""

STACK: Final = "cobijo.api.stack"

View = Callable[..., HttpResponse]


def through(view: View) -> View:
    """Put the door before a view of the API."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = asked_language(request) or translation.get_language()
        with ExitStack() as stack, translation.override(language):
            request.META[STACK] = stack
            return _finished(request, view(request, *args, **kwargs))

    return answer


def until_answered(request: HttpRequest, block: AbstractContextManager[None]) -> None:
    """Stay in a block until the request is answered."""
    request.META[STACK].enter_context(block)


def asked_language(request: HttpRequest) -> str | None:
    """The first language of ``Accept-Language`` that we speak; None where the header names none of ours."""
    for language, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(language)
        except LookupError:
            continue
    return None


def readable(run: View) -> View:
    """Put before an operation that takes a body: too large a one, or one that is no JSON, is not even read."""

    @functools.wraps(run)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if request.method == "POST" and length.isdecimal() and int(length) > LARGEST:
            return problems.of_kind(problems.TOO_LARGE)
        if request.method == "POST" and request.content_type != "application/json":
            return problems.of_kind(problems.NO_JSON_TYPE)
        return run(request, *args, **kwargs)

    return answer


def _finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if response.status_code == 405 and response["Content-Type"] != problems.MEDIA_TYPE:
        allowed = response["Allow"]
        response = problems.of_kind(problems.NOT_SO)
        response["Allow"] = allowed
    response["Content-Language"] = translation.get_language() or "en"
    response.headers.setdefault("Cache-Control", "no-store")
    patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
    return _unless_known(request, response)


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 in place of what the caller already has (``If-None-Match``)."""
    if request.method != "GET" or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    known = get_conditional_response(request, etag=etag, response=response)
    return known if isinstance(known, HttpResponse) else response
