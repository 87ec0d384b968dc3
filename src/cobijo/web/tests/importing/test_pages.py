"""A list by its pages: handed in, columns confirmed, a cell corrected, entered, undone."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cobijo.accounts.access import COMMAND_LINE
from cobijo.accounts.models import Account, Grant, Reading
from cobijo.accounts.types import Role
from cobijo.core import clock
from cobijo.core.imports import accepting
from cobijo.core.imports.models import ImportBatch
from cobijo.people.models import Person
from cobijo.sites.models import SiteReport
from cobijo.sites.tests.importing import books
from cobijo.sites.tests.importing.books import HEADINGS, XICAY
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.django_db

WRONG = books.xlsx([HEADINGS, *XICAY, (2, "Rosa Choc", "F", 130, "jefa")])


def english(who: Account) -> Client:
    browser = sign_in(who)
    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return browser


def hand_in(browser: Client, cast: Cast, content: bytes = WRONG, name: str = "lista.xlsx") -> Any:
    file = SimpleUploadedFile(name, content)
    return browser.post(reverse("web:lists"), {"kind": "households", "unit": cast.a.id, "file": file})


def confirm(browser: Client, page: str, **answers: str) -> Any:
    """Post the columns as the page proposes them."""
    text = browser.get(page).content.decode()
    given = {
        name: (re.search(r'<option value="([^"]*)" selected', inside) or ["", ""])[1]
        for name, inside in re.findall(r'<select name="([^"]+)"(.*?)</select>', text, re.DOTALL)
    }
    return browser.post(page, given | answers | {"check": "1"})


def checked(cast: Cast, browser: Client, content: bytes = WRONG) -> str:
    """The address of a list that is checked."""
    columns = hand_in(browser, cast, content)["Location"]
    return str(confirm(browser, columns)["Location"])


def test_a_list_goes_the_whole_way(cast: Cast) -> None:
    browser = english(cast.beto)
    page = checked(cast, browser)
    shown = browser.get(page).content.decode()
    assert "1 row is to be corrected" in shown
    assert "older than anybody" in shown
    assert "Enter 3 people" in shown
    assert "as 1 household" in shown
    browser.post(page, {"cell-5-3": "30"})
    assert "Every row is ready" in browser.get(page).content.decode()
    browser.post(reverse("web:list-enter", args=[ImportBatch.objects.get().pk]))
    assert "0 of 2 households are entered" in browser.get(page).content.decode()
    accepting.carry_on()
    assert Person.objects.count() == 4
    assert "Undo this list" in browser.get(page).content.decode()
    browser.post(reverse("web:list-undo", args=[ImportBatch.objects.get().pk]))
    accepting.carry_on()
    assert "The list is undone" in browser.get(page).content.decode()
    assert not Person.objects.exists()


def test_what_is_no_list_is_refused_in_a_sentence(cast: Cast) -> None:
    answer = hand_in(english(cast.beto), cast, b"%PDF-1.4 something", "lista.xlsx")
    assert "This is not a spreadsheet" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_beyond_what_is_taken_is_not_read(cast: Cast) -> None:
    browser = english(cast.beto)
    answer = browser.post(
        reverse("web:lists"),
        {"kind": "households", "unit": cast.a.id, "file": SimpleUploadedFile("l.xlsx", b"PK" + b"0" * 32_000_000)},
    )
    assert "too large" in answer.content.decode()


def test_nobody_else_sees_a_list(cast: Cast) -> None:
    page = checked(cast, english(cast.beto))
    for who in (cast.carla, cast.diego, cast.case_worker, cast.outsider, cast.administrator):
        browser = sign_in(who)
        for address in (page, f"{page}columns/", f"{page}marked.xlsx"):
            assert browser.get(address).status_code == 404
        assert "lista.xlsx" not in browser.get(reverse("web:lists")).content.decode()


def test_who_looks_at_a_list_is_written_down(cast: Cast) -> None:
    browser = english(cast.beto)
    page = checked(cast, browser)
    browser.get(f"{page}marked.xlsx")
    assert set(Reading.objects.filter(model="core.importbatch").values_list("what", flat=True)) >= {"list", "export"}


def test_what_somebody_typed_is_text_on_the_page(cast: Cast) -> None:
    row = (2, "<script>alert(1)</script> Choc", "F", 130, "jefa")
    browser = english(cast.beto)
    shown = browser.get(checked(cast, browser, books.xlsx([HEADINGS, row]))).content.decode()
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown


def test_a_row_taken_for_no_record_can_be_counted(cast: Cast) -> None:
    browser = english(cast.beto)
    page = checked(cast, browser, books.xlsx([HEADINGS, *XICAY, ("TOTAL", None, None, 3, None)]))
    assert ImportBatch.objects.get().counts["passed"] == 1
    browser.post(page, {"again": "5"})
    assert ImportBatch.objects.get().counts["passed"] == 0


def test_another_row_may_hold_the_headings(cast: Cast) -> None:
    browser = english(cast.beto)
    columns = hand_in(browser, cast, books.xlsx([("a", "b"), ("Persona", "Cuántos"), ("Ana Tun", 4)]))["Location"]
    browser.post(columns, {"look": "1", "sheet": "0", "head_row": "2"})
    shown = browser.get(columns).content.decode()
    assert "Persona" in shown
    assert "Ana Tun" in shown


def test_two_columns_do_not_hold_the_same(cast: Cast) -> None:
    browser = english(cast.beto)
    columns = hand_in(browser, cast)["Location"]
    answer = confirm(browser, columns, column_2="name")
    assert "Another column holds this already" in answer.content.decode()


def test_the_marked_workbook_says_what_is_wrong_beside_the_cell(cast: Cast) -> None:
    browser = english(cast.beto)
    page = checked(cast, browser)
    content = BytesIO(browser.get(f"{page}marked.xlsx").content)
    assert b"xl/comments" in content.getvalue()


def test_the_list_of_lists_asks_the_database_as_often_for_ten_as_for_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    browser = english(cast.beto)
    for at in range(10):
        hand_in(browser, cast, books.xlsx([HEADINGS, (at, f"Ana {at} Tun", "F", 30, "jefa")]))
    with django_assert_max_num_queries(30):
        assert browser.get(reverse("web:lists")).content.decode().count("lista.xlsx") >= 10


def test_the_progress_on_a_page_ends_with_the_page_itself(cast: Cast) -> None:
    browser = english(cast.beto)
    page = checked(cast, browser)
    browser.post(reverse("web:list-enter", args=[ImportBatch.objects.get().pk]))
    part = browser.get(page, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "0 of 1 household is entered" in part
    accepting.carry_on()
    assert browser.get(page, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_list_that_was_emptied_says_so_and_asks_for_nothing(cast: Cast) -> None:
    browser = english(cast.beto)
    columns = hand_in(browser, cast)["Location"]
    clock.move(timedelta(days=15))
    accepting.tidy()
    browser = english(cast.beto)
    shown = browser.get(columns, follow=True)
    assert shown.status_code == 200
    assert "cell-" not in shown.content.decode()


# --- head-counts -----------------------------------------------------------------------------------------------------

REPORTS = books.xlsx([("Albergue", "Personas"), ("Salon Munisipal", 140), ("S027", 60)])


def hand_in_reports(browser: Client, unit: Any) -> Any:
    file = SimpleUploadedFile("reporte.xlsx", REPORTS)
    return browser.post(reverse("web:lists"), {"kind": "site_reports", "unit": unit, "file": file})


def test_head_counts_of_several_sites_go_the_whole_way(cast: Cast) -> None:
    browser = english(cast.diego)
    columns = hand_in_reports(browser, cast.response.unit.id)["Location"]
    asked = browser.get(columns).content.decode()
    assert "Which day the list is of" in asked
    assert "How these numbers came about" in asked
    page = confirm(browser, columns, day=clock.today(ZoneInfo("America/Guatemala")).isoformat())["Location"]
    shown = browser.get(page).content.decode()
    assert "Is it Salón Municipal?" in shown
    assert "Enter 1 report" in shown
    browser.post(page, {"cell-2-0": "Salón Municipal"})
    assert "Enter 2 reports" in browser.get(page).content.decode()
    browser.post(reverse("web:list-enter", args=[ImportBatch.objects.get().pk]))
    assert "0 of 2 reports are entered" in browser.get(page).content.decode()
    accepting.carry_on()
    assert set(SiteReport.objects.values_list("persons", "method")) == {(140, "estimate"), (60, "estimate")}
    browser.post(reverse("web:list-undo", args=[ImportBatch.objects.get().pk]))
    accepting.carry_on()
    assert not SiteReport.objects.exists()
    assert not Reading.objects.filter(model="core.importbatch").exists()


def test_people_are_handed_in_for_one_site(cast: Cast) -> None:
    Grant.objects.create(
        account=cast.diego, unit=cast.a.unit, role=Role.SITE_MANAGER, starts_at=clock.now(), given_by=COMMAND_LINE
    )
    browser = english(cast.diego)
    file = SimpleUploadedFile("lista.xlsx", WRONG)
    given = {"kind": "households", "unit": cast.response.unit.id, "file": file}
    assert "Choose the site" in browser.post(reverse("web:lists"), given).content.decode()
    assert not ImportBatch.objects.exists()


def test_who_manages_one_site_hands_in_its_own_head_counts_only(cast: Cast) -> None:
    browser = english(cast.beto)
    assert hand_in_reports(browser, cast.a.id).status_code == 302
    shown = hand_in_reports(browser, cast.b.id).content.decode()
    assert ImportBatch.objects.count() == 1
    assert "Instituto" not in shown


def test_columns_without_a_heading_stand_apart_and_can_be_used(cast: Cast) -> None:
    browser = english(cast.beto)
    columns = hand_in(browser, cast, books.xlsx([("Nombre", "Edad"), ("Ana Tun", 30, "F", 7)]))["Location"]
    shown = browser.get(columns).content.decode()
    assert shown.index("Columns without a heading") > shown.index('name="column_1"')
    assert shown.index("Columns without a heading") < shown.index('name="column_2"')
    confirm(browser, columns, column_2="sex", grouping="alone")
    assert ImportBatch.objects.get().columns["2"] == "sex"
