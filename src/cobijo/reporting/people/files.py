"""A copy of a list as a file: above the names stands whose copy it is, what for, and by when it is destroyed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

import xlsxwriter
from django.utils.translation import gettext as _

from cobijo.accounts.queries import names_of
from cobijo.accounts.services import log_reading
from cobijo.accounts.types import ReadingKind
from cobijo.core import nodes, wording
from cobijo.core.personal import Purpose
from cobijo.core.spreadsheets import CSV, PLAIN, XLSX, Table, as_csv, fill
from cobijo.reporting.people.lists import listed
from cobijo.reporting.people.models import ExportCopy
from cobijo.reporting.people.types import ExportPurpose, ListForm, ListKind
from cobijo.sites.queries import scopes

LISTED: Final = "reporting.peopleexport"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it goes to who took it."""

    content: bytes
    kind: str
    name: str


def made(actor: UUID, copy: ExportCopy, form: ListForm) -> File:
    """Make the file of a copy just taken, from what the actor may see; written into the log of readings."""
    export = copy.export
    found = listed(actor, export.site_id, ListKind(export.what), Purpose(export.purpose))
    log_reading(
        actor,
        ReadingKind.EXPORT,
        LISTED,
        record=export.pk,
        people=found.people,
        unit=export.site_id,
        reason=export.purpose,
    )
    table: Table = [[str(column.head) for column in found.columns], *found.rows]
    said = said_above(copy, found.without_yes)
    name = f"list-{export.number}-copy-{copy.number}.{form.value}"
    if form is ListForm.CSV:
        return File(as_csv([*([line] for line in said), [], *table]), CSV, name)
    return File(_xlsx(said, table, str(ListKind(export.what).label), name), XLSX, name)


def said_above(copy: ExportCopy, without_yes: int = 0) -> list[str]:
    """The lines above the names, in the language in force."""
    export, site = copy.export, scopes.site(copy.export.site_id)
    zone = ZoneInfo(site.zone) if site else None
    names = names_of({copy.taken_by_id, export.asked_by_id})
    lines = [
        f"{ListKind(export.what).label}: {site.unit.name if site else ''}",
        _("Copy {copy} of list {list}, handed to {name} on {moment}").format(
            copy=copy.number,
            list=export.number,
            name=names.get(copy.taken_by_id, ""),
            moment=wording.moment(copy.taken_at, zone=zone),
        ),
        _("Asked for by {name} for: {purpose}").format(
            name=names.get(export.asked_by_id, ""), purpose=ExportPurpose(export.purpose).label
        ),
        _("For this purpose only, inside the organisation. Destroy it by {day}.").format(
            day=wording.day(wording.at_site(export.ends_at, zone).date())
        ),
    ]
    if without_yes:
        lines.append(_("Left out because they did not agree to this purpose: {people}").format(people=without_yes))
    if nodes.is_fictitious():
        lines.append(_("Demonstration: everybody in it is fictitious."))
    return lines


def _xlsx(said: Sequence[str], table: Table, title: str, name: str) -> bytes:
    """Texts as texts: no formula and no link, whatever a name begins with."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, PLAIN) as book:
        book.set_properties({"title": name, "comments": said[1]})
        strong = book.add_format({"bold": True})
        page = book.add_worksheet(title[:31])
        for at, line in enumerate(said):
            page.write_string(at, 0, line, strong if at < 2 else None)
        page.freeze_panes(len(said) + 2, 0)
        page.repeat_rows(len(said) + 1)
        page.set_footer("&L" + said[1].replace("&", "&&") + "&R&P / &N")
        page.set_landscape()
        page.fit_to_pages(1, 0)
        fill(page, table, len(said) + 1, [strong])
    return written.getvalue()
