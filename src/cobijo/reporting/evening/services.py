"""Signing the sheet of the evening, and giving its message out."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.core import rows
from cobijo.core.context import current
from cobijo.core.errors import Refusal
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALONE, DECISION, HERE, PLAIN, Act, verb
from cobijo.reporting.evening import message
from cobijo.reporting.evening.gathering import gather
from cobijo.reporting.evening.models import EveningSheet
from cobijo.reporting.evening.sections import sections
from cobijo.reporting.evening.types import SheetIn, SheetKind
from cobijo.reporting.models import Release

AFTER_FINAL = Refusal(
    "reporting.after_final",
    _("The final sheet of this site is signed already, so there is no more after it. If the site opens again, set its "
      "status first and begin with an initial sheet."),
)  # fmt: skip
NOT_TONIGHT = Refusal(
    "reporting.not_tonight",
    _("A message tells of tonight, {night}. Reload the page and write it again."),
)


@verb(
    "reporting.sign_sheet",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Evening sheet signed"),
)
def sign_sheet(act: Act, *, sheet_id: UUID, site_id: UUID, sheet: SheetIn) -> EveningSheet:
    """Sign the sheet of the evening of a site: its figures stay as they are now, under the next number."""
    last = EveningSheet.objects.select_for_update(no_key=True).filter(site=site_id).order_by("-number").first()
    if last is not None and last.kind == SheetKind.FINAL and sheet.kind is not SheetKind.INITIAL:
        raise AFTER_FINAL.about("sheet.kind")
    evening = gather(site_id)
    gaps = [gap.strip() for gap in sheet.gaps if gap.strip()]
    return rows.add(
        EveningSheet(
            id=sheet_id,
            site_id=site_id,
            night=evening.night,
            number=last.number + 1 if last else 1,
            kind=sheet.kind,
            gaps=gaps,
            signed_post=sheet.signed_post.strip(),
            phone=sheet.phone.strip(),
            at=current().recorded_at,
            shown={"sections": [one.as_json() for one in sections(evening, gaps)]},
        )
    )


@verb(
    "reporting.write_message",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"night": PLAIN},
    says=_("Evening message given out"),
)
def write_message(act: Act, *, release_id: UUID, site_id: UUID, night: date) -> Release:
    """Give out the message of the evening: its total is out from then on, and later releases reckon with it."""
    evening = gather(site_id, outside=True)
    if evening.night != night:
        raise NOT_TONIGHT(night=evening.night.isoformat())
    shown = message.released(evening)
    return rows.add(
        Release(id=release_id, unit_id=site_id, night=night, door=True, shown=shown, released_at=current().recorded_at)
    )
