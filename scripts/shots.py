"""Which pages and prints there are pictures of, who of the cast sees each, and what is done on it first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from playwright.sync_api import Page

ANYONE: Final = "anyone"


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


# Given names, surnames, birth and sex as they are typed; the letter that chooses a kinship differs by language.
FAMILY: Final = (
    ("María", "Xol", "Caal", "12/3/1984", "f"),
    ("José Antonio", "Tzul", "Choc", "36", "m"),
    ("Rosa", "Tzul", "Xol", "8", "f"),
    ("Pedro", "Tzul", "Xol", "2016", "m"),
    ("Juana", "Caal", "Pop", "1957", "f"),
)
KINSHIPS: Final = {"es": "jchho", "en": "hsddo"}


def type_family(tab: Page) -> None:
    """A household of five, by keyboard."""
    desk_ready(tab)
    language = tab.evaluate("document.documentElement.lang")[:2]
    for at, (member, kinship) in enumerate(zip(FAMILY, KINSHIPS[language], strict=True)):
        if at:
            tab.keyboard.press("Enter")
        for words in member:
            tab.keyboard.type(words)
            tab.keyboard.press("Tab")
        tab.keyboard.type(kinship)


def type_a_double(tab: Page) -> None:
    """Somebody who is registered under another spelling, and one more person."""
    desk_ready(tab)
    for words in ("Jose Maria", "Xicay", "Tzok", "1962"):
        tab.keyboard.type(words)
        tab.keyboard.press("Tab")
    tab.locator(".likely-one").first.wait_for()


def answer_pairs(tab: Page) -> None:
    """Answer some pairs of the queue by keyboard; nothing is kept."""
    for key in ("2", "3", "1", "u"):
        tab.keyboard.press(key)


def say_they_are_one(tab: Page) -> None:
    """Say of the first pair that it is one person, and see what that does."""
    tab.keyboard.press("1")
    with tab.expect_navigation():
        tab.keyboard.press("Control+Enter")


def in_a_round(tab: Page) -> None:
    """Go on with the round of a site, or begin one."""
    with tab.expect_navigation():
        tab.locator(".page-head .button").first.click()
    begin = tab.locator("form.form button[type=submit]")
    if begin.count():
        with tab.expect_navigation():
            begin.first.click()


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
    Shot("desk-register-likely", "ana", "/desk/#register", type_a_double),
    Shot("desk-register-empty", "ana", "/desk/#register", send_nothing),
    Shot("desk-find", "ana", "/desk/#find", find_at_desk),
    Shot("desk-site", "ana", "/desk/#site", desk_ready),
    Shot("search", "beto", "/search/"),
    Shot("search-found", "beto", "/search/", search("garcía")),
    Shot("search-nobody", "beto", "/search/", search("qwertz")),
    Shot("person", "beto", "/people/{person}/"),
    Shot("person-case-worker", "elena", "/people/{protected}/"),
    Shot("person-twice", "elena", "/people/{first}/"),
    Shot("person-merged", "elena", "/people/{merged}/"),
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
    Shot("person-copy", "elena", "/people/{person}/copy/"),
    Shot("person-ask-right", "beto", "/people/{person}/requests/ask/"),
    Shot("person-ask-right-missing", "beto", "/people/{person}/requests/ask/", _FORM),
    Shot("requests", "elena", "/people/requests/"),
    Shot("pairs", "elena", "/people/pairs/"),
    Shot("pairs-answered", "elena", "/people/pairs/", answer_pairs),
    Shot("pairs-unsure", "elena", "/people/pairs/?state=unsure"),
    Shot("pairs-different", "elena", "/people/pairs/?state=different"),
    Shot("pairs-confirm", "elena", "/people/pairs/", say_they_are_one),
    Shot("same-as", "elena", "/people/{first}/same-as/{second}/"),
    Shot("merge", "elena", "/people/merges/{merge}/"),
    Shot("merge-asked", "beto", "/people/merges/{merge_asked}/"),
    Shot("retention", "felix", "/people/retention/"),
    Shot("lists-of-people", "beto", "/exports/"),
    Shot("lists-of-people-ask", "beto", "/exports/ask/"),
    Shot("lists-of-people-missing", "beto", "/exports/ask/", _FORM),
    Shot("person-photo", "beto", "/people/{person}/photo/"),
    Shot("person-card", "beto", "/cards/people/{person}/"),
    Shot("household-card", "beto", "/cards/households/{household}/"),
    Shot("cards", "beto", "/cards/"),
    Shot("cards-print", "beto", "/cards/print/"),
    Shot("cards-scan", "beto", "/cards/scan/"),
    Shot("paper", "beto", "/paper/"),
    Shot("paper-print", "beto", "/paper/print/"),
    Shot("paper-print-missing", "beto", "/paper/print/", _FORM),
    Shot("paper-typing", "beto", "/paper/typing/"),
    Shot("household-describe", "beto", "/people/households/{household}/said/"),
    Shot("household-collector", "beto", "/people/households/{household}/collectors/"),
    Shot("person-birth", "beto", "/sites/people/{mother}/birth/"),
    Shot("person-death", "elena", "/sites/people/{person}/death/"),
    Shot("break-glass", "elena", "/people/break-glass/"),
    Shot("household", "beto", "/households/{household}/"),
    Shot("inbox", "beto", "/inbox/"),
    Shot("held", "beto", "/inbox/{held}/"),
    Shot("sites", "diego", "/sites/"),
    Shot("site", "beto", "/sites/{site}/"),
    Shot("site-unnamed", "beto", "/sites/{site}/unnamed/"),
    Shot("site-people", "beto", "/sites/{site}/people/"),
    Shot("site-not-back", "beto", "/sites/{site}/not-back/"),
    Shot("site-away", "beto", "/sites/{site}/stays/{stay}/away/"),
    Shot("site-ways-out", "beto", "/sites/{site}/ways-out/"),
    Shot("way-out", "beto", "/sites/{site}/households/{household}/way-out/"),
    Shot("count-unnamed", "beto", "/sites/{site}/households/{household}/unnamed/"),
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
    Shot("site-committees", "beto", "/sites/{site}/committees/"),
    Shot("site-committee-new", "beto", "/sites/{site}/committees/new/"),
    Shot("premises", "beto", "/sites/{site}/premises/"),
    Shot("site-inventory", "beto", "/sites/{site}/premises/inventory/"),
    Shot("site-inventory-missing", "beto", "/sites/{site}/premises/inventory/", _FORM),
    Shot("site-close", "beto", "/sites/{site}/close/"),
    Shot("premises-not-open", "diego", "/sites/premises/"),
    Shot("standards", "beto", "/sites/{site}/standards/"),
    Shot("standards-begin", "beto", "/sites/{site}/standards/round/"),
    Shot("standards-round", "beto", "/sites/{site}/standards/", in_a_round),
    Shot("standards-ended", "beto", "/sites/{site}/standards/rounds/{round}/"),
    Shot("standards-all", "diego", "/sites/standards/"),
    Shot("standards-norms", "felix", "/sites/responses/{response}/norms/"),
    Shot("tasks", "beto", "/sites/{site}/tasks/"),
    Shot("tasks-new", "beto", "/sites/{site}/tasks/new/?indicator=people_a_toilet"),
    Shot("incidents", "beto", "/sites/{site}/incidents/"),
    Shot("incidents-new", "beto", "/sites/{site}/incidents/new/"),
    Shot("incident", "beto", "/sites/incidents/{incident}/"),
    Shot("complaints", "beto", "/sites/{site}/complaints/"),
    Shot("complaints-new", "ana", "/sites/{site}/complaints/new/"),
    Shot("complaints-new-missing", "ana", "/sites/{site}/complaints/new/", _FORM),
    Shot("complaint", "beto", "/sites/complaints/{complaint}/"),
    Shot("complaints-to-me", "diego", "/sites/complaints/"),
    Shot("focal-points", "felix", "/sites/responses/{response}/focal-points/"),
    Shot("site-guests", "beto", "/sites/{site}/guests/"),
    Shot("site-nights", "beto", "/sites/{site}/nights/"),
    Shot("store", "beto", "/store/{site}/"),
    Shot("store-receive", "beto", "/store/{site}/receive/"),
    Shot("store-receive-missing", "beto", "/store/{site}/receive/", _FORM),
    Shot("store-give", "beto", "/store/{site}/give/"),
    Shot("store-count", "beto", "/store/{site}/count/"),
    Shot("store-slips", "beto", "/store/{site}/slips/"),
    Shot("store-order", "beto", "/store/{site}/order/"),
    Shot("evening", "beto", "/census/sites/{site}/evening/"),
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
    Shot("device-unknown", ANYONE, "/device/"),
    Shot("device-enrol", ANYONE, "/device/enrol/"),
    Shot("devices", "felix", "/accounts/devices/"),
    Shot("devices-invite", "felix", "/accounts/devices/invite/"),
    Shot("badges", "beto", "/accounts/badges/"),
    Shot("badges-print", "beto", "/accounts/badges/print/"),
    Shot("badges-give", "beto", "/accounts/badges/link/"),
    Shot("volunteers", "beto", "/accounts/volunteers/"),
    Shot("volunteers-new", "beto", "/accounts/volunteers/new/"),
    Shot("volunteers-new-missing", "beto", "/accounts/volunteers/new/", _FORM),
    Shot("my-pin", "beto", "/accounts/me/pin/"),
    Shot("my-account", "beto", "/accounts/me/"),
    Shot("my-tokens", "beto", "/accounts/me/tokens/"),
    Shot("my-notices", "gloria", "/accounts/notices/"),
    Shot("my-password", "beto", "/accounts/password/change/"),
    Shot("my-second-factor", "beto", "/accounts/2fa/"),
    Shot("readings", "gloria", "/accounts/readings/"),
    Shot("not-allowed", "ana", "/sites/transfers/", status=403),
    Shot("not-there", "beto", "/people/{nobody}/", status=404),
)

PRINTS: Final = (
    ("print-desk", "beto", "/census/sites/{site}/{night}.pdf"),
    ("print-standards", "beto", "/sites/{site}/standards/print/"),
    ("print-complaint-forms", "beto", "/sites/{site}/complaints/forms.pdf?count=2"),
    ("print-evening", "beto", "/census/sites/{site}/evening/draft.pdf"),
    ("print-sites", "diego", "/census/units/{response}/{night}.pdf"),
)


# --- the pictures of the README ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    """One of the README's pictures: a page in light colours, cut off at ``height``."""

    shot: Shot
    language: str
    width: int
    height: int


PICTURES: Final = (
    Picture(Shot("site", "beto", "/sites/{site}/"), "es", 1280, 1120),
    Picture(Shot("desk", "ana", "/desk/#register", type_family), "es", 360, 1400),
    Picture(Shot("census", "diego", "/census/units/{response}/?night=2018-10-29"), "en", 1280, 1120),
)
