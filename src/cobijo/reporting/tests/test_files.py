"""Figures as files and prints: what they say of themselves; nothing in them is obeyed or gives a person away."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cobijo.accounts.models import Account, Reading, Unit
from cobijo.core import clock, nodes
from cobijo.core.ids import uuid7
from cobijo.core.models import Node
from cobijo.people.models import NamedWorker, PersonScope, Protection
from cobijo.reporting import services
from cobijo.reporting.models import Release
from cobijo.reporting.tests.world import (
    NIGHT,
    at,
    away,
    clock_at,
    family,
    head_count,
    household,
    person,
    published,
    stay,
)
from cobijo.sites.models import Site
from tests.cast import Cast, Place, act

pytestmark = pytest.mark.django_db

SignIn = Callable[[Account], Client]
HOSTILE = '=HYPERLINK("https://example.org","x")'


@pytest.fixture
def night(cast: Cast) -> Cast:
    """The morning after: at A a family of eight by name, at B a head-count of forty."""
    clock_at("2018-10-30 07:00")
    together = household(cast.a)
    for number in range(8):
        known_by_name(cast.a, f"Filomena{number}", together)
    head_count(cast.b, 40)
    published(cast.response, 50, source=HOSTILE, note="+1")
    return cast


def known_by_name(place: Place, name: str, together: Any) -> Any:
    """A woman in Aula 1 whom the site's team may see."""
    someone = person(place, given_names=name)
    PersonScope.objects.create(person=someone, unit=place.unit, starts_at=at("2018-10-01 12:00"), why="stay")
    return stay(place, someone, household=together, space=place.spaces["Aula 1"])


def fetched(client: Client, form: str, *scope: object, language: str = "en") -> HttpResponse:
    address = reverse("reporting:export", args=[*scope, NIGHT, form])
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert isinstance(answer, HttpResponse)
    return answer


def lines(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def text_of(content: bytes) -> str:
    return "\n".join(leaf.extract_text() for leaf in PdfReader(io.BytesIO(content)).pages)


# --- CSV -------------------------------------------------------------------------------------------------------------


def test_the_csv_has_heads_a_row_of_hxl_tags_and_a_row_for_each_site(night: Cast, signed_in: SignIn) -> None:
    answer = fetched(signed_in(night.diego), "csv", "units", night.response.pk)
    heads, tags, *rows = lines(answer.content)
    found = [dict(zip(tags, row, strict=True)) for row in rows]

    assert "internal" in answer.headers["Content-Disposition"]
    assert len(set(tags)) == len(tags) == len(heads)
    assert all(tag.startswith("#") for tag in tags)
    assert {"#date+occurred", "#loc+site+name", "#affected+f+age0_4", "#affected+m+age60plus"} <= set(tags)
    assert [(one["#loc+site+code"], one["#affected+ind"], one["#meta+kind"]) for one in found] == [
        ("S014", "8", "registered"),
        ("S027", "40", "reported"),
    ]
    assert found[0]["#affected+f+age25_59"] == "8"
    assert all(one["#meta+use"] == "internal, not to be passed on" for one in found)
    assert found[1]["#affected+ind+registered"] == "", "what is not known is empty, not nought"


def test_a_cell_that_a_spreadsheet_would_obey_gets_an_apostrophe(night: Cast, signed_in: SignIn) -> None:
    Unit.objects.filter(pk=night.a.id).update(name="=2+5")
    browser = signed_in(night.diego)
    rows = lines(fetched(browser, "csv", "units", night.response.pk).content)
    beside = browser.get(reverse("reporting:beside", args=["units", night.response.pk, NIGHT]))

    assert "'=2+5" in rows[2]
    assert any(cell == f"'{HOSTILE}" for row in lines(beside.content) for cell in row)
    assert any("'+1" in cell for row in lines(beside.content) for cell in row)
    assert not any(cell.startswith(("=", "+", "@", "\t")) for row in lines(beside.content)[2:] for cell in row)


# --- XLSX ------------------------------------------------------------------------------------------------------------

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(content: bytes) -> tuple[list[ElementTree.Element], list[str], list[str]]:
    """The cells of all sheets, the texts, and the names of what is in the file."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = book.namelist()
        sheets = [ElementTree.fromstring(book.read(name)) for name in names if name.startswith("xl/worksheets/sheet")]
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    texts = ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in shared.iter(f"{MAIN}si")]
    return [cell for sheet in sheets for cell in sheet.iter(f"{MAIN}c")], texts, names


def test_the_workbook_has_numbers_as_numbers_and_no_formula_or_link(night: Cast, signed_in: SignIn) -> None:
    answer = fetched(signed_in(night.diego), "xlsx", "units", night.response.pk)
    cells, texts, names = workbook(answer.content)
    numbers = [cell.findtext(f"{MAIN}v") for cell in cells if cell.get("t") is None]

    assert {"8", "40", "50"} <= set(numbers)
    assert HOSTILE in texts
    assert not [cell for cell in cells if cell.find(f"{MAIN}f") is not None]
    assert not [name for name in names if "hyperlink" in name.lower() or (name.endswith(".rels") and "sheet" in name)]
    assert any("internal, not to be passed on" in text for text in texts)


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_the_json_is_that_of_the_command_and_says_it_is_internal(night: Cast, signed_in: SignIn) -> None:
    found = json.loads(fetched(signed_in(night.beto), "json", "sites", night.a.id).content)
    assert (found["site"], found["date"], found["persons"]) == ("Salón Municipal", "2018-10-29", 8)
    assert found["use"] == "internal, not to be passed on"


# --- the desk --------------------------------------------------------------------------------------------------------


def test_the_print_for_the_desk_names_people_to_the_team_of_the_site(night: Cast, signed_in: SignIn) -> None:
    said = text_of(fetched(signed_in(night.beto), "pdf", "sites", night.a.id).content)

    assert "Filomena3 Tzunún" in said
    assert "8 persons are registered here by name." in said
    assert "Aula 1" in said
    assert "not to be passed on" in said
    assert "Copy " in said
    assert "for Beto Marroquín" in said
    assert "29 October 2018" in said


def test_an_analyst_gets_figures_and_no_name(night: Cast, signed_in: SignIn) -> None:
    browser = signed_in(night.diego)
    files = [fetched(browser, form, "sites", night.a.id).content for form in ("csv", "json", "xlsx")]
    files += [text_of(fetched(browser, "pdf", *scope).content).encode() for scope in scopes(night)]
    cells, texts, _ = workbook(files[2])

    assert cells
    assert not [one for one in (*files, *map(str.encode, texts)) if b"Filomena" in one]
    assert "Needs at the door" not in text_of(fetched(browser, "pdf", "sites", night.a.id).content)


def scopes(cast: Cast) -> list[tuple[str, object]]:
    return [("sites", cast.a.id), ("units", cast.area.pk), ("units", cast.response.pk)]


def test_each_copy_is_numbered_and_written_down(night: Cast, signed_in: SignIn) -> None:
    browser = signed_in(night.ana)
    first, second = (text_of(fetched(browser, "pdf", "sites", night.a.id).content) for _ in range(2))
    readings = list(Reading.objects.filter(what="print").order_by("id"))

    assert [(one.actor, one.people, one.unit) for one in readings] == [(night.ana.pk, 8, night.a.id)] * 2
    assert f"Copy {readings[0].pk}," in first
    assert f"Copy {readings[1].pk}," in second


def test_a_protected_person_is_in_the_figures_and_on_no_list(night: Cast, signed_in: SignIn) -> None:
    hidden = known_by_name(night.a, "Escondida", None)
    protection = Protection.objects.create(
        person=hidden.person, sealed_reason=b"x", asked_by_person=True, starts_at=clock.now()
    )
    for_beto = text_of(fetched(signed_in(night.beto), "pdf", "sites", night.a.id).content)
    assert "9 persons are registered here by name." in for_beto
    assert "Escondida" not in for_beto

    NamedWorker.objects.create(protection=protection, account=night.beto)
    assert "Escondida" in text_of(fetched(signed_in(night.beto), "pdf", "sites", night.a.id).content)


def test_who_was_out_that_night_is_marked_on_the_list(night: Cast, signed_in: SignIn) -> None:
    away(known_by_name(night.a, "Viajera", None), "2018-10-29 12:00", "2018-10-30 06:00")
    assert "Viajera Tzunún · out" in text_of(fetched(signed_in(night.beto), "pdf", "sites", night.a.id).content)


def test_a_print_rests_on_a_seal_of_the_journal(night: Cast, signed_in: SignIn) -> None:
    services.close_night(act(night.beto), closed_id=uuid7(), site_id=night.a.id, night=NIGHT)
    assert "Seal 1.1 · " in text_of(fetched(signed_in(night.beto), "pdf", "sites", night.a.id).content)


def test_in_the_demonstration_every_file_says_so(night: Cast, signed_in: SignIn) -> None:
    Node.objects.filter(pk=nodes.here_id()).update(fictitious=True)
    nodes.forget()
    browser = signed_in(night.diego)
    said = "Demonstration: everybody in it is fictitious."

    assert said in text_of(fetched(browser, "pdf", "sites", night.a.id).content)
    assert said in fetched(browser, "csv", "sites", night.a.id).content.decode("utf-8-sig")
    assert json.loads(fetched(browser, "json", "sites", night.a.id).content)["fictitious"]


def test_prints_speak_spanish(night: Cast, signed_in: SignIn) -> None:
    said = text_of(fetched(signed_in(night.beto), "pdf", "sites", night.a.id, language="es").content)
    assert "8 personas están registradas aquí por su nombre." in said
    assert "Filomena3 Tzunún" in said


# --- the door --------------------------------------------------------------------------------------------------------


def hung_up(client: Client, place: Place) -> str:
    answer = client.post(
        reverse("reporting:door", args=[place.id]), {"night": "2018-10-29"}, headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 200
    return text_of(answer.content)


def test_the_page_for_the_door_has_totals_rules_and_no_name(night: Cast, signed_in: SignIn) -> None:
    Site.objects.filter(pk=night.a.id).update(
        door_words={"hours": "5:00 a 21:00", "rules": "Sin alcohol.\n#import", "complaints": "PDH, 1555"}
    )
    said = hung_up(signed_in(night.ana), night.a)

    assert "people tonight" in said
    assert "23" in said.split(), "31 places, 8 people"
    assert all(words in said for words in ("5:00 a 21:00", "Sin alcohol.", "#import", "PDH, 1555"))
    assert "Filomena" not in said
    assert "0–4" not in said


def test_a_small_number_is_not_on_the_door_nor_to_be_worked_out(cast: Cast, signed_in: SignIn) -> None:
    clock_at("2018-10-30 07:00")
    family(cast.a, ("female", None), ("male", None), ("male", None))
    said = hung_up(signed_in(cast.beto), cast.a)

    assert "28" not in said.split(), "31 places less 28 free ones would be 3"
    assert "–" in said.split()


# --- what was given out ----------------------------------------------------------------------------------------------


@pytest.fixture
def release(cast: Cast) -> Release:
    """Figures of A with a woman of 68 and of B with a head-count, given out."""
    clock_at("2018-10-30 07:00")
    head_count(cast.b, 50)
    family(cast.a, *[("female", None)] * 20, *[("male", None)] * 20)
    stay(cast.a, person(cast.a, "female", NIGHT.replace(year=1950)))
    return services.release_figures(act(cast.diego), release_id=uuid7(), unit_id=cast.response.pk, night=NIGHT)


def test_released_files_say_what_is_kept_back(cast: Cast, release: Release, signed_in: SignIn) -> None:
    browser = signed_in(cast.diego)

    def file(form: str) -> bytes:
        answer = browser.get(reverse("reporting:released", args=[release.pk, form]), headers={"Accept-Language": "en"})
        assert answer.status_code == 200
        return answer.content

    heads, tags, *rows = lines(file("csv"))
    whole = dict(zip(tags, rows[0], strict=True))
    assert (whole["#affected+ind"], whole["#affected+f+age60plus"]) == ("91", "")
    assert whole["#meta+suppressed"] == "yes"
    assert whole["#meta+use"] == "released: small numbers are hidden"
    assert len(heads) == len(tags)
    assert json.loads(file("json"))["rows"][0]["by_sex_age"]["female"]["60+"] is None
    printed = text_of(file("pdf"))
    assert "A dash is a number from 1 to 4" in printed
    assert "A household with people at two sites counts at both." in printed
    assert "91" in printed
    assert "Instituto Experimental" in printed
    assert "not to be passed on" not in printed
    assert any("released" in text for text in workbook(file("xlsx"))[1])


def test_a_door_page_is_no_file_to_fetch(cast: Cast, signed_in: SignIn) -> None:
    family(cast.a, ("female", None))
    hung = services.print_door(act(cast.beto), release_id=uuid7(), site_id=cast.a.id, night=NIGHT)
    answer = signed_in(cast.beto).get(reverse("reporting:released", args=[hung.pk, "json"]))
    assert answer.status_code == 404
