"""The imprint of a journal row: that this node wrote it so, from the moment it is written.

A seal shows what is altered after it. Who can write to the database could alter rows that are not sealed yet, or take
rows out from under their seals, and the node itself would seal them as they then are. The imprint is a keyed hash of a
row's content, and its key, wrapped by the node key, cannot be had from the database; so such rows show too.
"""

import hmac
from datetime import UTC, datetime
from typing import TypeVar

from cobijo.core import canonical, keys
from cobijo.core.models import Intent, Outcome

COLUMNS: dict[type[Intent | Outcome], tuple[str, ...]] = {
    Intent: (
        "op_id", "verb", "version", "arguments", "digests", "subjects", "actor", "device", "number", "node", "door",
        "unit", "amends", "happened_at", "recorded_at",
    ),
    Outcome: ("intent_id", "kind", "code", "about", "result_model", "result_id", "flags", "by", "at"),
}  # fmt: skip
"""What a row says: every column but its running number, its imprint and its seal."""

Row = TypeVar("Row", Intent, Outcome)


def press(row: Row) -> Row:
    """Put its imprint on a row that is about to be written; gives the row back."""
    row.imprint = _imprint(row)
    return row


def is_ours(row: Intent | Outcome) -> bool:
    """Whether this node wrote the row as it now is."""
    return hmac.compare_digest(row.imprint.encode(), _imprint(row).encode())


def content(row: Intent | Outcome) -> bytes:
    """What a row says, in canonical form: alike before it is written and after it is read."""
    return canonical.encode({name: _as_read(getattr(row, name)) for name in COLUMNS[type(row)]})


def _as_read(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def _imprint(row: Intent | Outcome) -> str:
    label = row._meta.label.encode()
    return keys.keyed_hash(keys.IMPRINT, b"\x1f".join((label, content(row))))
