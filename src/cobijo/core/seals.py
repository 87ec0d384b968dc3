"""Seals: committed journal rows in numbered batches, each signed and chained to the one before.

The signing key is not in the database, and a seal's number and hash are witnessed elsewhere (prints, backups, other
nodes), so a journal that was altered, recomputed, thinned or cut shows. (epoch, number) is the cursor of the change
feed: a row is read only once it is sealed, so one that commits late is never skipped.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction

from cobijo.core import canonical, clock, erasure, imprints, journal, keyfile, keys, nodes
from cobijo.core.models import Cursor, Intent, Node, Outcome, Seal

BATCH = 2_000
OPENED_AT_ONCE = 200
START = "0" * 64
_LOCK = 0x636F62_696A6F


# --- what a seal covers ----------------------------------------------------------------------------------------------


def _row_digest(row: Intent | Outcome) -> bytes:
    parts = (row._meta.label, str(row.pk), row.imprint)
    return bytes.fromhex(canonical.digest(*(part.encode() for part in parts), imprints.content(row)))


def _root(rows: Iterable[Intent | Outcome]) -> tuple[int, str]:
    """How many rows there are, and one digest over all of them in order."""
    digests = [_row_digest(row) for row in rows]
    return len(digests), canonical.digest(*digests)


def _hash(seal: Seal) -> str:
    names = ("epoch", "number", "node", "made_at", "rows", "root", "previous")
    return canonical.digest(b"cobijo seal 1", canonical.encode({name: getattr(seal, name) for name in names}))


# --- sealing ---------------------------------------------------------------------------------------------------------


@contextmanager
def _alone() -> Iterator[None]:
    """One sealer at a time: SQLite's IMMEDIATE transaction is that already."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


def last() -> Seal | None:
    """The newest seal."""
    return Seal.objects.order_by("-epoch", "-number").first()


def seal_waiting() -> int:
    """Seal all committed rows that wait, in batches; gives how many rows were sealed."""
    total = 0
    while sealed := _seal_batch():
        total += sealed
    return total


def _seal_batch() -> int:
    if not (Intent.objects.filter(seal=None).exists() or Outcome.objects.filter(seal=None).exists()):
        return 0
    with _alone():
        intents = list(Intent.objects.filter(seal=None).order_by("id")[:BATCH])
        outcomes = list(Outcome.objects.filter(seal=None).order_by("id")[:BATCH])
        count, root = _root(chain(intents, outcomes))
        if not count:
            return 0
        seal = _next(count, root)
        Intent.objects.filter(pk__in=[row.pk for row in intents]).update(seal=seal)
        Outcome.objects.filter(pk__in=[row.pk for row in outcomes]).update(seal=seal)
    return count


def _next(count: int, root: str) -> Seal:
    """Make and keep the next seal of the chain."""
    node, before, key = nodes.here(), last(), keyfile.here()
    if bytes(node.public_key) != key.public:
        Node.objects.filter(pk=node.pk).update(public_key=key.public)
    same_epoch = before is not None and before.epoch == node.epoch
    seal = Seal(
        epoch=node.epoch,
        number=before.number + 1 if before is not None and same_epoch else 1,
        node=node.id,
        made_at=clock.now(),
        rows=count,
        root=root,
        previous=before.hash if before else START,
    )
    seal.hash = _hash(seal)
    seal.signature = key.signing.sign(bytes.fromhex(seal.hash))
    seal.save()
    return seal


def sealed_after(epoch: int, number: int) -> Iterator[Seal]:
    """The seals after a cursor, in order."""
    for seal in Seal.objects.filter(epoch__gte=epoch).order_by("epoch", "number"):
        if (seal.epoch, seal.number) > (epoch, number):
            yield seal


# --- witnesses -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Witness:
    """What another place remembers of the last seal it saw."""

    node: str
    epoch: int
    number: int
    hash: str
    public_key: str
    made_at: str


def witness() -> Witness | None:
    """The newest seal as a witness, after sealing what waits; None for an empty journal."""
    seal_waiting()
    seal = last()
    if seal is None:
        return None
    return Witness(
        str(seal.node), seal.epoch, seal.number, seal.hash, keyfile.here().public.hex(), seal.made_at.isoformat()
    )


def write_witness(file: Path) -> Witness | None:
    """Write the newest seal to a file; None where there is nothing to witness."""
    seen = witness()
    if seen is not None:
        file.write_text(json.dumps(asdict(seen), indent=2) + "\n")
    return seen


def read_witness(file: Path) -> Witness:
    """Read what ``write_witness`` wrote; raises ValueError where the file is no witness."""
    try:
        return Witness(**json.loads(file.read_text()))
    except (TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{file} is no witness file") from error


# --- verifying -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with the journal: a code, where, and the numbers it is about."""

    code: str
    where: str


def verify(seen: Witness | None = None) -> tuple[list[Fault], dict[str, int]]:
    """Check every seal, row and segment; gives the faults found and what was checked."""
    checked = {"seals": 0, "rows": 0, "segments": 0}
    faults = [
        *_as_far_as_read(_check_chain(checked), "seals and rows"),
        *_as_far_as_read(_check_operations(checked), "operations"),
        *_check_readers(),
    ]
    if seen is not None:
        faults += _check_witness(seen)
    return faults, checked


_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError)


def _as_far_as_read(faults: Iterator[Fault], where: str) -> Iterator[Fault]:
    """What a check finds; a value that no row can hold, or a key that does not open, is a fault too, and ends it."""
    try:
        yield from faults
    except _UNREADABLE:
        yield Fault("row_unreadable", where)
    except keys.Unopened:
        yield Fault("key_unreadable", where)


def _check_chain(checked: dict[str, int]) -> Iterator[Fault]:
    public = Ed25519PublicKey.from_public_bytes(keyfile.here().public)
    before: Seal | None = None
    for seal, rows in _with_rows(Seal.objects.order_by("epoch", "number").iterator()):
        where = f"seal {seal.epoch}.{seal.number}"
        checked["seals"] += 1
        checked["rows"] += seal.rows
        yield from _check_seal(seal, rows, where, public)
        follows = before is None or (seal.epoch, seal.number) in {
            (before.epoch, before.number + 1),
            (before.epoch + 1, 1),
        }
        if seal.previous != (before.hash if before else START) or not follows:
            yield Fault("chain_broken", where)
        before = seal
    if before is None and Intent.objects.exclude(seal=None).exists():
        yield Fault("chain_broken", "no seals")


def _with_rows(seals: Iterable[Seal]) -> Iterator[tuple[Seal, list[Intent | Outcome]]]:
    """Each seal with what it covers; of small ones so many are read together as make one large one."""
    for some in _together(seals):
        rows: defaultdict[int | None, list[Intent | Outcome]] = defaultdict(list)
        for model in (Intent, Outcome):
            for row in model._default_manager.filter(seal__in=some).order_by("id"):
                rows[row.seal_id].append(row)
        yield from ((seal, rows[seal.pk]) for seal in some)


def _together(seals: Iterable[Seal]) -> Iterator[list[Seal]]:
    some: list[Seal] = []
    rows = 0
    for seal in seals:
        if some and rows + seal.rows > BATCH:
            yield some
            some, rows = [], 0
        some.append(seal)
        rows += seal.rows
    if some:
        yield some


def _check_seal(seal: Seal, rows: list[Intent | Outcome], where: str, public: Ed25519PublicKey) -> Iterator[Fault]:
    count, root = _root(rows)
    if count != seal.rows:
        yield Fault("rows_missing" if count < seal.rows else "rows_added", where)
    elif root != seal.root:
        yield Fault("row_altered", where)
    for row in rows:
        if not imprints.is_ours(row):
            yield Fault("row_foreign", f"{where}, {row._meta.verbose_name} {row.pk}")
    if _hash(seal) != seal.hash:
        yield Fault("seal_altered", where)
    try:
        public.verify(bytes(seal.signature), bytes.fromhex(seal.hash))
    except (InvalidSignature, ValueError, TypeError):
        yield Fault("signature_wrong", where)


def _check_operations(checked: dict[str, int]) -> Iterator[Fault]:
    """A few operations at a time, with all that hangs on them and people's keys: one query for each of these."""
    intents = Intent.objects.order_by("id").prefetch_related("segments", "outcomes", "mention_set")
    last = 0
    while some := list(intents.filter(id__gt=last)[:OPENED_AT_ONCE]):
        known = journal.keys_of(row for intent in some for row in intent.segments.all())
        for intent in some:
            where = f"operation {intent.op_id}"
            yield from _check_segments(intent, known, checked, where)
            yield from _check_outcomes(intent, where)
        last = some[-1].pk


def _check_segments(intent: Intent, known: dict[UUID, bytes], checked: dict[str, int], where: str) -> Iterator[Fault]:
    try:
        opened = journal.segments_of(intent, known)
    except (keys.Unopened, *_UNREADABLE):
        yield Fault("segment_unreadable", where)
        return
    for at, kept in enumerate(intent.digests):
        checked["segments"] += 1
        if at in opened and canonical.digest(*opened[at]) != kept["digest"]:
            yield Fault("segment_altered", where)
        elif at not in opened and not erasure.is_erased(intent, at):
            yield Fault("segment_missing", where)
    if any(row.place >= len(intent.digests) for row in intent.segments.all()):
        yield Fault("segment_added", where)


def _check_outcomes(intent: Intent, where: str) -> Iterator[Fault]:
    """Something became of every operation, and the index names whom the operation names, but for the erased."""
    outcomes = list(intent.outcomes.all())
    if not outcomes:
        yield Fault("outcome_missing", where)
    named = {*intent.subjects, *(one for outcome in outcomes for one in outcome.about.get("subjects", ()))}
    erased = [outcome.about for outcome in outcomes if outcome.kind == Outcome.Kind.ERASED]
    named -= {about.get("subject") for about in erased if "category" not in about}
    if named != {str(mention.subject) for mention in intent.mention_set.all()}:
        yield Fault("index_altered", where)


def _check_readers() -> Iterator[Fault]:
    """Who reads the feed has seen seals: a cruder cut shows by that alone, without a witness."""
    newest = last()
    end = (newest.epoch, newest.number) if newest else (0, 0)
    for cursor in Cursor.objects.filter(number__gt=0).order_by("consumer"):
        if (cursor.epoch, cursor.number) > end:
            yield Fault("journal_shorter", f"seal {cursor.epoch}.{cursor.number}")


def _check_witness(seen: Witness) -> Iterator[Fault]:
    where = f"seal {seen.epoch}.{seen.number}"
    if seen.public_key != keyfile.here().public.hex():
        yield Fault("key_changed", where)
    found = Seal.objects.filter(epoch=seen.epoch, number=seen.number).first()
    if found is None:
        yield Fault("journal_cut", where)
    elif found.hash != seen.hash:
        yield Fault("journal_rewritten", where)


def summary() -> dict[str, Any]:
    """The newest seal's number and the beginning of its hash, as prints show them."""
    seal = last()
    return {"epoch": seal.epoch, "number": seal.number, "hash": seal.hash[:16]} if seal else {}
