"""``POST /verbs/{name}``: the only writing. One function runs every verb of the registry."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from django.db import models
from django.http import HttpResponse
from ninja import Router, Status
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from cobijo.accounts import queries
from cobijo.api import addresses, limits, problems
from cobijo.api.held import Reason, reason_of
from cobijo.assistance.types import Flag as StoreFlag
from cobijo.core import complaints, ids, operations
from cobijo.core.errors import ID_REFUSED, NOT_HELD, DomainError
from cobijo.core.operations import Receipt
from cobijo.core.rest import Answer, Asked
from cobijo.core.verbs import Act
from cobijo.movements.types import Flag as ArrivalFlag
from cobijo.people.types import Flag as PeopleFlag
from cobijo.sites.types import Flag as SiteFlag

EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
router = Router()


_FLAGS: Final = (PeopleFlag, SiteFlag, StoreFlag, ArrivalFlag)
_SENTENCES: Final = {flag.value: flag.label for flags in _FLAGS for flag in flags}


class Call(BaseModel):
    """One act, with an id its sender made so that it can be sent again until it is answered."""

    model_config = ConfigDict(strict=True, extra="forbid")

    op_id: Annotated[
        UUID, Field(description="A fresh UUIDv7. The same id with the same content is answered alike and done once.")
    ]
    happened_at: Annotated[
        AwareDatetime | None,
        Field(
            ge=EARLIEST,
            description="When it happened, with its zone; now if absent. More than ten minutes ago is late: a fact in "
            "conflict is then accepted and flagged, a decision held.",
        ),
    ] = None
    amends: Annotated[UUID | None, Field(description="The held operation this one takes the place of.")] = None
    arguments: dict[str, Any]


class Result(Answer):
    """The record an operation made or changed."""

    kind: Annotated[str, Field(description="What it is, as ``app.noun``.", examples=["sites.stay"])]
    id: UUID
    url: Annotated[str | None, Field(description="Where it can be read; null where it has no address.")]


class Flag(Answer):
    """Something amiss about a fact that was accepted all the same; other keys hold ids and numbers."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str]

    code: Annotated[str, Field(examples=["sites.over_capacity"])]
    sentence: Annotated[str, Field(examples=["There are more people than places."])]


class Applied(Answer):
    """The operation is done and journaled."""

    op_id: UUID
    status: Literal["applied"]
    repeated: Annotated[bool, Field(description="Whether it had been received before.")]
    result: Result | None
    flags: list[Flag]


class Held(Answer):
    """The operation arrived late and in conflict: it is kept, and waits in the inbox for a person to settle it."""

    op_id: UUID
    status: Literal["held"]
    repeated: bool
    reason: Reason


@router.post("/{name}", response={200: Applied, 202: Held}, include_in_schema=False, throttle=limits.PerActor("verbs"))
def call_verb(request: Asked, name: str) -> HttpResponse | Status[Applied | Held]:
    """Run a verb; the schema describes each under its own name."""
    given = read(request.body)
    try:
        receipt = operations.submit(name, _act(request, given), given.arguments)
    except DomainError as refusal:
        return problems.of_refusal(refusal, given.op_id)
    return _answer(receipt)


def read(body: bytes) -> Call:
    """The call a body holds. Raises BAD_ARGUMENTS with its fields, or StoppedError where it is no JSON."""
    try:
        from_json(body, allow_inf_nan=False)
    except ValueError:
        raise problems.StoppedError(problems.NOT_JSON) from None
    try:
        return Call.model_validate_json(body)
    except ValidationError as error:
        raise complaints.from_validation(error) from error


def _act(request: Asked, given: Call) -> Act:
    if not ids.is_fresh(given.op_id):
        raise ID_REFUSED.about("op_id")
    if (
        given.amends is not None
        and not queries.held_for(request.auth.actor).filter(intent__op_id=given.amends).exists()
    ):
        raise NOT_HELD()
    happened = {"happened_at": given.happened_at} if given.happened_at else {}
    return operations.act_of(request.auth.actor, request.auth.door, op_id=given.op_id, amends=given.amends, **happened)


def _answer(receipt: Receipt) -> Status[Applied | Held]:
    if receipt.reason is not None:
        reason = reason_of(receipt.reason)
        return Status(202, Held(op_id=receipt.op_id, status="held", repeated=receipt.repeated, reason=reason))
    applied = Applied(
        op_id=receipt.op_id,
        status="applied",
        repeated=receipt.repeated,
        result=_result(receipt.result),
        flags=[_flag(flag) for flag in receipt.flags],
    )
    return Status(200, applied)


def _result(record: Any) -> Result | None:
    if not isinstance(record, models.Model):
        return None
    label = record._meta.label_lower
    return Result(kind=label, id=record.pk, url=addresses.of(label, record.pk))


def _flag(flag: Mapping[str, Any]) -> Flag:
    """What was amiss, in the reader's language."""
    about = {key: value for key, value in flag.items() if key != "code"}
    return Flag(code=flag["code"], sentence=str(_SENTENCES.get(flag["code"], "")), **about)
