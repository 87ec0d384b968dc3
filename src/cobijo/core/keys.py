"""The key ring: a key for each purpose, a key for each person, and the envelopes they seal.

The node key (a file) wraps the ring's keys; the ring's ``subjects`` key wraps one key a person. What is sealed names
its version, key, controller and purpose, and is bound to its place (table, row, field): a value moved to another row
does not open. AES-256-GCM with random 96-bit nonces throughout.
"""

import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.db.models import Max

from cobijo.core import clock, keyfile, nodes
from cobijo.core.ids import uuid7
from cobijo.core.models import RingKey, SubjectKey

SUBJECTS, JOURNAL, NOTES = "subjects", "journal", "notes"
SUPPRESSION, IMPRINT = "suppression", "imprint"
IMPORTS, IMPORT_DIGESTS = "imports", "import_digests"
EXPORTS = "exports"
INCIDENTS, COMPLAINTS = "incidents", "complaints"
CARDS, CARD_MARKS, BLOB_NAMES = "cards", "card_marks", "blob_names"
VISITS, ROLL_CALLS = "visits", "roll_calls"
BADGES, DEVICE_MARKS, PINS = "badges", "device_marks", "pins"
COMPARED, SHOWN = "compared", "shown"
HASHING = frozenset({SUPPRESSION, IMPRINT, CARD_MARKS, BLOB_NAMES, IMPORT_DIGESTS, DEVICE_MARKS, PINS, COMPARED, SHOWN})
"""The purposes whose key hashes: what was made with it must stay comparable, so that there is only ever one."""
VERSION = 1
_HEAD = 1 + 16 + 16 + 1


class Unopened(Exception):  # noqa: N818 - what it says, not that it is one
    """An envelope that does not open: its key is destroyed, it was moved, or it was altered."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands; part of what the seal protects."""

    table: str
    row: str
    field: str

    def bound(self, head: bytes) -> bytes:
        return b"\x1f".join((head, self.table.encode(), self.row.encode(), self.field.encode()))


# --- envelopes -------------------------------------------------------------------------------------------------------


def _close(key_id: UUID, key: bytes, purpose: str, place: Place, plain: bytes) -> bytes:
    name = purpose.encode()
    head = bytes([VERSION]) + key_id.bytes + nodes.controller_id().bytes + bytes([len(name)]) + name
    nonce = os.urandom(12)
    return head + nonce + AESGCM(key).encrypt(nonce, plain, place.bound(head))


def _split(envelope: bytes) -> tuple[UUID, bytes, bytes, bytes]:
    """Key id, head, nonce and sealed body of an envelope."""
    if len(envelope) < _HEAD or envelope[0] != VERSION:
        raise Unopened("an envelope of another version")
    end = _HEAD + envelope[_HEAD - 1]
    return UUID(bytes=envelope[1:17]), envelope[:end], envelope[end : end + 12], envelope[end + 12 :]


def _open(key: bytes, envelope: bytes, place: Place) -> bytes:
    _key_id, head, nonce, body = _split(envelope)
    try:
        return AESGCM(key).decrypt(nonce, body, place.bound(head))
    except InvalidTag as error:
        raise Unopened(f"{place.table}.{place.field} does not open") from error


def key_named_by(envelope: bytes) -> UUID:
    """The id of the key an envelope names (a ring key, or the subject whose key it is)."""
    return _split(envelope)[0]


def purpose_named_by(envelope: bytes) -> str:
    """The purpose an envelope names."""
    return _split(envelope)[1][_HEAD:].decode()


# --- the ring --------------------------------------------------------------------------------------------------------


def _ring_place(key_id: UUID) -> Place:
    return Place("core_ringkey", str(key_id), "wrapped")


@lru_cache(maxsize=64)
def _ring_key(key_id: UUID) -> bytes:
    row = RingKey.objects.filter(pk=key_id).first()
    if row is None:
        raise Unopened("the key is not in the ring")
    return _open(keyfile.here().wrapping, bytes(row.wrapped), _ring_place(key_id))


@lru_cache(maxsize=16)
def newest(purpose: str) -> UUID:
    """The id of the ring key that seals for a purpose; made at its first use."""
    found = RingKey.objects.filter(purpose=purpose).order_by("-version").first()
    return found.id if found else add_version(purpose)


def add_version(purpose: str) -> UUID:
    """Put a new key of this purpose into the ring; from now on it seals, the older ones only open."""
    key_id = uuid7()
    wrapped = _close(key_id, keyfile.here().wrapping, "ring", _ring_place(key_id), os.urandom(32))
    with transaction.atomic():
        last = RingKey.objects.filter(purpose=purpose).aggregate(last=Max("version"))["last"] or 0
        RingKey.objects.create(id=key_id, purpose=purpose, version=last + 1, wrapped=wrapped, made_at=clock.now())
    newest.cache_clear()
    return key_id


@lru_cache(maxsize=16)
def _oldest(purpose: str) -> UUID:
    """The id of a purpose's first key; made at its first use."""
    found = RingKey.objects.filter(purpose=purpose).order_by("version").first()
    return found.id if found else add_version(purpose)


def forget_newest() -> None:
    """Ask the database again which keys there are (a transaction that may have made one was rolled back)."""
    newest.cache_clear()
    _oldest.cache_clear()


def forget() -> None:
    """Drop opened keys from this process's memory."""
    _ring_key.cache_clear()
    forget_newest()


# --- sealing by purpose ----------------------------------------------------------------------------------------------


def seal(purpose: str, place: Place, plain: bytes) -> bytes:
    """Seal with the newest key of a purpose."""
    key_id = newest(purpose)
    return _close(key_id, _ring_key(key_id), purpose, place, plain)


def unseal(place: Place, envelope: bytes) -> bytes:
    """Open what ``seal`` closed; raises Unopened."""
    return _open(_ring_key(key_named_by(envelope)), envelope, place)


def keyed_hash(purpose: str, value: bytes) -> str:
    """HMAC-SHA-256 of a value under the purpose's first key (it must not change with rotation); hexadecimal."""
    return hmac.digest(_ring_key(_oldest(purpose)), value, "sha256").hex()


# --- signing by purpose ----------------------------------------------------------------------------------------------


def signer(purpose: str) -> tuple[int, Ed25519PrivateKey]:
    """The newest signing key of a purpose, with its version; it is the ring's 32 bytes taken as an Ed25519 seed."""
    key_id = newest(purpose)
    version = RingKey.objects.values_list("version", flat=True).get(pk=key_id)
    return version, Ed25519PrivateKey.from_private_bytes(_ring_key(key_id))


def verifiers(purpose: str) -> list[Ed25519PublicKey]:
    """The public half of every signing key of a purpose: what an older one signed still stands."""
    found = RingKey.objects.filter(purpose=purpose).order_by("version").values_list("pk", flat=True)
    return [Ed25519PrivateKey.from_private_bytes(_ring_key(one)).public_key() for one in found]


# --- sealing by person -----------------------------------------------------------------------------------------------


def _subject_place(subject: UUID) -> Place:
    return Place("core_subjectkey", str(subject), "wrapped")


def _unwrap(row: SubjectKey) -> bytes:
    return _open(_ring_key(row.ring_key_id), bytes(row.wrapped), _subject_place(row.subject))


def rewrap(row: SubjectKey, ring: UUID) -> bytes:
    """A person's key wrapped by another key of the ring."""
    return _close(ring, _ring_key(ring), SUBJECTS, _subject_place(row.subject), _unwrap(row))


def subject_keys(subjects: Iterable[UUID], *, make: bool = False) -> dict[UUID, bytes]:
    """The keys of these people, those destroyed left out; with ``make`` the missing ones are made."""
    wanted = set(subjects)
    found = {row.subject: _unwrap(row) for row in SubjectKey.objects.filter(subject__in=wanted)}
    missing = sorted(wanted - found.keys()) if make else []
    if missing:
        ring = newest(SUBJECTS)
        fresh = {subject: os.urandom(32) for subject in missing}
        SubjectKey.objects.bulk_create(
            SubjectKey(
                subject=subject,
                ring_key_id=ring,
                wrapped=_close(ring, _ring_key(ring), SUBJECTS, _subject_place(subject), key),
            )
            for subject, key in fresh.items()
        )
        found |= fresh
    return found


def seal_with(key: bytes, subject: UUID, purpose: str, place: Place, plain: bytes) -> bytes:
    """Seal with a person's key as ``subject_keys`` gave it."""
    return _close(subject, key, purpose, place, plain)


def unseal_with(key: bytes, place: Place, envelope: bytes) -> bytes:
    """Open with a person's key; raises Unopened."""
    return _open(key, envelope, place)


def seal_for(subject: UUID, purpose: str, place: Place, plain: bytes) -> bytes:
    """Seal one value with a person's key, making the key if there is none yet."""
    return seal_with(subject_keys([subject], make=True)[subject], subject, purpose, place, plain)


def unseal_for(subject: UUID, place: Place, envelope: bytes) -> bytes:
    """Open one value with a person's key; raises Unopened where the key is destroyed."""
    found = subject_keys([subject])
    if subject not in found:
        raise Unopened("the person's key is destroyed")
    return _open(found[subject], envelope, place)


def destroy_subject_key(subject: UUID) -> None:
    """What was sealed for this person can never be opened again."""
    SubjectKey.objects.filter(subject=subject).delete()
