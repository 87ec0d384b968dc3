"""What an upload says, sealed under the ring's key for imports; and the keyed digests by which it is known again."""

import zlib
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from cobijo.core import canonical, keys
from cobijo.core.imports.models import ImportBatch, ImportRow
from cobijo.core.imports.types import Sheet

Cells = list[Any]
"""The cells of a row as JSON has them."""


def _place(batch: ImportBatch, what: str) -> keys.Place:
    return keys.Place("core_importbatch", str(batch.pk), what)


def _of_row(batch: ImportBatch, number: int) -> keys.Place:
    return keys.Place("core_importrow", f"{batch.pk}.{number}", "cells")


def seal_name(batch: ImportBatch, name: str) -> bytes:
    return keys.seal(keys.IMPORTS, _place(batch, "name"), name.encode())


def name_of(batch: ImportBatch) -> str:
    """What the file was called; empty once the batch is emptied."""
    return keys.unseal(_place(batch, "name"), bytes(batch.sealed_name)).decode() if batch.sealed_name else ""


def seal_sheets(batch: ImportBatch, sheets: Iterable[Sheet]) -> bytes:
    plain = canonical.encode([asdict(sheet) for sheet in sheets])
    return keys.seal(keys.IMPORTS, _place(batch, "sheets"), zlib.compress(plain, 6))


def sheets_of(batch: ImportBatch) -> list[Sheet]:
    """The workbook as it was opened; nothing once entering has begun."""
    if not batch.sealed_sheets:
        return []
    plain = zlib.decompress(keys.unseal(_place(batch, "sheets"), bytes(batch.sealed_sheets)))
    return [Sheet(**one) for one in canonical.decode(plain)]


def seal_head(batch: ImportBatch, headings: Iterable[str]) -> bytes:
    return keys.seal(keys.IMPORTS, _place(batch, "head"), canonical.encode(list(headings)))


def head_of(batch: ImportBatch) -> list[str]:
    """The headings; empty once the batch is emptied."""
    if not batch.sealed_head:
        return []
    found: list[str] = canonical.decode(keys.unseal(_place(batch, "head"), bytes(batch.sealed_head)))
    return found


def seal_cells(batch: ImportBatch, number: int, cells: Cells) -> bytes:
    return keys.seal(keys.IMPORTS, _of_row(batch, number), canonical.encode(cells))


def cells_of(batch: ImportBatch, row: ImportRow) -> Cells:
    """The cells of a row; empty once it is entered."""
    if not row.sealed:
        return []
    found: Cells = canonical.decode(keys.unseal(_of_row(batch, row.number), bytes(row.sealed)))
    return found


def digest(*parts: str) -> str:
    """A keyed digest: comparable here, and nothing to whoever has only the database."""
    return keys.keyed_hash(keys.IMPORT_DIGESTS, "\x1f".join(parts).encode())
