"""The sheet as its parts, in the order in which it is read (and as the region's daily reports are laid out)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cobijo.assistance import queries as store
from cobijo.assistance.types import SlipKind
from cobijo.core import wording
from cobijo.reporting.evening.gathering import Evening
from cobijo.reporting.evening.types import Section
from cobijo.reporting.labels import band_label, sex_label
from cobijo.reporting.types import SEXES, Published
from cobijo.sites.queries import CommitteeLine, Working
from cobijo.sites.types import Method

MOST_ROWS: Final = 6
"""Rows of what may be long on a sheet of one page; how many more there are is said."""


def sections(evening: Evening, gaps: Sequence[str] = ()) -> list[Section]:
    """Every part that has something to say."""
    return [
        _tonight(evening),
        _by_age(evening),
        _since(evening),
        _places(evening),
        _needs(evening),
        _meals(evening),
        _order(evening),
        *_facilities(evening),
        *_committees(evening),
        *([Section(_("Gaps and what we ask"), sentences=tuple(gaps))] if gaps else []),
        _goods(evening),
        *_not_sure(evening),
    ]


# --- who is here -----------------------------------------------------------------------------------------------------


def _tonight(evening: Evening) -> Section:
    """The four kinds of figure side by side, never mixed; each with its moment."""
    part, now = evening.part, wording.moment(evening.at, "short", evening.zone)
    registered = part.registered
    rows: list[tuple[Any, ...]] = [
        (_("registered"), registered.persons if registered else 0, registered.households if registered else 0, now),
        _counted(evening),
        _reported(evening),
        *(_published(one) for one in evening.found.on_the_day if one.quantity == "persons"),
    ]
    overview = evening.overview
    said = [
        ngettext(
            "One of the registered is temporarily out.",
            "{people} of the registered are temporarily out.",
            overview.away,
        ),
        ngettext("One is expected.", "{people} are expected.", overview.planned),
        ngettext("One has no name yet.", "{people} have no name yet.", overview.unnamed),
    ]
    said.append(
        ngettext(
            "One person has been here since it opened.",
            "{people} people have been here since it opened.",
            evening.moved.ever,
        )
    )
    counts = (overview.away, overview.planned, overview.unnamed, evening.moved.ever)
    return Section(
        _("Tonight"),
        sentences=tuple(
            sentence.format(people=wording.number(people))
            for sentence, people in zip(said, counts, strict=True)
            if people
        ),
        heads=(_("Kind of figure"), _("Persons"), _("Households"), _("When, how")),
        rows=tuple(rows),
    )


def _counted(evening: Evening) -> tuple[Any, ...]:
    """Who was counted on the spot: at the roll-call of that night, else the guests at a night shelter's door."""
    roll, counted = evening.part.roll_call, evening.part.counted
    if roll is not None:
        moment = wording.moment(roll.ended_at, "short", evening.zone)
        said = _("{moment}, roll-call").format(moment=moment)
        unmarked = ngettext("one nobody looked for", "{people} nobody looked for", roll.unmarked).format(
            people=roll.unmarked
        )
        return (_("counted"), roll.persons, None, f"{said}; {unmarked}" if roll.unmarked else said)
    if counted is None:
        return (_("counted"), None, None, _("no roll-call"))
    at = wording.moment(counted.counted_at, "short", evening.zone)
    return (_("counted"), counted.persons, None, _("{moment}, guests at the door").format(moment=at))


def _reported(evening: Evening) -> tuple[Any, ...]:
    report = evening.report
    if report is None:
        return _("reported"), None, None, _("no head-count")
    how = f"{Method(report.method).label}, {wording.moment(report.observed_at, 'short', evening.zone)}"
    if evening.nights_old:
        how = f"{how}; {_carried(evening.nights_old)}"
    return _("reported"), report.persons, report.households, how


def _carried(nights: int) -> str:
    return ngettext("carried forward from the night before", "carried forward from {nights} nights ago", nights).format(
        nights=nights
    )


def _published(one: Published) -> tuple[Any, ...]:
    return _("published"), one.value, None, one.source


def _by_age(evening: Evening) -> Section:
    table = evening.found.table
    rows = [(band_label(row.band), row.female, row.male, row.other, row.unknown, row.total) for row in table.rows()]
    totals = tuple(table.of_sex(sex) for sex in SEXES)
    return Section(
        _("By sex and age"),
        heads=(_("Age"), *(sex_label(sex) for sex in SEXES), _("Total")),
        rows=(*rows, (_("Total"), *totals, table.total)),
    )


def _since(evening: Evening) -> Section:
    moved = evening.moved
    rows: list[tuple[Any, ...]] = [(_("came in"), moved.came)]
    if moved.born:
        rows.append((_("of them born"), moved.born))
    rows += [(_("left: {reason}").format(reason=reason.label), people) for reason, people in moved.left.items()]
    if not moved.left:
        rows.append((_("left"), 0))
    return Section(
        _("Since yesterday, {moment}").format(moment=wording.moment(moved.since, "short", evening.zone)),
        heads=(_("What"), _("Persons")),
        rows=tuple(rows),
    )


def _places(evening: Evening) -> Section:
    overview = evening.overview
    rows = [(str(free.rule.label), free.free, free.places) for free in overview.free]
    over = [
        _("{space}: {over} over its places").format(space=line.name, over=wording.number(line.over))
        for line in overview.over[:MOST_ROWS]
    ]
    if len(overview.over) > MOST_ROWS:
        over.append(_more(len(overview.over) - MOST_ROWS))
    if overview.places.assumed:
        over.append(_("Some numbers of places are assumed."))
    return Section(
        _("Free places, by whom the spaces are for"),
        sentences=tuple(over),
        heads=(_("For whom"), _("Free"), _("Places")),
        rows=tuple(rows),
    )


def _more(many: int) -> str:
    return ngettext("and one more", "and {many} more", many).format(many=wording.number(many))


def _needs(evening: Evening) -> Section:
    return Section(
        _("Needs at the door (for the team alone)"),
        heads=(_("Need"), _("Persons")),
        rows=tuple((str(one.need.label), one.people) for one in evening.overview.needs),
        desk=True,
    )


# --- tomorrow --------------------------------------------------------------------------------------------------------


def _meals(evening: Evening) -> Section:
    totals = evening.order.totals
    rows = [(band_label(row.band), row.breakfast, row.lunch, row.dinner) for row in (*evening.order.meals,)]
    return Section(
        _("Meals on {day}, for those expected").format(day=wording.day(evening.tomorrow)),
        heads=(_("Age"), _("Breakfast"), _("Lunch"), _("Dinner")),
        rows=(*rows, (_("Total"), totals.breakfast, totals.lunch, totals.dinner)),
    )


def _order(evening: Evening) -> Section:
    asked = [one for one in evening.order.lines if one.line.ask]
    covered = len(evening.order.lines) - len(asked)
    said = ngettext("The store covers one more item.", "The store covers {items} more items.", covered)
    return Section(
        _("Order for {day}").format(day=wording.day(evening.tomorrow)),
        sentences=(said.format(items=covered),) if covered else (),
        heads=(_("Item"), _("Needed"), _("In store"), _("To ask for")),
        rows=tuple((_named(one), one.line.need, one.line.have, one.line.ask) for one in asked),
        source=str(evening.order.norm_set.name),
    )


def _named(one: store.OrderLine) -> str:
    return f"{one.name} ({one.unit}){' *' if one.assumed else ''}"


# --- the site --------------------------------------------------------------------------------------------------------


def _facilities(evening: Evening) -> Iterator[Section]:
    if evening.facilities:
        yield Section(
            _("Toilets, showers, taps"),
            heads=(_("What"), _("There are"), _("Working"), _("Counted on")),
            rows=tuple(
                (
                    f"{line.kind.label} ({line.for_whom.label})",
                    line.count,
                    line.working,
                    wording.day(line.counted_on, "short"),
                )
                for line in evening.facilities
            ),
        )


def _committees(evening: Evening) -> Iterator[Section]:
    if not evening.committees and not evening.rota:
        return
    said = [_committee(one) for one in evening.committees]
    yield Section(
        _("Committees, and the rota of {day}").format(day=wording.day(evening.tomorrow, "short")),
        sentences=("; ".join(said),) if said else (),
        heads=(_("When"), _("Who has the turn")) if evening.rota else (),
        rows=tuple(_turns(evening)),
    )


def _committee(one: CommitteeLine) -> str:
    """Its name, and whether it works where somebody said so."""
    if one.working is Working.UNKNOWN:
        return one.name
    return _("{committee} (works: {answer})").format(committee=one.name, answer=one.working.label)


def _turns(evening: Evening) -> Iterator[tuple[str, str]]:
    """A row for each part of the day, with every committee that works in it."""
    for part in dict.fromkeys(one.part for one in evening.rota):
        at_work = [one for one in evening.rota if one.part is part]
        said = (f"{one.committee} {one.persons}" + (f" ({one.note})" if one.note else "") for one in at_work)
        yield str(part.label), "; ".join(said)


def _goods(evening: Evening) -> Section:
    rows = [
        (slip.code, _way(slip), "; ".join(f"{move.name} {wording.number(move.quantity)}" for move in slip.moves))
        for slip in evening.slips[:MOST_ROWS]
    ]
    left = len(evening.slips) - len(rows)
    return Section(
        _("Goods received and given out since yesterday"),
        sentences=(() if evening.slips else (_("Nothing was received or given out."),))
        + ((_more(left),) if left else ()),
        heads=(_("Slip"), _("From or to"), _("What")) if rows else (),
        rows=tuple(rows),
    )


def _way(slip: store.SlipLine) -> str:
    way = _("received") if slip.kind is SlipKind.RECEIVED else _("given out")
    return f"{way}, {slip.whom}" if slip.whom else way


def _not_sure(evening: Evening) -> Iterator[Section]:
    """Figures whose basis is an estimate or carried forward, named."""
    said = list(store.doubts(evening.order)) + store.left_out(evening.order.expected)
    if any(one.assumed for one in evening.order.lines if one.line.ask):
        said.append(_("* The norm stands in no source we read: confirm it with health or supply."))
    if said:
        yield Section(_("Not sure, or not reckoned with"), sentences=tuple(dict.fromkeys(said)))
