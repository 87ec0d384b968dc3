"""Takes a picture of every type of page and of every print, from the demonstration, on a server it starts itself.

Usage: python -m scripts.screenshots [--only WORDS] [--into FOLDER] [--readme]. Each page on a phone and on a desktop,
light and dark, in Spanish and in English: NAME-es-360-light.png and so on, in the data folder's screenshots/. WORDS is
part of a name. --readme takes the README's few pictures instead, into docs/pictures/. Run by “make screenshots”; needs
Chromium, COBIJO_DEBUG=1 and COBIJO_DEMO=1. Which pages there are stands in scripts/shots.py.
"""

import argparse
import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import django
import typst
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from cobijo.core import clock
from cobijo.core.ids import uuid7
from scripts.shots import ANYONE, PICTURES, PRINTS, SHOTS, Picture, Shot

ROOT: Final = Path(__file__).resolve().parent.parent
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
OPTIONS: Final = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"]
LOCALES: Final = {"es": "es-GT", "en": "en-GB"}
SIZES: Final = {360: 740, 1280: 900}
ZONE: Final = "America/Guatemala"
PRINT_PPI: Final = 110


# --- what of the demonstration stands in the addresses --------------------------------------------------------------


class Found(dict[str, str]):
    """Ids of the demonstration by what they are in an address."""

    @classmethod
    def read(cls) -> "Found":
        """Look them up in the database."""

        def first(label: str, *order: str, **conditions: Any) -> Any:
            row = apps.get_model(label)._default_manager.filter(**conditions).order_by(*order or ("pk",)).first()
            if row is None:
                raise SystemExit(f"The demonstration has no {label} with {conditions}. Build it anew: make demo")
            return row

        site = first("sites.Site", unit__name__contains="Salón Municipal")
        head = {"kinship": "head", "ends_at": None, "person__protections": None, "person__documents__isnull": False}
        at_home = {"person__stays__site": site, "person__stays__state": "in", "person__phones__isnull": False}
        member = first("people.Membership", **head, **at_home)
        stay = first("sites.Stay", person=member.person_id, state="in")
        woman = {"sex": "female", "birth_date__lt": "2000-01-01", "protections": None}
        mother = first("people.Person", stays__site=site, stays__state="in", **woman)
        held = first("core.Outcome", kind="held", intent__unit=site.pk)
        pair = first("people.Pair", "-probability", state="open", first__stays__site=site, first__documents=None)
        merged, asked = (first("people.Merge", state=state) for state in ("done", "asked"))
        rows = {
            "first": pair.first_id,
            "second": pair.second_id,
            "merge": merged.pk,
            "merged": merged.kept_id,
            "merge_asked": asked.pk,
            "site": site.pk,
            "person": member.person_id,
            "household": member.household_id,
            "stay": stay.pk,
            "mother": mother.pk,
            "protected": first("people.Protection", ends_at=None).person_id,
            "space": first("sites.Space", "place_in_list", site=site).pk,
            "transfer": first("sites.Transfer", state="proposed", to_site=site).pk,
            "held": held.intent.op_id,
            "response": site.response_id,
            "group": first("sites.SiteGroup").pk,
            "account": first("accounts.Account", username="ana").pk,
            "night": clock.today(ZoneInfo(ZONE)),
            "round": first("sites.Round", site=site).pk,
            "incident": first("sites.Incident", site=site).pk,
            "complaint": first("sites.Complaint", site=site, aside=False).pk,
            "nobody": uuid7(),
            "past": "2018-06-20",
        }
        return cls({name: str(value) for name, value in rows.items()})


# --- the server ------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The demonstration on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("cobijo")), "serve", f"--port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        url = f"http://127.0.0.1:{port}"
        try:
            _wait_for(running, f"{url}/healthz")
            yield url
        finally:
            running.terminate()


def _wait_for(running: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(600):
        if running.poll() is not None:
            break
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own server
            return
        time.sleep(0.1)
    raise SystemExit("The server did not become ready.")


# --- taking pictures -------------------------------------------------------------------------------------------------


class Camera:
    """A browser with a signed-in profile for each of the cast."""

    def __init__(self, browser: Browser, url: str, folder: Path, found: Found) -> None:
        self._browser = browser
        self._url = url
        self._folder = folder
        self._found = found
        self._signed_in: dict[str, StorageState] = {}

    def take(self, shot: Shot) -> None:
        """One page in both languages, at both sizes, in both schemes."""
        for language in LOCALES:
            for width in SIZES:
                with self._profile(shot.who, language, width) as profile:
                    tab = self._open(profile, shot)
                    show_all(tab, width)
                    for scheme in ("light", "dark"):
                        tab.emulate_media(color_scheme=scheme)
                        file = self._folder / f"{shot.name}-{language}-{width}-{scheme}.png"
                        tab.screenshot(path=file, full_page=True)

    def take_for_readme(self, picture: Picture) -> None:
        """The upper part of one page, in few colours."""
        with self._profile(picture.shot.who, picture.language, picture.width) as profile:
            tab = self._open(profile, picture.shot)
            tab.set_viewport_size({"width": picture.width, "height": picture.height})
            tab.evaluate("scrollTo(0, 0)")
            tab.emulate_media(color_scheme="light")
            taken = tab.screenshot()
        few_colours = Image.open(BytesIO(taken)).convert("RGB").quantize(dither=Image.Dither.NONE)
        few_colours.save(self._folder / f"{picture.shot.name}.png", optimize=True)

    def print(self, name: str, who: str, address: str) -> None:
        """A print in both languages, each of its pages a picture."""
        for language in LOCALES:
            with self._profile(who, language, 1280) as profile:
                answer = profile.request.get(self._url + address.format_map(self._found))
                self._draw(answer.body(), f"{name}-{language}")

    def print_door(self) -> None:
        """The page for the door, which the census of a site gives at the press of a button."""
        for language in LOCALES:
            with self._profile("beto", language, 1280) as profile:
                tab = profile.new_page()
                tab.goto(f"{self._url}/census/sites/{self._found['site']}/")
                form = tab.locator("form[action$='/door/']").first
                fields = form.evaluate("form => Object.fromEntries(new FormData(form))")
                address = form.evaluate("form => form.action")
                answer = profile.request.post(address, form=fields, headers={"Referer": tab.url})
                self._draw(answer.body(), f"print-door-{language}")

    def _draw(self, printed: bytes, name: str) -> None:
        if not printed.startswith(b"%PDF"):
            raise SystemExit(f"{name} is no PDF: {printed[:200]!r}")
        file = self._folder / f"{name}.pdf"
        file.write_bytes(printed)
        for page in range(1, len(re.findall(rb"/Type\s*/Page\b", printed)) + 1):
            drawing = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("{file.name}", page: {page})'
            source = self._folder / f"{name}.typ"
            source.write_text(drawing, encoding="utf-8")
            typst.compile(source, output=self._folder / f"{name}-{page}.png", format="png", ppi=PRINT_PPI)
            source.unlink()

    @contextlib.contextmanager
    def _profile(self, who: str, language: str, width: int) -> Iterator[BrowserContext]:
        state = None if who == ANYONE else self._sign_in(who)
        profile = self._browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            locale=LOCALES[language],
            timezone_id=ZONE,
            storage_state=state,
        )
        profile.add_cookies([{"name": "django_language", "value": language, "url": self._url}])
        profile.set_default_timeout(20_000)
        yield profile
        profile.close()

    def _sign_in(self, who: str) -> StorageState:
        """Once for each: name, password, second factor, as anybody does."""
        if who not in self._signed_in:
            profile = self._browser.new_context(locale="es-GT")
            tab = profile.new_page()
            tab.goto(f"{self._url}/accounts/login/")
            tab.locator("[name=login]").fill(who)
            tab.locator("[name=password]").fill(import_string("cobijo.demo.building.PASSWORD"))
            with tab.expect_navigation():
                tab.locator("[name=password]").press("Enter")
            tab.locator("[name=code]").fill(import_string("cobijo.demo.building.CODE"))
            with tab.expect_navigation():
                tab.locator("[name=code]").press("Enter")
            self._signed_in[who] = profile.storage_state()
            profile.close()
        return self._signed_in[who]

    def _open(self, profile: BrowserContext, shot: Shot) -> Page:
        tab = profile.new_page()
        answer = tab.goto(self._url + shot.address.format_map(self._found))
        if answer is None or answer.status != shot.status:
            raise SystemExit(f"{shot.name}: {answer and answer.status} at {shot.address}")
        tab.wait_for_load_state("networkidle")
        if shot.do:
            shot.do(tab)
        return tab


def show_all(tab: Page, width: int) -> None:
    """Make the window as tall as the page, so that what is fixed to its edge stands at the page's."""
    tall = tab.evaluate("scrollTo(0, 0), document.documentElement.scrollHeight")
    tab.set_viewport_size({"width": width, "height": max(SIZES[width], tall)})


def main() -> int:
    """0 when every picture was taken."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="")
    parser.add_argument("--into", type=Path, default=None)
    parser.add_argument("--readme", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
    subprocess.run([sys.executable, ROOT / "scripts" / "demo_world.py", "--keep-night"], check=True)
    django.setup()

    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")
    folder = asked.into or (ROOT / "docs" / "pictures" if asked.readme else settings.DATA_DIR / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    found = Found.read()
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        camera = Camera(browser, url, folder, found)
        take_all(of_readme(camera) if asked.readme else of_all_pages(camera), asked.only)
        browser.close()
    print(f"The pictures are in {folder}")
    return 0


Takings = list[tuple[str, Callable[[], None]]]
"""What each picture is called, and what takes it."""


def of_all_pages(camera: Camera) -> Takings:
    """Every page and print."""
    wanted: Takings = [(shot.name, partial(camera.take, shot)) for shot in SHOTS]
    wanted += [(name, partial(camera.print, name, who, address)) for name, who, address in PRINTS]
    return [*wanted, ("print-door", camera.print_door)]


def of_readme(camera: Camera) -> Takings:
    """The README's few."""
    return [(picture.shot.name, partial(camera.take_for_readme, picture)) for picture in PICTURES]


def take_all(wanted: Takings, only: str) -> None:
    """Those whose name has the words, saying how far it is."""
    chosen = [(name, take) for name, take in wanted if only in name]
    for at, (name, take) in enumerate(chosen, start=1):
        print(f"{at} of {len(chosen)}  {name}", flush=True)
        take()


if __name__ == "__main__":
    sys.exit(main())
