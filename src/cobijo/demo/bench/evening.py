"""How long the evening of a site of five hundred takes: its sheet on the page and in print, forms and cards."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.urls import reverse

from cobijo.accounts.types import Role
from cobijo.core.ids import uuid7
from cobijo.demo.bench import fill
from cobijo.demo.bench import world as setting
from cobijo.demo.bench.acts import HTTP
from cobijo.demo.bench.asking import Browser
from cobijo.demo.bench.report import machine
from cobijo.demo.bench.timing import Act, Figures, measure
from cobijo.demo.bench.world import SITE_SIZE, Said
from cobijo.people import services as people
from cobijo.people.cards.types import CardKind
from cobijo.people.paper.types import FormLanguage
from cobijo.sites import services as sites
from cobijo.sites.types import HeadcountIn, Method

CARDS: Final = 200
FORMS: Final = 50
NIGHTS: Final = 14


def run(seed: int, requests: int, say: Said) -> dict[str, Any]:
    """Measure at one site of five hundred people, that has also reported its own count for two weeks."""
    world = fill.fill(SITE_SIZE, seed, say)
    [site] = world.sites
    _report(site, world.opened)
    manager = Browser(setting.make_account("manager", Role.SITE_MANAGER, site))
    measured = [measure(figures, ready, requests) for figures, ready in _acts(manager, site)]
    return {
        "benchmark": "evening",
        "persons": SITE_SIZE,
        "seed": seed,
        "machine": machine(),
        "acts": [one.as_json() for one in measured],
    }


def _report(site: UUID, opened: Any) -> None:
    for night in range(1, NIGHTS):
        at = opened + timedelta(days=night)
        headcount = HeadcountIn(night=at.date(), observed_at=at, persons=SITE_SIZE, method=Method.HEAD_COUNT)
        sites.report_headcount(setting.command(happened_at=at), report_id=uuid7(), site_id=site, headcount=headcount)


def _acts(manager: Browser, site: UUID) -> Iterator[tuple[Figures, Callable[[int], Act]]]:
    sheet = reverse("reporting:evening", args=[site])
    draft = reverse("reporting:evening_draft", args=[site])
    order = reverse("assistance:order", args=[site])
    yield Figures("sheet", HTTP, "the evening sheet"), lambda _at: manager.opening(sheet)
    yield Figures("sheet_print", HTTP, "the evening sheet, print"), lambda _at: manager.opening(draft)
    yield Figures("order", HTTP, "tomorrow's order"), lambda _at: manager.opening(order)
    forms = _blank_forms(site)
    yield Figures("forms", HTTP, f"{FORMS} blank family forms"), lambda _at: manager.opening(forms)
    yield Figures("cards", HTTP, f"{CARDS} cards on sheets"), lambda _at: _printing(manager, site)


def _blank_forms(site: UUID) -> str:
    """Make a batch of them; gives the address of its print."""
    batch = uuid7()
    people.print_forms(
        setting.command(), batch_id=batch, unit_id=site, count=FORMS, language=FormLanguage.SPANISH, card_batch_id=None
    )
    return reverse("paper:file", args=[batch])


def _printing(manager: Browser, site: UUID) -> Act:
    wanted = {
        "op_id": uuid7(), "new_id": uuid7(), "unit": site, "kind": CardKind.CARD, "count": CARDS, "layout": "sheet"
    }  # fmt: skip
    return manager.posting(reverse("cards:print"), wanted)


def as_text(found: dict[str, Any]) -> str:
    """The figures for reading."""
    return "\n".join(
        f"{one['what']:30}{one['wall_ms']['p50']:>9.0f} ms{one['wall_ms']['p95']:>9.0f} ms (p95)"
        for one in found["acts"]
    )
