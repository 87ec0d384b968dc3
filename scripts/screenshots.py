"""Takes a picture of every type of page and of every print, from the demonstration, on a server it starts itself.

Usage: screenshots.py [--only WORDS] [--into FOLDER]. Each page on a phone and on a desktop, light and dark, in Spanish
and in English: NAME-es-360-light.png and so on, in the data folder's screenshots/. WORDS is part of a name. Run by
“make screenshots”; needs Chromium, COBIJO_DEBUG=1 and COBIJO_DEMO=1.
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
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import django
import typst
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

SCRIPTS: Final = Path(__file__).resolve().parent
CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")
OPTIONS: Final = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"]
LOCALES: Final = {"es": "es-GT", "en": "en-GB"}
SIZES: Final = {360: 740, 1280: 900}
ANYONE: Final = "anyone"
PRINT_PPI: Final = 110


@dataclass(frozen=True, slots=True)
class Shot:
    """A page: what the picture is called, who of the cast sees it, where it is, what is done there first.

    ``{words}`` in the address stand for what ``Found`` has under that name.
    """

    name: str
    who: str
    address: str
    do: Callable[[Page], None] | None = None
    status: int = 200


# --- what is done on a page before its picture is taken ------------------------------------------------------------


def submit_empty(selector: str = "main form[method=post]:not([action]) button[type=submit]") -> Callable[[Page], None]:
    """Send a form as it is, past the browser's own checks, so that it comes back with what is missing."""

    def do(tab: Page) -> None:
        tab.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
        with tab.expect_navigation():
            tab.locator(selector).first.click()

    return do


def search(words: str) -> Callable[[Page], None]:
    """Type into the one search box."""

    def do(tab: Page) -> None:
        tab.locator("#find").fill(words)
        with tab.expect_navigation():
            tab.locator("#find").press("Enter")

    return do


def desk_ready(tab: Page) -> None:
    tab.locator("[data-ready]").wait_for()


def type_family(tab: Page) -> None:
    """Two members of a household, typed by keyboard."""
    desk_ready(tab)
    for at, member in enumerate((("María", "Xol", "Caal", "12/3/1984", "f"), ("José", "Tzul", "Xol", "8", "m", "h"))):
        if at:
            tab.keyboard.press("Enter")
        for place, words in enumerate(member):
            if place:
                tab.keyboard.press("Tab")
            tab.keyboard.type(words)


def send_nothing(tab: Page) -> None:
    """Try to register nobody."""
    desk_ready(tab)
    tab.keyboard.press("Control+Enter")


def find_at_desk(tab: Page) -> None:
    """Type a surname at the desk."""
    desk_ready(tab)
    tab.locator("[data-view=find] input[type=search], #desk-find").first.fill("garc")
    tab.wait_for_timeout(800)


def wrong_password(tab: Page) -> None:
    tab.locator("[name=login]").fill("beto")
    tab.locator("[name=password]").fill("no es esta")
    with tab.expect_navigation():
        tab.locator("[name=password]").press("Enter")


# --- the pages -----------------------------------------------------------------------------------------------------

_FORM = submit_empty()
SHOTS: Final = (
    Shot("sign-in", ANYONE, "/accounts/login/"),
    Shot("sign-in-wrong", ANYONE, "/accounts/login/", wrong_password),
    Shot("sign-in-code", "beto", "/accounts/2fa/reauthenticate/"),
    Shot("sign-out", "beto", "/accounts/logout/"),
    Shot("desk-register", "ana", "/desk/#register", desk_ready),
    Shot("desk-register-typed", "ana", "/desk/#register", type_family),
    Shot("desk-register-empty", "ana", "/desk/#register", send_nothing),
    Shot("desk-find", "ana", "/desk/#find", find_at_desk),
    Shot("desk-site", "ana", "/desk/#site", desk_ready),
    Shot("search", "beto", "/search/"),
    Shot("search-found", "beto", "/search/", search("garcía")),
    Shot("search-nobody", "beto", "/search/", search("qwertz")),
    Shot("person", "beto", "/people/{person}/"),
    Shot("person-case-worker", "elena", "/people/{protected}/"),
    Shot("person-correct", "beto", "/people/{person}/correct/"),
    Shot("person-needs", "beto", "/people/{person}/needs/"),
    Shot("person-document", "beto", "/people/{person}/documents/add/"),
    Shot("person-document-missing", "beto", "/people/{person}/documents/add/", _FORM),
    Shot("person-phone", "beto", "/people/{person}/phones/add/"),
    Shot("person-household", "beto", "/people/{person}/household/"),
    Shot("person-move", "beto", "/people/{person}/household/move/"),
    Shot("person-add-member", "beto", "/people/{person}/household/add/"),
    Shot("person-consent", "beto", "/people/{person}/consent/"),
    Shot("person-notes", "elena", "/people/{person}/notes/"),
    Shot("person-protection", "elena", "/people/{person}/protection/"),
    Shot("person-protected", "elena", "/people/{protected}/protection/"),
    Shot("person-void", "beto", "/people/{person}/void/"),
    Shot("person-birth", "beto", "/sites/people/{mother}/birth/"),
    Shot("person-death", "elena", "/sites/people/{person}/death/"),
    Shot("break-glass", "elena", "/people/break-glass/"),
    Shot("household", "beto", "/households/{household}/"),
    Shot("inbox", "beto", "/inbox/"),
    Shot("held", "beto", "/inbox/{held}/"),
    Shot("sites", "diego", "/sites/"),
    Shot("site", "beto", "/sites/{site}/"),
    Shot("site-people", "beto", "/sites/{site}/people/"),
    Shot("site-not-back", "beto", "/sites/{site}/not-back/"),
    Shot("site-away", "beto", "/sites/{site}/stays/{stay}/away/"),
    Shot("site-leave", "beto", "/sites/{site}/stays/{stay}/leave/"),
    Shot("site-propose", "beto", "/sites/{site}/stays/{stay}/transfer/"),
    Shot("site-spaces", "beto", "/sites/{site}/spaces/"),
    Shot("site-new-space", "beto", "/sites/{site}/spaces/new/"),
    Shot("site-space", "beto", "/sites/{site}/spaces/{space}/"),
    Shot("site-facilities", "beto", "/sites/{site}/facilities/"),
    Shot("site-headcount", "beto", "/sites/{site}/headcount/"),
    Shot("site-headcount-missing", "beto", "/sites/{site}/headcount/", _FORM),
    Shot("site-setup", "beto", "/sites/{site}/setup/"),
    Shot("site-new", "felix", "/sites/new/"),
    Shot("headcount-line", "diego", "/sites/headcount/"),
    Shot("transfers", "beto", "/sites/transfers/"),
    Shot("transfer", "beto", "/sites/transfers/{transfer}/"),
    Shot("census-site", "beto", "/census/sites/{site}/"),
    Shot("census-site-past", "beto", "/census/sites/{site}/?night={past}"),
    Shot("census-response", "diego", "/census/units/{response}/"),
    Shot("census-days", "diego", "/census/units/{response}/days/"),
    Shot("census-group", "diego", "/census/groups/{group}/"),
    Shot("published", "diego", "/census/units/{response}/published/"),
    Shot("published-new", "diego", "/census/units/{response}/published/new/"),
    Shot("published-new-missing", "diego", "/census/units/{response}/published/new/", _FORM),
    Shot("accounts", "felix", "/accounts/"),
    Shot("accounts-new", "felix", "/accounts/new/"),
    Shot("account", "felix", "/accounts/{account}/"),
    Shot("units", "felix", "/accounts/units/"),
    Shot("my-account", "beto", "/accounts/me/"),
    Shot("my-tokens", "beto", "/accounts/me/tokens/"),
    Shot("my-notices", "gloria", "/accounts/notices/"),
    Shot("my-password", "beto", "/accounts/password/change/"),
    Shot("my-second-factor", "beto", "/accounts/2fa/"),
    Shot("readings", "gloria", "/accounts/readings/"),
    Shot("not-allowed", "ana", "/sites/transfers/", status=403),
    Shot("not-there", "beto", "/no-such-page/", status=404),
)

PRINTS: Final = (
    ("print-desk", "beto", "/census/sites/{site}/{night}.pdf"),
    ("print-sites", "diego", "/census/units/{response}/{night}.pdf"),
)


# --- what of the demonstration stands in the addresses --------------------------------------------------------------


class Found(dict[str, str]):
    """Ids of the demonstration by what they are in an address."""

    @classmethod
    def read(cls) -> "Found":
        """Look them up in the database."""
        from django.apps import apps  # noqa: PLC0415 - the settings are read only when the script has its arguments

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
        rows = {
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
            "night": _night(),
            "past": "2018-06-20",
        }
        return cls({name: str(value) for name, value in rows.items()})


def _night() -> str:
    from cobijo.core import clock  # noqa: PLC0415 - the same

    return clock.now().date().isoformat()


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
            timezone_id="America/Guatemala",
            storage_state=state,
        )
        profile.add_cookies([{"name": "django_language", "value": language, "url": self._url}])
        profile.set_default_timeout(20_000)
        yield profile
        profile.close()

    def _sign_in(self, who: str) -> StorageState:
        """Once for each: name, password, second factor, as anybody does."""
        if who not in self._signed_in:
            from cobijo.demo.building import CODE, PASSWORD  # noqa: PLC0415 - the same

            profile = self._browser.new_context(locale="es-GT")
            tab = profile.new_page()
            tab.goto(f"{self._url}/accounts/login/")
            tab.locator("[name=login]").fill(who)
            tab.locator("[name=password]").fill(PASSWORD)
            with tab.expect_navigation():
                tab.locator("[name=password]").press("Enter")
            tab.locator("[name=code]").fill(CODE)
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
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.config.settings")
    subprocess.run([sys.executable, SCRIPTS / "demo_world.py", "--keep-night"], check=True)
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - as above

    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        raise SystemExit("Chromium is missing. On Debian: apt-get install chromium")
    folder = asked.into or settings.DATA_DIR / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    found = Found.read()
    with server() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=OPTIONS)
        take_all(Camera(browser, url, folder, found), asked.only)
        browser.close()
    print(f"The pictures are in {folder}")
    return 0


def take_all(camera: Camera, only: str) -> None:
    """Every page and print whose name has the words, saying how far it is."""
    wanted: list[tuple[str, Callable[[], None]]] = [(shot.name, partial(camera.take, shot)) for shot in SHOTS]
    wanted += [(name, partial(camera.print, name, who, address)) for name, who, address in PRINTS]
    wanted.append(("print-door", camera.print_door))
    chosen = [(name, take) for name, take in wanted if only in name]
    for at, (name, take) in enumerate(chosen, start=1):
        print(f"{at} of {len(chosen)}  {name}", flush=True)
        take()


if __name__ == "__main__":
    sys.exit(main())
