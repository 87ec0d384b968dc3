"""How a verb's body writes: these functions are the only way domain rows change.

They keep the rows as they were while the operation may need undoing, and note which people it touched.
"""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from cobijo.core import erasure, ids, images
from cobijo.core.context import Operation, current
from cobijo.core.errors import ID_REFUSED
from cobijo.core.personal import declaration

M = TypeVar("M", bound=models.Model)


def add(*rows: M) -> M:
    """Insert rows, those of one model in one statement; gives the first back.

    Refuses an id that cannot be new, before anything is looked up, and that of an erased person.
    """
    operation = current()
    new = [(type(row), row.pk) for row in rows if isinstance(row.pk, UUID)]
    operation.made += new
    subjects = [pk for model, pk in new if _is_subject(model)]
    if not all(ids.is_fresh(pk) for _model, pk in new) or erasure.any_erased(subjects):
        raise ID_REFUSED()
    for model in dict.fromkeys(type(row) for row in rows):
        of_model = [row for row in rows if type(row) is model]
        model._default_manager.bulk_create(of_model)
        _note(operation, of_model, existed=False)
    return rows[0]


def change(row: M, **values: Any) -> M:
    """Update the named fields of a row."""
    operation = current()
    _note(operation, [row], existed=True)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def change_all(rows: Iterable[M], **values: Any) -> list[M]:
    """Update the same fields of many rows of one model, in one statement."""
    found = list(rows)
    if not found:
        return []
    _note(current(), found, existed=True)
    type(found[0])._default_manager.filter(pk__in=[row.pk for row in found]).update(**values)
    for row in found:
        for name, value in values.items():
            setattr(row, name, value)
    return found


def remove(rows: Iterable[models.Model]) -> None:
    """Delete rows that carry no history of their own (a mark taken back); others are voided by ``change``."""
    operation = current()
    found = list(rows)
    _note(operation, found, existed=True)
    for row in found:
        row.delete()


def _is_subject(model: type[models.Model]) -> bool:
    """Whether the rows of a model are themselves those whom personal data are about."""
    found = declaration(model)
    return found is not None and found.subject == "id"


def subject_of(row: models.Model) -> UUID | None:
    """The person a row belongs to, by its model's declaration; None for no person."""
    found = declaration(type(row))
    if found is None or found.subject is None:
        return None
    value: Any = row
    for step in found.subject.split("__"):
        value = getattr(value, step)
    return value if isinstance(value, UUID) else None


def _goes_with_a_new_one(row: models.Model, operation: Operation, gone_with: set[tuple[str, str]]) -> bool:
    """Whether deleting a row that is new as well deletes this one: what a person is found by, with the person."""
    for column in row._meta.concrete_fields:
        remote = column.remote_field
        if remote is None or remote.on_delete is not models.CASCADE:
            continue
        key = (remote.model._meta.label_lower, str(getattr(row, column.attname)))
        if key in gone_with or (key in operation.images and operation.images[key][1] is None):
            return True
    return False


def _note(operation: Operation, rows: Iterable[models.Model], *, existed: bool) -> None:
    for row in rows:
        subject = subject_of(row)
        if subject is not None:
            operation.subjects.add(subject)
        if not operation.keeps_images:
            continue
        key = (row._meta.label_lower, str(row.pk))
        gone_with = operation.memo.setdefault("gone_with", set())
        if not existed and _goes_with_a_new_one(row, operation, gone_with):
            gone_with.add(key)
        elif key not in operation.images and key not in gone_with:
            before = type(row)._default_manager.get(pk=row.pk) if existed else None
            operation.images[key] = (subject, images.picture(before) if before else None)
