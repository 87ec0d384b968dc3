"""What is kept of an operation: an intent that never changes, sealed segments, and outcomes as rows of their own."""

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.core import canonical, clock, images, imprints, keys
from cobijo.core.context import Operation
from cobijo.core.models import Intent, Mention, Outcome, Segment
from cobijo.core.personal import FREE, PLAIN, About, Declared
from cobijo.core.verbs import SUBJECT, Shape, Verb

SALT = 16
SETTLED = (Outcome.Kind.AMENDED, Outcome.Kind.DISCARDED)


# --- dividing arguments ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Divided:
    """An operation's arguments: what stands open, and for each subject (None: nobody in particular) what is sealed."""

    open: dict[str, Any]
    parts: dict[UUID | None, dict[str, Any]]
    subjects: tuple[UUID, ...]


def divide(verb: Verb, arguments: Mapping[str, Any]) -> Divided:
    """Part plain JSON arguments by the verb's declaration."""
    stay_open: dict[str, Any] = {}
    parts: dict[UUID | None, dict[str, Any]] = {}
    subjects: dict[UUID, None] = {}
    for name, value in arguments.items():
        shape = verb.shapes[name]
        if shape.record is not None:
            stay_open[name] = _divide_records(name, shape.record, value, parts, subjects)
        elif value is None or shape.mark is PLAIN:
            stay_open[name] = value
        elif shape.mark is SUBJECT:
            stay_open[name] = value
            subjects |= dict.fromkeys(UUID(one) for one in (value if isinstance(value, list) else [value]))
        else:
            owner = _owner(shape, arguments)
            parts.setdefault(owner, {})[name] = value
            subjects |= dict.fromkeys([owner] if owner else [])
    return Divided(stay_open, parts, tuple(subjects))


def _owner(shape: Shape, arguments: Mapping[str, Any]) -> UUID | None:
    """Whose segment a marked argument belongs to."""
    if shape.mark is FREE or not isinstance(shape.mark, About):
        return None
    named = arguments[shape.mark.subject]
    return UUID(named) if named else None


def _divide_records(
    name: str,
    record: Declared,
    value: Any,
    parts: dict[UUID | None, dict[str, Any]],
    subjects: dict[UUID, None],
) -> Any:
    if value is None:
        return None
    if isinstance(value, list):
        return [_divide_record(f"{name}/{at}", record, one, parts, subjects) for at, one in enumerate(value)]
    return _divide_record(name, record, value, parts, subjects)


def _divide_record(
    path: str,
    record: Declared,
    value: dict[str, Any],
    parts: dict[UUID | None, dict[str, Any]],
    subjects: dict[UUID, None],
) -> dict[str, Any]:
    sealed = {key: one for key, one in value.items() if key in record.personal}
    subject = UUID(value[record.subject]) if record.subject and value.get(record.subject) else None
    if subject:
        subjects[subject] = None
    if sealed:
        parts.setdefault(subject, {})[path] = sealed
    return {key: one for key, one in value.items() if key not in sealed}


def join(stay_open: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The arguments again, from the open part and the segments that could be opened."""
    whole: dict[str, Any] = canonical_copy(stay_open)
    for part in parts:
        for path, value in part.items():
            name, _, at = path.partition("/")
            if at:
                whole[name][int(at)] |= value
            elif isinstance(whole.get(name), dict):
                whole[name] |= value
            else:
                whole[name] = value
    return whole


def canonical_copy(value: Mapping[str, Any]) -> dict[str, Any]:
    """A deep copy of plain JSON."""
    copied: dict[str, Any] = canonical.decode(canonical.encode(value))
    return copied


# --- writing ---------------------------------------------------------------------------------------------------------


def _place(intent: int, at: int) -> keys.Place:
    return keys.Place("core_segment", f"{intent}.{at}", "sealed")


def write(operation: Operation, divided: Divided, unit: UUID | None) -> Intent:
    """Keep an operation's intent, its segments and whom it names."""
    act, verb = operation.act, operation.verb
    salted = [
        (subject, os.urandom(SALT), canonical.encode(part))
        for subject, part in sorted(divided.parts.items(), key=lambda pair: str(pair[0]))
    ]
    intent = Intent(
        op_id=act.op_id,
        verb=verb.name,
        version=verb.version,
        arguments=canonical.encode(divided.open).decode(),
        digests=[
            {"subject": str(subject) if subject else None, "digest": canonical.digest(salt, plain)}
            for subject, salt, plain in salted
        ],
        subjects=[str(subject) for subject in divided.subjects],
        actor=act.actor,
        device=act.device,
        number=act.number,
        node=act.node,
        door=act.door,
        unit=unit,
        amends=act.amends,
        happened_at=act.happened_at,
        recorded_at=operation.recorded_at,
    )
    imprints.press(intent).save(force_insert=True)
    _write_segments(intent, salted, verb.purpose)
    mentioned = {*divided.subjects, *operation.subjects}
    Mention.objects.bulk_create(Mention(subject=subject, intent=intent) for subject in sorted(mentioned))
    images.keep(intent, operation)
    return intent


def _write_segments(intent: Intent, salted: list[tuple[UUID | None, bytes, bytes]], purpose: str) -> None:
    known = keys.subject_keys((subject for subject, _, _ in salted if subject), make=True)
    Segment.objects.bulk_create(
        Segment(
            intent=intent,
            place=at,
            subject=subject,
            sealed=keys.seal_with(known[subject], subject, purpose, _place(intent.pk, at), salt + plain)
            if subject
            else keys.seal(keys.JOURNAL, _place(intent.pk, at), salt + plain),
        )
        for at, (subject, salt, plain) in enumerate(salted)
    )


def settle(intent: Intent, kind: Outcome.Kind, **values: Any) -> Outcome:
    """Add an outcome to an intent."""
    return settle_all([intent], kind, **values)[0]


def settle_all(intents: Iterable[Intent], kind: Outcome.Kind, **values: Any) -> list[Outcome]:
    """Add the same outcome to each of these intents."""
    at = clock.now()
    outcomes = [imprints.press(Outcome(intent=intent, kind=kind, at=at, **values)) for intent in intents]
    return Outcome.objects.bulk_create(outcomes)


# --- reading ---------------------------------------------------------------------------------------------------------


def keys_of(segments: Iterable[Segment]) -> dict[UUID, bytes]:
    """The keys of those whose segments these are, the destroyed ones left out."""
    return keys.subject_keys(row.subject for row in segments if row.subject)


def segments_of(intent: Intent, known: Mapping[UUID, bytes] | None = None) -> dict[int, tuple[bytes, bytes]]:
    """Salt and plain bytes of each segment that still opens, by place. ``known``: the keys, where they are read."""
    rows = list(intent.segments.all())
    known = keys_of(rows) if known is None else known
    opened: dict[int, tuple[bytes, bytes]] = {}
    for row in rows:
        place, sealed = _place(intent.pk, row.place), bytes(row.sealed)
        if row.subject is None:
            whole = keys.unseal(place, sealed)
        elif row.subject in known:
            whole = keys.unseal_with(known[row.subject], place, sealed)
        else:
            continue
        opened[row.place] = (whole[:SALT], whole[SALT:])
    return opened


def arguments_of(intent: Intent) -> dict[str, Any]:
    """An operation's arguments as plain JSON; what was erased is absent."""
    stay_open = canonical.decode(intent.arguments.encode())
    return join(stay_open, [canonical.decode(plain) for _, plain in segments_of(intent).values()])


def has_same_bytes(intent: Intent, divided: Divided) -> bool:
    """Whether these arguments are the ones the intent was written with; what was erased is not compared."""
    if canonical.encode(divided.open).decode() != intent.arguments or len(divided.parts) != len(intent.digests):
        return False
    parts = {str(subject) if subject else None: canonical.encode(part) for subject, part in divided.parts.items()}
    opened = segments_of(intent)
    for at, kept in enumerate(intent.digests):
        part = parts.get(kept["subject"])
        if part is None:
            return False
        if at in opened and canonical.digest(opened[at][0], part) != kept["digest"]:
            return False
    return True


def held() -> QuerySet[Outcome]:
    """The holds nobody has settled yet, oldest first, each with its intent; not those of nobody but erased people."""
    of_it = Outcome.objects.filter(intent=OuterRef("intent"))
    settled = Exists(of_it.filter(kind__in=SETTLED))
    forgotten = Q(Exists(of_it.filter(kind=Outcome.Kind.ERASED))) & ~Q(
        Exists(Mention.objects.filter(intent=OuterRef("intent")))
    )
    rows = Outcome.objects.filter(~settled, ~forgotten, kind=Outcome.Kind.HELD)
    return rows.select_related("intent").order_by("at", "id")


def of_subject(subject: UUID) -> QuerySet[Intent]:
    """The operations that name or touch a person, newest first."""
    return Intent.objects.filter(mention__subject=subject).order_by("-happened_at", "-id")


def of_subjects(subjects: Collection[UUID]) -> QuerySet[Intent]:
    """The same of several records of one person, each operation once."""
    return Intent.objects.filter(Exists(Mention.objects.filter(intent=OuterRef("pk"), subject__in=subjects)))
