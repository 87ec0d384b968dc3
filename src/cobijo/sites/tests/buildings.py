"""Premises in one line: rooms and toilets to measure, sites to open and to close."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from cobijo.accounts.models import Account
from cobijo.core.errors import DomainError
from cobijo.core.ids import uuid7
from cobijo.sites import services
from cobijo.sites.models import Site, StatusChange
from cobijo.sites.premises.models import SiteAct
from cobijo.sites.premises.types import (
    ClosingIn,
    ClosingWhy,
    GroundIn,
    GroundKind,
    InventoryIn,
    OpeningIn,
)
from cobijo.sites.tests.shelter import BOY, MOTHER, ago, check_out, receive
from cobijo.sites.types import FacilityFor, FacilityIn, FacilityKind, SiteIn, SiteKind, SiteStatus
from cobijo.sites.wayout.types import WayOutIn
from tests.cast import Cast, Place, act


def today() -> date:
    return ago(6).date()


def room(name: str, length: int, width: int, kind: GroundKind = GroundKind.ROOFED) -> GroundIn:
    return GroundIn(kind=kind, name=name, length_cm=length, width_cm=width)


def toilets(count: int, working: int | None = None, whom: FacilityFor = FacilityFor.ALL) -> FacilityIn:
    return FacilityIn(kind=FacilityKind.TOILET, for_whom=whom, count=count, working=working, counted_on=today())


def measure(who: Account, place: UUID, *grounds: GroundIn, **given: Any) -> None:
    inventory = InventoryIn(inventoried_on=given.pop("on", today()), grounds=list(grounds), **given)
    services.take_inventory(act(who), site_id=place, inventory=inventory)


def opened(who: Account, place: Place, **said: Any) -> SiteAct:
    return services.open_site(act(who), act_id=uuid7(), site_id=place.id, opening=OpeningIn(**said))


def closed(who: Account, place: Place, **said: Any) -> SiteAct:
    said = {"why": ClosingWhy.SCHOOL} | said
    return services.close_site(act(who), act_id=uuid7(), site_id=place.id, closing=ClosingIn(**said))


def shut(place: Place) -> None:
    StatusChange.objects.create(site=place.site, status=SiteStatus.PLANNED, at=ago(1))


def refused(code: str, do: Any, *args: Any, **given: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        do(*args, **given)
    assert refusal.value.code == code
    return refusal.value


def listed(cast: Cast, name: str, *grounds: GroundIn, **given: Any) -> Site:
    site_id = uuid7()
    site = SiteIn(name=name, kind=SiteKind.SCHOOL)
    services.add_site(act(cast.administrator), site_id=site_id, response_id=cast.response.pk, site=site, listed=True)
    if grounds:
        measure(cast.administrator, site_id, *grounds, **given)
    return Site.objects.get(pk=site_id)


def way_out(cast: Cast, household: UUID, **said: Any) -> None:
    services.record_way_out(
        act(cast.ana), way_out_id=uuid7(), household_id=household, site_id=cast.a.id, way_out=WayOutIn(**said)
    )


def gone_home(cast: Cast, times: int) -> None:
    for _ in range(times):
        check_out(cast.ana, receive(cast.ana, cast.a, (MOTHER, BOY), happened_at=ago(72)))
