"""Cards and photos in a real browser: a code before a camera, a scanner that types, a number typed by hand."""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from segno import make

from cobijo.accounts.models import Account
from cobijo.algorithms import cards
from cobijo.core.ids import uuid7
from cobijo.people import services as people
from cobijo.people.cards.models import Card
from cobijo.people.cards.types import CardKind, Printed
from cobijo.people.models import Household, Person
from cobijo.people.photos.models import Photo
from tests.browser.test_desk import Desk
from tests.cast import Place, act
from tests.conftest import NAMES, OPTIONS, PHONE, SECONDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FRAME = (640, 480)


def printed(who: Account, place: Place, count: int = 3) -> list[Printed]:
    """The cards of a batch, as they lie on the table."""
    batch = people.print_cards(act(who), batch_id=uuid7(), unit_id=place.id, kind=CardKind.CARD, count=count)
    return list(batch.fresh)


def film_of(text: str, file: Path) -> None:
    """A film as a camera would take it: a card held a little crooked on a grey table."""
    drawn = io.BytesIO()
    make(text, error="m", boost_error=False, micro=False).save(drawn, kind="png", scale=7, border=4)
    code = Image.open(drawn).convert("L").rotate(4, expand=True, fillcolor=255)
    table = Image.new("L", FRAME, 150)
    table.paste(code, ((FRAME[0] - code.width) // 2, (FRAME[1] - code.height) // 2))
    frame = io.BytesIO()
    table.convert("RGB").save(frame, "JPEG", quality=85)
    file.write_bytes(frame.getvalue() * 30)


Camera = Callable[[str], Page]


@pytest.fixture
def camera(chromium: Browser, tmp_path: Path, complaints: list[str]) -> Iterator[Camera]:
    """A tab of a browser whose camera sees a card."""
    started: list[Browser] = []

    def show(text: str) -> Page:
        film = tmp_path / "card.mjpeg"
        film_of(text, film)
        seen = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
        own = [*OPTIONS, *seen, f"--use-file-for-fake-video-capture={film}"]
        browser = chromium.browser_type.launch(executable_path=_chromium(), args=own)
        started.append(browser)
        tab = browser.new_page(viewport=PHONE, locale="es-GT", timezone_id="America/Guatemala")  # type: ignore[arg-type]
        tab.set_default_timeout(SECONDS * 1000)
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        return tab

    yield show
    for browser in started:
        browser.close()
    assert not complaints, "\n".join(complaints)


def _chromium() -> str:
    """Where the browser of the other tests is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found is not None
    return found


@pytest.fixture
def desk(page: Page, live_server: LiveServer) -> Desk:
    return Desk(page, live_server.url)


# --- the camera ------------------------------------------------------------------------------------------------------


def test_a_card_held_in_front_of_the_camera_is_given_and_found(
    camera: Camera, live_server: LiveServer, ana: Account, beto: Account, site_a: Place
) -> None:
    one, *_ = printed(beto, site_a)
    desk = Desk(camera(one.text), live_server.url)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.save()
    desk.page.locator(".result [data-part=card-scan]").click()
    expect(desk.page.locator("[data-part=card-says]")).to_contain_text("El carné queda entregado")
    card = Card.objects.get(number=one.number)
    assert card.household_id == Household.objects.get().id
    desk.show("find")
    desk.page.locator("[data-view=find] [data-part=card-scan]").click()
    expect(desk.page.locator("#card-title")).to_have_text("Rosa Tzul Xol")
    expect(desk.page.locator("dialog")).to_have_count(0)


def test_the_page_that_asks_whose_a_card_is_has_the_camera_too(
    camera: Camera, live_server: LiveServer, ana: Account, beto: Account, site_a: Place
) -> None:
    one, *_ = printed(beto, site_a)
    desk = Desk(camera(one.text), live_server.url)
    desk.open(ana)
    desk.page.goto(f"{live_server.url}/cards/scan/")
    desk.page.locator("[data-camera]").click()
    expect(desk.page.locator("main .notice")).to_contain_text(cards.spoken(one.number))


def test_without_leave_to_use_the_camera_the_page_says_what_to_do(desk: Desk, ana: Account, site_a: Place) -> None:
    desk.open(ana, "find")
    desk.page.locator("[data-view=find] [data-part=card-scan]").click()
    expect(desk.page.locator("dialog [role=status]")).to_contain_text("Escriba el número del carné")
    desk.page.locator("dialog button").click()
    expect(desk.page.locator("dialog")).to_have_count(0)


# --- a scanner that types --------------------------------------------------------------------------------------------


def test_what_a_scanner_types_into_a_form_is_taken_out_again_and_the_card_is_given(
    desk: Desk, ana: Account, beto: Account, site_a: Place
) -> None:
    one, *_ = printed(beto, site_a)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.page.locator("[data-name=second_surname]").first.focus()
    desk.page.wait_for_timeout(100)
    desk.scan(one.text)
    expect(desk.page.locator("[data-part=card-kept]")).to_be_visible()
    assert desk.page.locator("[data-name=second_surname]").first.input_value() == "Xol"
    assert desk.page.locator(".member").count() == 1
    desk.save()
    expect(desk.page.locator("[data-part=card-says]")).to_contain_text("El carné queda entregado")
    assert Card.objects.get(number=one.number).household_id == Household.objects.get().id


def test_a_scan_of_the_bars_leaves_keys_and_choices_as_they_were(
    desk: Desk, ana: Account, beto: Account, site_a: Place
) -> None:
    one, *_ = printed(beto, site_a)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.page.locator(".chip").first.focus()
    desk.page.wait_for_timeout(100)
    desk.scan(cards.barcode(one.number))
    expect(desk.page.locator("[data-part=card-kept]")).to_be_visible()
    assert desk.page.locator(".chip[aria-pressed=true]").count() == 0
    desk.save()
    assert Person.objects.get().sex == "female"


def test_on_any_page_a_scan_goes_to_the_search_box(
    desk: Desk, ana: Account, beto: Account, site_a: Place, live_server: LiveServer
) -> None:
    one, *_ = printed(beto, site_a)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.save()
    people.link_card(act(ana), card=one.text, person_id=Person.objects.get().id)
    desk.page.goto(f"{live_server.url}/sites/{site_a.id}/")
    desk.page.locator("main").click()
    desk.scan(one.text)
    desk.page.wait_for_url(re.compile(r"/people/[0-9a-f-]{36}/$"))


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_a_number_is_typed_beside_the_household_and_a_slip_is_said(
    desk: Desk, ana: Account, beto: Account, site_a: Place
) -> None:
    one, *_ = printed(beto, site_a)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.save()
    number = desk.page.locator("#card-number")
    number.fill("C-000-000-1")
    number.press("Enter")
    expect(desk.page.locator("[data-part=card-says]")).to_contain_text("Compárelo con el carné")
    number.fill(cards.spoken(one.number).lower())
    number.press("Enter")
    expect(desk.page.locator("[data-part=card-says]")).to_contain_text("El carné queda entregado")
    desk.show("find")
    desk.page.locator("#find-words").fill(cards.spoken(one.number))
    expect(desk.page.locator("#card-title")).to_have_text("Rosa Tzul Xol")
    assert desk.fits()


# --- photos ----------------------------------------------------------------------------------------------------------


def test_a_photo_is_made_small_before_it_travels(
    desk: Desk, ana: Account, site_a: Place, live_server: LiveServer, tmp_path: Path
) -> None:
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.save()
    person = Person.objects.get()
    large = tmp_path / "large.jpg"
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(large, "JPEG", quality=95)
    desk.page.goto(f"{live_server.url}/people/{person.id}/photo/")
    desk.page.locator("[data-photo]").set_input_files(large)
    expect(desk.page.locator("canvas")).to_be_visible()
    travels = desk.page.evaluate("document.querySelector('[data-photo]').files[0].size")
    desk.page.locator("main form button[type=submit]").first.click()
    picture = desk.page.locator(".photo-panel img")
    picture.wait_for()
    expect(picture).to_have_js_property("complete", True)
    assert desk.page.evaluate("document.querySelector('.photo-panel img').naturalWidth") == 720
    assert 0 < travels < large.stat().st_size / 4
    assert Photo.objects.get().person_id == person.id


def test_a_photo_is_taken_with_the_webcam(camera: Camera, live_server: LiveServer, ana: Account, site_a: Place) -> None:
    desk = Desk(camera("NO CARD"), live_server.url)
    desk.open(ana)
    desk.family(("Rosa", "Tzul", "Xol", "34", "f"))
    desk.save()
    desk.page.goto(f"{live_server.url}/people/{Person.objects.get().id}/photo/")
    desk.page.locator("[data-webcam-open]").click()
    desk.page.locator("[data-shoot]").click()
    expect(desk.page.locator("canvas")).to_be_visible()
    desk.page.locator("main form button[type=submit]").first.click()
    desk.page.locator(".photo-panel img").wait_for()
    assert Photo.objects.count() == 1
