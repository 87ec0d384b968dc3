"""Words about nobody in particular that may name somebody all the same: sealed under a key of the ring."""

from typing import Any
from uuid import UUID

from django.db.models import Model

from cobijo.core import canonical, keys


def close(purpose: str, model: type[Model], row: UUID, field: str, words: dict[str, Any]) -> bytes:
    """Seal some words by their names, bound to the place where they will stand."""
    return keys.seal(purpose, keys.Place(model._meta.db_table, str(row), field), canonical.encode(words))


def open_all(row: Model, field: str) -> dict[str, Any]:
    """The words again; none where nothing was sealed. Raises ``keys.Unopened`` for a value that was moved."""
    sealed = bytes(getattr(row, field))
    if not sealed:
        return {}
    plain = keys.unseal(keys.Place(row._meta.db_table, str(row.pk), field), sealed)
    words: dict[str, Any] = canonical.decode(plain)
    return words
