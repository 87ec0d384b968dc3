"""The description of the API as OpenAPI 3.1: ninja's of the readings, one operation for each verb, every refusal.

Made once for each process, in English, and the same for everybody: it names no record.
"""

import inspect
import json
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, get_args, get_type_hints

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import NinjaAPI
from pydantic import BaseModel, create_model
from pydantic.fields import FieldInfo
from pydantic.json_schema import models_json_schema

from cobijo.api import addresses, examples
from cobijo.api.addresses import ROOT
from cobijo.api.problems import MEDIA_TYPE, Problem
from cobijo.api.verbs import Applied, Call, Held
from cobijo.core import verbs
from cobijo.core.verbs import Door, Verb

Document = dict[str, Any]
TEMPLATE: Final = "#/components/schemas/{model}"
SECURITY: Final[list[dict[str, list[str]]]] = [{"Token": []}, {"Session": []}]

REFUSALS: Final[dict[int, str]] = {
    400: "The body is no JSON.",
    401: "Nobody is signed in and no token was sent, or the token is unknown, ended or revoked.",
    403: "The caller's role does not include this, it cannot be done through this door, or a page is out of date.",
    404: "There is no such record, or it is not one of the caller's: both look the same.",
    405: "The address is not used with this method.",
    409: "It contradicts what is recorded. ``code`` says how, ``detail`` what to do.",
    413: "The body is larger than one megabyte.",
    415: "The body is not sent as application/json.",
    422: "Some answers do not fit; ``fields`` says which and why.",
    429: "Too many calls in a short time. ``Retry-After`` says how many seconds to wait.",
    500: "A fault on our side. It is logged; nothing of it is shown.",
    503: "The database or the disk does not answer. ``Retry-After`` says when to try again.",
}
ALWAYS: Final = (401, 403, 405, 429, 500, 503)
WITH_BODY: Final = (400, 413, 415, 422)

TAGS: Final = {
    "people": "Persons and households, as far as the caller may see them. Every opening and search is logged.",
    "sites": "Shelters and their spaces.",
    "stays": "Who stays where.",
    "census": "Figures of a night: registered, counted, reported, published.",
    "held": "What arrived late and in conflict and waits for a person.",
    "me": "The caller.",
    "areas": "Places in the administrative tree.",
}


def openapi(request: HttpRequest, api: NinjaAPI) -> HttpResponse:
    """The description as JSON, for anybody to keep for an hour."""
    response = HttpResponse(_bytes(api), content_type="application/json")
    response["Cache-Control"] = "public, max-age=3600"
    return response


@lru_cache(maxsize=1)
def _bytes(api: NinjaAPI) -> bytes:
    return json.dumps(document(api), ensure_ascii=False).encode()


def document(api: NinjaAPI) -> Document:
    """The whole description as plain JSON."""
    with translation.override("en"):
        found: Document = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"{ROOT}/"), default=str))
        _add_verbs(found)
        _add_refusals(found)
        for operation in _operations(found):
            _finish(operation, found["components"]["schemas"])
        found["tags"] = _tags(found)
    return found


def _operations(found: Document) -> list[Document]:
    return [operation for methods in found["paths"].values() for operation in methods.values()]


# --- verbs -----------------------------------------------------------------------------------------------------------


def _add_verbs(found: Document) -> None:
    """An operation for each verb that the API's door takes, with the schema of its own arguments."""
    told = [verb for _name, verb in sorted(verbs.registry.items()) if Door.API in verb.doors]
    calls = {verb.name: _call_of(verb) for verb in told}
    models: list[type[BaseModel]] = [*calls.values(), Problem]
    requests, definitions = models_json_schema([(model, "validation") for model in models], ref_template=TEMPLATE)
    answers, more = models_json_schema([(Applied, "serialization"), (Held, "serialization")], ref_template=TEMPLATE)
    known = found["components"]["schemas"]
    found["components"]["schemas"] = merged(known, definitions.get("$defs", {}), more.get("$defs", {}))
    for verb in told:
        operation = _operation_of(verb, requests[calls[verb.name], "validation"], answers)
        found["paths"][f"{ROOT}/verbs/{verb.name}"] = {"post": operation}


def merged(*definitions: dict[str, Document]) -> dict[str, Document]:
    """Definitions from several places as one; raises ValueError where two things have one name."""
    whole: dict[str, Document] = {}
    for definition in definitions:
        for name, one in definition.items():
            if whole.setdefault(name, one) != one:
                raise ValueError(f"the API has two different schemas called {name}")
    return whole


def _call_of(verb: Verb) -> type[BaseModel]:
    """``Call`` with the verb's own arguments in place of any."""
    fields: dict[str, Any] = {"arguments": (verb.arguments, FieldInfo())}
    title = f"{verb.arguments.__name__}Call"
    return create_model(title, __base__=Call, __config__=None, **fields)


def _operation_of(verb: Verb, body: Document, answers: Any) -> Document:
    return {
        "operationId": verb.name.replace(".", "_"),
        "summary": verb.summary.rstrip("."),
        "description": _described(verb),
        "tags": [f"verbs of {verb.name.partition('.')[0]}"],
        "security": SECURITY,
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {
            "200": _json_answer("Done and journaled.", answers[Applied, "serialization"], _done(verb)),
            "202": _json_answer("Late and in conflict: held for a person to settle.", answers[Held, "serialization"]),
        },
    }


def _described(verb: Verb) -> str:
    kind = {
        "fact": "A fact: arriving late and in conflict it is accepted and flagged.",
        "decision": "A decision: in conflict it is refused, and held when it arrives late.",
    }[verb.kind]
    return f"{inspect.getdoc(verb.body) or ''}\n\n{kind}".strip()


def _done(verb: Verb) -> Document:
    """The example of an answer: with the kind of record the verb gives."""
    given = get_type_hints(verb.body).get("return")
    kinds = [one for one in (given, *get_args(given)) if isinstance(one, type) and issubclass(one, Model)]
    result = None
    if kinds:
        label = kinds[0]._meta.label_lower
        record = examples.an_id(f"{kinds[0]._meta.model_name}_id")
        result = {"kind": label, "id": str(record), "url": addresses.of(label, record)}
    op_id = str(examples.an_id("op_id"))
    return {"op_id": op_id, "status": "applied", "repeated": False, "result": result, "flags": []}


def _json_answer(description: str, schema: Document, example: Document | None = None) -> Document:
    media = {"schema": schema} | ({"example": example} if example else {})
    return {"description": description, "content": {"application/json": media}}


# --- refusals, headers, examples --------------------------------------------------------------------------------------


def _add_refusals(found: Document) -> None:
    problem = {"$ref": TEMPLATE.format(model=Problem.__name__)}
    responses = {}
    for status, description in REFUSALS.items():
        responses[_name(status)] = {"description": description, "content": {MEDIA_TYPE: {"schema": problem}}}
    for status in (429, 503):
        responses[_name(status)]["headers"] = {"Retry-After": _header("Seconds to wait.", "integer")}
    responses[_name(401)]["headers"] = {"WWW-Authenticate": _header("``Bearer``.", "string")}
    responses[_name(405)]["headers"] = {"Allow": _header("What the address allows.", "string")}
    found["components"]["responses"] = responses


def _name(status: int) -> str:
    return HTTPStatus(status).phrase.title().replace(" ", "")


def _header(description: str, kind: str) -> Document:
    return {"description": description, "schema": {"type": kind}}


def _finish(operation: Document, schemas: dict[str, Any]) -> None:
    """Add what ninja does not know: refusals, the ETag of a reading, examples."""
    reads = "requestBody" not in operation
    for status in (*ALWAYS, *_own(operation)):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/{_name(status)}"}
    if reads:
        operation["responses"]["200"]["headers"] = {"ETag": _header("For ``If-None-Match`` next time.", "string")}
        operation["responses"]["304"] = {"description": "What the caller has is still so."}
        operation["parameters"].append(
            {"in": "header", "name": "If-None-Match", "schema": {"type": "string"}, "required": False,
             "description": "The ETag of the answer the caller has."}
        )  # fmt: skip
    operation["responses"] = dict(sorted(operation["responses"].items()))
    for holder in (operation.get("requestBody", {}), *operation["responses"].values()):
        media = holder.get("content", {}).get("application/json")
        if media:
            media.setdefault("example", examples.of(media["schema"], schemas))


def _own(operation: Document) -> list[int]:
    """The refusals an operation has by what it takes."""
    found: list[int] = []
    if "requestBody" in operation:
        found += [*WITH_BODY, 404]
    parameters = {one["in"] for one in operation.get("parameters", [])}
    found += [404] if "path" in parameters else []
    found += [422, 404] if "query" in parameters else []
    if operation["tags"][0].startswith("verbs"):
        found.append(409)
    return found


def _tags(found: Document) -> list[Document]:
    used = dict.fromkeys(tag for operation in _operations(found) for tag in operation["tags"])
    return [{"name": tag, "description": TAGS.get(tag, f"What changes data: {tag}.")} for tag in used]
