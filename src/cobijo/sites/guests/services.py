"""Counting the guests of a night shelter at its door."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from cobijo.algorithms.ages import BAND_SETS
from cobijo.core import clock, rows
from cobijo.core.context import current, is_late
from cobijo.core.ids import uuid7
from cobijo.core.operations import AHEAD
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, FACT, PLAIN, Act, verb
from cobijo.sites.guests.models import GuestCell, GuestTally
from cobijo.sites.guests.types import TAKEN
from cobijo.sites.models import Site
from cobijo.sites.refusals import ALREADY_VOID, CELL_TWICE, NIGHT_TO_COME, NO_NIGHT_SHELTER, UNKNOWN_BAND
from cobijo.sites.rules import coming
from cobijo.sites.types import CellIn

Cells = Annotated[list[CellIn], Field(max_length=60)]


@verb(
    "sites.count_guests",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={"night": PLAIN, "observed_at": PLAIN},
    says=_("Guests of the night counted"),
)
def count_guests(
    act: Act, *, tally_id: UUID, site_id: UUID, night: date, cells: Cells, observed_at: datetime
) -> GuestTally:
    """Record how many guests without a name a night shelter has on a night, all of them. The newest count stands.

    ``night`` is that of the midnight it contains: a count at two in the morning is of the day before. No cells: nobody
    came.
    """
    site = coming.lock_site(site_id)
    coming.check_open(site, act.happened_at)
    if site.opens_at is None and not is_late():
        raise NO_NIGHT_SHELTER(site=site.unit.name)
    if night > clock.today(ZoneInfo(site.zone)) or observed_at > current().recorded_at + AHEAD:
        raise NIGHT_TO_COME.about("night")
    _check_cells(site, cells)
    tally = rows.add(
        GuestTally(id=tally_id, site=site, night=night, counted_at=observed_at, received_at=current().recorded_at)
    )
    some = [cell for cell in cells if cell.persons]
    if some:
        rows.add(*(GuestCell(id=uuid7(), tally=tally, sex=one.sex, band=one.band, persons=one.persons) for one in some))
    return tally


def _check_cells(site: Site, cells: Sequence[CellIn]) -> None:
    known = dict.fromkeys((*TAKEN, *BAND_SETS[site.response.band_set].codes()))
    for cell in cells:
        if cell.band not in known:
            raise UNKNOWN_BAND.about("cells", band=cell.band, bands=", ".join(known))
    if len({(cell.sex, cell.band) for cell in cells}) < len(cells):
        raise CELL_TWICE.about("cells")


@verb(
    "sites.void_tally",
    kind=FACT,
    doors=ALL,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Count of guests taken out"),
)
def void_tally(act: Act, *, tally_id: UUID) -> GuestTally:
    """Take a count of guests out that was entered by mistake; the one before it of that night stands again."""
    tally = GuestTally.objects.select_for_update(no_key=True).get(pk=tally_id)
    if tally.voided_at is not None:
        raise ALREADY_VOID()
    return rows.change(tally, voided_at=current().recorded_at)
