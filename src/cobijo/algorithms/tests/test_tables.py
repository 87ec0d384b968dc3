"""Lists as people draw them."""

from cobijo.algorithms.cells import Cell
from cobijo.algorithms.tables import Head, RowKind, columns_of, fill_merged, find_head, guess, kind_of, likeness

FIELDS = {
    "names": ["nombres", "primer nombre", "given names"],
    "first_surname": ["primer apellido", "apellido paterno"],
    "second_surname": ["segundo apellido"],
    "full_name": ["nombre completo", "nombres y apellidos", "name"],
    "birth": ["fecha de nacimiento", "fecha nac", "date of birth"],
    "age": ["edad", "age"],
    "sex": ["sexo", "genero", "sex"],
    "women": ["mujeres adultas"],
    "men": ["hombres adultos"],
}


def test_a_heading_is_known_by_its_words_and_by_their_beginnings() -> None:
    assert likeness("Fecha de Nacimiento", "fecha de nacimiento") == 1
    assert likeness("FECHA NAC.", "fecha nac") == 1
    assert likeness("Fec. de nac.", "fecha de nacimiento") > 0.9
    assert likeness("Edad (años)", "edad") < 0.75
    assert likeness("Observaciones", "edad") == 0


def test_each_column_gets_its_field_and_no_field_two_columns() -> None:
    headings = ["No.", "Nombres", "Primer Apellido", "Segundo apellido", "SEXO", "Edad", "Edad", "Observaciones"]
    assert guess(headings, FIELDS) == {1: "names", 2: "first_surname", 3: "second_surname", 4: "sex", 5: "age"}


def test_the_surer_reading_wins() -> None:
    assert guess(["Nombres y apellidos", "Edad"], FIELDS) == {0: "full_name", 1: "age"}


def test_headings_are_found_below_a_title_and_a_paragraph() -> None:
    rows: list[list[Cell]] = [
        ["CENSO ALBERGUE SALÓN MUNICIPAL", None, None],
        [],
        ["Responsable: Ana Xicay", None, "Fecha: 12/06/2018"],
        ["No.", "Nombre completo", "Edad", "Sexo"],
        [1, "María Xicay", 34, "F"],
    ]
    assert find_head(rows, FIELDS) == Head(3, 1, ("No.", "Nombre completo", "Edad", "Sexo"))


def test_two_rows_of_headings_are_one() -> None:
    rows: list[list[Cell]] = [
        ["Nombre completo", "Adultos", None, "Edad"],
        [None, "Mujeres", "Hombres", None],
        ["María", 1, 2, 34],
    ]
    fields = FIELDS | {"women": ["adultos mujeres"], "men": ["adultos hombres"]}
    head = find_head(rows, fields)
    headings = ("Nombre completo", "Adultos Mujeres", "Adultos Hombres", "Edad")
    assert head == Head(0, 2, headings, ("", "Mujeres", "Hombres", ""))


def test_an_upper_row_that_only_says_what_columns_are_about_does_not_hide_them() -> None:
    rows: list[list[Cell]] = [
        ["Familia", "DATOS DE LA PERSONA ALBERGADA", None, None],
        ["No.", "Nombre completo", "Edad", "Sexo"],
        [1, "María", 34, "F"],
    ]
    fields = FIELDS | {"household": ["familia no"]}
    head = find_head(rows, fields)
    assert head is not None
    assert (head.at, head.height) == (0, 2)
    assert columns_of(head, fields) == {0: "household", 1: "full_name", 2: "age", 3: "sex"}


def test_a_title_holds_as_far_as_its_cell_is_merged() -> None:
    rows: list[list[Cell]] = [
        ["Familia", "NACIMIENTO", None, None, "OTROS"],
        ["No.", "Edad", "Fecha nac", "Sexo", "Nombre completo"],
        [1, 34, None, "F", "María"],
    ]
    head = find_head(rows, FIELDS | {"household": ["familia no"]}, spans=[(0, 1, 0, 2)])
    assert head is not None
    assert head.headings == ("Familia No.", "NACIMIENTO Edad", "NACIMIENTO Fecha nac", "Sexo", "OTROS Nombre completo")


def test_headings_printed_again_are_no_record_also_where_only_their_lower_row_is() -> None:
    head = Head(0, 2, ("FAMILIA No.", "DATOS Nombre", "DATOS Edad"), ("No.", "Nombre", "Edad"))
    assert kind_of(["No.", "Nombre", "Edad"], head) is RowKind.HEADINGS
    assert kind_of(["FAMILIA", "DATOS", None], head) is RowKind.HEADINGS
    assert kind_of([1, "Nombre", 3], head) is RowKind.RECORD


def test_no_headings_are_said_to_be_none() -> None:
    assert find_head([["María", 34, "F"], ["Pedro", 30, "M"]], FIELDS) is None
    assert find_head([], FIELDS) is None


def test_what_is_no_record_is_told_apart() -> None:
    head = Head(0, 1, ("No.", "Nombre completo", "Edad", "Sexo"))
    assert kind_of([1, "María Xicay", 34, "F"], head) is RowKind.RECORD
    assert kind_of([None, "María", None, None], head) is RowKind.RECORD
    assert kind_of([None, " ", "", None], head) is RowKind.BLANK
    assert kind_of(["No.", "Nombre completo", "Edad", "Sexo"], head) is RowKind.HEADINGS
    assert kind_of(["TOTAL", None, 140, None], head) is RowKind.TOTAL
    assert kind_of([None, "Total de personas:", "31", None], head) is RowKind.TOTAL
    assert kind_of([None, "Familias que llegaron de noche", None, None], head) is RowKind.NOTE


def test_a_person_called_total_is_no_sum() -> None:
    head = Head(0, 1, ("Nombre", "Apellido", "Edad", "Sexo"))
    assert kind_of(["Total", "Morales", 40, "M"], head) is RowKind.RECORD


def test_a_merged_cell_speaks_for_all_its_rows() -> None:
    rows: list[list[Cell]] = [["F-1", "Ana"], [None, "Beto"], [None, "Carla"], ["F-2", "Diego"]]
    fill_merged(rows, [(0, 0, 2, 0), (9, 9, 12, 12)])
    assert [row[0] for row in rows] == ["F-1", "F-1", "F-1", "F-2"]
