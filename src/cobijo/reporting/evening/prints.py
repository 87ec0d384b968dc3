"""The sheet of the evening on one page of A4."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.core import nodes, wording
from cobijo.core.printing import compile_pdf
from cobijo.reporting import access
from cobijo.reporting.evening.gathering import Evening
from cobijo.reporting.evening.models import EveningSheet
from cobijo.reporting.evening.sections import sections
from cobijo.reporting.prints import PRINTED, seal_of_print
from cobijo.reporting.types import Scope

SIZES: Final = (8.0, 7.5, 7.0, 6.6, 6.2)
"""Sizes of letters in points, tried in turn until the sheet fits on one page."""


def draft(actor: UUID, name: str, evening: Evening) -> bytes:
    """The sheet as it would be signed now, without a number."""
    parts = [one.as_json() for one in sections(evening)]
    facts = [(_("Sheet"), _("draft, not signed"))]
    return _pdf(actor, name, evening.scope, wording.moment(evening.at, "full", evening.zone), facts, parts)


def signed(actor: UUID, name: str, scope: Scope, sheet: EveningSheet) -> bytes:
    """A sheet as it was signed, with nothing reckoned anew."""
    facts = [
        (_("Sheet"), f"{sheet.number} · {sheet.get_kind_display()}"),
        (_("Signed by"), sheet.signed_post),
        (_("Telephone"), sheet.phone),
    ]
    moment = wording.moment(sheet.at, "full", ZoneInfo(scope.zone))
    return _pdf(actor, name, scope, moment, facts, sheet.shown["sections"])


def _pdf(
    actor: UUID,
    name: str,
    scope: Scope,
    moment: str,
    facts: Sequence[tuple[str, str]],
    parts: Sequence[Mapping[str, Any]],
) -> bytes:
    """A numbered copy; needs are for the team of the site alone."""
    team = access.sees_people(actor, scope)
    reading = log_reading(actor, ReadingKind.PRINT, PRINTED, unit=scope.unit)
    data: dict[str, Any] = {
        "sheet": {
            "title": _("Evening sheet"),
            "subtitle": f"{scope.name} · {moment}",
            "organisation": scope.response_name,
            "site": f"{scope.code} {scope.name}",
            "scope": f"{scope.name}, {moment}",
            "date": _("internal, not to be passed on"),
            "seal": seal_of_print(),
            "copy": {"number": str(reading.pk), "to": name},
            "demo": nodes.is_fictitious(),
        },
        "facts": [list(pair) for pair in facts if pair[1]],
        "sections": [part for part in parts if (team or not part["desk"]) and (part["rows"] or part["sentences"])],
    }
    printed = b""
    for size in SIZES:
        printed = compile_pdf("evening", data | {"size": size})
        if _pages(printed) == 1:
            break
    return printed


def _pages(printed: bytes) -> int:
    """How many pages a print has, by its page tree."""
    counted = re.search(rb"/Type\s*/Pages\s*/Count\s+(\d+)", printed)
    return int(counted[1]) if counted else 1
