"""A really ugly workbook: what lists of shelters look like when four people kept them for a week.

``python -m cobijo.sites.tests.importing.ugly FILE`` writes it, to be looked at.
"""

import sys
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

ABOVE = ("FAMILIA", "DATOS DE LA PERSONA", "", "", "NACIMIENTO", "", "", "", "", "", "")
"""The upper row of the headings: two of its cells are merged over two columns each."""
HEAD = (
    "No.", "Nombres", "Apellidos", "Sexo", "Edad", "Fecha nac.", "Parentesco", "DPI", "Teléfono", "Aula",
    "Obs.",
)  # fmt: skip
WIDE = 200
"""Columns in all: the last ones are somebody's private reckoning."""
ROWS: tuple[tuple[Any, ...], ...] = (
    (1, "Marta", "Xicay Tzoc", "F", 34, None, "jefa", 2412557810501, "5555 1234", None, "llegó de noche"),
    (None, "Julio", "Xicay", "H", "36 años", None, "esposo", "N/S", None, None, None),
    (None, "Lucía", "Xicay", "F", "8 meses", None, "hija", None, None, None, None),
    (),
    (2, "Rosa", "Choc de León", "Mujer", None, "03/04/1980", "jefa", "2.41256E+12", "no tiene", "Aula 99", None),
    (2, "Óscar", "Choc", "H", 3.9, None, "hijo", None, None, None, None),
    (),
    (3, "Ana", "Tun", "f", 130, None, "jefa", None, None, None, None),
    (3, "Eva", "Tun", "F", -2, None, "hija", None, None, None, None),
    (4, '=HYPERLINK("http://x";"Luz")', "Caal", "F", 20, None, "jefa", None, None, None, None),
    (5, "Sol", "Caal", "F", 20, None, "hija", None, None, None, None),
    (5, "Mar", "Caal", "F", 21, None, "hija", None, None, None, None),
    HEAD,
    (6, "Pedro", "Cuc", "H", 50, date(1968, 10, 29), "jefe", None, "+502 5555-0000", None, None),
    (6, "Juan", "Cuc", "H", 51, None, "jefe", None, None, None, None),
    (7, "\u202eInés\u200b", "Ajú\u00a0", "F", "40-45", None, "jefa", None, None, None, None),
    (8, "Recién nacida", "Sic", "F", 0, None, "hija", None, None, None, None),
    (8, "Delia", "Sic", "F", "19", "15 oct 1998", "jefa", None, None, None, None),
    (9, "Ramón", "Saquic", "H", None, "31/02/1990", "jefe", None, None, None, None),
    (10, "Nina", "López", "F", None, 33000, "jefa", None, None, None, None),
    (11, "Inés", "Pop", "F", None, "29/10/1990", "jefa", None, None, None, None),
    (12, "INES", "POP", "F", None, "29 oct 1990", "jefa", None, None, None, None),
    (13, "Sara", "Mux", "F", "NaN", "10/29/1988", "jefa", None, "+CMD()", None, "@SUM(A1)"),
    (14, "José", "Ñuñez", "H", "N/S", date(1904, 1, 1), "jefe", None, None, None, None),
    (14, None, None, "F", "3.5", None, "hija", None, None, None, None),
    ("TOTAL", None, None, None, 22, None, None, None, None, None, None),
    (None, "Familias que vienen mañana de El Rodeo", None, None, None, None, None, None, None, None, None),
)
FIRST = 7
"""The number of the first row below the headings."""


def workbook() -> bytes:
    """Three sheets: a cover, the list below a logo's space and a merged title, and one that is hidden."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd/mm/yy"})
    cover = book.add_worksheet("Portada")
    cover.write(0, 0, "ALBERGUE SALÓN MUNICIPAL")
    sheet = book.add_worksheet("Lista [final]".replace("[", "(").replace("]", ")"))
    sheet.merge_range(1, 0, 1, 10, "CENSO DE ALBERGADOS, ESCUINTLA")
    sheet.write(2, 0, "Responsable: Ana Xicay")
    sheet.write_string(FIRST - 3, 0, ABOVE[0])
    sheet.merge_range(FIRST - 3, 1, FIRST - 3, 2, ABOVE[1])
    sheet.merge_range(FIRST - 3, 4, FIRST - 3, 5, ABOVE[4])
    for at, row in enumerate((HEAD, *ROWS), FIRST - 2):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif isinstance(value, str):
                sheet.write_string(at, column, value)
            elif value is not None:
                sheet.write_number(at, column, value)
    for column in range(len(HEAD), WIDE):
        sheet.write_number(FIRST, column, column)
    sheet.write_blank(1_048_575, 0, None, day)
    hidden = book.add_worksheet("Borrador")
    hidden.write_row(0, 0, ("Nombres", "Apellidos", "Edad"))
    hidden.hide()
    book.close()
    return file.getvalue()


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(workbook())
