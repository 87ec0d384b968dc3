"""Forgetting a person: rows, key, segments and images go; the journal still verifies; figures stay whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from cobijo.core import clock, hooks, journal, keys, personal
from cobijo.core.models import Chore, Image, Intent, Mention, Outcome, Segment, Suppression

erasing: hooks.Hook[[UUID]] = hooks.Hook("core.erasing")
"""Asked before anything is deleted: apps cut the link of rows that must stay for figures (OnErasure.UNLINK)."""

KEPT_BY_CORE = frozenset({"core.Segment", "core.Image", "core.Mention", "core.SubjectKey"})


@dataclass(frozen=True, slots=True)
class Erased:
    """What forgetting a person destroyed: rows by model, and the operations that named them."""

    rows: dict[str, int]
    operations: int


def _hash(subject: UUID) -> str:
    return keys.keyed_hash(keys.SUPPRESSION, subject.bytes)


def any_erased(subjects: Iterable[UUID]) -> bool:
    """Whether any of these people has been erased here."""
    asked = [_hash(subject) for subject in subjects]
    return bool(asked) and Suppression.objects.filter(hash__in=asked).exists()


def erase(subject: UUID, by: UUID) -> Erased:
    """Destroy all that is kept of a person, in one transaction."""
    with transaction.atomic():
        erasing(subject)
        rows = _delete_rows(subject)
        operations = _erase_journal(subject, by)
        keys.destroy_subject_key(subject)
        Suppression.objects.get_or_create(hash=_hash(subject), defaults={"at": clock.now()})
    return Erased(rows, operations)


def _delete_rows(subject: UUID) -> dict[str, int]:
    counts: dict[str, int] = {}
    for model, declared in personal.models_about_people():
        if model._meta.label in KEPT_BY_CORE or declared.on_erasure is not personal.OnErasure.DELETE:
            continue
        _total, by_model = model._default_manager.filter(**{str(declared.subject): subject}).delete()
        for label, count in by_model.items():
            counts[label] = counts.get(label, 0) + count
    return counts


def _erase_journal(subject: UUID, by: UUID) -> int:
    """Segments of the person, and free words of any operation that names them, with an outcome that says so."""
    named = list(Intent.objects.filter(mention__subject=subject))
    Segment.objects.filter(subject=subject).delete()
    Segment.objects.filter(subject=None, intent__in=named).delete()
    Image.objects.filter(subject=subject).delete()
    Mention.objects.filter(subject=subject).delete()
    journal.settle_all(named, Outcome.Kind.ERASED, by=by, about={"subject": str(subject)})
    return len(named)


def take_out(subjects: Iterable[UUID], by: UUID) -> None:
    """Leave nothing of people whose registration was undone: their rows are gone already, and so go key and segments.

    They are not suppressed: whoever is registered anew with the corrected list is not meant to be forgotten.
    """
    with transaction.atomic():
        for subject in subjects:
            _erase_journal(subject, by)
            keys.destroy_subject_key(subject)


def scrub_database() -> None:
    """Leave nothing of deleted rows in the database's files: run outside any transaction after erasing.

    SQLite overwrites what it frees (``secure_delete``); the write-ahead log is folded in and cut to nothing.
    PostgreSQL frees the space at once, and takes its planner's statistics anew, which quote values of columns; the
    pages go with the operator's next VACUUM FULL, and the write-ahead log with time (docs/admin/erasing.md).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("VACUUM ANALYZE")
            _forget_statistics_of_empty_tables(cursor)


_SCRUBBED: Final = "core.scrubbed"
"""The chore that says for how many erased people the database's files were scrubbed."""


def scrub_if_due() -> bool:
    """Scrub the database's files if somebody was erased since it was last done here; the ticker asks now and then.

    Outside any transaction. Whoever erases at a desk leaves this to it; the command does it at once.
    """
    erased = Suppression.objects.count()
    chore, _made = Chore.objects.get_or_create(pk=_SCRUBBED)
    if chore.mark == erased:
        return False
    scrub_database()
    Chore.objects.filter(pk=_SCRUBBED).update(mark=erased)
    return True


_KEPT_STATISTICS = """
    SELECT pg_attribute.attrelid::regclass, quote_ident(attname), format_type(atttypid, atttypmod)
    FROM pg_attribute JOIN pg_stats USING (attname)
    WHERE attrelid = to_regclass(tablename) AND schemaname = current_schema() AND tablename = ANY(%s)
"""


def _forget_statistics_of_empty_tables(cursor: CursorWrapper) -> None:
    """PostgreSQL takes none anew of a table without rows, and so goes on quoting the last one there was.

    Giving a column the type it has drops its statistics, and on an empty table costs nothing.
    """
    models = [model for model in personal.our_models() if not model._default_manager.exists()]
    cursor.execute(_KEPT_STATISTICS, [[model._meta.db_table for model in models]])
    for table, column, of_type in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {of_type}")


def is_erased(intent: Intent, place: int) -> bool:
    """Whether a missing segment is accounted for by an outcome that says its subject was erased."""
    subject = intent.digests[place]["subject"]
    erased = [outcome for outcome in intent.outcomes.all() if outcome.kind == Outcome.Kind.ERASED]
    return any(subject is None or outcome.about.get("subject") == subject for outcome in erased)
