"""What is on the shelves of a site, and its slips, as pages show them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from cobijo.assistance import catalogue
from cobijo.assistance.access import visible_to
from cobijo.assistance.models import FormulaAssessment, StoreMove, StoreSlip
from cobijo.assistance.store import Stock, stock
from cobijo.assistance.types import FormulaKind, ItemKind, Party, SlipKind
from cobijo.core import clock
from cobijo.core.errors import NOT_FOUND
from cobijo.people.queries import PersonLine, lines
from cobijo.sites.queries import zone_for


@dataclass(frozen=True, slots=True)
class ShelfLine:
    """An item in the store. ``stock.there`` below nothing: more went out than the book ever had."""

    item: str
    variant: str
    kind: ItemKind
    stock: Stock

    @property
    def name(self) -> str:
        return catalogue.name_of(self.item, self.variant)

    @property
    def unit(self) -> str:
        return catalogue.unit_of(self.item)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """One item of a slip."""

    name: str
    unit: str
    quantity: int
    book: int | None
    difference: int | None


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A slip with what is on it."""

    id: UUID
    code: str
    kind: SlipKind
    at: datetime
    whom: str
    note: str
    void: bool
    moves: tuple[MoveLine, ...]


def shelves(site: UUID) -> list[tuple[ItemKind, list[ShelfLine]]]:
    """What the book of a site speaks of, by shelf, each item by its size."""
    book = stock(site)
    order = {code: at for at, code in enumerate(catalogue.items())}
    found: dict[ItemKind, list[ShelfLine]] = {}
    for item, variant in sorted(book, key=lambda key: (order.get(key[0], len(order)), key[1])):
        known = catalogue.items().get(item)
        kind = known.kind if known else ItemKind.OTHER
        found.setdefault(kind, []).append(ShelfLine(item, variant, kind, book[item, variant]))
    return [(kind, found[kind]) for kind in ItemKind if kind in found]


# --- slips -----------------------------------------------------------------------------------------------------------


def slips_of(actor: UUID, site: UUID) -> QuerySet[StoreSlip]:
    """The slips of a site, the newest first, those taken out too."""
    return visible_to(actor, StoreSlip.objects.filter(site=site)).prefetch_related("moves").order_by("-at", "-number")


def slip_line(slip: StoreSlip) -> SlipLine:
    """A slip as it is shown."""
    return SlipLine(
        id=slip.pk,
        code=slip.code,
        kind=SlipKind(slip.kind),
        at=slip.at,
        whom=_party_of(slip),
        note=slip.note,
        void=slip.voided_at is not None,
        moves=tuple(_moves(slip)),
    )


def _party_of(slip: StoreSlip) -> str:
    """From or to whom, in words: what it is, and its name where it has one."""
    party = str(Party(slip.party).label) if slip.party else ""
    return ": ".join(part for part in (party, slip.whom) if part)


def _moves(slip: StoreSlip) -> Iterator[MoveLine]:
    order = {code: at for at, code in enumerate(catalogue.items())}
    for move in sorted(slip.moves.all(), key=lambda one: (order.get(one.item, len(order)), one.variant)):
        yield _move(move)


def _move(move: StoreMove) -> MoveLine:
    name = catalogue.name_of(move.item, move.variant)
    return MoveLine(name, catalogue.unit_of(move.item), move.quantity, move.book, move.difference)


def slip_for(actor: UUID, site: UUID, slip: UUID) -> SlipLine:
    """One slip of a site; NOT_FOUND where the actor may not see it."""
    found = slips_of(actor, site).filter(pk=slip).first()
    if found is None:
        raise NOT_FOUND()
    return slip_line(found)


def slips_between(site: UUID, since: datetime, until: datetime) -> list[SlipLine]:
    """What was received and given out in a time, for figures: the caller has asked whether they may be seen."""
    kinds = (SlipKind.RECEIVED, SlipKind.GIVEN)
    found = StoreSlip.objects.filter(site=site, kind__in=kinds, voided_at=None, at__gt=since, at__lte=until)
    return [slip_line(slip) for slip in found.prefetch_related("moves").order_by("at", "number")]


# --- infants ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InfantLine:
    """An infant fed with formula, as the health worker's own list has it."""

    person: PersonLine
    kind: FormulaKind
    at: datetime
    ends_on: date


def assessment_of(actor: UUID, person: UUID) -> FormulaAssessment | None:
    """The assessment of an infant that stands, for a health worker who knows the infant."""
    return visible_to(actor, FormulaAssessment.objects.filter(person=person, ended_at=None)).first()


def infants_for(actor: UUID) -> list[InfantLine]:
    """The infants a health worker knows that are fed with formula, the next birthday first."""
    rows = FormulaAssessment.objects.filter(ended_at=None, ends_on__gt=clock.today(ZoneInfo(zone_for(actor))))
    found = {row.person_id: row for row in visible_to(actor, rows).order_by("ends_on", "id")}
    return [
        InfantLine(line, FormulaKind(found[line.id].kind), found[line.id].at, found[line.id].ends_on)
        for line in lines(actor, list(found))
    ]
