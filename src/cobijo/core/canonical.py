"""One way of writing values down, so that equal operations have equal bytes (keys sorted, no blanks, UTF-8)."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no canonical form")


def encode(value: Any) -> bytes:
    """Canonical JSON of plain values, ids, moments, decimals; a float that is no number is refused (ValueError)."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_plain
    ).encode()


def digest(*parts: bytes) -> str:
    """SHA-256 over the parts, each led by its length so that no two lists of parts run together; hexadecimal."""
    state = hashlib.sha256()
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


def decode(data: bytes) -> Any:
    """The value that ``encode`` wrote."""
    return json.loads(data)
