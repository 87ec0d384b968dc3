"""The acts of opening and closing on one page of A4, with lines to write names and signatures on by hand."""

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cobijo.algorithms.suppression import THRESHOLD
from cobijo.core import clock, nodes, wording
from cobijo.core.printing import compile_pdf
from cobijo.sites.models import Site
from cobijo.sites.premises.closing import Served, served
from cobijo.sites.premises.models import SiteAct
from cobijo.sites.premises.types import ActKind, ClosingWhy

DESK: Final = "desk"
OWNER: Final = "owner"
"""The edition that leaves: totals alone, and none from 1 to 4."""
EDITIONS: Final = (DESK, OWNER)

Pairs = list[list[object]]


def act_pdf(act: SiteAct, opening: SiteAct | None, edition: str, copy: Mapping[str, str] | None = None) -> bytes:
    """An act as a PDF, in the language in force. ``opening``: the act a closing ends, for its readings beside.

    ``copy``: the number of a copy and for whom it is, where small numbers stand on it.
    """
    site = act.site
    closing = act.kind == ActKind.CLOSING
    did = served(site, act.at) if closing else None
    data: dict[str, Any] = {
        "sheet": _sheet(act, edition if closing else "") | ({"copy": copy} if copy else {}),
        "facts": _facts(act),
        "state": [act.state_of_building, act.remarks],
        "meters": _meters(act, opening),
        "furniture": _furniture(act, opening),
        "posts": [act.handed_by_post, act.received_by_post],
        "totals": _totals(did, edition) if did else [],
        "ways_out": _ways_out(did) if did and edition == DESK else [],
        "left": _left(did) if did and edition == DESK else [],
        "hidden": did is not None and edition == OWNER and _few(did),
        "say": _say(closing),
    }
    return compile_pdf("site-act", data)


def _sheet(act: SiteAct, edition: str) -> dict[str, Any]:
    site: Site = act.site
    title = _("Act of opening") if act.kind == ActKind.OPENING else _("Act of closing")
    editions = {DESK: _("edition for the desk: not to be passed on"), OWNER: _("edition for the owner")}
    printed = _("printed {moment}").format(moment=wording.moment(clock.now(), "long", ZoneInfo(site.zone)))
    return {
        "title": f"{title} {act.number}",
        "subtitle": f"{site.unit.name} · {wording.moment(act.at, 'full', ZoneInfo(site.zone))}",
        "organisation": site.response.unit.name,
        "site": f"{site.code} {site.unit.name}",
        "scope": " · ".join(part for part in (site.unit.name, editions.get(edition, "")) if part),
        "date": printed,
        "demo": nodes.is_fictitious(),
    }


def _facts(act: SiteAct) -> Pairs:
    given_back = wording.day(act.give_back_on) if act.give_back_on else ""
    why = str(ClosingWhy(act.why).label) if act.why else ""
    said: Pairs = [
        [pgettext("closing", "Why it closes"), f"{why}: {act.why_words}" if act.why_words else why],
        [_("Owner of the building"), act.owner],
        [_("Address"), act.site.place],
        [_("To be given back on"), given_back],
        [_("Keys"), act.keys],
    ]
    return [pair for pair in said if pair[1]]


def _meters(act: SiteAct, opening: SiteAct | None) -> Pairs:
    rows: Pairs = [[one["meter"], one["reading"]] for one in act.meters]
    return _beside(rows, {one["meter"]: one["reading"] for one in opening.meters}) if opening else rows


def _furniture(act: SiteAct, opening: SiteAct | None) -> Pairs:
    rows: Pairs = [[one["what"], one["count"]] for one in act.furniture]
    return _beside(rows, {one["what"]: one["count"] for one in opening.furniture}) if opening else rows


def _beside(rows: Pairs, before: Mapping[str, object]) -> Pairs:
    """What there is beside what there was at the opening, and what is not there, or not read, any more at all."""
    named = {str(what) for what, _now in rows}
    said: Pairs = [[what, before.get(str(what)), now] for what, now in rows]
    return said + [[what, then, None] for what, then in before.items() if what not in named]


# --- figures of a closing --------------------------------------------------------------------------------------------


def _few(did: Served) -> bool:
    return any(0 < one < THRESHOLD for one in (did.households, did.persons))


def _totals(did: Served, edition: str) -> Pairs:
    """Households, persons and person-nights. Outside, few people are not said, nor what would tell how few."""
    persons: list[object] = [did.persons, did.registered_nights]
    households: object = did.households
    if edition == OWNER:
        if 0 < did.persons < THRESHOLD:
            persons, households = [None, None], None
        elif 0 < did.households < THRESHOLD:
            households = None
    said: Pairs = [
        [_("Households in all"), households],
        [_("People in all, each once"), persons[0]],
        [_("Person-nights of those registered"), persons[1]],
    ]
    guests: Pairs = [[_("Person-nights of guests counted at the door"), did.guest_nights]] if did.guest_nights else []
    return [*(said if did.persons or not guests else []), *guests]


def _ways_out(did: Served) -> Pairs:
    said: Pairs = [[str(solution.label), households] for solution, households in did.ways_out.items()]
    return [*said, [_("no way out recorded"), did.without]] if did.without else said


def _left(did: Served) -> Pairs:
    """People by why they left; those who were transferred by where to."""
    moved: Pairs = [[f"→ {name}", people] for name, people in did.received]
    return [*([str(reason.label), people] for reason, people in did.reasons.items()), *moved]


def _say(closing: bool) -> Mapping[str, object]:
    return {
        "meters": _("Meters"),
        "meter_heads": _heads(_("Meter"), _("Reading"), closing),
        "furniture": _("Furniture"),
        "furniture_heads": _heads(_("What"), pgettext("furniture", "How many"), closing),
        "state": _("State of the building"),
        "remarks": _("Remarks"),
        "totals": _("What the shelter did"),
        "ways_out": _("Households by way out"),
        "ways_heads": [_("Accepted"), _("Households")],
        "left": _("People by why they left"),
        "left_heads": [_("Why"), _("People")],
        "hidden": _("A dash is a number from 1 to 4, or one that would give such a number away."),
        "signs": [_("Handed over by (name, post, signature)"), _("Received by (name, post, signature)")],
        "witness": _("Witness (name, post, signature)"),
    }


def _heads(what: str, now: str, closing: bool) -> list[str]:
    return [what, _("At the opening"), _("Now")] if closing else [what, now]
