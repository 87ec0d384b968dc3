"""How a verb runs: check, open the transaction, recognise a repeat, run the body, keep the journal.

The outermost verb is the operation that is journaled and replayed; one called inside it checks access and becomes part
of it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError, models, transaction
from pydantic import BaseModel, ValidationError

from cobijo.core import canonical, clock, complaints, erasure, journal, keys, nodes, records, verbs
from cobijo.core.context import Operation, at_device, running
from cobijo.core.errors import (
    BAD_ARGUMENTS,
    FUTURE,
    ID_REFUSED,
    MEANWHILE,
    NOT_HELD,
    NOT_THIS_DOOR,
    OP_REUSED,
    SECOND_PERSON,
    UNKNOWN_VERB,
    DomainError,
    Ground,
)
from cobijo.core.hooks import Hook
from cobijo.core.ids import uuid7
from cobijo.core.models import Intent, Outcome
from cobijo.core.verbs import SECOND, Act, Door, Kind, Verb

LATE_AFTER = timedelta(minutes=10)
"""An act recorded longer than this after it happened is late: conflicts flag a fact and hold a decision."""
AHEAD = timedelta(minutes=5)
QUIET_DOORS = frozenset({Door.DEVICE, Door.NODE, Door.IMPORT})


collided: Hook[[Act]] = Hook("core.collided")
"""Somebody sent, for a record to be made, the id of one they may not see. That does not happen by chance."""

standing: Hook[[Collection[UUID], dict[UUID, UUID]]] = Hook("core.standing")
"""Who stands now for people that an act names: a receiver notes, for records made one with another, the one kept."""


class Status(StrEnum):
    """What became of an operation, as its sender is told."""

    APPLIED = "applied"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to an operation. ``result`` is the record the verb gave, read again through access on a repeat."""

    op_id: UUID
    status: Status
    result: Any = None
    flags: tuple[Mapping[str, Any], ...] = ()
    repeated: bool = False
    reason: DomainError | None = None
    subjects: tuple[UUID, ...] = field(default=())


class Held(DomainError):  # noqa: N818 - what it says, not that it is one
    """Raised to a caller in Python whose late operation is held: it is kept, and waits in the inbox."""


def act_of(actor: UUID, door: Door, **given: Any) -> Act:
    """An act of this moment at this node, and at the device where it is done; any field can be given."""
    whole: dict[str, Any] = {"op_id": uuid7(), "happened_at": clock.now(), "node": nodes.here_id()}
    whole["device"] = at_device.get()
    return Act(actor=actor, door=door, **whole | given)


def submit(name: str, act: Act, arguments: Mapping[str, Any]) -> Receipt:
    """Run a verb by its name on arguments as JSON gives them."""
    verb = verbs.registry.get(name)
    if verb is None:
        raise UNKNOWN_VERB()
    try:
        return _outermost(verb, act, verb.arguments.model_validate_json(canonical.encode(arguments)))
    except ValidationError as error:
        raise complaints.from_validation(error) from error


def _call(verb: Verb, act: Act, given: Mapping[str, Any]) -> Any:
    """What calling a decorated verb does."""
    try:
        arguments = verb.arguments.model_validate(dict(given))
    except ValidationError as error:
        raise complaints.from_validation(error) from error
    operation = running.get()
    if operation is not None:
        values = _values(arguments)
        verb.may(act, **values)
        return verb.body(act, **values)
    receipt = _outermost(verb, act, arguments)
    if receipt.status is Status.HELD and receipt.reason is not None:
        raise Held(
            receipt.reason.code,
            receipt.reason.template,
            receipt.reason.fields,
            ground=receipt.reason.ground,
            params=receipt.reason.params,
        )
    return receipt.result


verbs.runs_with(_call)


def _values(arguments: BaseModel) -> dict[str, Any]:
    return {name: getattr(arguments, name) for name in type(arguments).model_fields}


def _outermost(verb: Verb, act: Act, arguments: BaseModel) -> Receipt:
    if act.door not in verb.doors:
        raise NOT_THIS_DOOR()
    now = clock.now()
    if act.happened_at > now + AHEAD:
        raise FUTURE()
    divided = journal.divide(verb, arguments.model_dump(mode="json"))
    late = act.amends is None and now - act.happened_at > LATE_AFTER
    operation = Operation(
        verb=verb, act=act, recorded_at=now, late=late, keeps_images=verb.undo or _may_be_taken_back(verb, act)
    )
    try:
        return _apply(operation, arguments, divided)
    except IntegrityError as error:
        keys.forget_newest()
        with transaction.atomic():
            if repeated := _repeat(act, verb, divided):
                return repeated
        raise _collision(operation, error) from error
    except (OverflowError, DataError) as error:  # a number, a moment or a sign the database has no room for
        keys.forget_newest()
        raise BAD_ARGUMENTS() from error
    except DomainError as refusal:
        keys.forget_newest()
        if not (late and refusal.ground is Ground.CONFLICT and refusal.code != OP_REUSED.code):
            raise
        return _hold(operation, divided, refusal)


def _may_be_taken_back(verb: Verb, act: Act) -> bool:
    """What a list brings can be undone with it."""
    return act.door is Door.IMPORT and verb.kind is Kind.FACT


def _apply(operation: Operation, arguments: BaseModel, divided: journal.Divided) -> Receipt:
    verb, act = operation.verb, operation.act
    with transaction.atomic():
        if repeated := _repeat(act, verb, divided):
            return repeated
        if act.door in QUIET_DOORS and erasure.any_erased(divided.subjects):
            return _let_go(operation, divided)
        values = _values(_brought_up(verb, arguments, divided.subjects))
        token = running.set(operation)
        try:
            operation.unit = verb.may(act, **values)
            _ask_second_person(verb, act, values)
            result = verb.body(act, **values)
        finally:
            running.reset(token)
        intent = journal.write(operation, divided, operation.unit)
        _keep_applied(operation, intent, result)
        if act.amends:
            _settle_amended(act, act.amends, intent)
    return Receipt(act.op_id, Status.APPLIED, result, tuple(operation.flags), subjects=tuple(operation.subjects))


def _brought_up(verb: Verb, arguments: BaseModel, subjects: Collection[UUID]) -> BaseModel:
    """What an act that may be late says, of the record that is kept where it names one made one with it since."""
    stands: dict[UUID, UUID] = {}
    if verb.offline and subjects:
        standing(subjects, stands)
    if not stands:
        return arguments
    said = arguments.model_dump_json()
    for gone, kept in stands.items():
        said = said.replace(str(gone), str(kept))
    return verb.arguments.model_validate_json(said)


def _keep_applied(operation: Operation, intent: Intent, result: Any) -> None:
    named = isinstance(result, models.Model)
    journal.settle(
        intent,
        Outcome.Kind.APPLIED,
        result_model=result._meta.label_lower if named else "",
        result_id=result.pk if named and isinstance(result.pk, UUID) else None,
        flags=operation.flags,
        about={"subjects": sorted(str(subject) for subject in operation.subjects)},
    )


def _repeat(act: Act, verb: Verb, divided: journal.Divided) -> Receipt | None:
    """The stored answer to an operation that was received before; None for a new one."""
    intent = Intent.objects.filter(op_id=act.op_id).first()
    if intent is None:
        return None
    same = (intent.actor, intent.device, intent.verb) == (act.actor, act.device, verb.name)
    if not same or not journal.has_same_bytes(intent, divided):
        raise OP_REUSED()
    outcome = intent.outcomes.order_by("id")[0]
    if outcome.kind == Outcome.Kind.HELD:
        return Receipt(act.op_id, Status.HELD, repeated=True, reason=complaints.from_outcome(outcome))
    return Receipt(act.op_id, Status.APPLIED, _result_of(act, outcome), tuple(outcome.flags), repeated=True)


def _result_of(act: Act, outcome: Outcome) -> Any:
    """The record an operation gave; None where it is not the actor's to see now: it was done all the same."""
    if outcome.result_id is None:
        return None
    try:
        return records.get_by_label(act.actor, outcome.result_model, outcome.result_id)
    except DomainError:
        return None


def _ask_second_person(verb: Verb, act: Act, values: Mapping[str, Any]) -> None:
    if verb.duty is not SECOND or verb.decides_on is None:
        return
    makers = Outcome.objects.filter(result_id=values[verb.decides_on], kind=Outcome.Kind.APPLIED)
    if makers.filter(intent__actor=act.actor).exists():
        raise SECOND_PERSON()


def _hold(operation: Operation, divided: journal.Divided, refusal: DomainError) -> Receipt:
    """Keep a late operation that conflicts, with its reason, for a person to settle."""
    operation.images.clear()
    with transaction.atomic():
        intent = journal.write(operation, divided, operation.unit)
        subjects = sorted(str(subject) for subject in operation.subjects)
        about = {"params": refusal.params, "fields": sorted(refusal.fields), "subjects": subjects}
        journal.settle(intent, Outcome.Kind.HELD, code=refusal.code, about=about)
    return Receipt(operation.act.op_id, Status.HELD, reason=refusal)


def _let_go(operation: Operation, divided: journal.Divided) -> Receipt:
    """What arrives from elsewhere about an erased person is let go without a word.

    At a desk there is no such person any more, and no new record takes their id (``rows.add``).
    """
    kept: dict[UUID | None, dict[str, Any]] = {
        subject: part for subject, part in divided.parts.items() if subject and not erasure.any_erased([subject])
    }
    intent = journal.write(operation, journal.Divided(divided.open, kept, divided.subjects), None)
    journal.settle(intent, Outcome.Kind.ERASED)
    return Receipt(operation.act.op_id, Status.APPLIED)


def _settle_amended(act: Act, amended: UUID, intent: Intent) -> None:
    """An entry gives way to a corrected one of its own kind; to be rid of one is another act, with a reason."""
    held = journal.held().filter(intent__op_id=amended, intent__verb=intent.verb).first()
    if held is None:
        raise NOT_HELD()
    journal.settle(held.intent, Outcome.Kind.AMENDED, by=act.actor, about={"op_id": str(intent.op_id)})


def _collision(operation: Operation, error: IntegrityError) -> DomainError:
    """A constraint of the database stopped the act: an id in use, or somebody was quicker."""
    text = str(error)
    if "_pkey" not in text and not text.rstrip().endswith(".id"):
        return MEANWHILE()
    if any(_is_anothers(operation.act.actor, model, pk) for model, pk in operation.made):
        with transaction.atomic():
            collided(operation.act)
    return ID_REFUSED()


def _is_anothers(actor: UUID, model: type[models.Model], pk: UUID) -> bool:
    """Whether there is a record of this id that the actor may not see."""
    found = model._default_manager.filter(pk=pk)
    return found.exists() and not (model in records.kinds() and records.visible_to(actor, found).exists())
