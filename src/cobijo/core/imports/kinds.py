"""What a list can mean. An app registers a kind in ``ready()``: its fields, who may, the verb that takes an entry."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.cells import Cell, DateOrder, orders_possible
from cobijo.algorithms.tables import as_written
from cobijo.core.errors import NOT_FOUND, Sentence
from cobijo.core.imports.types import Context, Plan, RowIn


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can hold. ``synonyms`` are headings it is known by, in any language and preset.

    ``takes`` says how much text fits; ``signs``: it may begin with + or - (a telephone, a number).
    """

    name: str
    says: Sentence
    synonyms: Sequence[str]
    takes: int = 240
    signs: bool = False


Choices = Sequence[tuple[str, Sentence]]


@dataclass(frozen=True, slots=True)
class Question:
    """What must be said of a whole list because its cells do not say it. ``suggest``: what they make likely, or None.

    It is asked where one of ``about`` (names of fields) has a column, and not where one of ``unless`` has. Choices that
    are others at each unit or on each day are reckoned of the unit. The answer is ``kept`` for the next such list.
    """

    name: str
    says: Sentence
    choices: Choices | Callable[[UUID], Choices]
    about: Collection[str]
    suggest: Callable[[Mapping[str, Sequence[Cell]]], str | None]
    unless: Collection[str] = ()
    kept: bool = True

    def choices_at(self, unit: UUID) -> Choices:
        """The answers that are possible for a list of this unit."""
        return self.choices(unit) if callable(self.choices) else self.choices


@dataclass(frozen=True, slots=True)
class Words:
    """How a kind's entries are spoken of. ``enter`` names the button for so many rows, ``entries`` what they become."""

    enter: Callable[[int], str]
    entries: Callable[[int], str]
    entered: Callable[[int, int], str]
    undone: Callable[[int, int], str]
    undoing: Callable[[int], str]
    kept: Sentence
    others_kept: Sentence
    change: Sentence


def _nothing(_row: RowIn, _answers: Mapping[str, str]) -> str:
    return ""


def _takes_all(_heading: str, _cells: Sequence[Cell]) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A meaning of rows.

    ``units`` are where an actor may hand in such a list, ``may`` raises elsewhere, ``may_undo`` where they may not take
    one back; both give the unit. ``owner`` says for whom the columns are remembered. ``context`` adds what the unit
    says (its zone, its day) to who asks; ``plan`` makes entries and problems of rows, and writes nothing. ``identity``
    names the fields without one of which a row is nobody in particular, and is not looked for among those entered;
    ``beside`` gives what makes it the same row beside its cells. ``reads`` gives headings as they are compared with the
    synonyms. ``refuses`` says, of a heading and the cells below it, what such a list may not bring: the column is
    dropped before anything is kept. ``of_people``: whoever looks at such a list looks at people.
    """

    name: str
    says: Sentence
    fields: Sequence[Field]
    questions: Sequence[Question]
    verb: str
    identity: Sequence[str]
    units: Callable[[UUID], QuerySet[Any, Any]]
    may: Callable[[UUID, UUID], UUID]
    may_undo: Callable[[UUID, UUID], UUID]
    owner: Callable[[UUID], UUID]
    context: Callable[[UUID, UUID, Mapping[str, str]], Context]
    plan: Callable[[Iterable[RowIn], Context], Plan]
    words: Words
    of_people: bool = True
    reads: Callable[[Sequence[str]], Sequence[str]] = as_written
    beside: Callable[[RowIn, Mapping[str, str]], str] = _nothing
    refuses: Callable[[str, Sequence[Cell]], bool] = _takes_all

    @property
    def synonyms(self) -> dict[str, Sequence[str]]:
        return {field.name: field.synonyms for field in self.fields}

    def field(self, name: str) -> Field:
        return next(one for one in self.fields if one.name == name)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind of list known, once by name."""
    _kinds.setdefault(kind.name, kind)


def kind(name: str) -> Kind:
    """The kind of that name. Raises NOT_FOUND."""
    if name not in _kinds:
        raise NOT_FOUND()
    return _kinds[name]


def kinds() -> list[Kind]:
    """Every kind, in the order in which they were registered."""
    return list(_kinds.values())


# --- questions that every list with days asks ------------------------------------------------------------------------


def _order(columns: Mapping[str, Sequence[Cell]]) -> str | None:
    possible = {DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST}
    for cells in columns.values():
        possible &= orders_possible(cells)
    return str(next(iter(possible))) if len(possible) == 1 else None


def date_order(*about: str) -> Question:
    """Which part of a date written in figures stands first, in the columns of these fields."""
    choices = [
        ("", _("not said: a date that can be read in two ways waits")),
        (DateOrder.DAY_FIRST.value, _("the day: 29/10/2018")),
        (DateOrder.MONTH_FIRST.value, _("the month: 10/29/2018")),
        (DateOrder.YEAR_FIRST.value, _("the year: 18/10/29")),
    ]
    return Question("date_order", _("What stands first in dates"), choices, about, _order)


def order_in(context: Context) -> DateOrder | None:
    """The order of dates that was stated for a list."""
    said = context.answers.get("date_order")
    return DateOrder(said) if said else None
