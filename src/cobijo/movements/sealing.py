"""What a list says of people who are not registered yet, and words for case workers: sealed with a person's own key."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model

from cobijo.algorithms.text import fold
from cobijo.core import canonical, keys
from cobijo.core.keys import Place
from cobijo.core.personal import Purpose
from cobijo.movements.models import Traveller


def place(model: type[Model], row: UUID, field: str) -> Place:
    """Where a sealed value stands; it opens nowhere else. As people writes it, whose merging hands it over."""
    return Place(model._meta.db_table, str(row), field)


def close_listed(traveller: UUID, subject: UUID, said: dict[str, Any]) -> bytes:
    """What a list says of a traveller, under the key their record will have."""
    return keys.seal_for(subject, Purpose.SHELTER, place(Traveller, traveller, "sealed"), canonical.encode(said))


def open_listed(travellers: Iterable[Traveller]) -> dict[UUID, dict[str, Any]]:
    """What lists say of these travellers, by traveller, in one query; nothing of one whose key is destroyed."""
    waiting = [one for one in travellers if one.sealed and one.subject]
    known = keys.subject_keys([one.subject for one in waiting if one.subject])
    return {
        one.id: canonical.decode(keys.unseal_with(key, place(Traveller, one.id, "sealed"), bytes(one.sealed)))
        for one in waiting
        if one.subject and (key := known.get(one.subject)) is not None
    }


def close_words(words: str, person: UUID, model: type[Model], row: UUID, field: str) -> bytes:
    """Words for case workers; nothing where there are none."""
    plain = words.strip()
    return keys.seal_for(person, Purpose.PROTECTION, place(model, row, field), plain.encode()) if plain else b""


def open_words(sealed: bytes | memoryview, person: UUID, model: type[Model], row: UUID, field: str) -> str:
    """The words again; empty where there are none."""
    return keys.unseal_for(person, place(model, row, field), bytes(sealed)).decode() if sealed else ""


def mark_of(movement: UUID, name: str, birth: str, document: str) -> str:
    """By what the same person is known again on one list: the document, else name and birth; empty where neither says.

    A keyed digest, which opens to nobody.
    """
    said = f"document {fold(document)}" if document else f"name {fold(name)} {birth}" if fold(name) and birth else ""
    return keys.keyed_hash(keys.IMPORT_DIGESTS, f"{movement} {said}".encode()) if said else ""
