"""Tasks and lists as pages show them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db.models import F
from django.utils.translation import get_language

from cobijo.sites.access import visible_to
from cobijo.sites.models import StatusChange
from cobijo.sites.types import SiteStatus
from cobijo.sites.upkeep.models import Task, Tick
from cobijo.sites.upkeep.types import Checklist, ItemState, TaskState

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "checklists.toml"
LATEST: Final = 12

# --- lists -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Item:
    """Something on a list. ``source`` empty: it stands in none we could read."""

    code: str
    words: Mapping[str, str]
    source: str

    @property
    def name(self) -> str:
        spanish = (get_language() or "es").startswith("es")
        return self.words["es"] if spanish else self.words["en"]


@cache
def _told() -> Mapping[str, Any]:
    with DATA.open("rb") as file:
        return tomllib.load(file)


@cache
def items(checklist: Checklist) -> Sequence[Item]:
    """What is on a list, in its order."""
    sources = _told()["sources"]
    return [Item(one["code"], one, sources[one["source"]]) for one in _told()[checklist.value]]


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item of a list at a site, and how it stands since when."""

    item: Item
    state: ItemState
    at: datetime | None

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN


def list_of(site: UUID, checklist: Checklist) -> list[ItemLine]:
    """A list as it stands: ticked off since the site last changed hands the other way. Opened again it begins anew."""
    other = SiteStatus.CLOSED if checklist is Checklist.OPENING else SiteStatus.OPEN
    turned = StatusChange.objects.filter(site=site, status=other).order_by("-at").values_list("at", flat=True).first()
    ticks = Tick.objects.filter(site=site, checklist=checklist)
    if turned is not None:
        ticks = ticks.filter(at__gte=turned)
    newest = {tick.item: tick for tick in ticks.order_by("at", "id")}
    return [_line(item, newest.get(item.code)) for item in items(checklist)]


def _line(item: Item, tick: Tick | None) -> ItemLine:
    return ItemLine(item, ItemState(tick.state) if tick else ItemState.OPEN, tick.at if tick else None)


def left_of(site: UUID, checklist: Checklist) -> list[ItemLine]:
    """What of a list is still to be done."""
    return [line for line in list_of(site, checklist) if line.is_open]


# --- tasks -----------------------------------------------------------------------------------------------------------


def tasks_of(actor: UUID, site: UUID) -> tuple[list[Task], list[Task]]:
    """The tasks of a site that an actor sees: those to do, the first due on top, and those settled last."""
    rows = visible_to(actor, Task.objects.filter(site=site)).select_related("owner", "incident")
    waiting = rows.filter(state=TaskState.OPEN).order_by(F("due_on").asc(nulls_last=True), "set_at")
    return list(waiting), list(rows.exclude(state=TaskState.OPEN).order_by("-settled_at")[:LATEST])


def task_for(actor: UUID, site: UUID, task: UUID) -> Task | None:
    """A task of a site that the actor may see."""
    return visible_to(actor, Task.objects.filter(site=site, pk=task)).first()


def tasks_from(site: UUID) -> dict[str, Task]:
    """The tasks to do that come from an indicator, by its code."""
    rows = Task.objects.filter(site=site, state=TaskState.OPEN).exclude(indicator="")
    return {one.indicator: one for one in rows.order_by("set_at")}


def overdue(tasks: Sequence[Task], today: date) -> int:
    """How many of them should have been done by now."""
    return sum(1 for one in tasks if one.due_on is not None and one.due_on < today)
