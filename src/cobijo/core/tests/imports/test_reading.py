"""Files that people hand in, opened in a process of their own: what is read, and what is refused in words."""

import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.core.errors import DomainError
from cobijo.core.imports import reading
from cobijo.core.imports.types import Sheet

SAMPLES = Path(__file__).with_name("samples")


def book(write: Callable[[Any, Any], None], **options: Any) -> bytes:
    """A workbook with one sheet, written by a function of the book and the sheet."""
    file = BytesIO()
    made = xlsxwriter.Workbook(file, {"in_memory": True, **options})
    write(made, made.add_worksheet("Lista"))
    made.close()
    return file.getvalue()


def rows(content: bytes) -> list[list[Any]]:
    [sheet] = reading.read(content)
    return sheet.rows


def refused(content: bytes) -> str:
    with pytest.raises(DomainError) as error:
        reading.read(content)
    return error.value.code.removeprefix("core.import_")


def ods(cells: str) -> bytes:
    """An OpenDocument spreadsheet with these cells in its one row, as a program writes it."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="Hoja"><table:table-row>{cells}</table:table-row></table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("mimetype", kind)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", manifest)
    return file.getvalue()


# --- what is read ----------------------------------------------------------------------------------------------------


def test_an_old_workbook_is_read() -> None:
    assert rows((SAMPLES / "list.xls").read_bytes()) == [
        ["Nombre", "Fecha de nacimiento", "Edad"],
        ["Ana Tun", {"d": "1990-04-03"}, 28.0],
        ["José Ñuñez", None, "8 meses"],
    ]


def test_an_open_document_is_read() -> None:
    text = '<table:table-cell office:value-type="string"><text:p>José</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="34"><text:p>34</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="1990-04-03"/>'
    assert rows(ods(text + number + day)) == [["José", 34.0, {"d": "1990-04-03"}]]


@pytest.mark.parametrize(
    ("encoding", "sign"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ";"), ("cp850", "|"), ("mac_roman", ",")],
)
def test_a_text_is_read_in_the_encoding_and_with_the_sign_it_was_written(encoding: str, sign: str) -> None:
    text = f"Nombre{sign}Edad\r\nJosé Ñuñez Güitz{sign}34\r\nMaría Peña{sign}8 meses\r\n"
    assert rows(text.encode(encoding)) == [
        ["Nombre", "Edad"],
        ["José Ñuñez Güitz", "34"],
        ["María Peña", "8 meses"],
    ]


@pytest.mark.parametrize("date_1904", [False, True])
def test_a_day_is_that_day_from_whichever_year_a_workbook_counts(date_1904: bool) -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.write_number(0, 0, 33000 - 1462 * date_1904, made.add_format({"num_format": "dd/mm/yyyy"}))

    assert rows(book(write, date_1904=date_1904)) == [[{"d": "1990-05-07"}]]


def test_a_formula_counts_as_the_value_saved_with_it_and_is_never_reckoned() -> None:
    assert rows(book(lambda made, sheet: sheet.write_formula(0, 0, "=1+1", None, 7))) == [[7.0]]


def test_rows_and_columns_are_counted_as_the_sheet_counts_them() -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.write_string(4, 2, "Nombre")
        sheet.merge_range(5, 2, 6, 2, "F-1")

    [sheet] = reading.read(book(write))
    assert sheet == Sheet(
        "Lista", False, 1, [[], [], [], [], [None, None, "Nombre"], [None, None, "F-1"]], [[5, 2, 6, 2]]
    )


def test_a_million_blank_rows_are_no_rows() -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "Nombre")
        sheet.write_blank(1_048_575, 0, None, made.add_format({"bold": True}))

    assert rows(book(write)) == [["Nombre"]]


def test_a_hidden_sheet_is_read_and_said_to_be_hidden() -> None:
    def write(made: Any, sheet: Any) -> None:
        sheet.write_string(0, 0, "Nombre")
        other = made.add_worksheet("Oculta")
        other.write_string(0, 0, "Ana")
        other.hide()

    assert [(sheet.name, sheet.hidden) for sheet in reading.read(book(write))] == [("Lista", False), ("Oculta", True)]


def test_what_is_no_number_comes_as_a_word() -> None:
    assert rows(b"Edad,Otra\nNaN,inf\n") == [["Edad", "Otra"], ["NaN", "inf"]]


@pytest.mark.parametrize("wide", [200, 400])
def test_many_columns_are_read(wide: int) -> None:
    assert len(rows(b",".join([b"x"] * wide))[0]) == wide


# --- what is refused -------------------------------------------------------------------------------------------------


def test_what_is_no_list_is_refused_by_what_it_is_and_not_by_its_name() -> None:
    assert refused(b"%PDF-1.7\n%...") == "not_a_list"
    assert refused(b"\x89PNG\r\n\x1a\n...") == "not_a_list"
    assert refused(bytes(range(32)) * 40) == "not_a_list"
    assert refused(b"") == "empty"
    assert refused(b" \r\n ") == "empty"
    assert refused(book(lambda made, sheet: None)) == "empty"


def test_a_damaged_file_is_refused() -> None:
    whole = book(lambda made, sheet: sheet.write_string(0, 0, "Ana"))
    assert refused(whole[: len(whole) // 2]) == "broken"
    assert refused(b"PK\x03\x04" + b"\0" * 200) == "broken"
    assert refused(b"\xd0\xcf\x11\xe0" + b"\0" * 2_000) == "broken"


def test_a_file_with_a_password_says_so() -> None:
    assert refused((SAMPLES / "locked.xlsx").read_bytes()) == "password"


def test_a_bomb_is_not_unpacked() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 120_000_000)
    assert refused(file.getvalue()) == "too_large"


def test_more_than_a_list_holds_is_refused() -> None:
    assert refused(b",".join([b"x"] * 401)) == "too_many_columns"
    assert refused(b"x\n" * 100_001) == "too_many_rows"
    assert refused(b"x" * (reading.MOST_BYTES + 1)) == "too_large"

    def sheets(made: Any, _sheet: Any) -> None:
        for _ in range(60):
            made.add_worksheet()

    assert refused(book(sheets)) == "too_many_sheets"


def test_the_sentence_says_which_sheet_and_how_many() -> None:
    with pytest.raises(DomainError) as error:
        reading.read(b"x\n" * 100_001)
    assert "100000" in error.value.sentence


@settings(max_examples=12)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xfe", b"sep=;\n"]))
def test_whatever_is_handed_in_is_read_or_refused(content: bytes, beginning: bytes) -> None:
    with suppress(DomainError):
        assert reading.read(beginning + content)
