"""Version 1 put together: the apps' routers, who may call, how often, and what each error becomes."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation

from cobijo.api import areas, held, me, problems, verbs
from cobijo.api.auth import CALLERS
from cobijo.api.door import readable
from cobijo.api.limits import PerActor
from cobijo.core.errors import DomainError
from cobijo.people import rest as people
from cobijo.reporting import rest as reporting
from cobijo.sites import rest as sites

DESCRIPTION: Final = """\
Everything Cobijo knows about who is sheltered where, as far as the caller may see it, and the one way to change it.

**Reading.** Lists come in pages: give `next` as `cursor` to go on. Single records and lists carry an ETag. A record
that is not yours is a 404, the same as one that does not exist.

**Writing.** `POST /api/v1/verbs/{name}` with an `op_id` of your own (UUIDv7): sent again after a lost answer, it is
done once. Ids of new records are yours to make, too. `happened_at` may be in the past. A late decision in conflict is
answered with 202 and kept for a person to settle.

**Refusals** are problem+json: act on `code`, show `detail`, which is in the language of `Accept-Language` or the
account's, and put each of `fields` beside its field.
"""


class Version(NinjaAPI):
    """A version of the API, whose operations are named by their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__


api = Version(
    title="Cobijo",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api-v1",
    openapi_url=None,
    docs_url=None,
    auth=CALLERS,
)

api.add_decorator(readable, mode="view")
_people_limit = PerActor("people")
api.add_router("/people", people.people, throttle=_people_limit)
api.add_router("/households", people.households, throttle=_people_limit)
api.add_router("/cards", people.cards, throttle=_people_limit)
api.add_router("/forms", people.forms)
api.add_router("/sites", sites.sites)
api.add_router("", sites.stays, throttle=_people_limit)
api.add_router("/gate", sites.gate, throttle=_people_limit)
api.add_router("/census", reporting.census)
api.add_router("/held", held.router)
api.add_router("/me", me.router)
api.add_router("/areas", areas.router)
api.add_router("/verbs", verbs.router)


@api.exception_handler(DomainError)
def _refused(_request: HttpRequest, error: DomainError) -> HttpResponse:
    return problems.of_refusal(error)


@api.exception_handler(problems.StoppedError)
def _stopped(_request: HttpRequest, error: problems.StoppedError) -> HttpResponse:
    return problems.of_kind(error.kind)


@api.exception_handler(ValidationError)
def _misfit(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.of_misfit(error)


@api.exception_handler(HttpError)
def _http(_request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.of_http(error)


@api.exception_handler(Http404)
def _nowhere(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problems.of_kind(problems.NO_ADDRESS)


@api.exception_handler(Exception)
def _failed(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.of_failure(request, error)
