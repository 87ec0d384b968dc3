"""The addresses of version 1."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from cobijo.api import problems, schema
from cobijo.api.assembly import api
from cobijo.api.door import through

app_name = "api"


def nowhere(_request: HttpRequest) -> HttpResponse:
    """What is no address of the API answers as the API does."""
    return problems.of_kind(problems.NO_ADDRESS)


nowhere.csrf_exempt = True  # type: ignore[attr-defined]  # it does nothing, whoever asks


def _through_the_door(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, through(pattern.callback), pattern.default_args, pattern.name)


urlpatterns = [
    _through_the_door(pattern)
    for pattern in (
        path("openapi.json", partial(schema.openapi, api=api), name="openapi"),
        *api.urls[0],
        re_path("", nowhere, name="nowhere"),
    )
    if isinstance(pattern, URLPattern) and pattern.name != "api-root"
]
