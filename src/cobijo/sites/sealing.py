"""Words sealed by purpose: of a visitor, of people without a name, of a difference; they belong to no person's key."""

from uuid import UUID

from django.db.models import Model

from cobijo.core import keys


def _place(model: type[Model], row: UUID, field: str) -> keys.Place:
    return keys.Place(model._meta.db_table, str(row), field)


def close(purpose: str, model: type[Model], row: UUID, field: str, words: str) -> bytes:
    """Seal words for one field of one row; they open nowhere else."""
    return keys.seal(purpose, _place(model, row, field), words.encode())


def open_field(row: Model, field: str) -> str:
    """The words of a row's field; empty where nothing is sealed."""
    sealed = bytes(getattr(row, field))
    return keys.unseal(_place(type(row), row.pk, field), sealed).decode() if sealed else ""
