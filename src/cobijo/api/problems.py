"""Every refusal as ``application/problem+json`` (RFC 9457): a code for the program, a sentence for its reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from ninja.errors import HttpError, ValidationError
from pydantic import BaseModel, Field
from pydantic_core import InitErrorDetails
from pydantic_core import ValidationError as Misfit

from cobijo.core import complaints
from cobijo.core.errors import DomainError

MEDIA_TYPE: Final = "application/problem+json"


class Problem(BaseModel):
    """Why a request was refused, and what to do."""

    type: Annotated[str, Field(description="Always about:blank: ``code`` says which problem it is.")] = "about:blank"
    title: Annotated[str, Field(description="The status in words, in the reader's language.")]
    status: Annotated[int, Field(ge=400, le=599)]
    detail: Annotated[str, Field(description="What is so and what to do, in the reader's language.")]
    code: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_0-9]+$", description="What a program acts on.")]
    fields: Annotated[
        dict[str, str],
        Field(description="For each argument that does not fit, by its path (``members.0.birth``), a sentence."),
    ] = {}
    instance: Annotated[
        str | None, Field(description="The operation refused, as ``urn:uuid:`` and its ``op_id``; null for a reading.")
    ] = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A problem of the API itself, before or beside the rules of the domain."""

    status: int
    code: str
    sentence: Promise


SIGN_IN: Final = Kind(401, "api.sign_in", _("Nobody is signed in here. Sign in, or send a token that is in force."))
OLD_PAGE: Final = Kind(403, "api.old_page", _("This page is out of date. Load it again, then repeat."))
NO_ADDRESS: Final = Kind(404, "api.no_address", _("There is nothing at this address. See the list of addresses."))
NOT_SO: Final = Kind(405, "api.method", _("This address is not used that way. See what it allows."))
TOO_LARGE: Final = Kind(413, "api.too_large", _("This is too much at once. Send it in smaller parts."))
NOT_JSON: Final = Kind(400, "api.not_json", _("What was sent cannot be read as JSON. Correct it and send it again."))
NO_JSON_TYPE: Final = Kind(415, "api.media_type", _("Send JSON, with application/json as its content type."))
TOO_MANY: Final = Kind(429, "api.too_many", _("That was too often in a short time. Wait a little, then go on."))
BROKEN: Final = Kind(
    500, "api.broken", _("Something failed on our side, and it was noted. Look whether it was saved, then try again.")
)

TITLES: Final[Mapping[int, Promise]] = {
    400: _("Not readable"),
    401: _("Not signed in"),
    403: _("Not allowed"),
    404: _("Not found"),
    405: _("Not done that way"),
    409: _("In conflict"),
    413: _("Too large"),
    415: _("Wrong content type"),
    422: _("Does not fit"),
    429: _("Too often"),
    500: _("Something failed"),
}


class StoppedError(Exception):
    """Raised where a request cannot go on for a reason of the API itself."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(kind.code)
        self.kind = kind


def _response(problem: Problem) -> HttpResponse:
    return HttpResponse(problem.model_dump_json(), status=problem.status, content_type=MEDIA_TYPE)


def of_kind(kind: Kind) -> HttpResponse:
    """The answer to a problem of the API itself."""
    response = _response(
        Problem(title=str(TITLES[kind.status]), status=kind.status, detail=str(kind.sentence), code=kind.code)
    )
    if kind.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def of_refusal(error: DomainError, op_id: UUID | None = None) -> HttpResponse:
    """The answer to a refusal of the domain; ``op_id`` names the operation it refuses."""
    problem = Problem(
        title=str(TITLES[error.status]),
        status=error.status,
        detail=error.sentence,
        code=error.code,
        fields={name: str(sentence) for name, sentence in error.fields.items()},
        instance=f"urn:uuid:{op_id}" if op_id else None,
    )
    return _response(problem)


def of_misfit(error: ValidationError) -> HttpResponse:
    """The answer to parameters that do not fit, each by its bare name."""
    lines = [
        InitErrorDetails(type=one["type"], loc=_bare(one["loc"]), input=None, ctx=one.get("ctx", {}))
        for one in error.errors
    ]
    return of_refusal(complaints.from_validation(Misfit.from_exception_data("parameters", lines)))


def _bare(place: Sequence[str | int]) -> tuple[str | int, ...]:
    """A place without what ninja calls where it stands: ``query``; or ``body`` and the name of the argument."""
    return tuple(place[2:] if place[0] == "body" else place[1:])


def of_http(error: HttpError) -> HttpResponse:
    """The answer to what ninja refuses by itself: who calls, how often, a body that is no JSON, an old page."""
    kinds = {401: SIGN_IN, 403: OLD_PAGE, 429: TOO_MANY}
    return of_kind(kinds.get(error.status_code, NOT_JSON))


def of_failure(request: HttpRequest, error: Exception) -> HttpResponse:
    """The answer to a fault of ours. It is logged and announced as Django does, so that an outage is known as one."""
    got_request_exception.send(sender=None, request=request)
    response = of_kind(BROKEN)
    log_response("Internal Server Error: %s", request.path, response=response, request=request, exception=error)
    return response
