"""The stays an act is about, locked, all of one site."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from django.db.models import QuerySet
from pydantic import Field

from cobijo.core.context import concerns, flag, is_late
from cobijo.core.errors import NOT_FOUND
from cobijo.sites.models import Site, Stay
from cobijo.sites.refusals import ALREADY_OUT, DIFFERENT_SITES, NOT_IN, TWICE
from cobijo.sites.rules.coming import lock_site
from cobijo.sites.types import OPEN, Flag, StayState

Ids = Annotated[list[UUID], Field(min_length=1, max_length=40)]


def lock_stays(stay_ids: Sequence[UUID]) -> tuple[Site, list[Stay]]:
    """The site and its stays in the order asked for; whoever counts the site's people waits."""
    if len(set(stay_ids)) < len(stay_ids):
        raise TWICE.about("stay_ids")
    sites = set(Stay.objects.filter(pk__in=stay_ids).values_list("site_id", flat=True))
    if len(sites) != 1:
        raise DIFFERENT_SITES.about("stay_ids")
    site = lock_site(sites.pop())
    found = {stay.id: stay for stay in _locked().filter(pk__in=stay_ids).order_by("id")}
    if len(found) < len(stay_ids):
        raise NOT_FOUND()
    concerns(stay.person_id for stay in found.values())
    return site, [found[stay_id] for stay_id in stay_ids]


def lock_stay(stay_id: UUID) -> Stay:
    """One stay with its site and response; voided ones are none."""
    stay = _locked().filter(pk=stay_id).first()
    if stay is None:
        raise NOT_FOUND()
    concerns([stay.person_id])
    return stay


def _locked() -> QuerySet[Stay]:
    return (
        Stay.objects.select_for_update(of=("self",), no_key=True)
        .select_related("site__unit", "site__response")
        .filter(voided_at=None)
    )


def still_open(stays: Sequence[Stay]) -> list[Stay]:
    """Those that are open. Who has not come or has left already is refused now; late, what is known stands."""
    for stay in stays:
        if stay.state not in OPEN:
            if not is_late():
                raise (NOT_IN if stay.state == StayState.PLANNED else ALREADY_OUT).about("stay_ids")
            flag(Flag.LEFT_BEFORE if stay.state == StayState.OUT else Flag.NOT_COME, stay=stay.id)
    return [stay for stay in stays if stay.state in OPEN]
