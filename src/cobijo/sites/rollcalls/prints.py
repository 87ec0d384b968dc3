"""The record of a roll-call on a page of A4: what was counted beside the registered, and what explains the rest."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cobijo.core import clock, nodes, wording
from cobijo.core.printing import compile_pdf
from cobijo.sites.rollcalls.models import RollCall
from cobijo.sites.rollcalls.queries import DifferenceLine, tally_of


def record_pdf(roll_call: RollCall, lines: Sequence[DifferenceLine]) -> bytes:
    """The record as a PDF, in the language in force. It names nobody; small numbers keep it inside the site."""
    site, zone = roll_call.site, ZoneInfo(roll_call.site.zone)
    data: dict[str, Any] = {
        "sheet": {
            "title": _("Record of the roll-call"),
            "subtitle": f"{site.unit.name} · {_('night of {day}').format(day=wording.day(roll_call.night))}",
            "organisation": site.response.unit.name,
            "site": f"{site.code} {site.unit.name}",
            "scope": f"{site.unit.name} · {_('internal, not to be passed on')}",
            "date": _("printed {moment}").format(moment=wording.moment(clock.now(), "long", zone)),
            "demo": nodes.is_fictitious(),
        },
        "facts": _facts(roll_call, zone),
        "rows": [list(row) for row in tally_of(lines)],
        "say": {
            "heads": [_("What differed"), _("What explains it"), _("What was recorded"), _("Persons")],
            "differences": _("Differences"),
            "none": _("Marks and register agreed."),
            "signs": [_("Called by (name, post, signature)"), _("Coordination (name, post, signature)")],
        },
    }
    return compile_pdf("roll-call", data)


def _facts(roll_call: RollCall, zone: ZoneInfo) -> list[list[object]]:
    ended = roll_call.ended_at or roll_call.begun_at
    began, closed = (wording.moment(at, "time", zone) for at in (roll_call.begun_at, ended))
    pairs: list[list[object]] = [
        [_("Registered"), roll_call.registered],
        [_("of them temporarily out"), roll_call.away],
        [_("of them without a name yet"), roll_call.nameless],
        [_("Counted"), roll_call.counted],
        [_("of them without a name"), roll_call.nameless_here],
        [pgettext("roll-call", "Looked for and not here"), roll_call.absent],
        [pgettext("roll-call", "Not looked at"), roll_call.unmarked],
        [_("Marked by so many people"), roll_call.markers],
        [pgettext("roll-call", "From, to"), f"{began}, {closed}"],
    ]
    if roll_call.guests:
        pairs.insert(5, [_("Guests counted at the door"), roll_call.guests])
    return pairs
