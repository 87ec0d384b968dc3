"""The store's book: goods that come, go, are counted or lost. Each is a slip with a number said aloud."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.assistance import catalogue
from cobijo.assistance.models import StoreMove, StoreSlip
from cobijo.assistance.notices import tell_of_formula
from cobijo.assistance.refusals import (
    ITEM_TWICE,
    NAME_OF_NO_PERSON,
    NOTHING_OF_IT,
    SAY_WHAT,
    SLIP_VOID,
    UNKNOWN_ITEM,
    UNKNOWN_VARIANT,
)
from cobijo.assistance.store import Key, Stock, stock
from cobijo.assistance.types import NAMED, Flag, LineIn, SlipIn, SlipKind
from cobijo.core import codes, nodes, rows
from cobijo.core.context import current, flag
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, Act, verb

SOMETHING_ELSE = "other"

# --- the verbs -------------------------------------------------------------------------------------------------------


@verb(
    "assistance.receive_goods",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Goods received"),
)
def receive_goods(act: Act, *, slip_id: UUID, site_id: UUID, slip: SlipIn) -> StoreSlip:
    """Take goods into the store of a site, on one slip. Formula, bottles and teats are told to health workers."""
    return _write(act, slip_id, site_id, slip, SlipKind.RECEIVED)


@verb(
    "assistance.give_goods",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Goods given out"),
)
def give_goods(act: Act, *, slip_id: UUID, site_id: UUID, slip: SlipIn) -> StoreSlip:
    """Give goods out of the store of a site. They are in somebody's hands: more than the book has is flagged."""
    return _write(act, slip_id, site_id, slip, SlipKind.GIVEN)


@verb(
    "assistance.lose_goods",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Goods lost or spoiled"),
)
def lose_goods(act: Act, *, slip_id: UUID, site_id: UUID, slip: SlipIn) -> StoreSlip:
    """Write off goods of a site that are spoiled, broken or gone."""
    return _write(act, slip_id, site_id, slip, SlipKind.LOST)


@verb(
    "assistance.count_store",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Store counted"),
)
def count_store(act: Act, *, slip_id: UUID, site_id: UUID, slip: SlipIn) -> StoreSlip:
    """Say what is there of some items. The book goes on from the count, and keeps by how much it was off."""
    return _write(act, slip_id, site_id, slip, SlipKind.COUNTED)


@verb(
    "assistance.void_slip",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.ASSISTANCE,
    personal={},
    says=_("Slip taken out"),
)
def void_slip(act: Act, *, slip_id: UUID) -> StoreSlip:
    """Take a slip out that was entered by mistake: the book is as if it had never been."""
    slip = StoreSlip.objects.select_for_update(no_key=True).get(pk=slip_id)
    if slip.voided_at is not None:
        raise SLIP_VOID()
    return rows.change(slip, voided_at=current().recorded_at)


# --- writing a slip --------------------------------------------------------------------------------------------------


def _write(act: Act, slip_id: UUID, site_id: UUID, given: SlipIn, kind: SlipKind) -> StoreSlip:
    _check(given, kind)
    number = codes.take("slip", nodes.here_id())[0]  # first: whoever writes another slip waits, and then sees this one
    before = stock(site_id, until=act.happened_at)
    slip = rows.add(
        StoreSlip(
            id=slip_id,
            site_id=site_id,
            number=number,
            kind=kind,
            at=act.happened_at,
            party=given.party or "",
            whom=given.whom.strip(),
            note=given.note.strip(),
        )
    )
    rows.add(*(_move(slip, line, before) for line in given.lines))
    _say_what_is_amiss(slip, given.lines, before)
    tell_of_formula(slip, given.lines)
    return slip


def _move(slip: StoreSlip, line: LineIn, before: Mapping[Key, Stock]) -> StoreMove:
    known = before.get((line.item, line.variant))
    book = (known.there if known else 0) if slip.kind == SlipKind.COUNTED else None
    return StoreMove(slip=slip, item=line.item, variant=line.variant, quantity=line.quantity, book=book)


def _check(slip: SlipIn, kind: SlipKind) -> None:
    """Every line is of the list, once, and of something; a name is that of no person."""
    if slip.whom.strip() and slip.party not in NAMED:
        raise NAME_OF_NO_PERSON.about("slip.whom")
    seen: set[Key] = set()
    for line in slip.lines:
        item = catalogue.items().get(line.item)
        if item is None:
            raise UNKNOWN_ITEM.about("slip.lines", item=line.item)
        name = catalogue.name_of(line.item, line.variant)
        if line.variant and line.variant not in item.variants:
            raise UNKNOWN_VARIANT.about("slip.lines", item=str(item.name))
        if (line.item, line.variant) in seen:
            raise ITEM_TWICE.about("slip.lines", item=name)
        if line.quantity == 0 and kind is not SlipKind.COUNTED:
            raise NOTHING_OF_IT.about("slip.lines", item=name)
        if line.item == SOMETHING_ELSE and not slip.note.strip():
            raise SAY_WHAT.about("slip.note")
        seen.add((line.item, line.variant))


def _say_what_is_amiss(slip: StoreSlip, lines: Sequence[LineIn], before: Mapping[Key, Stock]) -> None:
    """A store's book may be wrong; what happened is written down all the same, and said."""
    keys = {(line.item, line.variant) for line in lines}
    after = stock(slip.site_id)
    if any((counted := after[key].counted_at) is not None and counted > slip.at for key in keys):
        flag(Flag.COUNTED_SINCE, slip=slip.id)
    if slip.kind == SlipKind.COUNTED:
        if any(line.quantity != before[key].there for line in lines if (key := (line.item, line.variant)) in before):
            flag(Flag.COUNT_DIFFERS, slip=slip.id)
    elif slip.kind != SlipKind.RECEIVED and any(after[key].there < 0 for key in keys):
        flag(Flag.BELOW_NOTHING, slip=slip.id)
