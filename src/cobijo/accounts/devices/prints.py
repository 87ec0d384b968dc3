"""The print of badges: a code, a number, and a line for the name, to be written by hand. Made once and not kept."""

from collections.abc import Sequence
from typing import Any

import segno
from django.utils.translation import gettext as _

from cobijo.accounts.devices import badges
from cobijo.accounts.devices.types import PrintedBadge
from cobijo.core.printing import compile_pdf


def pdf(printed: Sequence[PrintedBadge]) -> bytes:
    """The badges just made, on sheets to be cut."""
    data: dict[str, Any] = {
        "sheet": {"title": _("Badges of the team"), "organisation": ""},
        "word": _("Team"),
        "name": _("Name"),
        "rule": _("Whoever finds it: it opens nothing without its PIN. Please hand it in."),
        "badges": [_badge(one) for one in printed],
    }
    return compile_pdf("badges", data)


def _badge(one: PrintedBadge) -> dict[str, str]:
    number = badges.spoken(one.number)
    return {"number": number, "says": _("Code of the badge {number}").format(number=number), "code": _square(one.text)}


def _square(text: str) -> str:
    """The square code (ISO/IEC 18004, correction M) as SVG, one unit a module, without its quiet zone."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    drawn: str = code.svg_inline(border=0, svgclass=None, lineclass=None)
    return drawn.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
