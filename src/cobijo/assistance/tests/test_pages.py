"""The pages of the store, as somebody who keeps it uses them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cobijo.accounts.models import Account, Reading
from cobijo.assistance.models import FormulaAssessment, StoreSlip
from cobijo.assistance.store import stock
from cobijo.assistance.tests.bodega import health_worker, mother_with, slip, storekeeper, write
from cobijo.core.ids import uuid7
from cobijo.people.types import BirthIn, NeedCode
from tests.cast import Cast, sign_in

pytestmark = pytest.mark.django_db


def page(browser: Client, name: str, *args: Any, language: str = "en") -> str:
    answer = browser.get(reverse(f"assistance:{name}", args=args), headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def keeper(cast: Cast) -> Client:
    return sign_in(storekeeper(cast))


def send(browser: Client, name: str, cast: Cast, **answers: Any) -> Any:
    ids = {"op_id": uuid7(), "new_id": uuid7()}
    return browser.post(reverse(f"assistance:{name}", args=[cast.a.id]), ids | answers)


def test_an_empty_store_says_what_to_do_next(cast: Cast) -> None:
    said = page(keeper(cast), "store", cast.a.id)
    assert "Nothing is written in the book" in said
    assert reverse("assistance:count", args=[cast.a.id]) in said


def test_goods_are_received_and_the_slip_is_shown(cast: Cast) -> None:
    browser = keeper(cast)
    answer = send(
        browser,
        "receive",
        cast,
        party="organisation",
        whom="CONRED",
        item_0="water",
        quantity_0="600",
        item_3="nappy:small",
        quantity_3="80",
    )
    written = StoreSlip.objects.get()
    assert answer.headers["Location"] == reverse("assistance:slip", args=[cast.a.id, written.pk])
    shown = page(browser, "slip", cast.a.id, written.pk)
    assert written.code in shown
    assert "Disposable nappies, small" in shown
    assert "CONRED" in shown
    assert (stock(cast.a.id)["water", ""].there, stock(cast.a.id)["nappy", "small"].there) == (600, 80)


def test_what_is_given_is_written_beside_what_the_book_has(cast: Cast) -> None:
    write("receive_goods", cast.beto, cast.a, slip(("water", 600), ("blanket", 20)))
    browser = keeper(cast)
    assert "Blankets" in page(browser, "give", cast.a.id)
    send(browser, "give", cast, known_0="7", party="kitchen")
    assert stock(cast.a.id)["blanket", ""].there == 13


def test_a_count_may_say_that_there_is_none(cast: Cast) -> None:
    write("receive_goods", cast.beto, cast.a, slip(("water", 600), ("blanket", 20)))
    send(keeper(cast), "count", cast, known_1="0")
    assert stock(cast.a.id)["water", ""].there == 0
    assert stock(cast.a.id)["blanket", ""].there == 20


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "Nothing stands on this slip yet"),
        ({"item_0": "water"}, "Write how many"),
        ({"quantity_0": "5"}, "Say what these are"),
        ({"item_0": "water", "quantity_0": "3.9"}, "whole number"),
        ({"item_0": "water", "quantity_0": "-2"}, "greater than or equal to 0"),
        ({"item_0": "water", "quantity_0": "NaN"}, "whole number"),
        ({"item_0": "gold", "quantity_0": "5"}, "Choose an item of the list"),
        ({"item_0": "water", "quantity_0": "5", "item_1": "water", "quantity_1": "6"}, "stands on this slip twice"),
        ({"item_0": "other", "quantity_0": "5"}, "Say in the note what it is"),
    ],
)
def test_a_slip_that_does_not_fit_comes_back_with_what_was_written(
    cast: Cast, answers: dict[str, str], said: str
) -> None:
    browser = keeper(cast)
    browser.cookies["django_language"] = "en"
    answer = send(browser, "receive", cast, party="organisation", whom="CONRED", **answers)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert said in text
    assert "CONRED" in text
    assert not StoreSlip.objects.exists()


def test_a_slip_is_printed_and_taken_out(cast: Cast) -> None:
    written = write("receive_goods", cast.beto, cast.a, slip(("water", 600), whom='#import "x"')).result
    browser = keeper(cast)
    printed = browser.get(reverse("assistance:slip_print", args=[cast.a.id, written.pk]))
    assert printed.headers["Content-Type"] == "application/pdf"
    assert printed.content.startswith(b"%PDF")
    browser.post(reverse("assistance:void_slip", args=[cast.a.id, written.pk]))
    assert "Taken out" in page(browser, "slip", cast.a.id, written.pk)
    assert stock(cast.a.id) == {}


def test_a_list_of_slips_costs_the_same_for_one_and_for_many(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = sign_in(cast.beto)
    for times in (1, 12):
        for _ in range(times):
            write("receive_goods", cast.beto, cast.a, slip(("water", 6), ("rice", 4)))
        for name in ("slips", "store"):
            with django_assert_max_num_queries(24):
                page(browser, name, cast.a.id)


def test_a_slip_of_another_site_is_not_there(cast: Cast) -> None:
    written = write("receive_goods", cast.carla, cast.b, slip(("water", 600))).result
    browser = keeper(cast)
    assert browser.get(reverse("assistance:slip", args=[cast.b.id, written.pk])).status_code == 404
    both = sign_in(cast.diego)
    assert both.get(reverse("assistance:slip", args=[cast.a.id, written.pk])).status_code == 404


def test_the_order_says_what_to_ask_for_and_what_it_rests_on(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_months=4))
    said = page(sign_in(cast.beto), "order", cast.a.id)
    assert "Safe water" in said
    assert "UNHCR, WASH Indicators" in said
    spanish = page(sign_in(cast.beto), "order", cast.a.id, language="es")
    assert "Agua segura" in spanish


def test_how_many_need_medicine_is_for_the_team_alone(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_years=7), None, None, NeedCode.MEDICINE)
    assert "needs medicine" in page(sign_in(cast.beto), "order", cast.a.id)
    assert "needs medicine" not in page(sign_in(cast.diego), "order", cast.a.id)


@pytest.mark.parametrize("query", ["?days=0", "?days=x", "?norms=none", "?days=3&norms=nicaragua"])
def test_an_order_asked_for_oddly_is_still_an_order(cast: Cast, query: str) -> None:
    address = reverse("assistance:order", args=[cast.a.id]) + query
    assert sign_in(cast.beto).get(address).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_order_and_the_book_are_taken_along_as_files(cast: Cast, form: str) -> None:
    mother_with(cast, BirthIn(age_years=7))
    write("receive_goods", cast.beto, cast.a, slip(("water", 600)))
    browser = sign_in(cast.beto)
    for name in ("order_file", "store_file"):
        answer = browser.get(reverse(f"assistance:{name}", args=[cast.a.id, form]))
        assert (answer.status_code, answer.headers["X-Content-Type-Options"]) == (200, "nosniff")
        assert "internal" in answer.headers["Content-Disposition"]
    assert browser.get(reverse("assistance:order_file", args=[cast.a.id, "exe"])).status_code == 404


def test_the_file_of_the_order_says_what_the_page_says(cast: Cast) -> None:
    mother_with(cast, BirthIn(age_years=7))
    address = reverse("assistance:order_file", args=[cast.a.id, "csv"]) + "?days=3"
    text = sign_in(cast.beto).get(address, headers={"Accept-Language": "en"}).content.decode("utf-8-sig")
    rows = [line.split(",") for line in text.splitlines()]
    water = next(row for row in rows if row[2] == "Safe water")
    assert water[4:7] == ["90", "", "90"]


# --- infants ---------------------------------------------------------------------------------------------------------


def irene(cast: Cast) -> tuple[Account, Client]:
    worker = health_worker(cast)
    return worker, sign_in(worker)


def test_a_health_worker_assesses_lists_and_ends(cast: Cast) -> None:
    worker, browser = irene(cast)
    child = mother_with(cast, BirthIn(age_months=4))
    person = reverse("web:person", args=[child])
    assert reverse("assistance:assess", args=[child]) in browser.get(person).content.decode()
    browser.post(reverse("assistance:assess", args=[child]), {"op_id": uuid7(), "new_id": uuid7(), "kind": "powder"})
    [kept] = FormulaAssessment.objects.all()
    listed = page(browser, "infants")
    assert person in listed
    assert Reading.objects.filter(actor=worker.pk, model="assistance.formulaassessment", people=1).exists()
    browser.post(reverse("assistance:end_assessment", args=[child, kept.pk]))
    assert person not in page(browser, "infants")


def test_a_site_manager_sees_neither_the_list_nor_the_way_to_it(cast: Cast) -> None:
    child = mother_with(cast, BirthIn(age_months=4))
    browser = sign_in(cast.beto)
    assert browser.get(reverse("assistance:infants")).status_code == 403
    assert browser.get(reverse("assistance:assess", args=[child])).status_code == 403
    assert reverse("assistance:assess", args=[child]) not in browser.get(reverse("web:person", args=[child])).text


def test_no_way_to_assess_a_grown_person_is_offered(cast: Cast) -> None:
    _worker, browser = irene(cast)
    child = mother_with(cast, BirthIn(age_years=3))
    assert reverse("assistance:assess", args=[child]) not in browser.get(reverse("web:person", args=[child])).text
