"""Panels: parts of a page that spans apps. An app registers a panel in ``ready()``; ``web`` lays them out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the page of a person or a site. ``read`` gives what its template shows, or None for no panel at all."""

    page: str
    name: str
    order: int
    template: str
    read: Callable[[UUID, models.Model], Content | None]


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel, once by name."""
    if all((known.page, known.name) != (panel.page, panel.name) for known in _panels):
        _panels.append(panel)
        _panels.sort(key=lambda one: (one.page, one.order, one.name))


def of_page(page: str, actor: UUID, record: models.Model) -> list[tuple[Panel, Content]]:
    """The panels of a page that have something to show this actor, in order."""
    read = [(panel, panel.read(actor, record)) for panel in _panels if panel.page == page]
    return [(panel, content) for panel, content in read if content is not None]
