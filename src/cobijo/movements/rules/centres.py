"""Where people are received: the centre's settings, movements and travellers locked for an act."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from cobijo.accounts import access as authority
from cobijo.accounts.types import Permission
from cobijo.core.wording import moment
from cobijo.movements import stations
from cobijo.movements.models import Centre, Movement, Traveller
from cobijo.movements.refusals import NO_CENTRE, UNKNOWN_STATION
from cobijo.sites.queries import scopes
from cobijo.sites.types import SiteKind

KINDS: Final = frozenset({SiteKind.RECEPTION})


def centre_at(site_id: UUID) -> Centre:
    """A centre's settings, the usual ones where nobody has set it up."""
    return Centre.objects.filter(site=site_id).first() or Centre(site_id=site_id, stations=stations.usual())


def site_of_centre(site_id: UUID) -> Any:
    """The site of a centre; refuses a site that is none."""
    site = scopes.site(site_id)
    if site is None or site.kind not in KINDS:
        raise NO_CENTRE(site=site.unit.name if site else "")
    return site


def check_station(site_id: UUID, code: str) -> None:
    """Refuse a station the centre does not have."""
    if code not in centre_at(site_id).stations:
        raise UNKNOWN_STATION.about("station")


def day_at(site: Any, moment: datetime) -> date:
    """The day a moment falls on, on the clock of a site."""
    return moment.astimezone(ZoneInfo(site.zone)).date()


def lock_movement(movement_id: UUID) -> Movement:
    """A movement, locked: acts that count its people or seats go one after the other."""
    locked = Movement.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("site__unit").get(pk=movement_id)


def lock_travellers(ids: Collection[UUID]) -> list[Traveller]:
    """Travellers, locked in one order so that two acts never wait for each other."""
    locked = Traveller.objects.select_for_update(of=("self",), no_key=True).select_related("movement__site__unit")
    return list(locked.filter(pk__in=ids, voided_at=None).order_by("pk"))


def lock_traveller(traveller_id: UUID) -> Traveller:
    return lock_travellers([traveller_id])[0]


def manages(actor: UUID, site_id: UUID) -> bool:
    return authority.holds(actor, Permission.MANAGE_SITE, site_id)


def hour_at(site_id: UUID, at: datetime | None) -> str:
    """The hour of a moment on the clock of a site, in words; empty where there is none."""
    site = scopes.site(site_id)
    return moment(at, "time", ZoneInfo(site.zone)) if at and site else ""
