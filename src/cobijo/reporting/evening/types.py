"""What the verbs about the sheet of the evening take, and what a sheet consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.core.personal import Declared

Gap = Annotated[str, Field(min_length=1, max_length=160)]


class SheetKind(models.TextChoices):
    """Where in a site's story a sheet stands; after the final one there is no more."""

    INITIAL = "initial", _("initial")
    PROGRESS = "progress", _("progress")
    FINAL = "final", _("final")


@dataclass(frozen=True, kw_only=True)
class SheetIn:
    """What only the manager can say: the kind, up to three gaps, who signs (their post) and the site's telephone."""

    kind: SheetKind
    gaps: Annotated[list[Gap], Field(max_length=3)]
    signed_post: Annotated[str, Field(min_length=1, max_length=80)]
    phone: Annotated[str, Field(max_length=40)] = ""

    declared: ClassVar = Declared(plain=("kind", "gaps", "signed_post", "phone"))


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet as page and print show it: sentences, a table, or both. ``desk``: for the team alone."""

    title: str
    sentences: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    source: str = ""
    desk: bool = False

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Of each column, whether it holds numbers only; what is not known is one too."""
        return tuple(all(isinstance(row[at], int | None) for row in self.rows) for at in range(len(self.heads)))

    @property
    def in_words(self) -> bool:
        """Whether its rows hold words beside what they are called: too wide for a telephone, unless each is a block."""
        return not all(self.numeric[1:])

    @property
    def columns(self) -> list[tuple[str, bool]]:
        """The heads, each with whether numbers stand under it."""
        return list(zip(self.heads, self.numeric, strict=True))

    @property
    def lines(self) -> list[list[tuple[str, Any, bool]]]:
        """The rows, each cell with the head of its column and whether that holds numbers."""
        return [list(zip(self.heads, row, self.numeric, strict=True)) for row in self.rows]

    def as_json(self) -> Mapping[str, Any]:
        return {
            "title": self.title,
            "sentences": list(self.sentences),
            "heads": list(self.heads),
            "rows": [list(row) for row in self.rows],
            "source": self.source,
            "desk": self.desk,
        }


@dataclass(frozen=True, slots=True)
class SignedLine:
    """A sheet that was signed, in a list."""

    id: Any
    number: int
    kind: SheetKind
    at: datetime
    signed_post: str
