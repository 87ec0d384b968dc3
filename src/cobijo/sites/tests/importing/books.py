"""Workbooks as tests need them, made by the program that writes ours and by hand."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

HEADINGS = ("No. de familia", "Nombre completo", "Sexo", "Edad", "Parentesco")
XICAY = (
    (1, "Marta Xicay Tzoc", "F", 34, "jefa"),
    (1, "Julio Xicay Tzoc", "M", 36, "esposo"),
    (1, "Lucía Xicay Xicay", "F", 9, "hija"),
)
CHOC = ((2, "Rosa Choc Caal", "F", 40, "jefa"), (2, "Óscar Choc Caal", "M", "8 meses", "hijo"))
Rows = Sequence[Sequence[Any]]


def xlsx(*sheets: Rows, **options: Any) -> bytes:
    """A workbook with these sheets."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, **options})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(at, column, value, day)
                elif isinstance(value, str):
                    sheet.write_string(at, column, value)
                elif value is not None:
                    sheet.write(at, column, value)
    book.close()
    return file.getvalue()


def text(rows: Rows, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The same as CSV."""
    written = StringIO()
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode(encoding)


def families() -> bytes:
    """Two households without anything wrong."""
    return xlsx([HEADINGS, *XICAY, *CHOC])
