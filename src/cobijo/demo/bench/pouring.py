"""Filling a table with many rows quickly: executemany on SQLite, COPY on PostgreSQL. For benchmarks only."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models


def pour(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of Python values (JSON as text) in the order of ``columns``, the model's names for them."""
    column_of = {column.attname: column.column for column in model._meta.concrete_fields}
    names = [f'"{column_of[name]}"' for name in columns]
    if connection.vendor == "postgresql":
        _copy(model._meta.db_table, names, rows)
    else:
        _execute_many(model._meta.db_table, names, rows)


def _execute_many(table: str, names: list[str], rows: Sequence[Sequence[Any]]) -> None:
    places = ", ".join(["%s"] * len(names))
    statement = f'INSERT INTO "{table}" ({", ".join(names)}) VALUES ({places})'  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.executemany(statement, [[_for_sqlite(value) for value in row] for row in rows])


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


def _copy(table: str, names: list[str], rows: Sequence[Sequence[Any]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({", ".join(names)}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
