"""The slip on paper: what changed hands, with lines for both to sign on."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cobijo.assistance.queries import SlipLine
from cobijo.assistance.types import SlipKind
from cobijo.core import clock, nodes, wording
from cobijo.core.printing import compile_pdf


def slip_pdf(site: Any, slip: SlipLine) -> bytes:
    """The slip as a PDF, in the language in force."""
    zone = ZoneInfo(site.zone)
    counted = slip.kind is SlipKind.COUNTED
    data: dict[str, Any] = {
        "sheet": {
            "title": _title(slip.kind),
            "subtitle": f"{site.unit.name} · {wording.moment(slip.at, 'full', zone)}",
            "organisation": site.response.unit.name,
            "site": f"{site.code} {site.unit.name}",
            "scope": site.unit.name,
            "date": _("printed {moment}").format(moment=wording.moment(clock.now(), "long", zone)),
            "demo": nodes.is_fictitious(),
        },
        "code": slip.code,
        "void": _("Taken out: this slip does not count.") if slip.void else "",
        "facts": [pair for pair in ((_whom(slip.kind), slip.whom), (_("Note"), slip.note)) if pair[1]],
        "heads": [_("Item"), _("Unit"), _("Quantity"), *([_("Book")] if counted else [])],
        "rows": [[one.name, one.unit, one.quantity, *([one.book] if counted else [])] for one in slip.moves],
        "say": {"slip": _("Slip"), "signs": _signs(slip.kind)},
    }
    return compile_pdf("store-slip", data)


def _title(kind: SlipKind) -> str:
    return {
        SlipKind.RECEIVED: _("Goods received"),
        SlipKind.GIVEN: _("Goods given out"),
        SlipKind.COUNTED: _("Store counted"),
        SlipKind.LOST: _("Goods lost or spoiled"),
    }[kind]


def _whom(kind: SlipKind) -> str:
    return _("Received from") if kind is SlipKind.RECEIVED else _("Given to")


def _signs(kind: SlipKind) -> list[str]:
    if kind in (SlipKind.RECEIVED, SlipKind.GIVEN):
        return [_("Handed over by (name, post, signature)"), _("Received by (name, post, signature)")]
    return [_("Counted by (name, post, signature)"), _("Witness (name, post, signature)")]
