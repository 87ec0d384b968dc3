"""Taking an inventory of premises, and opening and closing a site with an act."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cobijo.algorithms.text import clean
from cobijo.core import rows
from cobijo.core.context import current
from cobijo.core.ids import uuid7
from cobijo.core.personal import Purpose
from cobijo.core.verbs import ALL, ALONE, DECISION, FACT, HERE, Act, verb
from cobijo.sites import occupancy
from cobijo.sites.models import Site, StatusChange
from cobijo.sites.premises.models import Ground, SiteAct
from cobijo.sites.premises.types import ActKind, ClosingIn, ClosingWhy, GroundIn, HandOverIn, InventoryIn, OpeningIn
from cobijo.sites.refusals import (
    CLOSED_ALREADY,
    FACILITY_TWICE,
    GIVEN_BACK_BEFORE,
    GROUND_NAMED_TWICE,
    MEASURED_LATER,
    NOTHING_MEASURED,
    OPEN_ALREADY,
    SAY_WHY,
    STILL_IN_AT_CLOSING,
)
from cobijo.sites.rules import coming, facilities
from cobijo.sites.types import FacilityIn, SiteStatus
from cobijo.sites.wayout.queries import outlook

# --- inventory -------------------------------------------------------------------------------------------------------


@verb(
    "sites.take_inventory",
    kind=FACT,
    doors=ALL,
    offline=True,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Inventory taken"),
)
def take_inventory(act: Act, *, site_id: UUID, inventory: InventoryIn) -> Site:
    """Write down what the premises are: its grounds take the place of those measured before, its facilities count anew.

    An inventory of an earlier day than the one that stands is kept and changes nothing of what stands.
    """
    site = coming.lock_site(site_id)
    if not inventory.grounds and not inventory.facilities:
        raise NOTHING_MEASURED.about("inventory.grounds")
    _check_days(site, act, inventory)
    _check_names(inventory.grounds)
    _check_facilities(inventory.facilities)
    if inventory.grounds:
        _write_grounds(site, inventory)
    for at, facility in enumerate(inventory.facilities):
        facilities.write(uuid7(), site_id, facility, f"inventory.facilities.{at}")
    return site


def _check_days(site: Site, act: Act, inventory: InventoryIn) -> None:
    today = coming.day_at(site, act.happened_at)
    if max([inventory.inventoried_on, *(one.counted_on for one in inventory.facilities)]) > today:
        raise MEASURED_LATER.about("inventory.inventoried_on")


def _check_names(grounds: Sequence[GroundIn]) -> None:
    seen: set[str] = set()
    for at, ground in enumerate(grounds):
        name = clean(ground.name).casefold()
        if name in seen:
            raise GROUND_NAMED_TWICE.about(f"inventory.grounds.{at}.name", name=clean(ground.name))
        seen.add(name)


def _check_facilities(counted: Sequence[FacilityIn]) -> None:
    if len({(one.kind, one.for_whom) for one in counted}) < len(counted):
        raise FACILITY_TWICE.about("inventory.facilities")


def _write_grounds(site: Site, inventory: InventoryIn) -> None:
    """The newest inventory stands; one that arrives late is kept as void, for whoever reads the history."""
    standing = Ground.objects.filter(site=site, voided_at=None)
    is_older = standing.filter(inventoried_on__gt=inventory.inventoried_on).exists()
    now = current().recorded_at
    if not is_older:
        rows.change_all(standing, voided_at=now)
    rows.add(
        *(
            Ground(
                id=uuid7(),
                site=site,
                kind=ground.kind,
                name=clean(ground.name),
                length_cm=ground.length_cm,
                width_cm=ground.width_cm,
                inventoried_on=inventory.inventoried_on,
                voided_at=now if is_older else None,
            )
            for ground in inventory.grounds
        )
    )


# --- opening and closing ---------------------------------------------------------------------------------------------


@verb(
    "sites.open_site",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Site opened with an act"),
)
def open_site(act: Act, *, act_id: UUID, site_id: UUID, opening: OpeningIn) -> SiteAct:
    """Open a site from now on, with the act by which its building is taken over."""
    site = coming.lock_site(site_id)
    if coming.status_at(site_id, act.happened_at) is SiteStatus.OPEN:
        raise OPEN_ALREADY(site=site.unit.name)
    if opening.give_back_on is not None:
        if opening.give_back_on < coming.day_at(site, act.happened_at):
            raise GIVEN_BACK_BEFORE.about("opening.give_back_on")
        rows.change(site, give_back_on=opening.give_back_on)
    written = _write(act, act_id, site, ActKind.OPENING, opening, give_back_on=opening.give_back_on)
    _set(act, site, SiteStatus.OPEN)
    return written


@verb(
    "sites.close_site",
    kind=DECISION,
    doors=HERE,
    offline=False,
    duty=ALONE,
    purpose=Purpose.REPORTING,
    personal={},
    says=_("Site closed with an act"),
)
def close_site(act: Act, *, act_id: UUID, site_id: UUID, closing: ClosingIn) -> SiteAct:
    """Close a site from now on, with the act by which its building is given back. Nobody may be left in it."""
    site = coming.lock_site(site_id)
    if coming.status_at(site_id, act.happened_at) is SiteStatus.CLOSED:
        raise CLOSED_ALREADY(site=site.unit.name)
    if closing.why is ClosingWhy.OTHER and not closing.why_words.strip():
        raise SAY_WHY.about("closing.why_words")
    if people := occupancy.registered_here(site_id):
        known = outlook(site)
        raise STILL_IN_AT_CLOSING(
            people=people, site=site.unit.name, households=known.households, without=known.without
        )
    written = _write(act, act_id, site, ActKind.CLOSING, closing, why=closing.why, why_words=clean(closing.why_words))
    _set(act, site, SiteStatus.CLOSED)
    return written


def _write(act: Act, act_id: UUID, site: Site, kind: ActKind, said: HandOverIn, **more: date | str | None) -> SiteAct:
    return rows.add(
        SiteAct(
            id=act_id,
            site=site,
            kind=kind,
            number=SiteAct.objects.filter(site=site, kind=kind).count() + 1,
            at=act.happened_at,
            meters=[asdict(one) for one in said.meters],
            furniture=[asdict(one) for one in said.furniture],
            **{name: clean(getattr(said, name)) for name in _WORDS},
            **more,
        )
    )


_WORDS = ("owner", "keys", "state_of_building", "handed_by_post", "received_by_post", "remarks")


def _set(act: Act, site: Site, status: SiteStatus) -> None:
    """The status from now on; its reason is the act of that moment."""
    rows.add(StatusChange(site=site, status=status, at=act.happened_at))
