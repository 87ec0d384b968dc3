"""The pages of figures: what stands on them, and who opens which."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cobijo.accounts.models import Account
from cobijo.core.ids import uuid7
from cobijo.reporting import services
from cobijo.reporting.models import ClosedCensus, PublishedFigure, Release
from cobijo.reporting.tests.world import NIGHT, clock_at, family, group, head_count, published, stay
from tests.cast import Cast, act

pytestmark = pytest.mark.django_db

SignIn = Callable[[Account], Client]
EVERYBODY = ("ana", "beto", "carla", "diego", "case_worker", "administrator", "auditor", "outsider")


@pytest.fixture
def night(cast: Cast) -> Cast:
    """Six in the evening of the 29th: 12 people at A in two families, nobody known at B."""
    clock_at("2018-10-29 18:00")
    for _ in range(2):
        family(cast.a, *[("female", None)] * 6)
    return cast


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers={"Accept-Language": "en", **headers})
    assert response.status_code == 200, (address, response.status_code)
    return unescape(response.content.decode())


def of_site(cast: Cast, at: str = "2018-10-29") -> str:
    return reverse("reporting:scope", args=["sites", cast.a.id]) + f"?night={at}"


def of_response(cast: Cast, at: str = "2018-10-29") -> str:
    return reverse("reporting:scope", args=["units", cast.response.pk]) + f"?night={at}"


# --- what stands on them ---------------------------------------------------------------------------------------------


def test_the_page_of_a_site_says_number_night_and_what_it_is_made_of(night: Cast, signed_in: SignIn) -> None:
    head_count(night.a, 15)
    published(night.response, 14, site=night.a.site, source="CONRED")
    shown = page(signed_in(night.beto), of_site(night))

    assert "12 persons are registered here by name." in shown
    assert "Forecast as of" in shown
    assert "Head-count: 15" in shown
    assert "ours is 2 less" in shown
    assert "no roll-call" in shown
    assert "Print for the door" in shown


def test_the_page_of_the_response_says_which_sites_are_unknown(night: Cast, signed_in: SignIn) -> None:
    group(night.response, "Todos los albergues", night.a.site, night.b.site)
    published(night.response, 3509, source="CONRED")
    published(night.response, 4471, source="prensa")
    shown = page(signed_in(night.diego), of_response(night))

    assert "Of one other site nothing is known that night: the total is the sum of what is known." in shown
    assert "Instituto Experimental" in shown
    assert "Sources publish different numbers for this day: 3,509, 4,471." in shown
    assert "Todos los albergues" in shown


def test_a_night_of_which_nothing_is_known_says_so(night: Cast, signed_in: SignIn) -> None:
    shown = page(signed_in(night.beto), of_site(night, "2018-06-01"))
    assert "Nothing is known of this night" in shown


def test_a_bad_night_is_answered_with_a_sentence(night: Cast, signed_in: SignIn) -> None:
    answer = signed_in(night.beto).get(of_site(night, "29/10/2018"), headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "Write it as year, month and day: 2018-10-29." in unescape(answer.content.decode())


def test_the_nights_come_as_a_part_for_the_script_and_as_a_page(night: Cast, signed_in: SignIn) -> None:
    address = reverse("reporting:days", args=["sites", night.a.id]) + "?night=2018-10-29"
    whole, part = page(signed_in(night.beto), address), page(signed_in(night.beto), address, **{"HX-Request": "true"})

    assert "<html" in whole
    assert "<html" not in part
    assert 'style="' not in part, "the content policy lets no style through"
    assert "<svg" in part


def test_census_leads_to_what_there_is_to_see(night: Cast, signed_in: SignIn) -> None:
    address = reverse("reporting:census")
    to_site = signed_in(night.beto).get(address)
    to_response = signed_in(night.diego).get(f"{address}?night=2018-10-28")

    assert to_site.headers["Location"] == reverse("reporting:scope", args=["sites", night.a.id])
    assert to_response.headers["Location"].endswith(f"/units/{night.response.pk}/?night=2018-10-28")
    assert signed_in(night.auditor).get(address).status_code == 403


def test_the_response_page_asks_the_same_number_of_questions_whatever_it_holds(night: Cast, signed_in: SignIn) -> None:
    browser = signed_in(night.diego)

    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            page(browser, of_response(night))
        return len(questions)

    head_count(night.a, 11)
    asked()
    few = asked()
    for _ in range(20):
        stay(night.b)
    head_count(night.b, 30)
    published(night.response, 20, site=night.b.site)
    assert asked() == few


# --- deciding --------------------------------------------------------------------------------------------------------


def test_a_night_is_closed_and_figures_released_by_buttons(night: Cast, signed_in: SignIn) -> None:
    clock_at("2018-10-30 07:00")
    given = {"night": "2018-10-29"}
    closed = signed_in(night.beto).post(reverse("reporting:close", args=[night.a.id]), given)
    released = signed_in(night.diego).post(reverse("reporting:release", args=[night.response.pk]), given)

    assert (closed.status_code, released.status_code) == (302, 302)
    assert ClosedCensus.objects.filter(site=night.a.id, night=NIGHT).exists()
    assert Release.objects.get().unit_id == night.response.pk
    assert "Ready to be passed on" in page(signed_in(night.diego), of_response(night))


def test_what_is_refused_is_said_on_the_next_page(night: Cast, signed_in: SignIn) -> None:
    browser = signed_in(night.beto)
    answer = browser.post(
        reverse("reporting:close", args=[night.a.id]), {"night": "2018-10-29"}, headers={"Accept-Language": "en"}
    )
    assert "has not ended there" in page(browser, answer.headers["Location"])
    assert not ClosedCensus.objects.exists()


def figure_form(**given: Any) -> dict[str, Any]:
    return {
        "op_id": str(uuid7()),
        "new_id": str(uuid7()),
        "of": "whole",
        "about": "Official shelters",
        "quantity": "persons",
        "value": "3509",
        "day_day": "10",
        "day_month": "6",
        "day_year": "2018",
        "source": "CONRED",
        "address": "https://example.org",
        "note": "",
    } | given


def test_a_published_figure_is_recorded_by_its_form(night: Cast, signed_in: SignIn) -> None:
    browser, address = signed_in(night.diego), reverse("reporting:record_published", args=[night.response.pk])
    assert "As the source has it" in page(browser, address)
    whole = browser.post(address, figure_form())
    of_a_site = browser.post(address, figure_form(of=f"site:{night.a.id}", value="12", month_only="on"))

    assert (whole.status_code, of_a_site.status_code) == (302, 302)
    shown = page(browser, reverse("reporting:published", args=[night.response.pk]))
    assert "3,509" in shown
    assert PublishedFigure.objects.get(site=night.a.id).month_only


def test_a_form_sent_twice_records_once(night: Cast, signed_in: SignIn) -> None:
    browser, address = signed_in(night.diego), reverse("reporting:record_published", args=[night.response.pk])
    given = figure_form()
    assert [browser.post(address, given).status_code for _ in range(2)] == [302, 302]
    assert PublishedFigure.objects.count() == 1


def test_what_is_wrong_in_the_form_stands_beside_its_answer(night: Cast, signed_in: SignIn) -> None:
    browser, address = signed_in(night.diego), reverse("reporting:record_published", args=[night.response.pk])
    answer = browser.post(address, figure_form(address="ftp://x", day_day="31"), headers={"Accept-Language": "en"})
    assert "This is not a day of the calendar" in unescape(answer.content.decode())
    answer = browser.post(address, figure_form(address="ftp://x"), headers={"Accept-Language": "en"})
    assert "An address begins with https:// or http://" in unescape(answer.content.decode())


def test_a_published_figure_is_taken_back_by_its_button(night: Cast, signed_in: SignIn) -> None:
    one = published(night.response, 7)
    signed_in(night.diego).post(reverse("reporting:void_published", args=[one.pk]))
    assert PublishedFigure.objects.get(pk=one.pk).voided_at is not None


# --- who opens what --------------------------------------------------------------------------------------------------

# Route, what follows in it, and who may; everybody else of the cast gets 404 for what they do not know, else 403.
READING: list[tuple[str, Callable[[Cast], list[object]], set[str]]] = [
    ("scope", lambda cast: ["sites", cast.a.id], {"ana", "beto", "diego", "case_worker"}),
    ("days", lambda cast: ["sites", cast.a.id], {"ana", "beto", "diego", "case_worker"}),
    ("scope", lambda cast: ["sites", cast.b.id], {"carla", "diego"}),
    ("scope", lambda cast: ["units", cast.response.pk], {"diego"}),
    ("scope", lambda cast: ["units", cast.area.pk], {"diego"}),
    ("days", lambda cast: ["units", cast.response.pk], {"diego"}),
    ("scope", lambda cast: ["groups", group(cast.response, "G", cast.a.site).pk], {"diego"}),
    ("export", lambda cast: ["sites", cast.a.id, NIGHT, "csv"], {"ana", "beto", "diego", "case_worker"}),
    ("export", lambda cast: ["sites", cast.a.id, NIGHT, "xlsx"], {"ana", "beto", "diego", "case_worker"}),
    ("export", lambda cast: ["sites", cast.a.id, NIGHT, "json"], {"ana", "beto", "diego", "case_worker"}),
    ("export", lambda cast: ["sites", cast.a.id, NIGHT, "pdf"], {"ana", "beto", "diego", "case_worker"}),
    ("export", lambda cast: ["units", cast.response.pk, NIGHT, "pdf"], {"diego"}),
    ("beside", lambda cast: ["units", cast.response.pk, NIGHT], {"diego"}),
    ("published", lambda cast: [cast.response.pk], {"diego"}),
    ("record_published", lambda cast: [cast.response.pk], {"diego"}),
    ("released", lambda cast: [released(cast), "csv"], {"diego"}),
    ("released", lambda cast: [released(cast), "xlsx"], {"diego"}),
    ("released", lambda cast: [released(cast), "json"], {"diego"}),
    ("released", lambda cast: [released(cast), "pdf"], {"diego"}),
]


def released(cast: Cast) -> object:
    clock_at("2018-10-30 07:00")
    return services.release_figures(act(cast.diego), release_id=uuid7(), unit_id=cast.response.pk, night=NIGHT).pk


@pytest.mark.parametrize(("route", "given", "allowed"), READING)
def test_every_page_opens_for_whom_it_is_meant_only(
    night: Cast, signed_in: SignIn, route: str, given: Callable[[Cast], list[object]], allowed: set[str]
) -> None:
    address = reverse(f"reporting:{route}", args=given(night))
    for who in EVERYBODY:
        status = signed_in(getattr(night, who)).get(address).status_code
        assert (status == 200) == (who in allowed), (who, status)
        assert status in (200, 403, 404), (who, status)
    assert Client().get(address).status_code in (302, 404)


def test_a_stranger_is_answered_as_if_there_were_nothing(night: Cast, signed_in: SignIn) -> None:
    carla = signed_in(night.carla)
    theirs = carla.get(reverse("reporting:scope", args=["sites", night.a.id]))
    nothing = carla.get(reverse("reporting:scope", args=["sites", uuid7()]))
    assert (theirs.status_code, nothing.status_code) == (404, 404)
    assert len(theirs.content) == len(nothing.content)


DECIDING: list[tuple[str, Callable[[Cast], object], set[str]]] = [
    ("close", lambda cast: cast.a.id, {"beto"}),
    ("release", lambda cast: cast.response.pk, {"diego"}),
    ("door", lambda cast: cast.a.id, {"ana", "beto", "diego"}),
    ("void_published", lambda cast: published(cast.response, 9).pk, {"diego"}),
]


@pytest.mark.parametrize(("route", "given", "allowed"), DECIDING)
def test_every_button_works_for_whom_it_is_meant_only(
    night: Cast, signed_in: SignIn, route: str, given: Callable[[Cast], object], allowed: set[str]
) -> None:
    clock_at("2018-10-30 07:00")
    address = reverse(f"reporting:{route}", args=[given(night)])
    for who in EVERYBODY:
        before = _written()
        answer = signed_in(getattr(night, who)).post(address, {"night": "2018-10-29"})
        assert (_written() > before) == (who in allowed), (who, answer.status_code)
    assert signed_in(night.diego).get(address).status_code == 405


def _written() -> int:
    voided = PublishedFigure.objects.exclude(voided_at=None).count()
    return ClosedCensus.objects.count() + Release.objects.count() + voided
