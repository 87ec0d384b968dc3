"""Every type of page in both languages, light and dark, on a phone and on a desktop: usable by whoever comes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served, open_page
from tests.browser.page_types import PageType, page_types

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"es": "es-GT", "en": "en-GB"}
WIDTHS = {360: 740, 1280: 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What another colour scheme can break.
OF_COLOUR = ["color-contrast", "link-in-text-block"]


# --- what a page complains about -------------------------------------------------------------------------------------


@dataclass
class Complaints:
    """Errors a tab says of the page it shows: in its console, by its content policy, by an exception, by an answer."""

    said: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, tab: Page) -> "Complaints":
        found = cls()
        tab.on("console", lambda message: found.said.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: found.said.append(str(error)))
        tab.on("response", lambda answer: found.said.append(answer.url) if answer.status >= 500 else None)
        tab.expose_function("__violated", lambda what: found.said.append(f"content policy: {what}"))
        tab.add_init_script(
            "addEventListener('securitypolicyviolation',"
            " one => __violated(`${one.violatedDirective} ${one.blockedURI} ${one.sourceFile}:${one.lineNumber}`))"
        )
        return found


# --- what a page says ------------------------------------------------------------------------------------------------

_TEXTS = """() => {
  const shown = node => node.parentElement && node.parentElement.checkVisibility({visibilityProperty: true});
  const found = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    if (!node.parentElement.closest("script, style, template, [lang]:not(html)") && shown(node)) found.push(node.data);
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]")) {
    for (const name of ["aria-label", "title", "placeholder", "alt"]) found.push(one.getAttribute(name) || "");
  }
  return found;
}"""
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
_TAG = re.compile(r"<[^>]+>")
_LETTERS_TO_TELL = 6


def squeezed(words: str) -> str:
    return " ".join(words.split())


@dataclass(frozen=True)
class Wording:
    """Sentences of one language that are none of the other: whole ones, and the shapes of those with gaps."""

    whole: frozenset[str]
    shapes: tuple[re.Pattern[str], ...]

    def among(self, texts: list[str]) -> set[str]:
        """Those of the texts that are in this language."""
        asked = {squeezed(text) for text in texts} - {""}
        return {text for text in asked if text in self.whole or any(shape.fullmatch(text) for shape in self.shapes)}


@cache
def wordings() -> dict[str, Wording]:
    """What must not stand on a page of the other language."""
    pairs = list(_translations())
    english = {squeezed(one) for one, _ in pairs}
    spanish = {squeezed(one) for _, one in pairs}
    return {"en": _wording(english - spanish), "es": _wording(spanish - english)}


def _translations() -> Iterator[tuple[str, str]]:
    for file in (ROOT / "src" / "cobijo").glob("*/locale/es/LC_MESSAGES/django.po"):
        with file.open("rb") as source:
            for message in read_po(source):
                if message.id and message.string:
                    yield from _forms(message.id, message.string)


def _forms(id_: Any, said: Any) -> Iterator[tuple[str, str]]:
    """A message, or each of its plural forms."""
    ids = id_ if isinstance(id_, list | tuple) else (id_,)
    forms = said if isinstance(said, list | tuple) else (said,)
    yield from ((_TAG.sub("", one), _TAG.sub("", other)) for one, other in zip(ids, forms, strict=False))


def _wording(sentences: set[str]) -> Wording:
    gaps = {one for one in sentences if _PLACEHOLDER.search(one)}
    shapes = [_PLACEHOLDER.split(one) for one in gaps]
    telling = [parts for parts in shapes if sum(map(str.isalpha, "".join(parts))) >= _LETTERS_TO_TELL]
    return Wording(
        frozenset(sentences - gaps), tuple(re.compile(".+?".join(map(re.escape, parts))) for parts in telling)
    )


def test_a_sentence_of_the_other_language_is_seen() -> None:
    texts = ["Registrar al grupo", "  Sign\n in ", "Ana Xicay", "Moves 4 people, frees 4 places"]
    assert "Sign in" in wordings()["en"].among(texts)
    assert "Ana Xicay" not in wordings()["en"].among(texts)
    assert "Sign in" not in wordings()["es"].among(texts)


# --- the pages -------------------------------------------------------------------------------------------------------


def expect_accessible(tab: Page, rules: dict[str, Any]) -> None:
    """No violation of axe's rules; axe stays in the page, so that later rounds cost little."""
    if not tab.evaluate("typeof axe === 'object'"):
        tab.evaluate(Axe().axe_script)
    found = tab.evaluate("rules => axe.run(document, rules)", {"runOnly": rules, "resultTypes": ["violations"]})
    said = [
        f"{one['id']}: {one['help']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]
    assert not said, "\n".join(said)


_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
  .slice(0, 4).map(one => one.outerHTML.slice(0, 160))"""


def expect_no_sideways_scroll(tab: Page, width: int) -> None:
    if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
        pytest.fail(f"wider than {width}: {tab.evaluate(_WIDE)}")


def look(tab: Page) -> None:
    """At every size and in both colour schemes."""
    for width, height in WIDTHS.items():
        tab.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            light = scheme == "light"
            rules = {"type": "tag", "values": WCAG} if light else {"type": "rule", "values": OF_COLOUR}
            expect_accessible(tab, rules)
        expect_no_sideways_scroll(tab, width)


@pytest.fixture
def tabs(served: Served, chromium: Browser) -> Iterator[Callable[[str, str], Page]]:
    """Call it with somebody and a language: a tab of a fresh profile."""
    profiles = []

    def tab(who: str, language: str) -> Page:
        profile = served.profile(chromium, who, locale=LANGUAGES[language], viewport={"width": 360, "height": 740})
        profiles.append(profile)
        return profile.__enter__().new_page()

    yield tab
    for profile in profiles:
        profile.__exit__(None, None, None)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page_type", page_types(), ids=str)
def test_a_page_serves_everybody(
    served: Served, tabs: Callable[[str, str], Page], page_type: PageType, language: str
) -> None:
    tab = tabs(page_type.who, language)
    complaints = Complaints.of(tab)
    open_page(tab, served.address(page_type))
    assert tab.evaluate("document.documentElement.lang").startswith(language)
    other = "en" if language == "es" else "es"
    assert wordings()[other].among(tab.evaluate(_TEXTS)) == set()
    look(tab)
    assert complaints.said == []


def test_what_is_wrong_with_a_page_is_seen(served: Served, tabs: Callable[[str, str], Page]) -> None:
    tab = tabs("anyone", "es")
    complaints = Complaints.of(tab)
    open_page(tab, f"{served.url}/accounts/login/")
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=x><p>Sign in</p>')")
    assert wordings()["en"].among(tab.evaluate(_TEXTS)) == {"Sign in"}
    with pytest.raises(AssertionError, match="image-alt"):
        expect_accessible(tab, {"type": "tag", "values": WCAG})
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(999) + '</pre>')")
    with pytest.raises(pytest.fail.Exception, match="wider than 360"):
        expect_no_sideways_scroll(tab, 360)
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color:red\">x</p>')")
    assert any("style" in one for one in complaints.said)
