"""The ugly workbook goes in: nothing is guessed, nobody invented, nobody lost."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.utils.translation import override

from cobijo.core.imports import batches, marking, reading
from cobijo.core.imports.models import ImportBatch
from cobijo.people.models import Person
from cobijo.sites.tests.importing import ugly
from cobijo.sites.tests.importing.test_households import enter, said, states
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch(cast: Cast) -> ImportBatch:
    found = batches.hand_in(cast.beto.id, "households", cast.a.id, "censo FINAL final.xlsx", ugly.workbook())
    assert "date_order" not in found.answers  # its own cells speak for both orders, so nothing is proposed
    batches.choose(found, {int(at): name for at, name in found.columns.items()}, found.answers)
    return found


def test_its_sheet_its_headings_and_its_columns_are_found(batch: ImportBatch) -> None:
    assert (batch.sheet, batch.head_at, batch.head_height) == (1, 4, 2)
    assert list(batch.columns.values()) == [
        "household", "given_names", "surnames", "sex", "age", "birth", "kinship", "document", "phone", "space",
    ]  # fmt: skip
    assert batch.answers["grouping"] == "number"


def test_each_trap_is_told_at_its_row(batch: ImportBatch) -> None:
    found = said(batch)
    expected = {
        11: {"ambiguous_date", "rounded", "unknown_space"},
        12: {"part_age"},
        14: {"old_age"},
        15: {"negative_age"},
        16: {"formula"},
        17: {"no_head"},
        20: {"two_heads"},
        21: {"two_heads"},
        25: {"no_such_day"},
        26: {"serial"},
        28: {"person_twice"},
        29: {"no_phone"},
    }
    assert {row: set(found.get(row, ())) & codes for row, codes in expected.items()} == expected


def test_totals_notes_and_headings_again_are_no_people(batch: ImportBatch) -> None:
    passed = [number for number, state in states(batch).items() if state == "passed"]
    assert passed == [19, 32, 33]


def test_what_is_good_of_it_is_entered_and_only_that(cast: Cast, batch: ImportBatch) -> None:
    enter(cast, batch, cast.beto)
    names = sorted(Person.objects.values_list("given_names", flat=True))
    assert names == ["", "Delia", "Inés", "Inés", "Julio", "Lucía", "Marta"]
    assert Person.objects.get(given_names="").newborn_unnamed


def test_its_marked_copy_is_the_same_workbook_with_words_beside_what_is_wrong(batch: ImportBatch) -> None:
    with override("es"):
        copy = marking.marked(batch)
    sheets = reading.read(copy)
    original = reading.read(ugly.workbook())
    assert [sheet.hidden for sheet in sheets] == [sheet.hidden for sheet in original]
    assert sheets[1].rows == original[1].rows
    with ZipFile(BytesIO(copy)) as parts:
        notes = "".join(parts.read(name).decode() for name in parts.namelist() if "comments" in name)
        assert "<f>" not in "".join(parts.read(name).decode() for name in parts.namelist() if "sheet2.xml" in name)
        assert not [name for name in parts.namelist() if "hyperlink" in name.lower()]
        assert "$A$1:$K$" in parts.read("xl/workbook.xml").decode(), "headed columns are printed, on one page"
    assert "130" in notes


def test_what_is_left_after_entering_is_all_the_marked_copy_holds(cast: Cast, batch: ImportBatch) -> None:
    enter(cast, batch, cast.beto)
    [left] = reading.read(marking.marked(batch))
    assert left.rows[0][:3] == ["FAMILIA No.", "DATOS DE LA PERSONA Nombres", "DATOS DE LA PERSONA Apellidos"]
    assert "Marta" not in str(left.rows)
    assert "Rosa" in str(left.rows)
