"""Opens a spreadsheet that a stranger made: run as a program of its own, with little memory and little time.

Reads the file's bytes from standard input and writes JSON to standard output: ``{"sheets": [{"name", "hidden",
"first", "rows", "merged"}]}``, ``first`` the number of the first row as the sheet counts, or ``{"refused": code, …}``.
A cell is a text, a number, true, false or null as JSON has them, ``{"d": "2018-10-29"}`` for a day or
``{"t": "18:00:00"}`` for an hour. Nothing in a file is followed, run or fetched: a formula counts as the value that was
saved with it. Imports nothing of ours.
"""

import csv
import io
import json
import math
import re
import resource
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

MEMORY, SECONDS = 1_500_000_000, 90
"""Bytes of address space and seconds of processor it may use."""
UNPACKED, PARTS, RATIO = 400_000_000, 3_000, 300
"""What a zipped workbook may hold: bytes unpacked, files, and how much smaller it may be than what it unpacks to."""
ROWS, COLUMNS, CELL, SHEETS = 100_000, 400, 4_000, 60
BLANK_RUN = 5_000
"""So many blank rows in a row end a sheet: below them stands formatting, and nobody's name."""
ENCODINGS = ("cp1252", "cp850", "mac_roman")
"""What spreadsheets of the region write where it is not UTF-8: Windows, DOS, old Macs; the first wins a tie."""
USUAL = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡°ºª’‘“”–·àèìòùâêîôûçëïÀÈÇ")
"""The signs beyond ASCII that Spanish, Maya and Haitian lists hold."""


class RefusedError(Exception):
    """The file is not taken; `said` is the answer."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.said = {"refused": code, **more}


def open_file(content: bytes) -> list[dict[str, Any]]:
    """The sheets of a file, whatever its name says it is."""
    if not content.strip():
        raise RefusedError("empty")
    if content.startswith(b"PK\x03\x04"):
        _look_into(content)
        return list(_sheets(content))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:  # a newer workbook inside an envelope with a password
            raise RefusedError("password")
        return list(_sheets(content))
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc", b"\x1f\x8b", b"{\\rtf")):
        raise RefusedError("not_a_list")
    return [_text(content)]


# --- workbooks -------------------------------------------------------------------------------------------------------


def _look_into(content: bytes) -> None:
    """Refuse a workbook that would unpack to more than a list ever is, before anything is unpacked."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise RefusedError("broken") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > PARTS or unpacked > UNPACKED or unpacked > RATIO * max(len(content), 10_000):
        raise RefusedError("too_large")


def _sheets(content: bytes) -> Iterator[dict[str, Any]]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    except calamine.PasswordError:
        raise RefusedError("password") from None
    except (calamine.CalamineError, calamine.ZipError, calamine.XmlError, OSError, ValueError) as trouble:
        locked = "encrypt" in str(trouble).lower() or "password" in str(trouble).lower()
        raise RefusedError("password" if locked else "broken") from None
    plain = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(plain) > SHEETS:
        raise RefusedError("too_many_sheets", most=SHEETS)
    for one in plain:
        sheet = book.get_sheet_by_name(one.name)
        hidden = one.visible != calamine.SheetVisibleEnum.Visible
        # Rows are counted from the sheet's first, columns from the first that holds anything.
        left = [None] * sheet.start[1] if sheet.start else []
        yield _sheet(one.name, ([*left, *row] for row in sheet.iter_rows()), _spans(sheet), hidden=hidden)


def _spans(sheet: calamine.CalamineSheet) -> list[list[int]]:
    """Merged cells: first row, first column, last row, last column, counted from 0."""
    return [[*first, *last] for first, last in sheet.merged_cell_ranges or []]


def _sheet(
    name: str,
    rows: Iterable[Sequence[Any]],
    merged: Sequence[Sequence[int]] = (),
    *,
    first: int = 1,
    hidden: bool = False,
) -> dict[str, Any]:
    kept: list[list[Any]] = []
    blank = 0
    for row in rows:
        cells = [_cell(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        blank = 0 if cells else blank + 1
        if blank >= BLANK_RUN:
            break
        if len(cells) > COLUMNS:
            raise RefusedError("too_many_columns", sheet=name, most=COLUMNS)
        kept.append(cells)
        if len(kept) - blank > ROWS:
            raise RefusedError("too_many_rows", sheet=name, most=ROWS)
    while kept and not kept[-1]:
        kept.pop()
    return {"name": name, "hidden": hidden, "first": first, "rows": kept, "merged": merged}


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return {"d": value.date().isoformat()} if value.time() == time() else {"d": value.isoformat(timespec="seconds")}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, time):
        return {"t": value.isoformat(timespec="seconds")}
    if isinstance(value, timedelta):
        return {"t": str(value)}
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, str):
        return value[:CELL] if value.strip() else None
    return value


# --- text ------------------------------------------------------------------------------------------------------------


def _text(content: bytes) -> dict[str, Any]:
    text = _decoded(content)
    if sum(1 for char in text[:4000] if ord(char) < 32 and char not in "\t\r\n\f") > 20:
        raise RefusedError("not_a_list")
    stated = re.match(r"sep=(.)\r?\n", text)
    if stated:
        text = text[stated.end() :]
    csv.field_size_limit(10 * CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=stated[1] if stated else _delimiter(text))
    try:
        return _sheet("", reader, first=2 if stated else 1)
    except csv.Error:
        raise RefusedError("broken") from None


def _decoded(content: bytes) -> str:
    """The text: by its mark, as UTF-8, or in the old encoding in which it reads most like a language."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace").replace("\0", "")
    try:
        return content.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        read = [content.decode(encoding, errors="replace") for encoding in ENCODINGS]
        return max(read, key=_likely).replace("\0", "")


def _likely(text: str) -> int:
    """How much of a text beyond ASCII is what lists of the region hold, less what they do not."""
    beyond = [char for char in text if ord(char) > 127]
    return sum(1 if char in USUAL else -1 for char in beyond)


def _delimiter(text: str) -> str:
    """The sign that parts the most lines into the same number of cells."""
    lines = [line for line in text[:20_000].splitlines()[:60] if line.strip()]

    def agreement(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (counts.count(usual) if usual else 0, usual)

    return max(";\t,|", key=agreement)


def main() -> int:
    """Open what standard input holds, within its limits."""
    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        said: dict[str, Any] = {"sheets": open_file(content)}
    except RefusedError as refusal:
        said = refusal.said
    except (MemoryError, BaseExceptionGroup):
        said = {"refused": "too_large"}
    sys.stdout.write(json.dumps(said, ensure_ascii=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())
