"""The list of a departure on paper, with a line to sign for each passenger."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cobijo.core import clock, nodes, wording
from cobijo.core.printing import compile_pdf
from cobijo.movements.queries import MovementLine, Seated


def passengers_pdf(site: Any, movement: MovementLine, seated: Sequence[Seated]) -> bytes:
    """Seats, tickets, names and where each goes, to be signed, in the language in force."""
    zone = ZoneInfo(site.zone)
    data: dict[str, Any] = {
        "sheet": {
            "title": _("Passengers"),
            "subtitle": f"{movement.name} · {site.unit.name}",
            "organisation": site.response.unit.name,
            "site": f"{site.code} {site.unit.name}",
            "scope": site.unit.name,
            "date": _("printed {moment}").format(moment=wording.moment(clock.now(), "long", zone)),
            "demo": nodes.is_fictitious(),
        },
        "heads": [_("Seat"), _("Ticket"), _("Name"), _("Age"), _("Where to"), _("Signature or fingerprint")],
        "rows": [
            [one.seat, one.ticket, one.line.label, one.line.age, one.destination or movement_place(movement), ""]
            for one in seated
        ],
        "say": {
            "hands": _("Only for whoever drives and whoever receives them. Destroy it after the journey."),
            "signs": [_("Handed over by (name, post, signature)"), _("Driver (name, plate, signature)")],
        },
    }
    return compile_pdf("passengers", data)


def movement_place(movement: MovementLine) -> str:
    """Where a departure goes, as its name says it."""
    parts = movement.name.split(" · ")
    return parts[1] if len(parts) > 2 else ""
