"""The print of a batch: neutral cards or wristbands with their code, bars and number. Made once and not kept.

On them stands nothing of whoever printed them, of the place, of the day, or of who will carry them.
"""

from itertools import groupby
from typing import Any, Final

import segno
from barcode.codex import Code128
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cobijo.algorithms import cards
from cobijo.core.printing import compile_pdf
from cobijo.people.cards.models import CardBatch
from cobijo.people.cards.types import Printed

_SVG: Final = 'xmlns="http://www.w3.org/2000/svg"'


class Layout(models.TextChoices):
    """On what they are printed."""

    SHEET = "sheet", gettext_lazy("A4 sheets, to be cut")
    SINGLE = "single", gettext_lazy("a label printer, one each")


def pdf(batch: CardBatch, layout: Layout) -> bytes:
    """The cards of a batch just made, ready to print. Empty of cards for a batch that was read again."""
    data: dict[str, Any] = {
        "sheet": {"title": _("Batch {number}").format(number=batch.number), "organisation": ""},
        "layout": str(layout),
        "kind": batch.kind,
        "cards": [_card(one) for one in batch.fresh],
    }
    return compile_pdf("cards", data)


def _card(one: Printed) -> dict[str, str]:
    number = cards.spoken(one.number)
    return {
        "number": number,
        "says": _("Code of the card {number}").format(number=number),
        "code": square(one.text),
        "bars": bars(cards.barcode(one.number)),
    }


def square(text: str) -> str:
    """The square code (ISO/IEC 18004, correction M) as SVG, one unit a module, without its quiet zone."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    drawn: str = code.svg_inline(border=0, svgclass=None, lineclass=None)
    return drawn.replace("<svg", f"<svg {_SVG}", 1)


def bars(text: str) -> str:
    """The bars (Code 128) as SVG, one unit a module, twelve high."""
    pattern = Code128(text).build()[0]
    path, at = [], 0
    for sign, run in groupby(pattern):
        width = len(list(run))
        if sign == "1":
            path.append(f"M{at} 0h{width}v12h-{width}z")
        at += width
    return (
        f'<svg {_SVG} width="{at}" height="12" viewBox="0 0 {at} 12"'
        f' preserveAspectRatio="none"><path d="{"".join(path)}"/></svg>'
    )
