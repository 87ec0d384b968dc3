"""Words sealed with a person's key: notes, reasons, numbers that tie somebody to an authority they may fear."""

from uuid import UUID

from django.db.models import Model

from cobijo.core import keys
from cobijo.core.personal import Purpose


def place(model: type[Model], row: UUID, field: str) -> keys.Place:
    """Where a sealed value stands; it opens nowhere else."""
    return keys.Place(model._meta.db_table, str(row), field)


def close(words: str, person: UUID, where: keys.Place, purpose: Purpose = Purpose.PROTECTION) -> bytes:
    """Seal words with a person's key."""
    return keys.seal_for(person, purpose, where, words.encode())


def open_one(sealed: bytes | memoryview, person: UUID, where: keys.Place) -> str:
    """The words again; raises ``keys.Unopened`` where the key is destroyed or the value was moved."""
    return keys.unseal_for(person, where, bytes(sealed)).decode()


def hand_over(sealed: bytes, before: UUID, to: UUID, where: keys.Place) -> bytes:
    """What was sealed with one person's key under another's, for the same purpose and at the same place."""
    return keys.seal_for(to, keys.purpose_named_by(sealed), where, keys.unseal_for(before, where, sealed))
